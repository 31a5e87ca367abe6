"""The lines of a budget from the sums that its tables print, axis by axis.

First function by nature by fund, then the economic classes of each of these, then the projects, then the year of the
fund. Each step keeps the amounts of the one before and the printed sums that its axis adds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from gouji.catalog import Catalog
from gouji.drafting.completing import Margin, complete
from gouji.drafting.likely import Likely
from gouji.drafting.published import Stated
from gouji.drafting.selection import CARRIED, CURRENT, ECONOMIC, FUND, GROUPS, Money, Selection

FUNDS, CLASSES, PROJECTS, YEARS = "功能科目、性质和资金", "经济科目", "项目", "资金年度"
"""What is told apart, step by step."""
UNNAMED_PROJECT = "未列名称的项目"
"""The name of what is spent on projects that no table names."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its amount in 分. ``assumed`` are the axes of which the printed sums leave other ways."""

    function: str
    nature: str
    fund: str
    amount: int
    year: str = ""
    group: str = ""
    """人员经费 or 公用经费 where the function tells it, before the classes are known."""
    economic: str = ""
    government: str = ""
    project: str = ""
    assumed: frozenset[str] = field(default=frozenset())


class _Step(NamedTuple):
    """One more axis along which lines are told apart: its name, the sums that tell it, the order in which what they
    leave open is filled, and what a line becomes of which no sum tells the parts."""

    axis: str
    sums: Sequence[Selection]
    order: Sequence[int]
    rest: Callable[[Line], Line]


class Lines:
    """Makes the lines of one document. ``sums`` are its printed figures as selections of lines."""

    def __init__(
        self,
        sums: Mapping[Selection, Stated],
        money: Money,
        catalog: Catalog,
        at_hand: Mapping[tuple[str, str], Stated] = MappingProxyType({}),
    ) -> None:
        """``at_hand`` is what is printed of the money of a fund and a year, which may not all be spent."""
        self._sums, self._money, self._catalog, self._at_hand = sums, money, catalog, at_hand
        self._carried: dict[Selection, Stated] = {}
        self._economic = catalog.dimensions[ECONOMIC]
        self._likely = Likely(catalog)

    def made(self) -> list[Line]:
        lines = self._functions()
        lines = self._economic_classes(lines)
        self._carried = self._carried_spent(lines)
        return self._projects_and_years(lines)

    def inside(self, line: Line, selection: Selection) -> bool:
        """Whether a line lies inside a selection, as far as it is known yet: what is blank lies in whatever spans all."""
        return (
            line.function.startswith(selection.function)
            and line.nature in selection.natures
            and line.fund in selection.funds
            and (not line.year or line.year in selection.years)
            and (not selection.economic or self._in_class(line.economic, selection.economic))
            and (not selection.group or self.group_of(line) == selection.group)
            and line.government.startswith(selection.government)
            and (selection.project is None or line.project == selection.project)
        )

    def tells(self, lines: Sequence[Line], selection: Selection) -> bool:
        """Whether all lines that a sum may add up are told apart as finely as it asks."""
        return self._covered(selection, lines) and (
            selection.project is None or any(line.project == selection.project for line in lines)
        )

    def _in_class(self, own: str, wanted: str) -> bool:
        return own == wanted or self._economic.contains(wanted, own)

    def group_of(self, line: Line) -> str:
        """人员经费 or 公用经费, as the line says or as its class does; empty where neither tells."""
        return line.group or self.usual_group(line)

    def usual_group(self, line: Line) -> str:
        """The group of 基本支出 that follows from the class."""
        if line.nature != "basic":
            return ""
        return next((group for group in GROUPS if self._economic.contains(group, line.economic)), "")

    @cached_property
    def leaf_functions(self) -> tuple[str, ...]:
        """The functions with money that no finer one is told of."""
        codes = {s.function for s, stated in self._sums.items() if s.function and stated.amount}
        above = {code for code in codes if any(o != code and o.startswith(code) for o in codes)}
        return tuple(sorted((codes - above) | {code for code in above if self._keeps_back(code, codes)}))

    def _keeps_back(self, code: str, codes: set[str]) -> bool:
        """Whether less is told below a function than of it: some of its items are not published."""
        below = {o for o in codes if o != code and o.startswith(code)}
        nearest = {o for o in below if not any(o != n and o.startswith(n) for n in below)}
        for s, stated in self._sums.items():
            if s.function != code or s.economic or s.government or s.group or s.project is not None:
                continue
            parts = [part for o in nearest if (part := self._sums.get(s._replace(function=o))) is not None]
            if parts and stated.least > sum(part.most for part in parts):
                return True
            if not parts and stated.amount and not self._told_otherwise(s, nearest):
                return True
        return False

    def _told_otherwise(self, of: Selection, functions: set[str]) -> bool:
        """Whether any sum tells a part of what a sum adds up for one of the functions below."""
        return any(
            stated.amount
            and s.function in functions
            and s.natures & of.natures
            and s.funds & of.funds
            and s.years & of.years
            for s, stated in self._sums.items()
        )

    def _functions(self) -> list[Line]:
        grouped, plain = self._told_by_group()
        cells = [
            Line(function, nature, fund, 0, group=group)
            for function in self.leaf_functions
            for nature in self._money.natures
            for fund in self._money.funds
            for group in (GROUPS if nature == "basic" and fund in grouped - plain else ("",))
        ]
        sums = [s for s in self._sums if not s.government and s.project is None and self._all_years(s)
                and s.economic in ("", "personnel", "public")]  # fmt: skip
        order = self._likely.functions(cells)
        return self._completed(cells, sums, order, FUNDS)

    def _told_by_group(self) -> tuple[set[str], set[str]]:
        """The funds whose 基本支出 is told by function as 人员经费 and 公用经费, and those of which it is told whole."""
        grouped: set[str] = set()
        plain: set[str] = set()
        for s in self._sums:
            if s.function in self.leaf_functions and s.natures == frozenset(("basic",)) and not s.government:
                if s.group:
                    grouped |= s.funds
                elif not s.economic:
                    plain |= s.funds
        return grouped, plain

    def _all_years(self, selection: Selection) -> bool:
        return selection.years == frozenset(self._money.years)

    def _economic_classes(self, lines: Sequence[Line]) -> list[Line]:
        sums = [s for s in self._sums if s.project is None and self._all_years(s)]
        cells: list[Line] = []
        parents: list[int] = []
        for number, line in enumerate(lines):
            for economic, government, group in self._leaves(line, sums) or [("", "", line.group)]:
                cells.append(replace(line, economic=economic, government=government, group=group))
                parents.append(number)
        wanted = [s for s in sums if (s.economic or s.government or s.group) and self._covered(s, cells)]
        order = self._likely.classes(cells)
        return self._split(lines, cells, parents, _Step(CLASSES, wanted, order, lambda line: line))

    def _leaves(self, line: Line, sums: Sequence[Selection]) -> list[tuple[str, str, str]]:
        """The classes of the body and of the government that sums tell for a line, each with the group that it is told
        as, if that is another than its own."""
        pairs: dict[tuple[str, str], None] = {}
        classes: set[str] = set()
        groups: dict[str, set[str]] = {}
        for s in sums:
            if not s.economic.isdigit() or not self._sums[s].amount:
                continue
            if not self.inside(line, s._replace(economic="", government="", group="")):
                continue
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
        found += [(known + _OTHER, "") for known in sorted(classes - told) if known + _OTHER in names]
        leaves: list[tuple[str, str, str]] = []
        for economic, government in found:
            own = self.usual_group(replace(line, economic=economic, group=""))
            for group in sorted(groups.get(economic, {own})):
                if line.group in ("", group):
                    leaves.append((economic, government, group if group != own or line.group else ""))
        return leaves

    def _covered(self, s: Selection, cells: Sequence[Line]) -> bool:
        """Whether all that a sum adds up has been told apart as finely as the sum asks."""
        wide = s._replace(economic="", government="", group="")
        for cell in cells:
            if self.inside(cell, wide) and (
                (s.economic and not cell.economic)
                or (s.government and not cell.government)
                or (s.group and not self.group_of(cell))
            ):
                return False
        return True

    def _projects_and_years(self, lines: Sequence[Line]) -> list[Line]:
        named = {
            s.project: stated.amount
            for s, stated in self._sums.items()
            if s.project is not None and stated.amount
        }
        years = self._money.years
        cells: list[Line] = []
        parents: list[int] = []
        for number, line in enumerate(lines):
            names = (list(named) or [UNNAMED_PROJECT]) if line.nature == "project" else [""]
            for name in names:
                for year in years:
                    cells.append(replace(line, project=name, year=year))
                    parents.append(number)
        sums = [
            s for s in (*self._sums, *self._carried)
            if (s.project is not None or not self._all_years(s)) and self._covered(s, cells)
        ]  # fmt: skip
        order = self._likely.projects(cells, lines, parents, named)

        def rest(line: Line) -> Line:
            project = UNNAMED_PROJECT if line.nature == "project" else ""
            return replace(line, project=project, year=CURRENT)

        found = self._split(lines, cells, parents, _Step(PROJECTS, sums, order, rest))
        return [self._of_told_fund(_told_of(line, named)) for line in found]

    def _of_told_fund(self, line: Line) -> Line:
        """A line of money carried over that only a wider fund is told to have: of 单位资金, sources are seldom told."""
        wider = self._catalog.dimensions[FUND].parent(line.fund)
        if (
            line.year == CARRIED
            and (line.fund, CARRIED) not in self._at_hand
            and wider is not None
            and (wider, CARRIED) in self._at_hand
        ):
            return replace(line, fund=wider)
        return line

    def _carried_spent(self, lines: Sequence[Line]) -> dict[Selection, Stated]:
        """What is spent of the money carried over, by fund: what this year's money does not pay for. A fund of which
        nothing is told has what the others leave of the whole."""
        if len(self._money.years) == 1:
            return {}
        found: dict[str, int] = {}
        open_funds: list[str] = []
        for fund in self._money.funds:
            current, carried = (self._at_hand.get((fund, year)) for year in (CURRENT, CARRIED))
            spent = sum(line.amount for line in lines if line.fund == fund)
            if current is not None:
                most = spent if carried is None else min(spent, carried.most)
                found[fund] = min(max(0, spent - current.amount), most)
                if found[fund] <= current.slack:
                    found[fund] = 0
            elif carried is not None:
                found[fund] = min(spent, carried.amount)
            else:
                open_funds.append(fund)
        whole = self._at_hand.get(("", CARRIED))
        if len(open_funds) == 1 and whole is not None:
            spent = sum(line.amount for line in lines if line.fund == open_funds[0])
            found[open_funds[0]] = min(max(0, whole.amount - sum(found.values())), spent)
        natures = frozenset(self._money.natures)
        return {
            Selection("", natures, frozenset((fund,)), frozenset((CARRIED,)), "", "", None): Stated(
                amount, amount, amount, ()
            )
            for fund, amount in found.items()
        }

    def _completed(
        self, cells: Sequence[Line], sums: Sequence[Selection], order: Sequence[int], axis: str
    ) -> list[Line]:
        done = complete(len(cells), self._margins(cells, sums), order)
        return [
            replace(cell, amount=amount, assumed=cell.assumed | ({axis} if number in done.assumed else set()))
            for number, (cell, amount) in enumerate(zip(cells, done.amounts, strict=True))
            if amount
        ]

    def _split(
        self, lines: Sequence[Line], cells: Sequence[Line], parents: Sequence[int], step: _Step
    ) -> list[Line]:
        """Tell lines apart along one more axis; ``parents`` are the positions of the lines that the cells are parts of."""
        axis, rest = step.axis, step.rest
        children: dict[int, list[int]] = {}
        for cell, parent in enumerate(parents):
            children.setdefault(parent, []).append(cell)
        own = [Margin(tuple(children[number]), line.amount) for number, line in enumerate(lines)]
        done = complete(len(cells), [*own, *self._margins(cells, step.sums)], step.order)
        found: list[Line] = []
        rounding = self._rounding
        for number, line in enumerate(lines):
            left = line.amount - sum(done.amounts[cell] for cell in children[number])
            taken = _without_excess([done.amounts[cell] for cell in children[number]], left)
            left = max(left, line.amount - sum(taken))
            largest = -1
            for cell, amount in zip(children[number], taken, strict=True):
                if amount:
                    assumed = cells[cell].assumed | ({axis} if cell in done.assumed else set())
                    found.append(replace(cells[cell], amount=amount, assumed=assumed))
                    if largest < 0 or amount > found[largest].amount:
                        largest = len(found) - 1
            if largest >= 0 and (
                abs(left) <= rounding * (len(children[number]) + 1) or 0 < -left < found[largest].amount
            ):
                # Rounding, or sums that contradict each other: the whole is kept.
                found[largest] = replace(found[largest], amount=found[largest].amount + left)
            elif left:
                found.append(rest(replace(line, amount=left, assumed=line.assumed | {axis})))
        return found

    @cached_property
    def _rounding(self) -> int:
        """The most that rounding moves a printed figure."""
        return max((stated.slack for stated in self._sums.values()), default=0)

    def _margins(self, cells: Sequence[Line], sums: Sequence[Selection]) -> list[Margin]:
        by_function: dict[str, list[int]] = {}
        for number, cell in enumerate(cells):
            for length in (0, 3, 5, 7):
                if length <= len(cell.function):
                    by_function.setdefault(cell.function[:length], []).append(number)
        margins = []
        for s in sums:
            inside = tuple(n for n in by_function.get(s.function, ()) if self.inside(cells[n], s))
            if inside:
                stated = self._sums.get(s) or self._carried[s]
                margins.append(Margin(inside, stated.amount, stated.slack))
        return margins


def _told_of(line: Line, named: Mapping[str, int]) -> Line:
    """A line on whose project and year no sum decides, with what of them was really chosen."""
    if PROJECTS not in line.assumed:
        return line
    chosen = {PROJECTS} if line.nature == "project" and len(named) > 1 else set()
    chosen |= {YEARS} if line.year == CARRIED else set()
    return replace(line, assumed=line.assumed - {PROJECTS} | chosen)


def _without_excess(amounts: list[int], left: int) -> list[int]:
    """Parts of a whole that are more than the whole, by sums that contradict each other: the largest give way."""
    for place in sorted(range(len(amounts)), key=lambda place: -amounts[place]):
        if left >= 0:
            break
        step = min(-left, max(0, amounts[place]))
        amounts[place] -= step
        left += step
    return amounts


_CLASS, _OTHER = 5, "99"
"""The digits of a 款 of the economic classes, and how the 款 of what has none of its own ends."""
