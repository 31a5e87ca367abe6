"""How codes are printed: a piece of a code that is not the code's own (7 for 210), or that is written as no other row of its
column writes it (2 beside 08, 05 beside 2080505)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from gouji.catalog import Rule
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject, at
from gouji.facts import Outcome
from gouji.reading import ReadCode, ReadTable

_ENDS = (3, 5, 7)
"""Where 类, 款 and 项 of a code end."""
_PIECE = 2
_MOST_PLACES = 12


class _Odd(NamedTuple):
    """A code of which a piece is printed otherwise than it should be."""

    code: ReadCode
    printed: str
    right: str


def code_pieces(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Codes in several columns whose pieces are not printed as the classification and the rest of their column have them."""
    yield from _looked_at(rule, subject, _odd_pieces)


def code_lengths(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Codes in one column of which some stand without what precedes them, while others stand in full."""
    yield from _looked_at(rule, subject, _odd_lengths)


def _looked_at(
    rule: Rule, subject: Subject, odd_of: Callable[[list[ReadCode]], Iterator[_Odd]]
) -> Iterator[Finding]:
    for table in subject.reading.tables:
        codes = [code for code in table.codes if code.printed and code.code.isdigit()]
        if not codes or any(page.scanned for page in subject.reading.document.pages):
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        odd = list(odd_of(codes))
        subject.coverage.count(rule.id, Outcome.VIOLATED if odd else Outcome.EXACT)
        if odd:
            yield _finding(rule, subject, table, odd)


def _odd_pieces(codes: list[ReadCode]) -> Iterator[_Odd]:
    """Of codes in two or three columns: a piece that differs from the code it is read as, in a column whose other pieces
    are printed in full."""
    for width in {len(code.printed) for code in codes} - {1}:
        rows = [code for code in codes if len(code.printed) == width]
        for position in range(min(width, len(_ENDS))):
            start = _ENDS[position - 1] if position else 0
            pieces = [
                _Odd(code, code.printed[position], code.code[start : _ENDS[position]])
                for code in rows
                if code.printed[position].isdigit() and len(code.code) >= _ENDS[position]
            ]
            right = sum(piece.printed == piece.right for piece in pieces)
            padded = any(piece.printed == piece.right and piece.right.startswith("0") for piece in pieces)
            wrong = [piece for piece in pieces if piece.printed != piece.right]
            # Spreadsheets drop the zero of every 02 alike; where one is printed, it was typed.
            if len(wrong) < right and (position == 0 or padded or right > len(wrong) * 2):
                yield from wrong


def _odd_lengths(codes: list[ReadCode]) -> Iterator[_Odd]:
    """Of codes in one column: two digits where other rows print theirs in full."""
    rows = [code for code in codes if len(code.printed) == 1]
    full = sum(code.printed[0] == code.code and len(code.code) > _ENDS[0] for code in rows)
    short = [
        _Odd(code, code.printed[0], code.code)
        for code in rows
        if len(code.printed[0]) <= _PIECE
        and code.printed[0].isdigit()
        and code.code.endswith(code.printed[0])
    ]
    if full > len(short):
        yield from short


def _finding(rule: Rule, subject: Subject, table: ReadTable, odd: list[_Odd]) -> Finding:
    listed = "；".join(
        f"{one.code.name}的编码印作{one.printed}，应为{one.right}" for one in odd[:_MOST_PLACES]
    )
    evidence: list[Evidence] = [
        at(
            subject.file,
            one.code.place,
            f"《{table.title}》{one.code.code}",
            f"{one.printed} {one.code.name}",
            suspect=True,
        )
        for one in odd[:_MOST_PLACES]
    ]
    return subject.finding(
        rule, f"《{table.title}》有{len(odd)}个科目编码与其他行的写法不同", f"{listed}。同一列的其他编码都写全了。", evidence,
        stated=odd[0].printed, expected=odd[0].right,
    )  # fmt: skip


FORM_ENGINES: Mapping[str, ContentEngine] = {"code_pieces": code_pieces, "code_lengths": code_lengths}
