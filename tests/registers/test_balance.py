"""Checks of a whole book: what cannot be right stops, what is odd is noticed."""

from __future__ import annotations

from pathlib import Path

from workspace_files import GENERAL, NONFISCAL, Sheets, complaints, read_xlsx


def noticed(folder: Path, sheets: Sheets) -> list[str]:
    return [str(notice) for notice in read_xlsx(folder, sheets).notices]


def test_stated_year_end_that_agrees(tmp_path: Path, sheets: Sheets) -> None:
    sheets["结转结余"].append(["年末结转和结余", GENERAL, "", 349.9, ""])
    assert noticed(tmp_path, sheets) == []


def test_stated_year_end_that_differs(tmp_path: Path, sheets: Sheets) -> None:
    sheets["结转结余"].append(["年末结转和结余", GENERAL, "", 349.8, ""])
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “结转结余”第4行“金额（元）”：填的年末结转和结余是349.80元，"
        "按收入、支出和年初结转算出来是349.90元，请核对"
    ]


def test_stated_year_end_of_other_money(tmp_path: Path, sheets: Sheets) -> None:
    sheets["结转结余"].append(["年末结转和结余", NONFISCAL, "", 1, ""])
    (said,) = complaints(tmp_path, sheets)
    assert "是1.00元，按收入、支出和年初结转算出来是0.00元" in said


def test_overspent_appropriation(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][1][5] = 2000
    (said,) = complaints(tmp_path, sheets)
    assert said.startswith("登记簿.xlsx：一般公共预算财政拨款的年末结转和结余算出来是负数（-1,050.10元）")


def test_overspent_other_money(tmp_path: Path, sheets: Sheets) -> None:
    sheets["结转结余"][2][3] = 200.51
    (said,) = complaints(tmp_path, sheets)
    assert said.startswith("登记簿.xlsx：非财政拨款资金的年末结转和结余算出来是负数（-0.01元）")


def test_operating_loss_is_only_noticed(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"].append(["2060302", "经营支出", NONFISCAL, "", "", 5, ""])
    assert noticed(tmp_path, sheets) == [
        "登记簿.xlsx：非财政拨款资金的年末结转和结余是负数（-5.00元），如果不是经营亏损，请核对"
    ]


def test_negative_total_is_only_noticed(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"].append(["2080505", "基本支出", GENERAL, "30108", "", -8, "冲回"])
    said = noticed(tmp_path, sheets)
    assert "登记簿.xlsx “支出”：科目2080505的支出合计是负数（-8.00元），会照此列示" in said


def test_sangong_beyond_all_fiscal_expenditure(tmp_path: Path, sheets: Sheets) -> None:
    sheets["三公经费"][2][2] = 701
    (said,) = complaints(tmp_path, sheets)
    assert said == "登记簿.xlsx “三公经费”：“三公”经费决算数701.00元大于全部财政拨款支出700.10元，请核对"


def test_sangong_beyond_its_economic_items_is_only_noticed(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][2][3] = "30217"
    sheets["三公经费"][2][2] = 100.2
    assert noticed(tmp_path, sheets) == [
        "登记簿.xlsx “三公经费”：公务接待费的决算数100.20元大于"
        "支出登记簿中相应经济分类科目的财政拨款支出100.10元"
    ]


def test_sangong_is_not_compared_with_a_part_of_its_items(tmp_path: Path, sheets: Sheets) -> None:
    sheets["三公经费"][2][2] = 100.2
    assert noticed(tmp_path, sheets) == []
