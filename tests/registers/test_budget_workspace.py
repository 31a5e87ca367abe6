"""The registers of a budget: what follows from a line, and what is said about one that cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.catalog import BODY_TYPES, Catalog, CodeRow
from gouji.facts import fact
from gouji.registers import Workspace, WorkspaceError, read_workspace, write_template
from gouji.registers.budget_schema import BUDGET_REGISTERS, EXPENDITURE_PLAN, REVENUE_PLAN, SANGONG_PLAN
from gouji.registers.register_workbook import write_workbook
from gouji.registers.template import settings_text

Row = Mapping[str, str | Decimal]
_HEADS = {
    REVENUE_PLAN.name: ("收入来源", "资金年度", "金额（元）"),
    EXPENDITURE_PLAN.name: (
        "功能科目编码", "支出性质", "资金性质", "资金年度", "部门经济科目编码", "政府经济科目编码", "项目名称", "金额（元）",
    ),
    SANGONG_PLAN.name: ("项目", "金额（元）"),
}  # fmt: skip
REVENUE = "经费拨款 本年 900\n事业收入 本年 100\n一般公共预算拨款 上年结转 50"
EXPENDITURE = """
2060301 基本支出 一般公共预算拨款 本年 30101 - - 600
2060301 基本支出 一般公共预算拨款 本年 30201 - - 300
2060302 项目支出 一般公共预算拨款 上年结转 30227 - 交流活动 50
2060302 项目支出 事业收入 本年 31002 - 设备更新 100
"""


def rows(register: str, lines: str) -> list[Row]:
    """Rows from lines of words, ``-`` for a blank."""
    found: list[Row] = []
    for line in lines.strip().splitlines():
        values: dict[str, str | Decimal] = {
            head: "" if word == "-" else word
            for head, word in zip(_HEADS[register], line.split(), strict=True)
        }
        values["金额（元）"] = Decimal(str(values["金额（元）"]))
        found.append(values)
    return found


def workspace(
    folder: Path,
    catalog: Catalog,
    *,
    revenue: str = REVENUE,
    expenditure: str = EXPENDITURE,
    sangong: str = "",
    body_type: str = "事业单位",
    forms: str = "",
    agencies: Sequence[CodeRow] = (),
) -> Workspace:
    text = settings_text(
        "某中心", "单位", 2025, catalog, report="预算", forms=forms, body_type=body_type, agencies=agencies
    )
    (folder / "单位.toml").write_text(text, encoding="utf-8")
    filled = {REVENUE_PLAN.name: revenue, EXPENDITURE_PLAN.name: expenditure, SANGONG_PLAN.name: sangong}
    write_workbook(
        folder / "登记簿.xlsx", {name: rows(name, lines) for name, lines in filled.items()}, BUDGET_REGISTERS
    )
    return read_workspace(folder, catalog)


def yuan(found: Workspace, concept: str, **dims: str) -> Decimal | None:
    figure = found.book.figure(fact(concept, **dims))
    return None if figure is None else figure.amount


def refused(folder: Path, catalog: Catalog, **changed: str) -> str:
    with pytest.raises(WorkspaceError) as caught:
        workspace(folder, catalog, **changed)  # type: ignore[arg-type]
    return str(caught.value)


def test_one_line_is_seen_along_every_classification(tmp_path: Path, catalog: Catalog) -> None:
    found = workspace(tmp_path, catalog)
    assert found.notices == ()
    assert yuan(found, "revenue") == 1000
    assert yuan(found, "carryover_begin", fund_type_code="general") == 50
    assert yuan(found, "expenditure") == 1050
    assert yuan(found, "expenditure", fund_type_code="unit_funds") == 100
    assert yuan(found, "expenditure", fund_year="carried") == 50
    assert yuan(found, "expenditure", expense_group="personnel") == 600
    assert yuan(found, "expenditure", gov_bgt_eco_code="50501") == 600
    assert yuan(found, "expenditure", gov_bgt_eco_code="506") == 100
    assert yuan(found, "expenditure", pro_code="交流活动") == 50
    assert yuan(found, "total_in") == yuan(found, "total_out") == 1050
    assert yuan(found, "carryover_end") is None


def test_organs_and_institutions_have_other_government_classes(tmp_path: Path, catalog: Catalog) -> None:
    found = workspace(tmp_path, catalog, body_type="行政机关")
    assert yuan(found, "expenditure", gov_bgt_eco_code="50101") == 600
    assert yuan(found, "expenditure", gov_bgt_eco_code="50201") == 300
    assert yuan(found, "expenditure", gov_bgt_eco_code="50306") == 100
    assert yuan(found, "expenditure", gov_bgt_eco_code="505") is None


def test_a_government_class_that_is_stated_otherwise_is_kept_and_said(
    tmp_path: Path, catalog: Catalog
) -> None:
    stated = EXPENDITURE.replace("30201 - - 300", "30201 50201 - 300")
    found = workspace(tmp_path, catalog, expenditure=stated)
    assert yuan(found, "expenditure", gov_bgt_eco_code="50201") == 300
    (notice,) = map(str, found.notices)
    assert "第4行“政府经济科目编码”" in notice
    assert "50201 办公经费" in notice
    assert "50502 商品和服务支出" in notice


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("30101 - - 600", "30107 - - 600", "行政机关的30107"),
        ("30227 - 交流活动", "30227 - -", "项目支出要填项目名称"),
        ("30101 - - 600", "30101 - 某项目 600", "基本支出不分项目"),
        (
            "基本支出 一般公共预算拨款 本年 30101",
            "事业单位经营支出 一般公共预算拨款 本年 30101",
            "只有基本支出和项目支出",
        ),
        ("- 设备更新 100", "- 设备更新 101", "安排的支出101.00元大于本年收入加上年结转100.00元"),
        ("上年结转 30227 - 交流活动 50", "上年结转 30227 - 交流活动 51", "大于收入预算里的上年结转50.00元"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, catalog: Catalog, old: str, new: str, expected: str) -> None:
    assert old in EXPENDITURE
    assert expected in refused(
        tmp_path, catalog, expenditure=EXPENDITURE.replace(old, new), body_type="行政机关"
    )


def test_revenue_of_this_year_names_its_source(tmp_path: Path, catalog: Catalog) -> None:
    assert "本年收入要写明是哪一种收入" in refused(
        tmp_path, catalog, revenue=REVENUE.replace("事业收入", "单位资金")
    )


def test_without_the_kind_of_body_the_government_class_is_asked_for(tmp_path: Path, catalog: Catalog) -> None:
    assert "没有写单位性质" in refused(tmp_path, catalog, body_type="")


def test_what_looks_odd_is_said_and_stops_nothing(tmp_path: Path, catalog: Catalog) -> None:
    found = workspace(tmp_path, catalog, revenue=REVENUE.replace("900", "910"), sangong="公务接待费 5")
    assert yuan(found, "carryover_end", fund_type_code="general") == 10
    notices = "\n".join(map(str, found.notices))
    assert "一般公共预算财政拨款有10.00元没有安排支出" in notices
    assert "公务接待费预算5.00元大于" in notices


def test_forms_with_rows_for_bodies_need_their_codes(tmp_path: Path, catalog: Catalog) -> None:
    assert "要写单位编码" in refused(tmp_path, catalog, forms="hunan-2025-budget")
    own = (CodeRow("104", "某厅"), CodeRow("104012", "某中心"))
    found = workspace(tmp_path, catalog, forms="hunan-2025-budget", agencies=own)
    assert found.settings.agencies == own


def test_a_new_workspace_for_a_budget_has_its_registers(tmp_path: Path, catalog: Catalog) -> None:
    write_template(tmp_path / "new", catalog, name="某中心", year=2025, report="预算")
    with pytest.raises(WorkspaceError):
        read_workspace(tmp_path / "empty", catalog)
    found = read_workspace(tmp_path / "new", catalog)
    assert found.settings.report == "budget"
    assert found.book.entries == ()


def test_every_class_is_mapped_to_one_that_is_listed(catalog: Catalog) -> None:
    listed = catalog.codes["gov_bgt_eco_code"].names
    for code in catalog.codes["dep_bgt_eco_code"].names:
        for body_type in BODY_TYPES:
            mapped = catalog.economic.government_class(code, body_type, 2025)
            assert not mapped or mapped in listed, code


def test_revenue_that_the_forms_have_no_column_for_is_said(tmp_path: Path, catalog: Catalog) -> None:
    with pytest.raises(WorkspaceError) as raised:
        workspace(tmp_path, catalog, revenue=REVENUE + "\n单位资金 上年结转 10", forms="shanghai-budget")
    assert "财政拨款、经营收入、其他收入、财政专户管理资金、上级补助、上级财政补助，这笔收入无处列示" in str(
        raised.value.problems
    )


@pytest.mark.parametrize(
    "wrong",
    [('"年度" = 2025', '"年度" = "2025"'), ('"层级" = "单位"', '"层级" = 单位')],
    ids=["a setting", "the whole file"],
)
def test_with_wrong_settings_the_registers_are_still_those_of_a_budget(
    tmp_path: Path, catalog: Catalog, wrong: tuple[str, str]
) -> None:
    workspace(tmp_path, catalog)
    settings = tmp_path / "单位.toml"
    text = settings.read_text(encoding="utf-8")
    assert wrong[0] in text
    settings.write_text(text.replace(*wrong), encoding="utf-8")
    with pytest.raises(WorkspaceError) as raised:
        read_workspace(tmp_path, catalog)
    assert {problem.file for problem in raised.value.problems} == {"单位.toml"}, (
        "nothing is asked of accounts"
    )


def test_wrong_settings_and_wrong_lines_are_told_together(tmp_path: Path, catalog: Catalog) -> None:
    with pytest.raises(WorkspaceError):
        workspace(tmp_path, catalog, expenditure=EXPENDITURE.replace("2060301", "9990301"))
    settings = tmp_path / "单位.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"年度" = 2025', '"年度" = "2025"'), encoding="utf-8")
    with pytest.raises(WorkspaceError) as raised:
        read_workspace(tmp_path, catalog)
    assert {problem.file for problem in raised.value.problems} == {"单位.toml", "登记簿.xlsx"}


def test_where_nobody_knows_what_is_disclosed_registers_are_not_judged(
    tmp_path: Path, catalog: Catalog
) -> None:
    (tmp_path / "单位.toml").write_text("单位名称 =", encoding="utf-8")
    with pytest.raises(WorkspaceError) as raised:
        read_workspace(tmp_path, catalog)
    assert [problem.file for problem in raised.value.problems] == ["单位.toml", "登记簿.xlsx"]
    assert "没有登记簿" in raised.value.problems[1].text
