"""A new workspace says what to fill in, and can be read once that is done."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from workspace_files import complaints

from gouji.catalog import Catalog
from gouji.registers import WorkspaceError, read_workspace, write_template
from gouji.registers.labelling import LabelReader
from gouji.registers.narrative_schema import NARRATIVE_REGISTERS
from gouji.registers.schema import REGISTERS, Holds

ALL = (*REGISTERS, *NARRATIVE_REGISTERS)
EXAMPLE = Path(__file__).parents[2] / "examples" / "hunan-2024"


def test_empty_workspace_asks_for_its_settings(tmp_path: Path, catalog: Catalog) -> None:
    write_template(tmp_path / "新", catalog)
    assert [said.split("：")[0] for said in complaints(tmp_path / "新")] == [
        "单位.toml“单位名称”",
        "单位.toml“年度”",
    ]


def test_workspace_with_settings_is_an_empty_book(tmp_path: Path, catalog: Catalog) -> None:
    write_template(tmp_path, catalog, name="示例中心", level="部门", year=2023)
    workspace = read_workspace(tmp_path, catalog)
    assert workspace.book.entries == ()
    assert workspace.notices == ()
    assert (workspace.settings.level, workspace.settings.fiscal_year) == ("部门", 2023)


def test_nothing_is_overwritten(tmp_path: Path, catalog: Catalog) -> None:
    write_template(tmp_path, catalog)
    before = (tmp_path / "登记簿.xlsx").read_bytes()
    with pytest.raises(WorkspaceError, match=r"单位\.toml：已经有了"):
        write_template(tmp_path, catalog, name="另一个")
    assert (tmp_path / "登记簿.xlsx").read_bytes() == before


def test_same_template_same_bytes(tmp_path: Path, catalog: Catalog) -> None:
    for name in "ab":
        write_template(tmp_path / name, catalog)
    for file in ("单位.toml", "登记簿.xlsx"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


@pytest.mark.parametrize("name", ['甲"乙', "甲\\乙", "甲\n乙"])
def test_name_that_toml_cannot_hold(tmp_path: Path, catalog: Catalog, name: str) -> None:
    with pytest.raises(ValueError, match="between quotes"):
        write_template(tmp_path, catalog, name=name)
    assert not list(tmp_path.iterdir())


def test_template_and_example_look_alike(tmp_path: Path, catalog: Catalog) -> None:
    write_template(tmp_path, catalog)
    for folder in (tmp_path, EXAMPLE):
        book = openpyxl.load_workbook(folder / "登记簿.xlsx")
        assert book.sheetnames == ["说明", *(register.name for register in ALL)]
        for register in ALL:
            sheet = book[register.name]
            assert sheet["A1"].value.startswith("说明")
            assert [cell.value for cell in sheet[2]] == [field.name for field in register.fields]
            assert all(cell.font.bold for cell in sheet[2])
            assert sheet.freeze_panes == "A3"
            rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
            offered = {choices(book, rule.formula1) for rule in rules}
            assert offered == {",".join(field.labels) for field in register.fields if field.labels}


def choices(book: openpyxl.Workbook, formula: str) -> str:
    """What a list rule offers: written in the rule, or in the cells that it names."""
    if formula.startswith('"'):
        return formula.strip('"')
    sheet, _, cells = formula.replace("$", "").partition("!")
    return ",".join(cell.value for (cell,) in book[sheet.strip("'")][cells])


def test_the_lexicon_knows_every_label_on_offer(catalog: Catalog) -> None:
    for register in REGISTERS:
        for field in register.fields:
            if field.holds is Holds.LABEL:
                assert [LabelReader(catalog.lexicon, field).read(label) for label in field.labels]
