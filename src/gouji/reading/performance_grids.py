"""Performance forms with a grid (绩效目标表、绩效自评表), whatever their layout: one form per project, a list of
projects, or a column for each category.

A form runs on over pages. Its columns are those under its heads, by position. Here it is told which grid is a form or
goes on with one, and whose business a row is; ``performance_indicators`` reads those of indicators.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import partial

from gouji.catalog import Catalog, fold, label_of
from gouji.documents import Cell, Document, Paragraph, Table
from gouji.performance import PerformanceForm, Words
from gouji.performance.labels import money_unit, share
from gouji.reading.page_numbers import numbered_alike
from gouji.reading.performance_form_head import FormHead, misplace
from gouji.reading.performance_heads import category_rows, head_end, head_top, indicator_heads, side_by_side
from gouji.reading.performance_indicators import IndicatorRows, note_page, place_of
from gouji.reading.performance_labelled import SAID, divided, name_from_lines
from gouji.reading.performance_listing import ProjectList
from gouji.reading.performance_open import with_open_columns
from gouji.reading.performance_piece import Head, Piece, span
from gouji.reading.performance_shifted import put_back
from gouji.reading.performance_summary import summary_forms, summary_heads
from gouji.reading.performance_tasks import TaskGrid
from gouji.reading.performance_titles import FormTitles
from gouji.reading.performance_told import told_cells, told_forms
from gouji.reading.performance_totals import read_said_total
from gouji.reading.performance_unpaged import Span, fitted
from gouji.reading.performance_wide import WideForms


class GridForms:
    """Reads the performance forms of one document with grids."""

    def __init__(self, catalog: Catalog, file: str) -> None:
        self.wording = catalog.performance
        self.titles = FormTitles(catalog)
        self.file = file
        self.forms: list[PerformanceForm] = []
        self.form: PerformanceForm | None = None
        self.head = FormHead(catalog.performance, file)
        self.tasks = TaskGrid(catalog.performance, file)
        self.found_heads: dict[int, list[Head]] = {}
        """The heads of indicators of the piece that is being read, by row."""
        self.rows = IndicatorRows(catalog.performance, file, self._open)
        self.title = ""
        self.title_is_new = False
        self.page: int | None = None
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
        self.sure = True
        """Whether the rows of the piece that is being read stand under their heads."""
        self.pieces: list[Table] = []
        """The grids that were read."""

    def read(self, document: Document, left_out: Set[int] = frozenset()) -> list[PerformanceForm]:
        self.rows.separated = self.head.separated = document.layout == "separated"
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
            self.rows.adjacent = (
                block.place.page is None and not apart and numbered_alike(block.name, self.sheet)
            )
            self.sheet = block.name
            beside = lines.get(block.place.page, []) if block.place.page is not None else []
            self._read_table(block, above, beside)
            above = []
        found = [form for form in self.forms if form.indicators or _is_told(form)]
        for number, form in enumerate(found):
            form.id = number
            _settle_goal(form)
        return found

    # ---- Which table is a form, and which goes on with one. ----

    def _read_table(self, table: Table, above: Sequence[Paragraph], beside: Sequence[Paragraph]) -> None:
        """One grid, with the lines right above it and all of its page."""
        self.sure = True
        if self.rows.separated:
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
        elif self.rows.adjacent and self.rows.heads and (same := self._fitted(table)):
            table, piece = same, Piece(same)
        wide = category_rows(table, self.wording) if not headed else []
        if wide:
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
            piece = Piece(with_open_columns(table, beside, self.rows.heads, self.wording))
        named = (money_unit(line.text) for line in above[-2:])
        self.head.unit = next((unit for unit in named if unit), self.head.unit)
        if title and not (title == self.title and not headed and self.form is not None):
            self.title, self.title_is_new = title, True
        self.rows.first_row = head_end(piece, headed[0], self.wording) if headed else 0
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
        names = [head for head in self.rows.heads if head.id == "name"]
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
        return self.titles.form(len(self.forms), title, place_of(self.file, cell))

    def _goes_on(self, piece: Piece) -> bool:
        """Whether a table without heads or title has the columns of the form before it."""
        if self.form is None or (piece.page or 0) - (self.page or 0) > 1:
            return False
        if piece.page is None and self.rows.heads and not self.rows.adjacent:
            return False
        if not self.rows.heads:
            return True
        columns = [head for head in self.rows.heads if head.id in ("name", self.rows.answer)]
        reach = max(span(cell)[1] for cell in piece.table.cells)
        cells = [piece.under(0, head) for head in columns]
        first = next((cell for cell in piece.anchored[0] if cell.text), None)
        is_total = first is not None and self.wording.heads.get(label_of(first.text)) == "total"
        apart = all(cells) and cells[0] is not cells[-1]
        return abs(self.reach - reach) < _EDGE_SLACK and (apart or is_total)

    def _open(self, cell: Cell) -> PerformanceForm:
        form = self.titles.form(len(self.forms), self.title, place_of(self.file, cell))
        self.forms.append(form)
        self.form, self.title_is_new, self.going_on = form, False, False
        if not self.sure:
            misplace(form)
        self.rows.forget()
        self.head.forget()
        self.tasks.end()
        return form

    # ---- Rows. ----

    def _read_row(self, piece: Piece, row: int) -> None:
        cells = [cell for cell in piece.anchored[row] if cell.text]
        if self.titles.is_title(piece.anchored[row]):
            self.title, self.title_is_new, self.rows.heads = fold(cells[0].text), True, []
            return
        heads = self.found_heads.get(row)
        if heads is not None:
            self._start_indicators(piece, row, heads)
            return
        above = self.form if not self.rows.heads and not self.title_is_new else None
        cells = divided(cells, self.wording) if not self.rows.heads else cells
        if above is not None and cells and self.tasks.read(above, piece, row, self.head.unit):
            self.head.goal_below = False
            return
        if self.form is not None and self.head.awaits_goals(cells):
            self.head.read_goals(self.form, piece, row)
            return
        if self.form is not None and self._is_said(self.form, piece, row, cells):
            return
        cells = divided(cells, self.wording)
        of_head = bool(cells) and self.head.is_row(cells, above_indicators=not self.rows.heads)
        if of_head and not (self.rows.heads and self._is_category(piece, row, cells[0])):
            self._read_head_row(piece, row, cells)
            return
        if self.rows.heads and self.rows.read(self.form, piece, row, self.head.unit):
            self.last_row = piece, row

    def _is_said(self, form: PerformanceForm, piece: Piece, row: int, cells: Sequence[Cell]) -> bool:
        """Whether a row was one cell that says a source of money, or below the indicators the total."""
        if not self.rows.heads:
            told = self.head.unnamed_source(form, piece, row, cells)
            return told or self.head.sources.read(form, piece, row, self.head.unit)
        return read_said_total(form, divided(cells, self.wording), self.wording, self.file)

    def _is_category(self, piece: Piece, row: int, first: Cell) -> bool:
        """Whether a row that begins with a label is an indicator after all: 绩效目标 is the name of a category, too."""
        under = {head.id: cell for head in self.rows.heads if (cell := piece.under(row, head)) is not None}
        name, answer = under.get("name"), under.get(self.rows.answer)
        if name is None or answer is None or name is answer or name is first:
            return False
        marked = (weight := under.get("weight")) is not None and share(weight.text).value is not None
        return (
            under.get("level2") is first
            or (under.get("level1") is first and marked)
            or (self.rows.answer == "weight" and share(answer.text).value is not None)
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
        self.rows.note_section(self.form, piece, row)
        self.rows.heads, self.rows.cycle_heads = side_by_side(heads)
        self.head.goal_below, self.going_on = False, False
        self.tasks.end()
        if self.form is not None:
            self.rows.note_columns(self.form)

    def _heads_again(self, piece: Piece, row: int) -> bool:
        """Whether heads are repeated within a form: below another goal of it, above the rest of its marks, right below an indicator before any
        total, or at the top of the next piece of a format without pages."""
        if self.going_on or (self.form is not None and _is_half(self.form)):
            return True
        if self.rows.adjacent and row == 0 and self.form is not None:
            return not _is_full(self.form)
        total = self.form is not None and (self.form.total_score or self.form.total_weight)
        return self.last_row == (piece, row - 1) and not total

    def _start_list(self) -> None:
        """A list of projects begins; under the title of the page before it goes on."""
        if self.form is None or (self.title_is_new and self.title != self.list_title):
            self.form, self.rows.projects = None, ProjectList()
        self.title_is_new, self.list_title = False, self.title

    def _read_head_row(self, piece: Piece, row: int, cells: Sequence[Cell]) -> None:
        label = label_of(cells[0].text)
        first = self.wording.head_of(label)
        form = self.form
        if form is None or self.title_is_new or _begins_another(form, first):
            form = self._open(cells[0])
            self.rows.heads = []
        if form.indicators and self.wording.numbered_goal.search(label):
            self.going_on = True
        elif form.indicators and first in ("goal", "result") and not _is_half(form):
            form = self._open(cells[0])
            self.rows.heads = []
        note_page(form, piece)
        self.head.read(form, piece, row, cells)

    # ---- A column for each category. ----

    def _read_wide(self, piece: Piece, row: int, title: str) -> None:
        self.title = title or self.title
        wide = WideForms(self.wording, self.file, separated=self.rows.separated)
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


def _settle_goal(form: PerformanceForm) -> None:
    """The goal that holds is the adjusted one, where a form states it, else that of the whole period."""
    adjusted = form.texts.pop("adjusted_goal", None)
    if adjusted is not None and fold(adjusted.text):
        if form.goal:
            form.texts["initial_goal"] = Words(form.goal, adjusted.place)
        form.goal = adjusted.text
    if not form.goal and "cycle_goal" in form.texts:
        form.goal = form.texts["cycle_goal"].text


_HALF = 50


def _is_half(form: PerformanceForm) -> bool:
    """Whether a form with a score for the whole has given less than half of the usual marks so far: another part of it
    follows, whatever it begins with."""
    weights = [indicator.weight for indicator in form.indicators]
    known = [weight.value for weight in weights if weight is not None and weight.value is not None]
    scored = form.kind == "self_evaluation" and form.total_score is not None
    return scored and bool(known) and len(known) == len(weights) and sum(known) < _HALF


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
