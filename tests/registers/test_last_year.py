"""Last year beside this year: typed, or taken from last year's own workspace; and what was carried over."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.facts import Fact, fact
from gouji.registers import Workspace, WorkspaceError, read_workspace
from gouji.registers.budget_narrative_schema import BUDGET_NARRATIVE_REGISTERS
from gouji.registers.budget_schema import BUDGET_REGISTERS
from gouji.registers.register_workbook import Rows, write_workbook
from gouji.registers.template import settings_text

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ALL = (*BUDGET_REGISTERS, *BUDGET_NARRATIVE_REGISTERS)
CATALOG = load_catalog()


def yuan(amount: str) -> Decimal:
    return Decimal(amount)


LINES: Rows = {
    "收入预算": [
        {"收入来源": "一般公共预算拨款", "资金年度": "本年", "金额（元）": yuan("1000")},
        {"收入来源": "一般公共预算拨款", "资金年度": "上年结转", "金额（元）": yuan("200")},
    ],
    "支出预算": [
        {
            "功能科目编码": "2060302", "支出性质": "项目支出", "资金性质": "一般公共预算拨款", "资金年度": year,
            "部门经济科目编码": "30227", "项目名称": "业务", "金额（元）": yuan(amount),
        }
        for year, amount in (("本年", "1000"), ("上年结转", "200"))
    ],
}  # fmt: skip


def budget(folder: Path, rows: Rows, *, year: int = 2025, before: tuple[str, str] = ("", "")) -> Workspace:
    folder.mkdir(exist_ok=True)
    text = settings_text(
        "示例中心", "单位", year, CATALOG, report="预算", body_type="事业单位", before=before
    )
    (folder / "单位.toml").write_text(text, encoding="utf-8")
    write_workbook(folder / "登记簿.xlsx", {**LINES, **rows}, ALL)
    return read_workspace(folder, CATALOG)


def amount(workspace: Workspace, wanted: Fact) -> Decimal | None:
    figure = workspace.book.figure(wanted)
    return None if figure is None else figure.amount


PLANNED = fact("total_in", fiscal_year="2024")
SPENT = fact("total_in", fiscal_year="2024", stage="final")


def test_what_was_planned_and_what_was_spent_are_kept_apart(tmp_path: Path) -> None:
    rows = {
        "上年数": [{"项目": "收支总计", "上年预算数（元）": yuan("900"), "上年执行数（元）": yuan("850")}]
    }
    workspace = budget(tmp_path / "本年", rows)
    assert amount(workspace, PLANNED) == 900
    assert amount(workspace, SPENT) == 850
    assert amount(workspace, fact("total_in")) == 1200


def test_last_years_accounts_are_read_from_their_workspace(tmp_path: Path, catalog: Catalog) -> None:
    shutil.copytree(EXAMPLES / "hunan-2024", tmp_path / "上年")
    accounts = read_workspace(tmp_path / "上年", catalog).book
    workspace = budget(tmp_path / "本年", {}, before=("", "../上年"))
    figure = workspace.book.figure(SPENT)
    total = accounts.figure(fact("total_in"))
    assert figure is not None
    assert total is not None
    assert figure.amount == total.amount
    assert {source.sheet for source in figure.sources} == {"2024年决算·收入", "2024年决算·结转结余"}
    assert {source.file for source in figure.sources} == {"../上年/登记簿.xlsx"}
    item = fact("expenditure", exp_func_code="2060302", fund_type_code="general", fiscal_year="2024")
    assert amount(workspace, item) == 1_700_000
    assert amount(workspace, item.slice("stage", "final")) == amount_of(accounts, item)
    assert amount(workspace, PLANNED) is None, "the accounts do not say what was planned in all"


def amount_of(accounts, item: Fact) -> Decimal | None:
    figure = accounts.figure(item.slice("fiscal_year", None))
    return None if figure is None else figure.amount


def test_last_years_budget_is_read_from_its_workspace(tmp_path: Path) -> None:
    budget(tmp_path / "上年", {}, year=2024)
    workspace = budget(tmp_path / "本年", {}, before=("../上年", ""))
    assert amount(workspace, PLANNED) == 1200
    assert amount(workspace, fact("expenditure", nature="basic", fiscal_year="2024")) == 0
    assert amount(workspace, fact("agency_operation", fiscal_year="2024")) is None, (
        "nobody kept that register"
    )


def test_a_typed_figure_that_differs_is_pointed_out(tmp_path: Path) -> None:
    budget(tmp_path / "上年", {}, year=2024)
    typed = {"上年数": [{"项目": "收支总计", "上年预算数（元）": yuan("900")}]}
    workspace = budget(tmp_path / "本年", typed, before=("../上年", ""))
    assert amount(workspace, PLANNED) == 1200
    (told,) = [notice for notice in workspace.notices if notice.sheet == "上年数"]
    assert "填的是900.00元" in told.text
    assert "1,200.00元" in told.text


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (("../上年", ""), "“../上年”是2024年的决算，这里要写2024年预算的工作文件夹"),
        (("", "../没有"), "“../没有”里的登记簿要先改好"),
    ],
)
def test_a_wrong_workspace_of_last_year_is_refused(
    tmp_path: Path, before: tuple[str, str], told: str
) -> None:
    shutil.copytree(EXAMPLES / "hunan-2024", tmp_path / "上年")
    with pytest.raises(WorkspaceError, match=told):
        budget(tmp_path / "本年", {}, before=before)


def test_carry_over_that_does_not_continue_is_a_hint_with_its_items() -> None:
    workspace = read_workspace(EXAMPLES / "hunan-2025-budget", CATALOG)
    (told,) = [notice.text for notice in workspace.notices if "上年结转" in notice.text]
    assert "650,877.89元" in told
    assert "568,000.00元，少82,877.89元" in told
    assert "2060302 513,799.99→479,000.00" in told


def test_carry_over_that_continues_is_not_mentioned(tmp_path: Path) -> None:
    rows = {"上年数": [{"项目": "年末财政拨款结转和结余", "上年执行数（元）": yuan("200")}]}
    assert not [n for n in budget(tmp_path / "本年", rows).notices if "结转" in n.text]


@pytest.mark.parametrize(
    ("register", "row", "told"),
    [
        ("上年数", {"项目": "收支总计"}, "至少填一个"),
        ("上年数", {"项目": "功能科目支出", "上年预算数（元）": yuan("1")}, "要填项级科目"),
        ("支出用途", {"用途": "工资"}, "科目和项目填一种"),
        (
            "政府采购预算",
            {"采购类别": "货物", "金额（元）": yuan("1"), "预留中小企业（元）": yuan("2")},
            "不能大于采购金额",
        ),
    ],
)
def test_rows_that_do_not_fit_are_said_in_one_sentence(
    tmp_path: Path, register: str, row: dict[str, str | Decimal], told: str
) -> None:
    with pytest.raises(WorkspaceError, match=told):
        budget(tmp_path / "本年", {register: [row]})


def test_a_total_of_last_year_is_never_made_of_what_happens_to_be_known(tmp_path: Path) -> None:
    rows = {"上年数": [{"项目": "本年收入合计", "上年预算数（元）": yuan("900")}]}
    assert amount(budget(tmp_path / "本年", rows), PLANNED) is None
