"""The printed sums of a document's lines, as finely as a register tells lines apart."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.catalog import Dimension
from gouji.drafting.published import Stated
from gouji.drafting.selection import Money, Selection, selection_of
from gouji.facts import Fact

_CLASS = 5


def sums_of(
    facts: Mapping[Fact, Stated], money: Money, dimensions: Mapping[str, Dimension]
) -> tuple[dict[Selection, Stated], dict[Selection, list[Fact]]]:
    """What is printed of the lines, and the facts that say so: several where they are the same to a body with one kind
    of money. Of figures that contradict each other the first is kept; the narrower one of two that agree."""
    sums: dict[Selection, Stated] = {}
    said: dict[Selection, list[Fact]] = {}
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
        said.setdefault(selection, []).append(fact)
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
    return sums, said
