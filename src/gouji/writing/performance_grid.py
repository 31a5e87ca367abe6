"""A self-evaluation form as a grid of cells (绩效自评表), composed once for all formats."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from gouji.performance import Evaluation, MoneyRow, PerformanceForm, Rated, Share

WIDTH = 8
"""Columns of the form."""
WIDTHS = (12, 14, 22, 14, 18, 7, 8, 22)
"""Of its columns, in characters."""
_MONEY = ("initial", "budget", "spent")
_MONEY_HEADS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
_HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)


class GridCell(NamedTuple):
    """One cell; ``rated`` is set where an actual value stands that was counted."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    head: bool = False
    left: bool = False
    rated: Rated | None = None


def form_grid(evaluation: Evaluation) -> list[list[GridCell]]:
    """The cells by the row they begin in; together they fill the grid without a gap."""
    form = evaluation.form
    rows: list[list[GridCell]] = []
    for cells in (
        *_names(form),
        *_money(form),
        *_goals(form),
        _heads(),
        *_indicators(evaluation),
        _total(form),
    ):
        number = len(rows)
        rows.append([cell._replace(row=number) for cell in cells])
    return rows


def _names(form: PerformanceForm) -> Iterator[list[GridCell]]:
    head = "项目名称" if form.project else "单位名称"
    yield [_head(0, head, 2), _text(2, form.project or form.body, 6)]
    if form.project:
        yield [
            _head(0, "主管部门", 2),
            _text(2, form.department, 2),
            _head(4, "实施单位", 2),
            _text(6, form.body, 2),
        ]


def _money(form: PerformanceForm) -> Iterator[list[GridCell]]:
    if not form.money:
        return
    tall = _head(0, "项目资金（万元）")._replace(row_span=len(form.money) + 1)
    yield [tall, _text(1, ""), *(_head(2 + col, head) for col, head in enumerate(_MONEY_HEADS))]
    for number, row in enumerate(form.money):
        shares = (form.execution_weight, form.execution_rate, form.execution_score)
        texts = [_printed(share) for share in shares] if not number else ["—"] * len(shares)
        label = f"其中：{row.label}" if number == 1 else row.label
        amounts = (_amount(row, stage) for stage in _MONEY)
        yield [_head(1, label), *(_text(2 + col, text) for col, text in enumerate((*amounts, *texts)))]


def _amount(row: MoneyRow, stage: str) -> str:
    return row.amounts[stage].printed.text if stage in row.amounts else ""


def _goals(form: PerformanceForm) -> Iterator[list[GridCell]]:
    tall = _head(0, "年度总体目标")._replace(row_span=2)
    yield [tall, _head(1, "预期目标", 3), _head(4, "实际完成情况", 4)]
    yield [_text(1, form.goal, 3)._replace(left=True), _text(4, form.result, 4)._replace(left=True)]


def _heads() -> list[GridCell]:
    return [_head(col, head) for col, head in enumerate(_HEADS)]


def _indicators(evaluation: Evaluation) -> Iterator[list[GridCell]]:
    for level1, of_level in groupby(evaluation.rated, key=lambda item: item.indicator.level1):
        members = list(of_level)
        first = [_text(0, level1)._replace(row_span=len(members))]
        for level2, of_category in groupby(members, key=lambda item: item.indicator.level2):
            same = list(of_category)
            second = [_text(1, level2)._replace(row_span=len(same))]
            for item in same:
                yield [*first, *second, *_indicator(item)]
                first, second = [], []


def _indicator(item: Rated) -> list[GridCell]:
    indicator = item.indicator
    actual = _text(4, indicator.actual.text if indicator.actual is not None else "")
    return [
        _text(2, indicator.name)._replace(left=True),
        _text(3, indicator.target.text),
        actual._replace(rated=item) if item.trace is not None else actual,
        _text(5, _printed(indicator.weight)),
        _text(6, _printed(indicator.score)),
        _text(7, indicator.cause)._replace(left=True),
    ]


def _total(form: PerformanceForm) -> list[GridCell]:
    shares = (form.total_weight, form.total_score)
    return [
        _head(0, "总分", 5),
        *(_text(5 + col, _printed(share)) for col, share in enumerate(shares)),
        _text(7, ""),
    ]


def _printed(share: Share | None) -> str:
    return share.text if share is not None else ""


def _head(col: int, text: str, col_span: int = 1) -> GridCell:
    return GridCell(0, col, 1, col_span, text, head=True)


def _text(col: int, text: str, col_span: int = 1) -> GridCell:
    return GridCell(0, col, 1, col_span, text)
