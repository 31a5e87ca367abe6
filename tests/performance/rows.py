"""Indicators and forms for tests, from their printed texts."""

from __future__ import annotations

from gouji.catalog import load_catalog
from gouji.facts import Place, Unit, as_printed
from gouji.performance import Amount, Indicator, MoneyRow, PerformanceForm
from gouji.performance.labels import RowText, share

CATALOG = load_catalog()
ROWS = RowText(CATALOG.performance)
PLACE = Place("自评.txt", None, None, "第1行")


def indicator(name: str, target: str, actual: str | None = None, **texts: str) -> Indicator:
    """A row; ``weight``, ``score``, ``cause``, ``level1``, ``level2`` by name."""
    printed = {"name": name, "target": target, "level1": "产出指标", "level2": "数量指标", **texts}
    return ROWS.indicator(printed if actual is None else {**printed, "actual": actual}, PLACE)


def form(*rows: Indicator, kind: str = "self_evaluation", **printed: str) -> PerformanceForm:
    """A form; ``execution_weight``, ``total_score`` and the like by name, as printed."""
    made = PerformanceForm(
        0, kind, "project", "项目支出绩效自评表", PLACE, project="科普活动", indicators=list(rows)
    )
    for id, text in printed.items():
        setattr(made, id, share(text) if id.startswith(("execution", "total")) else text)
    return made


def money(id: str, **amounts: str) -> MoneyRow:
    """A row of the grid of money in 万元, by column."""
    cells = {}
    for column, text in amounts.items():
        printed = as_printed(text, Unit.WAN_YUAN)
        assert printed is not None
        cells[column] = Amount(printed, PLACE)
    return MoneyRow(id, id, cells)
