"""The Chinese words that every report uses for the same thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from gouji.checking.result import CheckedDocument, CheckedTable, Evidence, Finding, Severity
from gouji.facts import Outcome, Presence, Unit, as_printed

SEVERITY_NAMES: Mapping[Severity, str] = {
    Severity.ERROR: "错误",
    Severity.WARNING: "疑点",
    Severity.INFO: "提示",
}

OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.EXACT: "相符",
    Outcome.ROUNDING: "尾差",
    Outcome.VIOLATED: "不符",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.NOT_CHECKED: "未核对",
    Outcome.CRASHED: "检查出错",
}

KIND_NAMES: Mapping[str, str] = {
    "final_accounts": "决算",
    "budget": "预算",
    "performance_targets": "绩效目标",
    "performance": "绩效自评",
    "other": "其他文件",
}

SUSPECT = "疑误"
"""The place that is most likely wrong."""
CANDIDATE = "待定"
"""One of several places of which one is wrong."""
BASIS = "依据"
"""A place that the finding rests on and that nobody doubts."""

_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANKS = re.compile(r"\s+")


def one_line(text: str) -> str:
    """The text without line breaks, control characters and characters that turn the writing direction."""
    return _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip()


def figure(text: str, unit: Unit | None) -> str:
    """A stated or expected value with its unit: ``37.74%``, ``2,961.68万元``; words stay as they are."""
    text = one_line(text)
    if unit is None or unit is Unit.COUNT or text.endswith(unit):
        return text
    printed = as_printed(text, unit)
    if printed is None or printed.presence is not Presence.NUMBER:
        return text
    return f"{text}{unit}"


def number(amount: Decimal) -> str:
    """A difference without exponent, with its decimals and its sign: ``+3.00``, ``-2961.38``, ``0``."""
    return f"{amount:+f}" if amount else f"{abs(amount):f}"


def difference(amount: Decimal, unit: Unit | None) -> str:
    """A difference with its unit; between percentages it is percentage points."""
    if unit is Unit.COUNT:
        return f"{amount.normalize():+f}"
    if unit is None:
        return number(amount)
    return f"{number(amount)}{'个百分点' if unit is Unit.PERCENT else unit}"


def comparison(finding: Finding) -> list[tuple[str, str]]:
    """What is stated, what it should be and what lies between, each with its label; only what is known."""
    pairs: list[tuple[str, str]] = []
    if finding.stated is not None:
        pairs.append(("列示", figure(finding.stated, finding.unit)))
    if finding.expected is not None:
        pairs.append(("应为", figure(finding.expected, finding.unit)))
    if finding.difference is not None:
        pairs.append(("相差", difference(finding.difference, finding.unit)))
    return pairs


def support(votes: int) -> str:
    """How many independent relations call for the expected value; empty when none was counted."""
    if votes < 1:
        return ""
    return "有 1 项勾稽关系支持“应为”数" if votes == 1 else f"有 {votes} 项相互独立的勾稽关系支持“应为”数"


def rounding_title(finding: Finding) -> str:
    """The title of a rounding difference in a list whose heading already says that these are rounding."""
    return finding.title.removesuffix("：四舍五入尾差")


def severity_name(finding: Finding) -> str:
    """错误, 疑点 or 提示; a check that failed by itself is called by its name."""
    if finding.outcome is Outcome.CRASHED:
        return OUTCOME_NAMES[finding.outcome]
    return SEVERITY_NAMES[finding.severity]


def mark(evidence: Evidence) -> str:
    """What part an evidence plays."""
    return SUSPECT if evidence.suspect else CANDIDATE if evidence.candidate else BASIS


STATUS_NAMES: Mapping[str, str] = {"repaired": "已按勾稽关系改正", "doubtful": "识别存疑"}
"""What character recognition and the relations made of a figure on a scanned page."""


def recognition(evidence: Evidence) -> str:
    """How unsurely a quote was recognised: ``识别存疑：识别把握只有62%，请对照原件``; empty where it was not."""
    return f"{STATUS_NAMES[evidence.status]}：{one_line(evidence.note)}" if evidence.status else ""


def spot(evidence: Evidence) -> str:
    """Where to open the file: the page, else the reference (sheet cell, line, register row)."""
    return f"第{evidence.page}页" if evidence.page is not None else one_line(evidence.ref)


def page_span(pages: tuple[int, ...]) -> str:
    """``第6页``, ``第6–7页``, ``第6、9页``."""
    if not pages:
        return ""
    ordered = sorted(set(pages))
    runs: list[list[int]] = []
    for page in ordered:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return f"第{'、'.join(f'{run[0]}–{run[-1]}' if len(run) > 1 else str(run[0]) for run in runs)}页"


def kind_and_year(document: CheckedDocument) -> str:
    """``2024年度部门决算``; what is not known is left out."""
    year = f"{document.year}年度" if document.year is not None else ""
    return f"{year}{one_line(document.level)}{KIND_NAMES.get(document.kind, document.kind)}"


def description(document: CheckedDocument) -> str:
    """``某市财政局 · 2024年度 · 部门决算 · PDF · 25页``; what is not known is left out."""
    kind = KIND_NAMES.get(document.kind, document.kind)
    parts = (
        one_line(document.body),
        f"{document.year}年度" if document.year is not None else "",
        f"{one_line(document.level)}{kind}",
        document.format.upper(),
        f"{document.pages}页" if document.pages else "",
    )
    return " · ".join(part for part in parts if part)


def table_name(table: CheckedTable) -> str:
    """``公开03 支出决算表``."""
    return " ".join(part for part in (one_line(table.number), one_line(table.title)) if part)
