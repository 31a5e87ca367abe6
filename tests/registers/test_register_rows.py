"""Everything that can be wrong with a row of a register is said with its file, sheet, row and column."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from workspace_files import GENERAL, NONFISCAL, Sheets, complaints, read_xlsx, write_settings

from gouji.facts import fact


def amount_of(folder: Path, sheets: Sheets) -> Decimal:
    """The general revenue of the workspace, whose amount stands in 收入 row 2."""
    figure = read_xlsx(folder, sheets).book.figure(fact("revenue", fund_type_code="general"))
    assert figure is not None
    return figure.amount


def test_good_rows_are_read(tmp_path: Path, sheets: Sheets) -> None:
    workspace = read_xlsx(tmp_path, sheets)
    assert workspace.settings.name == "示例中心"
    assert len(workspace.book.entries) == 9
    assert workspace.notices == ()
    figure = workspace.book.figure(fact("carryover_end", fund_type_code="general"))
    assert figure is not None
    assert figure.amount == Decimal("349.90")
    rows = [str(source) for source in figure.sources]
    assert rows == ["收入第2行", "结转结余第2行", "支出第2行", "支出第3行"]


def test_unknown_code(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][2][0] = "2060398"
    (said,) = complaints(tmp_path, sheets)
    assert said.startswith("登记簿.xlsx “支出”第3行“功能科目编码”：")
    assert "2024年度的支出功能分类科目里没有编码2060398" in said
    assert "功能科目补充" in said


def test_unknown_code_is_allowed_once_the_settings_add_it(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][2][0] = "2060398"
    assert complaints(tmp_path, sheets)
    with (tmp_path / "单位.toml").open("a", encoding="utf-8") as stream:
        stream.write('["功能科目补充"]\n"2060398" = "新设科目"\n')
    assert complaints(tmp_path) == []


def test_added_code_needs_the_codes_above_it(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][2][0] = "2067701"
    complaints(tmp_path, sheets)
    with (tmp_path / "单位.toml").open("a", encoding="utf-8") as stream:
        stream.write('["功能科目补充"]\n"2067701" = "新设科目"\n')
    (said,) = complaints(tmp_path)
    assert "没有2067701的上级科目20677" in said


def test_obsolete_code_tells_its_years(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][1][3] = "39906"
    (said,) = complaints(tmp_path, sheets)
    assert said == (
        "登记簿.xlsx “支出”第2行“经济分类科目编码”："
        "部门预算支出经济分类科目39906 赠与只在2018—2020年使用，不能用于2024年度"
    )


def test_wrong_code_length(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][1][0] = 20603
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “收入”第2行“功能科目编码”：编码要填7位数字，“20603”是5位"
    ]


def test_words_in_place_of_a_code(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][1][0] = "机构运行"
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “收入”第2行“功能科目编码”：编码只能是7位数字，写的是“机构运行”"
    ]


def test_total_row_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    sheets["三公经费"].append(["合计", "决算数", 10, ""])
    (said,) = complaints(tmp_path, sheets)
    assert said == "登记簿.xlsx “三公经费”第4行“项目”：登记簿只记明细，“合计”由程序加出，请删去这一行"


@pytest.mark.parametrize("code", [2060301, 2060301.0, " 2060301 ", "２０６０３０１"])
def test_codes_may_be_numbers_or_text(tmp_path: Path, sheets: Sheets, code: object) -> None:
    sheets["收入"][1][0] = code
    assert "2060301" in read_xlsx(tmp_path, sheets).book.codes("revenue", "exp_func_code", {})


def test_text_in_place_of_a_number(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][1][2] = "约12万"
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “收入”第2行“金额（元）”：这里要填数字，写的是“约12万”"
    ]


def test_dash_in_place_of_a_number(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][1][2] = "—"
    assert "第2行“金额（元）”：这里要填数字，写的是“—”" in complaints(tmp_path, sheets)[0]


def test_more_than_two_decimals(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][1][2] = 1000.125
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “收入”第2行“金额（元）”：金额最多两位小数，写的是1000.125"
    ]


def test_number_beyond_cents(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][1][2] = 1e22
    (said,) = complaints(tmp_path, sheets)
    assert said.startswith("登记簿.xlsx “收入”第2行“金额（元）”：数字1e+22太大")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (1234.1, "1234.1"), (0.1 + 0.2 + 1000, "1000.30"), (987654321.98, "987654321.98"),
        ("1,234.50", "1234.50"), ("1234.500", "1234.50"), ("１２３４．５", "1234.50"), (1000, "1000"),
    ],
)  # fmt: skip
def test_amounts_are_exact(tmp_path: Path, sheets: Sheets, written: object, read: str) -> None:
    sheets["收入"][1][2] = written
    assert amount_of(tmp_path, sheets) == Decimal(read)


def test_blank_amount(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][3][5] = ""
    (said,) = complaints(tmp_path, sheets)
    assert said.startswith("登记簿.xlsx “支出”第4行“金额（元）”：金额空着")


def test_blank_label(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][1][1] = ""
    (said,) = complaints(tmp_path, sheets)
    assert said.startswith("登记簿.xlsx “收入”第2行“收入来源”：这里空着；可以填：一般公共预算财政拨款、")


def test_blank_code(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][1][0] = ""
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “收入”第2行“功能科目编码”：这里空着，要填7位数字的编码"
    ]


def test_duplicate_row(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"] += [[], ["2060301", "一般公共预算财政拨款收入", 5, "换一种写法"]]
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “收入”第5行：与第2行重复（功能科目编码、收入来源都相同），请合并成一行"
    ]


def test_rows_of_two_projects_are_not_duplicates(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"].append(["2060301", "项目支出", GENERAL, "", "乙项目", 1, ""])
    assert len(read_xlsx(tmp_path, sheets).book.entries) == 10


def test_unknown_label(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][1][1] = "基本开支"
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “支出”第2行“支出性质”：“基本开支”不是可以填的内容；"
        "可以填：基本支出、项目支出、上缴上级支出、经营支出、对附属单位补助支出"
    ]


def test_label_that_means_something_else(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][3][2] = "事业收入"
    (said,) = complaints(tmp_path, sheets)
    assert "第4行“资金来源”：“事业收入”不是可以填的内容" in said


def test_general_basic_expenditure_needs_an_economic_code(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][1][3] = ""
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “支出”第2行“经济分类科目编码”："
        "一般公共预算财政拨款的基本支出要填经济分类科目编码（公开06表按它列示）"
    ]


def test_general_basic_expenditure_needs_a_code_of_the_form(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][1][3] = "30901"
    complaints(tmp_path, sheets)
    with (tmp_path / "单位.toml").open("a", encoding="utf-8") as stream:
        stream.write('["经济科目补充"]\n"309" = "资本性支出（基本建设）"\n"30901" = "房屋建筑物购建"\n')
    (said,) = complaints(tmp_path)
    assert "“支出”第2行“经济分类科目编码”：公开06表没有30901这一行" in said


def test_fiscal_money_pays_basic_and_project_expenditure_only(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][2][1] = "经营支出"
    (said,) = complaints(tmp_path, sheets)
    assert said.startswith("登记簿.xlsx “支出”第3行“支出性质”：财政拨款支出只有基本支出和项目支出")


def test_expenditure_needs_a_line_in_the_summary(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][3][0] = "2300101"
    complaints(tmp_path, sheets)
    with (tmp_path / "单位.toml").open("a", encoding="utf-8") as stream:
        stream.write('["功能科目补充"]\n"230" = "转移性支出"\n"23001" = "返还性支出"\n"2300101" = "某"\n')
    (said,) = complaints(tmp_path)
    assert "“支出”第4行“功能科目编码”：公开01表没有230类的行" in said


def test_carryover_needs_its_fund(tmp_path: Path, sheets: Sheets) -> None:
    sheets["结转结余"][1][1] = ""
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “结转结余”第2行“资金性质”：这里空着；年初、年末结转和结余要分清是哪种资金"
    ]


def test_surplus_is_never_fiscal(tmp_path: Path, sheets: Sheets) -> None:
    sheets["结转结余"][2][1] = GENERAL
    (said,) = complaints(tmp_path, sheets)
    assert said.startswith("登记簿.xlsx “结转结余”第3行“资金性质”：这个“项目”只涉及非财政拨款资金")


def test_carryover_of_government_funds_needs_its_code(tmp_path: Path, sheets: Sheets) -> None:
    sheets["结转结余"].append(["年初结转和结余", "政府性基金预算财政拨款", "", 7, ""])
    (said,) = complaints(tmp_path, sheets)
    assert said.startswith("登记簿.xlsx “结转结余”第4行“功能科目编码”：政府性基金的年初结转和结余要填")


def test_formula_without_a_stored_result(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][1][2] = "=1000+0.5"
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “收入”第2行“金额（元）”：这里的公式没有存下结果，请用 Excel/WPS 打开、重新计算并保存"
    ]


def _with_formula(folder: Path, sheets: Sheets, result: object) -> None:
    """The good workbook with a formula and its stored result as the amount of 收入 row 2."""
    write_settings(folder)
    with xlsxwriter.Workbook(str(folder / "登记簿.xlsx")) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        book.get_worksheet_by_name("收入").write_formula(1, 2, "=A9/3", None, result)


def test_formula_with_a_stored_result_is_read(tmp_path: Path, sheets: Sheets) -> None:
    _with_formula(tmp_path, sheets, 1000.25)
    assert complaints(tmp_path) == []


def test_formula_that_failed(tmp_path: Path, sheets: Sheets) -> None:
    _with_formula(tmp_path, sheets, "#DIV/0!")
    assert complaints(tmp_path) == ["登记簿.xlsx “收入”第2行“金额（元）”：这里的公式出错（#DIV/0!），请改正"]


@pytest.mark.parametrize("value", [datetime.date(2024, 5, 1), True])
def test_neither_text_nor_number(tmp_path: Path, sheets: Sheets, value: object) -> None:
    sheets["收入"][1][2] = value
    (said,) = complaints(tmp_path, sheets)
    assert said.startswith("登记簿.xlsx “收入”第2行“金额（元）”：这里是日期、时间或逻辑值")


def test_all_problems_are_reported_together(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][1] = ["206", "捐款", "很多", ""]
    sheets["三公经费"][1][2] = ""
    write_settings(tmp_path)
    said = complaints(tmp_path, sheets)
    assert [text.split("：")[0] for text in said] == [
        "登记簿.xlsx “收入”第2行“功能科目编码”",
        "登记簿.xlsx “收入”第2行“收入来源”",
        "登记簿.xlsx “收入”第2行“金额（元）”",
        "登记簿.xlsx “三公经费”第2行“金额（元）”",
    ]


def test_hints_above_the_head_and_blank_rows_are_passed_over(tmp_path: Path, sheets: Sheets) -> None:
    head, first, second = sheets["收入"]
    sheets["收入"] = [["说明：每个科目一行"], [], head, first, [], ["", "", "", "只有备注"], second]
    book = read_xlsx(tmp_path, sheets).book
    assert [entry.source.row for entry in book.entries if entry.concept == "revenue"] == [4, 7]


def test_nonfiscal_expenditure_counts_in_the_whole_only(tmp_path: Path, sheets: Sheets) -> None:
    book = read_xlsx(tmp_path, sheets).book
    whole = book.figure(fact("expenditure"))
    fiscal = book.figure(fact("expenditure", fund_type_code="fiscal"))
    assert whole is not None
    assert fiscal is not None
    assert (whole.amount, fiscal.amount) == (Decimal("1000.10"), Decimal("700.10"))
    assert NONFISCAL not in book.dimensions["fund_type_code"].titles.values()
