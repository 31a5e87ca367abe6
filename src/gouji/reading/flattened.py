"""Tables pasted as lines of text: find them, take their rows apart, and put the figures back into columns.

The form of the right year says which columns there are; the words of the head must be among the lines, or the table
is not that form. Every table is first placed with what it says itself and what other tables already say; tables that
stay ambiguous are tried again once others are settled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile

from gouji.catalog import ALL, Catalog, Form, RowLabels, RowSense, fold
from gouji.catalog.layout import leaf_paths
from gouji.documents import Document, Paragraph
from gouji.facts import Fact, Interval, Place, Presence, Printed, Status, Unit, Witness, as_printed
from gouji.reading.captions import Caption, is_note
from gouji.reading.flat_sections import flat_sections, is_caption
from gouji.reading.placement import Effort, FlatRow, Solution, SumOf, place
from gouji.reading.result import ReadCode, ReadTable

_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_ECO_CODE = re.compile(r"3\d{2}(?:\d{2})?")
_AMOUNT = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_STATED = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)")
"""A figure that cannot be a code, a line number or a count of pages."""
_SPLIT = 2
_FEW_WORDS = 4
_OVERFULL = "这一行的数字比表样的列多，各数的列无法确定"
_FLOWS = (
    ("total_in", ("revenue", "nonfiscal_surplus_used", "carryover_begin")),
    ("total_out", ("expenditure", "surplus_distribution", "carryover_end")),
)


@dataclass(slots=True)
class Row:
    """One line of a table: its key, its figures in order, and the columns they may stand in."""

    code: str
    label: str
    sense: RowSense
    side: str
    figures: list[Printed]
    paths: Sequence[tuple[str, ...]]
    paragraph: Paragraph
    facts: list[Fact | None] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)

    @property
    def is_overfull(self) -> bool:
        """Whether it holds more figures than there are columns: then none of them can be placed."""
        return len(self.figures) > len(self.paths)


@dataclass(slots=True)
class FlatTable:
    """A flattened table on its way to a recognised one."""

    table: ReadTable
    form: Form
    rows: list[Row]
    loose: bool = False
    """Whether figures stand among its lines that belong to none of its rows."""

    def lanes(self) -> list[list[Row]]:
        """Rows that share their columns, without those that hold more figures than columns."""
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in self.rows:
            if not row.is_overfull:
                groups.setdefault(tuple("/".join(path) for path in row.paths), []).append(row)
        return list(groups.values())


class FlatReader:
    """Reads the tables of one flat document."""

    def __init__(self, catalog: Catalog, file: str, report: str, year: int | None) -> None:
        """``report`` says which forms may be there: those of final_accounts or of a budget."""
        self.catalog = catalog
        self.lexicon = catalog.lexicon
        self.file = file
        self.report = report
        self.year = year
        self.known: dict[Fact, Interval] = {}
        self._effort = Effort()

    def read(self, document: Document) -> tuple[list[ReadTable], str]:
        """The tables, and the body that their captions name."""
        flats: list[FlatTable] = []
        tables: list[ReadTable] = []
        body = ""
        blocks = {id(block): index for index, block in enumerate(document.blocks)}
        for lines in flat_sections(document.paragraphs, self.lexicon):
            caption = Caption()
            for line in lines[:6]:
                caption.absorb(line.text, self.lexicon)
            assert caption.kind is not None
            body = body or caption.body
            unit = caption.unit or Unit.WAN_YUAN
            start = lines[0].place
            table = ReadTable(
                len(tables), caption.kind, caption.title, caption.number, unit, (),
                Place(self.file, start.page, None, start.ref), unit_stated=caption.unit is not None,
                body=caption.body, block=blocks[id(lines[0])],
            )  # fmt: skip
            table.notes = [
                line for line in lines if is_note(line.text, self.lexicon) or self._says_absent(line.text)
            ]
            tables.append(table)
            form = self._form(caption.kind.id, lines)
            if form is None:
                table.why = "表头与目录中任何一种表样都对不上，无法确定各列"
                self._keep_unplaced(table, lines)
                continue
            flat = FlatTable(table, form, self._rows(form, lines, unit))
            flats.append(flat)
            self._keep_unread(flat, lines)
        for flat in flats:
            self._sharpen(flat)
            self._bind(flat)
        self._settle(flats)
        return tables, body

    # ---- finding the tables and their rows

    def _says_absent(self, line: str) -> bool:
        return any(head in line for head in self.lexicon.marks.absence_heads) and "无数据" in line

    def _form(self, kind: str, lines: Sequence[Paragraph]) -> Form | None:
        """The form whose heads are all among the lines; that of the document's year first."""
        text = fold("".join(line.text for line in lines))
        national = self.report == "final_accounts"
        sets = sorted(self.catalog.forms_of(self.report), key=lambda forms: not forms.valid(self.year))
        for forms in sets:
            listed = forms.form(kind)
            if listed is None:
                continue
            form = listed.usual
            labels = {fold(part) for path in _form_paths(form) for part in path}
            missing = [label for label in labels if not _scattered(label, text)]
            if len(missing) * 5 <= len(labels) and (national or self._has_no_more(lines, labels)):
                return form
        return None

    def _has_no_more(self, lines: Sequence[Paragraph], labels: Iterable[str]) -> bool:
        """Whether the head of a table holds no words beyond the labels of a form: tables that every place draws up in
        its own way may have a column more."""
        head = ""
        for line in lines[1:]:
            if is_caption(line.text, self.lexicon):
                continue
            if any(_STATED.fullmatch(word) or _CODE.fullmatch(word) for word in line.text.split()):
                break
            head += fold(line.text)
        for label in sorted(labels, key=len, reverse=True):
            head = head.replace(label, "")
        return sum(1 for character in head if "\u4e00" <= character <= "\u9fff") <= _FEW_WORDS

    def _rows(self, form: Form, lines: Sequence[Paragraph], unit: Unit) -> list[Row]:
        if form.layout == "two_sided":
            return self._two_sided(form, lines, unit)
        if form.layout == "blocks":
            return self._blocks(form, lines, unit)
        paths = [path for leaf, path in zip(form.leaves, leaf_paths(form.columns), strict=True)
                 if leaf.role == "amount"]  # fmt: skip
        rows: list[Row] = []
        for line in lines[1:]:
            tokens = line.text.split()
            if form.layout == "single_row":
                figures = _figures(tokens, unit)
                if len(figures) == len(tokens) and not _is_numbering(tokens) and tokens:
                    rows.append(Row("", "", RowSense({}), "", figures, paths, line))
                continue
            row = self._coded_row(_with_whole_code(tokens), form, line, paths, unit)
            if row is not None:
                rows.append(row)
        return rows

    def _coded_row(
        self, tokens: Sequence[str], form: Form, line: Paragraph, paths: Sequence[tuple[str, ...]], unit: Unit
    ) -> Row | None:
        meaning = self.lexicon.meaning(tokens[0], "", "row")
        if meaning is not None and meaning.total and len(tokens) > 1:
            figures = _figures(tokens[1:], unit)
            if len(figures) == len(tokens) - 1:
                return Row("", tokens[0], RowSense({}), "", figures, paths, line)
        if _CODE.fullmatch(tokens[0]) and len(tokens) > 1 and not _AMOUNT.fullmatch(tokens[1]):
            names = list(takewhile(lambda token: not _AMOUNT.fullmatch(token), tokens[1:]))
            figures = _figures(tokens[1 + len(names) :], unit)
            dimension = self.catalog.code_dimension(tokens[0])
            if dimension and form.key and dimension != form.key:
                return None
            sense = RowSense(
                {dimension: tokens[0]} if dimension else {}, why="" if dimension else "不认识的科目编码"
            )
            return Row(tokens[0], "".join(names), sense, "", figures, paths, line)
        return None

    def _two_sided(self, form: Form, lines: Sequence[Paragraph], unit: Unit) -> list[Row]:
        """Rows of both lanes: a label, its line number, its figures, twice. The line numbers tell the lanes apart."""
        first, second = form.lanes[0], form.lanes[1]
        offset = second.first_line - first.first_line
        last = first.first_line + max(len(first.rows), len(second.rows)) - 1
        rows: list[Row] = []
        sides = list(form.kind.sides)
        binder = self.catalog.binder
        labels = [RowLabels(binder, self.catalog.codes, form.kind, side, "") for side in sides]
        for line in lines[1:]:
            tokens = line.text.split()
            split = _line_numbers(tokens, offset, first.first_line, last)
            if split is None:
                continue
            left, right = split
            middle = right
            while middle > left + 1 and not _AMOUNT.fullmatch(tokens[middle - 1]):
                middle -= 1
            parts = (
                ("".join(tokens[:left]), tokens[left + 1 : middle]),
                ("".join(tokens[middle:right]), tokens[right + 1 :]),
            )
            for position, (lane, (label, amounts)) in enumerate(zip(form.lanes, parts, strict=True)):
                sense = labels[position].item(label)
                if not label and not amounts:
                    continue
                side = sides[position]
                paths = [(lane.head, leaf.label) for leaf in lane.columns if leaf.role == "amount"]
                rows.append(Row("", label, sense, side, _figures(amounts, unit), paths, line))
        return rows

    def _blocks(self, form: Form, lines: Sequence[Paragraph], unit: Unit) -> list[Row]:
        """Triples of code, name and figure, several to a line; the figure is there or not."""
        paths = [(form.amount_label,)]
        rows: list[Row] = []
        for line in lines[1:]:
            tokens = line.text.split()
            current: Row | None = None
            for token in tokens:
                meaning = self.lexicon.meaning(token, form.kind.id, "row")
                if _ECO_CODE.fullmatch(token):
                    current = Row(token, "", RowSense({form.key: token}), "", [], paths, line)
                    rows.append(current)
                elif meaning is not None and not meaning.role and meaning.dims and current is None:
                    current = Row("", token, RowSense({}, meaning), "", [], paths, line)
                    rows.append(current)
                elif current is not None and _AMOUNT.fullmatch(token):
                    current.figures.extend(_figures([token], unit))
                    current = None
                elif current is not None and current.code:
                    current.label += token
        return rows

    def _keep_unplaced(self, table: ReadTable, lines: Sequence[Paragraph]) -> None:
        """Keep every amount of a table of which the columns are not known."""
        for index, line in enumerate(lines[1:]):
            for printed in _sure_amounts(line.text, table.unit):
                table.witnesses.append(
                    self._unplaced(table, line, printed, index, "", line.text.split()[0], table.why)
                )

    def _keep_unread(self, flat: FlatTable, lines: Sequence[Paragraph]) -> None:
        """Keep the amounts of lines that are no rows, and those of rows with more figures than columns."""
        table, read = flat.table, {id(row.paragraph) for row in flat.rows}
        for row in flat.rows:
            if row.is_overfull:
                flat.loose = flat.loose or _holds_more_rows(row.paragraph.text)
                index = flat.rows.index(row)
                table.witnesses.extend(
                    self._unplaced(table, row.paragraph, printed, index, row.code, row.label, _OVERFULL)
                    for printed in row.figures
                )
        for line in lines[1:]:
            if id(line) in read or is_note(line.text, self.lexicon):
                continue
            for printed in _sure_amounts(line.text, table.unit):
                flat.loose = True
                label = line.text.split()[0]
                table.witnesses.append(
                    self._unplaced(
                        table, line, printed, len(flat.rows), "", label, "这一行没有认出，各数的列无法确定"
                    )
                )

    def _unplaced(  # noqa: PLR0917
        self, table: ReadTable, line: Paragraph, printed: Printed, index: int, code: str, label: str, why: str
    ) -> Witness:
        return Witness(
            None,
            printed,
            self._place(line),
            table.title,
            table.id,
            index,
            code,
            label,
            "",
            Status.UNBOUND,
            why,
        )

    # ---- putting the figures into columns

    def _sharpen(self, flat: FlatTable) -> None:
        """Dropped trailing zeros: every figure is known to the decimals that the table prints elsewhere."""
        decimals = max((figure.decimals for row in flat.rows for figure in row.figures), default=0)
        for row in flat.rows:
            row.figures = [figure.with_precision(decimals) for figure in row.figures]

    def _bind(self, flat: FlatTable) -> None:
        for row in flat.rows:
            for path in row.paths:
                bound = self.catalog.binder.bind(flat.form.kind, row.side, path, row.sense)
                row.facts.append(bound.fact)
                row.whys.append(bound.why)

    def _settle(self, flats: Sequence[FlatTable]) -> None:
        """Place table after table; what is certain helps with the next."""
        waiting = [(flat, lane) for flat in flats for lane in flat.lanes()]
        waiting.sort(key=lambda pair: len(pair[1][0].paths))
        placed: dict[int, Solution] = {}
        progress = True
        while progress:
            progress = False
            for key, (_, lane) in enumerate(waiting):
                if key in placed and _is_certain(placed[key]):
                    continue
                solution = self._place_lane(lane)
                if key not in placed or solution.solutions < placed[key].solutions or _is_certain(solution):
                    progress = progress or key not in placed or placed[key].solutions != solution.solutions
                    placed[key] = solution
                if _is_certain(solution):
                    self._learn(lane, solution)
        for key, (flat, lane) in enumerate(waiting):
            self._testify(flat, lane, placed[key])
        for flat in flats:
            order = {id(row): index for index, row in enumerate(flat.rows)}
            flat.table.witnesses.sort(key=lambda witness: witness.row)
            flat.table.codes = [
                ReadCode(next(iter(row.sense.dims)), row.code, row.label, self._place(row.paragraph))
                for row in sorted(flat.rows, key=lambda row: order[id(row)])
                if row.code and row.sense.dims
            ]

    def _place_lane(self, lane: Sequence[Row]) -> Solution:
        width = len(lane[0].paths)
        sample = next((row.facts for row in lane if all(row.facts)), None)
        across = self._across([fact for fact in sample if fact is not None]) if sample else []
        rows = [
            FlatRow(
                tuple(row.figures),
                tuple(self._anchor(fact) for fact in row.facts),
                tuple(self._least(fact) for fact in row.facts),
                tuple(self._most(fact) for fact in row.facts),
            )
            for row in lane
        ]
        return place(rows, width, across, self._down(lane), self._effort)

    def _across(self, facts: Sequence[Fact]) -> list[SumOf]:
        """Sums among the columns of a row."""
        return [SumOf(whole, tuple(parts)) for whole, parts in self._sums(facts)]

    def _down(self, lane: Sequence[Row]) -> list[SumOf]:
        """Sums among the rows of a column: the code tree, and 总计 = 本年 + 结转."""
        first = [row.facts[0] for row in lane]
        present = [(index, fact) for index, fact in enumerate(first) if fact is not None]
        sums = [
            SumOf(present[whole][0], tuple(present[part][0] for part in parts))
            for whole, parts in self._sums([fact for _, fact in present])
        ]
        where = {fact: index for index, fact in present}
        for total, addends in _FLOWS:
            for fact, index in where.items():
                if fact.concept == total:
                    parts = tuple(where[fact.of(a)] for a in addends if fact.of(a) in where)
                    if len(parts) > 1:
                        sums.append(SumOf(index, parts))
        return sums

    def _sums(self, facts: Sequence[Fact]) -> Iterable[tuple[int, list[int]]]:
        for name, tree in self.catalog.dimensions.items():
            if not tree.additive:
                continue
            groups: dict[Fact, dict[str, int]] = {}
            for index, fact in enumerate(facts):
                groups.setdefault(fact.slice(name, None), {}).setdefault(fact.member(name) or ALL, index)
            for members in groups.values():
                for whole, parts in tree.partition(members).items():
                    yield members[whole], [members[part] for part in parts]

    def _anchor(self, fact: Fact | None) -> Interval | None:
        """What is known of a fact, or of all the parts it is made of."""
        if fact is None:
            return None
        known = self.known.get(fact)
        if known is not None:
            return known
        for name, tree in self.catalog.dimensions.items():
            parts = tree.closed.get(fact.member(name) or ALL)
            if not parts:
                continue
            intervals = [self.known.get(fact.slice(name, part)) for part in parts if not part.endswith("?")]
            if all(interval is not None for interval in intervals):
                total = Interval(Decimal(0), Decimal(0))
                for interval in intervals:
                    assert interval is not None
                    total = total.plus(interval)
                return total
        return None

    def _least(self, fact: Fact | None) -> Decimal | None:
        """A whole is at least as much as a part of it that is known (fiscal money in all money)."""
        if fact is None:
            return None
        tree = self.catalog.dimensions["fund_type_code"]
        own = fact.member(tree.id) or ALL
        parts = [
            self.known.get(fact.slice(tree.id, member))
            for member in tree.titles
            if tree.contains(own, member)
        ]
        lows = [interval.lo for interval in parts if interval is not None]
        return max(lows, default=None)

    def _most(self, fact: Fact | None) -> Decimal | None:
        if fact is None:
            return None
        tree = self.catalog.dimensions["fund_type_code"]
        above = tree.parent(fact.member(tree.id) or ALL)
        highs: list[Decimal] = []
        while above is not None:
            known = self.known.get(fact.slice(tree.id, above or None))
            if known is not None:
                highs.append(known.hi)
            above = tree.parent(above)
        return min(highs, default=None)

    def _learn(self, lane: Sequence[Row], solution: Solution) -> None:
        for row, placing in zip(lane, solution.placings, strict=True):
            for column, fact in enumerate(row.facts):
                if fact is not None and fact not in self.known:
                    self.known[fact] = _stated(row, placing, column)

    def _testify(self, flat: FlatTable, lane: Sequence[Row], solution: Solution) -> None:
        for row, placing, certain in zip(lane, solution.placings, solution.certain, strict=True):
            for column, fact in enumerate(row.facts):
                figure = placing[column]
                says_nothing = fact is None or not row.label
                if figure is None and says_nothing and (row.label or flat.form.layout != "single_row"):
                    continue
                printed = row.figures[figure] if figure is not None else _blank(flat.table.unit)
                status, why = Status.BOUND, ""
                if fact is None:
                    status, why = Status.UNBOUND, row.whys[column]
                elif flat.loose:
                    status = Status.AMBIGUOUS
                    why = "表里还有数字没有放回各行各列，这一格是哪一格不能确定"
                elif not certain[column]:
                    status = Status.AMBIGUOUS
                    why = (
                        f"原文丢失了空白单元格，有{solution.solutions}种放法都能使各合计成立，这里取其一"
                        if solution.solutions > 1
                        else "原文丢失了空白单元格，没有一种放法能使各合计成立，这里按先后顺序放置"
                    )
                flat.table.witnesses.append(
                    Witness(
                        fact, printed, self._place(row.paragraph), flat.table.title, flat.table.id,
                        flat.rows.index(row), row.code, row.label, "/".join(row.paths[column]), status, why,
                    )
                )  # fmt: skip

    def _place(self, paragraph: Paragraph) -> Place:
        return Place(self.file, paragraph.place.page, None, paragraph.place.ref)


def _is_certain(solution: Solution) -> bool:
    return solution.complete and solution.solutions == 1


def _stated(row: Row, placing: Sequence[int | None], column: int) -> Interval:
    figure = placing[column]
    return row.figures[figure].interval if figure is not None else Interval(Decimal(0), Decimal(0))


def _blank(unit: Unit) -> Printed:
    return Printed("", Decimal(0), 0, unit, Presence.NIL, 0)


def _figures(tokens: Sequence[str], unit: Unit) -> list[Printed]:
    found = [as_printed(token, unit) for token in tokens if _AMOUNT.fullmatch(token)]
    return [printed for printed in found if printed is not None]


def _with_whole_code(tokens: Sequence[str]) -> Sequence[str]:
    """The words of a row whose code stands first and whole: places print 类, 款 and 项 apart (``208 05 02``)."""
    pieces = list(takewhile(str.isdigit, tokens))
    code = "".join(pieces)
    if len(pieces) < _SPLIT or len(pieces) == len(tokens) or not _CODE.fullmatch(code):
        return tokens
    return [code, *tokens[len(pieces) :]]


def _holds_more_rows(text: str) -> bool:
    """Whether names stand behind the figures of a line: then other rows were pasted into it."""
    after = text.split()
    while after and not _STATED.fullmatch(after[0]):
        after = after[1:]
    return any("\u4e00" <= word[0] <= "\u9fff" for word in after)


def _sure_amounts(text: str, unit: Unit) -> list[Printed]:
    """What can only be amounts among the words of a line: figures with decimals or thousands, standing alone."""
    tokens = (token for token in text.split() if _STATED.fullmatch(token))
    return [printed for token in tokens if (printed := as_printed(token, unit)) is not None]


def _is_numbering(tokens: Sequence[str]) -> bool:
    return list(tokens) == [str(number) for number in range(1, len(tokens) + 1)]


def _scattered(label: str, text: str) -> bool:
    """Whether a head stands in the text, if need be broken into pieces of two characters or more."""
    if label in text:
        return True
    pieces = [label[index : index + 2] for index in range(0, len(label) - 1, 2)]
    return len(label) >= 4 and all(piece in text for piece in pieces)


def _form_paths(form: Form) -> list[tuple[str, ...]]:
    if form.layout == "two_sided":
        return [(leaf.label,) for lane in form.lanes for leaf in lane.columns]
    if form.layout == "blocks":
        return [(form.code_label,), (form.name_label,), (form.amount_label,)]
    return leaf_paths(form.columns)


def _line_numbers(tokens: Sequence[str], offset: int, first: int, last: int) -> tuple[int, int] | None:
    """The positions of the left and right line number in a line: integers ``offset`` apart."""
    numbers = {index: int(token) for index, token in enumerate(tokens) if token.isdigit() and len(token) <= 3}
    for left, number in numbers.items():
        if not first <= number <= last:
            continue
        for right, other in numbers.items():
            if right > left and other == number + offset:
                return left, right
    return None
