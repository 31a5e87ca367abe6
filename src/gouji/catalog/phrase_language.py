"""The small language of the phrases: text with places for figures and words, and conditions.

A template is text with places in braces:

    {body}                  a word: something that is known by name (year, body, a name in a loop)
    {spent}                 the amount of a measure, with its unit: 376.93万元
    {share basic spent}     what part of the second measure the first is: 48.81%
    {rate spent initial}    the same, named as completion (完成率)
    {change spent}          by how much a measure differs from last year, or from a second measure
    {growth spent}          the same in per cent of what it is compared with
    {increase spent}        one of three words for less, equal, more; the sets of words are in [words]
    {cause 收入支出总计 prior}   the cause that was given for a change (against prior, budget or executed), or a marked gap
    {use code}              what the money of a loop's code (or its project) is for, or a marked gap
    {text 部门职责}          words of the body's own, or a marked gap
    {names personnel}       the names of what a list contains, joined by 、
    {gap 各类车辆数 国有资产}   a marked gap, and the register that it is put down in
    {> compared spent}      another phrase, with measures in place of its x, y
    {> compared spent :支出}  the same, and what a cause inside it is given for: `{cause : prior}` there

A measure may be turned to another time or stage by a suffix: `spent.prior` is last year's, `.initial` the initial
budget, `.budget` the whole year's budget, `.final` the accounts. In a budget `spent.prior` is last year's budget and
`spent.prior.final` what was spent last year.

A condition is one or more of these, joined by `and`, each of which `not` may precede:

    zero x    known x    x = y    x < y    x > y    kept 出国团组    given 部门职责    any trips    level 单位
    filled content

`filled` says whether a word of the loop was given. A figure is known when it was recorded or when its register was kept; comparisons are false for figures that are not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

SUFFIXES = ("prior", "initial", "budget", "final")
DERIVED = ("share", "rate", "change", "growth")
"""Commands that compute from two measures."""
OF = ":"
"""Leads the subject that a phrase is called with, and stands for it in the phrase."""
AGAINST = ("prior", "budget", "executed")
_PLACE = re.compile(r"\{([^{}]*)\}")
_OPERAND = re.compile(r"[a-z][a-z_]*(?:\.[a-z]+)*")
_RELATION = re.compile(r"(\S+) ([=<>]) (\S+)")
_ATOMS = ("zero", "known", "kept", "given", "any", "level", "filled")


class PhraseError(ValueError):
    """A template or a condition is not of the language. The message says which and why."""


class Operand(NamedTuple):
    """A measure by name and how it is turned: ``spent.prior`` is ("spent", ("prior",))."""

    name: str
    suffixes: tuple[str, ...]


class Place(NamedTuple):
    """One pair of braces: the command (``print`` for a bare name, ``>`` for a phrase) and what follows it."""

    command: str
    words: tuple[str, ...]

    def operands(self) -> tuple[Operand, ...]:
        return tuple(map(operand, self.words))


class Atom(NamedTuple):
    """One condition. ``command`` is one of the words of the language, or =, <, >."""

    command: str
    words: tuple[str, ...]
    negated: bool


Template = tuple[str | Place, ...]
Condition = tuple[Atom, ...]


def parse(text: str) -> Template:
    """The pieces of a template. Raises PhraseError."""
    pieces: list[str | Place] = []
    end = 0
    for found in _PLACE.finditer(text):
        pieces.append(text[end : found.start()])
        pieces.append(_place(found[1], text))
        end = found.end()
    pieces.append(text[end:])
    if any(isinstance(piece, str) and ("{" in piece or "}" in piece) for piece in pieces):
        raise PhraseError(f"braces do not pair in {text!r}")
    return tuple(piece for piece in pieces if piece)


def _place(inside: str, text: str) -> Place:
    words = inside.replace(">", "> ", 1).split()
    if not words:
        raise PhraseError(f"empty braces in {text!r}")
    if len(words) == 1:
        return Place("print", (words[0],))
    return Place(words[0], tuple(words[1:]))


def operand(word: str) -> Operand:
    """Raises PhraseError for what is not a measure's name with known suffixes."""
    if not _OPERAND.fullmatch(word):
        raise PhraseError(f"{word!r} is not the name of a measure")
    name, *suffixes = word.split(".")
    if unknown := [suffix for suffix in suffixes if suffix not in SUFFIXES]:
        raise PhraseError(f"{word!r}: unknown suffix {unknown[0]!r}")
    return Operand(name, tuple(suffixes))


def condition(text: str) -> Condition:
    """The atoms of a condition. Raises PhraseError."""
    atoms: list[Atom] = []
    for written in filter(None, map(str.strip, text.split(" and "))):
        part = written.removeprefix("not ")
        negated = part != written
        relation = _RELATION.fullmatch(part)
        if relation:
            atoms.append(Atom(relation[2], (relation[1], relation[3]), negated))
            continue
        command, *words = part.split()
        if command not in _ATOMS or len(words) != 1:
            raise PhraseError(f"{part!r} is not a condition")
        atoms.append(Atom(command, tuple(words), negated))
    return tuple(atoms)
