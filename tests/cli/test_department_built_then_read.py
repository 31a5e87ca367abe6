"""A department that is built is read back with its bodies; a figure changed in one of the files is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from test_build_then_read import assert_read_back

from command_run import Run
from gouji.catalog import load_catalog
from gouji.checking import check
from gouji.documents.opening import open_document
from gouji.facts import Outcome
from gouji.reading import Reading, read_document
from gouji.registers import Department, Workspace, read_department
from gouji.writing import Disclosure, disclose, disclose_department, publish, spreadsheet

CATALOG = load_catalog()


@pytest.fixture(scope="module")
def department(department_example: Path) -> Department:
    return read_department(department_example, CATALOG)


@pytest.mark.parametrize("forms", ["hunan-2025-budget", "national-budget"])
def test_the_department_is_read_back_in_every_format(
    forms: str, department: Department, tmp_path: Path
) -> None:
    settings = replace(department.whole.settings, forms=forms)
    other = replace(department, whole=replace(department.whole, settings=settings))
    assert_read_back(disclose_department(other, CATALOG), CATALOG, tmp_path)


def workbook(disclosure: Disclosure, path: Path) -> Reading:
    """A disclosure as its workbook, read."""
    path.write_bytes(spreadsheet(disclosure, CATALOG.dimensions))
    return read_document(open_document(path), CATALOG)


def files(department: Department, folder: Path) -> list[Reading]:
    """The department's file and those of its bodies."""
    disclosures = [disclose_department(department, CATALOG)]
    disclosures += [disclose(unit, CATALOG) for unit in department.units.values()]
    return [workbook(one, folder / f"{one.body}.xlsx") for one in disclosures]


def altered(disclosure: Disclosure, title: str, row: str, column: str, text: str) -> Disclosure:
    """One figure of one table printed differently."""
    tables = []
    changed = 0
    for table in disclosure.tables:
        rows = {
            cell.spot.row for cell in table.cells if cell.text == row and cell.spot.role in ("name", "label")
        }
        kept = []
        for cell in table.cells:
            hit = table.form.title == title and cell.spot.row in rows and cell.spot.path[-1:] == (column,)
            changed += hit
            kept.append(cell._replace(text=text, figure=None) if hit else cell)
        tables.append(replace(table, cells=tuple(kept)))
    assert changed == 1
    return replace(disclosure, tables=tuple(tables))


def test_all_files_together_are_without_defect(department: Department, tmp_path: Path) -> None:
    result = check(files(department, tmp_path), CATALOG)
    assert result.findings == []
    assert all(
        table.unbound + table.ambiguous == 0 for document in result.documents for table in document.tables
    )
    whole = result.documents[0]
    assert (whole.level, whole.body) == ("部门", "示例省科学技术厅")
    assert whole.coverage.by_rule["GJ203"][Outcome.EXACT] > 150


def test_a_transfer_that_was_not_taken_away_is_found(department: Department, tmp_path: Path) -> None:
    """The department's total counts the transferred money twice, everywhere but in the rows of its bodies."""
    whole = altered(
        disclose_department(department, CATALOG), "所属单位收支汇总表", "部门内部转移（抵消）", "本年支出", ""
    )
    result = check([workbook(whole, tmp_path / "a.xlsx")], CATALOG)
    (finding,) = [f for f in result.findings if f.severity == "error"]
    assert "部门内部转移（抵消）·本年支出为空白，应为-36.00" in finding.title


def test_the_row_of_a_body_that_does_not_fit_the_department_is_found(
    department: Department, tmp_path: Path
) -> None:
    whole = altered(
        disclose_department(department, CATALOG),
        "所属单位收支汇总表",
        "示例省科技情报中心",
        "本年收入",
        "981.51",
    )
    result = check([workbook(whole, tmp_path / "a.xlsx")], CATALOG)
    assert "示例省科技情报中心·本年收入列示981.51，应为918.51" in result.findings[0].title


def test_a_figure_changed_in_the_file_of_a_body_is_found_there_and_at_the_department(
    department: Department, tmp_path: Path
) -> None:
    readings = files(department, tmp_path)
    unit = disclose(department.units["科技情报中心"], CATALOG)
    wrong = altered(unit, "支出总表", "事业单位医疗", "基本支出", "27.84")
    readings[-1] = workbook(wrong, tmp_path / "wrong.xlsx")
    errors = [finding for finding in check(readings, CATALOG).findings if finding.severity != "info"]
    own, between = errors
    assert own.evidence[0].file == "wrong.xlsx"
    assert own.title.endswith("事业单位医疗·基本支出列示27.84，应为28.74")
    assert between.title.startswith("部门列示的示例省科技情报中心与单位自己的公开不同")
    assert {evidence.file for evidence in between.evidence} == {"wrong.xlsx", "示例省科学技术厅.xlsx"}


@pytest.fixture(scope="module")
def national(department: Department) -> Department:
    """The same department by forms that have no rows for bodies."""

    def by(workspace: Workspace) -> Workspace:
        return replace(workspace, settings=replace(workspace.settings, forms="national-budget"))

    units = {name: by(unit) for name, unit in department.units.items()}
    return replace(department, whole=by(department.whole), units=units)


def test_without_rows_for_bodies_the_files_are_added_up_less_the_transfers(
    national: Department, tmp_path: Path
) -> None:
    result = check(files(national, tmp_path), CATALOG)
    assert result.findings == []
    outcomes = result.documents[0].coverage.by_rule["GJ436"]
    assert outcomes[Outcome.EXACT] > 60
    assert not outcomes[Outcome.VIOLATED]


def test_a_body_that_does_not_fit_the_sum_is_found_though_nothing_lists_it(
    national: Department, tmp_path: Path
) -> None:
    readings = files(national, tmp_path)
    unit = disclose(national.units["科技情报中心"], CATALOG)
    wrong = altered(unit, "支出总表", "事业单位医疗", "基本支出", "27.84")
    readings[-1] = workbook(wrong, tmp_path / "wrong.xlsx")
    found = {
        finding.rule: finding for finding in check(readings, CATALOG).findings if finding.severity != "info"
    }
    assert "事业单位医疗·基本支出不等于各单位之和减去内部转移" in found["GJ436"].title
    assert any(finding.evidence[0].file == "wrong.xlsx" for finding in found.values())


def test_build_says_what_was_consolidated(
    gouji: Callable[..., Run], department_example: Path, tmp_path: Path
) -> None:
    run = gouji("build", department_example, "-o", tmp_path / "out")
    if run.code == 2 and "字体" in run.err:
        pytest.skip("the typefaces are missing")
    assert run.code == 0, run.err
    assert "汇总3个单位" in run.out
    assert "部门内部转移1笔，合计360,000.00元" in run.out
    assert "复核：从4个PDF读回" in run.out
    names = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.pdf")}
    assert names == {
        "部门预算.pdf",
        "厅本级/部门预算.pdf",
        "对外科技交流中心/部门预算.pdf",
        "科技情报中心/部门预算.pdf",
    }


def test_files_of_others_survive_a_second_build(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish({"甲.txt": b"1", "厅本级/乙.txt": b"2", "厅本级/旧.txt": b"2"}, out)
    (out / "厅本级" / "备忘.txt").write_text("keep", encoding="utf-8")
    (out / "我的").mkdir()
    (out / "我的" / "笔记.txt").write_text("keep", encoding="utf-8")
    publish({"甲.txt": b"3", "厅本级/乙.txt": b"4"}, out)
    found = {path.relative_to(out).as_posix() for path in out.rglob("*.txt")}
    assert found == {"甲.txt", "厅本级/乙.txt", "厅本级/备忘.txt", "我的/笔记.txt"}
    assert (out / "厅本级" / "乙.txt").read_bytes() == b"4"


def test_a_department_without_its_bodies_says_what_is_missing(
    gouji: Callable[..., Run], department_example: Path, tmp_path: Path
) -> None:
    shutil.copy(department_example / "部门.toml", tmp_path)
    run = gouji("build", tmp_path, "-o", tmp_path / "out")
    assert run.code == 2
    assert "部门.toml“单位”：没有“厅本级”这个文件夹" in run.err
    assert not (tmp_path / "out").exists()
