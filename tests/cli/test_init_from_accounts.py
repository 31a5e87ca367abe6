"""A workspace drafted from published final accounts prints what was published."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_init_from_published import assert_printed_again, differing, figures, read, rebuilt

from command_run import Run
from gouji.catalog import Catalog, load_catalog
from gouji.drafting import NOTES, Draft, accounts_of, write_draft
from gouji.facts import Presence
from gouji.reading import Reading
from gouji.registers import read_workspace
from gouji.writing.disclosure import disclose
from gouji.writing.spreadsheet import spreadsheet

EXAMPLES = Path(__file__).parents[2] / "examples"
STYLES = ("000_652ce4d11ab71185.txt", "003_9c2edee38f788585.txt", "putuo-js2024-finance.pdf")


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


def drafted(source: Reading, folder: Path, catalog: Catalog) -> Draft:
    assert source.scope.year is not None
    draft = accounts_of([source], source.scope.year, catalog)
    write_draft(folder, draft, catalog)
    return draft


def published(example: str, path: Path, catalog: Catalog) -> Reading:
    """The tables of an example as its workbook, read."""
    known = read_workspace(EXAMPLES / example, catalog)
    path.write_bytes(spreadsheet(disclose(known, catalog), catalog.dimensions))
    return read(path, catalog)


@pytest.mark.parametrize("example", ["hunan-2024", "hunan-2020"])
def test_our_own_accounts_are_printed_again(example: str, tmp_path: Path, catalog: Catalog) -> None:
    source = published(example, tmp_path / "first.xlsx", catalog)
    draft = drafted(source, tmp_path / "drafted", catalog)
    assert draft.held[0] == draft.held[1]
    theirs, ours = figures(source), figures(rebuilt(tmp_path / "drafted", catalog))
    assert differing(theirs, ours) == []
    lost = [fact for fact in theirs.keys() - ours.keys() if theirs[fact][0].printed.value]
    assert lost == []


@pytest.mark.parametrize("name", STYLES)
def test_published_accounts_are_printed_again(
    name: str, shared: Path, tmp_path: Path, catalog: Catalog
) -> None:
    source = read(shared / "corpus" / name, catalog)
    drafted(source, tmp_path, catalog)
    assert_printed_again(source, tmp_path, catalog, more_than=100)


def test_the_command_says_what_cannot_be_known(tmp_path: Path, catalog: Catalog, gouji: Run) -> None:
    published("hunan-2024", tmp_path / "2024年决算.xlsx", catalog)
    folder = tmp_path / "新"
    done = gouji("init", str(folder), "--from", str(tmp_path / "2024年决算.xlsx"))
    assert done.code == 0, done.err
    assert "2024年度决算，登记簿" in done.out
    notes = (folder / NOTES).read_text(encoding="utf-8")
    assert "上年数、年初预算、变动原因和文字材料公开表没有列示" in notes
    assert '"公开内容" = "决算"' in (folder / "单位.toml").read_text(encoding="utf-8")


def test_a_table_that_is_missing_leaves_a_gap(tmp_path: Path, catalog: Catalog) -> None:
    """Without the table of 基本支出 by economic class, nobody knows the classes."""
    source = published("hunan-2024", tmp_path / "first.xlsx", catalog)
    source.tables = [table for table in source.tables if table.kind.id != "general_basic"]
    draft = drafted(source, tmp_path / "drafted", catalog)
    assert any("没有经济分类" in note.text for note in draft.notes)
    assert all(
        w.printed.presence is not Presence.NUMBER
        for t in source.tables
        for w in t.witnesses
        if w.fact is None
    )
