"""Files, sheets, columns and settings: what is missing or unreadable is said; both formats mean the same."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from workspace_files import SETTINGS, Sheets, complaints, read_xlsx, write_csv, write_settings, write_xlsx

from gouji.catalog import Catalog
from gouji.registers import Entry, Workspace, WorkspaceError, read_workspace
from gouji.registers.problem import MOST_SHOWN

EXAMPLE = Path(__file__).parents[2] / "examples" / "hunan-2024"


def told(workspace: Workspace) -> list[tuple[str, dict[str, str], str, str, int]]:
    """The entries of a workspace, without the name of their file."""

    def row(entry: Entry) -> tuple[str, dict[str, str], str, str, int]:
        return entry.concept, dict(entry.dims), str(entry.amount), entry.source.sheet, entry.source.row

    return [row(entry) for entry in workspace.book.entries]


def test_missing_folder(tmp_path: Path) -> None:
    (said,) = complaints(tmp_path / "没有")
    assert said.endswith("没有：找不到这个文件夹")


def test_missing_settings(tmp_path: Path, sheets: Sheets) -> None:
    write_xlsx(tmp_path, sheets)
    (said,) = complaints(tmp_path)
    assert said.startswith("单位.toml：")
    assert "没有这个文件" in said


def test_ill_formed_settings(tmp_path: Path, sheets: Sheets) -> None:
    write_xlsx(tmp_path, sheets)
    write_settings(tmp_path, '"单位名称" = "示例中心"\n层级 = "单位"\n')
    (said,) = complaints(tmp_path)
    assert said.startswith("单位.toml第2行：写法不合规矩")


@pytest.mark.parametrize("key", ["单位名称", "层级", "年度"])
def test_missing_setting(tmp_path: Path, sheets: Sheets, key: str) -> None:
    write_xlsx(tmp_path, sheets)
    write_settings(tmp_path, "".join(line for line in SETTINGS.splitlines(True) if key not in line))
    (said,) = complaints(tmp_path)
    assert said.startswith(f"单位.toml“{key}”：缺少这项设置")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"单位名称" = "  "', "单位.toml“单位名称”：空着"),
        ('"单位名称" = 5', "单位.toml“单位名称”：要写单位的全称，并用英文引号括起来"),
        ('"层级" = "科室"', "单位.toml“层级”：只能是部门或单位，写的是“科室”"),
        ('"年度" = "2024"', "单位.toml“年度”：要写2015年以后的四位数年度"),
        ('"年度" = 24', "单位.toml“年度”：要写2015年以后的四位数年度"),
        ('"表样" = "n-1949"', "单位.toml“表样”：没有名为“n-1949”的表样；可用的有：national-2020"),
        ('"单位" = "x"', "单位.toml“单位”：没有这项设置；可以写的有：单位名称、层级、年度、表样"),
        ('"功能科目补充" = 1', "单位.toml“功能科目补充”：要写成一节"),
        ('["功能科目补充"]\n"20603011" = "x"', "单位.toml“功能科目补充”：编码要有3、5、7位数字"),
        ('["功能科目补充"]\n"2060399" = ""', "单位.toml“功能科目补充”：编码2060399要写上名称"),
    ],
)
def test_wrong_setting(tmp_path: Path, sheets: Sheets, line: str, expected: str) -> None:
    write_xlsx(tmp_path, sheets)
    kept = [kept for kept in SETTINGS.splitlines() if kept.partition(" =")[0] != line.partition(" =")[0]]
    write_settings(tmp_path, "\n".join([*kept, line]))
    (said,) = complaints(tmp_path)
    assert said.startswith(expected)


def test_settings_may_be_in_gb18030(tmp_path: Path, sheets: Sheets, catalog: Catalog) -> None:
    write_xlsx(tmp_path, sheets)
    (tmp_path / "单位.toml").write_bytes(SETTINGS.encode("gb18030"))
    assert read_workspace(tmp_path, catalog).settings.name == "示例中心"


def test_no_registers(tmp_path: Path) -> None:
    write_settings(tmp_path)
    (said,) = complaints(tmp_path)
    assert said.startswith("登记簿.xlsx：没有登记簿")


def test_registers_in_an_old_format(tmp_path: Path) -> None:
    write_settings(tmp_path)
    (tmp_path / "登记簿.xls").write_bytes(b"x")
    (said,) = complaints(tmp_path)
    assert "登记簿.xls不能读取，请用 Excel/WPS 另存为登记簿.xlsx" in said


def test_two_sets_of_registers(tmp_path: Path, sheets: Sheets) -> None:
    write_settings(tmp_path)
    write_xlsx(tmp_path, sheets)
    write_csv(tmp_path, sheets)
    assert complaints(tmp_path) == [
        "登记簿.xlsx：登记簿只能有一份：登记簿.xlsx和文件夹登记簿/同时存在，请留下一份"
    ]


def test_missing_sheet(tmp_path: Path, sheets: Sheets) -> None:
    del sheets["结转结余"]
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx：缺少工作表“结转结余”；现有的是：收入、支出、三公经费"
    ]


def test_two_sheets_for_one_register(tmp_path: Path, sheets: Sheets) -> None:
    assert complaints(tmp_path, sheets | {"收入 ": sheets["收入"]}) == [
        "登记簿.xlsx “收入 ”：与工作表“收入”是同一个登记簿，请留下一份"
    ]


def test_missing_csv_file(tmp_path: Path, sheets: Sheets) -> None:
    del sheets["结转结余"]
    write_settings(tmp_path)
    write_csv(tmp_path, sheets)
    assert complaints(tmp_path) == ["登记簿/结转结余.csv：缺少“结转结余”的 CSV 文件"]


def test_missing_column(tmp_path: Path, sheets: Sheets) -> None:
    sheets["支出"][0][2] = "钱从哪来"
    (said,) = complaints(tmp_path, sheets)
    assert said == (
        "登记簿.xlsx “支出”第1行：缺少“资金来源”一列；"
        "现在的表头是：功能科目编码、支出性质、钱从哪来、经济分类科目编码、项目、金额（元）、备注"
    )


def test_amounts_in_wan_yuan_are_not_taken_for_yuan(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][0][2] = "金额（万元）"
    (said,) = complaints(tmp_path, sheets)
    assert "“收入”第1行：缺少“金额（元）”一列" in said


def test_repeated_column(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][0][3] = "金额(元)"
    assert complaints(tmp_path, sheets) == ["登记簿.xlsx “收入”第1行“金额（元）”：表头里这一列出现了两次"]


def test_empty_sheet_has_no_head(tmp_path: Path, sheets: Sheets) -> None:
    sheets["三公经费"] = []
    assert complaints(tmp_path, sheets) == [
        "登记簿.xlsx “三公经费”：没有表头；表头要有：项目、阶段、金额（元）"
    ]


def test_columns_may_stand_in_any_order_and_optional_ones_be_missing(
    tmp_path: Path, sheets: Sheets, catalog: Catalog
) -> None:
    write_settings(tmp_path / "a")
    write_xlsx(tmp_path / "a", sheets)
    write_settings(tmp_path / "b")
    write_xlsx(tmp_path / "b", sheets | {"收入": [row[2::-1] for row in sheets["收入"]]})
    one, other = (read_workspace(tmp_path / name, catalog) for name in "ab")
    assert told(one) == told(other)


def test_what_is_not_used_is_noticed(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][0].append("经办人")
    sheets["三公经费"][1] += ["", 99]
    sheets["草稿"] = [["随手记"]]
    sheets["说明"] = [["怎么填"]]
    assert [str(notice) for notice in read_xlsx(tmp_path, sheets).notices] == [
        "登记簿.xlsx “草稿”：不是登记簿，没有用到",
        "登记簿.xlsx “收入”第1行“经办人”：表头里没有规定这一列，没有用到",
        "登记簿.xlsx “三公经费”第1行：第6列有内容但没有表头，没有用到",
    ]


def test_encrypted_workbook(tmp_path: Path) -> None:
    write_settings(tmp_path)
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64) + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "登记簿.xlsx").write_bytes(ole)
    (said,) = complaints(tmp_path)
    assert said.startswith("登记簿.xlsx：文件有密码")


def test_old_workbook_under_a_new_name(tmp_path: Path) -> None:
    write_settings(tmp_path)
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64) + "Workbook".encode("utf-16-le")
    (tmp_path / "登记簿.xlsx").write_bytes(ole)
    (said,) = complaints(tmp_path)
    assert said.startswith("登记簿.xlsx：这是旧版 Excel 文件（.xls）")


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 cut short"])
def test_not_a_workbook(tmp_path: Path, content: bytes) -> None:
    write_settings(tmp_path)
    (tmp_path / "登记簿.xlsx").write_bytes(content)
    (said,) = complaints(tmp_path)
    assert said.startswith("登记簿.xlsx：")


def test_package_without_a_workbook(tmp_path: Path) -> None:
    write_settings(tmp_path)
    with zipfile.ZipFile(tmp_path / "登记簿.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert complaints(tmp_path) == ["登记簿.xlsx：这不是 Excel 工作簿（.xlsx），请用 Excel/WPS 另存为 .xlsx"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_damaged_part(tmp_path: Path, sheets: Sheets, part: str) -> None:
    write_settings(tmp_path)
    path = write_xlsx(tmp_path, sheets)
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[: len(content) // 2] if name == part else content)
    (said,) = complaints(tmp_path)
    assert said == "登记簿.xlsx：工作簿内部已损坏，请用 Excel/WPS 打开后另存一份"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_files_give_the_same_book(
    tmp_path: Path, sheets: Sheets, catalog: Catalog, encoding: str
) -> None:
    by_workbook = read_xlsx(tmp_path / "xlsx", sheets)
    write_settings(tmp_path / "csv")
    write_csv(tmp_path / "csv", sheets, encoding)
    by_csv = read_workspace(tmp_path / "csv", catalog)
    assert told(by_csv) == told(by_workbook)
    assert by_csv.book.entries[0].source.file == "登记簿/收入.csv"


def test_example_as_csv_gives_the_same_book(tmp_path: Path, catalog: Catalog) -> None:
    example = read_workspace(EXAMPLE, catalog)
    book = openpyxl.load_workbook(EXAMPLE / "登记簿.xlsx")
    rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    write_settings(tmp_path, (EXAMPLE / "单位.toml").read_text(encoding="utf-8"))
    write_csv(tmp_path, rows, "gb18030")
    assert told(read_workspace(tmp_path, catalog)) == told(example)


def test_csv_problem_names_its_file_and_row(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][2][3] = "两行的\n备注"
    sheets["收入"].append(["2060302", "其他收入", "1.234", ""])
    write_settings(tmp_path)
    write_csv(tmp_path, sheets)
    assert complaints(tmp_path) == ["登记簿/收入.csv “收入”第4行“金额（元）”：金额最多两位小数，写的是1.234"]


def test_csv_in_an_unknown_encoding(tmp_path: Path, sheets: Sheets) -> None:
    write_settings(tmp_path)
    write_csv(tmp_path, sheets)
    (tmp_path / "登记簿" / "支出.csv").write_bytes("功能科目编码".encode("utf-16"))
    assert complaints(tmp_path) == ["登记簿/支出.csv：文字编码认不出来，请另存为“CSV UTF-8”"]


def test_csv_with_stray_quotes(tmp_path: Path, sheets: Sheets) -> None:
    write_settings(tmp_path)
    write_csv(tmp_path, sheets)
    (tmp_path / "登记簿" / "支出.csv").write_text('功能科目编码,"支出', encoding="utf-8")
    (said,) = complaints(tmp_path)
    assert said.startswith("登记簿/支出.csv：不是规范的 CSV")


def test_message_lists_only_so_many_problems(tmp_path: Path, sheets: Sheets, catalog: Catalog) -> None:
    sheets["收入"] += [["x", "y", "z", ""] for _ in range(30)]
    with pytest.raises(WorkspaceError) as caught:
        read_xlsx(tmp_path, sheets)
    assert len(caught.value.problems) == 90
    lines = str(caught.value).splitlines()
    assert len(lines) == MOST_SHOWN + 1
    assert lines[-1] == "另有40个问题没有列出，改正以上各处后再看。"


def test_settings_and_registers_are_complained_about_together(tmp_path: Path, sheets: Sheets) -> None:
    sheets["收入"][1][2] = "x"
    write_xlsx(tmp_path, sheets)
    write_settings(tmp_path, '"单位名称" = "示例中心"\n"层级" = "单位"\n')
    assert [said.split("：")[0] for said in complaints(tmp_path)] == [
        "单位.toml“年度”",
        "登记簿.xlsx “收入”第2行“金额（元）”",
    ]
