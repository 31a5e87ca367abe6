"""The guide to writing one's own forms can be followed: what it shows passes the check, builds and is read back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.cli.main import main


def blocks(root: Path) -> list[str]:
    text = (root / "docs" / "own-forms.md").read_text(encoding="utf-8")
    return re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    forms, words, performance = blocks(root)
    place = tmp_path / "forms"
    place.mkdir()
    (place / "mycity.toml").write_text(forms, encoding="utf-8")
    (place / "lexicon.toml").write_text(words, encoding="utf-8")
    (place / "performance.toml").write_text(performance, encoding="utf-8")
    return place


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return int(str(left.value.code))


def test_the_guide_passes_the_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("catalog", "check", folder) == 0
    said = capsys.readouterr().out
    assert said == "mycity-2026-budget：3张表，可以用。\nmycity-2026-evaluation：2张表，可以用。\n"


def test_the_guide_builds_a_budget(
    folder: Path, budget_example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(budget_example, workspace)
    shutil.copytree(budget_example.with_name("hunan-2024"), tmp_path / "hunan-2024")
    settings = workspace / "单位.toml"
    named = re.sub(r'^"表样" = .*$', '"表样" = "mycity-2026-budget"', settings.read_text("utf-8"), flags=re.M)
    settings.write_text(named, encoding="utf-8")
    code = run("build", workspace, "-o", tmp_path / "out", "--catalog", folder)
    said = capsys.readouterr()
    if code == 2 and "字体" in said.err:
        pytest.skip(said.err)
    assert code == 0, said.err
    assert "3张表" in said.out


@pytest.mark.parametrize(
    ("old", "new", "code", "expected"),
    [
        (
            'label = "项目支出"',
            'label = "干事的钱"',
            1,
            "预算02表《一般公共预算支出情况表》：列名“干事的钱”不在词典中",
        ),
        ('"三、事业收入"', '"三、卖菜收入"', 1, "行名“三、卖菜收入”不在词典中"),
        ('title = "部门收支总体情况表"', 'title = "家底表"', 1, "这个标题认不出是哪种表"),
        ('title = "部门收支总体情况表"', 'title = "部门收入总体情况表"', 1, "会认成 revenue"),
        ('{ label = "小计" }', '{ label = "合计" }, { label = "小计" }', 1, "说的是同一个数据"),
        ('key = "exp_func_code"', 'key = "colour"', 1, "key 写的“colour”不能作行"),
        ('kind = "gov_fund"', 'kind = "fund"', 2, "没有 kind “fund”"),
        ('unit = "万元"', 'unit = "斤"', 2, "“斤”不是计量单位"),
        ('source = "某市财政局', 'sauce = "某市财政局', 2, "缺少 source"),
        ("general = false", "general = 否", 2, "不合 TOML 的写法"),
        ('id = "mycity-2026-budget"', 'id = "national-budget"', 2, "已经有名为“national-budget”的表样"),
    ],
)
def test_a_slip_is_said(  # noqa: PLR0917
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, code: int, expected: str
) -> None:
    file = folder / "mycity.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert run("catalog", "check", folder) == code
    said = capsys.readouterr()
    assert expected in said.out + said.err


def test_the_shipped_forms_are_without_faults() -> None:
    from gouji.catalog import faults, performance_faults  # noqa: PLC0415

    catalog = load_catalog()
    assert [fault for forms in catalog.form_sets for fault in faults(forms, catalog)] == []
    assert [f for layouts in catalog.performance_layouts for f in performance_faults(layouts, catalog)] == []


@pytest.mark.parametrize(
    ("old", "new", "code", "expected"),
    [
        ('label = "年度指标值"', 'label = "今年打算"', 1, "列名“今年打算”不在词典中，或不是 target 的意思"),
        ('label = "年度资金总额"', 'label = "钱"', 1, "资金一行“钱”不在词典中，或不是 total 的意思"),
        ('name = "效益指标"', 'name = "好处"', 1, "一级指标“好处”不在词典中"),
        ("weight = 40", "weight = 45", 1, "合计105分，按《单位自评评分办法（全国）》应为100分"),
        ('title = "项目支出绩效评价表"', 'title = "项目打分表"', 1, "这个标题认不出是自评表"),
        ('{ column = "项目", span = 4 }', '{ column = "项目", span = 3 }', 1, "cells 第1行占7列，应占满8列"),
        ('label = "总分"', 'label = "一共"', 1, "“一共”不在词典中，总分读回时会认不出"),
        ('label = "单位名称"', 'label = "谁"', 1, "“谁”后面的“项目”读回时认不出"),
        ('value = "grade"', 'value = "mark"', 1, "没有 value “mark”"),
        ('kind = "tasks"', 'kind = "jobs"', 2, "没有 kind “jobs”"),
        ('scope = "department"', 'scope = "city"', 2, "scope 写的“city”"),
        ("recorded = true", "recoded = true", 2, "不认识“recoded”"),
        ('source = "某市财政局 2026年绩效', 'sauce = "某市财政局 2026年绩效', 2, "缺少 source"),
        (
            'id = "mycity-2026-evaluation"',
            'id = "hunan-2024-evaluation"',
            2,
            "已经有名为“hunan-2024-evaluation”的绩效表样",
        ),
    ],
)
def test_a_slip_in_a_performance_form_is_said(  # noqa: PLR0917
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, code: int, expected: str
) -> None:
    file = folder / "performance.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert run("catalog", "check", folder) == code
    said = capsys.readouterr()
    assert expected in said.out + said.err
