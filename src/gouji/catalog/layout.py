"""A form as a grid of places: what is printed where, and which fact each amount place states.

The writer fills the places, the reader of flattened text expects them. Rows and columns count from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from gouji.catalog.binding import EMPTY_ROW, Binder, RowSense
from gouji.catalog.lexicon import Lexicon, bare, fold
from gouji.catalog.model import OPTIONAL, Column, Form, Lane
from gouji.catalog.row_labels import RowLabels, row_dimension
from gouji.catalog.settling import Stated, settle
from gouji.facts import Fact

_ORDINALS = "一二三四五六七八九十"
INDENT = "\u3000"
"""What sets a row label of a form in by one level."""


class Spot(NamedTuple):
    """One place of a form. ``role`` is head, numbering, label, code, agency_code, name, line, text, amount or void (a
    place that the form leaves empty for good). ``fact`` is set for amounts that state one. ``indent`` is the level of a 科目."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    role: str
    fact: Fact | None = None
    indent: int = 0
    path: tuple[str, ...] = ()
    project: str | None = None
    """On a ``text`` of a row: the project whose row it is, empty for the row of the body itself."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A form laid out. ``spots`` are ordered by row, then column; ``head_rows`` are repeated on each page."""

    form: Form
    n_rows: int
    n_cols: int
    head_rows: int
    spots: tuple[Spot, ...]


class CodeRow(NamedTuple):
    """A row keyed by a code: the code and the name printed beside it, and what its text columns say, by head."""

    code: str
    name: str
    texts: tuple[tuple[str, str], ...] = ()


class Part(NamedTuple):
    """One of several bodies of a department: its own row, and those below it. ``member`` is what facts call it."""

    body: CodeRow
    member: str
    rows: Sequence[CodeRow]


def ordinal(number: int) -> str:
    """The Chinese ordinal used in forms: 1 -> 一, 10 -> 十, 26 -> 二十六."""
    tens, ones = divmod(number, 10)
    text = ("" if tens == 1 else _ORDINALS[tens - 1]) + "十" if tens else ""
    return text + (_ORDINALS[ones - 1] if ones else "")


def lay_out(
    form: Form,
    binder: Binder,
    rows: Sequence[CodeRow] = (),
    *,
    names: Mapping[str, str] | None = None,
    agencies: Sequence[CodeRow] = (),
    parts: Sequence[Part] = (),
) -> Grid:
    """The grid of a form. ``rows`` are the 科目 rows of a coded form, ``agencies`` the bodies that have rows of their
    own, the department first, ``parts`` the several bodies of a department, each with rows of its own, ``names`` the
    names of the codes of a form in blocks. Raises ValueError when a label of the form is not in the lexicon (a defect
    of the catalogue)."""
    builder = _Builder(form, binder)
    if form.layout == "two_sided":
        builder.two_sided()
    elif form.layout == "coded":
        builder.coded(rows, agencies, parts)
    elif form.layout == "blocks":
        builder.in_blocks(names or {})
    else:
        builder.single_row()
    spots = _settled(sorted(builder.spots, key=lambda spot: (spot.row, spot.col)), form, binder)
    n_rows = max(spot.row + spot.row_span for spot in spots)
    n_cols = max(spot.col + spot.col_span for spot in spots)
    return Grid(form, n_rows, n_cols, builder.head_rows, spots)


def _settled(spots: Sequence[Spot], form: Form, binder: Binder) -> tuple[Spot, ...]:
    """The places with what only the whole form tells about them."""
    labels: dict[int, str] = {}
    for spot in spots:
        if spot.role in ("label", "name"):
            labels[spot.row] = labels.get(spot.row, "") + spot.text
    stated = [Stated(spot.fact, "/".join(spot.path), labels.get(spot.row, "")) for spot in spots]
    facts = settle(stated, lambda head: binder.lexicon.is_total(head, form.kind.id, "column"))
    return tuple(
        spot if fact == spot.fact else spot._replace(fact=fact)
        for spot, fact in zip(spots, facts, strict=True)
    )


def code_piece(code: str, position: int) -> str:
    """The 类, 款 or 项 of a code (0, 1, 2), as forms print them in columns of their own: 206, 03, 01."""
    return code[:3] if position == 0 else code[1 + 2 * position : 3 + 2 * position]


class _Builder:
    def __init__(self, form: Form, binder: Binder) -> None:
        self.form = form
        self.binder = binder
        self.spots: list[Spot] = []
        self.head_rows = 0
        self.subject = binder.subject(form.title)
        # Asked for in every row; a department's forms have thousands.
        self.leaves = form.leaves
        self.paths = leaf_paths(form.columns)
        self.code_columns = [column for column, leaf in enumerate(self.leaves) if leaf.role == "code"]
        self.agency_column = any(leaf.role == "agency_code" for leaf in self.leaves)

    def put(
        self, row: int, col: int, text: str, role: str, *, span: tuple[int, int] = (1, 1), **more: object
    ) -> None:
        self.spots.append(Spot(row, col, span[0], span[1], text, role, **more))  # type: ignore[arg-type]

    def head(self, columns: Sequence[Column], top: int, left: int, depth: int) -> int:
        """Put a tree of heads into ``depth`` rows; returns the column after the last."""
        for column in columns:
            width = len(column.leaves)
            height = 1 if column.children else depth
            self.put(top, left, column.label, "head", span=(height, width))
            if column.children:
                self.head(column.children, top + 1, left, depth - 1)
            left += width
        return left

    def amount(self, row: int, col: int, side: str, path: tuple[str, ...], sense: RowSense) -> None:
        bound = self.binder.bind(self.form.kind, side, path, sense, self.subject)
        if bound.fact is None:
            raise ValueError(f"{self.form.number} {'/'.join(path)}: {bound.why}")
        self.put(row, col, "", "amount", fact=bound.fact, path=path)

    def two_sided(self) -> None:
        lanes = [
            (lane, [leaf for column in lane.columns for leaf in column.leaves]) for lane in self.form.lanes
        ]
        self.lane_heads([(lane.head, len(leaves)) for lane, leaves in lanes])
        height = max(len(lane.rows) for lane, _ in lanes)
        foot = max(len(lane.foot) for lane, _ in lanes)
        depth = max(column.depth for lane, _ in lanes for column in lane.columns)
        self.head_rows = 1 + depth + self.form.numbering
        left = 0
        number = 0
        for lane, leaves in lanes:
            self.head(lane.columns, 1, left, depth)
            for offset, leaf in enumerate(leaves if self.form.numbering else ()):
                text = "栏次" if leaf.role == "label" else ""
                if leaf.role == "amount":
                    number += 1
                    text = str(number)
                self.put(1 + depth, left + offset, text, "numbering")
            blank = ("",) * (height - len(lane.rows) + foot - len(lane.foot))
            self.lane_rows(lane, (*lane.rows, *blank, *lane.foot), leaves, left)
            left += len(leaves)

    def lane_heads(self, heads: Sequence[tuple[str, int]]) -> None:
        """The top heads of the lanes; neighbours of one name share theirs."""
        left = 0
        for head, group in groupby(heads, key=lambda pair: pair[0]):
            width = sum(columns for _, columns in group)
            self.put(0, left, head, "head", span=(1, width))
            left += width

    def lane_rows(self, lane: Lane, rows: Sequence[str], leaves: Sequence[Column], left: int) -> None:
        lexicon = self.binder.lexicon
        side = lane_side(lane, lexicon)
        paths = [(lane.head, *path) for path in leaf_paths(lane.columns)]
        heads = lane.head + "".join(leaf.label for leaf in leaves if leaf.role == "label")
        dimension = row_dimension(lexicon, self.form.kind, heads, side)
        labels = RowLabels(self.binder, self.binder.codes, self.form.kind, side, dimension)
        for position, printed in enumerate(text.removeprefix(OPTIONAL) for text in rows):
            row = self.head_rows + position
            label = printed.lstrip(INDENT)
            sense = labels.sense(label) if label else EMPTY_ROW
            for offset, leaf in enumerate(leaves):
                if leaf.role == "label":
                    self.put(row, left + offset, label, "label", indent=len(printed) - len(label))
                elif leaf.role == "line":
                    self.put(row, left + offset, str(lane.first_line + position), "line")
                elif label:
                    self.amount(row, left + offset, side, paths[offset], sense)
                else:
                    self.put(row, left + offset, "", "void", path=paths[offset])

    def coded(self, codes: Sequence[CodeRow], agencies: Sequence[CodeRow], parts: Sequence[Part]) -> None:
        form = self.form
        depth = max(column.depth for column in form.columns)
        self.head(form.columns, 0, 0, depth)
        self.head_rows = depth + form.numbering
        if form.numbering:
            self.numbering(depth)
        row = self.head_rows
        bodies = {"agencies": agencies, "body": agencies[-1:]}
        # Projects stand below the line of their body, which alone prints its code.
        own = agencies[-1].code if agencies and "projects" not in form.rows else ""
        for listed in form.rows:
            if listed == "total":
                self.total_row(row)
                row += 1
            for agency in bodies.get(listed, ()):
                self.keyed_row(row, agency, RowSense({"agency_code": agency.name}), agency=True)
                row += 1
            for code in codes if listed not in ("total", *bodies) else ():
                self.keyed_row(row, code, RowSense({form.key: code.code}), own=own)
                row += 1
        for part in parts:
            dims = {"agency_code": part.member}
            self.keyed_row(row, part.body, RowSense(dims), agency=True)
            row += 1
            for code in part.rows:
                self.keyed_row(row, code, RowSense({form.key: code.code, **dims}), own=part.body.code)
                row += 1

    def numbering(self, row: int) -> None:
        """栏次: a word under the keys, numbers under the amounts."""
        keys = self.form.keys
        self.put(row, 0, "栏次", "numbering", span=(1, len(keys)))
        for number, column in enumerate(range(len(keys), len(self.form.leaves)), start=1):
            self.put(row, column, str(number), "numbering")

    def total_row(self, row: int) -> None:
        form = self.form
        if form.total_across:
            self.put(row, 0, form.total_label, "label", span=(1, len(form.keys)))
            for column in range(len(form.keys), len(form.leaves)):
                if form.leaves[column].role != "amount":
                    self.put(row, column, "", "label")
        else:
            named = max(column for column, leaf in enumerate(form.leaves) if leaf.role in ("name", "agency"))
            for column, leaf in enumerate(form.leaves):
                if leaf.role != "amount":
                    self.put(row, column, form.total_label if column == named else "", "label")
        self.amounts(row, EMPTY_ROW)

    def keyed_row(
        self, row: int, key: CodeRow, sense: RowSense, *, agency: bool = False, own: str = ""
    ) -> None:
        """A row told by a code: of the body or its department (``agency``), or of a classification, where ``own`` is
        the code of the body that it belongs to. A code is printed whole, or in pieces where there is a column for
        each."""
        form = self.form
        pieces = self.code_columns
        # A name of five or seven characters is no code.
        listed = agency or "leaves" in form.rows or not key.code.isdigit()
        indent = 0 if listed else {3: 0, 5: 1, 7: 2}.get(len(key.code), 0)
        for column, leaf in enumerate(self.leaves):
            if leaf.role == "code":
                text = "" if agency and self.agency_column else key.code
                if len(pieces) > 1 and text:
                    text = code_piece(text, pieces.index(column))
                self.put(row, column, text, "code")
            elif leaf.role == "agency_code":
                self.put(row, column, key.code if agency else own, "agency_code")
            elif leaf.role in ("name", "agency"):
                self.put(row, column, key.name, "name", indent=indent)
            elif leaf.role != "amount":
                # The line of a body above its projects has no goals of its own.
                project = key.name if not agency else None if "projects" in form.rows else ""
                text = dict(key.texts).get(leaf.label, "")
                self.put(row, column, text, leaf.role, path=self.paths[column], project=project)
        self.amounts(row, sense)

    def amounts(self, row: int, sense: RowSense) -> None:
        for column, (leaf, path) in enumerate(zip(self.leaves, self.paths, strict=True)):
            if leaf.role == "amount":
                self.amount(row, column, "", path, sense)

    def in_blocks(self, names: Mapping[str, str]) -> None:
        form = self.form
        top = 0
        if form.block_heads:
            left = 0
            for label, blocks in form.block_heads:
                self.put(0, left, label, "head", span=(1, 3 * blocks))
                left += 3 * blocks
            top = 1
        for block, codes in enumerate(form.blocks):
            left = 3 * block
            for offset, label in enumerate((form.code_label, form.name_label, form.amount_label)):
                self.put(top, left + offset, label, "head")
            for offset in range(max(map(len, form.blocks))):
                row = top + 1 + offset
                if offset >= len(codes):
                    for column in range(3):
                        self.put(row, left + column, "", "void")
                    continue
                code = codes[offset]
                self.put(row, left, code, "code")
                self.put(row, left + 1, names.get(code, ""), "name", indent=0 if len(code) == 3 else 1)
                self.amount(row, left + 2, "", (form.amount_label,), RowSense({form.key: code}))
        row = top + 1 + max(map(len, form.blocks))
        left = 0
        for label, blocks in form.totals:
            sense = RowLabels(self.binder, self.binder.codes, form.kind, "", "").sense(label)
            self.put(row, left, label, "label", span=(1, 2))
            end = left + 3 * blocks
            self.put(row, left + 2, "", "amount", span=(1, end - left - 2), path=(form.amount_label,),
                     fact=self.binder.bind(form.kind, "", (form.amount_label,), sense).fact)  # fmt: skip
            left = end
        self.head_rows = top + 1

    def single_row(self) -> None:
        form = self.form
        depth = max(column.depth for column in form.columns)
        self.head(form.columns, 0, 0, depth)
        self.head_rows = depth + form.numbering
        for column, path in enumerate(self.paths):
            if form.numbering:
                self.put(depth, column, str(column + 1), "numbering")
            self.amount(self.head_rows, column, "", path, EMPTY_ROW)


def lane_side(lane: Lane, lexicon: Lexicon) -> str:
    """The side that a list of rows is of, by its head. Raises ValueError for a head that names none."""
    for meaning in lexicon.labels.get(bare(lane.head), ()):
        if meaning.side or meaning.concept in _FLOWS:
            return meaning.side or meaning.concept
    raise ValueError(f"“{lane.head}”看不出是收入还是支出")


_FLOWS = ("revenue", "expenditure")


def leaf_paths(columns: Sequence[Column]) -> list[tuple[str, ...]]:
    """The header path of every leaf column, left to right."""
    paths: list[tuple[str, ...]] = []
    for column in columns:
        if column.children:
            paths.extend(
                # A head that only repeats the one above is read as one.
                path if fold(path[0]) == fold(column.label) else (column.label, *path)
                for path in leaf_paths(column.children)
            )
        else:
            paths.append((column.label,))
    return paths
