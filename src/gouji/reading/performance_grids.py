"""Performance forms with a grid (绩效目标表、绩效自评表), whatever their layout: one form per project, a list of
projects, or a column for each category.

A form runs on over pages. Its columns are those under its heads, by position; what a page break tore apart is put
together again: a level whose words stand on the page before, a row whose name does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from gouji.catalog import Catalog, fold, label_of
from gouji.documents import Cell, Document, Paragraph, Table
from gouji.facts import Place, Unit
from gouji.performance import Amount, MoneyRow, PerformanceForm, Share, Words, read_value, split_items
from gouji.performance.labels import (
    RowText,
    amount,
    execution_share,
    money_unit,
    share,
    share_in,
)
from gouji.reading.captions import find_targets_title
from gouji.reading.performance_aligned import aligned
from gouji.reading.performance_levels import UnnamedLevels
from gouji.reading.performance_piece import (
    Head,
    Piece,
    category_heads,
    head_end,
    side_by_side,
    span,
)

_LINES_ABOVE = 8
_MISALIGNED = "原文没有合并单元格的信息，指标与表头的对应关系不能确定"


class GridForms:
    """Reads the performance forms of one document with grids."""

    def __init__(self, catalog: Catalog, file: str) -> None:
        self.wording = catalog.performance
        self.lexicon = catalog.lexicon
        self.file = file
        self.rows = RowText(catalog.performance)
        self.forms: list[PerformanceForm] = []
        self.form: PerformanceForm | None = None
        self.heads: list[Head] = []
        self.cycle_heads: list[Head] = []
        """Heads of the whole period (实施期), where they stand left of those of the year."""
        self.texts: dict[str, str] = {}
        """The last indicator row as printed."""
        self.levels: dict[str, str] = {}
        self.unnamed = UnnamedLevels(self.rows)
        self.money_heads: list[Head] = []
        self.unit: Unit = Unit.WAN_YUAN
        self.title = ""
        self.title_is_new = False
        self.page: int | None = None
        self.keys: tuple[str, ...] = ()
        self.goal_below = False
        self.goal_heads: list[Head] = []
        self.first_row = 0
        """The first row below the heads of the piece that is being read."""
        self.separated = False
        self.pieces: list[Table] = []
        """The grids that were read."""

    def read(self, document: Document) -> list[PerformanceForm]:
        self.separated = document.layout == "separated"
        above: list[Paragraph] = []
        for block in document.blocks:
            if isinstance(block, Paragraph):
                above.append(block)
                continue
            self._read_table(block, above)
            above = []
        found = [form for form in self.forms if form.indicators]
        for number, form in enumerate(found):
            form.id = number
        return found

    # ---- Which table is a form, and which goes on with one. ----

    def _read_table(self, table: Table, above: Sequence[Paragraph]) -> None:
        piece = Piece(table)
        title, other = self._title(above)
        titled = bool(title) or any(self._is_title(row) for row in piece.anchored[:2])
        headed = [row for row in range(piece.n_rows) if piece.heads(row, self.wording)]
        wide = [row for row in range(piece.n_rows) if category_heads(piece.anchored[row], self.wording)]
        if wide and not headed:
            self.pieces.append(table)
            self._read_wide(piece, wide[-1], self._targets_title(above) or title)
            return
        if not headed and not titled and not (self._goes_on(piece) and not other):
            self.form = None
            return
        self.pieces.append(table)
        self.unit = next((u for u in (money_unit(line.text) for line in above[-2:]) if u), self.unit)
        if title and not (title == self.title and not headed and self.form is not None):
            self.title, self.title_is_new = title, True
        self.first_row = head_end(piece, headed[0], self.wording) if headed else 0
        for row in range(piece.n_rows):
            self._read_row(piece, row)
        self.page = piece.page

    def _goes_on(self, piece: Piece) -> bool:
        """Whether a table without heads or title has the columns of the form before it."""
        if self.form is None or (piece.page or 0) - (self.page or 0) > 1:
            return False
        if piece.page is None and self.heads:
            # Without pages, nothing breaks a table but its end.
            return False
        if not self.heads:
            return True
        columns = [head for head in self.heads if head.id in ("name", "target")]
        right = max(head.right for head in self.heads)
        reach = max(span(cell)[1] for cell in piece.table.cells)
        cells = [piece.under(0, head) for head in columns]
        return abs(right - reach) < _EDGE_SLACK and all(cells) and cells[0] is not cells[-1]

    def _title(self, above: Sequence[Paragraph]) -> tuple[str, bool]:
        """The title of a performance form among the lines right above a table; and whether they name another table."""
        nearest = [fold(line.text) for line in above[-_LINES_ABOVE:]]
        for index in range(len(nearest) - 1, -1, -1):
            text = nearest[index]
            if self._kind(text) and _is_name(text):
                return text, False
            if index and _is_name(text) and len(text) < 12 and self._kind(nearest[index - 1] + text):
                return nearest[index - 1] + text, False
            if _is_name(text) and len(text) > 4:
                return "", True
        return "", False

    def _targets_title(self, above: Sequence[Paragraph]) -> str:
        """The nearest title of a table of targets, whatever else its line says (number, body, unit)."""
        titles = (find_targets_title(line.text, self.lexicon)[1] for line in reversed(above[-_LINES_ABOVE:]))
        return fold(next(filter(None, titles), ""))

    def _is_title(self, cells: Sequence[Cell]) -> bool:
        filled = [cell for cell in cells if cell.text]
        return len(filled) == 1 and bool(self._kind(fold(filled[0].text))) and _is_name(fold(filled[0].text))

    def _kind(self, text: str) -> str:
        return next(
            (kind for kind, words in self.wording.title_kinds.items() if any(word in text for word in words)),
            "",
        )

    def _scope(self, text: str) -> str:
        scopes = self.wording.title_scopes.items()
        return next((scope for scope, words in scopes if any(word in text for word in words)), "")

    def _open(self, cell: Cell) -> PerformanceForm:
        form = PerformanceForm(
            len(self.forms), self._kind(self.title) or "targets", self._scope(self.title), self.title,
            self._place(cell),
        )  # fmt: skip
        self.forms.append(form)
        self.form, self.title_is_new = form, False
        self.levels, self.texts, self.money_heads = {}, {}, []
        self.unnamed.forget()
        return form

    def _place(self, cell: Cell) -> Place:
        return Place(self.file, cell.place.page, cell.place.box, cell.place.ref)

    # ---- Rows. ----

    def _read_row(self, piece: Piece, row: int) -> None:
        cells = [cell for cell in piece.anchored[row] if cell.text]
        if self._is_title(piece.anchored[row]):
            self.title, self.title_is_new, self.heads = fold(cells[0].text), True, []
            return
        heads = piece.heads(row, self.wording)
        if heads is not None:
            self._start_indicators(piece, row, heads)
            return
        if self.goal_below and self.form is not None and cells and not self._is_label(cells[0]):
            self._read_goals(self.form, piece, row)
            self.goal_below = False
            return
        if self._is_head_row(cells):
            self._read_head_row(piece, row, cells)
            return
        if self.heads:
            self._read_indicator(piece, row)

    def _start_indicators(self, piece: Piece, row: int, heads: list[Head]) -> None:
        listing = any(head.id == "project" for head in heads)
        if (
            self.form is None
            or self.title_is_new
            or (self.form.indicators and piece.page == self.page and not listing)
        ):
            if not listing:
                self._open(piece.anchored[row][0])
            else:
                self.form, self.title_is_new = None, False
        self.heads, self.cycle_heads = side_by_side(heads)
        self.goal_below = False
        weight = next((head for head in heads if head.id == "weight"), None)
        if self.form is not None and self.form.kind == "targets" and any(h.id == "actual" for h in heads):
            self.form.kind = "self_evaluation"
        if self.form is not None and weight is not None and (total := share_in(weight.text)) is not None:
            self.form.total_weight = Share(weight.text, total)

    def _is_label(self, cell: Cell) -> bool:
        label, wording = label_of(cell.text), self.wording
        return label in wording.heads or label in wording.money_heads or label in wording.money_rows

    def _is_head_row(self, cells: Sequence[Cell]) -> bool:
        """Whether a row belongs to the head of a form: it names a project, money or a goal."""
        if not cells:
            return False
        for cell in cells[:2]:
            label = label_of(cell.text)
            if self.wording.heads.get(label) in (
                "project",
                "department",
                "body",
                "goal",
                "result",
                "period",
                "grade",
                "opinion",
            ):
                return True
            if label in self.wording.money_divisions and not self.heads:
                return True
            if label in self.wording.money_heads or label in self.wording.money_rows:
                return not self.heads or cell.col == 0
        return (bool(self.money_heads) and not self.heads) or _names_money(cells, self.wording.money_columns)

    def _read_head_row(self, piece: Piece, row: int, cells: Sequence[Cell]) -> None:
        first = self.wording.heads.get(label_of(cells[0].text), "")
        form = self.form
        opens = first in ("project", "body")
        if form is None or self.title_is_new or (opens and (form.indicators or form.project)):
            form = self._open(cells[0])
            self.heads = []
        if form.indicators and first in ("goal", "result"):
            form = self._open(cells[0])
            self.heads = []
        if _names_money(cells, self.wording.money_columns):
            self.money_heads = [
                Head(id, *span(cell), fold(cell.text))
                for cell in cells
                if (id := self.wording.money_columns.get(label_of(cell.text)))
            ]
            return
        if label_of(cells[0].text) in self.wording.money_divisions:
            # Below stand labels and amounts side by side, no longer under the heads of the whole.
            self.money_heads = []
            return
        self._note_page(form, piece)
        self.goal_below = False
        label, blocks = "", Counter[str]()
        for cell in cells:
            text = label_of(cell.text)
            head = self.wording.heads.get(text, "")
            if (weight := execution_share(cell.text)) is not None:
                form.execution_weight = weight
            elif head or text in self.wording.money_heads or text in self.wording.money_rows:
                unit = money_unit(cell.text) if text in self.wording.money_heads else None
                self.unit = unit or self.unit
                label = text
                blocks[self.wording.money_rows.get(text, "")] += 1
                self.goal_below = self.goal_below or head == "goal"
            elif label:
                self._fill(form, label, cell, max(blocks[self.wording.money_rows.get(label, "")] - 1, 0))
        if self.goal_below:
            self.goal_heads = [
                Head(id, *span(cell), cell.text)
                for cell in cells
                if (id := self.wording.heads.get(label_of(cell.text), "")) in ("goal", "result")
            ]
        if self.money_heads and label in self.wording.money_rows:
            self._money_line(form, piece, row, label)

    def _read_goals(self, form: PerformanceForm, piece: Piece, row: int) -> None:
        """Goals and results that stand below their labels."""
        for head in self.goal_heads:
            cell = piece.under(row, head)
            if cell is not None and cell.row == row and cell.text not in getattr(form, head.id):
                setattr(form, head.id, getattr(form, head.id) + cell.text)

    def _fill(self, form: PerformanceForm, label: str, cell: Cell, block: int) -> None:
        """What stands beside a label."""
        head = self.wording.heads.get(label, "")
        if head in ("project", "department", "body", "grade"):
            setattr(form, head, getattr(form, head) or cell.text)
        elif head in ("goal", "result"):
            setattr(form, head, getattr(form, head) + cell.text)
            self.goal_below = False
        elif not self.money_heads and (label in self.wording.money_rows or label in self.wording.money_heads):
            printed = amount(cell.text, self.unit)
            id = self.wording.money_rows.get(label, "total")
            if printed is not None and form.money_row(id, block) is None:
                form.money.append(MoneyRow(id, label, {"budget": Amount(printed, self._place(cell))}, block))

    def _money_line(self, form: PerformanceForm, piece: Piece, row: int, label: str) -> None:
        amounts: dict[str, Amount] = {}
        for head in self.money_heads:
            cell = piece.under(row, head)
            if cell is None or cell.row != row:
                continue
            if head.id in ("weight", "rate", "score"):
                if share(cell.text).value is not None and getattr(form, f"execution_{head.id}") is None:
                    setattr(form, f"execution_{head.id}", share(cell.text))
            elif (printed := amount(cell.text, self.unit)) is not None:
                amounts[head.id] = Amount(printed, self._place(cell))
        if amounts:
            form.money.append(MoneyRow(self.wording.money_rows[label], label, amounts))

    def _note_page(self, form: PerformanceForm, piece: Piece) -> None:
        if piece.page is not None and piece.page not in form.pages:
            form.pages.append(piece.page)

    # ---- Indicators. ----

    def _read_indicator(self, piece: Piece, row: int) -> bool:
        """Whether a row was an indicator (or the total below them)."""
        cells = {head: cell for head in self.heads if (cell := piece.under(row, head)) is not None}
        by_id = {head.id: cell for head, cell in cells.items()}
        name, target = by_id.get("name"), by_id.get("target")
        if self._read_total(by_id, row):
            return True
        if name is None or target is None or name is target or (row not in (name.row, target.row)):
            return False
        if any(
            cell.text and fold(cell.text) == head.text for head, cell in cells.items() if head.id == "name"
        ):
            return False
        listing = "project" in by_id
        if listing:
            self._turn_project(piece, row, by_id)
        texts = {id: cell.text for id, cell in by_id.items() if not id.startswith("money:")}
        form = self.form
        if form is None:
            form = self._open(name)
        self._note_page(form, piece)
        torn = (
            row == 0
            and not fold(name.text)
            and form.indicators
            and piece.page != form.indicators[-1].place.page
        )
        if torn and fold(target.text):
            self._mend(form, texts)
            return True
        if self.rows.is_residue(texts):
            return True
        open_levels = self._carry_levels(piece, row, by_id, texts)
        self._add_cycle(form, piece, row, texts)
        self.texts = dict(texts)
        form.indicators.append(self.rows.indicator(texts, self._place(name)))
        self.unnamed.note(form, texts, open_levels)
        return True

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
            form.indicators.append(self.rows.indicator(own, self._place(cells["name"])))

    def _read_total(self, by_id: dict[str, Cell], row: int) -> bool:
        """The last row: 总分, with the sum of weights and the total score."""
        named = [cell for cell in by_id.values() if cell.row == row and cell.text]
        if self.form is None or not named or self.wording.heads.get(label_of(named[0].text)) != "total":
            return False
        for id in ("weight", "score"):
            cell = by_id.get(id)
            if cell is not None and cell is not named[0] and share(cell.text).value is not None:
                setattr(self.form, f"total_{id}", share(cell.text))
                self.form.total_place = self._place(cell)
        if not {"weight", "score"} & by_id.keys():
            # A form without weights has one score, beside its label.
            beside = [cell for cell in named if cell is not named[0] and share(cell.text).value is not None]
            if beside:
                self.form.total_score, self.form.total_place = share(beside[0].text), self._place(beside[0])
        return True

    def _turn_project(self, piece: Piece, row: int, by_id: dict[str, Cell]) -> None:
        """In a list of projects, begin a form where the project, its money or its goal begins."""
        keys = [by_id[id] for id in ("project", "money:total", "goal") if id in by_id]
        if not any(cell.row == row for cell in keys):
            return
        texts = tuple(fold(cell.text) for cell in keys)
        top = row <= self.first_row and self.form is not None
        if top and not any(texts[1:]) and texts[0] and self.form is not None and not self.form.project:
            # The name of a project that began on the page before.
            self.form.project = by_id["project"].text if "project" in by_id else ""
            return
        going_on = top and not any(texts)
        filling = self.form is not None and not any(self.keys) and row <= self.first_row
        if going_on:
            return
        form = self.form if filling and self.form is not None else self._open(by_id["name"])
        self.keys = texts
        project, goal = by_id.get("project"), by_id.get("goal")
        form.project = project.text if project is not None else ""
        form.goal = goal.text if goal is not None else ""
        for id, cell in by_id.items():
            if id.startswith("money:") and (printed := amount(cell.text, self.unit)) is not None:
                row_id = id.removeprefix("money:")
                form.money.append(MoneyRow(row_id, row_id, {"budget": Amount(printed, self._place(cell))}))

    def _mend(self, form: PerformanceForm, texts: dict[str, str]) -> None:
        """A row that a page break cut through: its lower half has no name of its own."""
        last = form.indicators.pop()
        for id in ("name", "target", "actual", "cause"):
            if id in self.texts:
                self.texts[id] += texts.get(id, "")
        form.indicators.append(self.rows.indicator(self.texts, last.place))

    def _carry_levels(
        self, piece: Piece, row: int, by_id: dict[str, Cell], texts: dict[str, str]
    ) -> list[str]:
        """A level without words at the top of a piece is that of the piece before; one that a page break cut off
        before its words is named on the next page: the ids of such levels. What follows from its category needs
        none."""
        still_open: list[str] = []
        for id in [head.id for head in self.heads if head.id in ("level1", "level2")]:
            cell = by_id.get(id)
            top = cell is None or cell.row <= self.first_row
            to_the_end = cell is None or cell.row + cell.row_span >= piece.n_rows
            if cell is not None and fold(cell.text):
                self._name_level(id, cell, top=top)
            elif top and self._goes_on_with(id, texts):
                texts[id] = self.levels[id]
            elif to_the_end:
                if cell is not None and not top and row == cell.row:
                    self.unnamed.drop(id)
                still_open.append(id)
        return still_open

    def _name_level(self, id: str, cell: Cell, *, top: bool) -> None:
        if top and self.form is not None:
            self.unnamed.name(self.form, id, cell.text)
        self.unnamed.drop(id)
        self.levels[id] = cell.text
        if id == "level1" and self.form is not None and (weight := share_in(cell.text)) is not None:
            self.form.level_shares.setdefault(cell.text, weight)

    def _goes_on_with(self, id: str, texts: dict[str, str]) -> bool:
        """Whether a level without words at the top of a page is the last one that was named."""
        if id not in self.levels or self.unnamed.has(id):
            return False
        return id == "level2" or self.unnamed.fits(self.levels[id], texts.get("level2", ""))

    # ---- A column for each category. ----

    def _read_wide(self, piece: Piece, row: int, title: str) -> None:
        heads = category_heads(piece.anchored[row], self.wording) or []
        self.title = title or self.title
        for data in range(row + 1, piece.n_rows):
            filled = [cell for cell in piece.anchored[data] if cell.text]
            under = [(head, cell) for head in heads if (cell := piece.under(data, head)) is not None]
            # A cell below several heads is a note under the table.
            many = Counter(id(cell) for _, cell in under)
            found = [(head, cell) for head, cell in under if cell.text and many[id(cell)] == 1]
            if not found or not any(len(fold(cell.text)) > _SHORTEST for _, cell in found):
                continue
            form = self._open(filled[0])
            self._note_page(form, piece)
            form.project = next((c.text for c in filled if not c.text[0].isdigit()), "")
            self._read_texts(form, piece, row, data)
            if not self.separated:
                for head, cell in found:
                    self._read_items(form, cell, head.text)
                continue
            form.why.append(_MISALIGNED)
            left = min(span(cell)[0] for _, cell in found)
            cells = [cell for cell in filled if span(cell)[0] >= left]
            places = aligned([(cell.col, cell.text) for cell in cells], heads, self.wording)
            for cell, place in zip(cells, places, strict=True):
                self._read_items(form, cell, place.head.text if place.head else "", place.level)
        self.form = None

    def _read_texts(self, form: PerformanceForm, piece: Piece, heads: int, row: int) -> None:
        """Goals and the like, which stand left of the indicators."""
        for above in range(heads + 1):
            for cell in piece.anchored[above]:
                id = self.wording.texts.get(label_of(cell.text))
                found = piece.under(row, Head(id, *span(cell), cell.text)) if id else None
                if id and found is not None and found.text:
                    form.texts.setdefault(id, Words(found.text, self._place(found)))
        form.goal = form.texts["goal"].text if "goal" in form.texts else form.goal

    def _read_items(self, form: PerformanceForm, cell: Cell, category: str, level: str = "") -> None:
        """The indicators of a cell under its category, or under a level only where the category is not sure."""
        form.cells.append(Words(cell.text, self._place(cell)))
        values = self.wording.values
        why = "" if category else _MISALIGNED
        for item in split_items(cell.text):
            value = read_value(item, values)
            name = value.subject if value.is_quantity and value.subject else item
            level1 = self.wording.name_of.get(f"/{level}", "")
            texts = {"level1": level1, "level2": category, "name": name, "target": item}
            form.indicators.append(self.rows.indicator(texts, self._place(cell), why))


_SHORTEST = 2
_EDGE_SLACK = 6.0


def _is_name(text: str) -> bool:
    """Whether a line is the name of a table: it ends in 表, whatever brackets or year follow."""
    stem = re.sub(r"(?:\([^()]*\))+$", "", text)
    return stem.endswith("表") and len(stem) < 60 and "。" not in stem


def _names_money(cells: Sequence[Cell], columns: Mapping[str, str]) -> bool:
    return sum(1 for cell in cells if columns.get(label_of(cell.text)) in ("initial", "budget", "spent")) >= 2
