"""Lines around a table: its title, number, unit of measure, body and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gouji.catalog import Lexicon, TableKind, fold
from gouji.documents import Paragraph, Table
from gouji.facts import Unit

_UNITS = {"万元": Unit.WAN_YUAN, "元": Unit.YUAN, "亿元": Unit.YI_YUAN, "千元": Unit.THOUSAND_YUAN}
_UNIT = re.compile(r"单位[:：]?(?:人民币)?\(?(亿元|万元|千元|元)")
_YEAR = re.compile(r"(20[0-3]\d)年")
_LONGEST_TITLE = 60


@dataclass(slots=True)
class Caption:
    """What the lines above a table (or its first rows) say. ``title`` is as printed, blanks removed."""

    kind: TableKind | None = None
    title: str = ""
    number: str = ""
    unit: Unit | None = None
    year: int | None = None
    body: str = ""

    def absorb(self, line: str, lexicon: Lexicon) -> bool:
        """Take in one line; whether it said anything a caption says."""
        folded = fold(line)
        if not folded or len(folded) > 3 * _LONGEST_TITLE:
            return False
        said = False
        number = lexicon.marks.number.search(folded)
        if number is not None and len(folded) <= len(number.group()) + _LONGEST_TITLE:
            self.number = self.number or f"{number.group(1)}{int(number.group(2)):02d}表"
            said = True
        unit = _UNIT.search(folded)
        if unit is not None:
            self.unit = self.unit or _UNITS[unit.group(1)]
            said = True
        for head in lexicon.marks.body_heads:
            if folded.startswith(head + ":"):
                rest = re.split(r"(?:金额)?单位:|20[0-3]\d年", folded[len(head) + 1 :])[0]
                if rest and not _UNITS.get(rest.strip("()")):
                    self.body = self.body or rest
                    said = True
                break
        year = _YEAR.search(folded)
        if year is not None and (said or len(folded) <= 10):
            self.year = self.year or int(year.group(1))
            said = True
        if self.kind is None:
            kind, title = find_title(line, lexicon)
            if kind is not None:
                self.kind, self.title = kind, title
                if year is not None:
                    self.year = self.year or int(year.group(1))
                said = True
        return said


def title_kind(line: str, lexicon: Lexicon) -> TableKind | None:
    """The kind of table that a line titles, if any."""
    return find_title(line, lexicon)[0]


def find_title(line: str, lexicon: Lexicon) -> tuple[TableKind | None, str]:
    """The kind of table that a line titles, and the title without blanks. The table number, the body and the unit
    may stand in the same line. What precedes the title may name a body and a year, but not more of a title
    (``项目支出决算表`` is not a ``支出决算表``)."""
    if "。" in line or len(line) > 4 * _LONGEST_TITLE:
        return None, ""
    for segment in segments(line, lexicon):
        if not segment or len(segment) > 2 * _LONGEST_TITLE:
            continue
        kind = lexicon.table_kind(segment)
        if kind is not None:
            return kind, segment
    return None, ""


def names_another_table(line: str, lexicon: Lexicon) -> bool:
    """Whether a line is the title of a table of no known kind (人员情况表): what stands below it is not the table of a title
    further up."""
    folded = fold(line)
    if len(folded) > _LONGEST_TITLE or not folded.endswith("表") or lexicon.is_table_number(folded):
        return False
    return any(len(stem) >= _SHORTEST_STEM for stem in lexicon.titles.stems(folded))


_SHORTEST_STEM = 2
"""What is left of 公开表, 附表, 续表, 决算报表 is shorter, and names no table."""


def find_targets_title(line: str, lexicon: Lexicon) -> tuple[TableKind | None, str]:
    """The kind of a table of performance targets that a line titles, if any, and the title."""
    for segment in segments(line, lexicon) if "。" not in line else ():
        kind = lexicon.targets_kind(segment)
        if kind is not None:
            return kind, segment
    return None, ""


def segments(line: str, lexicon: Lexicon) -> list[str]:
    """A line cut at the table number and before the body and unit heads."""
    compact = re.sub(r"\s+", "", line)
    segments: list[str] = []
    for piece in lexicon.marks.number.split(compact)[:: lexicon.marks.number.groups + 1]:
        segments.append(lexicon.marks.heads.split(piece)[0])
    return segments


def is_note(line: str, lexicon: Lexicon) -> bool:
    """Whether a line is a note under a table (注：…, 说明：…)."""
    folded, heads = fold(line), lexicon.marks.note_heads
    return folded.startswith(heads) and any(
        folded.startswith(head) and folded[len(head) : len(head) + 1] in (":", "1", "2", ".")
        for head in heads
    )


def notes_within(pieces: Sequence[Table], lexicon: Lexicon) -> list[Paragraph]:
    """The notes that stand in cells: below a table of a spreadsheet everything is a cell."""
    return [
        Paragraph(cell.text, cell.place)
        for piece in pieces
        for cell in piece.cells
        if not cell.text.isascii() and is_note(cell.text, lexicon)
    ]
