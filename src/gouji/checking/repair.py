"""Scans: a figure that recognition got wrong is put right where the relations around it leave no choice.

Only figures of which recognition itself was in doubt are touched, and never without a mark: a repaired witness has the
status ``repaired``, and ``why`` says what was recognised. What cannot be decided stays as it was recognised, and
doubtful. A figure that was recognised surely and contradicts the others may be a misprint of the document: it is no
business of a repair to hide it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.catalog import Catalog
from gouji.checking.diagnosis import Diagnosis, Suspect
from gouji.checking.relations import ENGINES, Ledger
from gouji.facts import Identity, Interval, Outcome, Presence, Printed, Status, Witness, as_printed
from gouji.reading import Reading, ReadTable

FEWEST_VOTES = 2
"""How many relations have to call for a figure before it is put right."""

_MOST_ROUNDS = 40
_MOST_DIGITS = 20

_LOOKALIKES = ("0368", "17", "56", "35", "89", "69", "49", "27", "14")
"""Digits that recognition takes for each other."""


def repair(reading: Reading, catalog: Catalog) -> Reading:
    """The same reading with slips of recognition put right; one without scanned pages is given back as it is.

    Relations that say nothing certain (soft rules) do not take part.
    """
    if not any(page.scanned for page in reading.document.pages):
        return reading
    tables = list(reading.tables)
    for _ in range(_MOST_ROUNDS):
        changes = _changes(tables, catalog)
        if not changes:
            break
        tables = [
            replace(table, witnesses=[changes.get(witness, witness) for witness in table.witnesses])
            for table in tables
        ]
    return replace(reading, tables=tables)


def _changes(tables: Sequence[ReadTable], catalog: Catalog) -> Mapping[Witness, Witness]:
    """What the relations decide: the witnesses to be put right, each with what takes its place."""
    ledger = Ledger(tables, catalog.dimensions)
    diagnosis = Diagnosis(
        [
            (identity, identity.verdict().outcome)
            for rule in catalog.rules.values()
            if rule.engine in ENGINES and not rule.params.get("soft")
            for identity in ENGINES[rule.engine](rule, ledger)
        ]
    )
    suspects = [cause for cause in diagnosis.explain() if isinstance(cause, Suspect)]
    named = {suspect.witness for suspect in suspects}
    changes: dict[Witness, Witness] = {}
    for suspect in suspects:
        places = (suspect.witness, *suspect.rivals)
        found = [
            (place, change)
            for place in places
            if _may_be_repaired(place)
            and (change := _put_right(place, diagnosis.around[place], named - {place})) is not None
        ]
        # Where several places could be wrong, nothing tells which.
        if len(found) == 1 and not any(place in changes for place in places):
            place, change = found[0]
            changes[place] = change
    return changes


def _may_be_repaired(witness: Witness) -> bool:
    """Whether the figure itself is in doubt. Where its row is, or the whole page, the relations may not be its own."""
    seen = witness.recognition
    return (
        witness.status is Status.DOUBTFUL
        and witness.printed.presence is Presence.NUMBER
        and seen is not None
        and bool(seen.doubt)
        and not seen.row_doubt
    )


def _put_right(witness: Witness, around: Sequence[Identity], others: set[Witness]) -> Witness | None:
    """The witness with the one figure that recognition may have taken for what it read and that all relations around
    it, those with other suspects aside, allow; None when there is none, or more than one."""
    trusted = [identity for identity in around if not others.intersection(identity.witnesses)]
    calling = [
        identity
        for identity in trusted
        if identity.relation == "=" and identity.verdict().outcome is Outcome.VIOLATED
    ]
    if len(calling) < FEWEST_VOTES:
        return None
    needed = [identity.required(witness) for identity in trusted]
    fitting = {
        printed.value: printed
        for printed in _mistakable(witness.printed)
        if all(interval.meets(_around(printed)) for interval in needed)
    }
    if len(fitting) != 1:
        return None
    printed = next(iter(fitting.values()))
    why = (
        f"识别为“{witness.printed.text.strip()}”，有{len(calling)}个勾稽关系要求{printed.text}，"
        f"已改为{printed.text}，请对照原件"
    )
    return replace(witness, printed=printed, status=Status.REPAIRED, why=why)


def _around(printed: Printed) -> Interval:
    return Interval.around(printed.base, printed.half_width)


def _mistakable(printed: Printed) -> list[Printed]:
    """The figures that recognition may take for ``printed``, as they would be printed."""
    found = []
    for text in dict.fromkeys(slips(printed.text.strip())):
        figure = as_printed(text, printed.unit)
        if figure is not None and figure.presence is Presence.NUMBER and figure.value != printed.value:
            found.append(figure.with_precision(printed.precision))
    return found


def slips(text: str) -> Iterator[str]:
    """The texts that one slip of recognition turns into ``text``: a digit taken for one that looks like it, a letter
    for a digit, a digit of a repeated pair, a point, or a leading minus lost or added.

    >>> "1,503.52" in set(slips("1,508.52"))
    True
    """
    if len(text) > _MOST_DIGITS:
        return
    for index, char in enumerate(text):
        before, behind = text[:index], text[index + 1 :]
        for alike in _LOOKALIKES:
            if char in alike:
                yield from (f"{before}{other}{behind}" for other in alike if other != char)
        if char.isdigit():
            yield f"{before}{char}{char}{behind}"
            if char in before[-1:]:
                yield f"{before}{behind}"
        elif char in ".,":
            yield f"{before}{behind}"
    bare = text.replace(".", "").replace(",", "")
    yield from (f"{bare[:index]}.{bare[index:]}" for index in range(1, len(bare)))
    yield text.removeprefix("-") if text.startswith("-") else f"-{text}"
