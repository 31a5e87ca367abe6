"""When two wordings of a passage name one figure: without what does not tell one figure of a sentence from another."""

from __future__ import annotations

import re

from gouji.catalog import ClauseWording

SHORTEST_NAMED = 4
"""Characters from which a wording within another one names the same."""
_WEAK = re.compile(
    r"20\d\d年度?|年初|全年|当年|本年度?|年度|预算安排|预算|决算|执行|总额|总体|汇总|合计|总计|小计|安排|数|为|是|按?同口径|各|共|的|额|分别|均|本部门|本单位|我部门|我单位|[“”\"、()]|支出为|财政(?=拨款)|金额"
)
_TELLING = re.compile(r"公共|基金|资本|基本|项目|收入|支出|费|拨款|经营|事业|采购|接待|用车")


def core(words: str) -> str:
    """Words without what does not tell one figure of a sentence from another."""
    return _WEAK.sub("", words).replace("收入支出", "收支")


def is_named(full: str, short: str, wording: ClauseWording) -> bool:
    """Whether one wording is the other with only a name before it; or a fund, where that tells nothing apart."""
    if len(short) < SHORTEST_NAMED or not full.endswith(short):
        return False
    before = full[: -len(short)]
    if wording.fundless.match(short):
        before = wording.funds.sub("", before)
    return not _TELLING.search(before)
