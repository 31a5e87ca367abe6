"""A department's workbook: what its bodies and the transfers make up is a formula over their rows, and a spreadsheet
program that computes it anew comes to the same values."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from gouji.catalog import load_catalog
from gouji.registers import Department, read_department
from gouji.writing import disclose_department, spreadsheet

CATALOG = load_catalog()
_RECALCULATE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""LibreOffice shows the values that are stored unless its profile says otherwise."""


@pytest.fixture(scope="module")
def department(department_example: Path) -> Department:
    return read_department(department_example, CATALOG)


@pytest.fixture(scope="module")
def workbook(department: Department) -> bytes:
    return spreadsheet(disclose_department(department, CATALOG), CATALOG.dimensions)


def test_the_whole_and_the_row_of_the_department_add_up_its_bodies_and_the_eliminations(
    workbook: bytes,
) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook))["预算24表"]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=5)}
    first, last = rows["示例省科学技术厅本级"][3].row, rows["部门内部转移（抵消）"][3].row
    assert rows["合计"][3].value == f"=SUM(D{first}:D{last})"
    assert rows["示例省科学技术厅"][3].value == f"=SUM(D{first}:D{last})"


def test_transfers_add_up_to_their_total(workbook: bytes) -> None:
    assert openpyxl.load_workbook(io.BytesIO(workbook))["预算25表"]["D5"].value == "=SUM(D6)"


def test_recalculated_values_are_those_that_were_written(workbook: bytes, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    written = tmp_path / "部门.xlsx"
    # Stored values are taken away, so that nothing but a recalculation can bring them back.
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    book.save(written)
    settings = tmp_path / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_RECALCULATE, encoding="utf-8")
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"), str(written)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    ours = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    theirs = openpyxl.load_workbook(tmp_path / "out" / "部门.xlsx", data_only=True)
    compared = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    place = sheet.title, cell.coordinate
                    known, computed = (b[sheet.title][cell.coordinate].value for b in (ours, theirs))
                    assert computed == pytest.approx(known, abs=1e-6), place
                    compared += 1
    assert compared > 500
