"""A department: its bodies' workspaces, what they paid each other, and the books of all of them as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gouji.catalog import Catalog, CodeList, CodeRow
from gouji.registers import budget_narrative_facts, narrative_facts
from gouji.registers.book import Book, Entry, Source
from gouji.registers.budget_narrative_schema import (
    BUDGET_CAUSES,
    BUDGET_NARRATIVE_REGISTERS,
    BUDGET_TEXTS,
    LAST_YEAR,
    USES,
)
from gouji.registers.budget_views import PUBLIC, BudgetViews
from gouji.registers.coding import CodeReader
from gouji.registers.department_settings import (
    DEPARTMENT_SETTINGS,
    DepartmentSettings,
    likely_folders,
    read_department_settings,
    unlisted,
)
from gouji.registers.evaluating import read_self_evaluation
from gouji.registers.narrative_facts import Material, NarrativeFigures, material
from gouji.registers.narrative_schema import CAUSES, NARRATIVE_REGISTERS, PRIOR, TEXTS
from gouji.registers.problem import Problem, WorkspaceError
from gouji.registers.records import ABSENT, Kept, read_records
from gouji.registers.schema import FOLDER, SETTINGS, WORKBOOK, Register
from gouji.registers.settings import CODE, DEPARTMENT, LEVEL, LEVELS, NAME, REPORT, YEAR, Settings
from gouji.registers.transfer_schema import TRANSFER_PLAN, TRANSFERS
from gouji.registers.transfers import Matching, Transfer
from gouji.registers.workspace import Workspace, differing, read_workspace, register_sheets

_OWN: Mapping[str, tuple[Register, ...]] = {
    "final_accounts": (PRIOR, CAUSES, TEXTS),
    "budget": (LAST_YEAR, BUDGET_CAUSES, BUDGET_TEXTS, USES),
}
"""What the narrative of a department takes from its own registers: nothing of it adds up over bodies."""
_TOLD: Mapping[str, tuple[Register, ...]] = {
    "final_accounts": NARRATIVE_REGISTERS,
    "budget": BUDGET_NARRATIVE_REGISTERS,
}


@dataclass(frozen=True, slots=True)
class Department:
    """``units`` are the workspaces of its bodies in their order, by folder; ``whole`` is that of all of them as one,
    in which every entry names its body (``agency_code``) and transfers are taken away."""

    whole: Workspace
    units: Mapping[str, Workspace]
    transfers: tuple[Transfer, ...]

    @property
    def parts(self) -> tuple[CodeRow, ...]:
        """The bodies with their codes (empty where they have none), in their order."""
        return tuple(_row(unit.settings, self.whole.settings) for unit in self.units.values())


def transfer_register(report: str) -> Register:
    return TRANSFER_PLAN if report == "budget" else TRANSFERS


def own_registers(report: str) -> tuple[Register, ...]:
    """The registers of a department itself; ``report`` is final_accounts or budget."""
    return (transfer_register(report), *_OWN[report])


def read_department(folder: Path, catalog: Catalog) -> Department:
    """Read the department in ``folder`` with all of its bodies. Raises WorkspaceError with everything that is
    wrong."""
    own, problems = read_department_settings(folder, catalog)
    units: dict[str, Workspace] = {}
    for name in own.folders if own is not None else likely_folders(folder):
        try:
            units[name] = read_workspace(folder / name, catalog)
        except WorkspaceError as error:
            problems += [problem._replace(file=f"{name}/{problem.file}") for problem in error.problems]
    if own is None:
        raise WorkspaceError(problems)
    problems += _misfits(own.settings, units)
    kept, notices, found = _own_registers(folder, own.settings, catalog)
    told = _told(kept, own.settings)
    evaluation, wrong = read_self_evaluation(
        folder, catalog, own.settings.fiscal_year, own.settings.performance_forms
    )
    problems += [*found, *told.problems, *wrong]
    if problems:
        raise WorkspaceError(problems)
    called: dict[str, str] = {}
    books: dict[str, tuple[Entry, ...]] = {}
    for name, unit in units.items():
        member = _name(unit.settings, own.settings)
        books[member] = _signed(name, unit)
        called |= dict.fromkeys((name, unit.settings.name, member), member)
    matching = Matching(books, called, catalog.dimensions["fund_type_code"])
    register = transfer_register(own.settings.report).name
    transfers = matching.transfers(kept.get(register, ABSENT).records)
    if matching.problems:
        raise WorkspaceError(matching.problems)
    book = _consolidated(books, transfers, told, own, catalog)
    if evaluation is not None:
        notices += [*differing(book, evaluation), *evaluation.notices]
    whole = Workspace(
        folder,
        own.settings,
        book,
        _codes(units.values(), catalog),
        (
            *notices,
            *unlisted(folder, own.folders),
            *_differently_named(units, own.settings.fiscal_year),
            *(n._replace(file=f"{name}/{n.file}") for name, unit in units.items() for n in unit.notices),
            *matching.notices,
        ),
        _material(units, kept, own.settings.report),
        evaluation,
        targets=tuple(targets for unit in units.values() for targets in unit.targets if targets.project),
    )
    return Department(whole, units, transfers)


def _name(settings: Settings, own: Settings) -> str:
    """The name of a body as facts bear it. A department's own part often bears the department's name; what it is
    called then is what readers of such tables call it."""
    name = "".join(settings.name.split())
    return f"{name}（本级）" if name == "".join(own.name.split()) else name


def _row(settings: Settings, own: Settings) -> CodeRow:
    return CodeRow(_code(settings), _name(settings, own))


def _code(settings: Settings) -> str:
    return settings.agencies[-1].code if settings.agencies else ""


def _signed(folder: str, unit: Workspace) -> tuple[Entry, ...]:
    """The entries of a body, their sources saying in which folder they are. What its budget sees as 机关运行经费 is
    written out: of a department only a part is an organ's."""
    recorded = unit.book.entries
    view = unit.book.view
    if isinstance(view, BudgetViews) and view.organ:
        recorded += tuple(
            entry._replace(concept="agency_operation")
            for entry in recorded
            if entry.concept == "expenditure" and PUBLIC.items() <= entry.dims.items()
        )
    return tuple(entry._replace(source=_within(folder, entry.source)) for entry in recorded)


def _within(folder: str, source: Source) -> Source:
    return source._replace(file=f"{folder}/{source.file}", body=folder)


def _misfits(own: Settings, units: Mapping[str, Workspace]) -> list[Problem]:
    """Settings of bodies that do not fit the department or each other."""
    problems: list[Problem] = []
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for folder, unit in units.items():
        theirs, file = unit.settings, f"{folder}/{SETTINGS}"
        if theirs.fiscal_year != own.fiscal_year:
            text = f"年度是{theirs.fiscal_year}，{DEPARTMENT_SETTINGS}写的是{own.fiscal_year}"
            problems.append(Problem(file, text, column=YEAR))
        if theirs.report != own.report:
            text = f"与{DEPARTMENT_SETTINGS}不同：预算、决算和单独的绩效自评不能汇总到一起"
            problems.append(Problem(file, text, column=REPORT))
        if theirs.level != LEVELS[1]:
            problems.append(
                Problem(file, f"部门里的各单位都要写“{LEVELS[1]}”，写的是“{theirs.level}”", column=LEVEL)
            )
        name = _name(theirs, own)
        if first := names.get(name):
            problems.append(Problem(file, f"与“{first}”是同一个名称", column=NAME))
        names.setdefault(name, folder)
        code = _code(theirs)
        if code and (first := codes.get(code)):
            problems.append(Problem(file, f"与“{first}”是同一个编码{code}", column=CODE))
        codes.setdefault(code, folder)
        above = theirs.agencies[0] if len(theirs.agencies) > 1 else None
        if above is not None and own.agencies and above != own.agencies[0]:
            ours = own.agencies[0]
            text = f"写的是{above.code} {above.name}，{DEPARTMENT_SETTINGS}写的是{ours.code} {ours.name}"
            problems.append(Problem(file, text, column=DEPARTMENT))
        if own.agencies and not code.startswith(own.agencies[0].code):
            text = f"“{code}”不以部门编码{own.agencies[0].code}开头" if code else "这里空着，要写单位的编码"
            problems.append(Problem(file, text, column=CODE))
    return problems


def _own_registers(
    folder: Path, own: Settings, catalog: Catalog
) -> tuple[dict[str, Kept], list[Problem], list[Problem]]:
    """The department's own registers by name, what was unused, and what is wrong. None at all says that there are no
    transfers."""
    if not (folder / WORKBOOK).exists() and not (folder / FOLDER).is_dir():
        return {}, [], []
    registers = own_registers(own.report)
    _, sheets, problems, notices = register_sheets(folder, (), registers)
    reader = CodeReader(catalog, catalog.codes, own.fiscal_year)
    kept = {r.name: read_records(sheets[r.name], r, reader) for r in registers if r.name in sheets}
    for one in kept.values():
        problems += one.problems
        notices += one.notices
    return kept, notices, problems


def _told(kept: Mapping[str, Kept], own: Settings) -> NarrativeFigures:
    """What the department's own registers add to the book."""
    if own.report == "budget":
        return budget_narrative_facts.told(kept, own.fiscal_year)
    return narrative_facts.told(kept, own.fiscal_year)


def _consolidated(
    books: Mapping[str, Sequence[Entry]],
    transfers: Sequence[Transfer],
    told: NarrativeFigures,
    own: DepartmentSettings,
    catalog: Catalog,
) -> Book:
    """Σ bodies − transfers, for every fact: entries name their body, eliminations are negative entries."""
    entries: list[Entry] = [
        entry._replace(dims={**entry.dims, "agency_code": name})
        for name, recorded in books.items()
        for entry in recorded
    ]
    entries += [entry for transfer in transfers for entry in (*transfer.eliminations, transfer.entry)]
    view = BudgetViews(False) if own.settings.report == "budget" else None
    return Book([*entries, *told.entries], catalog.dimensions, told.stated, view)


def _codes(units: Iterable[Workspace], catalog: Catalog) -> dict[str, CodeList]:
    """The code lists with what any of the bodies added."""
    lists = dict(catalog.codes)
    for unit in units:
        for dimension in unit.settings.supplements:
            names = {**unit.codes[dimension].names, **lists[dimension].names}
            lists[dimension] = replace(lists[dimension], names=names)
    return lists


def _differently_named(units: Mapping[str, Workspace], year: int) -> Iterator[Problem]:
    """Codes that bodies added under different names: a row of the department bears only one."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for folder, unit in units.items():
        for dimension, added in unit.settings.supplements.items():
            for code, name in added.items():
                other, known = first.setdefault((dimension, code), (folder, name))
                if name != known:
                    text = f"科目{code}写作“{name}”，“{other}”写作“{known}”；部门的表照“{known}”列示，请统一"
                    yield Problem(f"{folder}/{SETTINGS}", text)


def _material(units: Mapping[str, Workspace], own: Mapping[str, Kept], report: str) -> Material:
    """What the narrative takes: words and last year's figures from the department, all else from its bodies. A
    register is kept when every body kept it: what one of them did not say, nobody knows of the department."""
    registers: dict[str, Kept] = {}
    for register in _TOLD[report]:
        if register in _OWN[report]:
            registers[register.name] = own.get(register.name, ABSENT)
            continue
        all_of_them = {
            name: unit.material.registers.get(register.name, ABSENT) for name, unit in units.items()
        }
        if all(one.kept for one in all_of_them.values()):
            records = tuple(
                record._replace(source=_within(name, record.source))
                for name, one in all_of_them.items()
                for record in one.records
            )
            registers[register.name] = Kept(True, records)
    return material(registers)
