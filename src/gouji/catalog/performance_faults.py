"""What keeps performance forms from being filled and read back: said to whoever writes them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.catalog.lexicon import fold
from gouji.catalog.load import Catalog
from gouji.catalog.performance_layouts import (
    FORM_SECTIONS,
    INDICATOR_COLUMNS,
    LIST_COLUMNS,
    MONEY_COLUMNS,
    TASK_COLUMNS,
    VALUES,
    LayoutColumn,
    LayoutSection,
    PerformanceLayout,
    PerformanceLayouts,
)
from gouji.catalog.performance_wording import label_of

_COLUMNS = {"money": MONEY_COLUMNS, "tasks": TASK_COLUMNS, "indicators": INDICATOR_COLUMNS}
NAMES = {"项目": ("project", "body"), "主管部门": ("department",), "实施单位": ("body",)}
"""Columns of the register of projects whose label has to be read back as what they are."""


def performance_faults(layouts: PerformanceLayouts, catalog: Catalog) -> Iterator[str]:
    """One sentence for each fault."""
    for form in layouts.forms:
        found = _Listed(form, catalog) if form.listed else _Form(form, layouts, catalog)
        for fault in found.faults():
            yield f"《{form.title}》：{fault}"


class _Form:
    def __init__(self, form: PerformanceLayout, layouts: PerformanceLayouts, catalog: Catalog) -> None:
        self.form, self.layouts, self.catalog = form, layouts, catalog
        self.wording = catalog.performance
        self.width = len(form.widths)

    def faults(self) -> Iterator[str]:
        if self.form.scope != "basics":
            yield from self.title()
            yield from self.levels()
        for section in self.form.sections:
            if self.form.scope != "basics" and section.kind not in FORM_SECTIONS:
                yield f'{section.kind} 只能用在基础数据表（scope = "basics"）里'
            yield from self.spans(section)
            yield from self.slots(section)
            if section.kind in _COLUMNS:
                yield from self.columns(section)
            yield from self.lines(section)

    def title(self) -> Iterator[str]:
        title = fold(self.form.title)
        kinds = [
            kind for kind, words in self.wording.title_kinds.items() if any(word in title for word in words)
        ]
        if not kinds or kinds[0] != self.form.kind:
            yield f"这个标题认不出是自评表，读回时会认不出；标题里要有：{'、'.join(self.wording.title_kinds[self.form.kind])}"
        scopes = [
            name for name, words in self.wording.title_scopes.items() if any(word in title for word in words)
        ]
        if scopes and scopes[0] != self.form.scope:
            yield f"这个标题会认成 {scopes[0]} 的表，与 scope 写的 {self.form.scope} 不同"

    def levels(self) -> Iterator[str]:
        for level in self.form.levels:
            if label_of(level.name) not in self.wording.levels:
                yield f"一级指标“{level.name}”不在词典中；可用的有：{'、'.join(self.wording.levels)}"
            for category in level.categories:
                if label_of(category) not in self.wording.categories:
                    yield f"二级指标“{category}”不在词典中"
        weights = [level.weight for level in self.form.levels if level.weight is not None]
        if len(weights) == len(self.form.levels) and weights:
            method = self.catalog.scoring_method(self.layouts)
            whole = sum(weights, Decimal(0)) + (method.execution_weight if self.form.execution else 0)
            if whole != method.total:
                yield f"各一级指标的分值连同执行率合计{whole}分，按《{method.title}》应为{method.total}分"

    def spans(self, section: LayoutSection) -> Iterator[str]:
        room = self.width - (section.label_span if section.label else 0)
        if section.kind == "cells":
            held = [0] * len(section.rows)
            for at, row in enumerate(section.rows):
                for slot in row:
                    for below in range(at, min(at + slot.rows, len(section.rows))):
                        held[below] += slot.span
            for at, taken in enumerate(held, start=1):
                if taken != room:
                    yield f"cells 第{at}行占{taken}列，应占满{room}列"
            return
        taken = sum(column.span for column in section.columns)
        if section.kind == "money":
            taken += section.row_span
        if taken != room:
            yield f"{section.kind} 的各列占{taken}列，应占满{room}列"

    def slots(self, section: LayoutSection) -> Iterator[str]:
        for row in section.rows:
            label = ""
            for slot in row:
                if slot.value and slot.value not in VALUES:
                    yield f"没有 value “{slot.value}”；可以写：{'、'.join(VALUES)}"
                if slot.column in NAMES and self.wording.heads.get(label_of(label)) not in NAMES[slot.column]:
                    yield f"“{label}”后面的“{slot.column}”读回时认不出；请换一个词典里的名称"
                if slot.value in ("total_weight", "total_score") and (
                    self.wording.heads.get(label_of(row[0].label)) not in ("total", "score")
                ):
                    yield f"“{row[0].label}”不在词典中，总分读回时会认不出"
                label = slot.label or label

    def columns(self, section: LayoutSection) -> Iterator[str]:
        for column in section.columns:
            if column.id not in _COLUMNS[section.kind]:
                yield f"{section.kind} 没有列 “{column.id}”；可以写：{'、'.join(_COLUMNS[section.kind])}"
            elif section.kind != "tasks" and self.meaning(section, column) != column.id:
                yield f"列名“{column.label}”不在词典中，或不是 {column.id} 的意思"
        ids = {column.id for column in section.columns}
        if section.kind == "indicators" and not {"name", "target"} <= ids:
            yield "indicators 至少要有 name 和 target 两列，否则读回时认不出"

    def meaning(self, section: LayoutSection, column: LayoutColumn) -> str | None:
        known = self.wording.money_columns if section.kind == "money" else self.wording.columns
        return known.get(fold(column.label)) or known.get(label_of(column.label))

    def lines(self, section: LayoutSection) -> Iterator[str]:
        rows = [row for row in section.lines if section.kind == "money"] + [
            row for pair in section.pairs for row in pair
        ]
        for row in rows:
            if self.wording.money_rows.get(label_of(row.label)) != row.id:
                yield f"资金一行“{row.label}”不在词典中，或不是 {row.id} 的意思"
        if section.kind == "figures":
            phrases = self.catalog.report_words(self.layouts)
            measures = phrases.measures if phrases is not None else {}
            for row in section.lines:
                if row.measure and row.measure not in measures:
                    yield f"没有名为“{row.measure}”的数；可用的有：{'、'.join(measures)}"


class _Listed:
    """A list of projects: one grid, a row for each."""

    def __init__(self, form: PerformanceLayout, catalog: Catalog) -> None:
        self.form, self.wording = form, catalog.performance

    def faults(self) -> Iterator[str]:
        if sum(column.span for column in self.form.columns) != len(self.form.widths):
            yield f"各列要占满{len(self.form.widths)}列"
        categories = set(self.wording.categories.values())
        wide = 0
        for column in self.form.columns:
            kind, _, which = column.id.partition(":")
            if kind == "category":
                wide += 1
                if which not in categories:
                    yield f"没有二级指标 “{which}”；可以写：{'、'.join(sorted(categories))}"
                elif self.wording.categories.get(label_of(column.label)) != which:
                    yield f"列名“{column.label}”不在词典中，或不是 {which} 的意思"
            elif kind not in (*LIST_COLUMNS, "column"):
                yield f"没有列 “{column.id}”；可以写：{'、'.join(LIST_COLUMNS)}、column:列名、category:二级指标"
        if wide <= _FEWEST and not any(column.id == "indicators" for column in self.form.columns):
            yield f"要有一列 indicators，或{_FEWEST + 1}列以上的 category，否则没有指标可列"


_FEWEST = 3
"""A grid with more columns of categories than this is recognised as a list of projects."""
