"""The labels of one list of rows, read one after another: what each says depends on those above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gouji.catalog.binding import Binder, RowSense
from gouji.catalog.codes import CodeList
from gouji.catalog.lexicon import Lexicon, bare, fold, is_included
from gouji.catalog.model import Meaning, TableKind

_CARRIED = ("carryover_begin", "carryover_end")
_ECONOMIC = "dep_bgt_eco_code"


class RowLabels:
    """One list of labelled rows. ``dimension`` is that of the codes whose names the labels may be, ``side`` the side
    of the table. It remembers what earlier rows said of later ones: ``opened`` is the concept that a row opened
    (年初结转和结余, below it the funds), ``within`` the member (非税收入, below it its kinds), ``under`` the last code
    that a label named, ``inherited`` what a heading row adds to the codes below it (基本支出 above 工资福利支出), ``nature``
    the kind of spending that a row divides into 人员经费 and 公用经费 right below it."""

    def __init__(
        self, binder: Binder, codes: Mapping[str, CodeList], kind: TableKind, side: str, dimension: str
    ) -> None:
        self.binder = binder
        self.codes = codes
        self.kind = kind
        self.side = side
        self.dimension = dimension
        self.opened = ""
        self.within = ""
        self.under = ""
        self.inherited: Mapping[str, str] = {}
        self.nature = ""

    def sense(self, label: str) -> RowSense:
        """What the next row says: a known item, or the name of a code."""
        sense = self.item(label)
        code = self.named(label, sense)
        if code is not None:
            return RowSense({**self.inherited, self.dimension: code})
        if not sense.why:
            self.enter(sense)
        return sense

    def item(self, label: str) -> RowSense:
        """What the next row says as an item of its own, without regard to codes that it may name."""
        if not bare(label):
            return RowSense({}, why="这一行没有行名")
        if fold(label) != bare(label) and not is_included(label):
            # A numbered item stands beside those above it, not below.
            self.within = ""
        lexicon = self.binder.lexicon
        meaning = lexicon.meaning(label, self.kind.id, "row", self.side, self.within)
        if (
            meaning is not None
            and self.opened
            and meaning.concept in _CARRIED
            and meaning.dims
            and not meaning.opens
        ):
            # 财政拨款结转 below 年末结转和结余: whose part it is, the row above says.
            meaning = replace(meaning, concept="")
        if meaning is not None and not meaning.role:
            return self._meant(meaning)
        code = lexicon.functional_class(label)
        if code is not None:
            self.opened = ""
            return RowSense({"exp_func_code": code})
        if is_included(label):
            return RowSense({}, opened=self.opened, detail=bare(label))
        return RowSense({}, why=f"行名“{label.strip()}”不在词典中")

    def _meant(self, meaning: Meaning) -> RowSense:
        if meaning.opens and not meaning.concept:
            self.within = next(iter((meaning.dims or {}).values()), "")
        if meaning.concept or meaning.total:
            self.opened = meaning.concept if meaning.opens else ""
            return RowSense({}, meaning)
        divided = {"nature": self.nature} if self.nature and _is_expense_group(meaning) else {}
        return RowSense(divided, meaning, opened=self.opened, detail=meaning.detail)

    def named(self, label: str, sense: RowSense) -> str | None:
        """The code that a label names, given what it says as an item: inside the last one, or beside it, or beside
        what contains it."""
        if sense.meaning is not None and (sense.meaning.total or not self.under):
            return None
        if not self.dimension:
            return None
        tree, codes = self.binder.dimensions[self.dimension], self.codes[self.dimension]
        under: str | None = self.under
        while under is not None:
            code = codes.find(bare(label), under)
            if code is not None:
                self.under = code
                return code
            under = tree.parent(under) if under else None
            while under and not under.isdigit():
                under = tree.parent(under)
        return None

    def enter(self, sense: RowSense) -> None:
        """Go on below an item that names no code."""
        self.under = sense.dims.get(self.dimension, "")
        if sense.meaning is None or not _is_expense_group(sense.meaning):
            self.nature = ((sense.meaning.dims if sense.meaning else None) or {}).get("nature", "")
        economic = self.dimension not in ("", "exp_func_code")
        self.inherited = dict((sense.meaning.dims or {}) if sense.meaning and economic else {})

    def leave(self) -> None:
        """Go on below a row that is told by its code."""
        self.opened = ""


def _is_expense_group(meaning: Meaning) -> bool:
    """Whether a label is 人员经费 or 公用经费 and nothing else."""
    dims = meaning.dims or {}
    return set(dims) == {_ECONOMIC} and not dims[_ECONOMIC].isdigit()


def row_dimension(lexicon: Lexicon, kind: TableKind, heads: str, side: str) -> str:
    """Whose names the labels of a list of rows may be: what its heads say, else functions on the expenditure side of
    a summary. ``heads`` are the heads of its key columns, put together."""
    folded = fold(heads)
    for word, dimension in lexicon.marks.code_words:
        if word in folded:
            return dimension
    if kind.layout == "two_sided" and side != "revenue":
        return "exp_func_code"
    return "dep_bgt_eco_code" if kind.dims.get("nature") == "basic" else ""
