"""The printed sums of a document's lines, as finely as a register tells lines apart."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.catalog import Dimension
from gouji.drafting.published import Stated
from gouji.drafting.selection import Money, Selection, selection_of
from gouji.facts import Fact

_CLASS, _FUNCTION = 5, 7


def sums_of(
    facts: Mapping[Fact, Stated], money: Money, dimensions: Mapping[str, Dimension]
) -> dict[Selection, Stated]:
    """What is printed of the lines. Of figures that contradict each other the first is kept; the narrower one of two that agree."""
    sums: dict[Selection, Stated] = {}
    finer: dict[Selection, dict[str, Stated]] = {}
    for fact, stated in facts.items():
        selection = selection_of(fact, money, dimensions)
        if selection is None:
            continue
        if len(selection.economic) > _CLASS and selection.economic.isdigit():
            of_class = finer.setdefault(selection._replace(economic=selection.economic[:_CLASS]), {})
            if selection.economic not in of_class or stated.amount:
                of_class[selection.economic] = stated
            continue
        known = sums.get(selection)
        # A total that a table leaves blank is not nothing if another prints it.
        if known is None or (stated.amount and not known.amount):
            sums[selection] = stated
        elif max(known.least, stated.least) <= min(known.most, stated.most):
            least, most = max(known.least, stated.least), min(known.most, stated.most)
            amount = min(max(known.amount, least), most)
            sums[selection] = Stated(amount, least, most, known.witnesses + stated.witnesses)
    for selection, of_class in finer.items():
        parts = of_class.values()
        # Some places tell a 项 below the 款; the register ends at the 款.
        if not sums.get(selection) or not sums[selection].amount:
            sums[selection] = Stated(
                sum(part.amount for part in parts), sum(part.least for part in parts),
                sum(part.most for part in parts), tuple(witness for part in parts for witness in part.witnesses),
            )  # fmt: skip
    for selection, stated in _rows_as_sums(sums).items():
        sums[selection] = stated
    for selection in [s for s, stated in sums.items() if not stated.amount and _belied(s, sums, dimensions)]:
        del sums[selection]
    return sums


def _rows_as_sums(sums: Mapping[Selection, Stated]) -> dict[Selection, Stated]:
    """The sums of tables that list a function by the classes of the body and the government side by side and print no
    sum of it, if all of them make the printed total."""
    rows: dict[Selection, list[Stated]] = {}
    for s, stated in sums.items():
        if len(s.function) == _FUNCTION and s.economic and s.government and not s.group:
            rows.setdefault(s._replace(economic="", government=""), []).append(stated)
    kinds: dict[Selection, dict[Selection, Stated]] = {}
    for whole, parts in rows.items():
        summed = Stated(
            sum(part.amount for part in parts), sum(part.least for part in parts), sum(part.most for part in parts),
            tuple(witness for part in parts for witness in part.witnesses),
        )  # fmt: skip
        kinds.setdefault(whole._replace(function=""), {})[whole] = summed
    found: dict[Selection, Stated] = {}
    for total, wholes in kinds.items():
        printed = sums.get(total)
        least, most = (sum(getattr(stated, end) for stated in wholes.values()) for end in ("least", "most"))
        if printed is not None and least <= printed.most and printed.least <= most:
            found |= {
                whole: stated
                for whole, stated in wholes.items()
                if whole not in sums or not sums[whole].amount
            }
    return found


def _belied(
    nothing: Selection, sums: Mapping[Selection, Stated], dimensions: Mapping[str, Dimension]
) -> bool:
    """Whether a sum that is blank or nothing holds another that is not: the blank says nothing then."""
    tree = dimensions["dep_bgt_eco_code"]
    return any(
        stated.amount
        and s.function.startswith(nothing.function)
        and s.natures <= nothing.natures
        and s.funds <= nothing.funds
        and s.years <= nothing.years
        and (s.economic == nothing.economic or tree.contains(nothing.economic, s.economic))
        and s.government.startswith(nothing.government)
        and nothing.project in (None, s.project)
        and nothing.group in ("", s.group)
        for s, stated in sums.items()
    )
