"""The lines of a budget from the sums that its tables print, axis by axis.

First function by nature by fund, then the economic classes of each of these, then the projects and the years of the
money. Each step keeps the amounts of the one before and the printed sums that its axis adds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gouji.catalog import Catalog
from gouji.drafting.among import Among
from gouji.drafting.carried import carried_spent, limits_of
from gouji.drafting.functions import Functions
from gouji.drafting.likely import Likely
from gouji.drafting.line import CLASSES, FUNDS, PROJECTS, UNNAMED_PROJECT, YEARS, Line
from gouji.drafting.published import Stated
from gouji.drafting.selection import CARRIED, CURRENT, ECONOMIC, FUND, OTHER, UNIT_FUNDS, Money, Selection
from gouji.drafting.shared_classes import sums_of_largest_fund
from gouji.drafting.splitting import Step, split

_CLASS, _REST = 5, "99"
"""The digits of a 款 of the economic classes, and how the 款 of what has none of its own ends."""


class Lines:
    """Makes the lines of one document. ``sums`` are its printed figures as selections of lines."""

    def __init__(
        self,
        sums: Mapping[Selection, Stated],
        money: Money,
        catalog: Catalog,
        at_hand: Mapping[tuple[str, str], Stated],
    ) -> None:
        """``at_hand`` is what is printed of the money of a fund and a year, which may not all be spent; of no fund, of
        all."""
        self._sums, self._money, self._catalog, self._at_hand = sums, money, catalog, at_hand
        self._classes = catalog.dimensions[ECONOMIC]
        self._likely = Likely(catalog)

    def made(self) -> list[Line]:
        limits = limits_of(self._money, self._at_hand)
        lines = Functions(self._sums, self._money, limits).lines(self._likely, self._classes)
        return self._projects_and_years(self._economic_classes(lines))

    def _all_years(self, selection: Selection) -> bool:
        return selection.years == frozenset(self._money.years)

    def _economic_classes(self, lines: Sequence[Line]) -> list[Line]:
        sums = {s: stated for s, stated in self._sums.items() if s.project is None and self._all_years(s)}
        telling: list[list[Selection]] = [[] for _ in lines]
        whole = Among(lines, self._classes)
        for s, stated in sums.items():
            if s.economic.isdigit() and stated.amount:
                for number in whole.positions(s._replace(economic="", government="", group="")):
                    telling[number].append(s)
        parts = [self._parts(line, telling[number]) for number, line in enumerate(lines)]
        cells = [cell for of_line in parts for cell in of_line]
        among = Among(cells, self._classes)
        wanted = {
            s: stated
            for s, stated in sums.items()
            if (s.economic or s.government or s.group) and among.told(s)
        }
        chosen = sums_of_largest_fund(lines, sums, self._money, self._classes)
        step = Step(CLASSES, {**chosen, **wanted}, self._likely.classes(cells), lambda line: line)
        return split(lines, parts, step, self._classes)

    def _parts(self, line: Line, sums: Sequence[Selection]) -> list[Line]:
        """A line with each of the classes of the body and of the government that sums tell for it, and with the group
        that it is told as, if that is another than its own; itself where none is told."""
        pairs: dict[tuple[str, str], None] = {}
        classes: set[str] = set()
        groups: dict[str, set[str]] = {}
        for s in sums:
            if len(s.economic) == _CLASS:
                pairs[s.economic, s.government] = None
                if s.group:
                    groups.setdefault(s.economic, set()).add(s.group)
            else:
                classes.add(s.economic)
        both = {economic for economic, government in pairs if government}
        told = {economic[:3] for economic, _ in pairs}
        found = [pair for pair in pairs if pair[1] or pair[0] not in both]
        # Where only the 类 is told, its 其他 stands for what cannot be told apart.
        names = self._catalog.codes[ECONOMIC].names
        found += [(known + _REST, "") for known in sorted(classes - told) if known + _REST in names]
        parts: list[Line] = []
        for economic, government in found:
            own = replace(line, economic=economic).usual_group(self._classes)
            for group in sorted(groups.get(economic, {own})):
                if line.group in ("", group):
                    own_group = group if group != own or line.group else ""
                    parts.append(replace(line, economic=economic, government=government, group=own_group))
        return parts or [line]

    def _projects_and_years(self, lines: Sequence[Line]) -> list[Line]:
        named, beyond = self._named_projects(lines)
        parts = [
            [
                replace(line, project=name, year=year)
                for name in ((list(named) or [UNNAMED_PROJECT]) if line.nature == "project" else [""])
                for year in self._money.years
            ]
            for line in lines
        ]
        among = Among([cell for of_line in parts for cell in of_line], self._classes)
        sums = {
            s: stated
            for s, stated in {
                **carried_spent(lines, self._money, self._at_hand),
                **self._sums,
                **beyond,
            }.items()
            if (s.project is not None or not self._all_years(s)) and among.told(s)
        }

        def rest(line: Line) -> Line:
            project = UNNAMED_PROJECT if line.nature == "project" else ""
            return replace(line, project=project, year=CURRENT)

        order = self._likely.projects(lines, parts, named)
        found = split(lines, parts, Step(PROJECTS, sums, order, rest), self._classes)
        return [self._of_told_fund(_told_of(line, named)) for line in found]

    def _named_projects(self, lines: Sequence[Line]) -> tuple[dict[str, int], dict[Selection, Stated]]:
        """The projects that are named, with their amounts, and the sum of those that are not, if there is any."""
        named: dict[str, int] = {}
        slack = 0
        for s, stated in self._sums.items():
            if s.project is not None and stated.amount:
                named[s.project] = max(named.get(s.project, 0), stated.amount)
                slack += stated.slack
        left = sum(line.amount for line in lines if line.nature == "project") - sum(named.values())
        if not named or left <= slack:
            return named, {}
        every = Selection(
            "", frozenset(("project",)), frozenset(self._money.funds), frozenset(self._money.years), "", "",
            UNNAMED_PROJECT,
        )  # fmt: skip
        return {**named, UNNAMED_PROJECT: left}, {every: Stated(left, left - slack, left + slack, ())}

    def _of_told_fund(self, line: Line) -> Line:
        """A line of money carried over that only a wider fund is told to have: of 单位资金, sources are seldom told."""
        wider = self._catalog.dimensions[FUND].parent(line.fund)
        if (
            line.year == CARRIED
            and (line.fund, CARRIED) not in self._at_hand
            and wider
            and (wider, CARRIED) in self._at_hand
        ):
            return replace(line, fund=wider)
        if line.fund == UNIT_FUNDS and line.year == CURRENT:
            # A register wants to know the source of this year's money.
            return replace(line, fund=OTHER, assumed=line.assumed | {FUNDS})
        return line


def _told_of(line: Line, named: Mapping[str, int]) -> Line:
    """A line on whose project and year no sum decides, with what of them was really chosen."""
    if PROJECTS not in line.assumed:
        return line
    chosen = {PROJECTS} if line.nature == "project" and len(named) > 1 else set()
    chosen |= {YEARS} if line.year == CARRIED else set()
    return replace(line, assumed=line.assumed - {PROJECTS} | chosen)
