"""What sentences state, checked against tables, against each other and within themselves; and what is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gouji.catalog import CatalogError, load_catalog
from gouji.catalog.clause_wording import clause_wording
from gouji.checking import CheckedDocument, Finding, Severity, check, check_document
from gouji.documents import Cell, Document, Page, Paragraph, Place, Table
from gouji.facts import Outcome
from gouji.reading import Measure, read_document

COVER = "某市科学技术局2024年度部门决算"
SPENDING = (
    "支出决算表",
    [
        ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
        ["", "合计", "300.00", "180.00", "120.00"],
        ["206", "科学技术支出", "300.00", "180.00", "120.00"],
        ["20601", "科学技术管理事务", "300.00", "180.00", "120.00"],
        ["2060101", "行政运行", "180.00", "180.00", ""],
        ["2060102", "一般行政管理事务", "100.00", "", "100.00"],
        ["2060103", "机关服务", "20.00", "", "20.00"],
    ],
)
GENERAL = ("一般公共预算财政拨款支出决算表", SPENDING[1])
ECONOMIC = (
    "一般公共预算财政拨款基本支出决算表",
    [
        ["科目编码", "科目名称", "决算数"],
        ["301", "工资福利支出", "150.00"],
        ["30101", "基本工资", "90.00"],
        ["30102", "津贴补贴", "50.00"],
        ["30103", "奖金", ""],
        ["30107", "绩效工资", "10.00"],
        ["302", "商品和服务支出", "30.00"],
        ["30201", "办公费", "30.00"],
    ],
)
GENERAL_HEADS = ("第三部分 决算情况说明", "五、一般公共预算财政拨款支出决算情况说明")


def document(
    *lines: str, tables: Sequence[tuple[str, list[list[str]]]] = (SPENDING, GENERAL, ECONOMIC)
) -> Document:
    """A disclosure of some tables, in 万元, and these lines of text."""
    blocks: list[Paragraph | Table] = [_line(COVER, 1)]
    for number, (title, rows) in enumerate(tables, start=1):
        blocks += [_line(title, number * 100), _line("单位：万元", number * 100 + 1), _grid(rows, number)]
    blocks += [_line(text, 1000 + number) for number, text in enumerate(lines)]
    return Document(Path("x.docx"), "docx", [], blocks)


def _line(text: str, number: int) -> Paragraph:
    return Paragraph(text, Place(None, None, f"第{number}段"))


def _grid(rows: list[list[str]], number: int) -> Table:
    cells = [
        Cell(text, row, column, 1, 1, Place(None, None, f"表{number}第{row + 1}行第{column + 1}列"))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return Table(len(rows), len(rows[0]), cells, Place(None, None, f"表{number}"))


def checked(paper: Document) -> tuple[CheckedDocument, list[Finding]]:
    catalog = load_catalog()
    return check_document(read_document(paper, catalog), catalog)


def rules(*lines: str) -> list[str]:
    _, findings = checked(document(*GENERAL_HEADS, *lines))
    return [f.rule for f in findings if f.outcome is Outcome.VIOLATED]


ITEM = "1、科学技术支出（类）科学技术管理事务（款）{}（项）。主要用于：{}。年初预算为{}万元，支出决算为{}万元。{}"


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("GJ411", "一般公共预算财政拨款支出330.00万元。", "一般公共预算财政拨款支出300.00万元。"),
        ("GJ411", "一般公共预算财政拨款支出0.03万元。", "一般公共预算财政拨款支出300万元。"),
        (
            "GJ412",
            "2024年开支会议费3.71万元，用于调研。2024年开支会议费3.17万元。",
            "2024年开支会议费3.71万元，用于调研。2024年开支会议费3.71万元。",
        ),
        (
            "GJ412",
            "2024年度安排因公出国（境）团组2个，累计4人次。2024年因公出国（境）团组2个，累计5人次。",
            "2024年度安排因公出国（境）团组2个，累计4人次。2024年因公出国（境）团组2个，累计4人次。",
        ),
        (
            "GJ412",
            "截至2024年12月31日，本单位共有车辆3辆。本单位共有车辆2辆，均为业务用车。",
            "截至2024年12月31日，本单位共有车辆3辆。2024年本单位购置公务用车2辆，所属中心共有车辆1辆。",
        ),
        (
            "GJ412",
            "本单位共有车辆0辆，单位价值100万元以上设备（不含车辆）2台（套）。本单位单价100万元（含）以上的设备1台。",
            "本单位共有车辆0辆，单价100万元以上设备2台（套）。2025年计划购置单价100万元以上设备1台（套）。",
        ),
        (
            "GJ413",
            "政府采购支出总额64.87万元，其中：货物采购1.22万元、工程采购0万元、服务采购66.35万元。",
            "政府采购支出总额64.87万元，其中：货物采购1.22万元、工程采购0万元、服务采购63.65万元。",
        ),
        (
            "GJ411",
            "收入合计300.00万元、支出合计330.00万元。",
            "收入合计300.00万元、支出合计300.00万元。",
        ),
        (
            "GJ437",
            "截至2024年12月31日，本单位开支财政拨款的公务用车保有量为3辆。截至2024年12月31日，本单位共有车辆2辆。",
            "截至2024年12月31日，本单位开支财政拨款的公务用车保有量为2辆。截至2024年12月31日，本单位共有车辆3辆。",
        ),
        (
            "GJ438",
            "公务用车购置费支出0.00万元，2024年购置公务用车1辆。",
            "公务用车购置费支出18.00万元，2024年购置公务用车1辆。",
        ),
        (
            "GJ438",
            "公务用车购置费支出18.00万元，2024年购置公务用车0辆。",
            "公务用车购置费支出0.00万元。2024年本单位计划购置特种车辆1辆。",
        ),
        (
            "GJ412",
            "公务用车购置费支出18.00万元，购置公务用车1辆，支出36.00万元。",
            "公务用车购置费支出18.00万元，购置公务用车1辆，支出18.00万元。",
        ),
        ("GJ439", "现有编制8名，在编人员9人，离退休人员2人。", "编制8名，其中行政编制2名。实有人员9人，在编8人。"),
        (
            "GJ413",
            "2024年共接待8批次、60人次（国内接待5批次、外事接待2批次）。",
            "2024年共接待8批次、60人次（国内接待6批次、外事接待2批次）。",
        ),
        (
            "GJ413",
            "公务接待费1.00万元（国内接待0.60万元、外事接待0.20万元）。",
            "公务接待费1.00万元（其中：国内接待0.60万元、外事接待0.20万元）。",
        ),
        (
            "GJ413",
            "公务接待费1.00万元（国内接待0.60万元、外事接待0.50万元）。",
            "公务接待费1.00万元（国内接待0.60万元、外事接待0.20万元等）。",
        ),
        (
            "GJ413",
            "涉及项目8个，其中一般公共预算项目5个、政府性基金预算项目4个。",
            "涉及项目8个，其中一般公共预算项目5个、政府性基金预算项目0个。",
        ),
        (
            "GJ713",
            "2023年本单位开支会议费3.71万元，用于召开会议。",
            "2023年本单位开支会议费3.71万元，2024年开支会议费3.17万元。",
        ),
        (
            "GJ429",
            "会议费支出130.00万元，比2023年决算数100.00万元增加40.00万元，主要原因是会议增加。",
            "会议费支出130.00万元，比2023年决算数100.00万元增加30.00万元，主要原因是会议增加。",
        ),
        (
            "GJ429",
            "会议费支出0.30万元。会议费上年数为0.00万元，与上年相比增加1.30万元，主要是因为会议增加。",
            "会议费支出0.30万元。会议费上年数为0.00万元，与上年相比增加0.30万元，主要是因为会议增加。",
        ),
        (
            "GJ430",
            "一般公共预算财政拨款支出300.00万元，比上年增加20.00万元，其中基本支出增加5.00万元，项目支出减少15.00万元。",
            "一般公共预算财政拨款支出300.00万元，比上年减少10.02万元，其中基本支出增加5.00万元，项目支出减少15.00万元。",
        ),
        (
            "GJ430",
            "支出300.00万元，比上年增加20.00万元，主要原因是基本支出减少5.00万元，项目支出减少15.00万元。",
            "支出300.00万元，比上年减少30.00万元，主要原因是基本支出减少5.00万元，项目支出减少15.00万元，经营支出减少10.00万元。",
        ),
        (
            "GJ417",
            "“三公”经费支出决算为3.00万元，与上年相比增加1.00万元，增长50.00%。决算数小于上年数的主要原因是业务变化。",
            "“三公”经费支出决算为3.00万元，与上年相比减少1.00万元，下降25.00%。决算数小于上年数的主要原因是业务变化。",
        ),
        (
            "GJ417",
            "公务接待费支出决算为0.00万元，与上年相比增加0.78万元，增长100.00%。",
            "公务接待费支出决算为0.00万元，与上年相比减少0.78万元，下降100.00%。",
        ),
        (
            "GJ417",
            "1、科学技术支出（类）科学技术管理事务（款）机关服务（项）。年初未安排预算，支出决算为20.00万元，决算数小于年初预算数。",
            "1、科学技术支出（类）科学技术管理事务（款）机关服务（项）。年初未安排预算，支出决算为20.00万元，决算数大于年初预算数。",
        ),
        (
            "GJ413",
            "共有车辆3辆，其中：机要通信用车1辆、应急保障用车1辆、其他用车0辆。",
            "共有车辆3辆，其中：机要通信用车1辆、应急保障用车1辆、其他用车1辆。",
        ),
        (
            "GJ413",
            "总面积为300平方米，其中地上面积为180平方米（其中计容面积120平方米，不计容面积90平方米），地下面积为120平方米。",
            "总面积为300平方米，其中地上面积为180平方米（其中计容面积90平方米，不计容面积90平方米），地下面积为120平方米。",
        ),
        (
            "GJ414",
            "一般公共预算财政拨款支出300.00万元，其中：基本支出180.00万元，占60.40%；项目支出120.00万元，占40.00%。",
            "一般公共预算财政拨款支出300.00万元，其中：基本支出180.00万元，占59.99%；项目支出120.00万元，占40.00%。",
        ),
        (
            "GJ414",
            "项目支出120.00万元，占本年支出合计的30.00%。",
            "项目支出120.00万元，占本年支出合计的40.00%。",
        ),
        (
            "GJ415",
            "机关运行经费支出184.65万元，比2023年度增加2.55万元，增长4.10%。",
            "机关运行经费支出184.65万元，比2023年度增加2.55万元，增长1.40%。",
        ),
        (
            "GJ416",
            "公务接待费支出预算为0.29万元，支出决算为0.10万元，完成预算的43.48%。",
            "公务接待费支出预算为0.29万元，支出决算为0.10万元，完成预算的34.48%。",
        ),
        (
            "GJ417",
            ITEM.format("行政运行", "人员开支", "190.00", "180.00", "决算数大于预算数的主要原因：人员变动。"),
            ITEM.format("行政运行", "人员开支", "190.00", "180.00", "决算数小于预算数的主要原因：人员变动。"),
        ),
        (
            "GJ417",
            ITEM.format("行政运行", "人员开支", "190.00", "180.00", "决算数等于预算数。"),
            ITEM.format("行政运行", "人员开支", "180.00", "180.00", "决算数与预算数持平。"),
        ),
        (
            "GJ417",
            "机关运行经费支出1.20万元，比上年增加2.55万元。",
            "机关运行经费支出1.20万元，比上年减少2.55万元。",
        ),
        (
            "GJ417",
            "机关运行经费支出10.20万元，比上年增加2.55万元，下降20.00%。",
            "机关运行经费支出10.20万元，比上年减少2.55万元，下降20.00%。",
        ),
        (
            "GJ418",
            "一般公共预算财政拨款支出300.00万元，与2022年度相比增加2.55万元。",
            "一般公共预算财政拨款支出300.00万元，与2023年度相比增加2.55万元。",
        ),
        (
            "GJ419",
            "公务接待费0.50万元，比上年减少0.20万元。主要原因是接待经费增加。",
            "公务接待费0.50万元，比上年减少0.20万元。主要原因是接待经费减少。",
        ),
        (
            "GJ421",
            "人员经费150.00万元，主要包括：基本工资、津贴补贴、奖金、绩效工资。",
            "人员经费150.00万元，主要包括：基本工资、津贴补贴、绩效工资。",
        ),
        (
            "GJ422",
            "人员经费150.00万元，主要包括：基本工资、津贴补贴、奖金。",
            "人员经费150.00万元，主要包括：基本工资、津贴补贴等。",
        ),
        (
            "GJ423",
            ITEM.format("一般行政管理事务", "宣传等基本支出", "100.00", "100.00", ""),
            ITEM.format("一般行政管理事务", "宣传等项目支出", "100.00", "100.00", ""),
        ),
        (
            "GJ427",
            "2024年度部门整体支出全年预算数250.00万元，全部用于履职。",
            "2024年度部门整体支出全年预算数350.00万元，全部用于履职。",
        ),
        ("GJ428", "因公出国（境）团组0个，累计4人次。", "因公出国（境）团组2个，累计4人次。"),
        ("GJ428", "共接待3批次、0人次。", "共接待0批次、0人次。"),
    ],
)  # fmt: skip
def test_a_rule_finds_what_it_is_about_and_leaves_the_rest(rule: str, wrong: str, right: str) -> None:
    assert rule in rules(wrong)
    assert rules(right) == []


@pytest.mark.parametrize(
    "line",
    [
        "其中购置公务用车2辆，支出36.00万元；运行维护支出12.00万元。",
        "2024年本单位未举办论坛、赛事活动，开支0.00万元。",
        "一般公共预算财政拨款支出300.00万元，与上年相比增加5.00万元，其中基本支出与上年持平。",
        "政府采购支出总额45.53万元，其中：货物44.15万元、工程1.29万元、服务0.09万元。",
        "本年支出300.00万元，其中基本支出180.00万元，项目支出120.00万元，年末结转和结余7.00万元。",
    ],
)
def test_what_stands_beside_a_subject_is_not_taken_for_it(line: str) -> None:
    assert rules("（三）“三公”经费支出情况", line) == []


def test_one_figure_said_twice_is_one_defect_and_the_text_is_the_suspect() -> None:
    _, findings = checked(
        document(
            *GENERAL_HEADS,
            "一般公共预算财政拨款支出330.00万元。",
            "一般公共预算财政拨款支出330.00万元，占100.00%。",
        )
    )
    (finding,) = (f for f in findings if f.outcome is Outcome.VIOLATED)
    assert (finding.rule, finding.stated, finding.expected) == ("GJ411", "330.00万元", "300.00")
    assert finding.evidence[0].suspect
    assert finding.evidence[0].ref == "第1002段"


def test_what_two_tables_withhold_from_their_totals_is_one_finding() -> None:
    def table(title: str, total: str) -> tuple[str, list[list[str]]]:
        return title, [
            ["收入", "", "支出", ""], ["项目", "决算数", "项目", "决算数"],
            ["一、一般公共预算财政拨款收入", "100.00", "一、一般公共服务支出", "70.00"],
            ["二、政府性基金预算财政拨款收入", "", "二、教育支出", "10.00"],
            ["本年收入合计", "100.00", "本年支出合计", total],
        ]  # fmt: skip

    def serious(*tables: tuple[str, list[list[str]]]) -> list[Finding]:
        _, findings = checked(document("本年支出合计100.00万元。", tables=tables))
        return [f for f in findings if f.rule == "GJ101" and f.outcome is Outcome.VIOLATED]

    titles = ("收入支出决算总表", "财政拨款收入支出决算总表")
    (finding,) = serious(*(table(title, "100.00") for title in titles))
    assert (finding.severity, "下级科目之和都少20.00万元" in finding.title) == (Severity.WARNING, True)
    (finding,) = serious(table(titles[0], "100.00"))
    assert finding.severity is Severity.ERROR


def test_a_figure_in_the_wrong_unit_is_told_as_such() -> None:
    _, findings = checked(document(*GENERAL_HEADS, "一般公共预算财政拨款支出300.00元。"))
    (finding,) = (f for f in findings if f.rule == "GJ411")
    assert "像是单位" in finding.message


def test_a_wrong_figure_breaks_no_ratio_of_its_own() -> None:
    """0 with 减少 and a percentage: what is wrong is the 0."""
    assert rules(
        "一般公共预算财政拨款支出0万元。与2023年度相比，一般公共预算财政拨款支出减少56.95万元，下降15.95%。"
    ) == ["GJ411"]


def test_items_left_out_are_named_and_a_choice_of_items_is_not() -> None:
    told = ["2060101", "2060102", "2060103"]
    lines = [f"（{n}）科目（{code}）{amount}万元。" for n, (code, amount) in enumerate(
        zip(told, ("180.00", "100.00", "20.00"), strict=True), start=1)]  # fmt: skip
    rows = [*SPENDING[1], ["2060199", "其他科学技术管理事务支出", "9.00", "", "9.00"]]
    _, findings = checked(document(*GENERAL_HEADS, *lines, tables=[("支出决算表", rows), (GENERAL[0], rows)]))
    assert "GJ424" not in [f.rule for f in findings], "one of four is a choice"
    more = [["2060201", "甲", "1.00", "", "1.00"], ["2060202", "乙", "1.00", "", "1.00"]]
    lines += [f"（{n}）科目（{row[0]}）1.00万元。" for n, row in enumerate(more, start=4)]
    rows += more
    _, findings = checked(document(*GENERAL_HEADS, *lines, tables=[("支出决算表", rows), (GENERAL[0], rows)]))
    (finding,) = (f for f in findings if f.rule == "GJ424")
    assert "其他科学技术管理事务" in finding.title


def test_a_blank_table_of_which_the_text_tells_figures_is_found() -> None:
    heads = [["", "合计", "因公出国（境）费", "公务用车购置及运行费", "公务接待费"]]
    blank = [*heads, ["决算数", "", "", "", ""]]
    title = "财政拨款“三公”经费支出决算表"
    lines = ("第三部分 说明", "七、财政拨款“三公”经费支出决算情况说明", "“三公”经费支出决算为0.95万元。")
    _, findings = checked(document(*lines, tables=[SPENDING, (title, blank)]))
    assert [f.rule for f in findings if f.rule in ("GJ411", "GJ426")] in (["GJ426"], [])


def test_last_year_that_follows_is_no_more_than_its_total() -> None:
    lines = (
        "第三部分 说明", "四、财政拨款收入支出决算总体情况说明",
        "财政拨款收入支出总计320.00万元。与2023年度相比，财政拨款收入支出总计{}。",
        "五、一般公共预算财政拨款支出决算情况说明",
        "一般公共预算财政拨款支出300.00万元。与2023年度相比，一般公共预算财政拨款支出减少63.14万元，下降17.39%。",
    )  # fmt: skip
    for words, expected in (("持平", ["GJ425"]), ("减少63.14万元，下降16.48%", [])):
        _, findings = checked(document(*(line.format(words) for line in lines)))
        assert [f.rule for f in findings if f.outcome is Outcome.VIOLATED] == expected


def test_spending_of_all_funds_is_not_held_against_the_total_of_some() -> None:
    lines = (
        "第三部分 说明", "一、收入支出决算总体情况说明", "支出合计300.00万元，与上年相比减少63.14万元，下降17.39%。",
        "四、财政拨款收入支出决算总体情况说明",
        "财政拨款收入支出总计320.00万元。与2023年度相比，财政拨款收入支出总计增加320.00万元。",
    )  # fmt: skip
    _, findings = checked(document(*lines))
    assert "GJ425" not in [f.rule for f in findings]


def test_what_words_do_not_say_is_counted_and_compared_with_nothing() -> None:
    paper, findings = checked(document(*GENERAL_HEADS, "下达引导资金777.00万元，涉及项目3个。"))
    assert [f for f in findings if f.outcome is Outcome.VIOLATED] == []
    assert (paper.text.figures, paper.text.bound, paper.text.unbound) == (2, 1, 1)
    assert "不在词典中" in paper.text.reasons[0][0]


def test_a_heading_with_a_slip_in_it_still_says_what_is_spoken_of() -> None:
    heads = [
        f"{n}、科学技术支出（类）科学技术管理事务（款）{name}（项）。"
        for n, name in enumerate(("行政运行", "机关服务"), 1)
    ]
    told = [
        f"年初预算为{amount}万元，支出决算为{amount}万元，完成年初预算的100.00%。"
        for amount in ("180.00", "20.00")
    ]
    for slip in ("。", "错误！未定义书签。"):
        found = rules(heads[0], told[0], heads[1] + slip, told[1])
        assert "GJ411" not in found


def test_the_fund_of_a_sentence_holds_for_all_of_it() -> None:
    fund = ("政府性基金预算财政拨款收入支出决算表", [
        ["科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出", "基本支出", "项目支出", "年末结转和结余"],
        ["", "合计", "1.00", "30.00", "29.00", "", "29.00", "2.00"],
    ])  # fmt: skip
    line = "2024年度政府性基金预算财政拨款年初结转和结余1.00万元，本年收入{}，本年支出29.00万元，其中基本支出0.00万元，项目支出29.00万元，年末结转和结余{}万元。"
    heads = ("第三部分 决算情况说明", "八、政府性基金预算收入支出决算情况")

    def found(*figures: str) -> list[str]:
        _, findings = checked(document(*heads, line.format(*figures), tables=(SPENDING, fund)))
        return [f.rule for f in findings if f.rule == "GJ411"]

    assert found("30.00万元", "2.00") == []
    assert found("30.00元", "2.00") == ["GJ411"]
    assert found("30.00万元", "3.00") == ["GJ411"]


def test_of_a_short_list_nothing_is_left_out() -> None:
    economic = (
        ECONOMIC[0],
        [
            *ECONOMIC[1][:6],
            ["302", "商品和服务支出", "30.00"],
            ["30201", "办公费", "20.00"],
            ["30202", "印刷费", "10.00"],
        ],
    )

    def found(listed: str) -> list[str]:
        line = f"公用经费30.00万元，主要包括：{listed}。"
        _, findings = checked(document(*GENERAL_HEADS, line, tables=(SPENDING, GENERAL, economic)))
        return [f.rule for f in findings if f.rule in ("GJ421", "GJ422")]

    assert found("办公费、印刷费") == []
    assert found("办公费") == ["GJ422"]
    assert found("办公费等") == []
    assert found("办公费、印刷费、差旅费") == []  # the table has no row for it


def test_a_reason_proves_nothing() -> None:
    assert rules("公务接待费0.50万元，比上年减少0.20万元。主要原因是上年接待增加。") == []


@pytest.mark.parametrize(("page", "found"), [(1, False), (2, True)], ids=["scanned", "printed"])
def test_only_the_sentences_of_printed_pages_are_believed(page: int, found: bool) -> None:
    paper = document(*GENERAL_HEADS, "一般公共预算财政拨款支出330.00万元。")
    paper.pages += [Page(1, 595, 842, scanned=True), Page(2, 595, 842)]
    last = paper.blocks[-1]
    assert isinstance(last, Paragraph)
    paper.blocks[-1] = Paragraph(last.text, Place(page, None, last.place.ref))
    _, findings = checked(paper)
    assert any(finding.rule.startswith("GJ41") for finding in findings) is found


def test_figures_measure_what_their_words_say() -> None:
    catalog = load_catalog()
    reading = read_document(
        document(
            *GENERAL_HEADS, "基本支出180.00万元，占60.00%，比上年增加9.00万元，增长5.26%，涉及2个单位。"
        ),
        catalog,
    )
    assert [s.measure for s in reading.statements] == [
        Measure.AMOUNT, Measure.SHARE, Measure.DIFFERENCE, Measure.GROWTH, Measure.COUNT,
    ]  # fmt: skip
    amount = next(iter(reading.statements))
    assert str(amount.fact) == "expenditure{fund_type_code=general, nature=basic}"
    assert amount.passage.text[amount.start : amount.end] == "180.00万元"


def test_no_rule_of_sentences_is_louder_than_it_is_sure() -> None:
    severities = {rule.id: rule.severity for rule in load_catalog().rules.values()}
    assert {severities[f"GJ{n}"] for n in (411, 412, 413, 414, 415, 416, 417, 426)} == {Severity.ERROR}
    assert {severities[f"GJ{n}"] for n in (418, 419, 421, 422, 423, 424, 425, 427)} == {Severity.WARNING}


def test_a_broken_catalogue_of_clauses_names_the_entry() -> None:
    with pytest.raises(CatalogError, match=r"clauses.toml: \[units\] money"):
        clause_wording({}, load_catalog().dimensions)


def test_a_text_file_is_held_against_the_tables_of_another_file() -> None:
    catalog = load_catalog()
    tables = read_document(document(), catalog, "表.docx")
    lines = (*GENERAL_HEADS, "一般公共预算财政拨款支出330.00万元。", "2024年度某市科学技术局支出330.00万元。")
    text = read_document(document(*lines, tables=()), catalog, "文字.docx")
    result = check([text, tables], catalog)
    found = [f for f in result.findings if f.rule == "GJ411"]
    assert [(f.evidence[0].file, f.expected) for f in found][:1] == [("文字.docx", "300.00")]
    assert not [f for f in check([text], catalog).findings if f.rule == "GJ411"]


def test_two_files_of_one_disclosure_agree_and_two_years_are_only_compared() -> None:
    catalog = load_catalog()
    other = [[cell.replace("300.00", "310.00") for cell in row] for row in SPENDING[1]]
    one = read_document(document(), catalog, "甲.docx")
    two = read_document(document(tables=[("支出决算表", other)]), catalog, "乙.docx")
    between = [f for f in check([one, two], catalog).findings if f.rule == "GJ431"]
    assert between
    assert {place.file for f in between for place in f.evidence} == {"甲.docx", "乙.docx"}
    assert not [f for f in check([one, one], catalog).findings if f.rule in ("GJ431", "GJ432")]
    later = read_document(document(tables=[("支出决算表", other)]), catalog, "丙.docx")
    later.scope.year = 2025
    assert {f.severity for f in check([one, later], catalog).findings if f.rule == "GJ432"} <= {Severity.INFO}


@pytest.mark.parametrize(("said", "wrong"), [("2个", False), ("3个", True)])
def test_a_count_in_a_table_is_the_count_of_the_text(said: str, wrong: bool) -> None:
    rows = [
        ["项目", "预算数", "统计数"],
        ["“三公”经费支出", "7.00", "3.71"],
        ["1.因公出国（境）费", "7.00", "3.71"],
        ["2.公务用车购置及运行费", "0.00", "0.00"],
        ["3.公务接待费", "0.00", "0.00"],
        ["1.因公出国（境）团组数（个）", "", "2"],
        ["2.因公出国（境）人次数（人）", "", "4"],
    ]
    text = f"2024年度安排因公出国（境）团组{said}，累计4人次。"
    _, findings = checked(document(text, tables=[("财政拨款“三公”经费支出决算表", rows)]))
    told = [f for f in findings if f.severity is not Severity.INFO and f.rule != "GJ502"]
    assert [f.rule for f in told] == (["GJ411"] if wrong else []), [f.title for f in told]


def test_the_one_change_without_a_cause_is_found() -> None:
    changes = [
        f"{n}、2024年{what}支出{n}0.00万元，比2023年增加1.00万元，主要原因是任务增加。"
        for n, what in enumerate(("培训", "会议", "维修", "调研"), 1)
    ]
    bare = "5、2024年差旅支出50.00万元，比2023年增加1.00万元。"
    assert "GJ420" in rules(*changes, bare)
    assert "GJ420" not in rules(*changes[:2], bare)
    assert "GJ420" not in rules(*changes, "5、2024年差旅支出50.00万元，与2023年持平。")


def test_the_causes_of_its_parts_are_the_cause_of_a_whole() -> None:
    changes = [
        f"{n}、2024年{what}支出{n}0.00万元，比2023年增加1.00万元，主要原因是任务增加。"
        for n, what in enumerate(("培训", "会议", "维修", "调研"), 1)
    ]
    whole = "2024年度“三公”经费支出9.00万元，比2023年度减少1.00万元。"
    part = "2024年度“三公”经费中，公务接待费支出9.00万元，比2023年度减少1.00万元，主要原因是接待减少。"
    heads = (*changes, "七、“三公”经费支出情况说明")
    assert "GJ420" in rules(*heads, whole)
    assert "GJ420" in rules(*heads, whole, "八、公务接待情况说明", part)
    assert "GJ420" not in rules(*heads, whole, part)


def test_a_table_whose_title_stands_in_the_body_is_not_missing() -> None:
    contents = ("目录", "一、收入决算表", "二、支出决算表", "三、财政拨款收入支出决算总表")

    def missing(*lines: str) -> list[str | None]:
        given = document(*lines)
        front = [_line(text, 10 + number) for number, text in enumerate(contents)]
        blocks = [given.blocks[0], *front, *given.blocks[1:]]
        _, findings = check_document(
            read_document(Document(given.path, given.format, [], blocks), load_catalog()), load_catalog()
        )
        return [f.evidence[0].quote for f in findings if f.rule == "GJ501"]

    assert missing("本年收入300.00万元。") == [contents[1], contents[3]]
    assert missing("收入决算表", "项目 金额", "本年收入300.00万元。") == [contents[3]]
