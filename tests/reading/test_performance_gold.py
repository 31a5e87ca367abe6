"""An association's self-evaluation of 2024, flattened to lines: all 180 rows, as a person counted them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.documents.opening import open_document
from gouji.performance import (
    Operator,
    PerformanceForm,
    Reached,
    execution_score,
    fulfilment,
    rescored,
    rounded,
    score_indicator,
)
from gouji.reading import read_document

METHOD = load_catalog().scoring[0]

# Category -> rows, weights, scores; as counted by hand.
CATEGORIES = {
    "98.8": "数量16/32/32 质量6/10/10 时效2/4/4 成本2/4/4 经济4/8/8 社会6/12/12 生态1/2/2 可持续4/8/8 满意5/10/10",
    "99.6": "数量19/30/30 质量12/16/16 时效2/2/2 成本2/2/2 经济4/8/8 社会11/22/22 满意4/10/10",
    "99.7": "数量9/17/17 质量16/27/27 时效3/5/5 成本1/1/1 经济1/5/5 社会4/17/17 生态1/4/4 可持续1/4/4 满意6/10/10",
    "92.6": "数量19/30/30 质量8/12/11 时效2/4/4 成本2/4/4 经济1/6/5 社会4/24/23 满意2/10/10",
}
SHORT = {"quantity": "数量", "quality": "质量", "timeliness": "时效", "economic": "经济", "social": "社会",
         "ecological": "生态", "lasting": "可持续", "served": "满意"}  # fmt: skip


@pytest.fixture(scope="module")
def forms(shared: Path) -> list[PerformanceForm]:
    path = next((shared / "corpus").glob("002_*.txt"))
    return read_document(open_document(path), load_catalog()).performance


def test_four_forms_with_their_rows(forms: list[PerformanceForm]) -> None:
    assert [len(form.indicators) for form in forms] == [46, 54, 42, 38]
    assert [form.scope for form in forms] == ["department", "project", "project", "project"]
    assert all(
        indicator.actual is not None and not indicator.why for form in forms for indicator in form.indicators
    )


def test_rows_weights_and_scores_by_category(forms: list[PerformanceForm]) -> None:
    for form in forms:
        counted: dict[str, list[Decimal]] = {}
        for indicator in form.indicators:
            assert indicator.weight is not None
            assert indicator.weight.value is not None
            assert indicator.score is not None
            assert indicator.score.value is not None
            name = SHORT.get(indicator.category) or ("成本" if indicator.level == "cost" else "?")
            sums = counted.setdefault(name, [Decimal(0)] * 3)
            for position, amount in enumerate((Decimal(1), indicator.weight.value, indicator.score.value)):
                sums[position] += amount
        assert form.total_score is not None
        printed = " ".join(
            f"{name}{'/'.join(str(s.normalize().__format__('f')) for s in sums)}"
            for name, sums in counted.items()
        )
        assert printed == CATEGORIES[form.total_score.text]


def test_the_totals_come_out(forms: list[PerformanceForm]) -> None:
    for form in forms:
        row = form.money_row("total")
        assert row is not None
        assert form.execution_weight is not None
        assert form.execution_weight.value is not None
        assert form.execution_score is not None
        assert form.total_score is not None
        exact = execution_score(
            row.amounts["budget"].printed.base, row.amounts["spent"].printed.base, form.execution_weight.value
        )
        assert exact is not None
        assert rounded(exact, 1) == form.execution_score.value
        points = sum(i.score.value for i in form.indicators if i.score and i.score.value is not None)
        assert rounded(exact, 1) + points == form.total_score.value
    assert [form.total_score.text for form in forms if form.total_score] == ["98.8", "99.6", "99.7", "92.6"]


def test_targets_are_worded_as_counted(forms: list[PerformanceForm]) -> None:
    rows = [indicator for form in forms for indicator in form.indicators]
    signs = Counter(i.target.sign for i in rows if i.target.is_quantity and not i.target.spoken)
    assert (signs["≥"], signs["≤"], signs["≧"]) == (70, 10, 1)
    assert signs[">"] + signs["＞"] == 2
    assert {i.target.sign for i in rows if i.target.spoken and i.target.is_quantity} == {"以上"}


def test_every_score_agrees_with_the_method(forms: list[PerformanceForm]) -> None:
    """What can be counted is met and scored in full; three rows that cannot are lowered, with a cause each."""
    lowered = []
    for form in forms:
        for indicator in form.indicators:
            scored = score_indicator(indicator, METHOD)
            assert scored is not None
            assert indicator.score is not None
            assert indicator.score.value is not None
            assert scored.low <= indicator.score.value <= scored.high, indicator
            assert fulfilment(indicator).reached is not Reached.MISSED, indicator
            if indicator.score.value < scored.high:
                lowered.append(indicator)
    assert [indicator.score.text for indicator in lowered if indicator.score] == ["1", "5", "5"]
    assert all(len(indicator.cause) > 10 for indicator in lowered)


def test_cost_ceilings_are_the_years_budget(forms: list[PerformanceForm]) -> None:
    for form in forms:
        ceiling = next(
            i for i in form.indicators if i.level == "cost" and i.target.operator is Operator.AT_MOST
        )
        row = form.money_row("total")
        assert row is not None
        assert ceiling.target.low is not None
        assert ceiling.actual is not None
        budget, spent = row.amounts["budget"].printed, row.amounts["spent"].printed
        assert ceiling.target.low in (budget.value, budget.base)
        assert ceiling.actual.low in (spent.value, spent.base)


def test_names_targets_and_actuals_are_told_apart(forms: list[PerformanceForm]) -> None:
    """Rows broken over lines and pages; name, target, actual."""
    found = [(i.name, i.target.text, i.actual.text) for form in forms for i in form.indicators if i.actual]
    for ending, target, actual in [
        ("参观人次(含流动科技馆)", "≥100万人次", "290.63万人次"),
        ("的凝聚力", "≥90%", "≥90%"),
        ("学生人次", "≥300", "1386"),
        ("满意度高", "投诉次数≤3", "0次"),
        ("展品完好率", "≥90%", "98%"),
        ("人居环境", "逐渐提升", "人居环境明显改善，产业发展有序推进"),
        ("工程验收", "需验收", "已通过验收"),
        ("按照规定使用率", "100%", "100%"),
        ("2024年内完成", "完成", "完成"),
        ("助力产生经济效益", "≥1000亿元", "1093.54亿元"),
        ("劳务派遣员工费用", "根据需要派遣劳务员工", "根据需要完成派遣劳务员工"),
    ]:
        assert any(name.endswith(ending) and (t, a) == (target, actual) for name, t, a in found), ending


def test_every_row_is_scored_anew_and_the_totals_come_out(forms: list[PerformanceForm]) -> None:
    """What figures decide is computed, what a person decides lies in the band of the method; all rows are typed, or
    have a target of several figures or a sentence."""
    print()
    for form in forms:
        again = rescored(form, METHOD)
        computed = sum(scored is not None and scored.computed is not None for scored in again.rows)
        typed = sum(indicator.is_typed for indicator in form.indicators)
        assert form.total_score is not None
        print(
            f"{len(form.indicators)} rows, {typed} typed: {computed} computed, {len(again.rows) - computed} judged; "
            f"execution {again.execution}, total {again.total} (stated {form.total_score.text})"
        )
        assert None not in again.rows
        assert again.total == form.total_score.value
    assert sum(len(form.indicators) for form in forms) == 180


def test_tails_behind_a_page_break_return_to_their_cells(forms: list[PerformanceForm]) -> None:
    rows = {indicator.name: indicator for form in forms for indicator in form.indicators}
    assert not any(name.startswith(("产力的", "委政府")) for name in rows)
    campaign = next(row for name, row in rows.items() if name.endswith("科普行动"))
    assert campaign.actual is not None
    assert campaign.actual.text.endswith("503万。")
    assert all(row.cause.startswith("（") is False for row in rows.values())
