"""What stands above and below the indicators of a form: names, money, goals, scores and what somebody says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from gouji.catalog import PerformanceWording, fold, label_of
from gouji.documents import Cell
from gouji.facts import Place, Unit
from gouji.performance import TEXTS_KEPT, Amount, MoneyRow, PerformanceForm, Words
from gouji.performance.labels import amount, execution_share, is_hidden, money_unit, share
from gouji.reading.performance_labelled import SAID
from gouji.reading.performance_piece import Head, Piece, span
from gouji.reading.performance_sources import SourceColumns

_LONGEST_GRADE = 4
"""Characters of a grade; what is longer says in words what the form came to."""
_HEADS = (
    frozenset({"project", "programme", "department", "body", "goal", "result", "period", "grade", "code"})
    | TEXTS_KEPT
)
_NAMES = frozenset({"project", "department", "body"})
_GOALS = ("goal", "result", "cycle_goal", "adjusted_goal")
_SIDE_BY_SIDE = (("goal", "result"), ("cycle_goal", "goal"), ("goal", "adjusted_goal"))
"""Labels of goals that head columns."""
_SHARES = ("weight", "rate", "score")


class FormHead:
    """The rows of labels of the form at hand. What heads its money and its goals is remembered from row to row."""

    def __init__(self, wording: PerformanceWording, file: str) -> None:
        self.wording = wording
        self.file = file
        self.unit: Unit = Unit.WAN_YUAN
        self.money_heads: list[Head] = []
        self.separated = False
        """Whether the document has lost its merged cells: what stands under heads is told by its order."""
        self.money_order: list[Head] = []
        self.money_row: tuple[Piece, int] | None = None
        """The last row that told of money."""
        self.pairs: list[str] = []
        """Columns of money whose labels stand in the row beside their amounts (预算数： 86.00 执行数： 84.60)."""
        self.money_ends: tuple[Piece, int] | None = None
        """Where the merged label of all money ends, left of the heads at hand."""
        self.sources = SourceColumns(wording, self.place)
        self.goal_below = False
        self.goal_heads: list[Head] = []

    def forget(self) -> None:
        """Another form begins."""
        self.money_heads, self.pairs = [], []

    def is_label(self, cell: Cell) -> bool:
        label, wording = label_of(cell.text), self.wording
        return bool(wording.head_of(label)) or label in wording.money_heads or label in wording.money_rows

    def is_row(self, cells: Sequence[Cell], *, above_indicators: bool) -> bool:
        """Whether a row belongs to the head of a form: it names a project, money or a goal."""
        wording = self.wording
        told = [wording.head_of(label_of(cell.text)) for cell in cells]
        if above_indicators and ({"goal", "result"} <= set(told) or _NAMES & set(told)):
            return True
        for cell in cells[:2]:
            label = label_of(cell.text)
            if wording.head_of(label) in _HEADS:
                return True
            if wording.head_of(label) == "score" and above_indicators:
                return True
            if label in wording.money_divisions and above_indicators:
                return True
            if label in wording.money_heads or label in wording.money_rows:
                return above_indicators or cell.col == 0
        known = bool(self.money_heads or self.pairs) and above_indicators
        known = known or (above_indicators and _is_closed(cells, wording.money_columns))
        return bool(cells) and (known or names_money(cells, wording.money_columns))

    def is_whole(self, piece: Piece) -> bool:
        """Whether a table is the head of another form: it begins with a project, and below stand its money or its goal."""
        first = [label_of(cells[0].text) for cells in piece.anchored if cells and cells[0].text]
        if not first or self.wording.head_of(first[0]) != "project" or len(piece.anchored[0]) < _TWO:
            return False
        beside = label_of(piece.anchored[0][1].text)
        said = (
            bool(beside)
            and not self.wording.columns.get(beside)
            and not self.wording.money_columns.get(beside)
        )
        return said and any(
            self.wording.head_of(label) == "goal" or label in self.wording.money_heads for label in first[1:]
        )

    def read(self, form: PerformanceForm, piece: Piece, row: int, cells: Sequence[Cell]) -> None:
        """Take one row into its form."""
        labels = [label_of(cell.text) for cell in cells]
        if any(label in self.wording.money_heads or label in self.wording.money_rows for label in labels):
            self.money_row = piece, row
        if self._pairs(form, cells):
            return
        if names_money(cells, self.wording.money_columns):
            self.money_heads = [
                Head(id, *span(cell), fold(cell.text))
                for cell in cells
                if (id := self.wording.money_columns.get(label_of(cell.text)))
            ]
            self._weight_of_execution(form, cells)
            order = [
                Head(self.wording.money_columns.get(label_of(cell.text), ""), *span(cell), fold(cell.text))
                for cell in piece.anchored[row]
            ]
            self.money_order = order if self.separated else []
            left = piece.covering[row][0]
            self.money_ends = (piece, left.row + left.row_span) if left.row_span > 1 else None
            return
        if self.money_ends is not None and self.money_ends[0] is piece and row >= self.money_ends[1]:
            self.money_heads = []
        if label_of(cells[0].text) in self.wording.money_divisions:
            # Below stand labels and amounts side by side, no longer under the heads of the whole.
            self.money_heads = []
            return
        label = self._labelled(form, cells)
        known = label in self.wording.money_rows or self.wording.heads.get(label) == "total"
        numbers = self.wording.columns.get(label_of(cells[0].text)) == "sequence"
        if self.money_heads and (known or not label) and not numbers:
            self._money_line(form, piece, row, label if known else fold(cells[0].text))

    def _labelled(self, form: PerformanceForm, cells: Sequence[Cell]) -> str:
        """Labels with their words side by side; the last label of the row."""
        self.goal_below = False
        label, blocks = "", Counter[str]()
        heads = [self.wording.head_of(label_of(cell.text)) for cell in cells]
        of_columns = any(pair in _SIDE_BY_SIDE for pair in pairwise(heads))
        for cell in cells:
            text = label_of(cell.text)
            head = self.wording.head_of(text)
            if (weight := execution_share(cell.text)) is not None:
                form.execution_weight = weight
            elif head or text in self.wording.money_heads or text in self.wording.money_rows:
                unit = money_unit(cell.text) if text in self.wording.money_heads else None
                self.unit = unit or self.unit
                label = text
                blocks[self.wording.money_rows.get(text, "")] += 1
                self.goal_below = self.goal_below or head == "goal"
            elif label and not of_columns and self._is_result(form, label, heads, cells[-1] is cell):
                self._take_words(form, "result", cell)
            elif label and not of_columns:
                self._fill(form, label, cell, max(blocks[self.wording.money_rows.get(label, "")] - 1, 0))
        if self.goal_below:
            self.goal_heads = [
                Head(id, *span(cell), cell.text)
                for cell in cells
                if (id := self.wording.head_of(label_of(cell.text))) in _GOALS
            ]
        return label

    def _is_result(self, form: PerformanceForm, label: str, heads: Sequence[str], last: bool) -> bool:
        """Whether words beside a goal are what came of it: two texts beside one label, in a form of results."""
        two = last and len(heads) == _TWO + 1 and heads[0] == "goal" and not any(heads[1:])
        taken = self.wording.head_of(label) == "goal" and bool(form.goal) and not form.result
        return form.kind == "self_evaluation" and two and taken

    def awaits_goals(self, cells: Sequence[Cell]) -> bool:
        """Whether a row holds the words of the goals whose labels stand above it; a page may repeat the label of all."""
        if not self.goal_below or not cells:
            return False
        first = self.wording.head_of(label_of(cells[0].text))
        again = first in _GOALS and len(cells) > 1 and len(self.goal_heads) > 1
        return not self.is_label(cells[0]) or (again and not any(map(self.is_label, cells[1:])))

    def read_goals(self, form: PerformanceForm, piece: Piece, row: int) -> None:
        """Goals and results that stand below their labels."""
        for head in self.goal_heads:
            cell = piece.under(row, head)
            if cell is not None and cell.row == row and not self.is_label(cell):
                self._take_words(form, head.id, cell)
        self.goal_below = False

    def _take_words(self, form: PerformanceForm, id: str, cell: Cell) -> None:
        """Words beside or below their label; what is there already is not said twice."""
        if id in ("goal", "result"):
            said: str = getattr(form, id)
            if cell.text not in said:
                setattr(form, id, said + cell.text)
        elif id in TEXTS_KEPT:
            before = form.texts.get(id)
            form.texts[id] = Words((before.text if before else "") + cell.text, self.place(cell))
            form.explains = form.explains or id == "causes"

    def _fill(self, form: PerformanceForm, label: str, cell: Cell, block: int) -> None:
        """What stands beside a label."""
        head = self.wording.head_of(label)
        if head == "grade" and len(fold(cell.text)) > _LONGEST_GRADE:
            head = "conclusion"
        if head == "programme":
            form.programme = cell.text
        elif head in ("project", "department", "body", "grade"):
            setattr(form, head, getattr(form, head) or cell.text)
        elif head in ("goal", "result") or head in TEXTS_KEPT:
            self._take_words(form, head, cell)
            self.goal_below = False
        elif head == "score":
            if share(cell.text).value is not None and form.total_score is None:
                form.total_score, form.total_place = share(cell.text), self.place(cell)
        elif not self.money_heads and (label in self.wording.money_rows or label in self.wording.money_heads):
            self._fill_money(form, label, cell, block)

    def _fill_money(self, form: PerformanceForm, label: str, cell: Cell, block: int) -> None:
        printed = amount(cell.text, self.unit)
        id = self.wording.money_rows.get(label, "total")
        if printed is None:
            if is_hidden(cell.text):
                form.money.append(MoneyRow("", label, {}, block))
            return
        here = Amount(printed, self.place(cell))
        if not self.pairs:
            if form.money_row(id, block) is None:
                form.money.append(MoneyRow(id, label, {"budget": here}, block))
            return
        if block < len(self.pairs) and self.pairs[block] in ("initial", "budget", "spent"):
            before = form.money_row(id)
            amounts = {**(before.amounts if before is not None else {}), self.pairs[block]: here}
            form.money = [row for row in form.money if row is not before]
            form.money.append(MoneyRow(id, label, amounts))

    # ---- Money under heads, and beside labels. ----

    def unnamed_source(self, form: PerformanceForm, piece: Piece, row: int, cells: Sequence[Cell]) -> bool:
        """Whether a row beside the label of the money says an amount of a source that the catalogue does not know, in one
        cell (一、预算资金：250) or in two: the sources that are known are not all."""
        heads = (label_of(cell.text) for cell in piece.covering[row] if cell.row < row)
        below = self.money_row == (piece, row - 1) or any(head in self.wording.money_heads for head in heads)
        if len(cells) == _TWO:
            label, printed = label_of(cells[0].text), amount(cells[1].text, self.unit)
        elif len(cells) == 1 and (said := SAID.match(cells[0].text)) is not None:
            label, printed = label_of(said[1]), amount(said[2], self.unit)
        else:
            return False
        wording = self.wording
        known = label in wording.money_rows or label in wording.money_columns or wording.head_of(label)
        if printed is None or not label or known or not below:
            return False
        self.money_row = piece, row
        form.money.append(MoneyRow("", label, {"budget": Amount(printed, self.place(cells[0]))}))
        return True

    def _pairs(self, form: PerformanceForm, cells: Sequence[Cell]) -> bool:
        """Whether a row states the whole money as labels with their amounts beside them."""
        columns = self.wording.money_columns
        found = {
            columns[label_of(cell.text)]: Amount(printed, self.place(beside))
            for cell, beside in pairwise(cells)
            if columns.get(label_of(cell.text)) in ("initial", "budget", "spent")
            and (printed := amount(beside.text, self.unit_of(cells))) is not None
        }
        self._take_rate(form, cells)
        if not found or (len(found) < _TWO and not _is_closed(cells, columns)):
            return False
        self.unit, self.money_heads = self.unit_of(cells), []
        if len(found) >= _TWO:
            # A column that is not known (实际到位资金) keeps its place.
            self.pairs = [
                columns.get(label_of(cell.text), "")
                for cell, beside in pairwise(cells)
                if amount(cell.text, self.unit) is None and amount(beside.text, self.unit) is not None
            ]
        before = form.money_row("total")
        form.money = [row for row in form.money if row is not before]
        label = before.label if before is not None else fold(cells[0].text)
        form.money.append(
            MoneyRow("total", label, {**(before.amounts if before is not None else {}), **found})
        )
        return len(found) >= _TWO

    def _take_rate(self, form: PerformanceForm, cells: Sequence[Cell]) -> None:
        """The rate of execution, where it stands beside its label."""
        for cell, beside in pairwise(cells):
            is_rate = self.wording.money_columns.get(label_of(cell.text)) == "rate"
            if is_rate and form.execution_rate is None and share(beside.text).value is not None:
                form.execution_rate = share(beside.text)

    def unit_of(self, cells: Sequence[Cell]) -> Unit:
        """The unit that a label of a row names, or the one that holds so far."""
        return next((unit for cell in cells if (unit := money_unit(cell.text))), self.unit)

    def _weight_of_execution(self, form: PerformanceForm, cells: Sequence[Cell]) -> None:
        for cell in cells:
            if (weight := execution_share(cell.text)) is not None:
                form.execution_weight = weight

    def _money_line(self, form: PerformanceForm, piece: Piece, row: int, label: str) -> None:
        amounts: dict[str, Amount] = {}
        hidden = False
        for head, cell in self._under_heads(piece, row):
            if cell is None or cell.row != row:
                continue
            hidden = hidden or is_hidden(cell.text)
            if head.id in _SHARES:
                if share(cell.text).value is not None and getattr(form, f"execution_{head.id}") is None:
                    setattr(form, f"execution_{head.id}", share(cell.text))
            elif (printed := amount(cell.text, self.unit)) is not None:
                amounts[head.id] = Amount(printed, self.place(cell))
        if amounts or hidden:
            whole = self.wording.heads.get(label_of(label)) == "total" and form.money_row("total") is None
            id = "total" if whole else self.wording.money_rows.get(label, "")
            # Of a row with a figure that nobody can read no sum can be made.
            id = "" if hidden else id
            form.money.append(MoneyRow(id, label, amounts))
        elif self.money_order and len(piece.anchored[row]) > _TWO:
            misplace(form)

    def _under_heads(self, piece: Piece, row: int) -> list[tuple[Head, Cell | None]]:
        """The heads of money with the cells below them; where a row has lost merged cells, in their order, if as many follow
        its label as heads."""
        cells = piece.anchored[row]
        if not self.money_order or len(cells) == len(self.money_order):
            return [(head, piece.under(row, head)) for head in self.money_heads]
        first = next(index for index, head in enumerate(self.money_order) if head.id)
        heads = self.money_order[first:]
        if len(cells) != len(heads) + 1:
            return []
        return [(head, cell) for head, cell in zip(heads, cells[1:], strict=True) if head.id]

    def place(self, cell: Cell) -> Place:
        return Place(self.file, cell.place.page, cell.place.box, cell.place.ref)


_TWO = 2
_NOT_SURE = "原文没有合并单元格的信息，各行与表头的对应关系不能确定"


def misplace(form: PerformanceForm) -> None:
    """Note that the rows of a form are not known to stand under their heads."""
    form.placed = False
    if _NOT_SURE not in form.why:
        form.why.append(_NOT_SURE)


def _is_closed(cells: Sequence[Cell], columns: Mapping[str, str]) -> bool:
    """Whether what a label of money is about stands beside it: it ends in a colon (当年预算（元）： 260.00), or both are all
    that the row has."""
    known = ("initial", "budget", "spent", "rate")
    if len(cells) == _TWO and columns.get(label_of(cells[0].text)) in known:
        return amount(cells[1].text, Unit.WAN_YUAN) is not None or share(cells[1].text).value is not None
    return any(
        cell.text.rstrip().endswith((":", "："))
        and columns.get(label_of(cell.text)) in ("initial", "budget", "spent")
        for cell in cells
    )


def names_money(cells: Sequence[Cell], columns: Mapping[str, str]) -> bool:
    """Whether a row holds two heads of columns of money."""
    known = ("initial", "budget", "spent", "previous")
    return sum(columns.get(label_of(cell.text)) in known for cell in cells) >= _TWO
