"""Performance forms with a grid (绩效目标表、绩效自评表), whatever their layout: one form per project, a list of
projects, or a column for each category.

A form runs on over pages. Its columns are those under its heads, by position; what a page break tore apart is put
together again: a level whose words stand on the page before, a row whose name does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import partial

from gouji.catalog import Catalog, fold, label_of
from gouji.documents import Cell, Document, Paragraph, Table
from gouji.facts import Place
from gouji.performance import MoneyRow, PerformanceForm, Share
from gouji.performance.form import Amount
from gouji.performance.labels import RowText, amount, money_unit, share, share_in
from gouji.reading.page_numbers import numbered_alike
from gouji.reading.performance_form_head import FormHead, misplace
from gouji.reading.performance_heads import category_heads, head_end, head_top, indicator_heads, side_by_side
from gouji.reading.performance_labelled import SAID, divided, name_from_lines
from gouji.reading.performance_levels import PrintedLevels
from gouji.reading.performance_listing import ProjectList, joined_goal
from gouji.reading.performance_open import with_open_columns
from gouji.reading.performance_piece import Head, Piece, span
from gouji.reading.performance_shifted import put_back
from gouji.reading.performance_summary import summary_forms, summary_heads
from gouji.reading.performance_tasks import TaskGrid
from gouji.reading.performance_titles import FormTitles
from gouji.reading.performance_told import told_cells, told_forms
from gouji.reading.performance_totals import read_said_total, read_total
from gouji.reading.performance_unpaged import Span, fitted
from gouji.reading.performance_wide import WideForms


class GridForms:
    """Reads the performance forms of one document with grids."""

    def __init__(self, catalog: Catalog, file: str) -> None:
        self.wording = catalog.performance
        self.titles = FormTitles(catalog)
        self.file = file
        self.rows = RowText(catalog.performance)
        self.forms: list[PerformanceForm] = []
        self.form: PerformanceForm | None = None
        self.head = FormHead(catalog.performance, file)
        self.tasks = TaskGrid(catalog.performance, file)
        self.found_heads: dict[int, list[Head]] = {}
        """The heads of indicators of the piece that is being read, by row."""
        self.heads: list[Head] = []
        self.cycle_heads: list[Head] = []
        """Heads of the whole period (实施期), where they stand left of those of the year."""
        self.texts: dict[str, str] = {}
        """The last indicator row as printed."""
        self.levels = PrintedLevels(self.rows)
        self.title = ""
        self.title_is_new = False
        self.page: int | None = None
        self.projects = ProjectList()
        self.list_title = ""
        self.going_on = False
        """Whether heads that come again belong to another goal of the same form."""
        self.last_row: tuple[Piece, int] | None = None
        """Where the last indicator stands."""
        self.reach = 0.0
        """How far right the piece with the heads at hand reaches."""
        self.head_cells: list[Span] = []
        """All cells of the row of these heads, and how many grid columns their piece has."""
        self.width = 0
        self.sheet = ""
        self.adjacent = False
        """Whether a table without a page stands right below the one before it: one form may go on in it."""
        self.first_row = 0
        """The first row below the heads of the piece that is being read."""
        self.separated = False
        self.sure = True
        """Whether the rows of the piece that is being read stand under their heads."""
        self.pieces: list[Table] = []
        """The grids that were read."""

    def read(self, document: Document, left_out: Set[int] = frozenset()) -> list[PerformanceForm]:
        self.separated = self.head.separated = document.layout == "separated"
        lines: dict[int | None, list[Paragraph]] = {}
        for block in document.blocks:
            if isinstance(block, Paragraph):
                lines.setdefault(block.place.page, []).append(block)
        above: list[Paragraph] = []
        for block in document.blocks:
            if id(block) in left_out:
                continue
            if isinstance(block, Paragraph):
                above.append(block)
                continue
            apart = [line for line in above if not _is_scrap(line.text)]
            self.adjacent = block.place.page is None and not apart and numbered_alike(block.name, self.sheet)
            self.sheet = block.name
            beside = lines.get(block.place.page, []) if block.place.page is not None else []
            self._read_table(block, above, beside)
            above = []
        found = [form for form in self.forms if form.indicators or _is_told(form)]
        for number, form in enumerate(found):
            form.id = number
            if not form.goal and "cycle_goal" in form.texts:
                form.goal = form.texts["cycle_goal"].text
        return found

    # ---- Which table is a form, and which goes on with one. ----

    def _read_table(self, table: Table, above: Sequence[Paragraph], beside: Sequence[Paragraph]) -> None:
        """One grid, with the lines right above it and all of its page."""
        self.sure = True
        if self.separated:
            table, self.sure = put_back(table, self.wording)
        piece = Piece(table)
        title, other = self.titles.above(above)
        titled = bool(title) or any(self.titles.is_title(row) for row in piece.anchored[:2])
        found = ((row, indicator_heads(piece, row, self.wording)) for row in range(piece.n_rows))
        self.found_heads = {row: heads for row, heads in found if heads}
        headed = sorted(self.found_heads)
        if headed:
            self.reach = max(span(cell)[1] for cell in piece.table.cells)
            self.head_cells = [span(cell) for cell in piece.covering[headed[-1]]]
            self.width = table.n_cols
        elif self.adjacent and self.heads and (same := self._fitted(table)):
            table, piece = same, Piece(same)
        wide = [row for row in range(piece.n_rows) if category_heads(piece.anchored[row], self.wording)]
        if wide and not headed:
            self.pieces.append(table)
            inside = next((row for row in piece.anchored[:2] if self.titles.is_title(row)), None)
            within = fold(next(cell.text for cell in inside if cell.text)) if inside else ""
            self._read_wide(piece, wide[-1], self.titles.of_targets(above) or title or within)
            return
        if not headed and titled and self._read_summary(piece, title):
            self.pieces.append(table)
            return
        if not headed and told_cells(piece, self.wording):
            self.title = title or self.title
            self.pieces.append(table)
            self.forms.extend(told_forms(piece, self.wording, partial(self._titled, self.title), self.file))
            self.form = None
            return
        opens = not headed and not titled and bool(self.title) and self.head.is_whole(piece)
        if not headed and not titled and not opens and not (self._goes_on(piece) and not other):
            self.form = None
            return
        self.title_is_new = self.title_is_new or opens
        self.going_on = self.going_on or self._names_goal(above)
        self.pieces.append(table)
        if self.form is not None and not headed:
            piece = Piece(with_open_columns(table, beside, self.heads, self.wording))
        named = (money_unit(line.text) for line in above[-2:])
        self.head.unit = next((unit for unit in named if unit), self.head.unit)
        if title and not (title == self.title and not headed and self.form is not None):
            self.title, self.title_is_new = title, True
        self.first_row = head_end(piece, headed[0], self.wording) if headed else 0
        before = len(self.forms)
        above_heads = {r for row in headed for r in range(head_top(piece, row, self.wording), row)}
        for row in range(piece.n_rows):
            if row not in above_heads:
                self._read_row(piece, row)
        for form in self.forms[before : before + 1]:
            name_from_lines(form, above[-_LINES_ABOVE:], self.wording)
        self.page = piece.page

    def _fitted(self, table: Table) -> Table | None:
        """The rest of the form at hand under its heads, in a format without pages."""
        names = [head for head in self.heads if head.id == "name"]
        first = min((head.left for head in names if head.id == "name"), default=0.0)
        known = {*self.wording.levels, *self.wording.categories}
        levels = [right <= first for _, right in self.head_cells]
        return fitted(table, self.head_cells, self.width, levels, lambda text: label_of(text) in known)

    def _read_summary(self, piece: Piece, title: str) -> bool:
        """Whether a table is a list of evaluated projects; then its rows become forms."""
        for row in range(min(piece.n_rows, _HIGHEST_HEAD)):
            inside = self.titles.is_title(piece.anchored[row])
            title = fold(next(c.text for c in piece.anchored[row] if c.text)) if inside else title
            heads = summary_heads(piece, row, self.wording)
            if heads is not None and self.titles.kind(title) == "self_evaluation":
                named = partial(self._titled, title)
                self.forms.extend(summary_forms(piece, row, heads, self.head.unit, named))
                self.form = None
                return True
        return False

    def _names_goal(self, above: Sequence[Paragraph]) -> bool:
        """Whether a line above a table names the next of several goals of the form at hand."""
        labels = (label_of(SAID.sub(r"\1", line.text)) for line in above[-_TWO_LINES:])
        more = any(self.wording.numbered_goal.search(label) for label in labels)
        return more and self.form is not None and bool(self.form.indicators)

    def _titled(self, title: str, cell: Cell) -> PerformanceForm:
        return self.titles.form(len(self.forms), title, self._place(cell))

    def _goes_on(self, piece: Piece) -> bool:
        """Whether a table without heads or title has the columns of the form before it."""
        if self.form is None or (piece.page or 0) - (self.page or 0) > 1:
            return False
        if piece.page is None and self.heads and not self.adjacent:
            return False
        if not self.heads:
            return True
        columns = [head for head in self.heads if head.id in ("name", self._answer)]
        reach = max(span(cell)[1] for cell in piece.table.cells)
        cells = [piece.under(0, head) for head in columns]
        return abs(self.reach - reach) < _EDGE_SLACK and all(cells) and cells[0] is not cells[-1]

    def _open(self, cell: Cell) -> PerformanceForm:
        form = self.titles.form(len(self.forms), self.title, self._place(cell))
        self.forms.append(form)
        self.form, self.title_is_new, self.going_on = form, False, False
        if not self.sure:
            misplace(form)
        self.texts = {}
        self.head.forget()
        self.tasks.end()
        self.levels.forget()
        return form

    def _place(self, cell: Cell) -> Place:
        return Place(self.file, cell.place.page, cell.place.box, cell.place.ref)

    # ---- Rows. ----

    def _read_row(self, piece: Piece, row: int) -> None:
        cells = [cell for cell in piece.anchored[row] if cell.text]
        if self.titles.is_title(piece.anchored[row]):
            self.title, self.title_is_new, self.heads = fold(cells[0].text), True, []
            return
        heads = self.found_heads.get(row)
        if heads is not None:
            self._start_indicators(piece, row, heads)
            return
        above = self.form if not self.heads and not self.title_is_new else None
        cells = divided(cells, self.wording) if not self.heads else cells
        if above is not None and cells and self.tasks.read(above, piece, row, self.head.unit):
            self.head.goal_below = False
            return
        if self.form is not None and self.head.awaits_goals(cells):
            self.head.read_goals(self.form, piece, row)
            return
        if self.form is not None and self._is_said(self.form, piece, row, cells):
            return
        cells = divided(cells, self.wording)
        of_head = bool(cells) and self.head.is_row(cells, above_indicators=not self.heads)
        if of_head and not (self.heads and self._is_category(piece, row, cells[0])):
            self._read_head_row(piece, row, cells)
            return
        if self.heads and self._read_indicator(piece, row):
            self.last_row = piece, row

    def _is_said(self, form: PerformanceForm, piece: Piece, row: int, cells: Sequence[Cell]) -> bool:
        """Whether a row was one cell that says a source of money, or below the indicators the total."""
        if not self.heads:
            return self.head.unnamed_source(form, piece, row, cells)
        return read_said_total(form, divided(cells, self.wording), self.wording, self.file)

    def _is_category(self, piece: Piece, row: int, first: Cell) -> bool:
        """Whether a row that begins with a label is an indicator after all: 绩效目标 is the name of a category, too."""
        under = {head.id: cell for head in self.heads if (cell := piece.under(row, head)) is not None}
        name, answer = under.get("name"), under.get(self._answer)
        if name is None or answer is None or name is answer or name is first:
            return False
        marked = (weight := under.get("weight")) is not None and share(weight.text).value is not None
        return (
            under.get("level2") is first
            or (under.get("level1") is first and marked)
            or (self._answer == "weight" and share(answer.text).value is not None)
        )

    def _start_indicators(self, piece: Piece, row: int, heads: list[Head]) -> None:
        if any(head.id == "project" for head in heads):
            self._start_list()
        elif (
            self.form is None
            or self.title_is_new
            or (self.form.indicators and piece.page == self.page and not self._heads_again(piece, row))
        ):
            self._open(piece.anchored[row][0])
        self.heads, self.cycle_heads = side_by_side(heads)
        self.head.goal_below, self.going_on = False, False
        self.tasks.end()
        if self.form is not None:
            self._note_columns(self.form)

    def _heads_again(self, piece: Piece, row: int) -> bool:
        """Whether heads are repeated within a form: below another goal of it, right below an indicator before any
        total, or at the top of the next piece of a format without pages."""
        if self.going_on:
            return True
        if self.adjacent and row == 0 and self.form is not None:
            return not _is_full(self.form)
        total = self.form is not None and (self.form.total_score or self.form.total_weight)
        return self.last_row == (piece, row - 1) and not total

    def _start_list(self) -> None:
        """A list of projects begins; under the title of the page before it goes on."""
        if self.form is None or (self.title_is_new and self.title != self.list_title):
            self.form, self.projects = None, ProjectList()
        self.title_is_new, self.list_title = False, self.title

    def _note_columns(self, form: PerformanceForm) -> None:
        """What the columns say of a form."""
        ids = {head.id for head in self.heads}
        if form.kind == "targets" and ids & {"actual", "score"}:
            form.kind = "self_evaluation"
        if "score" in ids:
            form.explains = "cause" in ids or "causes" in form.texts
        weight = next((head for head in self.heads if head.id == "weight"), None)
        if weight is not None and (total := share_in(weight.text)) is not None:
            form.total_weight = Share(weight.text, total)

    @property
    def _answer(self) -> str:
        """The column that a row of indicators has beside its name: its target, or where marks are given its weight."""
        return "target" if any(head.id == "target" for head in self.heads) else "weight"

    def _read_head_row(self, piece: Piece, row: int, cells: Sequence[Cell]) -> None:
        label = label_of(cells[0].text)
        first = self.wording.head_of(label)
        form = self.form
        if form is None or self.title_is_new or _begins_another(form, first):
            form = self._open(cells[0])
            self.heads = []
        if form.indicators and self.wording.numbered_goal.search(label):
            self.going_on = True
        elif form.indicators and first in ("goal", "result"):
            form = self._open(cells[0])
            self.heads = []
        self._note_page(form, piece)
        self.head.read(form, piece, row, cells)

    def _note_page(self, form: PerformanceForm, piece: Piece) -> None:
        if piece.page is not None and piece.page not in form.pages:
            form.pages.append(piece.page)

    # ---- Indicators. ----

    def _read_indicator(self, piece: Piece, row: int) -> bool:
        """Whether a row was an indicator (or the total below them)."""
        under = {head: piece.under(row, head) for head in self.heads}
        cells = {head: cell for head, cell in under.items() if cell is not None}
        by_id = {head.id: cell for head, cell in cells.items()}
        name, target = by_id.get("name"), by_id.get(self._answer)
        whole = piece.anchored[row] if self.separated else by_id.values()
        if self.form is not None and read_total(self.form, by_id, row, whole, self.wording, self.file):
            return True
        if name is None or target is None or not self._is_indicator(row, name, target, cells):
            return False
        listing = "project" in by_id
        if listing:
            self._turn_project(piece, row, by_id)
        texts = {id: cell.text for id, cell in by_id.items() if not id.startswith("money:")}
        texts["name"] = self._name(piece, row, texts["name"])
        if joint := [id for id in ("weight", "score") if id in by_id and self._is_joint(by_id[id], row)]:
            texts["joint"] = " ".join(joint)
        form = self.form
        if form is None:
            form = self._open(name)
        self._note_page(form, piece)
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
        form.indicators.append(self.rows.indicator(texts, self._place(name)))
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
        if self._answer == "target" and any(cell is target for cell in of_values):
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
            form.indicators.append(self.rows.indicator(own, self._place(cells["name"])))

    def _turn_project(self, piece: Piece, row: int, by_id: dict[str, Cell]) -> None:
        """In a list of projects, begin a form where a project, its money or its goal begins."""
        if not self.projects.is_turn(row, by_id):
            return
        top = row <= self.first_row and self.form is not None
        project, goal, body = by_id.get("project"), by_id.get("goal"), by_id.get("body")
        cell = project if project is not None and row in (project.row, self.first_row) else None
        self.projects.note_cell(piece, cell, top=top)
        goes_on = top and self.form is not None and self.projects.goes_on(self.form, by_id)
        form = self.form if goes_on and self.form is not None else self._open(by_id["name"])
        self.projects.take(form, project, new=not goes_on)
        self._note_columns(form)
        form.goal = joined_goal(form, goal)
        form.body = form.body or (body.text if body is not None else "")
        for id, amount_cell in by_id.items():
            row_id = id.removeprefix("money:")
            printed = amount(amount_cell.text, self.head.unit) if row_id != id else None
            if printed is not None and form.money_row(row_id) is None:
                here = Amount(printed, self._place(amount_cell))
                form.money.append(MoneyRow(row_id, row_id, {"budget": here}))

    def _is_torn(self, texts: dict[str, str]) -> bool:
        """Whether the first row of a page is the lower half of the last one: it lacks a name, or has nothing but the rest
        of one, or the upper half had nothing but a name."""
        values = (self._answer, "weight", "score", "actual")
        stated = [id for id in values if fold(texts.get(id, ""))]
        if not fold(texts["name"]):
            return bool(stated) or bool(fold(texts.get("cause", "")))
        above = [id for id in values if fold(self.texts.get(id, ""))]
        return bool(above) != bool(stated)

    def _mend(self, form: PerformanceForm, texts: dict[str, str]) -> None:
        """Put the halves of a row that a page break cut through together."""
        last = form.indicators.pop()
        for id, text in texts.items():
            joins = id in ("name", "target", "actual", "cause")
            if joins or not self.texts.get(id):
                self.texts[id] = self.texts.get(id, "") + text
        form.indicators.append(self.rows.indicator(self.texts, last.place))

    # ---- A column for each category. ----

    def _read_wide(self, piece: Piece, row: int, title: str) -> None:
        self.title = title or self.title
        wide = WideForms(self.wording, self.file, separated=self.separated)
        for form in wide.read(piece, row, lambda place: self.titles.form(len(self.forms), self.title, place)):
            self.forms.append(form)
        self.form, self.title_is_new = None, False


_SCRAP = 5
"""Characters of a level that a converter left beside a piece, because its merged cell has no lines there."""
_EDGE_SLACK = 6.0
_LINES_ABOVE = 8
_TWO_LINES = 2
_HIGHEST_HEAD = 4
"""Rows below which no head of a list of evaluated projects stands."""


def _begins_another(form: PerformanceForm, head: str) -> bool:
    """Whether a project or a body is that of another form. Two bodies may be named before anything else: who fills in the
    form, and who carries the project out."""
    if head == "body":
        said = form.money or form.goal or form.total_score is not None or form.texts
        return bool(form.indicators or (form.body and said))
    if head == "programme":
        return bool(form.indicators)
    return head == "project" and bool(form.indicators or form.project)


def _is_told(form: PerformanceForm) -> bool:
    """Whether somebody gave a form one score in words, without indicators (第三方评价)."""
    scored = form.kind in ("self_evaluation", "ex_ante") and form.total_score is not None
    return scored and bool(form.texts or form.money or form.grade)


def _is_full(form: PerformanceForm) -> bool:
    """Whether the indicators of a form have all the weight that its heads promise."""
    if form.total_weight is None or form.total_weight.value is None:
        return False
    return (
        sum(i.weight.value for i in form.indicators if i.weight and i.weight.value) >= form.total_weight.value
    )


def _is_scrap(line: str) -> bool:
    """Whether a line between two pieces is nothing but the words of a merged cell."""
    text = fold(line)
    return len(text) <= _SCRAP and text.isalpha()
