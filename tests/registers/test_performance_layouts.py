"""Self-evaluation forms of other places: cost as a level, two targets, scored tasks, a third party's score, lists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog, performance_faults
from gouji.documents.opening import open_document
from gouji.performance import PerformanceForm
from gouji.reading import read_document
from gouji.registers import WorkspaceError, read_workspace
from gouji.writing.evaluation_document import EvaluationDocument, evaluation_document
from gouji.writing.publication import EVALUATION

ROOT = Path(__file__).resolve().parents[2]
READABLE = [name for name in EVALUATION if not name.startswith("performance.")]
LISTED = """
id = "listed"
title = "项目绩效自评一览表"
report = "performance"
valid_from = 2026
source = "某县财政局 2026年项目绩效自评一览表"

[[forms]]
scope = "project"
title = "项目支出绩效自评表"
layout = "list"
landscape = true
widths = [6, 16, 12, 12, 24, 24, 24, 24, 8]
columns = [
  { id = "sequence", label = "序号" }, { id = "column:项目", label = "项目名称" }, { id = "budget", label = "全年预算数" },
  { id = "spent", label = "全年执行数" }, { id = "category:quantity", label = "数量指标", left = true },
  { id = "category:quality", label = "质量指标", left = true }, { id = "category:social", label = "社会效益指标", left = true },
  { id = "category:served", label = "服务对象满意度指标", left = true }, { id = "score", label = "得分" },
]
"""
TOLD = """
id = "told"
title = "第三方绩效评价表"
report = "performance"
valid_from = 2026
source = "某县财政局 2026年第三方绩效评价表"

[[forms]]
scope = "project"
title = "项目支出第三方绩效评价表"
widths = [14, 24, 14, 24]
  [[forms.sections]]
  kind = "cells"
  rows = [
    [{ label = "项目名称" }, { column = "项目", span = 3 }],
    [{ label = "主管部门" }, { column = "主管部门" }, { label = "评价机构" }, { column = "评价机构" }],
    [{ label = "年度目标" }, { column = "预期目标", span = 3, left = true }],
    [{ label = "评价意见" }, { column = "评价意见", span = 3, left = true }],
    [{ label = "评价得分" }, { value = "total_score" }, { label = "评价等级" }, { value = "grade" }],
  ]
"""
SETTINGS = '"单位名称" = "海星市文化馆"\n"层级" = "单位"\n"年度" = 2026\n"公开内容" = "绩效自评"\n"绩效表样" = "{}"\n'
FILES = {
    "项目": "项目,主管部门,实施单位,预期目标,实际完成情况,实施期限,评价机构,评价意见,评价得分\n"
    "海星市文化馆,,,办好群众文化活动。,,2026年,,,\n"
    "送戏下乡,海星市文化局,海星市文化馆,送戏到村。,完成。,,甲事务所,项目组织有序，村民欢迎。,91.5\n",
    "资金": "项目,资金,年初预算数（元）,全年预算数（元）,全年执行数（元）\n海星市文化馆,一般公共预算,3000000,3000000,2700000\n"
    "送戏下乡,当年财政拨款,500000,500000,490000\n",
    "任务": "项目,任务,主要内容,完成情况,预算数（元）,执行数（元）,分值,得分\n"
    "海星市文化馆,群众文化活动,,全部完成,2000000,1800000,6,6\n海星市文化馆,非遗保护,,基本完成,1000000,900000,4,3\n",
    "指标": "项目,一级指标,二级指标,三级指标,指标值,实施期指标值,计算,登记,合计列,条件,完成值,分值,得分,改动理由\n"
    "海星市文化馆,成本指标,经济成本指标,全馆支出,≤300万元,≤900万元,执行数,,,,,20,,\n"
    "海星市文化馆,产出指标,数量指标,演出,≥3场,≥9场,行数,演出,,,,20,,\n"
    "海星市文化馆,产出指标,质量指标,获奖演出比率,≥40%,≥40%,比率,演出,,获奖=是,,10,,\n"
    "海星市文化馆,产出指标,时效指标,演出的村,≥5个,≥9个,去重,演出,村,,,10,,\n"
    "海星市文化馆,效益指标,社会效益指标,每场观众,≥100人,≥100人,平均,演出,观众,,,20,18,有两场人数是估计的\n"
    "海星市文化馆,满意度指标,服务对象满意度指标,观众满意度,≥90%,≥90%,填写,,,,95%,10,,\n"
    "送戏下乡,产出指标,数量指标,下乡演出,≥2场,,行数,演出,,村=东村,,,,\n"
    "送戏下乡,效益指标,社会效益指标,村民反映,好,,填写,,,,好,,,\n",
    "登记/演出": "日期,村,观众,获奖\n2026-01-03,东村,100,是\n2026-02-05,东村,140,\n2026-03-08,西村,90,是\n2026-05-01,南村,150,\n",
}  # fmt: skip


def guide() -> str:
    """The performance forms that docs/own-forms.md shows."""
    text = (ROOT / "docs" / "own-forms.md").read_text(encoding="utf-8")
    return re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[2]


def catalog() -> Catalog:
    return load_catalog((("guide.toml", guide()), ("listed.toml", LISTED), ("told.toml", TOLD)))


def workspace(tmp_path: Path, forms: str, **changed: str) -> Path:
    folder = tmp_path / "馆"
    (folder / "绩效" / "登记").mkdir(parents=True)
    (folder / "单位.toml").write_text(SETTINGS.format(forms), encoding="utf-8")
    for name, text in (FILES | changed).items():
        (folder / "绩效" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def composed(folder: Path) -> EvaluationDocument:
    document = evaluation_document(read_workspace(folder, catalog()), catalog())
    assert document is not None
    return document


def read_back(document: EvaluationDocument, tmp_path: Path, name: str) -> list[PerformanceForm]:
    file = tmp_path / name
    file.write_bytes(EVALUATION[name](document))
    return read_document(open_document(file), catalog()).performance


def test_actual_values_are_counted_in_every_way(tmp_path: Path) -> None:
    whole, _ = composed(workspace(tmp_path, "mycity-2026-evaluation")).evaluations
    assert [(item.indicator.name, item.indicator.actual.text) for item in whole.rated if item.indicator.actual] == [
        ("全馆支出", "270.00万元"), ("演出", "4场"), ("获奖演出比率", "50%"), ("演出的村", "3个"), ("每场观众", "120人"),
        ("观众满意度", "95%"),
    ]  # fmt: skip
    traces = [item.trace for item in whole.rated]
    assert [len(trace.rows) for trace in traces if trace is not None] == [1, 4, 2, 4, 4, 1]
    assert [trace.file for trace in traces if trace is not None][:2] == [
        "绩效/资金.csv",
        "绩效/登记/演出.csv",
    ]
    village, audience = whole.rated[3].score, whole.rated[4].score
    assert village is not None
    assert audience is not None
    assert (village.computed, village.given) == (6, 6)
    assert (audience.computed, audience.given, audience.reason) == (20, 18, "有两场人数是估计的")


@pytest.mark.parametrize("name", READABLE)
def test_a_department_with_cost_as_a_level_and_two_targets_is_read_back(tmp_path: Path, name: str) -> None:
    document = composed(workspace(tmp_path, "mycity-2026-evaluation"))
    department, project = read_back(document, tmp_path, name)
    whole, third = (evaluation.form for evaluation in document.evaluations)
    assert [(i.level, i.name, i.cycle_target.text if i.cycle_target else "", i.target.text) for i in department.indicators] == [
        (i.level, i.name, i.cycle_target.text if i.cycle_target else "", i.target.text) for i in whole.indicators
    ]  # fmt: skip
    assert [s.text if s else "" for s in (department.execution_score, department.total_score)] == ["9", "93"]
    assert department.grade == whole.grade == "优"
    assert sorted(department.level_shares.values()) == [10, 20, 20, 40]
    assert (project.project, project.department) == ("送戏下乡", "海星市文化局")
    assert project.total_score is not None
    assert third.total_score is not None
    assert project.total_score.text == third.total_score.text == "91.5"
    assert [i.weight for i in project.indicators] == [None, None]


@pytest.mark.parametrize("name", READABLE)
def test_scored_tasks_and_a_third_partys_words_are_read_back(tmp_path: Path, name: str) -> None:
    document = composed(workspace(tmp_path, "mycity-2026-evaluation"))
    built = [evaluation.form for evaluation in document.evaluations]
    read = read_back(document, tmp_path, name)
    assert [stated(form) for form in read] == [stated(form) for form in built]
    assert [task.name for task in read[0].tasks] == ["群众文化活动", "非遗保护"]
    assert {id: words.text for id, words in read[1].texts.items()} == {
        "reviewer": "甲事务所", "opinion": "项目组织有序，村民欢迎。",
    }  # fmt: skip


@pytest.mark.parametrize("name", READABLE)
def test_one_score_in_words_without_any_indicator_is_read_back(tmp_path: Path, name: str) -> None:
    rows, projects, money = (FILES[file].splitlines(keepends=True) for file in ("指标", "项目", "资金"))
    folder = workspace(
        tmp_path, "told", 项目="".join([projects[0], projects[2]]), 资金="".join([money[0], money[2]]),
        指标=rows[0], 任务="项目,任务\n",
    )  # fmt: skip
    document = composed(folder)
    (form,) = read_back(document, tmp_path, name)
    assert stated(form) == stated(document.evaluations[0].form)
    assert (form.project, form.total_score.text if form.total_score else "", form.indicators) == (
        "送戏下乡", "91.5", [],
    )  # fmt: skip


def stated(form: PerformanceForm) -> tuple[object, ...]:
    """What a form says beside its indicators."""
    tasks = [
        (t.name, t.content, t.result, *(a.printed.text if a else "" for a in (t.budget, t.spent)),
         *(s.text if s else "" for s in (t.weight, t.score)))
        for t in form.tasks
    ]  # fmt: skip
    texts = {id: words.text for id, words in form.texts.items()}
    return (
        form.kind,
        form.scope,
        form.project,
        tasks,
        texts,
        form.total_score.text if form.total_score else "",
    )


def test_scored_tasks_and_a_third_partys_words_are_printed(tmp_path: Path) -> None:
    tables = composed(workspace(tmp_path, "mycity-2026-evaluation")).tables
    rows = [[cell.text for cell in row] for table in tables for _, piece in table.pieces for row in piece]
    assert ["群众文化活动", "全部完成", "200.00", "180.00", "6", "6"] in rows
    assert ["评价意见", "项目组织有序，村民欢迎。"] in rows


def test_all_projects_in_one_list_with_a_cell_for_each_category(tmp_path: Path) -> None:
    assert [
        fault for one in catalog().performance_layouts for fault in performance_faults(one, catalog())
    ] == []
    rows = FILES["指标"].splitlines(keepends=True)
    only = "".join([rows[0], *(row for row in rows if row.startswith("送戏"))])
    projects = FILES["项目"].splitlines(keepends=True)
    money = FILES["资金"].splitlines(keepends=True)
    folder = workspace(
        tmp_path, "listed", 项目="".join([projects[0], projects[2]]), 资金="".join([money[0], money[2]]),
        指标=only, 任务="项目,任务\n",
    )  # fmt: skip
    document = composed(folder)
    (table,) = document.tables
    ((_, grid),) = table.pieces
    assert [cell.text for cell in grid[1]] == [
        "1", "送戏下乡", "50.00", "49.00", "下乡演出≥2场（完成2场）", "", "村民反映好（完成好）", "", "91.5",
    ]  # fmt: skip
    (form,) = read_back(document, tmp_path, "绩效自评.html")
    assert form.project == "送戏下乡"
    assert [i.category for i in form.indicators] == ["quantity", "social"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("指标", "成本指标,经济成本指标", "成本指标,社会成本指标", "“成本指标”下没有“社会成本指标”"),
        ("指标", "效益指标,社会效益指标,每场观众", "影响指标,社会效益指标,每场观众", "表样没有“影响指标”"),
        ("指标", ",比率,", ",比例,", "不认识“比例”"),
        ("指标", "平均,演出,观众", "平均,演出,看客", "没有“看客”一列"),
        ("指标", "20,18,有两场人数是估计的", "20,18,", "请写明改动理由"),
        ("任务", "1800000", "约180万", "这里要填数字"),
        ("项目", "91.5", "911.5", "这里要填0到100的分数"),
        ("资金", "一般公共预算", "年度资金总额,1,1,1\n海星市文化馆,一般公共预算", "既有总额又有来源"),
    ],
)
def test_what_the_form_has_no_place_for_is_said(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    assert old in FILES[file]
    folder = workspace(tmp_path, "mycity-2026-evaluation", **{file: FILES[file].replace(old, new, 1)})
    with pytest.raises(WorkspaceError, match=said):
        read_workspace(folder, catalog())


def test_level_sums_other_than_the_forms_are_a_notice(tmp_path: Path) -> None:
    rows = FILES["指标"].replace("行数,演出,,,,20,,", "行数,演出,,,,25,,")
    rows = rows.replace("平均,演出,观众,,,20,18", "平均,演出,观众,,,15,13")
    found = read_workspace(workspace(tmp_path, "mycity-2026-evaluation", 指标=rows), catalog()).notices
    assert [
        "产出指标分值合计45，表样定为40" in str(n) or "效益指标分值合计15，表样定为20" in str(n)
        for n in found
    ] == [True, True]
