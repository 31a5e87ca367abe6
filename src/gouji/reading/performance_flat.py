"""Self-evaluation forms in flattened text (绩效自评表): a record ends with its weight and its score.

Level labels, names, targets and actual values come in reading order; what a page break pushes behind the end of a
record (the tails of its cells) and the cause of a deviation belong to the record before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.catalog import Catalog, PerformanceWording, ValueWording, fold, label_of
from gouji.documents import Document, Paragraph
from gouji.facts import Place, Unit
from gouji.performance import Amount, MoneyRow, PerformanceForm, Share, read_value
from gouji.performance.labels import RowText, amount, money_unit, share, share_in
from gouji.reading.performance_record import Word, cut, is_full, joined, width

_END = re.compile(r"^\d{1,2}(?:\.\d{1,2})?$")
_TOP_LINES = 40
_COLUMN = 5.0


@dataclass(slots=True)
class _Record:
    words: list[Word]
    weight: str
    score: str
    cause: list[Word] = field(default_factory=list)
    tails: dict[int, list[Word]] = field(default_factory=dict)
    """What a page break cut off: 0 the name, 1 the target, 2 the actual value."""


class FlatForms:
    """Reads the self-evaluation forms of one flattened document."""

    def __init__(self, catalog: Catalog, file: str) -> None:
        self.wording = catalog.performance
        self.file = file
        self.rows = RowText(catalog.performance)

    def read(self, document: Document) -> list[PerformanceForm]:
        lines = [block for block in document.blocks if isinstance(block, Paragraph)]
        forms: list[PerformanceForm] = []
        start = 0
        for head in [index for index, line in enumerate(lines) if self._opens_indicators(line)]:
            if head < start:
                continue
            body = _after_heads(lines, head, self.wording)
            end = next((i for i in range(body, len(lines)) if self._total(lines[i]) is not None), None)
            if end is None:
                continue
            top = self._top(lines, start, head)
            form = PerformanceForm(len(forms), "self_evaluation", "", "", self._place(lines[top]))
            self._read_head(form, lines[top:head])
            self._read_records(form, lines[body:end])
            total = self._total(lines[end])
            assert total is not None
            form.total_weight, form.total_score = total
            form.total_place = self._place(lines[end])
            if _has_lost_rows(form):
                form.placed = False
                form.why.append(_LOST)
            forms.append(form)
            start = end + 1
        return forms

    def _place(self, line: Paragraph) -> Place:
        return Place(self.file, line.place.page, line.place.box, line.place.ref)

    def _opens_indicators(self, line: Paragraph) -> bool:
        columns = self.wording.columns
        words = line.text.split()
        return (bool(words) and columns.get(fold(words[0])) == "level1") or fold(line.text).startswith(
            "一级指标二级指"
        )

    def _total(self, line: Paragraph) -> tuple[Share, Share] | None:
        words = line.text.split()
        if len(words) == 3 and self.wording.heads.get(fold(words[0])) in ("total", "score"):
            weight, score = share(words[1]), share(words[2])
            if weight.value is not None and score.value is not None:
                return weight, score
        return None

    def _top(self, lines: Sequence[Paragraph], start: int, head: int) -> int:
        """Where the head of a form begins: the line that names its project or body."""
        for index in range(head - 1, start - 1, -1):
            words = lines[index].text.split()
            if len(words) >= 2 and self.wording.heads.get(fold(words[0])) in ("project", "body"):
                return index
        return max(start, head - _TOP_LINES)

    # ---- The head: names, money, goals. ----

    def _read_head(self, form: PerformanceForm, lines: Sequence[Paragraph]) -> None:
        unit = next((u for u in (money_unit(line.text) for line in lines) if u), Unit.WAN_YUAN)
        columns: list[str] = []
        goals: list[Paragraph] | None = None
        for line in lines:
            words = line.text.split()
            ids = [self.wording.money_columns.get(label_of(word), "") for word in words]
            if goals is not None:
                goals.append(line)
            elif len(words) >= 3 and all(ids):
                columns = ids
            elif len(words) == 2 and self._heads(words) == ["goal", "result"]:
                goals = []
            else:
                self._read_names(form, words)
                self._read_money(form, line, columns, unit)
        form.scope = "project" if form.project else "department"
        form.title = form.project or form.body
        if goals:
            form.goal, form.result = _two_cells(goals, self.wording)

    def _heads(self, words: Sequence[str]) -> list[str]:
        return [self.wording.heads.get(label_of(word), "") for word in words]

    def _read_names(self, form: PerformanceForm, words: Sequence[str]) -> None:
        heads = self._heads(words)
        for position, head in enumerate(heads[:-1]):
            if head in ("project", "department", "body") and not heads[position + 1]:
                setattr(form, head, words[position + 1])

    def _read_money(self, form: PerformanceForm, line: Paragraph, columns: Sequence[str], unit: Unit) -> None:
        words = line.text.replace("：", "： ").split()
        place = self._place(line)
        labels = [
            (i, row) for i, word in enumerate(words) if (row := self.wording.money_rows.get(label_of(word)))
        ]
        for number, (index, row) in enumerate(labels):
            last = labels[number + 1][0] if number + 1 < len(labels) else len(words)
            figures = [word for word in words[index + 1 : last] if label_of(word)]
            if (words[index].endswith(("：", ":")) and len(figures) <= 1) or not columns:
                columns_here: Sequence[str] = ["budget"]
            else:
                columns_here = columns
            amounts: dict[str, Amount] = {}
            for column, text in zip(columns_here, figures, strict=False):
                if column in ("weight", "rate", "score"):
                    setattr(form, f"execution_{column}", share(text))
                elif (printed := amount(text, unit)) is not None:
                    amounts[column] = Amount(printed, place)
            if amounts:
                form.money.append(MoneyRow(row, words[index].rstrip("：:"), amounts))

    # ---- The indicators. ----

    def _read_records(self, form: PerformanceForm, lines: Sequence[Paragraph]) -> None:
        column = _column_width(lines)
        level1 = level2 = ""
        for record in _records(lines, self.wording, column):
            words = list(record.words)
            words, first = _take_label(words, self.wording.levels)
            if first:
                level1, level2 = label_of(first), ""
                weight = share_in(first)
                if weight is not None:
                    form.level_shares[level1] = weight
            words, second = _take_label(words, self.wording.categories)
            level2 = label_of(second) or level2
            place = Place(self.file, None, None, words[0].ref if words else record.words[0].ref)
            where = cut(words, column, self.wording.values)
            texts = {"level1": level1, "level2": level2, "weight": record.weight, "score": record.score}
            why = ""
            if where is None:
                texts |= {"name": joined(words), "target": "", "actual": ""}
                why = "这一行的字太少或太多，分不出指标、指标值和完成值"
            else:
                cells = where.cells(words)
                for cell, tail in record.tails.items():
                    cells[cell].extend(tail)
                texts |= dict(zip(("name", "target", "actual"), map(joined, cells), strict=True))
            texts["cause"] = joined(record.cause)
            form.indicators.append(self.rows.indicator(texts, place, why))


_LOST = "粘贴成文字行的表只读出了一部分指标，没有核对"
_MOST_LOST = Decimal("0.2")
"""Share of the total weight that rows which were not read may have at most: more is no slip of the pen."""


def _has_lost_rows(form: PerformanceForm) -> bool:
    """Whether the rows that were read have far less weight than the total."""
    total = form.total_weight.value if form.total_weight is not None else None
    weights = [i.weight.value for i in form.indicators if i.weight is not None and i.weight.value is not None]
    if form.execution_weight is not None and form.execution_weight.value is not None:
        weights.append(form.execution_weight.value)
    return total is not None and sum(weights, Decimal(0)) < total * (1 - _MOST_LOST)


def _after_heads(lines: Sequence[Paragraph], head: int, wording: PerformanceWording) -> int:
    """The first line behind the column heads, which may be broken over many lines."""
    ends: list[int] = []
    text = ""
    for line in lines[head : head + _TOP_LINES]:
        text += fold(line.text)
        ends.append(len(text))
    heads = sorted(wording.columns, key=len, reverse=True)
    position = 0
    while known := next((word for word in heads if text.startswith(word, position)), ""):
        position += len(known)
    return head + next((index for index, end in enumerate(ends) if end > position), len(ends))


_FEW = 0.15


def _column_width(lines: Sequence[Paragraph]) -> float:
    """How wide the columns of words are: the widest that broken lines often are."""
    counts: dict[int, int] = {}
    for line in lines:
        if " " not in line.text:
            size = round(width(line.text))
            counts[size] = counts.get(size, 0) + 1
    most = max(counts.values(), default=0)
    return max((size for size, count in counts.items() if count >= max(2, most * _FEW)), default=_COLUMN)


def _words(lines: Sequence[Paragraph]) -> Iterator[Word]:
    """The words of the lines, page numbers left out."""
    previous: int | None = None
    top = False
    for line in lines:
        number = _line_number(line)
        gap = 1 if previous is None or number is None else number - previous
        if gap > 3 and line.text.isdigit():
            top, previous = True, number
            continue
        joint = "gap" if gap > 1 else "line"
        for position, text in enumerate(line.text.split()):
            first = position == 0
            yield Word(text, joint if first else "space", line.place.ref, first and (top or line.indent > 0))
        previous, top = number, False


def _line_number(line: Paragraph) -> int | None:
    match = re.search(r"\d+", line.place.ref)
    return int(match[0]) if match else None


def _records(lines: Sequence[Paragraph], wording: PerformanceWording, column: float) -> list[_Record]:
    words = list(_words(lines))
    records: list[_Record] = []
    current: list[Word] = []
    index = 0
    while index < len(words):
        word = words[index]
        ends_line = index + 1 == len(words) or words[index + 1].joint != "space"
        if (
            ends_line
            and word.joint == "space"
            and current
            and _is_end(current[-1], word)
            and len(current) > 2
        ):
            record = _Record(current[:-1], current[-1].text, word.text)
            records.append(record)
            current, index = [], index + 1
            if _is_less(record.score, record.weight):
                index = _take_cause(words, index, record)
            index = _take_tails(words, index, record, wording, column)
            continue
        current.append(word)
        index += 1
    return records


def _is_end(weight: Word, score: Word) -> bool:
    if not (_END.match(weight.text) and _END.match(score.text)):
        return False
    stated, reached = share(weight.text).value, share(score.text).value
    return stated is not None and reached is not None and reached <= stated


def _is_less(score: str, weight: str) -> bool:
    """Whether the score is lower than the weight."""
    low, high = share(score).value, share(weight).value
    return low is not None and high is not None and low < high


def _take_cause(words: Sequence[Word], index: int, record: _Record) -> int:
    """The cause of a deviation stands behind the score it explains: full lines, then a shorter one."""
    line = 0.0
    while index < len(words):
        word = words[index]
        if record.cause and word.joint == "gap":
            alone = index + 1 == len(words) or words[index + 1].joint == "gap"
            if record.cause[-1].text.endswith("。") or not alone or width(word.text) >= line:
                break
        record.cause.append(word)
        line = max(line, width(word.text))
        index += 1
    return index


def _open_cells(cells: Sequence[Sequence[Word]], column: float, values: ValueWording) -> list[int]:
    """The cells whose last line is full, so that a page break may have cut them: not quantities, not ended ones."""
    found = []
    for number, cell in enumerate(cells):
        text = joined(cell)
        full = width(cell[-1].text) >= column - 0.5 and not text.endswith("。")
        if _has_open_bracket(cell) or (full and not read_value(text, values).is_quantity):
            found.append(number)
    return found


_IMPOSSIBLE = 1000.0


def _take_tails(
    words: Sequence[Word], index: int, record: _Record, wording: PerformanceWording, column: float
) -> int:
    """What stands on top of the next page and belongs to the cells of the record before."""
    if index >= len(words) or not words[index].page_top:
        return index
    own, _ = _take_label(list(record.words), wording.levels)
    own, _ = _take_label(own, wording.categories)
    where = cut(own, column, wording.values)
    if (
        where is None
        or _take_label(list(words[index : index + 6]), {**wording.levels, **wording.categories})[1]
    ):
        return index
    cells = where.cells(own)
    torn = [number for number, cell in enumerate(cells) if _has_open_bracket(cell)]
    if torn and (closing := _closing(words, index)) is not None:
        record.tails = {torn[-1]: list(words[index:closing])}
        return closing
    if words[index].text.startswith(("（", "(", "，", "、", "。")):
        groups, position = _groups(words, index, 1, column)
        no_room = [n for n, cell in enumerate(cells) if is_full([*cell, words[index]], len(cell), column)]
        if len(no_room) == 1 and not record.cause:
            record.tails = {no_room[0]: groups[0]}
        else:
            record.cause.extend(groups[0])
        return position
    candidates = _open_cells(cells, column, wording.values)
    best, taken = _cost_ahead(words, index, wording, column), index
    for wanted in range(1, len(candidates) + 1):
        groups, position = _groups(words, index, wanted, column)
        tallest = sorted(sorted(candidates, key=lambda number: -len(cells[number]))[:wanted])
        cost = _cost_ahead(words, position, wording, column)
        cost -= sum(_MID_SENTENCE for number in tallest if _is_prose(cells[number]))
        cost += _CUT_SHORT if wanted > 1 and _is_cut_short(words, position, column) else 0.0
        if cost < best:
            best, taken = cost, position
            record.tails = dict(zip(tallest, groups, strict=False))
    return taken


_MID_SENTENCE = 1.2
"""What speaks for a tail where a cell of sentences ends without a full stop."""
_CUT_SHORT = 0.8
"""What speaks against more tails than one that end with a full line, where their cell would go on."""


def _is_prose(cell: Sequence[Word]) -> bool:
    return any(mark in joined(cell) for mark in "，；。")


def _is_cut_short(words: Sequence[Word], index: int, column: float) -> bool:
    full = index < len(words) and words[index].joint != "space" and is_full(words, index, column)
    return full and not words[index - 1].text.endswith("。")


_MOST_CLOSING = 12


def _closing(words: Sequence[Word], index: int) -> int | None:
    """Behind the next closing bracket that was not opened here."""
    depth = 0
    for position in range(index, min(index + _MOST_CLOSING, len(words))):
        text = words[position].text
        depth += text.count("（") - text.count("）")
        if depth < 0:
            return position + 1
    return None


def _has_open_bracket(cell: Sequence[Word]) -> bool:
    text = joined(cell)
    return text.count("（") > text.count("）")


def _cost_ahead(words: Sequence[Word], index: int, wording: PerformanceWording, column: float) -> float:
    """How badly what follows reads as the next record; nothing when no record follows."""
    ahead: list[Word] = []
    for position in range(index, len(words)):
        ahead.append(words[position])
        ends_line = position + 1 == len(words) or words[position + 1].joint != "space"
        if (
            ends_line
            and len(ahead) > 1
            and words[position].joint == "space"
            and _is_end(ahead[-2], ahead[-1])
        ):
            break
    else:
        return _IMPOSSIBLE if ahead else -_IMPOSSIBLE
    rest, _ = _take_label(ahead[:-2], wording.levels)
    rest, _ = _take_label(rest, wording.categories)
    where = cut(rest, column, wording.values)
    return _IMPOSSIBLE if where is None else where.cost


def _groups(words: Sequence[Word], index: int, wanted: int, column: float) -> tuple[list[list[Word]], int]:
    """The next cells, each ended by a line that is not full, or by an empty line unless a last short line follows."""
    groups: list[list[Word]] = []
    while len(groups) < wanted and index < len(words):
        group = [words[index]]
        index += 1
        while index < len(words) and words[index].joint != "space" and is_full(words, index, column):
            if group[-1].text.endswith("。") or (words[index].joint == "gap" and not _is_alone(words, index)):
                break
            group.append(words[index])
            index += 1
        groups.append(group)
    return groups, index


def _is_alone(words: Sequence[Word], index: int) -> bool:
    """Whether a line stands between empty lines and ends a sentence."""
    alone = index + 1 == len(words) or words[index + 1].joint == "gap"
    return alone and words[index].text.endswith("。")


def _take_label(words: list[Word], known: Mapping[str, str]) -> tuple[list[Word], str]:
    """A level or category at the head of a record, broken over lines as it may be, with the weight behind it."""
    text = ""
    found, taken = "", 0
    for count, word in enumerate(words[:6], start=1):
        text += word.text
        if label_of(text) in known:
            found, taken = text, count
    rest = words[taken:]
    if rest and rest[0] is not words[0]:
        rest[0] = rest[0]._replace(joint="line")
    return rest, found


def _two_cells(lines: Sequence[Paragraph], wording: PerformanceWording) -> tuple[str, str]:
    """Goal and result stand one after the other, parted by an empty line."""
    cells: list[list[str]] = [[]]
    previous: int | None = None
    for line in lines:
        number = _line_number(line)
        if previous is not None and number is not None and number - previous > 1:
            cells.append([])
        if len(line.text) > 1:
            cells[-1].append(line.text)
        previous = number
    texts = ["".join(cell) for cell in cells if cell]
    return (texts[0], "".join(texts[1:])) if len(texts) == 2 else ("".join(texts), "")
