"""Binding: from the labels that surround a cell to the fact it states. Used to read, and to write.

The lexicon knows what each label contributes; here the contributions are put together. A form that is written and
a table that is read go through the same function, so that what is written means what will be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from gouji.catalog.codes import CodeList
from gouji.catalog.dimensions import Dimension
from gouji.catalog.lexicon import Lexicon, bare, fold, is_included
from gouji.catalog.model import Meaning, TableKind
from gouji.facts import Fact

_FLOWS = ("revenue", "expenditure")


_ECONOMIC = "dep_bgt_eco_code"
_BRACKETED = re.compile(r"\(([^()]+)\)")


class Subject(NamedTuple):
    """What the title of a table says beyond its kind: the classification that names of economic classes in its heads
    belong to, and the one class that it is about."""

    economic: str = _ECONOMIC
    code: str = ""
    within: str = ""
    """The class of that name in the classification of the heads."""


_NO_SUBJECT = Subject()


class Bound(NamedTuple):
    """A fact, or the reason (in Chinese) why there is none."""

    fact: Fact | None
    why: str = ""


def _stands_in_a_class(meaning: Meaning | None, above: list[Meaning], subject: Subject) -> bool:
    """Whether a head stands below one that names an economic class: then 公务接待费 is one of its items before anything
    else."""
    named = any((other.dims or {}).get(subject.economic, "").isdigit() for other in above)
    return named and not (meaning is not None and (meaning.total or meaning.role))


class _ColumnSays(NamedTuple):
    """What the heads of a column contribute to each of its cells, before the row has its say. ``concept`` is that of
    the deepest head that has one, ``own`` that of the table; ``clash`` says why the heads contradict each other."""

    unknown: str
    side: str
    concept: str
    own: str
    dims: Mapping[str, str]
    clash: str
    parts: tuple[Mapping[str, str], ...]
    details: tuple[str, ...]


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
        self._says: dict[tuple[str, str, tuple[str, ...], Subject], _ColumnSays] = {}

    def subject(self, title: str) -> Subject:
        """What a title says beyond the kind of its table: 基本支出表—人员经费（工资福利支出）（按政府预算经济分类）."""
        folded = fold(title)
        words = (dimension for word, dimension in self.lexicon.marks.code_words if word in folded)
        economic = next((dimension for dimension in words if dimension != "exp_func_code"), _ECONOMIC)
        for part in reversed(_BRACKETED.findall(folded)):
            code = self.codes[_ECONOMIC].find(part)
            if code is not None:
                return Subject(economic, code, self.codes[economic].find(part) or "")
        return Subject(economic)

    def column_meanings(
        self, kind: TableKind, path: tuple[str, ...], subject: Subject
    ) -> tuple[list[Meaning], str]:
        """The meanings of a header path from the top down, and the first label that is not understood."""
        meanings: list[Meaning] = []
        if kind.columns_by:
            subject = Subject(
                kind.columns_by, within=kind.columns_under or kind.dims.get(kind.columns_by, "")
            )
        for position, label in enumerate(path):
            where = "column" if position == len(path) - 1 else "upper"
            meaning = self.lexicon.meaning(label, kind.id, where)
            if self._may_name_a_class(kind, meaning, subject) or _stands_in_a_class(
                meaning, meanings, subject
            ):
                meaning = self._economic(label, path, meanings, subject) or meaning
            if meaning is not None and is_included(label) and self._contradicts(meanings, meaning):
                # 教育收费 within 事业收入: by its name it belongs elsewhere, but the head says whose part it is.
                meanings.append(Meaning(detail=bare(label)))
            elif meaning is not None:
                if label is path[-1] or "expense_group" not in (meaning.dims or {}):
                    meanings.append(meaning)
            elif is_included(label) or any(known.detail for known in meanings):
                # Said to be a part of what stands beside it: which part, the label tells.
                meanings.append(Meaning(detail=bare(label)))
            elif bare(label) and self.lexicon.table_kind(label) is not kind:
                return meanings, label
        return meanings, ""

    @staticmethod
    def _may_name_a_class(kind: TableKind, meaning: Meaning | None, subject: Subject) -> bool:
        """Whether a head may be the name of an economic class: where the columns are classes the class comes before
        anything else that the word could mean (会议费), elsewhere only a word of no other meaning is one."""
        if meaning is None:
            return True
        if kind.columns_by:
            return not (meaning.total or meaning.role or meaning.where == "upper")
        return bool(subject.within) and not meaning.total

    def _economic(
        self, label: str, path: tuple[str, ...], above: list[Meaning], subject: Subject
    ) -> Meaning | None:
        """A head that names an economic class (工资福利支出, 机关商品和服务支出 and below it 办公经费), or in a table about
        one class a group of its parts."""
        said = [
            meaning.dims[subject.economic]
            for meaning in above
            if meaning.dims is not None and meaning.dims.get(subject.economic, "").isdigit()
        ]
        within = said[-1] if said else subject.within
        code = self.codes[subject.economic].find(bare(label), within)
        if code is not None:
            return Meaning(dims={subject.economic: code})
        if subject.code and label is not path[-1]:
            leaf = self.codes[subject.economic].find(bare(path[-1]), within)
            return Meaning(role="wrapper") if leaf is not None else Meaning(detail=bare(label))
        return None

    def _contradicts(self, above: list[Meaning], meaning: Meaning) -> bool:
        """Whether what a head says cannot be a part of what the heads above it say: it lies on another line of the
        tree, or is the whole of it or more (其中：财政拨款 below 一般公共预算)."""
        for dimension, member in (meaning.dims or {}).items():
            tree = self.dimensions[dimension]
            for other in above:
                said = (other.dims or {}).get(dimension)
                if said is not None and tree.additive and (member == said or not tree.contains(said, member)):
                    return True
        return False

    def bind(
        self,
        kind: TableKind,
        side: str,
        path: tuple[str, ...],
        row: RowSense,
        subject: Subject | None = None,
    ) -> Bound:
        """The fact stated by the cell under header ``path`` in a row. ``side`` is revenue, expenditure or empty."""
        if row.why:
            return Bound(None, row.why)
        column = self._column_says(kind, side, path, subject or _NO_SUBJECT)
        if column.unknown:
            return Bound(None, f"列名“{column.unknown}”不在词典中")
        own = row.meaning
        concept = (own is not None and own.concept) or column.concept or row.opened or column.own
        if concept == "total":
            whole = {"revenue": "total_in", "expenditure": "total_out"}
            concept = whole.get(column.side, "") if kind.sides or column.side else kind.concept
        if not concept:
            return Bound(None, "看不出这一格属于收入还是支出")
        parts, details = column.parts, column.details
        dims = dict(column.dims)
        clash = column.clash
        if own is not None:
            if own.part_of:
                parts = (*parts, own.part_of)
            if own.detail:
                details = (*details, own.detail)
            if own.dims and not clash:
                clash = self._add_all(dims, own.dims)
        for contribution in (*parts, row.dims):
            clash = clash or self._add_all(dims, contribution)
        if clash:
            return Bound(None, clash)
        if row.detail:
            details = (row.detail, *details)
        if parts or details:
            dims["detail"] = "·".join(dict.fromkeys(details)) or "其中"
        return Bound(Fact(concept, tuple(sorted(dims.items()))))

    def _column_says(
        self, kind: TableKind, side: str, path: tuple[str, ...], subject: Subject
    ) -> _ColumnSays:
        """What all cells of a column have in common. Remembered: a column has hundreds of cells."""
        key = (kind.id, side, path, subject)
        known = self._says.get(key)
        if known is None:
            known = self._says[key] = self._put_together(kind, side, path, subject)
        return known

    def _put_together(
        self, kind: TableKind, side: str, path: tuple[str, ...], subject: Subject
    ) -> _ColumnSays:
        meanings, unknown = self.column_meanings(kind, path, subject)
        side = next((meaning.side for meaning in reversed(meanings) if meaning.side), side)
        own = kind.concept
        if not kind.sides and side and own in _FLOWS:
            # A table of one fund may have two sides whatever its title says.
            own = side
        dims = dict(kind.dims)
        if subject.code:
            dims[_ECONOMIC] = subject.code
        clash = ""
        for meaning in meanings:
            clash = clash or self._add_all(dims, meaning.dims or {})
        return _ColumnSays(
            unknown,
            side,
            next((meaning.concept for meaning in reversed(meanings) if meaning.concept), ""),
            kind.sides.get(side, own),
            dims,
            clash,
            tuple(meaning.part_of for meaning in meanings if meaning.part_of),
            tuple(meaning.detail for meaning in meanings if meaning.detail),
        )

    def _add_all(self, dims: dict[str, str], contribution: Mapping[str, str]) -> str:
        """Put a contribution to ``dims``; why that cannot be, in Chinese."""
        for dimension, member in contribution.items():
            if clash := self._add(dims, dimension, member):
                return clash
        return ""

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
