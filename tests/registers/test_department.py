"""A department: its bodies together, less what they paid each other; and what is said when the two sides differ."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.catalog import Catalog
from gouji.facts import Fact, fact
from gouji.registers import Book, Department, WorkspaceError, read_department, read_workspace
from gouji.registers.department_template import write_department_template
from gouji.registers.register_workbook import write_workbook
from gouji.registers.transfer_schema import TRANSFER_PLAN
from gouji.writing import disclose_department

TRANSFER = {
    "付款单位": "厅本级", "收款单位": "科技情报中心", "事项": "委托开展科技统计调查", "金额（元）": Decimal(360000),
    "支出性质": "项目支出", "付款经济科目编码": "30227", "资金性质": "其他收入", "收入来源": "事业收入",
}  # fmt: skip


@pytest.fixture(scope="module")
def department(department_example: Path, catalog: Catalog) -> Department:
    return read_department(department_example, catalog)


def amount(of: Department, wanted: Fact) -> Decimal:
    figure = of.whole.book.figure(wanted)
    return Decimal(0) if figure is None else figure.amount


def with_transfers(
    example: Path, folder: Path, catalog: Catalog, rows: Sequence[Mapping[str, str | Decimal]]
) -> Department:
    """The example with other transfers."""
    shutil.copytree(example, folder, dirs_exist_ok=True)
    write_workbook(folder / "登记簿.xlsx", {TRANSFER_PLAN.name: rows}, (TRANSFER_PLAN,))
    return read_department(folder, catalog)


def complaint(example: Path, folder: Path, catalog: Catalog, **changed: str | Decimal) -> str:
    """The one sentence about the example's transfer with some of its cells changed."""
    with pytest.raises(WorkspaceError) as refused:
        with_transfers(example, folder, catalog, [{**TRANSFER, **changed}])
    (problem,) = refused.value.problems
    return str(problem)


def test_every_figure_of_the_department_is_that_of_its_bodies_less_the_transfers(
    department: Department, catalog: Catalog
) -> None:
    wanted = {
        Fact(entry.concept, dims)
        for unit in department.units.values()
        for entry in unit.book.entries
        for dims in (tuple(sorted(entry.dims.items())), *((pair,) for pair in entry.dims.items()), ())
    }
    eliminations = [entry for transfer in department.transfers for entry in transfer.eliminations]
    taken = Book(eliminations, catalog.dimensions)
    touched = 0
    for one in wanted:
        books = [unit.book for unit in department.units.values()] + [taken]
        figures = [figure.amount for book in books if (figure := book.figure(one)) is not None]
        touched += taken.figure(one) is not None
        assert amount(department, one) == sum(figures), one
    assert touched > 8


def test_a_body_keeps_its_own_figures_and_its_rows(department: Department) -> None:
    figure = department.whole.book.figure(
        fact("revenue", agency_code="示例省科技情报中心", fund_type_code="business")
    )
    assert figure is not None
    assert figure.amount == Decimal(720000)
    assert [str(source.file) for source in figure.sources] == ["科技情报中心/登记簿.xlsx"]


def test_a_transfer_needs_no_more_than_what_tells_the_line(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    found = with_transfers(department_example, tmp_path, catalog, [TRANSFER | {"资金性质": ""}])
    assert found.transfers[0].paid.dims["fund_type_code"] == "other"


def test_what_the_payer_did_not_spend_cannot_be_transferred(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    said = complaint(department_example, tmp_path, catalog, **{"金额（元）": Decimal(380000)})
    assert "登记簿.xlsx “内部转移”第3行“金额（元）”" in said
    assert "“示例省科学技术厅本级”的项目支出（支出预算第35行）是360,000.00元" in said
    assert "多出20,000.00元" in said


def test_what_the_payee_did_not_receive_cannot_be_transferred(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    said = complaint(department_example, tmp_path, catalog, 收入来源="其他收入")
    assert "“示例省科技情报中心”的登记簿里没有其他收入" in said
    assert "请核对是哪一方记错" in said


def test_a_payee_that_received_less_is_told_by_how_much(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    more = {**TRANSFER, "付款单位": "科技情报中心", "收款单位": "厅本级", "收入来源": "其他收入", "资金性质": "事业收入",
            "付款经济科目编码": "30226", "金额（元）": Decimal(160000)}  # fmt: skip
    again = {**more, "事项": "另一事项", "付款经济科目编码": "30227", "金额（元）": Decimal(295000)}
    with pytest.raises(WorkspaceError) as refused:
        with_transfers(department_example, tmp_path, catalog, [TRANSFER, more, again])
    (problem,) = refused.value.problems
    assert "是444,000.00元" in problem.text
    assert "付给它的登记了455,000.00元，少收11,000.00元" in problem.text


def test_money_from_the_treasury_is_not_passed_on(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    said = complaint(department_example, tmp_path, catalog, 资金性质="", 付款经济科目编码="31002")
    assert "单位之间只转移单位资金" in said


def test_a_transfer_that_fits_several_lines_has_to_say_which(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    said = complaint(department_example, tmp_path, catalog, 付款经济科目编码="")
    assert "有2行项目支出都可能是这笔转移（支出预算第35行、支出预算第36行）" in said


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"付款单位": "某局"}, "“某局”不是本部门的单位"),
        ({"收款单位": "厅本级"}, "单位内部的收付不在这里登记"),
        ({"金额（元）": Decimal(0)}, "要大于0"),
        ({"收入来源": ""}, "要写明收款单位记作哪种收入"),
    ],
)
def test_a_row_that_cannot_be_a_transfer(
    changed: dict[str, str | Decimal], words: str, department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    assert words in complaint(department_example, tmp_path, catalog, **changed)


def test_bodies_that_do_not_fit_the_department(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    shutil.copytree(department_example, tmp_path, dirs_exist_ok=True)
    settings = tmp_path / "厅本级" / "单位.toml"
    text = settings.read_text(encoding="utf-8")
    text = (
        text.replace('"年度" = 2025', '"年度" = 2026')
        .replace('"104001"', '"105001"')
        .replace('"层级" = "单位"', '"层级" = "部门"')
    )
    settings.write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError) as refused:
        read_department(tmp_path, catalog)
    said = [str(problem) for problem in refused.value.problems]
    assert said == [
        "厅本级/单位.toml“年度”：年度是2026，部门.toml写的是2025",
        "厅本级/单位.toml“层级”：部门里的各单位都要写“单位”，写的是“部门”",
        "厅本级/单位.toml“单位编码”：“105001”不以部门编码104开头",
    ]


def test_everything_wrong_with_any_body_is_said_at_once(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    shutil.copytree(department_example, tmp_path, dirs_exist_ok=True)
    for name in ("厅本级", "科技情报中心"):
        (tmp_path / name / "登记簿.xlsx").unlink()
    with pytest.raises(WorkspaceError) as refused:
        read_department(tmp_path, catalog)
    assert [problem.file for problem in refused.value.problems] == [
        "厅本级/登记簿.xlsx",
        "科技情报中心/登记簿.xlsx",
    ]


def test_a_body_that_is_not_listed_is_told_of(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    shutil.copytree(department_example, tmp_path, dirs_exist_ok=True)
    settings = tmp_path / "部门.toml"
    text = settings.read_text(encoding="utf-8").replace('"对外科技交流中心", ', "")
    settings.write_text(text, encoding="utf-8")
    found = read_department(tmp_path, catalog)
    assert list(found.units) == ["厅本级", "科技情报中心"]
    assert [str(notice) for notice in found.whole.notices] == [
        "对外科技交流中心：没有写进部门.toml的“单位”，没有汇总"
    ]


def test_the_figures_of_a_real_body_pass_into_the_department_unchanged(
    department: Department, budget_example: Path, catalog: Catalog
) -> None:
    alone = read_workspace(budget_example, catalog)
    for one in (fact("revenue"), fact("expenditure", nature="project"), fact("carryover_begin")):
        figure = department.whole.book.figure(one.slice("agency_code", "示例省对外科技交流中心"))
        own = alone.book.figure(one)
        assert figure is not None
        assert own is not None
        assert figure.amount == own.amount


@pytest.mark.parametrize("report", ["决算", "预算"])
def test_a_starter_is_read_and_only_asks_to_be_filled_in(
    report: str, catalog: Catalog, tmp_path: Path
) -> None:
    write_department_template(tmp_path / "部门", catalog, report=report)
    with pytest.raises(WorkspaceError) as refused:
        read_department(tmp_path / "部门", catalog)
    asked = [(problem.file, problem.column) for problem in refused.value.problems]
    assert asked[:2] == [("部门.toml", "部门名称"), ("部门.toml", "年度")]
    assert all(file.endswith("/单位.toml") for file, _ in asked[2:])
    assert {column for _, column in asked} <= {"部门名称", "单位名称", "年度"}
    with pytest.raises(WorkspaceError, match="已经有了"):
        write_department_template(tmp_path / "部门", catalog, report=report)


def test_wrong_settings_of_the_department_hide_nothing_of_its_bodies(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    shutil.copytree(department_example, tmp_path, dirs_exist_ok=True)
    for file, old, new in (
        ("部门.toml", '"年度" = 2025', '"年度" = "2025"'),
        ("厅本级/单位.toml", '"层级" = "单位"', '"层级" = "科室"'),
    ):
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(WorkspaceError) as refused:
        read_department(tmp_path, catalog)
    assert [problem.file for problem in refused.value.problems] == ["部门.toml", "厅本级/单位.toml"]


def test_the_own_part_of_a_department_may_bear_its_name(
    department: Department, department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    """Else the department's own rows would be those of its part."""
    shutil.copytree(department_example, tmp_path, dirs_exist_ok=True)
    settings = tmp_path / "厅本级" / "单位.toml"
    text = settings.read_text(encoding="utf-8").replace("示例省科学技术厅本级", "示例省科学技术厅")
    settings.write_text(text, encoding="utf-8")
    found = read_department(tmp_path, catalog)
    assert [part.name for part in found.parts][:1] == ["示例省科学技术厅（本级）"]
    side_by_side = disclose_department(found, catalog).tables[-2]
    received = {row[1].text: row[2].text for row in side_by_side.rows() if len(row) > 2}
    assert received["示例省科学技术厅"] == received["合计"] == "4920.18"
    assert received["示例省科学技术厅（本级）"] == "3575.38"
    assert found.transfers[0].payer == "示例省科学技术厅（本级）"


def test_a_department_within_a_department_is_refused(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    shutil.copytree(department_example, tmp_path, dirs_exist_ok=True)
    shutil.copy(tmp_path / "部门.toml", tmp_path / "科技情报中心")
    with pytest.raises(WorkspaceError, match=r"“科技情报中心”里有部门.toml，.*不能再套部门"):
        read_department(tmp_path, catalog)


def test_what_is_left_beside_the_settings_of_a_department_is_told_of(
    department_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    shutil.copytree(department_example, tmp_path, dirs_exist_ok=True)
    shutil.copy(tmp_path / "科技情报中心" / "单位.toml", tmp_path)
    for name, called in (("厅本级", "某某研究"), ("科技情报中心", "某项研究")):
        settings = tmp_path / name / "单位.toml"
        text = settings.read_text(encoding="utf-8")
        head = '["功能科目补充"]'
        text = (
            text.replace(head, f'{head}\n"2069901" = "{called}"')
            if head in text
            else f'{text}\n{head}\n"2069901" = "{called}"\n'
        )
        settings.write_text(text, encoding="utf-8")
    notices = [str(notice) for notice in read_department(tmp_path, catalog).whole.notices]
    assert notices == [
        "单位.toml：这里有部门.toml，照部门编；单位.toml没有用到",
        "科技情报中心/单位.toml：科目2069901写作“某项研究”，“厅本级”写作“某某研究”；部门的表照“某某研究”列示，请统一",
    ]
