"""What documents say in words: slips, years, names, topics; and that honest wording is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.checking import Finding, check_document
from gouji.documents import Document, Page, Paragraph, Place
from gouji.documents.opening import open_document
from gouji.reading import read_document


def found_in(*lines: str, scanned: bool = False) -> dict[str, list[Finding]]:
    """What the text rules find in a text of these paragraphs, by rule."""
    paragraphs: list[Paragraph] = [
        Paragraph(text, Place(1 if scanned else None, None, f"第{n}行"))
        for n, text in enumerate([*lines, *FIGURES], 1)
    ]
    pages = [Page(1, 595, 842, scanned=True)] if scanned else []
    document = Document(Path("x.docx"), "docx", pages, [*paragraphs])
    catalog = load_catalog()
    _, findings = check_document(read_document(document, catalog), catalog)
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    return by_rule


FIGURES = ["本年支出合计376.93万元，其中：基本支出183.99万元，项目支出192.94万元。"] * 2
"""Filled in, so that a slip does not make a blank template of it."""
COVER = "某市科学技术局2024年度部门决算"


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("GJ701", "第二部分 某市XX局2024年度部门决算表。", "购置DX50型设备，口罩为N95，采用X射线检测。"),
        ("GJ701", "主要原因是××××，收支增加。", "面积为3×4米，约合12平方米。"),
        ("GJ701", "负责〔待填：主要职能〕的工作。", "负责待办事项的督查。"),
        ("GJ702", "[bookmark: _GoBack]本单位无政府采购支出。", "本单位无政府采购支出。"),
        ("GJ702", "详见错误！未找到引用源。", "没有发现错误，未找到问题。"),
        ("GJ702", "支出比上年增加2.55万元。</td>", "支出小于<3.00万元，税费&收入合并。"),
        ("GJ702", "详见附表PAGEREF_Toc12345。", "目录见前页。"),
        ("GJ703", "支出比上年增加（减少）2.55万元。", "支出比上年增加2.55万元，收入减少（含结转）。"),
        ("GJ704", "国有资产占有使用情况（增加内容），共有车辆0辆。", "审核批复部门（单位）的年度预决算。"),
        ("GJ704", "具体包括（列示至基层预算单位）：局本级。", "包括局本级（不含下属单位）。"),
        ("GJ705", "与2023年预算持平，主要原因是。", "与2023年预算持平，主要原因是业务不变。"),
        (
            "GJ714",
            "本局内设机构5个：办公室、人事科、财务科、业务科、监督科、法规科。",
            "本局内设五个处室，分别为：办公室、人事处、财务处、业务处（监督处）、法规处和机关党委（不纳入内设机构数）。",
        ),
        ("GJ741", "包括一般公共预算财政拨款。。", "包括一般公共预算财政拨款……其他。"),
        ("GJ742", "支出合计376.93万元万元。", "开展专业业务活动，落实财政政策，达到目的的确不易。"),
        ("GJ743", "主要原因是公务车用车运行费保持不变。", "公务用车运行维护费保持不变。"),
        ("GJ743", "楼内设社区事物受理中心。", "各项事物的受理以事务受理中心为准。"),
        ("GJ743", "培训费0万元，与2023年预算一致0万元。", "培训费0万元，与2023年预算一致，会议费0万元。"),
        ("GJ749", "一是加强预算编制。加强培训，提高编制水平。", "一是加强预算编制；二是按月跟踪执行进度。"),
        ("GJ749", "统筹安排：一是加强预算编制。", "这一是否属实，尚待核实。"),
        ("GJ743", "截止2024年12月31日，共有车辆0辆。", "报名已经截止，共120人。"),
        (
            "GJ745",
            "因公出国（境费支出0.00万元。",
            "（一）因公出国（境）费支出0.00万元；1）公务接待费支出0.00万元。",
        ),
    ],
)
def test_a_slip_is_found_and_what_looks_like_it_is_not(rule: str, wrong: str, right: str) -> None:
    assert rule in found_in(COVER, wrong)
    assert rule not in found_in(COVER, right)


def test_a_slip_in_a_scan_may_be_one_of_recognition() -> None:
    slips = (COVER, "支出合计376.93万元万元。", "主要原因是××××，收支增加。")
    assert {"GJ701", "GJ742"} <= set(found_in(*slips))
    assert not found_in(*slips, scanned=True)


def test_equal_slips_are_one_finding_with_all_their_places() -> None:
    (finding,) = found_in(COVER, "与上年相比增加（减少）1.00万元。", "收入增加（减少）2.00万元。")["GJ703"]
    assert [evidence.ref for evidence in finding.evidence] == ["第2行", "第3行"]


def test_the_gaps_of_an_unfinished_draft_are_one_finding_with_all_their_places() -> None:
    gaps = [
        f"支出增加{n}.00万元，主要原因是〔待填：因公出国（境）第{n}项的变动原因〕。" for n in range(1, 41)
    ]
    (finding,) = found_in(COVER, *gaps)["GJ701"]
    assert "共40处" in finding.title
    assert "〔待填：因公出国（境）第40项的变动原因〕" in finding.message
    assert len(finding.evidence) == 40


def test_a_heading_of_another_year_is_found() -> None:
    lines = (COVER, "第一部分 某市科学技术局概况", "主要职责是统筹科技工作，落实规划。")
    heading = "第三部分 某市科学技术局{}年度部门决算情况说明"
    (finding,) = found_in(*lines, heading.format(2023))["GJ711"]
    assert (finding.stated, finding.expected) == ("2023", "2024")
    assert "GJ711" not in found_in(*lines, heading.format(2024), "与2023年度决算相比，支出减少1.00万元。")


def test_the_report_of_the_year_before_is_found() -> None:
    lines = (COVER, "第一部分 某市科学技术局概况", "主要职责是统筹科技工作，落实规划。")
    report = "第五部分 {}年度部门整体支出绩效自评报告"
    (finding,) = found_in(*lines, report.format(2023))["GJ711"]
    assert (finding.stated, finding.expected) == ("2023", "2024")
    assert "GJ711" not in found_in(*lines, report.format(2024), "第六部分 2023年度重点项目绩效评价报告")
    budget = ("某市科学技术局2025年部门预算", *lines[1:], report.format(2023))
    assert "GJ711" not in found_in(*budget)


@pytest.mark.parametrize(
    ("cover", "line", "right"),
    [
        (COVER, "截至2023年12月31日，共有车辆0辆。", "2024"),
        (COVER, "截至2024年12月31日，共有车辆0辆。", None),
        ("某市科学技术局2025年部门预算", "截至2024年8月31日，共有车辆8辆。", None),
        ("某市科学技术局2025年部门预算", "截至2025年1月31日，固定资产金额1.00万元。", None),
        ("某市科学技术局2025年部门预算", "截至2022年底，共有车辆8辆。", "2024"),
        ("某市科学技术局2025年部门预算", "截至2020年底，已建成示范基地。", None),
    ],
)
def test_dates_of_stock_taking_fit_the_year(cover: str, line: str, right: str | None) -> None:
    found = found_in(cover, line).get("GJ712", [])
    assert [finding.expected for finding in found] == ([right] if right else [])


def test_a_section_that_ends_with_a_semicolon_is_found() -> None:
    item = "其他收入6.20万元，占0.21%；"
    assert "GJ744" in found_in(COVER, "二、收入决算情况说明", item, "三、支出决算情况说明")
    assert "GJ744" not in found_in(
        COVER, "二、收入决算情况说明", item, "合计占100%。", "三、支出决算情况说明"
    )


def test_a_purpose_copied_to_another_account_is_found() -> None:
    purpose = "主要用于街道一般行政管理事务工作的开展。"
    first, second = "1.一般行政管理事务（项），", "2.城管执法（项），"
    (finding,) = found_in(COVER, first + purpose, second + purpose)["GJ746"]
    assert len(finding.evidence) == 2
    assert "GJ746" not in found_in(COVER, first + purpose, second + "主要用于城市管理行政执法工作的开展。")


def test_a_level_of_government_from_another_template_is_found() -> None:
    lines = ("某市某区2025年区级部门预算", "某区科学技术局", "名词解释")
    term = "（一）财政拨款收入：是{}级预算主管部门本年度取得的财政拨款。"
    (finding,) = found_in(*lines, term.format("市"))["GJ734"]
    assert finding.expected == "区级"
    assert "GJ734" not in found_in(*lines, term.format("区"))


GOLD = {
    "000": {"GJ733", "GJ735", "GJ743", "GJ744", "GJ749", "GJ751", "GJ753", "GJ754"},
    "001": {"GJ604", "GJ743"},
    "003": {"GJ702", "GJ721", "GJ745", "GJ749", "GJ751"},
    "putuo-js2024-finance.pdf": {"GJ744"},
    "putuo-js2024-finance-planted.pdf": {"GJ701", "GJ711", "GJ712", "GJ741"},
    "putuo-ys2024-wanli-dept.pdf": {"GJ504", "GJ603", "GJ734", "GJ743", "GJ746", "GJ747"},
    "putuo-ys2024-welfare-unit.pdf": {"GJ601", "GJ602", "GJ603", "GJ704", "GJ705", "GJ721", "GJ743"},
    "putuo-ys2025-finance-dept.pdf": {"GJ506", "GJ721", "GJ743", "GJ748"},
    "putuo-ys2025-office-dept.pdf": {"GJ704", "GJ736"},
    "putuo-ys2025-office-unit.pdf": set[str](),
    "putuo-ys2025-wanli-dept.pdf": {"GJ721", "GJ743", "GJ744"},
}
"""Rules about words that experts' findings confirm, by file; all that is found in these files, and nothing else."""


@pytest.mark.parametrize("start", GOLD)
def test_the_experts_findings_are_found_and_no_others(shared: Path, start: str) -> None:
    path = next(path for path in sorted((shared / "corpus").iterdir()) if path.name.startswith(start))
    catalog = load_catalog()
    _, findings = check_document(read_document(open_document(path), catalog), catalog)
    wordings = {"GJ504", "GJ506", "GJ602", "GJ603", "GJ604"} | {
        f.rule for f in findings if f.rule.startswith("GJ7")
    }
    if GOLD[start] & {"GJ601"}:
        wordings.add("GJ601")
    assert {f.rule for f in findings} & wordings == GOLD[start]


TABLE = """<p>《一般公共预算财政拨款支出决算表》</p><h3>一般公共预算财政拨款支出决算表</h3><p>单位：万元</p>
<table><tr><td>科目编码</td><td>科目名称</td><td>小计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td colspan="2">合计</td><td>10.00</td><td>6.00</td><td>4.00</td></tr>
<tr><td>206</td><td>科学技术支出</td><td>10.00</td><td>6.00</td><td>4.00</td></tr>
<tr><td>20603</td><td>应用研究</td><td>10.00</td><td>6.00</td><td>4.00</td></tr>
<tr><td>2060301</td><td>机构运行</td><td>0.00</td><td>0.00</td><td>0.00</td></tr>
<tr><td>2060302</td><td>{item}</td><td>10.00</td><td>6.00</td><td>4.00</td></tr></table>"""


def found_in_page(tmp_path: Path, *lines: str, item: str = "社会公益研究") -> dict[str, list[Finding]]:
    """What is found in an HTML page with one table and these paragraphs."""
    paragraphs = "".join(f"<p>{line}</p>" for line in (COVER, *lines))
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><head><meta charset=utf-8></head><body>{TABLE.format(item=item)}{paragraphs}</body></html>",
        encoding="utf-8",
    )
    catalog = load_catalog()
    _, findings = check_document(read_document(open_document(page), catalog), catalog)
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    return by_rule


@pytest.mark.parametrize(
    ("path", "wrong", "right"),
    [
        ("科学技术支出（类）应用研究（款）社会公益研究（项）", "", ""),
        ("科学技术（类）应用研究（款）社会公益研究（项）", "", ""),
        ("1、科学技术支出（类）应用研究（款）社会公益研究（项）", "", ""),
        ("科学技术支出（类）技术研究与开发（款）社会公益研究（项）", "技术研究与开发", "应用研究"),
        ("教育支出（类）应用研究（款）社会公益研究（项）", "教育支出", "科学技术支出"),
        ("科学技术支出（类）科学技术支出（款）应用研究（项）", "", ""),
        ("科学技术支出（类）基础研究（款）重点实验室（项）", "", ""),
    ],
)
def test_paths_of_accounts_are_those_of_the_tables(tmp_path: Path, path: str, wrong: str, right: str) -> None:
    found = found_in_page(tmp_path, f"{path}。年初预算为10.00万元，支出决算为10.00万元。").get("GJ721", [])
    assert [(finding.stated, finding.expected) for finding in found] == ([(wrong, right)] if wrong else [])


def test_one_name_under_several_sections_is_told_apart_by_what_is_told_elsewhere(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{code}</td><td>{name}</td><td>1.00</td><td>1.00</td><td></td></tr>"
        for code, name in (("20601", "科学技术管理事务"), ("2060101", "机关服务"), ("20605", "科技条件与服务"), ("2060503", "机关服务"))
    )  # fmt: skip
    table = TABLE.format(item="社会公益研究").replace("</table>", f"{rows}</table>")
    path = "{}、科学技术支出（类）{}（款）机关服务（项）。年初预算为1.00万元，支出决算为1.00万元。"

    def found(*sections: str) -> list[tuple[str, str]]:
        page = tmp_path / "page.html"
        lines = "".join(f"<p>{path.format(n, section)}</p>" for n, section in enumerate(sections, 1))
        page.write_text(f"<meta charset=utf-8><p>{COVER}</p>{table}{lines}", encoding="utf-8")
        catalog = load_catalog()
        _, findings = check_document(read_document(open_document(page), catalog), catalog)
        return [(f.stated, f.expected) for f in findings if f.rule == "GJ721"]

    assert found("科学技术管理事务", "科技条件与服务") == []
    assert found("科学技术管理事务", "基础研究") == [("基础研究", "科技条件与服务")]
    assert found("科技重大项目", "基础研究") == []


def test_a_name_that_belongs_to_another_code_is_found(tmp_path: Path) -> None:
    (finding,) = found_in_page(tmp_path, item="培训支出")["GJ601"]
    assert (finding.stated, finding.expected) == ("培训支出", "社会公益研究")
    assert "GJ601" not in found_in_page(tmp_path, item="本地自设的科目")


@pytest.mark.parametrize(("name", "hints"), [("因公出国（境）费用", 1), ("退休人员活动费", 0)])
def test_no_hint_rests_on_a_code_beside_another_name(tmp_path: Path, name: str, hints: int) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f"""<html><head><meta charset=utf-8></head><body><p>{COVER}</p>
<h3>一般公共预算财政拨款基本支出决算表</h3><p>单位：万元</p>
<table><tr><td>科目编码</td><td>科目名称</td><td>决算数</td></tr>
<tr><td></td><td>合计</td><td>5.00</td></tr>
<tr><td>302</td><td>商品和服务支出</td><td>5.00</td></tr><tr><td>30212</td><td>{name}</td><td>5.00</td></tr></table>
<h3>财政拨款“三公”经费支出决算表</h3><p>单位：万元</p>
<table><tr><td>合计</td><td>因公出国（境）费</td><td>公务接待费</td></tr>
<tr><td>2.00</td><td>1.00</td><td>1.00</td></tr></table></body></html>""",
        encoding="utf-8",
    )
    catalog = load_catalog()
    _, findings = check_document(read_document(open_document(page), catalog), catalog)
    assert [f.rule for f in findings].count("GJ406") == hints, [f.title for f in findings]


def test_an_account_that_is_only_explained_is_found(tmp_path: Path) -> None:
    explained = "一、{}：反映科技部门用于科学研究的支出，包括基本支出和项目支出。"
    (finding,) = found_in_page(tmp_path, "名词解释", explained.format("科学技术管理事务"))["GJ733"]
    assert "科学技术管理事务" in finding.title
    assert "GJ733" not in found_in_page(tmp_path, "名词解释", explained.format("应用研究"))
    assert "GJ733" not in found_in_page(tmp_path, "名词解释", explained.format("事业收入"))


def test_items_of_a_list_end_alike() -> None:
    items = [f"{n}、科学技术支出（类）应用研究（款）第{n}号研究（项）" for n in range(1, 7)]
    assert "GJ744" not in found_in(COVER, "五、支出决算情况说明", *items)
    stops = [item + "。" for item in items]
    assert "GJ744" not in found_in(COVER, "五、支出决算情况说明", *stops)
    (finding,) = found_in(COVER, "五、支出决算情况说明", *stops[:5], items[5])["GJ744"]
    assert "第6号研究" in finding.message


def test_a_cause_in_a_paragraph_of_its_own_is_found() -> None:
    announced = "财政拨款支出1.00万元，比上年减少1.00万元。主要原因："
    (finding,) = found_in(COVER, "五、支出决算情况说明", announced, "人员变化，支出减少。")["GJ744"]
    assert "断成两段" in finding.title
    assert "GJ744" not in found_in(COVER, "五、支出决算情况说明", announced, "1.人员变化。", "2.项目减少。")


def test_a_part_that_only_the_contents_page_has_is_found(tmp_path: Path) -> None:
    contents = ["第一部分 某局概况", "第二部分 决算表", "第三部分 情况说明", "第四部分 名词解释"]
    text = "本局统筹科技工作，编制决算。"
    body = [line for part in contents for line in (part, text)]
    assert "GJ732" not in found_in_page(tmp_path, *contents, *body)
    (finding,) = found_in_page(tmp_path, *contents, *body[:-2])["GJ732"]
    assert "第四部分名词解释" in finding.title


def test_a_topic_that_is_not_spoken_of_is_found(tmp_path: Path) -> None:
    said = [
        "收入支出决算总体情况：收入支出总计10.00万元。", "财政拨款收入支出决算总计10.00万元，持平。",
        "一般公共预算财政拨款支出10.00万元，其中基本支出6.00万元。", "“三公”经费支出0.00万元，没有发生。",
        "没有政府性基金收支，也没有政府采购支出。", "共有车辆0辆，机关运行经费0.00万元。", "名词解释：基本支出，是指日常支出。",
    ]  # fmt: skip
    (finding,) = found_in_page(tmp_path, *said)["GJ731"]
    assert "预算绩效情况" in finding.title
    assert "GJ731" not in found_in_page(tmp_path, *said, "开展了预算绩效自评，结果为优。")
    assert "GJ731" not in found_in_page(tmp_path, *said[:2])


def test_a_cause_that_speaks_of_another_account_is_found(tmp_path: Path) -> None:
    page = "社会公益研究（项）决算10.00万元，主要原因是：{}经费增加。"
    assert "GJ747" not in found_in_page(tmp_path, page.format("社会公益研究"))
    assert "GJ747" not in found_in_page(tmp_path, page.format("专家咨询"))
    (finding,) = found_in_page(tmp_path, page.format("机构运行"))["GJ747"]
    assert "机构运行" in finding.title


DEPARTMENT = "某市科学技术局2024年部门决算"


def test_a_text_keeps_to_one_word_for_itself() -> None:
    said = ["本部门支出1.00万元。", "本部门收入1.00万元。", "本部门没有结转。", "本部门共有车辆0辆。"]
    (finding,) = found_in(DEPARTMENT, *said, "本单位政府采购1.00万元。")["GJ748"]
    assert (finding.stated, finding.expected) == ("本单位", "本部门")
    assert "GJ748" not in found_in(DEPARTMENT, *said, "各单位政府采购1.00万元。")
    assert "GJ748" not in found_in(DEPARTMENT, *said, *["本单位政府采购1.00万元。"] * 3)
    assert "GJ748" not in found_in(
        DEPARTMENT, *said, "名词解释", "一、事业收入：指本单位开展业务取得的收入。"
    )


def test_problems_that_are_told_are_not_denied() -> None:
    told = "绩效自评得98分。发现的主要问题及原因：一是执行进度偏慢；二是指标不细。"
    heading = "七、存在的问题及原因分析"
    (finding,) = found_in(COVER, told, heading, "无", "八、下一步措施")["GJ735"]
    assert "执行进度偏慢" in finding.message
    assert "GJ735" not in found_in(COVER, told, heading, "执行进度偏慢，指标不细。", "八、下一步措施")
    assert "GJ735" not in found_in(COVER, "绩效自评得98分，没有发现问题。", heading, "无", "八、下一步措施")


def test_a_section_on_the_years_budget_names_an_amount() -> None:
    cover, heading = "某市科学技术局2025年部门预算", "六、年度预算安排"
    assert "GJ736" in found_in(cover, heading, "根据合同条款，按时拨付资金。", "七、绩效目标")
    assert "GJ736" in found_in(cover, f"{heading}根据合同条款，按时拨付资金。", "七、绩效目标")
    assert "GJ736" not in found_in(cover, heading, "2025年预算安排60.00万元。", "七、绩效目标")
    assert "GJ736" not in found_in(cover, heading, "详见附表。", "七、绩效目标")


CODED = """<h3>一般公共预算财政拨款支出决算表</h3><p>单位：万元</p>
<table><tr><td colspan="3">科目编码</td><td rowspan="2">科目名称</td><td rowspan="2">小计</td><td rowspan="2">基本支出</td>
<td rowspan="2">项目支出</td></tr><tr><td>类</td><td>款</td><td>项</td></tr>
<tr><td colspan="4">合计</td><td>10.00</td><td>10.00</td><td>0.00</td></tr>{rows}</table>"""
ROW = "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>10.00</td><td>10.00</td><td>0.00</td></tr>"


def codes_in(tmp_path: Path, *codes: tuple[str, str, str, str]) -> list[Finding]:
    """What is said of the codes of a table with one column for each of their parts."""
    page = tmp_path / "codes.html"
    rows = "".join(ROW.format(*code) for code in codes)
    page.write_text(f"<meta charset=utf-8><p>{COVER}</p>{CODED.format(rows=rows)}", encoding="utf-8")
    catalog = load_catalog()
    _, findings = check_document(read_document(open_document(page), catalog), catalog)
    return [finding for finding in findings if finding.rule == "GJ603"]


def test_a_code_whose_class_is_mistyped_is_found(tmp_path: Path) -> None:
    right = ("206", "", "", "科学技术支出"), ("206", "03", "", "应用研究"), ("206", "03", "01", "机构运行")
    assert not codes_in(tmp_path, *right)
    assert not codes_in(tmp_path, ("206", "3", "", "应用研究"), ("206", "3", "1", "机构运行"))
    odd = ("206", "03", "2", "社会公益研究"), ("206", "03", "99", "其他应用研究支出")
    (finding,) = codes_in(tmp_path, *right, *odd)
    assert (finding.stated, finding.expected) == ("2", "02")


def test_traces_of_programs_are_found_in_cells(tmp_path: Path) -> None:
    assert "GJ702" in found_in_page(tmp_path, item="社会公益研究#REF!")
    assert "GJ702" not in found_in_page(tmp_path)


def test_a_sentence_that_lost_its_full_stop_before_a_heading_is_found() -> None:
    line = "2025年某市科学技术局机关运行经费预算为464.64万元"
    assert "GJ744" in found_in(COVER, "二、机关运行经费", line, "三、政府采购情况")
    assert "GJ744" not in found_in(COVER, "二、机关运行经费", f"{line}。", "三、政府采购情况")


def test_a_part_that_names_another_body_is_found() -> None:
    part = "第三部分 {}2024年度部门决算情况说明"
    opening = (COVER, "第一部分 某市科学技术局概况", "主要职责是统筹科技工作，落实规划。")
    (finding,) = found_in(*opening, part.format("某市农业农村局"))["GJ738"]
    assert (finding.stated, finding.expected) == ("某市农业农村局", "某市科学技术局")
    for name in ("某市科学技术局", "市科技局", "科学技术局", ""):
        assert "GJ738" not in found_in(*opening, part.format(name))


def test_a_quoted_sentence_keeps_its_full_stop_inside_the_quotes(tmp_path: Path) -> None:
    (finding,) = found_in_page(tmp_path, "2024年预算与上年持平，主要原因是公务车用车运行费保持不变。")[
        "GJ743"
    ]
    assert "。”。" in finding.message
    assert "。。" not in finding.message


def test_the_name_of_all_tables_has_the_year_of_the_disclosure() -> None:
    cover = "某市科学技术局2025年部门预算"
    (finding,) = found_in(cover, "2024年部门预算表")["GJ711"]
    assert (finding.stated, finding.expected) == ("2024", "2025")
    assert "GJ711" not in found_in(cover, "2025年部门预算表", "2024年部门预算表见去年的公开。")
