"""Defects of tables and performance targets that experts found in the published 23 tables, and pages without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.checking import Severity, check
from gouji.documents.opening import open_document
from gouji.reading import read_document
from gouji.registers import read_workspace
from gouji.writing import disclose, webpage

CATALOG = load_catalog()
GOAL = "办好对外科技合作活动和海峡两岸对接活动，到外地调研或参会，学习科技创新合作的新做法。"
TITLE = "一般公共预算基本支出表--公用经费(商品和服务支出)(按部门预算经济分类)"


@pytest.fixture(scope="module")
def page(budget_example: Path) -> str:
    return webpage(disclose(read_workspace(budget_example, CATALOG), CATALOG)).decode()


def findings(path: Path) -> dict[str, list[str]]:
    """The titles of errors and warnings by rule."""
    found: dict[str, list[str]] = {}
    for finding in check([read_document(open_document(path), CATALOG)], CATALOG).findings:
        if finding.severity is not Severity.INFO:
            found.setdefault(finding.rule, []).append(finding.title)
    return found


def changed(page: str, old: str, new: str, folder: Path) -> dict[str, list[str]]:
    assert old in page
    (folder / "page.html").write_text(page.replace(old, new), encoding="utf-8")
    return findings(folder / "page.html")


def test_what_experts_found_in_the_published_tables_is_found(shared: Path) -> None:
    """B02 (no 合计 row in table 13), B03 (湘湘 for 湖湘), B04 (培训 for 活动), B08 (indicators copied from the goal)."""
    (published,) = (shared / "corpus").glob("001_*.txt")
    found = findings(published)
    assert found["GJ509"] == [f"《{TITLE}》没有合计行"]
    assert found["GJ841"] == [
        "《其他资金绩效目标表》其他事业发展资金的指标照抄了绩效目标",
        "《其他资金绩效目标表》业务工作经费的指标照抄了绩效目标",
    ]
    assert [title.partition("像是")[0] for title in found["GJ842"]] == [
        "“潇湘外国专家志愿服务培训”与“潇湘外国专家志愿服务活动”",
        "“潇湘外国专家湘湘文化体验活动”与“潇湘外国专家湖湘文化体验活动”",
    ]


def test_indicators_that_repeat_the_goal_are_found(page: str, tmp_path: Path) -> None:
    told = "对外科技合作交流活动=1场；海峡两岸对接交流活动=1场；外出调研或参会≥2次"
    assert changed(page, told, GOAL, tmp_path) == {
        "GJ841": ["《其他资金绩效目标表》业务工作经费的指标照抄了绩效目标"]
    }


def test_a_word_that_differs_between_body_and_project_is_found(page: str, tmp_path: Path) -> None:
    told = "海峡两岸对接交流活动=1场；外出调研或参会≥2次；援疆"
    found = changed(page, told, told.replace("两岸", "两案"), tmp_path)
    assert found == {"GJ842": ["“海峡两案对接交流活动”与“海峡两岸对接交流活动”像是同一件事的两种写法"]}


def test_two_matters_told_apart_by_their_place_are_left_alone(page: str, tmp_path: Path) -> None:
    told = "海峡两岸对接交流活动=1场；外出调研或参会≥2次；援疆"
    assert changed(page, told, told.replace("海峡两岸", "省内两市"), tmp_path) == {}
