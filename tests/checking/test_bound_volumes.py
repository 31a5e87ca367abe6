"""A volume of many bodies states each fact many times; what is compared grows with its length, not with its square."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking.relations import ENGINES, Ledger
from gouji.documents.opening import open_document
from gouji.reading import ReadTable, read_document
from gouji.registers import read_workspace
from gouji.writing import disclose, webpage


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def tables(example: Path, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> list[ReadTable]:
    path = tmp_path_factory.mktemp("page") / "a.html"
    path.write_bytes(webpage(disclose(read_workspace(example, catalog), catalog)))
    return read_document(open_document(path), catalog).tables


def bound(tables: list[ReadTable], times: int) -> Ledger:
    volume = []
    for number in range(times * len(tables)):
        table = tables[number % len(tables)]
        witnesses = [replace(witness, table_id=number) for witness in table.witnesses]
        volume.append(replace(table, id=number, witnesses=witnesses))
    return Ledger(volume, load_catalog().dimensions)


@pytest.mark.parametrize("engine", ["agreement", "part_within_whole", "partition_across"])
def test_relations_grow_with_the_length(catalog: Catalog, tables: list[ReadTable], engine: str) -> None:
    rule = next(rule for rule in catalog.rules.values() if rule.engine == engine)
    counts = [sum(1 for _ in ENGINES[engine](rule, bound(tables, times))) for times in (8, 16, 32)]
    assert 0 < counts[0] < counts[1] < counts[2]
    assert counts[2] <= 2.2 * counts[1]
