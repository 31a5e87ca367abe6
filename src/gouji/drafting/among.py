"""Which of many lines lie inside a printed sum, found by what they have in common rather than one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gouji.catalog import Dimension
from gouji.drafting.line import Line
from gouji.drafting.selection import Selection


class Among:
    """Answers for ``lines``, which may not be told apart in full: what is blank lies in whatever spans all."""

    def __init__(self, lines: Sequence[Line], classes: Dimension) -> None:
        self._lines, self._classes = lines, classes
        self._known: dict[tuple[str, object], frozenset[int]] = {}
        self._all = frozenset(range(len(lines)))

    def positions(self, s: Selection) -> tuple[int, ...]:
        """The positions of the lines inside a selection, in order."""
        wanted = [
            self._of("nature", s.natures, lambda line: line.nature in s.natures),
            self._of("fund", s.funds, lambda line: line.fund in s.funds),
            self._of("year", s.years, lambda line: not line.year or line.year in s.years),
        ]
        if s.function:
            wanted.append(self._of("function", s.function, lambda line: line.function.startswith(s.function)))
        if s.economic:
            wanted.append(self._of("economic", s.economic, lambda line: self._in_class(line, s.economic)))
        if s.group:
            wanted.append(self._of("group", s.group, lambda line: line.group_in(self._classes) == s.group))
        if s.government:
            wanted.append(
                self._of("government", s.government, lambda line: line.government.startswith(s.government))
            )
        if s.project is not None:
            wanted.append(self._of("project", s.project, lambda line: line.project == s.project))
        wanted.sort(key=len)
        return tuple(sorted(wanted[0].intersection(*wanted[1:])))

    def told(self, s: Selection) -> bool:
        """Whether all lines that a sum may add up are told apart as finely as it asks."""
        if not (s.economic or s.government or s.group):
            return True
        wide = self.positions(s._replace(economic="", government="", group="", project=None))
        blank = self._all - self._all
        if s.economic:
            blank |= self._of("economic", "", lambda line: not line.economic)
        if s.government:
            blank |= self._of("government", "", lambda line: not line.government)
        if s.group:
            blank |= self._of("group", "", lambda line: not line.group_in(self._classes))
        return blank.isdisjoint(wide)

    def names(self, project: str | None) -> bool:
        """Whether a project that a sum is about is among the lines; so it is where a sum is about all."""
        return project is None or bool(self._of("project", project, lambda line: line.project == project))

    def _in_class(self, line: Line, wanted: str) -> bool:
        return line.economic == wanted or self._classes.contains(wanted, line.economic)

    def _of(self, axis: str, member: object, suits: Callable[[Line], bool]) -> frozenset[int]:
        known = self._known.get((axis, member))
        if known is None:
            known = frozenset(number for number, line in enumerate(self._lines) if suits(line))
            self._known[axis, member] = known
        return known
