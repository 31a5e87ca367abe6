"""A workspace drafted from a published budget prints what was published."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from command_run import Run
from gouji.catalog import Catalog, load_catalog
from gouji.checking import Finding, Severity, check, doubted_places
from gouji.documents.opening import open_document
from gouji.drafting import NOTES, Draft, draft_of, write_draft
from gouji.facts import Fact, Outcome, Presence, Status, Witness
from gouji.reading import Reading, read_document
from gouji.registers import read_workspace
from gouji.writing.disclosure import disclose
from gouji.writing.spreadsheet import spreadsheet

STYLES = (
    "shanghai-04.pdf", "putuo-ys2025-finance-dept.pdf", "shenzhen-05.pdf", "guangzhou-03.pdf", "fuzhou-02.pdf",
    "chongqing-02.pdf", "wuxi-02.pdf", "xian-08.pdf", "yantai-02.pdf", "beijing-04.pdf", "beijing-11.pdf",
    "001_4d28c29715a1558e.txt",
)  # fmt: skip


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


def read(path: Path, catalog: Catalog) -> Reading:
    return read_document(open_document(path), catalog, path.name)


def rebuilt(folder: Path, catalog: Catalog) -> Reading:
    """What a workspace's national tables are read back as."""
    workbook = folder / "公开表.xlsx"
    disclosure = disclose(read_workspace(folder, catalog), catalog)
    workbook.write_bytes(spreadsheet(disclosure, catalog.dimensions))
    return read(workbook, catalog)


def figures(reading: Reading, left_out: frozenset[Witness] = frozenset()) -> dict[Fact, list[Witness]]:
    """The facts that the tables of a document print a figure of, with their places."""
    found: dict[Fact, list[Witness]] = {}
    for witness in reading.witnesses:
        printed = witness.printed.presence is Presence.NUMBER and witness.status is Status.BOUND
        if witness.fact is not None and printed and witness not in left_out:
            found.setdefault(witness.fact, []).append(witness)
    return found


def differing(source: Mapping[Fact, Sequence[Witness]], built: Mapping[Fact, Sequence[Witness]]) -> list[str]:
    """The facts that both print, where no place of the source can be the figure of ours."""
    return [
        f"{fact}: {source[fact][0].where} {source[fact][0].printed.text}, {built[fact][0].printed.text}"
        for fact in source.keys() & built.keys()
        if not any(w.printed.interval.meets(built[fact][0].printed.interval) for w in source[fact])
    ]


def violated(reading: Reading, catalog: Catalog) -> list[Finding]:
    return [f for f in check([reading], catalog).findings if f.outcome is Outcome.VIOLATED]


def proved(findings: Sequence[Finding]) -> list[str]:
    """What is wrong; hints at what is usual (one class is spent under one function) are not."""
    return [finding.title for finding in findings if finding.severity is not Severity.INFO]


def assert_printed_again(source: Reading, folder: Path, catalog: Catalog, *, more_than: int) -> None:
    """What a drafted workspace builds says what was published, in more than so many figures, and contradicts itself
    nowhere."""
    built = rebuilt(folder, catalog)
    theirs, ours = figures(source, doubted_places(source, catalog)), figures(built)
    assert len(theirs.keys() & ours.keys()) > more_than
    assert differing(theirs, ours) == []
    assert proved(violated(built, catalog)) == []


def drafted(source: Reading, folder: Path, catalog: Catalog) -> Draft:
    assert source.scope.year is not None
    draft = draft_of([source], source.scope.year, catalog)
    write_draft(folder, draft, catalog)
    return draft


@pytest.mark.parametrize("name", STYLES)
def test_budgets_of_every_style_rebuild_the_national_set(
    name: str, shared: Path, tmp_path: Path, catalog: Catalog
) -> None:
    source = read(shared / "corpus" / name, catalog)
    drafted(source, tmp_path, catalog)
    assert_printed_again(source, tmp_path, catalog, more_than=50)


def test_our_own_disclosure_becomes_the_registers_it_was_built_from(
    budget_example: Path, tmp_path: Path, catalog: Catalog
) -> None:
    first = tmp_path / "first.xlsx"
    known = read_workspace(budget_example, catalog)
    first.write_bytes(spreadsheet(disclose(known, catalog), catalog.dimensions))
    source = read(first, catalog)
    folder = tmp_path / "drafted"
    draft = drafted(source, folder, catalog)
    assert draft.held[0] == draft.held[1]
    again = read_workspace(folder, catalog)
    of = {"expenditure": ("exp_func_code", "nature", "fund_type_code"), "revenue": ("fund_type_code",)}
    for concept, names in of.items():
        told = {
            tuple(entry.dims.get(name, "") for name in names)
            for entry in known.book.entries
            if entry.concept == concept
        }
        for members in told:
            wanted = Fact(concept, tuple(sorted((n, m) for n, m in zip(names, members, strict=True) if m)))
            theirs, ours = known.book.figure(wanted), again.book.figure(wanted)
            assert theirs is not None
            assert ours is not None
            # The tables print 万元 with two decimals.
            assert abs(theirs.amount - ours.amount) <= Decimal(50), wanted
    assert proved(violated(rebuilt(folder, catalog), catalog)) == []


def test_the_command_says_what_has_to_be_looked_at_and_overwrites_nothing(
    budget_example: Path, tmp_path: Path, gouji: Callable[..., Run], catalog: Catalog
) -> None:
    published = tmp_path / "公开.xlsx"
    known = read_workspace(budget_example, catalog)
    published.write_bytes(spreadsheet(disclose(known, catalog), catalog.dimensions))
    folder = tmp_path / "新"
    run = gouji("init", folder, "--from", published)
    assert run.code == 0
    assert "需核对" in run.out
    with (folder / NOTES).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["类别"] for row in rows} <= {"推定", "尾差", "不符", "未收", "设置"}
    assert any("单位性质" in row["说明"] for row in rows)
    again = gouji("init", folder, "--from", published)
    assert again.code == 2
    assert "已经有了" in again.err
    assert gouji("init", tmp_path / "部门", "--department", "--from", published).code == 2


def test_what_no_workspace_can_be_made_from_is_refused_in_a_sentence(
    example: Path, budget_example: Path, tmp_path: Path, gouji: Callable[..., Run], catalog: Catalog
) -> None:
    accounts = tmp_path / "决算.xlsx"
    accounts.write_bytes(spreadsheet(disclose(read_workspace(example, catalog), catalog), catalog.dimensions))
    budget = tmp_path / "预算.xlsx"
    known = read_workspace(budget_example, catalog)
    budget.write_bytes(spreadsheet(disclose(known, catalog), catalog.dimensions))
    words = tmp_path / "说明.txt"
    words.write_text("某局2025年度工作情况\n没有表格。\n", encoding="utf-8")
    both = ("--from", budget, "--from", accounts)
    for files, said in (
        (both, "有预算也有决算"),
        (("--from", words), "没有读到公开表"),
        (("--from", tmp_path / "无.pdf"), ""),
    ):
        run = gouji("init", tmp_path / "新", *files)
        assert run.code == 2
        assert said in run.err
        assert not (tmp_path / "新").exists()
