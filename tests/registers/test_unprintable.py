"""A character that no page can show is told where it stands, when the register is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspace_files import SETTINGS, Sheets, complaints, write_csv, write_settings, write_xlsx

from gouji.registers.printable import unprintable


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("\x07", "这里有看不见的控制字符（U+0007）"),
        ("\x1f", "这里有看不见的控制字符（U+001F）"),
        ("\ue5e5", "这里有一个造字或符号字体的字符（U+E5E5）"),
        ("\ufffd", "这里有乱码（U+FFFD）"),
    ],
)
def test_its_file_row_and_column_are_told(tmp_path: Path, sheets: Sheets, sign: str, said: str) -> None:
    sheets["支出"][2][4] = f"甲{sign}项目"
    write_settings(tmp_path)
    write_csv(tmp_path, sheets)
    (found,) = complaints(tmp_path)
    assert found.startswith(f"登记簿/支出.csv “支出”第3行“项目”：{said}")


def test_a_workbook_stores_them_by_their_numbers(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][2][4] = "甲_x0007_项目"
    (found,) = complaints(tmp_path, sheets)
    assert found.startswith("登记簿.xlsx “支出”第3行“项目”：这里有看不见的控制字符（U+0007）")


def test_settings_are_looked_at_as_well(tmp_path: Path, sheets: Sheets) -> None:
    write_xlsx(tmp_path, sheets)
    write_settings(tmp_path, SETTINGS.replace("示例中心", "示例\\u0007中心"))
    assert any(
        said.startswith("单位.toml“单位名称”：这里有看不见的控制字符") for said in complaints(tmp_path)
    )


def test_what_people_write_is_printable() -> None:
    assert not unprintable("甲项目（一期）\n≥95%，㎡、①、〇、㐀、é、　")
