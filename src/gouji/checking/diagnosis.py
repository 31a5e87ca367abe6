"""From violated relations to the fewest places that have to be wrong.

One misprint breaks several relations at once. The places that stand in all of them, and for which one value would
mend every relation without breaking another, explain it; if no single place does, two or three together might. What
cannot be decided is said: a sum of eight items that is off by 0.50 has eight suspects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from heapq import heapify, heappop, heappush

from gouji.facts import EVERYTHING, Identity, Interval, Outcome, Presence, Printed, Verdict, Witness, render

_LARGEST_COVER = 3
_MOST_STEPS = 1_500
"""How much of the search for covers is done before settling for less; counted, not timed, so that the same input
always gives the same findings."""
_MOST_PRINTABLE = 40
_PAIR = 2


@dataclass(frozen=True, slots=True, eq=False)
class Suspect:
    """A place that has to be wrong, the printed value that would reconcile everything, and the relations that call
    for it. ``expected`` is in base units; ``decided`` is false when other places (``rivals``) could be wrong instead;
    then ``likely`` tells whether this one alone looks like a slip of the pen."""

    witness: Witness
    expected: Decimal
    broken: tuple[Identity, ...]
    rivals: tuple[Witness, ...] = ()
    likely: bool = False

    @property
    def votes(self) -> int:
        return sum(1 for identity in self.broken if identity.relation == "=")

    @property
    def decided(self) -> bool:
        return not self.rivals


@dataclass(frozen=True, slots=True, eq=False)
class Unexplained:
    """Relations that are violated and that no small set of places explains: ``places`` are all that take part."""

    broken: tuple[Identity, ...]
    places: tuple[Witness, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Unlisted:
    """Sums that all fall short of one code, in several columns or tables: some of what it contains is not listed.
    ``wholes`` are its places, ``broken`` the sums below them."""

    broken: tuple[Identity, ...]
    wholes: tuple[Witness, ...]


def _are_below(parts: Sequence[Witness], whole: Witness) -> bool:
    return all(part.row_code.startswith(whole.row_code) and part.row != whole.row for part in parts)


def _are_classes(parts: Sequence[Witness], whole: Witness) -> bool:
    """Whether a total of a table is told apart by functional 类, and is that of no code itself."""
    assert whole.fact is not None
    codes = [part.fact.member(_FUNCTION) if part.fact is not None else None for part in parts]
    return whole.fact.member(_FUNCTION) is None and all(code and len(code) == _CLASS for code in codes)


_FUNCTION, _CLASS = "exp_func_code", 3

Cause = Suspect | Unexplained | Unlisted


class _Component:
    """Violated relations that share places. Which of them a place stands in is kept as the bits of a number: the search
    asks for it a thousand times. The relation of the fewest places has the lowest bit."""

    def __init__(self, identities: Sequence[Identity]) -> None:
        self.identities = identities
        self.narrowest_first = sorted(identities, key=lambda identity: len(identity.witnesses))
        self.all = (1 << len(identities)) - 1
        self.standing: dict[Witness, int] = {}
        for number, identity in enumerate(self.narrowest_first):
            for witness in identity.witnesses:
                self.standing[witness] = self.standing.get(witness, 0) | 1 << number

    def __len__(self) -> int:
        return len(self.identities)

    def hits(self, witness: Witness) -> int:
        """In how many of the relations a place stands."""
        return self.standing.get(witness, 0).bit_count()

    def narrowest(self, relations: int) -> Identity:
        """The one of some relations (bits) that has the fewest places."""
        return self.narrowest_first[(relations & -relations).bit_length() - 1]


class Diagnosis:
    """Explains the violated ones among a document's relations. ``explain`` is deterministic."""

    def __init__(self, relations: Sequence[tuple[Identity, Outcome]]) -> None:
        self.violated = [identity for identity, outcome in relations if outcome is Outcome.VIOLATED]
        self.around: dict[Witness, list[Identity]] = {}
        for identity, _ in relations if self.violated else ():
            for witness in identity.witnesses:
                self.around.setdefault(witness, []).append(identity)
        self._steps = 0
        self._verdicts: dict[Identity, Verdict] = {}
        """Of the relations that were looked at more closely."""

    def explain(self) -> list[Cause]:
        causes: list[Cause] = list(self._unlisted())
        for component in self._components():
            self._steps = 0
            causes.extend(self._explain(component))
        return causes

    def _unlisted(self) -> Iterable[Unlisted]:
        """Take out sums below one code, or below the total of several tables, that all fall short: rows that are withheld or
        forgotten, not misprints."""
        short: dict[tuple[str, str], list[Identity]] = {}
        for identity in self.violated:
            whole = identity.right[0].witness
            if identity.relation == "=" and len(identity.right) == 1 and whole.fact is not None:
                parts = [w for _, w in identity.left]
                below = _are_below(parts, whole) if whole.row_code else _are_classes(parts, whole)
                if below and identity.verdict().residual < 0:
                    short.setdefault((whole.row_code, str(abs(identity.verdict().residual))), []).append(
                        identity
                    )
        explained: set[Identity] = set()
        for (code, _), broken in short.items():
            wholes = tuple(identity.right[0].witness for identity in broken)
            if len(broken) > 1 and (code or len({whole.table_id for whole in wholes}) > 1):
                explained.update(broken)
                yield Unlisted(tuple(broken), wholes)
        self.violated = [identity for identity in self.violated if identity not in explained]

    def _components(self) -> list[list[Identity]]:
        """Violated relations that share places, directly or through others."""
        left = dict.fromkeys(self.violated)
        reached: set[Witness] = set()
        components: list[list[Identity]] = []
        for first in self.violated:
            if first not in left:
                continue
            del left[first]
            component, queue = [first], [first]
            while queue:
                for witness in queue.pop().witnesses:
                    if witness in reached:
                        continue
                    reached.add(witness)
                    for other in self.around[witness]:
                        if other in left:
                            del left[other]
                            component.append(other)
                            queue.append(other)
            components.append(component)
        return components

    def _explain(self, identities: list[Identity]) -> list[Cause]:
        component = _Component(identities)
        for size in range(1, _LARGEST_COVER + 1):
            covers = self._covers(component, size)
            if covers:
                return list(self._suspects(component, covers))
            if self._steps > _MOST_STEPS:
                break
        return list(self._greedily(identities))

    # ---- exact search

    def _covers(self, component: _Component, size: int) -> list[tuple[Witness, ...]]:
        """All sets of ``size`` places that stand in every violated relation and can be mended together."""
        found: dict[frozenset[Witness], tuple[Witness, ...]] = {}

        def branch(chosen: tuple[Witness, ...], left: int) -> None:
            self._steps += 1
            if self._steps > _MOST_STEPS:
                return
            if not left:
                if self._mendable(chosen):
                    found.setdefault(frozenset(chosen), chosen)
                return
            if len(chosen) == size:
                return
            for witness in component.narrowest(left).witnesses:
                if self._hopeful(witness, component, size):
                    branch((*chosen, witness), left & ~component.standing[witness])

        branch((), component.all)
        return list(found.values())

    def _hopeful(self, witness: Witness, component: _Component, size: int) -> bool:
        """Alone a place must stand in all violated relations; a blank is only suspected where two agree."""
        hits = component.hits(witness)
        if witness.printed.presence is not Presence.NUMBER and hits < 2 and len(component) > 1:
            return False
        return size > 1 or hits == len(component)

    def _mendable(self, chosen: Sequence[Witness]) -> bool:
        return self._ranges(chosen) is not None

    def _ranges(self, chosen: Sequence[Witness]) -> dict[Witness, Interval] | None:
        """What each chosen place must be for every relation around it to hold; ``None`` if nothing fits."""
        known = dict.fromkeys(chosen, EVERYTHING)
        for _ in range(len(chosen) + 1):
            for witness in chosen:
                fitting = known[witness]
                for identity in self.around[witness]:
                    fitting = fitting.meet(self._required(identity, witness, known))
                    if fitting.is_empty:
                        return None
                known[witness] = fitting
        return known

    def _required(
        self, identity: Identity, witness: Witness, known: Mapping[Witness, Interval] | None = None
    ) -> Interval:
        if identity not in self._verdicts:
            self._verdicts[identity] = identity.verdict()
        return identity.required(witness, known, self._verdicts[identity])

    # ---- choosing among covers

    def _suspects(self, component: _Component, covers: Sequence[tuple[Witness, ...]]) -> Iterable[Suspect]:
        """One suspect for each place of the best cover; its rivals are places that could replace it. Rivals are
        ordered by how like a slip of the pen the change would be; that orders them, it does not decide."""
        weights = {cover: self._weight(cover, component) for cover in covers}
        least = min(weights.values())
        tied = [cover for cover in covers if weights[cover] == least]
        slips = {cover: self._slips(cover) for cover in tied}
        best = min(
            tied, key=lambda cover: (-len(slips[cover]), *((w.table_id, w.row, w.column) for w in cover))
        )
        alone = sum(1 for cover in tied if len(slips[cover]) == len(best)) == 1 and len(slips[best]) == len(
            best
        )
        ranges = self._ranges(best)
        assert ranges is not None
        for witness in sorted(best, key=lambda w: -component.hits(w)):
            others = set(best) - {witness}
            rivals = [
                rival
                for cover in tied
                if others <= set(cover)
                for rival in cover
                if rival is not witness and rival not in others
            ]
            broken = tuple(identity for identity in component.identities if witness in identity.witnesses)
            expected = self._expected(witness, ranges[witness], broken)
            if rivals and witness in slips[best]:
                expected = slips[best][witness]
            yield Suspect(witness, expected, broken, tuple(dict.fromkeys(rivals)), alone and bool(rivals))

    def _weight(self, cover: Sequence[Witness], component: _Component) -> tuple[int, int]:
        """What decides between covers: fewer blanks, then more broken relations on each place. Where nothing but one
        figure and one blank contradict each other, the blank may as well have been forgotten."""
        pair = len(component) == 1 and len(component.identities[0].witnesses) == _PAIR
        blanks = 0 if pair else sum(1 for w in cover if w.printed.presence is not Presence.NUMBER)
        return blanks, -sum(component.hits(witness) for witness in cover)

    def _slips(self, cover: Sequence[Witness]) -> dict[Witness, Decimal]:
        """The places of a cover that one slip of the pen leads away from a value that fits, and that value."""
        ranges = self._ranges(cover) or {}
        found: dict[Witness, Decimal] = {}
        for witness, fitting in ranges.items():
            printed = witness.printed
            for value in _printable(fitting, printed):
                if is_slip(printed.text, render(value, printed.unit, printed.precision)):
                    found[witness] = value
                    break
        return found

    def _expected(self, witness: Witness, fitting: Interval, broken: Sequence[Identity]) -> Decimal:
        """The printed value that fits: what the shortest relation says, if it fits all of them."""
        printed = witness.printed
        step = Decimal(1).scaleb(-max(printed.precision, 0)) * printed.unit.scale
        if printed.presence is not Presence.NUMBER:
            others = [w.printed for identity in broken for w in identity.witnesses if w is not witness]
            precision = max((o.precision for o in others), default=printed.precision)
            step = Decimal(1).scaleb(-precision) * printed.unit.scale
        wanted = [
            self._required(identity, witness).centre
            for identity in sorted(broken, key=lambda identity: len(identity.witnesses))
            if identity.relation == "="
        ]
        half = step / 2
        room = Interval(fitting.lo - half, fitting.hi + half)
        bounded = [
            bound for bound in (fitting.centre, fitting.lo, fitting.hi) if abs(bound) < EVERYTHING.hi / 4
        ]
        for centre in [*wanted, *bounded]:
            value = (centre / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
            if room.holds(value):
                return value
        return fitting.centre if fitting.centre in bounded else printed.base

    # ---- when the search is too large

    def _greedily(self, component: Sequence[Identity]) -> Iterator[Cause]:
        """Take the place whose change mends most of what is left, at least two relations, again and again; the rest stays
        unexplained. Places that nothing can mend are looked at again when fewer relations are left around them."""
        left = dict.fromkeys(component)
        standing: dict[Witness, list[Identity]] = {}
        for identity in component:
            for witness in dict.fromkeys(identity.witnesses):
                standing.setdefault(witness, []).append(identity)
        order = {witness: number for number, witness in enumerate(standing)}

        def rank(witness: Witness) -> tuple[int, bool, int, int, str, int]:
            blank = witness.printed.presence is not Presence.NUMBER
            return (
                -len(standing[witness]), blank, witness.table_id, witness.row, witness.column, order[witness],
            )  # fmt: skip

        places = list(standing)
        queue = [rank(witness) for witness in places]
        heapify(queue)
        while queue:
            ranked = heappop(queue)
            witness = places[ranked[-1]]
            broken = standing[witness]
            if len(broken) != -ranked[0]:
                # Some were mended since: the place stands in the queue a second time, further behind.
                continue
            if len(broken) < _PAIR:
                break
            fitting = EVERYTHING
            for identity in broken:
                fitting = fitting.meet(self._required(identity, witness))
            if fitting.is_empty:
                continue
            yield Suspect(witness, self._expected(witness, fitting, broken), tuple(broken))
            mended = set(broken)
            for identity in broken:
                del left[identity]
            for touched in dict.fromkeys(w for identity in broken for w in identity.witnesses):
                standing[touched] = [identity for identity in standing[touched] if identity not in mended]
                heappush(queue, rank(touched))
        for identity in left:
            yield Unexplained((identity,), identity.witnesses)


def _printable(fitting: Interval, printed: Printed) -> list[Decimal]:
    """The values, to the printed precision, that a range allows, from its centre outwards; none where it is wide."""
    step = Decimal(1).scaleb(-printed.precision) * printed.unit.scale
    first = ((fitting.lo - step / 2) / step).to_integral_value(ROUND_CEILING)
    last = ((fitting.hi + step / 2) / step).to_integral_value(ROUND_FLOOR)
    if last - first > _MOST_PRINTABLE:
        return []
    values = [step * number for number in range(int(first), int(last) + 1)]
    return sorted(values, key=lambda value: abs(value - fitting.centre))


def is_slip(stated: str, expected: str) -> bool:
    """Whether one printed figure becomes the other by a slip: one digit changed, dropped or added, two neighbouring
    digits swapped, or the point moved."""
    one, other = (text.replace(",", "").strip() for text in (stated, expected))
    if one == other or not one or not other:
        return False
    if one.partition(".")[2] and len(one.partition(".")[2]) == len(other.partition(".")[2]):
        one, other = one.replace(".", ""), other.replace(".", "")
    elif one.replace(".", "").strip("0") == other.replace(".", "").strip("0"):
        return True
    if len(one) == len(other):
        different = [index for index in range(len(one)) if one[index] != other[index]]
        if len(different) == 1:
            return True
        return (
            len(different) == 2
            and different[1] == different[0] + 1
            and one[different[0]] == other[different[1]]
            and one[different[1]] == other[different[0]]
        )
    if one.strip("0") == other.strip("0"):
        return True
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
