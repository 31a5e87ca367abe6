"""What a document is about is read off its own titles: the real documents, and one small document for each rule."""

from __future__ import annotations

import csv
import itertools
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

import printed_tables
from gouji.catalog import CatalogError, load_catalog
from gouji.catalog.scope_wording import scope_wording
from gouji.documents import Cell, Document, Paragraph, Place, Table
from gouji.documents.opening import open_document
from gouji.reading import Scope, belongs_together, read_document
from gouji.reading.scope import NO_DISCLOSURE, find_scope

_TRUTH = Path(__file__).with_name("scopes.csv")
_ROWS = list(csv.DictReader(_TRUTH.open(encoding="utf-8")))
_HERE = Place(1, None, "")


class About(NamedTuple):
    """What of a scope is compared."""

    kind: str
    year: int | None
    level: str
    body: str
    template: bool = False


def about(scope: Scope) -> About:
    return About(scope.kind, scope.year, scope.level, scope.body, scope.template)


@cache
def published(path: Path) -> Scope:
    return find_scope(open_document(path), path.name, (), "", load_catalog())


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["file"])
def test_real_documents(row: dict[str, str], shared: Path) -> None:
    path = shared / "corpus" / row["file"]
    if not path.is_file():
        pytest.skip(f"{row['file']} is not at hand")
    year = int(row["year"]) if row["year"] else None
    assert about(published(path)) == About(
        row["kind"], year, row["level"], row["body"], row["template"] == "yes"
    )


def test_text_and_tables_of_one_body_find_each_other(shared: Path) -> None:
    """Over all pairs of the real documents: the partners, and nothing by accident."""
    paths = [shared / "corpus" / row["file"] for row in _ROWS]
    scopes = {path.stem: published(path) for path in paths if path.is_file()}
    together = {
        (one, other)
        for one, other in itertools.combinations(scopes, 2)
        if belongs_together(scopes[one], scopes[other])
    }
    partners = {("beijing-01", "beijing-02"), ("beijing-03", "beijing-04"), ("beijing-05", "beijing-06")}
    same = {("putuo-js2024-finance-planted", "putuo-js2024-finance")}
    assert together == {pair for pair in partners | same if set(pair) <= scopes.keys()}


# ---- Small documents: paragraphs, and tables as lists of rows. ----


def written(*blocks: str | list[list[str]]) -> Scope:
    parts: list[Paragraph | Table] = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(Paragraph(block, _HERE))
            continue
        cells = [
            Cell(text, row, col, 1, 1, _HERE)
            for row, line in enumerate(block)
            for col, text in enumerate(line)
        ]
        parts.append(Table(len(block), max(map(len, block)), cells, _HERE))
    return find_scope(Document(Path("x"), "pdf", [], parts), "x", (), "", load_catalog())


FILLED = [["项目", "金额"], ["一、教育支出", "12.50"], ["二、科学技术支出", "3.00"], ["合计", "15.50"]] * 4
BLANK = [["项目", "金额"], ["一、教育支出", ""], ["二、科学技术支出", ""], ["合计", ""]] * 4


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # The year in words, blanks inside justified lines, a date of publication below.
        (["凉州市财政局", "二〇二四年度", "部门决算公开", "2025年8月", "目  录"],
         About("final_accounts", 2024, "部门", "凉州市财政局")),
        (["2 0 2 4 年 度", "湖 东 省 司 法 厅", "部 门 决 算", "目 录"],
         About("final_accounts", 2024, "部门", "湖东省司法厅")),
        # Lines broken anywhere.
        (["云阳市云岩区第三", "幼儿园 2025 年", "单位预算公开", "目录"],
         About("budget", 2025, "单位", "云阳市云岩区第三幼儿园")),
        (["2026年海阳市交通运输局（本级）部", "门预算", "目录"],
         About("budget", 2026, "部门", "海阳市交通运输局（本级）")),
        # 年 left out, 部门 doubled, the place before the year and the body behind it.
        (["海阳市国有资产监督管理委员会", "2026部门预算情况的说明", "一、部门情况说明"],
         About("budget", 2026, "部门", "海阳市国有资产监督管理委员会")),
        (["海阳市信访办公室部门2026年度部门预算", "信息公开", "目录"],
         About("budget", 2026, "部门", "海阳市信访办公室")),
        (["海阳县2024年水利局部门预算", "目录"], About("budget", 2024, "部门", "海阳县水利局")),
        # A place with its tier is no body: the head below names it.
        (["海阳市2026年市级单位预算", "预算单位：海阳市水产老干部活动室", "2026年1月", "目录"],
         About("budget", 2026, "单位", "海阳市水产老干部活动室")),
        (["附件2", "2019年部门综合预算公开报表", "部门名称：海阳市应急管理局", "保密审查情况：不设密", "目录"],
         About("budget", 2019, "部门", "海阳市应急管理局")),
        # The words of a kind inside a name.
        (["海阳市财政局预算编审中心2024年单位预算公开", "目录"],
         About("budget", 2024, "单位", "海阳市财政局预算编审中心")),
        (["2026年海阳市审计局部门预算", "目录"], About("budget", 2026, "部门", "海阳市审计局")),
        # Other wordings of covers; a level that is nowhere said stays empty.
        (["关于海阳市教育局2024年部门预算公开的说明", "一、部门职责"],
         About("budget", 2024, "部门", "海阳市教育局")),
        (["海阳市教育局2025年部门收支预算说明", "一、部门职责"],
         About("budget", 2025, "部门", "海阳市教育局")),
        (["2023年度", "海阳市卫生健康局", "汇总部门决算", "目录"],
         About("final_accounts", 2023, "部门", "海阳市卫生健康局")),
        (["2024年度部门决算公开报告", "海阳市统计局", "2025年9月", "目录"],
         About("final_accounts", 2024, "部门", "海阳市统计局")),
        (["海阳市下关街道办事处2024年度决算公开", "目录"],
         About("final_accounts", 2024, "", "海阳市下关街道办事处")),
        # A saved web page has lines of its own around the title.
        (["首页", "政务公开", "您当前的位置：首页 > 财政信息", "海阳市司法局2025年部门预算公开",
          "发布时间：2026-02-03", "第一部分 部门概况"], About("budget", 2025, "部门", "海阳市司法局")),
        # The name of the web site stands above a whole title, another body's beside it.
        (["海阳县人民政府", "政府信息公开", "• 发文机关:", "大原州海阳县西山乡2023年度部门决算", "发布时间：2024-08-21",
          "目录", "第一部分 部门概况"], About("final_accounts", 2023, "部门", "大原州海阳县西山乡")),
        (["2021年", "海阳市端云区人民检察院(差额表)", "部门预算", "目 录"],
         About("budget", 2021, "部门", "海阳市端云区人民检察院")),
        # Only a sentence names the body: by what it has under it.
        (["目录", "第一部分单位概况", "二、机构设置", "海阳县农业技术服务中心下设办公室、财务室、农机组。",
          "第二部分2024年度单位决算情况说明"], About("final_accounts", 2024, "单位", "海阳县农业技术服务中心")),
        # No text on the cover: the contents page speaks.
        (["目 录", "第一部分 海阳市民政局概况", "第二部分 海阳市民政局2024年度部门决算表", "第四部分 名词解释"],
         About("final_accounts", 2024, "部门", "海阳市民政局")),
    ],
)  # fmt: skip
def test_covers(lines: list[str], expected: About) -> None:
    assert about(written(*lines)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["2023年度", "部门整体支出绩效自评报告", "部门名称：海阳市交通运输局（公章）", "一、部门概况"],
         About("performance", 2023, "部门", "海阳市交通运输局")),
        # A period of months is no date.
        (["海阳市宗教事务局2022年1-9月", "部门整体支出绩效评价报告", "2022年11月", "目 录"],
         About("performance", 2022, "部门", "海阳市宗教事务局")),
        (["2025年单位预算项目支出绩效目标表", "单位名称：海阳市水利局"],
         About("performance_targets", 2025, "单位", "海阳市水利局")),
        # Of two that are joined, the first.
        (["海阳市文物局2023年度部门决算及绩效自评公开", "目录"],
         About("final_accounts", 2023, "部门", "海阳市文物局")),
    ],
)  # fmt: skip
def test_performance(lines: list[str], expected: About) -> None:
    assert about(written(*lines)) == expected


def test_budget_book_with_targets_is_a_budget() -> None:
    """A book of tables without a cover; body and year stand in the form of targets alone."""
    form = [["部门名称", "", "海阳市民政局", ""], ["总体资金情况（万元）", "预算支出总额", "3.50", "1.20"]]
    scope = written(
        "预算01表 收支总表", FILLED, "预算02表 收入总表", FILLED, "预算03表 支出总表", FILLED,
        "预算12表 项目支出绩效目标表", FILLED, "预算13表 部门整体支出绩效目标表", "（2026年度）", form,
    )  # fmt: skip
    assert about(scope) == About("budget", 2026, "部门", "海阳市民政局")


def test_table_captions_say_year_and_body() -> None:
    caption = "部门：海阳市财政局          2022年度          单位：万元"
    scope = written(
        "收入支出决算总表", "公开01表", caption, FILLED, "收入决算表", caption, FILLED, "支出决算表", FILLED
    )
    assert about(scope) == About("final_accounts", 2022, "部门", "海阳市财政局")


def test_a_caption_may_begin_with_the_code_of_the_body() -> None:
    caption = "920003海阳县下口镇财政所      预算年度：2025      单位：万元"
    scope = written(
        "部门预算收支总表", caption, FILLED, "部门预算收入总表", caption, FILLED, "2080505教育支出", FILLED
    )
    assert about(scope).body == "海阳县下口镇财政所"


def test_unit_of_measure_is_no_body() -> None:
    scope = written(
        "2024年部门收入预算总表", "单位：万元", FILLED, "2024年部门支出预算总表", "单位：元", FILLED
    )
    assert about(scope) == About("budget", 2024, "部门", "")


def test_running_text_is_the_last_witness() -> None:
    """A report pasted without its cover: titles of other papers in 《》 say nothing about it."""
    scope = written(
        "一、部门基本情况",
        "海阳市科技合作促进中心（以下简称中心）是市科技局下属事业单位，内部管理规范。",
        "二、绩效自评情况",
        "按照《关于开展 2025 年部门整体支出绩效自评工作的通知》要求，对 2024 年部门整体支出绩",
        "效自评如下。",
    )
    assert about(scope) == About("performance", 2024, "部门", "海阳市科技合作促进中心")


@pytest.mark.parametrize(
    "lines",
    [
        ["关于做好2025年部门预算公开工作的通知", "各区财政局：", "为做好公开工作，现通知如下。"],
        ["关于海阳市2023年度市级预算执行和其他财政收支的审计工作报告", "一、总体情况"],
        ["春天的公园", "今天天气很好。我们去了公园，看见了许多花。"],
    ],
)
def test_no_disclosure_is_said(lines: list[str]) -> None:
    scope = written(*lines)
    assert (scope.kind, scope.why) == ("other", NO_DISCLOSURE)
    assert about(scope) == About("other", None, "", "")


def test_blank_forms() -> None:
    named = written("XX市XX局", "2025年部门预算公开", "（模板）", "目录", "一、部门概况", "XX局主要职责是……")
    assert about(named) == About("budget", 2025, "部门", "XX市XX局", template=True)
    assert written("收支总表", BLANK, "收入总表", BLANK, "支出总表", BLANK).template
    assert not written("收支总表", FILLED, "收入总表", BLANK, "支出总表", BLANK).template
    # A place that was forgotten in a published document makes no template of it.
    assert not written("海阳市教育局2025年部门预算", "目录", "XX局主要职责", "收支总表", FILLED).template


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"body": "海阳市教育局部门"}, True),
        ({"body": "海阳市教育 局"}, True),
        ({"body": "海阳市教育局（本级）", "level": "单位"}, False),
        ({"body": "海阳市教育局（本级）", "level": ""}, True),
        ({"body": "海阳市教育局（本级）"}, False),
        ({"body": "海阳市体育局"}, False),
        ({"body": ""}, False),
        ({"year": 2025}, False),
        ({"year": None}, False),
        ({"kind": "final_accounts"}, False),
        ({"level": "单位"}, False),
        ({"level": ""}, True),
        ({"template": True}, False),
    ],
)
def test_parts_of_one_disclosure(change: dict[str, object], expected: bool) -> None:
    text = Scope("budget", 2026, "部门", "海阳市教育局")
    values: dict[str, object] = {"kind": "budget", "year": 2026, "level": "部门", "body": "海阳市教育局"}
    tables = Scope(**(values | change))  # type: ignore[arg-type]
    assert belongs_together(text, tables) is expected
    assert belongs_together(tables, text) is expected


def test_unknown_matches_nothing_not_even_itself() -> None:
    assert not belongs_together(Scope(), Scope())
    assert not belongs_together(Scope("budget", 2026), Scope("budget", 2026))


@pytest.mark.parametrize(("part", "value"), [("cover", {}), ("title", {}), ("kinds", [])])
def test_wording_that_is_not_whole_is_refused(part: str, value: object) -> None:
    raw = tomllib.loads(files("gouji.catalog").joinpath("data/scope.toml").read_text(encoding="utf-8"))
    with pytest.raises(CatalogError, match=r"scope\.toml"):
        scope_wording(raw | {part: value})


def test_long_and_short_forms_of_a_name() -> None:
    long = Scope("budget", 2026, "部门", "中国共产党海阳市委员会宣传部")
    assert belongs_together(long, Scope("budget", 2026, "部门", "中共海阳市委宣传部"))


def test_only_the_head_of_a_table_speaks() -> None:
    junk = [["海阳市渔业局2019年部门决算", "2019年"]] * 3000
    scope = written("海阳市教育局2025年部门预算", "目录", "收支总表", [*FILLED, *junk])
    assert about(scope) == About("budget", 2025, "部门", "海阳市教育局")


@pytest.mark.parametrize(
    "lines",
    [
        ["某市2023年财政决算"],
        ["关于某县2024年预算执行情况和2025年预算草案的报告"],
        ["某区2024年政府决算公开", "目录"],
        ["某省2023年决算草案"],
        ["2024年某市本级财政收支决算"],
        ["2023年决算公开", "一般公共预算收入决算表", "税收返还和转移支付决算表", "地方政府债务限额情况表"],
    ],
)
def test_a_whole_government_publishes_no_budget_of_a_body(lines: list[str]) -> None:
    blocks = [Paragraph(text, Place(1, None, "第1页")) for text in lines]
    table = printed_tables.grid(["项目|预算数|决算数", "本年收入合计|10.00|9.00"], 2)
    title = Paragraph("2023年一般公共预算财政拨款支出决算表", Place(2, None, "第2页"))
    reading = read_document(Document(Path("公开.pdf"), "pdf", [], [*blocks, title, table]), load_catalog())
    assert reading.scope.kind == "other"
    assert "一级政府" in reading.scope.why
    assert reading.tables == []
    assert reading.unrecognised


@pytest.mark.parametrize(
    "line",
    [
        "某市财政局2023年度部门决算",
        "某大学2024年预算",
        "某镇人民政府2023年度部门决算",
        "某市某局2024年度决算公开",
        "某县人民政府办公室2024年预算公开",
    ],
)
def test_a_body_of_a_government_is_no_government(line: str) -> None:
    document = Document(Path("公开.pdf"), "pdf", [], [Paragraph(line, Place(1, None, "第1页"))])
    assert read_document(document, load_catalog()).scope.why == ""
