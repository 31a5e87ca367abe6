"""The final accounts of a department: bodies and transfers made one, built, read back, and checked against each other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from test_build_then_read import assert_read_back
from test_department_built_then_read import altered, workbook

from command_run import Run
from gouji.catalog import load_catalog
from gouji.checking import Finding, check
from gouji.facts import Outcome, fact
from gouji.reading import Reading
from gouji.registers import Department, read_department
from gouji.writing import disclose, disclose_department

CATALOG = load_catalog()


@pytest.fixture(scope="module")
def example(department_example: Path) -> Path:
    return department_example.parent / "department-2024-accounts"


@pytest.fixture(scope="module")
def department(example: Path) -> Department:
    return read_department(example, CATALOG)


def files(department: Department, folder: Path) -> list[Reading]:
    disclosures = [disclose_department(department, CATALOG)]
    disclosures += [disclose(unit, CATALOG) for unit in department.units.values()]
    return [workbook(one, folder / f"{one.body}.xlsx") for one in disclosures]


def defects(readings: list[Reading]) -> list[Finding]:
    return [finding for finding in check(readings, CATALOG).findings if finding.severity != "info"]


def test_what_bodies_paid_each_other_is_counted_once(department: Department) -> None:
    """Added up by hand from the registers: revenue 724.33, expenditure 699.430075, transferred 20.4 (万元)."""

    def amount(concept: str, **dims: str) -> Decimal:
        figure = department.whole.book.figure(fact(concept, **dims))
        assert figure is not None
        return figure.amount

    assert amount("revenue") == Decimal("7243300") - 204000
    assert amount("expenditure") == Decimal("6994300.75") - 204000
    assert amount("revenue", fund_type_code="superior") == 0
    assert amount("revenue", fund_type_code="business") == 231500 - 84000
    assert amount("expenditure", nature="subsidy_down") == 0
    assert amount("expenditure", fund_type_code="general") == 4482340 + Decimal("0.5") + Decimal(
        "1479160.25"
    ) + Decimal(537800)
    begin = sum(Decimal(text) for text in ("42300", "96000", "55000", "12400"))
    assert amount("carryover_begin") == begin
    assert amount("carryover_end") == begin + Decimal("7243300") - Decimal("6994300.75")


def test_the_accounts_of_a_department_are_read_back_in_every_format(
    department: Department, tmp_path: Path
) -> None:
    assert_read_back(disclose_department(department, CATALOG), CATALOG, tmp_path)


def test_department_and_bodies_together_are_without_defect(department: Department, tmp_path: Path) -> None:
    result = check(files(department, tmp_path), CATALOG)
    assert result.findings == []
    assert result.documents[0].coverage.by_rule["GJ436"][Outcome.EXACT] > 50


def test_a_figure_changed_in_the_file_of_a_body_is_found_there_and_explained_at_the_department(
    department: Department, tmp_path: Path
) -> None:
    readings = files(department, tmp_path)
    unit = disclose(department.units["科技情报中心"], CATALOG)
    wrong = altered(unit, "收入决算表", "机构运行", "财政拨款收入", "153.02")
    readings[2] = workbook(wrong, tmp_path / "wrong.xlsx")
    own, between = defects(readings)
    assert own.title.endswith("2060501 机构运行·财政拨款收入列示153.02，应为135.02")
    assert {evidence.file for evidence in own.evidence} == {"wrong.xlsx"}
    assert between.title.endswith("机构运行·财政拨款收入大于部门的数")
    assert {evidence.file for evidence in between.evidence} == {"wrong.xlsx", "示例市科学技术局.xlsx"}


def test_a_body_that_changed_its_registers_after_the_department_was_built_is_named(
    department: Department, example: Path, tmp_path: Path
) -> None:
    """Its own disclosure is without fault: only the department tells that something moved."""
    readings = files(department, tmp_path)
    shutil.copytree(example, tmp_path / "in")
    spent = tmp_path / "in" / "科技服务站" / "登记簿" / "支出.csv"
    spent.write_text(spent.read_text(encoding="utf-8-sig").replace("298600", "278600"), encoding="utf-8")
    later = read_department(tmp_path / "in", CATALOG).units["科技服务站"]
    readings[3] = workbook(disclose(later, CATALOG), tmp_path / "later.xlsx")
    told = {finding.rule: finding for finding in defects(readings)}
    assert told.keys() == {"GJ433", "GJ434", "GJ436"}
    assert told["GJ434"].title.startswith("部门列示的示例市科技服务站与单位自己的公开不同")
    assert "371.78＋159.74＋51.78＝583.30，相差2.00万元" in told["GJ436"].message


def test_the_department_is_built_whole(gouji: Callable[..., Run], example: Path, tmp_path: Path) -> None:
    run = gouji("build", example, "-o", tmp_path / "out")
    if run.code == 2 and "字体" in run.err:
        pytest.skip("the typefaces are missing")
    assert run.code == 0, run.err
    assert "示例市科学技术局2024年度11张表" in run.out
    assert "部门内部转移2笔，合计204,000.00元" in run.out


def test_a_payee_that_received_less_than_was_paid_is_named(
    gouji: Callable[..., Run], example: Path, tmp_path: Path
) -> None:
    shutil.copytree(example, tmp_path / "in")
    revenue = tmp_path / "in" / "科技服务站" / "登记簿" / "收入.csv"
    revenue.write_text(revenue.read_text(encoding="utf-8-sig").replace("120000", "102000"), encoding="utf-8")
    run = gouji("build", tmp_path / "in", "-o", tmp_path / "out")
    assert run.code == 2
    assert "收付两方对不上" in run.err
    assert "少收18,000.00元" in run.err
    assert not (tmp_path / "out").exists()


def test_the_self_evaluations_of_the_department_and_of_a_body_are_built_with_the_accounts(
    gouji: Callable[..., Run], example: Path, tmp_path: Path
) -> None:
    shutil.copytree(example, tmp_path / "in")
    shutil.copytree(example.parent / "association-2024-evaluation" / "绩效", tmp_path / "in" / "绩效")
    shutil.copytree(example.parent / "self-evaluation-2024" / "绩效", tmp_path / "in" / "科技服务站" / "绩效")
    settings = tmp_path / "in" / "部门.toml"
    told = settings.read_text(encoding="utf-8").replace(
        '"绩效表样" = ""', '"绩效表样" = "hunan-2024-evaluation"'
    )
    settings.write_text(told, encoding="utf-8")
    run = gouji("build", tmp_path / "in", "-o", tmp_path / "out")
    if run.code == 2 and "字体" in run.err:
        pytest.skip("the typefaces are missing")
    assert run.code in (0, 1), run.err
    assert "复核：从6个PDF读回" in run.out
    assert (tmp_path / "out" / "绩效自评.pdf").is_file()
    assert (tmp_path / "out" / "科技服务站" / "绩效自评.pdf").is_file()
    assert not (tmp_path / "out" / "局本级" / "绩效自评.pdf").exists()
    # The evaluation that was put in is another body's: what it states otherwise than the accounts is told.
    assert "绩效/基础数据.csv第4行" in run.err
    assert "登记簿“收入”里是7,245,000.00，两处不同" in run.err


def test_a_department_of_self_evaluations_alone_is_refused_in_a_sentence(
    gouji: Callable[..., Run], example: Path, tmp_path: Path
) -> None:
    shutil.copytree(example, tmp_path / "in")
    settings = tmp_path / "in" / "部门.toml"
    told = settings.read_text(encoding="utf-8").replace('"公开内容" = "决算"', '"公开内容" = "绩效自评"')
    settings.write_text(told, encoding="utf-8")
    run = gouji("build", tmp_path / "in", "-o", tmp_path / "out")
    assert run.code == 2
    assert "部门文件夹汇总决算或预算；只公开绩效自评的，给部门建一个普通的工作文件夹" in run.err
