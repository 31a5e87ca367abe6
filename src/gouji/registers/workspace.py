"""A workspace: the folder in which a body keeps its settings and registers, read whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.catalog import Catalog, CodeList, fold
from gouji.documents.model import UnreadableFile
from gouji.performance import Evaluation, Targets
from gouji.registers.book import Book, Entry
from gouji.registers.bookkeeping import AccountsBooks, BudgetBooks
from gouji.registers.budget_schema import BUDGET_REGISTERS
from gouji.registers.coding import CodeReader, with_supplements
from gouji.registers.csv_sheets import read_csv
from gouji.registers.evaluating import read_self_evaluation
from gouji.registers.last_year import Before, LastYear, continuity, typed_otherwise
from gouji.registers.narrative_facts import NO_MATERIAL, Material, material
from gouji.registers.performance_sheets import FOLDER as PERFORMANCE
from gouji.registers.problem import Problem, WorkspaceError
from gouji.registers.recording import Recorder
from gouji.registers.records import Kept, read_records
from gouji.registers.schema import FOLDER, GUIDE_SHEET, REGISTERS, SETTINGS, WORKBOOK, Register
from gouji.registers.self_evaluation import SelfEvaluation
from gouji.registers.settings import (
    ACCOUNTS_BEFORE,
    BUDGET_BEFORE,
    REPORTS,
    Settings,
    gist,
    read_settings,
)
from gouji.registers.sheet import Sheet
from gouji.registers.targets import read_targets, target_oddities
from gouji.registers.xlsx_sheets import read_workbook


@dataclass(frozen=True, slots=True)
class Workspace:
    """``codes`` are the catalogue's code lists with the body's own additions, by dimension; ``notices`` are
    what is worth a look and stops nothing (columns that were not used, negative totals). ``material`` is what
    only the narrative takes: causes, texts, trips and the like; ``self_evaluation`` is that of the folder 绩效, if
    there is one; ``targets`` are those of a budget's projects and of the body as a whole."""

    folder: Path
    settings: Settings
    book: Book
    codes: Mapping[str, CodeList]
    notices: tuple[Problem, ...]
    material: Material
    self_evaluation: SelfEvaluation | None = None
    targets: tuple[Targets, ...] = ()

    @property
    def evaluations(self) -> tuple[Evaluation, ...]:
        return self.self_evaluation.evaluations if self.self_evaluation is not None else ()


_BOOKED: Mapping[str, tuple[Register, ...]] = {"final_accounts": REGISTERS, "budget": BUDGET_REGISTERS}
"""Report -> the registers that it needs."""


def read_workspace(folder: Path, catalog: Catalog, *, follow: bool = True) -> Workspace:
    """Read the workspace in ``folder``, and last year's where its settings name them and ``follow`` is set. Raises
    WorkspaceError with everything that is wrong with it."""
    if not folder.is_dir():
        raise WorkspaceError([Problem(str(folder), "找不到这个文件夹")])
    settings, problems = read_settings(folder, catalog)
    if settings is not None and settings.report == "performance":
        return _self_evaluation_alone(folder, settings, catalog)
    report, year, chosen, body_type = _basis(settings, problems, folder, catalog)
    codes = with_supplements(catalog, settings.supplements if settings else {}, year)
    forms = catalog.form_set(year, chosen, report)
    books = (
        BudgetBooks(forms, catalog, body_type, year) if report == "budget" else AccountsBooks(forms, catalog)
    )
    code_reader = CodeReader(catalog, codes, year)
    recorder = Recorder(catalog, code_reader, books.rules)

    file, sheets, found, notices = register_sheets(folder, books.registers, books.optional)
    problems += found
    entries: list[Entry] = []
    for register in (*books.registers, *books.money):
        sheet = sheets.get(register.name)
        if sheet is None:
            continue
        recorded = recorder.record(sheet, register)
        entries += recorded.entries
        problems += recorded.problems
        notices += recorded.notices
    kept: dict[str, Kept] = {}
    for register in books.optional:
        if register.name in sheets:
            kept[register.name] = read_records(sheets[register.name], register, code_reader)
            if register not in books.money:
                problems += kept[register.name].problems
                notices += kept[register.name].notices
    told = books.narrative(kept, year or 0)
    problems += told.problems
    last = None
    if settings is not None and follow and any(settings.before.values()):
        last, found = _last_year(folder, settings, catalog)
        problems += found
    evaluation, found = (
        read_self_evaluation(folder, catalog, settings.fiscal_year, settings.performance_forms)
        if settings
        else (None, [])
    )
    targets, wrong = read_targets(kept, catalog)
    problems += [*found, *wrong]
    if problems or settings is None:
        raise WorkspaceError(problems)

    book, errors, worth_a_look = books.close(tuple(entries), file)
    if errors:
        raise WorkspaceError(errors)
    view = books.view_of(book, told)
    whole = Book((*book.entries, *told.entries), catalog.dimensions, told.stated, view, last)
    if evaluation is not None:
        notices += differing(whole, evaluation)
        notices += evaluation.notices
    if report == "budget":
        worth_a_look = [
            *worth_a_look, *continuity(whole, last, file, settings.fiscal_year), *typed_otherwise(told.stated, last),
        ]  # fmt: skip
    return Workspace(
        folder,
        settings,
        whole,
        codes,
        (
            *notices,
            *worth_a_look,
            *books.oddities(whole, material(kept), file),
            *target_oddities(targets, whole, file),
        ),
        material(kept),
        evaluation,
        targets,
    )


def _basis(
    settings: Settings | None, problems: Sequence[Problem], folder: Path, catalog: Catalog
) -> tuple[str, int | None, str, str | None]:
    """By what the registers are looked at: report, year, forms and type of body, as far as they are known. Raises
    WorkspaceError where nobody knows what is disclosed: then nothing can be said of registers but whether there are any."""
    if settings is not None:
        return settings.report, settings.fiscal_year, settings.forms, settings.body_type
    said = gist(folder, catalog)
    report = said.report or _kept_report(folder)
    if report in _BOOKED:
        return report, said.year, said.forms, said.body_type
    found = [] if said.report else register_sheets(folder, (), ())[2]
    raise WorkspaceError([*problems, *found])


def _kept_report(folder: Path) -> str:
    """What the registers of a workspace are kept for, told by their names; empty where there are none of either kind."""
    for report, registers in _BOOKED.items():
        _, sheets, _, _ = register_sheets(folder, (), registers)
        if sheets:
            return report
    return ""


def _self_evaluation_alone(folder: Path, settings: Settings, catalog: Catalog) -> Workspace:
    """A workspace without accounts: its book holds what the self-evaluation states."""
    evaluation, problems = read_self_evaluation(
        folder, catalog, settings.fiscal_year, settings.performance_forms
    )
    if evaluation is None and not problems:
        problems = [Problem(str(folder), f"没有“{PERFORMANCE}”文件夹；编绩效自评要有它")]
    if problems or evaluation is None:
        raise WorkspaceError(problems)
    book = Book(evaluation.entries, catalog.dimensions, evaluation.stated)
    return Workspace(folder, settings, book, catalog.codes, evaluation.notices, NO_MATERIAL, evaluation)


def differing(book: Book, evaluation: SelfEvaluation) -> Iterator[Problem]:
    """What the self-evaluation states otherwise than the accounts and their registers."""
    for of, figure in evaluation.stated.items():
        known = book.figure(of)
        if known is not None and known.amount != figure.amount:
            source, other = figure.sources[0], known.sources[0]
            text = f"{figure.amount:,.2f}，登记簿“{other.sheet}”里是{known.amount:,.2f}，两处不同，请核对"
            yield Problem(source.file, text, row=source.row)


def _last_year(folder: Path, settings: Settings, catalog: Catalog) -> tuple[LastYear, list[Problem]]:
    """Last year's workspaces that the settings name, and what is wrong with them."""
    year = settings.fiscal_year - 1
    found: dict[str, Before] = {}
    problems: list[Problem] = []
    for key, kind in ((BUDGET_BEFORE, "预算"), (ACCOUNTS_BEFORE, "决算")):
        path = settings.before.get(key, "")
        if not path:
            continue
        try:
            before = read_workspace(folder / path, catalog, follow=False)
        except WorkspaceError as error:
            first = error.problems[0]
            problems.append(Problem(SETTINGS, f"“{path}”里的登记簿要先改好：{first}", column=key))
            continue
        theirs = before.settings
        if theirs.report != REPORTS[kind] or theirs.fiscal_year != year:
            said = next(word for word, report in REPORTS.items() if report == theirs.report)
            text = f"“{path}”是{theirs.fiscal_year}年的{said}，这里要写{year}年{kind}的工作文件夹"
            problems.append(Problem(SETTINGS, text, column=key))
            continue
        found[key] = Before(before.book, before.material, path, f"{year}年{kind}")
    return LastYear(year, found.get(BUDGET_BEFORE), found.get(ACCOUNTS_BEFORE)), problems


def register_sheets(
    folder: Path, needed: Sequence[Register], optional: Sequence[Register]
) -> tuple[str, dict[str, Sheet], list[Problem], list[Problem]]:
    """The file or folder of the registers, the sheet of each register by name, problems, and what was
    unused."""
    workbook, csv_folder = folder / WORKBOOK, folder / FOLDER
    if workbook.exists() and csv_folder.is_dir():
        text = f"登记簿只能有一份：{WORKBOOK}和文件夹{FOLDER}/同时存在，请留下一份"
        return WORKBOOK, {}, [Problem(WORKBOOK, text)], []
    if workbook.exists():
        return (WORKBOOK, *_from_workbook(workbook, needed, optional))
    if csv_folder.is_dir():
        return (f"{FOLDER}/", *_from_folder(csv_folder, needed, optional))
    text = f"没有登记簿：要有工作簿{WORKBOOK}，或文件夹{FOLDER}/里每个登记簿一个 CSV 文件"
    if other := sorted(path.name for path in folder.glob(f"{FOLDER}.*")):
        text += f"；{'、'.join(other)}不能读取，请用 Excel/WPS 另存为{WORKBOOK}"
    return WORKBOOK, {}, [Problem(WORKBOOK, text)], []


def _from_workbook(
    path: Path, needed: Sequence[Register], optional: Sequence[Register]
) -> tuple[dict[str, Sheet], list[Problem], list[Problem]]:
    try:
        found = read_workbook(path, WORKBOOK)
    except UnreadableFile as error:
        return {}, [Problem(WORKBOOK, error.reason)], []
    names = {fold(register.name): register.name for register in (*needed, *optional)}
    by_name: dict[str, Sheet] = {}
    twice: list[Problem] = []
    for sheet in found:
        if by_name.setdefault(fold(sheet.name), sheet) is not sheet and fold(sheet.name) in names:
            text = f"与工作表“{by_name[fold(sheet.name)].name}”是同一个登记簿，请留下一份"
            twice.append(Problem(WORKBOOK, text, sheet.name))
    sheets = {
        name: by_name[folded]._replace(name=name) for folded, name in names.items() if folded in by_name
    }
    known = {*names, fold(GUIDE_SHEET)}
    present = "、".join(sheet.name for sheet in found)
    problems = [
        Problem(WORKBOOK, f"缺少工作表“{register.name}”；现有的是：{present}")
        for register in needed
        if register.name not in sheets
    ]
    notices = [
        Problem(WORKBOOK, "不是登记簿，没有用到", sheet.name)
        for sheet in found
        if fold(sheet.name) not in known and sheet.rows
    ]
    return sheets, twice + problems, notices


def _from_folder(
    folder: Path, needed: Sequence[Register], optional: Sequence[Register]
) -> tuple[dict[str, Sheet], list[Problem], list[Problem]]:
    sheets: dict[str, Sheet] = {}
    problems: list[Problem] = []
    for register in (*needed, *optional):
        shown = f"{FOLDER}/{register.name}.csv"
        path = folder / f"{register.name}.csv"
        if not path.exists():
            if register in optional:
                continue
            problems.append(Problem(shown, f"缺少“{register.name}”的 CSV 文件"))
            continue
        try:
            sheets[register.name] = read_csv(path, shown)
        except UnreadableFile as error:
            problems.append(Problem(shown, error.reason))
    known = {f"{register.name}.csv" for register in (*needed, *optional)} | {f"{GUIDE_SHEET}.csv"}
    notices = [
        Problem(f"{FOLDER}/{path.name}", "不是登记簿，没有用到")
        for path in sorted(folder.glob("*.csv"))
        if path.name not in known
    ]
    return sheets, problems, notices
