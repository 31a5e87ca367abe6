"""Binding: from the labels that surround a cell to the fact it states. Used to read, and to write.

The lexicon knows what each label contributes; here the contributions are put together. A form that is written and
a table that is read go through the same function, so that what is written means what will be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gouji.catalog.codes import CodeList
from gouji.catalog.dimensions import Dimension
from gouji.catalog.lexicon import Lexicon, bare, is_included
from gouji.catalog.model import Meaning, TableKind
from gouji.facts import Fact


class Bound(NamedTuple):
    """A fact, or the reason (in Chinese) why there is none."""

    fact: Fact | None
    why: str = ""


class RowSense(NamedTuple):
    """What the row of a cell says: a code in one dimension, or the meaning of its label.

    ``opened`` is the concept of the row above that this row is a part of (年初结转和结余 above 一般公共预算财政拨款).
    ``why`` is set when the row was not understood.
    """

    dims: Mapping[str, str]
    meaning: Meaning | None = None
    opened: str = ""
    detail: str = ""
    why: str = ""


class Binder:
    """Puts contributions together. Holds the lexicon and the dimension trees, and remembers what columns mean."""

    def __init__(
        self, lexicon: Lexicon, dimensions: Mapping[str, Dimension], codes: Mapping[str, CodeList]
    ) -> None:
        self.lexicon = lexicon
        self.dimensions = dimensions
        self.codes = codes
        self._columns: dict[tuple[str, tuple[str, ...]], tuple[list[Meaning], str]] = {}

    def column_meanings(self, kind: TableKind, path: tuple[str, ...]) -> tuple[list[Meaning], str]:
        """The meanings of a header path from the top down, and the first label that is not understood. The same for
        every cell of a column, so it is remembered."""
        key = (kind.id, path)
        if key not in self._columns:
            self._columns[key] = self._find_column_meanings(kind, path)
        meanings, unknown = self._columns[key]
        return list(meanings), unknown

    def _find_column_meanings(self, kind: TableKind, path: tuple[str, ...]) -> tuple[list[Meaning], str]:
        meanings: list[Meaning] = []
        dimension = kind.columns_by or ("dep_bgt_eco_code" if kind.concept == "expenditure" else "")
        under = kind.columns_under or kind.dims.get(dimension, "")
        for position, label in enumerate(path):
            where = "column" if position == len(path) - 1 else "upper"
            meaning = self.lexicon.meaning(label, kind.id, where)
            if dimension and self._may_name_a_class(kind, meaning):
                code = self.codes[dimension].find(bare(label), under)
                if code is not None:
                    meanings.append(Meaning(dims={dimension: code}))
                    under = code
                    continue
            if meaning is not None:
                if label is path[-1] or "expense_group" not in (meaning.dims or {}):
                    meanings.append(meaning)
            elif is_included(label) or any(known.detail for known in meanings):
                # Said to be a part of what stands beside it: which part, the label tells.
                meanings.append(Meaning(detail=bare(label)))
            elif bare(label) and self.lexicon.table_kind(label) is not kind:
                return meanings, label
        return meanings, ""

    @staticmethod
    def _may_name_a_class(kind: TableKind, meaning: Meaning | None) -> bool:
        """Whether a head may be the name of an economic class: where the columns are classes the class comes before
        anything else that the word could mean (会议费), elsewhere only a word of no other meaning is one."""
        if meaning is None:
            return True
        return bool(kind.columns_by) and not (meaning.total or meaning.role or meaning.where == "upper")

    def bind(self, kind: TableKind, side: str, path: tuple[str, ...], row: RowSense) -> Bound:
        """The fact stated by the cell under header ``path`` in a row. ``side`` is revenue, expenditure or empty."""
        if row.why:
            return Bound(None, row.why)
        meanings, unknown = self.column_meanings(kind, path)
        if unknown:
            return Bound(None, f"列名“{unknown}”不在词典中")
        side = next((meaning.side for meaning in reversed(meanings) if meaning.side), side)
        if row.meaning is not None:
            meanings.append(row.meaning)
        concepts = [
            kind.sides.get(side, kind.concept),
            row.opened,
            *(meaning.concept for meaning in meanings),
        ]
        concept = next((name for name in reversed(concepts) if name), "")
        if concept == "total":
            whole = {"revenue": "total_in", "expenditure": "total_out"}
            concept = whole.get(side, "") if kind.sides else kind.concept
        if not concept:
            return Bound(None, "看不出这一格属于收入还是支出")
        parts = [meaning.part_of for meaning in meanings if meaning.part_of]
        detail = "·".join(filter(None, [row.detail, *(meaning.detail for meaning in meanings)]))
        dims = dict(kind.dims)
        for contribution in (*(meaning.dims for meaning in meanings if meaning.dims), *parts, row.dims):
            for dimension, member in contribution.items():
                clash = self._add(dims, dimension, member)
                if clash:
                    return Bound(None, clash)
        if parts or detail:
            dims["detail"] = detail or "其中"
        return Bound(Fact(concept, tuple(sorted(dims.items()))))

    def _add(self, dims: dict[str, str], dimension: str, member: str) -> str:
        before = dims.get(dimension)
        if before is None or before == member:
            dims[dimension] = member
            return ""
        tree = self.dimensions[dimension]
        if not tree.additive:
            return f"{tree.title}有两个：{before}、{member}"
        finer = tree.finer(before, member)
        if finer is None:
            first, second = tree.titles.get(before, before), tree.titles.get(member, member)
            return f"表头和行名说的{tree.title}不一致：{first}、{second}"
        dims[dimension] = finer
        return ""


EMPTY_ROW = RowSense({})
"""A row that adds nothing: a total, or the only row of a one-row table."""
