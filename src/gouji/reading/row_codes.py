"""The codes at the left of a row: whole, in pieces, several side by side, or those of a body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gouji.catalog import Catalog, TableKind, fold
from gouji.facts import Unit, as_printed
from gouji.reading.heads import ColumnSense, Lane
from gouji.reading.joined import GridCell

_PIECE = re.compile(r"\d{2,7}")
_SHORT_PIECE = re.compile(r"\d")
"""A 款 whose leading zero was lost in a spreadsheet."""
_AND_NAME = re.compile(r"\[?(\d{3}(?:\d{2}){0,2})(?=[^\d.,年%])")
_BODY = re.compile(r"\d{6}(?:\d{3})*")
"""A body's code (预算单位编码): six digits or more in threes; no classification code has six or nine."""
_BODY_AND_NAME = re.compile(r"\[?(\d{6}(?:\d{3})*|\d{3})[-_—\]]+(?=[^\d.,年%])")
_BODY_PIECE = 3
_CLASS, _SECTION, _ITEM = 3, 5, 7


@dataclass(slots=True)
class CodesRead:
    """The codes of one row by dimension, the names beside them, what its label columns say, the code of a body,
    and (in Chinese) why a code is not understood."""

    dims: dict[str, str] = field(default_factory=dict)
    names: str = ""
    labels: str = ""
    body: str = ""
    why: str = ""


class RowCodes:
    """Reads the codes of the rows of one table."""

    def __init__(
        self,
        catalog: Catalog,
        kind: TableKind,
        columns: Sequence[ColumnSense],
        rows: Sequence[Sequence[GridCell]],
    ) -> None:
        self.catalog = catalog
        self.kind = kind
        self.columns = columns
        printed = Counter(
            fold(cell.cell.text)
            for row in rows
            for col, cell in enumerate(row)
            if cell.anchor and col < len(columns) and columns[col].role == "code"
        )
        self.bodies = _bodies(printed)
        self.levels = {len(text) for text in printed if text.isdigit() and text not in self.bodies}

    def read(self, texts: Sequence[tuple[int, str]], lane: Lane) -> CodesRead:
        """The codes among the key texts (column, text) of a row. Pieces of one code (类 款 项) stand in neighbouring
        columns; leading pieces may be left out below the row that prints them."""
        found = CodesRead()
        pieces: dict[int, str] = {}
        for col, text in texts:
            role = self.columns[col].role
            folded = fold(text)
            if role in ("agency", "agency_code", "year"):
                continue
            if role == "code" and folded in self.bodies:
                found.body = folded
            elif role == "code" and (_PIECE.fullmatch(folded) or self._is_short(folded, col, pieces, lane)):
                pieces[col] = folded.zfill(2)
            elif not self._with_name(text, role, found):
                self._name(text, role, found)
        for code in self._joined(pieces, lane):
            self._add(self._whole(code, found.names, lane), found)
        if not found.why:
            lane.code = next(
                (member for name, member in found.dims.items() if name in self.catalog.codes), lane.code
            )
        return found

    @staticmethod
    def _is_short(text: str, col: int, pieces: Mapping[int, str], lane: Lane) -> bool:
        """Whether a digit is a 款 or 项 that lost its leading zero: beside a piece before it, printed or left out."""
        return _SHORT_PIECE.fullmatch(text) is not None and bool(pieces or lane.codes.get(col - 1))

    def _with_name(self, text: str, role: str, found: CodesRead) -> bool:
        """Take a code, or a body's code, and the name after it in one cell; whether there is one."""
        folded = fold(text)
        body = _BODY_AND_NAME.match(folded)
        if body is not None and self.catalog.code_dimension(body.group(1)) is None:
            found.body = body.group(1)
            found.names = found.names or folded[body.end() :]
            return True
        joined = _AND_NAME.match(folded)
        if joined is None or (role == "code" and _is_figure(text)) or not self._is_code(joined, role, folded):
            return False
        self._add(joined.group(1), found)
        found.names = found.names or folded[joined.end() :].lstrip("]-—_ ")
        return True

    def _name(self, text: str, role: str, found: CodesRead) -> None:
        """Take a text that is no code: a name or label, or a name that stands in a code column."""
        if role == "code":
            meaning = self.catalog.lexicon.meaning(text, self.kind.id)
            if (meaning is None or meaning.role != "code") and not _is_figure(text):
                found.names += text
            return
        if role == "label":
            found.labels += text
        if not found.names or role == "label":
            found.names += text

    def _is_code(self, start: re.Match[str], role: str, text: str) -> bool:
        """Whether digits at the start of a text are a code: in a label, only if they can be one (12320热线 is a name), and
        beside columns of codes only if what follows is its name (311 专项业务类 is a class of projects)."""
        dimension = self.catalog.code_dimension(start.group(1))
        if role == "code" or dimension is None:
            return role == "code"
        beside = any(column.role == "code" for column in self.columns)
        name = text[start.end() :].lstrip("]-—_ ")
        return not beside or self.catalog.codes[dimension].spelled(start.group(1), name, None)

    def _joined(self, pieces: Mapping[int, str], lane: Lane) -> Iterator[str]:
        """Whole codes from the pieces of neighbouring code columns."""
        columns = [col for col in lane.keys if self.columns[col].role == "code"]
        groups: list[list[int]] = []
        for col in columns:
            if groups and groups[-1][-1] == col - 1 and self._heads(col) == self._heads(col - 1):
                groups[-1].append(col)
            else:
                groups.append([col])
        for group in groups:
            found = [col for col in group if col in pieces]
            if not found:
                continue
            parts: list[str] = []
            for col in group[: group.index(found[-1]) + 1]:
                piece = pieces.get(col, "") or (
                    lane.codes.get(col, "") if len(group) > 1 and len(pieces[found[0]]) == 2 else ""
                )
                parts.append(piece)
                lane.codes[col] = piece
            yield "".join(parts)

    def _heads(self, col: int) -> tuple[str, ...]:
        """The heads above the last one: pieces of one code share them."""
        return self.columns[col].path[:-1]

    def _whole(self, code: str, name: str, lane: Lane) -> str:
        """A 款 or 项 printed without what precedes it (05 below 208), in a column that prints the others in full. The
        name beside it decides between the levels; without one, the level that the column never prints in full."""
        above = lane.code
        if len(code) != 2 or len(above) < _CLASS:
            return code
        candidates = [above[:_CLASS] + code]
        if len(above) >= _SECTION:
            candidates.append(above[:_SECTION] + code)
        dimension = self.catalog.code_dimension(above)
        codes = self.catalog.codes.get(dimension or "")
        named = [c for c in candidates if name and codes is not None and codes.spelled(c, name, None)]
        if len(named) == 1:
            return named[0]
        unprinted = [c for c in candidates if len(c) not in self.levels]
        if not named and len(unprinted) == 1 and self.levels & {_SECTION, _ITEM}:
            return unprinted[0]
        return code

    def _add(self, code: str, found: CodesRead) -> None:
        dimension = self.catalog.code_dimension(code)
        if dimension is None:
            found.why = found.why or f"“{code}”不是已知分类的科目编码"
        elif found.dims.get(dimension, code) != code:
            found.why = found.why or f"一行里有两个{self.catalog.dimensions[dimension].title}编码"
        else:
            found.dims[dimension] = code


def _bodies(printed: Counter[str]) -> set[str]:
    """Which texts of the code columns are codes of bodies: those of a body's length, and the three digits that they
    begin with unless longer classification codes begin with them too."""
    bodies = {text for text in printed if _BODY.fullmatch(text)}
    classes = {text[:_CLASS] for text in printed if text.isdigit() and len(text) in (_SECTION, _ITEM)}
    return bodies | {
        text for text in printed if len(text) == _BODY_PIECE and text not in classes
        and any(body.startswith(text) for body in bodies)
    }  # fmt: skip


def _is_figure(text: str) -> bool:
    return as_printed(text, Unit.WAN_YUAN) is not None
