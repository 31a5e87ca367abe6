"""Self-evaluations from registers: counted, scored, built, read back, and checked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking.check import check_document
from gouji.checking.result import Severity
from gouji.documents.opening import open_document
from gouji.performance import Evaluation, PerformanceForm
from gouji.reading import read_document
from gouji.registers import WorkspaceError, read_workspace
from gouji.writing.evaluation_document import EvaluationDocument, evaluation_document
from gouji.writing.performance_page import performance_page
from gouji.writing.publication import EVALUATION

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example workspace with the example of a self-evaluation in it, in the national forms."""
    place = tmp_path / "单位"
    shutil.copytree(EXAMPLES / "hunan-2024", place)
    shutil.rmtree(place / "绩效")
    shutil.copytree(EXAMPLES / "self-evaluation-2024" / "绩效", place / "绩效")
    edit(place / "单位.toml", "unweighted-2020-evaluation", "")
    return place


def evaluations(folder: Path, catalog: Catalog) -> tuple[Evaluation, ...]:
    return read_workspace(folder, catalog).evaluations


def composed(folder: Path, catalog: Catalog) -> EvaluationDocument:
    document = evaluation_document(read_workspace(folder, catalog), catalog)
    assert document is not None
    return document


READABLE = [name for name in EVALUATION if not name.startswith("performance.")]


def read_back(
    folder: Path, catalog: Catalog, tmp_path: Path, name: str = "绩效自评.html"
) -> list[PerformanceForm]:
    file = tmp_path / name
    file.write_bytes(EVALUATION[name](composed(folder, catalog)))
    return read_document(open_document(file), catalog).performance


def printed(form: PerformanceForm) -> list[object]:
    """What a form states, as printed."""
    shares = (
        form.execution_weight,
        form.execution_rate,
        form.execution_score,
        form.total_weight,
        form.total_score,
    )
    return [
        form.kind, form.scope, form.project, form.department, form.body, form.goal, form.result,
        [share.text if share else None for share in shares],
        [(row.id, {stage: amount.printed.text for stage, amount in row.amounts.items()}) for row in form.money],
        [(i.level, i.category, i.name, i.target.text, i.actual.text if i.actual else "", i.weight.text if i.weight else "",
          i.score.text if i.score else "", i.cause) for i in form.indicators],
    ]  # fmt: skip


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_actual_values_are_counted_and_their_rows_are_kept(folder: Path, catalog: Catalog) -> None:
    body, project, upkeep = evaluations(folder, catalog)
    assert [i.actual.text for i in body.form.indicators[:3] if i.actual] == [
        "6场",
        "0.306万人次",
        "8975.93万元",
    ]
    lectures, trips, large, _, complaints = project.rated
    assert lectures.trace is not None
    assert [row.cells["名称"] for row in lectures.trace.rows] == ["春天看星星", "水从哪里来", "认识身边的鸟"]
    assert [item.indicator.actual.text for item in (lectures, trips, large, complaints) if item.indicator.actual] == [
        "3场", "2个", "4场", "1次",
    ]  # fmt: skip
    assert complaints.trace is not None
    assert [row.number for row in complaints.trace.rows] == [2]
    assert [item.indicator.actual.text for item in upkeep.rated if item.indicator.actual] == [
        "126人次", "4期", "75%", "1444.36万元", "2.6万人次", "3个", "96%",
    ]  # fmt: skip
    assert [len(item.trace.rows) for item in upkeep.rated if item.trace] == [3, 4, 3, 2, 4, 4, 1]


def test_scores_and_totals_come_out(folder: Path, catalog: Catalog) -> None:
    body, project, upkeep = (evaluation.form for evaluation in evaluations(folder, catalog))
    assert [s.text if s else "" for s in (body.execution_rate, body.execution_score, body.total_score)] == [
        "87.82%",
        "8.8",
        "98.8",
    ]
    assert [
        s.text if s else "" for s in (project.execution_rate, project.execution_score, project.total_score)
    ] == ["96.25%", "9.6", "97.6"]
    assert upkeep.total_score is not None
    assert upkeep.total_score.text == "97.2"


@pytest.mark.parametrize("name", READABLE)
def test_what_is_built_is_read_back_and_checks_clean(
    folder: Path, catalog: Catalog, tmp_path: Path, name: str
) -> None:
    found = evaluations(folder, catalog)
    forms = read_back(folder, catalog, tmp_path, name)
    assert [printed(form) for form in forms] == [printed(evaluation.form) for evaluation in found]
    reading = read_document(open_document(tmp_path / name), catalog)
    document, findings = check_document(reading, catalog)
    assert [f.title for f in findings if f.rule.startswith("GJ8") and f.severity is not Severity.INFO] == []
    assert document.coverage.by_rule["GJ803"]


def test_every_counted_value_leads_to_its_rows_in_the_page(folder: Path, catalog: Catalog) -> None:
    document = composed(folder, catalog)
    page = performance_page(document).decode()
    shown = 0
    for evaluation in document.evaluations:
        for item in evaluation.rated:
            assert item.trace is not None
            assert item.indicator.actual is not None
            text = item.indicator.actual.text
            anchor = page.partition(f">{text}</a>")[0].rpartition('href="#')[2].strip('">')
            assert f'<h4 id="{anchor}">' in page
            shown += 1
    assert page.count('<h4 id="e') == shown == 17


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("GJ803", "<td>98.8</td>", "<td>99.8</td>"),
        ("GJ805", "<td>87.82%</td>", "<td>78.82%</td>"),
        ("GJ806", "<td>10220.32</td>", "<td>10220.23</td>"),
        ("GJ807", ">6场</a>", ">4场</a>"),
        ("GJ809", ">98%</a>", ">≥90%</a>"),
        ("GJ820", '<td colspan="3">优</td>', '<td colspan="3">良</td>'),
        ("GJ808", "线上回放较少，下年全部上网", ""),
        ("GJ801", "<td>20</td>", "<td>25</td>"),
    ],
)
def test_a_defect_planted_in_the_page_is_found(
    folder: Path, tmp_path: Path, rule: str, old: str, new: str
) -> None:
    catalog = load_catalog()
    read_back(folder, catalog, tmp_path)
    page = tmp_path / "绩效自评.html"
    edit(page, old, new)
    _, findings = check_document(read_document(open_document(page), catalog), catalog)
    assert rule in {finding.rule for finding in findings}


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("指标.csv", "有所提升,30,30,", "有所提升,30,,", "不能由数字算出得分"),
        ("指标.csv", ",98%,10,,", ",98%,10,9,", "请写明改动理由"),
        ("指标.csv", ",98%,10,,", ",98%,10,11,", "超出了0到分值"),
        ("指标.csv", ",98%,10,,", ",98%,9,,", "应为100"),
        ("指标.csv", "行数,活动,,类别=讲座", "行数,讲座,,类别=讲座", "没有登记“讲座”"),
        ("指标.csv", "类别=讲座", "门类=讲座", "看不懂条件"),
        ("指标.csv", "合计,活动,人数", "合计,活动,人次", "没有“人次”一列"),
        ("登记/活动.csv", ",1500", ",约1500", "这里要填数字"),
        ("资金.csv", "上年结转资金", "上年剩余", "不认识“上年剩余”"),
        ("资金.csv", "91700,91700", "91700,九万", "这里要填数字"),
        ("项目.csv", "业务工作经费", "业务经费", "没有列在"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    edit(folder / "绩效" / file, old, new)
    with pytest.raises(WorkspaceError, match=said):
        read_workspace(folder, load_catalog())


def test_a_changed_score_keeps_the_computed_one_beside_it(folder: Path, catalog: Catalog) -> None:
    edit(folder / "绩效" / "指标.csv", ",98%,10,,", ",98%,10,9,样本太少")
    page = performance_page(composed(folder, catalog)).decode()
    assert "按评分办法得10.0分，评定为9分。理由：样本太少" in page


@pytest.mark.parametrize("name", EVALUATION)
def test_the_same_registers_give_the_same_bytes(folder: Path, catalog: Catalog, name: str) -> None:
    assert EVALUATION[name](composed(folder, catalog)) == EVALUATION[name](composed(folder, catalog))


def test_a_workspace_without_the_folder_has_no_evaluations(folder: Path, catalog: Catalog) -> None:
    shutil.rmtree(folder / "绩效")
    assert evaluations(folder, catalog) == ()


def test_a_computed_score_may_be_rounded_up(folder: Path, catalog: Catalog) -> None:
    """18 of 23 of 20 marks are 15.652, which a form prints as 15.7."""
    edit(
        folder / "绩效" / "指标.csv",
        "举办讲座,≥3场,行数,活动,,类别=讲座,,20,,,",
        "举办讲座,≥23场,填写,,,,18场,20,,,天气多变",
    )
    _, project, _ = evaluations(folder, catalog)
    score = project.rated[0].score
    assert score is not None
    assert str(score.given) == "15.7"
