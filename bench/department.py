"""How the build of a department grows with its lines, beside the same pivots in pandas and in LibreOffice. Run by
``make bench``.

Departments of our own making, of 50 bodies: with 40, 400 and 4,000 lines of expenditure each.

- *read*: all register workbooks from disk, consolidated;
- *pivots*: every figure that the department's tables print of its expenditure, from the recorded lines (indexing them
  included);
- *pandas*: the same figures as one ``pivot_table`` per table and column head, from a data frame that is already in
  memory (with the extra ``bench``);
- *LibreOffice*: one workbook with all lines and a SUMIFS for each of a thousand of those figures, recalculated on loading
  and scaled to all of them (where ``soffice`` is installed);
- *tables*: every place of every table of the department and of its bodies, filled;
- *data*, *workbook*: the tables of the department and of each body with their words, as open data alone (``--format data``),
  and as workbooks alone (``--format xlsx``);
- *files*: all that is published of the department and its bodies (XLSX, DOCX, PDF, HTML, facts.csv, facts.json,
  statements.csv of each), every PDF read back and checked, as ``gouji build`` does it: by the time of all processors, and
  by the clock.

The last line says how many times longer each took for ten times the lines.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlsxwriter

from gouji.catalog import Catalog, CodeRow, load_catalog
from gouji.checking import check_together
from gouji.cli.read_back import ReadBack
from gouji.facts import Fact
from gouji.registers import Department, read_department
from gouji.registers.book import Book
from gouji.registers.budget_schema import BUDGET_REGISTERS
from gouji.registers.department_template import department_text
from gouji.registers.register_workbook import write_workbook
from gouji.registers.template import settings_text
from gouji.registers.transfer_schema import TRANSFER_PLAN
from gouji.writing import (
    ALL_FORMATS,
    FileFormat,
    build_department,
    disclose,
    disclose_department,
    useful_processes,
)

BODIES = 50
LINES = (40, 400, 4000)
MOST_FOR_FILES = 30_000
"""Lines beyond which only ``--all-files`` writes all files: a quarter of an hour."""
_MANY = 10
"""Seconds of which hundredths say nothing."""
SUMMED = 1000
"""Figures that LibreOffice is asked for: all of them would take it up to an hour."""
FORMS = "hunan-2025-budget"
YEAR = 2025
_DEPARTMENT = CodeRow("104", "示例部门")


def timed(job: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time, of this process and of those that it waited for: a busy machine does not add to it."""
    start = _processor()
    result = job()
    return _processor() - start, result


def _processor() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in (own, children))


def make(folder: Path, lines: int, catalog: Catalog) -> None:
    """A department on disk: bodies with ``lines`` lines of expenditure each, and a transfer from each to the next."""
    lot = random.Random(lines)
    functions = sorted(
        code
        for code, spellings in catalog.codes["exp_func_code"].names.items()
        if len(code) == 7
        and code[:5] in catalog.codes["exp_func_code"].names
        and spellings[-1].valid(YEAR)
        and code[:3] in ("205", "206", "208", "210", "213", "221")
    )
    economic = sorted(
        code for code in catalog.codes["dep_bgt_eco_code"].names if len(code) == 5 and code[:3] == "302"
    )
    names = [f"第{number:02}单位" for number in range(1, BODIES + 1)]
    for number, name in enumerate(names, start=1):
        body = folder / name
        body.mkdir(parents=True)
        agencies = [_DEPARTMENT, CodeRow(f"104{number:03}", f"示例{name}")]
        text = settings_text(
            f"示例{name}",
            "单位",
            YEAR,
            catalog,
            report="预算",
            forms=FORMS,
            body_type="事业单位",
            agencies=agencies,
        )
        (body / "单位.toml").write_text(text, encoding="utf-8")
        write_workbook(body / "登记簿.xlsx", _rows(lot, lines, functions, economic), BUDGET_REGISTERS)
    text = department_text(_DEPARTMENT.name, YEAR, names, catalog, report="预算", code="104", forms=FORMS)
    (folder / "部门.toml").write_text(text, encoding="utf-8")
    transfers = [
        {"付款单位": payer, "收款单位": payee, "事项": f"委托{payee}", "金额（元）": Decimal(1000), "支出性质": "项目支出",
         "付款项目": "委托业务", "收入来源": "事业收入"}
        for payer, payee in zip(names, [*names[1:], names[0]], strict=True)
    ]  # fmt: skip
    write_workbook(folder / "登记簿.xlsx", {TRANSFER_PLAN.name: transfers}, (TRANSFER_PLAN,))


def _rows(
    lot: random.Random, lines: int, functions: Sequence[str], economic: Sequence[str]
) -> dict[str, list[dict[str, str | Decimal]]]:
    """Registers that balance. Lines differ in their codes, then in their project."""
    spent: list[dict[str, str | Decimal]] = [
        {"功能科目编码": functions[0], "支出性质": "项目支出", "资金性质": "事业收入", "资金年度": "本年",
         "部门经济科目编码": "30227", "项目名称": "委托业务", "金额（元）": Decimal(5000)}
    ]  # fmt: skip
    while len(spent) < lines:
        number = len(spent)
        spent.append(
            {"功能科目编码": lot.choice(functions[:60]), "支出性质": "项目支出", "资金性质": "一般公共预算拨款",
             "资金年度": "本年", "部门经济科目编码": lot.choice(economic), "项目名称": f"项目{number % 20:02}之{number // 20}",
             "金额（元）": Decimal(lot.randrange(100, 90_000_000)) / 100}
        )  # fmt: skip
    general = sum(
        (row["金额（元）"] for row in spent[1:] if isinstance(row["金额（元）"], Decimal)), Decimal(0)
    )
    return {
        "收入预算": [
            {"收入来源": "经费拨款", "资金年度": "本年", "金额（元）": general},
            {"收入来源": "事业收入", "资金年度": "本年", "金额（元）": Decimal(5000)},
        ],
        "支出预算": spent,
    }


def figures(department: Department, catalog: Catalog) -> list[Fact]:
    """The facts of expenditure that the department's tables print."""
    disclosure = disclose_department(department, catalog)
    facts = {
        cell.spot.fact
        for table in disclosure.tables
        for cell in table.amounts
        if cell.spot.fact is not None and cell.spot.fact.concept == "expenditure" and cell.figure is not None
    }
    return sorted(facts, key=str)


def pivot_seconds(department: Department, wanted: Sequence[Fact]) -> float:
    """The figures of the department's tables from its recorded lines, in a book that knows nothing yet."""
    book = department.whole.book
    entries = book.entries

    def pivots() -> None:
        fresh = Book(entries, book.dimensions, view=book.view)
        for fact in wanted:
            fresh.figure(fact)

    return min(timed(pivots)[0] for _ in range(3))


def pandas_seconds(department: Department, wanted: Sequence[Fact], catalog: Catalog) -> float:
    """The same sums by ``pivot_table``: one for every set of dimensions and levels of codes that the tables ask for."""
    import pandas  # noqa: PLC0415

    rows = [
        {**_levels(entry.dims, catalog), "amount": float(entry.amount)}
        for entry in department.whole.book.entries
        if entry.concept == "expenditure"
    ]
    frame = pandas.DataFrame(rows).fillna("")
    shapes = {tuple(_level(name, member) for name, member in fact.dims) for fact in wanted}

    def pivots() -> None:
        for shape in shapes:
            columns = [column for column in shape if column in frame]
            if columns:
                frame.pivot_table(values="amount", index=columns, aggfunc="sum")
            else:
                frame["amount"].sum()

    return min(timed(pivots)[0] for _ in range(3))


def _level(name: str, member: str) -> str:
    return f"{name}:{len(member)}" if member.isdigit() else name


def _levels(dims: Any, catalog: Catalog) -> dict[str, str]:
    """A line with every level of its codes in a column of its own."""
    found: dict[str, str] = {}
    for name, own in dims.items():
        member: str | None = own
        while member:
            found.setdefault(_level(name, member), member)
            member = catalog.dimensions[name].parent(member)
    return found


_RECALCULATE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Has LibreOffice recalculate on loading; by default it shows the values that are stored."""


def office_seconds(department: Department, wanted: Sequence[Fact], catalog: Catalog, folder: Path) -> float:
    """One workbook with all lines and a SUMIFS for each figure, converted by LibreOffice, which recalculates it. What
    an empty workbook takes is taken off."""
    entries = [entry for entry in department.whole.book.entries if entry.concept == "expenditure"]
    lines = [_levels(entry.dims, catalog) for entry in entries]
    columns = sorted({column for line in lines for column in line})
    always = folder / "profile" / "user" / "registrymodifications.xcu"
    always.parent.mkdir(parents=True, exist_ok=True)
    always.write_text(_RECALCULATE, encoding="utf-8")
    times = []
    for name, facts in (("empty", []), ("full", wanted)):
        path = folder / f"{name}.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sums, sheet = book.add_worksheet("sums"), book.add_worksheet("lines")
            for row, (line, entry) in enumerate(zip(lines, entries, strict=True) if facts else ()):
                for column, head in enumerate(columns):
                    sheet.write_string(row, column, line.get(head, ""))
                sheet.write_number(row, len(columns), entry.amount)
            amounts = _range(len(columns), len(entries))
            for row, fact in enumerate(facts):
                known = [(_level(*pair), pair[1]) for pair in fact.dims if _level(*pair) in columns]
                tests = "".join(
                    f',{_range(columns.index(head), len(entries))},"{member}"' for head, member in known
                )
                sums.write_formula(row, 0, f"=SUMIFS({amounts}{tests})" if tests else f"=SUM({amounts})")
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "csv",
                   "--outdir", str(folder), str(path)]  # fmt: skip
        times.append(
            timed(lambda command=command: subprocess.run(command, check=True, capture_output=True))[0]
        )
    recalculated = (folder / "full.csv").read_text(encoding="utf-8").split()
    if not any(float(line.split(",")[0] or 0) for line in recalculated):
        raise SystemExit("LibreOffice did not recalculate the workbook")
    return times[1] - times[0]


def _range(column: int, rows: int) -> str:
    letters = xlsxwriter.utility.xl_col_to_name(column)
    return f"lines.{letters}1:{letters}{rows}".replace("lines.", "lines!$").replace(":", ":$")


def tables_seconds(department: Department, catalog: Catalog) -> float:
    """Every place of every table, of the department and of its bodies."""

    def fill() -> None:
        disclose_department(department, catalog)
        for unit in department.units.values():
            disclose(unit, catalog)

    return timed(fill)[0]


def files_seconds(
    department: Department, catalog: Catalog, out: Path, formats: Collection[FileFormat]
) -> tuple[float, float]:
    """Files as ``gouji build`` writes them, PDFs read back and checked: by the time of all processors, and by the clock."""
    start = time.perf_counter()
    asked = ReadBack(catalog) if "pdf" in formats else None

    def build() -> None:
        built = build_department(
            department, out, catalog, formats=formats, processes=useful_processes(len(department.units)), asked=asked
        )  # fmt: skip
        if asked is not None:
            check_together(
                [one for body in (built.whole, *built.units.values()) for one in body.answer], catalog
            )

    spent = timed(build)[0]
    return spent, time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lines", type=int, nargs="*", default=list(LINES), help="lines per body")
    parser.add_argument("--no-files", action="store_true", help="figures only, no published files")
    parser.add_argument("--all-files", action="store_true", help="published files however many lines")
    options = parser.parse_args()
    catalog = load_catalog()
    has_pandas = importlib.util.find_spec("pandas") is not None
    has_office = shutil.which("soffice") is not None
    print(f"a department of {BODIES} bodies; seconds of processor time, files also by the clock")
    heads = ("read", "pivots", "pandas", "LibreOffice", "tables", "data", "workbook", "files", "(clock)")
    print("".join(f"{head:>12}" for head in ("lines", "figures", *heads)))
    rows: list[tuple[int, dict[str, float]]] = []
    for lines in options.lines:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            make(folder / "部门", lines, catalog)
            reading, department = timed(lambda folder=folder: read_department(folder / "部门", catalog))
            total = len(department.whole.book.entries)
            wanted = figures(department, catalog)
            took = {"read": reading, "pivots": pivot_seconds(department, wanted)}
            if has_pandas:
                took["pandas"] = pandas_seconds(department, wanted, catalog)
            if has_office:
                some = wanted[:: max(1, len(wanted) // SUMMED)]
                took["LibreOffice"] = (
                    office_seconds(department, some, catalog, folder) * len(wanted) / len(some)
                )
            took["tables"] = tables_seconds(department, catalog)
            if not options.no_files:
                took["data"] = files_seconds(department, catalog, folder / "data", ("data",))[0]
                took["workbook"] = files_seconds(department, catalog, folder / "xlsx", ("xlsx",))[0]
                if options.all_files or total <= MOST_FOR_FILES:
                    took["files"], took["(clock)"] = files_seconds(
                        department, catalog, folder / "out", ALL_FORMATS
                    )
        rows.append((total, took))
        cells = [f"{total}", f"{len(wanted)}"]
        cells += [
            f"{took[head]:.{1 if head in took and took[head] >= _MANY else 2}f}" if head in took else "-"
            for head in heads
        ]
        print("".join(f"{cell:>12}" for cell in cells), flush=True)
    for (few, before), (many, after) in pairwise(rows):
        times = [
            f"x{after[head] / before[head]:.1f}" if head in before and head in after else "-"
            for head in heads
        ]
        print("".join(f"{cell:>12}" for cell in (f"x{many / few:.1f}", "", *times)))
    if not has_pandas:
        print("pandas is absent: it comes with the extra bench")
    if not has_office:
        print("LibreOffice (soffice) is absent: that column was not measured")


if __name__ == "__main__":
    main()
