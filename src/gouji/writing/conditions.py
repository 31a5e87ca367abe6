"""Whether a condition of the phrases holds for a body at one turn of a loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gouji.catalog.phrase_language import Atom, Condition
from gouji.writing.loops import Turn
from gouji.writing.standpoint import Standpoint

_Words = tuple[str, ...]


def holds(condition: Condition, turn: Turn, at: Standpoint) -> bool:
    """Whether all atoms of a condition hold; an empty condition does."""
    return all(_atom(atom, turn, at) != atom.negated for atom in condition)


def _atom(atom: Atom, turn: Turn, at: Standpoint) -> bool:
    rule = _RULES.get(atom.command)
    return rule(atom.words, turn, at) if rule else _compared(atom.command, atom.words, turn, at)


def _compared(relation: str, words: _Words, turn: Turn, at: Standpoint) -> bool:
    """A comparison of two figures as printed; false where one of them is not known."""
    one, other = (at.named(word, turn).printed for word in words)
    if one is None or other is None:
        return False
    return one == other if relation == "=" else one < other if relation == "<" else one > other


_RULES: Mapping[str, Callable[[_Words, Turn, Standpoint], bool]] = {
    "kept": lambda words, turn, at: at.kept.kept(words[0]),
    "given": lambda words, turn, at: bool(at.kept.texts.get(words[0])),
    "any": lambda words, turn, at: bool(at.loops.turns((words[0],))),
    "level": lambda words, turn, at: at.whose.level == words[0],
    "filled": lambda words, turn, at: bool(turn.words.get(words[0])),
    "known": lambda words, turn, at: at.named(words[0], turn).printed is not None,
    "zero": lambda words, turn, at: at.named(words[0], turn).printed == 0,
}
