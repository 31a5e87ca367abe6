"""Rows of indicators (绩效指标) under their heads, whatever the layout: of one form, or of a list of projects.

What a page break tore apart is put together again: a level whose words stand on the page before, a row whose name does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gouji.catalog import fold, label_of
from gouji.catalog.performance_wording import PerformanceWording
from gouji.documents import Cell
from gouji.facts import Place, Unit
from gouji.performance import MoneyRow, PerformanceForm, Share, read_value
from gouji.performance.form import Amount
from gouji.performance.labels import RowText, amount, level_label, share, share_in
from gouji.reading.performance_levels import PrintedLevels
from gouji.reading.performance_listing import ProjectList, joined_goal
from gouji.reading.performance_piece import Head, Piece, span
from gouji.reading.performance_totals import read_total


class IndicatorRows:
    """Reads the indicators of one document, row by row; ``open_form`` begins a form where a row asks for one."""

    def __init__(
        self, wording: PerformanceWording, file: str, open_form: Callable[[Cell], PerformanceForm]
    ) -> None:
        self.wording = wording
        self.file = file
        self.open_form = open_form
        self.rows = RowText(wording)
        self.heads: list[Head] = []
        self.cycle_heads: list[Head] = []
        """Heads of the whole period (实施期), where they stand left of those of the year."""
        self.texts: dict[str, str] = {}
        """The last row as printed."""
        self.levels = PrintedLevels(self.rows)
        self.projects = ProjectList()
        self.first_row = 0
        """The first row below the heads of the piece that is being read."""
        self.of_cycle = False
        """Whether the heads at hand are those of indicators of the whole period (长期绩效指标)."""
        self.adjacent = False
        """Whether a table without a page stands right below the one before it: one form may go on in it."""
        self.separated = False
        """Whether the document has lost its merged cells."""

    def forget(self) -> None:
        """Another form begins."""
        self.texts = {}
        self.levels.forget()

    @property
    def answer(self) -> str:
        """The column that a row of indicators has beside its name: its target, or where marks are given its weight; its
        score where names carry their weights."""
        ids = {head.id for head in self.heads}
        return next((id for id in ("target", "weight", "score") if id in ids), "weight")

    def note_section(self, form: PerformanceForm | None, piece: Piece, row: int) -> None:
        """Which indicators stand below heads that begin in a row, by the label left of them. Those of the year below those
        of the whole period are the ones that count; what the others ask for is asked for in the end."""
        left = piece.covering[row][0]
        before, name = self.of_cycle, self.wording.heads.get(label_of(left.text), "")
        self.of_cycle = name == "cycle_indicators"
        if form is None or not before or name != "indicators":
            return
        blank = read_value("", self.wording.values)
        form.indicators = [
            replace(one, target=blank, cycle_target=one.target) if one.cycle_target is None else one
            for one in form.indicators
        ]

    def note_columns(self, form: PerformanceForm) -> None:
        """What the columns say of a form."""
        ids = {head.id for head in self.heads}
        if form.kind == "targets" and ids & {"actual", "score"}:
            form.kind = "self_evaluation"
        if "score" in ids:
            form.explains = "cause" in ids or "causes" in form.texts
        weight = next((head for head in self.heads if head.id == "weight"), None)
        if weight is not None and (total := share_in(weight.text)) is not None:
            form.total_weight = Share(weight.text, total)

    def read(self, form: PerformanceForm | None, piece: Piece, row: int, unit: Unit) -> bool:
        """Whether a row was an indicator (or the total below them); ``unit`` is that of sums of money."""
        under = {head: piece.under(row, head) for head in self.heads}
        cells = {head: cell for head, cell in under.items() if cell is not None}
        by_id = {head.id: cell for head, cell in cells.items()}
        name, target = by_id.get("name"), by_id.get(self.answer)
        whole = piece.anchored[row] if self.separated else by_id.values()
        if form is not None and read_total(form, by_id, row, whole, self.wording, self.file):
            return True
        if name is None or target is None or not self._is_indicator(row, name, target, cells):
            return False
        listing = "project" in by_id
        if listing:
            form = self._turn_project(form, piece, row, by_id, unit)
        texts = {id: cell.text for id, cell in by_id.items() if not id.startswith("money:")}
        texts["name"] = self._name(piece, row, texts["name"])
        if self.answer == "score" and (carried := share_in(texts["name"])) is not None:
            texts["weight"] = str(carried)
        if joint := [id for id in ("weight", "score") if id in by_id and self._is_joint(by_id[id], row)]:
            texts["joint"] = " ".join(joint)
        if form is None:
            form = self.open_form(name)
        note_page(form, piece)
        another = piece.page != form.indicators[-1].place.page if form.indicators else False
        at_top = row <= self.first_row and form.indicators and (another or self.adjacent)
        if at_top and self._is_torn(texts):
            self._mend(form, texts)
            return True
        if self.rows.is_residue(texts):
            self.levels.note(form, by_id, row)
            return True
        open_levels = self.levels.carry(form, piece, (row, self.first_row), under, texts)
        self._add_cycle(form, piece, row, texts)
        self.texts = dict(texts)
        form.indicators.append(self.rows.indicator(texts, place_of(self.file, name)))
        self.levels.wait(form, texts, open_levels)
        return True

    def _is_indicator(self, row: int, name: Cell, target: Cell, cells: Mapping[Head, Cell]) -> bool:
        """Whether a row has a name and an answer of its own: heads come again on another page, and below the indicators
        stands who filled in the form, over several columns."""
        if name is target or row not in (name.row, target.row):
            return False
        if self.wording.footer.search(fold(name.text)) and share(target.text).value is None:
            return False
        of_values = [cell for head, cell in cells.items() if head.id in ("actual", "weight", "score")]
        if self.answer == "target" and any(cell is target for cell in of_values):
            return False
        return not any(
            cell.text and fold(cell.text) == head.text for head, cell in cells.items() if head.id == "name"
        )

    def _is_joint(self, cell: Cell, row: int) -> bool:
        """Whether a cell of marks is merged with that of the row above."""
        return bool(cell.text) and max(cell.row, self.first_row) < row

    def _name(self, piece: Piece, row: int, text: str) -> str:
        """The name of a row; beside a number (指标1：) or what several rows have in common it stands in a cell of its own,
        under the same head."""
        head = [head for head in self.heads if head.id == "name"][-1]
        inside = [
            c for c in piece.covering[row] if head.left <= span(c)[0] and span(c)[1] <= head.right and c.text
        ]
        if len(inside) > 1 and inside[0].row_span > 1 and inside[-1].row_span == 1:
            return inside[-1].text
        if not self.rows.is_residue({"name": text}):
            return text
        return next((c.text for c in inside if not self.rows.is_residue({"name": c.text})), text)

    def _add_cycle(self, form: PerformanceForm, piece: Piece, row: int, texts: dict[str, str]) -> None:
        """The indicator of the whole period that stands beside that of the year: its target, if both have one name,
        else an indicator of its own."""
        cells = {head.id: cell for head in self.cycle_heads if (cell := piece.under(row, head)) is not None}
        own = {id: cell.text for id, cell in cells.items()}
        if not fold(own.get("name", "")) or self.rows.is_residue(own):
            return
        if fold(own["name"]) == fold(texts.get("name", "")):
            texts["cycle_target"] = own.get("target", "")
        else:
            own.setdefault("level1", texts.get("level1", ""))
            form.indicators.append(self.rows.indicator(own, place_of(self.file, cells["name"])))

    def _turn_project(
        self, form: PerformanceForm | None, piece: Piece, row: int, by_id: dict[str, Cell], unit: Unit
    ) -> PerformanceForm | None:
        """The form of a row in a list of projects: another one where a project, its money or its goal begins."""
        if not self.projects.is_turn(row, by_id):
            return form
        top = row <= self.first_row and form is not None
        project, goal, body = by_id.get("project"), by_id.get("goal"), by_id.get("body")
        cell = project if project is not None and row in (project.row, self.first_row) else None
        self.projects.note_cell(piece, cell, top=top)
        goes_on = top and form is not None and self.projects.goes_on(form, by_id)
        if form is None or not goes_on:
            form = self.open_form(by_id["name"])
        self.projects.take(form, project, new=not goes_on)
        self.note_columns(form)
        form.goal = joined_goal(form, goal)
        form.body = form.body or (body.text if body is not None else "")
        for id, amount_cell in by_id.items():
            row_id = id.removeprefix("money:")
            printed = amount(amount_cell.text, unit) if row_id != id else None
            if printed is not None and form.money_row(row_id) is None:
                here = Amount(printed, place_of(self.file, amount_cell))
                form.money.append(MoneyRow(row_id, row_id, {"budget": here}))
        return form

    def _is_torn(self, texts: dict[str, str]) -> bool:
        """Whether the first row of a page is the lower half of the last one: it lacks a name, or has nothing but the rest
        of one, or the upper half had nothing but a name."""
        if any(self._is_another_level(id, texts) for id in ("level1", "level2")):
            return False
        values = (self.answer, "weight", "score", "actual")
        stated = [id for id in values if fold(texts.get(id, ""))]
        if not fold(texts["name"]):
            return bool(stated) or bool(fold(texts.get("cause", "")))
        above = [id for id in values if fold(self.texts.get(id, ""))]
        return bool(above) != bool(stated)

    def _is_another_level(self, id: str, texts: dict[str, str]) -> bool:
        """Whether a row prints a level that the one before it does not stand under."""
        own, last = level_label(texts.get(id, "")), level_label(self.texts.get(id, ""))
        return own != last and bool(last) and (own in self.wording.levels or own in self.wording.categories)

    def _mend(self, form: PerformanceForm, texts: dict[str, str]) -> None:
        """Put the halves of a row that a page break cut through together."""
        last = form.indicators.pop()
        for id, text in texts.items():
            joins = id in ("name", "target", "actual", "cause")
            if joins or not self.texts.get(id):
                self.texts[id] = self.texts.get(id, "") + text
        form.indicators.append(self.rows.indicator(self.texts, last.place))


def note_page(form: PerformanceForm, piece: Piece) -> None:
    """A form stands on one more page."""
    if piece.page is not None and piece.page not in form.pages:
        form.pages.append(piece.page)


def place_of(file: str, cell: Cell) -> Place:
    """Where a cell stands."""
    return Place(file, cell.place.page, cell.place.box, cell.place.ref)
