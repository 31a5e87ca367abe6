"""Which amount was planned for which (预算数与决算数): 年初预算为…，支出决算为…, or the other way round, and what tells how the one
was carried out by the other."""

from __future__ import annotations

import re

from gouji.reading.clause_words import core
from gouji.reading.discourse import CLAUSE_END, GENERAL, Discourse
from gouji.reading.leading_words import stage_of
from gouji.reading.statement import Comparison, Measure, Statement, Told

_CLAUSE_BREAK = re.compile("[。！？；：]")
_RATE = re.compile(r"的[\d.]+%")
"""What makes an amount the plan of the one before, in any document: 完成预算2.95万元的69.49%."""


def pair_with_plan(statement: Statement, words: str, said: Discourse) -> None:
    """年初预算为…，支出决算为…: the second is the actual figure of the first."""
    plan, named = said.current, core(words)
    if plan is None or plan.stage != "budget" or statement.stage != "final":
        return
    if named not in ("", GENERAL, core(plan.words)):
        return
    if not said.one_sentence(plan.end, statement.start):
        return
    if plan.whole is not None:
        statement.whole = whole_at_stage(plan.whole, "final", said.told)
        statement.list_number = plan.list_number
    if named in ("", GENERAL):
        statement.named_by = plan
    said.told.pairs.append((plan, statement))


def is_planned_for_current(
    statement: Statement, words: str, against: Comparison | None, said: Discourse
) -> bool:
    """支出2.05万元，年初预算为2.95万元, in accounts: the second is what was planned for the first. So it is in
    完成全年预算2.95万元的69.49%, and after 与年初预算相比 in a sentence of its own (``against``)."""
    actual = said.current
    completed, rated = of_a_rate(statement, words, said)
    if (
        not (said.accounts or rated)
        or actual is None
        or actual.measure is not Measure.AMOUNT
        or actual.stage == "budget"
    ):
        return False
    between = said.text[actual.end : statement.start]
    compared = against is not None and against.against == "budget" and actual.whole is None
    if completed:
        apart = "预算" not in completed or bool(set(CLAUSE_END) & set(between))
    else:
        apart = bool(core(words)) or (bool(_CLAUSE_BREAK.search(between)) and not compared)
    if apart or stage_of(words) != "budget":
        return False
    statement.whole, statement.list_number, statement.named_by = None, 0, actual
    actual.stage = actual.stage or "final"
    said.told.pairs.append((statement, actual))
    return True


def of_a_rate(statement: Statement, words: str, said: Discourse) -> tuple[str, bool]:
    """The words for what is completed by an amount, and whether a rate of it follows: 完成预算3万元的60%, 占预算3万元的60%."""
    completed, share = said.wording.completion.search(words), said.wording.share.search(words)
    follows = _RATE.match(said.text, statement.end) is not None
    if completed is not None:
        return completed.group("of"), follows
    return (share.group("whole"), True) if share is not None and follows else ("", False)


def rate_pair(rate: Statement, words: str, said: Discourse, *, completes: bool) -> None:
    """完成年初预算的98.20%, 完成全年预算5万元的98.20%, 预决算差异率-1.80%: of the last pair, if that is spoken of."""
    plan, actual = said.told.pairs[-1]
    completes = completes or (words == "的" and said.told.statements[-2] is plan)
    deviates = said.wording.deviation.search(words) is not None
    current = said.current
    same = current is actual or (
        deviates and current is not None and current.printed.base == actual.printed.base
    )
    if same and (completes or deviates):
        rate.measure = Measure.COMPLETION if completes else Measure.DEVIATION
        rate.of, rate.base = actual, plan


def whole_at_stage(whole: Statement, stage: str, told: Told) -> Statement:
    """The whole of a part: of a budgeted part the budgeted one, where both were stated."""
    for plan, actual in told.pairs:
        if whole in (plan, actual) and stage:
            return plan if stage == "budget" else actual
    return whole
