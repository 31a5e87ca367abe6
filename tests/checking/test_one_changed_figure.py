"""Any one figure of the built example, changed beyond its precision, is noticed; most are named."""

from __future__ import annotations

import html as markup
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking import Finding, Severity, check
from gouji.checking.relations import ENGINES, Ledger
from gouji.documents import Document, Table
from gouji.documents.opening import open_document
from gouji.facts import Presence, Witness
from gouji.reading import Reading, read_document
from gouji.registers import read_workspace
from gouji.writing import disclose, webpage


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def page(example: Path, catalog: Catalog) -> str:
    return webpage(disclose(read_workspace(example, catalog), catalog)).decode()


def slips(text: str) -> Iterator[str]:
    """What a hand does to a figure: adds one, swaps two digits, drops the point's place."""
    value = Decimal(text)
    yield f"{value + 1:.2f}"
    swapped = next(
        (f"{text[:i]}{text[i + 1]}{text[i]}{text[i + 2 :]}" for i in range(len(text) - 1)
         if text[i].isdigit() and text[i + 1].isdigit() and text[i] != text[i + 1]),
        None,
    )  # fmt: skip
    if swapped is not None:
        yield swapped
    if value:
        yield f"{value * 10:.2f}"


def relations_of(reading: Reading, catalog: Catalog) -> Counter[Witness]:
    ledger = Ledger(reading.tables, catalog.dimensions)
    taking_part: Counter[Witness] = Counter()
    for rule in catalog.rules.values():
        if rule.engine in ENGINES and not rule.params.get("soft"):
            for identity in ENGINES[rule.engine](rule, ledger):
                if identity.relation == "=":
                    taking_part.update(set(identity.witnesses))
    return taking_part


def defects(document: Document, catalog: Catalog) -> list[Finding]:
    result = check([read_document(document, catalog)], catalog)
    return [f for f in result.findings if f.severity is not Severity.INFO]


def with_figure(document: Document, ref: str, text: str) -> Document:
    """The document as it would be opened if another figure stood in one cell: its file need not be opened again."""
    blocks = [
        replace(block, cells=[c._replace(text=text) if c.place.ref == ref else c for c in block.cells])
        if isinstance(block, Table) and any(cell.place.ref == ref for cell in block.cells)
        else block
        for block in document.blocks
    ]
    return replace(document, blocks=blocks)


def test_one_changed_figure_is_noticed_and_named(page: str, catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "公开表.html"
    file.write_text(page, encoding="utf-8")
    document = open_document(file)
    reading = read_document(document, catalog)
    assert defects(document, catalog) == []
    figures = [w for w in reading.witnesses if w.printed.presence is Presence.NUMBER]
    taking_part = relations_of(reading, catalog)
    cells = list(re.finditer(r'(<td[^>]*class="amount"[^>]*>)([^<]+)(</td>)', page))
    assert [markup.unescape(m.group(2)) for m in cells] == [w.printed.text for w in figures]
    first = cells[0]
    file.write_text(page[: first.start(2)] + "1.23" + page[first.end(2) :], encoding="utf-8")
    assert with_figure(document, figures[0].place.ref, "1.23").blocks == open_document(file).blocks
    counts: Counter[str] = Counter()
    for witness in figures:
        for changed in slips(witness.printed.text):
            if abs(Decimal(changed) - witness.printed.value) < Decimal("0.10"):
                continue
            found = defects(with_figure(document, witness.place.ref, changed), catalog)
            counts["changed"] += 1
            counts["noticed"] += bool(found)
            counts["at most two findings"] += len(found) <= 2
            if taking_part[witness] >= 2:
                counts["in two or more relations"] += 1
                suspects = [e for e in found[0].evidence if e.suspect] if found else []
                named = [(e.where, e.ref) for e in suspects] == [(witness.where, witness.place.ref)]
                counts["named"] += named
                counts["named with the right value"] += named and abs(
                    Decimal(found[0].expected or "-1") - witness.printed.value
                ) <= Decimal("0.02")
    named = counts["named"] / counts["in two or more relations"]
    print(f"{len(figures)} figures: {dict(counts)}; named {named:.1%}")
    assert counts["noticed"] == counts["changed"]
    assert counts["at most two findings"] == counts["changed"]
    assert named >= 0.95
    assert counts["named with the right value"] == counts["named"]
