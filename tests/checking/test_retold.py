"""What a document tells twice: duties in other words, a list that is not told whole, measures that have nothing in common."""

from __future__ import annotations

from gouji.catalog import load_catalog
from gouji.checking import Finding, check
from gouji.reading import Reading, read_document
from papers import paper

CATALOG = load_catalog()
TABLE = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["2060101", "行政运行", "80.00", "80.00", ""],
]
DUTIES = (
    "贯彻执行国家科技创新的方针政策",
    "拟订全市科技创新发展规划并组织实施",
    "承担科技成果登记和评价的事务性工作",
    "组织开展对外科技合作与人才交流工作",
    "负责全市科技创新平台的建设和管理",
)
OTHER = "承担科技成果鉴定和评价的事务性工作"
OUTLINE = "绩效目标完成情况：一是科普活动丰富多彩；二是创新平台建设取得新进展；三是科技合作再上台阶；四是支部建设扎实推进。"
TOLD = (
    "1.科普活动丰富多彩。全年举办讲座。",
    "2.创新平台建设取得新进展。新建平台。",
    "3.科技合作再上台阶。签约项目。",
)


def reading(*lines: str, year: int = 2024) -> Reading:
    document = paper(f"某市科学技术局{year}年度部门决算", [("一般公共预算财政拨款支出决算表", TABLE)], *lines)
    return read_document(document, CATALOG, f"决算{year}.docx")


def found(*readings: Reading) -> dict[str, Finding]:
    return {f.rule: f for f in check(readings, CATALOG).findings if f.rule.startswith("GJ75")}


def overview(duties: tuple[str, ...] = DUTIES) -> tuple[str, ...]:
    return "第一部分 概况", "一、部门职责", "；".join(duties) + "。"


def report(duties: tuple[str, ...]) -> tuple[str, ...]:
    return "第五部分 附件", "一、部门基本情况", f"某市科学技术局{'；'.join(duties)}。"


def test_duties_told_again_in_other_words_are_found() -> None:
    changed = (*DUTIES[:2], OTHER, *DUTIES[3:])
    finding = found(reading(*overview(), *report(changed)))["GJ751"]
    assert DUTIES[2] in finding.message
    assert OTHER in finding.message
    assert len(finding.evidence) == 2


def test_duties_told_again_or_in_short_or_of_another_body_are_left_alone() -> None:
    unit = (
        "承担科技馆的日常运行和展览工作",
        "组织青少年科普活动和科技竞赛",
        OTHER,
        "开展科普资源的开发和共享服务",
    )
    for again in (DUTIES, DUTIES[:3], DUTIES[2:], unit):
        assert not found(reading(*overview(), *report(again)))


def test_duties_of_two_years_are_a_hint() -> None:
    changed = (*DUTIES[:2], OTHER, *DUTIES[3:])
    finding = found(reading(*overview()), reading(*overview(changed), year=2023))["GJ752"]
    assert finding.severity == "info"
    assert {place.file for place in finding.evidence} == {"决算2024.docx", "决算2023.docx"}
    assert not found(reading(*overview()), reading(*overview(), year=2023))


def test_an_item_of_the_outline_that_the_report_leaves_out_is_found() -> None:
    outline = (
        "第三部分 决算情况说明",
        "一、预算绩效情况说明",
        OUTLINE,
        "第五部分 附件",
        "一、整体支出绩效情况",
    )
    assert "支部建设扎实推进" in found(reading(*outline, *TOLD))["GJ753"].message
    assert not found(reading(*outline, *TOLD, "4.支部建设扎实推进。开展学习。"))
    # Told under another name, or in other words throughout, it is no list of the same items.
    assert not found(reading(*outline, *TOLD, "4.支部建设进一步扎实推进。开展学习。"))
    assert not found(reading(*outline, "1.举办讲座。很多。", "2.新建平台。三个。", "3.签约项目。五个。"))


def test_measures_that_have_nothing_in_common_are_a_hint() -> None:
    told = (
        "第三部分 决算情况说明",
        "一、预算绩效情况说明",
        "下一步改进措施：一是加快预算执行进度；二是细化绩效指标设置。",
    )
    below = ("第五部分 附件", "八、下一步改进措施")
    finding = found(
        reading(*told, *below, "一是增强全员绩效意识。加强培训。", "二是完善绩效管理制度。健全机制。")
    )["GJ754"]
    assert finding.severity == "info"
    assert not found(
        reading(*told, *below, "一是加快预算执行。按月通报。", "二是完善绩效管理制度。健全机制。")
    )
