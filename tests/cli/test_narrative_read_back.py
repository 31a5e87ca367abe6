"""The text that was written is read back: every figure of it states what the registers say it does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.checking import Severity, check
from gouji.documents.opening import open_document
from gouji.facts import Fact
from gouji.reading import Measure, Reading, Statement, read_document
from gouji.registers import Workspace, read_workspace
from gouji.registers.book import Book, Source
from gouji.registers.narrative_facts import USES, CauseKey, Material
from gouji.registers.narrative_schema import CAUSE, PER_CODE, WITH_LAST_YEAR, WITH_SPENT
from gouji.registers.records import Record
from gouji.writing import Disclosure, Narrative, Whose, disclose, tell, webpage
from gouji.writing.narrative import Statement as Written

CATALOG = load_catalog()
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
_READ_AS = {
    "amount": (Measure.AMOUNT, Measure.COUNT),
    "share": (Measure.SHARE,),
    "rate": (Measure.COMPLETION,),
    "change": (Measure.DIFFERENCE,),
    "growth": (Measure.GROWTH,),
}


def whole(workspace: Workspace, phrases: str, kept: Material) -> Disclosure:
    settings = workspace.settings
    disclosure = disclose(workspace, CATALOG)
    chosen = CATALOG.phrase_set(settings.fiscal_year, phrases or settings.phrases, settings.report)
    whose = Whose(disclosure.body, disclosure.year, disclosure.level)
    narrative = tell(workspace.book, kept, chosen, whose, codes=workspace.codes)
    return replace(disclosure, narrative=narrative)


def explained(workspace: Workspace) -> Material:
    """The registers with a cause for every comparison and a use for every code, whatever the style asks for."""
    row = Source("登记簿.xlsx", "变动原因", 1)
    subjects = {key.subject for key in workspace.material.causes} | {
        "收支总计", "本年收入", "本年支出", "财政拨款收支总计", "财政拨款支出", "一般公共预算拨款支出", "因公出国（境）费",
        "公务接待费",
    }  # fmt: skip
    codes = workspace.book.codes("expenditure", "exp_func_code", {})
    before = workspace.book.codes("expenditure", "exp_func_code", {"fiscal_year": "2024", "stage": "final"})
    keys = [
        CauseKey(subject, code, compared)
        for subject in subjects
        for code in ((*codes, *before) if subject == PER_CODE else ("",))
        for compared in (WITH_LAST_YEAR, WITH_SPENT)
    ]
    causes = {key: Record({CAUSE: "工作安排有变动"}, row) for key in keys} | dict(workspace.material.causes)
    return workspace.material._replace(causes=causes)


def read(disclosure: Disclosure, folder: Path) -> Reading:
    path = folder / "全文.html"
    path.write_bytes(webpage(disclosure))
    return read_document(open_document(path), CATALOG)


def found(written: Written, statements: list[Statement], start: int) -> int:
    """Where a written figure is read, at or after ``start``."""
    text = written.text.replace("（", "(").replace("）", ")")
    for at in range(start, len(statements)):
        if f"{statements[at].printed.text}{statements[at].unit}" == text:
            return at
    raise AssertionError(f"{written.heading} {written.title} {written.text} is not read at all")


def same(one: Fact | None, other: Fact | None, book: Book) -> bool:
    """Whether two facts are one: by name, or because the same register rows make both up (财政拨款 where there is no
    fund but 一般公共预算)."""
    if one is None or other is None or one == other:
        return one == other
    figures = book.figure(one), book.figure(other)
    return figures[0] is not None and figures[1] is not None and figures[0].sources == figures[1].sources


def misread(narrative: Narrative, reading: Reading, book: Book) -> list[str]:
    """Every figure that is not read as what it was written for."""
    statements = list(reading.statements)
    amounts = {(w.section, w.fact) for w in narrative.statements if w.measure == "amount"}
    wrong: list[str] = []
    at = 0
    for written in narrative.statements:
        at = found(written, statements, at)
        statement = statements[at]
        at += 1
        if written.fact.member("pro_code") and not any(
            w.fact.member("pro_code") and same(w.fact, written.fact, book)
            for w in reading.witnesses
            if w.fact
        ):
            continue  # Named by a project that no table has: only the register knows what it is.
        if written.measure != "amount" and (written.section, written.fact) not in amounts:
            continue  # A share or a change of an amount that is not stated beside it.
        about = statement.fact if written.measure == "amount" else statement.of.fact if statement.of else None
        right = statement.measure in _READ_AS[written.measure] and same(written.fact, about, book)
        if written.measure == "share":
            wholes = {*statement.whole_facts, statement.whole.fact if statement.whole else None}
            right = right and any(same(written.against, one, book) for one in wholes)
        if written.measure in ("change", "growth") and right:
            right = statement.direction * (written_change(written, book)) >= 0
        if not right:
            wrong.append(
                f"{written.heading} {written.measure} {written.text}: {written.fact}, read as {about}"
            )
    return wrong


def written_change(written: Written, book: Book) -> Decimal:
    now, then = book.figure(written.fact), book.figure(written.against) if written.against else None
    return (now.amount if now else Decimal(0)) - (then.amount if then else Decimal(0))


@pytest.mark.parametrize("phrases", [p.id for p in CATALOG.phrases_of("budget")])
@pytest.mark.parametrize("forms", ["", "hunan-2025-budget"])
def test_a_budgets_text_is_read_as_it_was_written(phrases: str, forms: str, tmp_path: Path) -> None:
    workspace = read_workspace(EXAMPLES / "hunan-2025-budget", CATALOG)
    workspace = replace(workspace, settings=replace(workspace.settings, forms=forms))
    disclosure = whole(workspace, phrases, explained(workspace))
    narrative = disclosure.narrative
    assert narrative is not None
    assert not narrative.gaps
    assert len(narrative.statements) > 50
    reading = read(disclosure, tmp_path)
    assert misread(narrative, reading, workspace.book) == []
    unread = [s.words for s in reading.statements if s.measure is Measure.AMOUNT and s.fact is None]
    projects = {entry.dims["pro_code"] for entry in workspace.book.entries if "pro_code" in entry.dims}
    assert [words for words in unread if words.removesuffix("支出") not in projects] == []
    raised = check([reading], CATALOG).findings
    assert not [finding for finding in raised if finding.severity is not Severity.INFO]


@pytest.mark.parametrize("example", ["hunan-2024", "hunan-2020"])
def test_the_text_of_accounts_is_read_as_it_was_written(example: str, tmp_path: Path) -> None:
    workspace = read_workspace(EXAMPLES / example, CATALOG)
    disclosure = whole(workspace, "", workspace.material)
    assert disclosure.narrative is not None
    reading = read(disclosure, tmp_path)
    assert misread(disclosure.narrative, reading, workspace.book) == []


def test_a_figure_that_is_changed_in_the_text_is_found(tmp_path: Path) -> None:
    workspace = read_workspace(EXAMPLES / "hunan-2025-budget", CATALOG)
    disclosure = whole(workspace, "", workspace.material)
    page = webpage(disclosure).decode()
    assert page.count(">222.80万元<") == 1
    path = tmp_path / "全文.html"
    path.write_text(page.replace(">222.80万元<", ">228.20万元<"), encoding="utf-8")
    errors = [
        f
        for f in check([read_document(open_document(path), CATALOG)], CATALOG).findings
        if f.severity is Severity.ERROR
    ]
    assert len(errors) == 1
    assert "228.20" in errors[0].title
    assert "222.80" in errors[0].title


def test_uses_are_wanted_by_code(tmp_path: Path) -> None:
    workspace = read_workspace(EXAMPLES / "hunan-2025-budget", CATALOG)
    kept = explained(workspace)._replace(uses={})
    narrative = whole(workspace, "shanghai-budget", kept).narrative
    assert narrative is not None
    wanted = {gap.wanted for gap in narrative.gaps if gap.register == USES}
    assert "2060302社会公益研究的用途" in wanted
