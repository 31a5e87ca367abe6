"""Classification codes in a register: what may be written in which year, and what the body adds to the
list."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.catalog import Catalog, CodeList, CodeName, fold
from gouji.registers.schema import SETTINGS, Field
from gouji.registers.sheet import Cell, Flaw

SUPPLEMENTS = {"功能科目补充": "exp_func_code", "经济科目补充": "dep_bgt_eco_code"}
"""Setting -> the dimension whose list of codes it adds to."""


def with_supplements(
    catalog: Catalog, added: Mapping[str, Mapping[str, str]], year: int | None
) -> dict[str, CodeList]:
    """The catalogue's code lists with the codes that the body's settings add (dimension -> code -> name)."""
    lists = dict(catalog.codes)
    for dimension, names in added.items():
        known = dict(lists[dimension].names)
        for code, name in names.items():
            own = CodeName(code, name, year or 0, year, (), SETTINGS)
            known[code] = (own, *known.get(code, ()))
        lists[dimension] = CodeList(dimension, known)
    return lists


class CodeReader:
    """Reads code cells for one fiscal year (``None`` when it is not known: any year's code will do)."""

    def __init__(self, catalog: Catalog, codes: Mapping[str, CodeList], year: int | None) -> None:
        self._catalog = catalog
        self._codes = codes
        self._year = year

    def read(self, cell: Cell, field: Field) -> str | Flaw | None:
        """The code, ``None`` for a blank, or what is wrong with the cell."""
        if cell is None or isinstance(cell, Flaw):
            return cell
        written = cell if isinstance(cell, str) else f"{cell:f}"
        code = fold(written)
        if not (code.isascii() and code.isdigit()):
            meaning = self._catalog.lexicon.meaning(code)
            if meaning is not None and meaning.total:
                return Flaw(f"登记簿只记明细，“{written}”由程序加出，请删去这一行")
            return Flaw(f"编码只能是{field.length}位数字，写的是“{written}”")
        if len(code) != field.length:
            return Flaw(f"编码要填{field.length}位数字，“{code}”是{len(code)}位")
        return self._unlisted(code, field.dimension) or code

    def _unlisted(self, code: str, dimension: str) -> Flaw | None:
        listed = self._codes[dimension].names
        title = self._catalog.dimensions[dimension].title
        spellings = listed.get(code, ())
        if not spellings:
            return Flaw(f"{self._span}{title}里没有编码{code}；{self._remedy(code, dimension)}")
        if not any(spelling.valid(self._year) for spelling in spellings):
            years = "、".join(dict.fromkeys(_years(spelling) for spelling in spellings))
            return Flaw(f"{title}{code} {spellings[-1].name}只在{years}使用，不能用于{self._year}年度")
        for length in self._catalog.dimensions[dimension].code_lengths:
            if length < len(code) and code[:length] not in listed:
                above = code[:length]
                return Flaw(f"{title}里没有{code}的上级科目{above}；{self._remedy(above, dimension)}")
        return None

    @property
    def _span(self) -> str:
        return f"{self._year}年度的" if self._year else ""

    def _remedy(self, code: str, dimension: str) -> str:
        setting = next((name for name, of in SUPPLEMENTS.items() if of == dimension), "")
        if not setting:
            return "请核对编码"
        return f"如果确有这个科目，请在{SETTINGS}的“{setting}”里写上{code}和它的名称"


def _years(spelling: CodeName) -> str:
    if spelling.valid_to is None:
        return f"{spelling.valid_from}年以后"
    if spelling.valid_to == spelling.valid_from:
        return f"{spelling.valid_from}年"
    return f"{spelling.valid_from}—{spelling.valid_to}年"
