"""A department's volume beside those of its bodies: what must add up, what must not be larger, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.checking import Finding, Severity, check
from gouji.documents.opening import open_document
from gouji.facts import Outcome
from gouji.reading import Reading, composition, read_document
from papers import Rows, paper

CATALOG = load_catalog()
DEPARTMENT = "某市科学技术局"
CENTRE = "某市科技情报中心"
STATION = "某市科技服务站"


def spending(basic: str, project: str, total: str) -> Rows:
    return [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["", "合计", total, basic, project],
        ["206", "科学技术支出", total, basic, project],
        ["20601", "科学技术管理事务", total, basic, project],
        ["2060101", "行政运行", total, basic, project],
    ]


def volume(
    body: str, level: str, basic: int, project: int, *lines: str, year: int = 2025, sangong: str = ""
) -> Reading:
    """The budget of a body with its expenditure by function."""
    rows = spending(f"{basic}.00", f"{project}.00", f"{basic + project}.00")
    tables = [("一般公共预算支出表", rows), ("支出预算总表", rows)]
    if sangong:
        heads = ["“三公”经费合计", "因公出国（境）费", "公务接待费"]
        tables.append(("一般公共预算“三公”经费支出表", [heads, [sangong, "0.00", sangong]]))
    document = paper(f"{body}{year}年{level}预算", tables, *lines)
    return read_document(document, CATALOG, f"{body}{level}.docx")


COVERS = f"部门预算由局本级和2家预算单位组成，下属单位2家，包括：{CENTRE}、{STATION}。"


def whole(basic: int = 600, project: int = 300, said: str = COVERS, sangong: str = "") -> Reading:
    return volume(DEPARTMENT, "部门", basic, project, said, sangong=sangong)


def bodies() -> list[Reading]:
    return [
        volume(DEPARTMENT, "单位", 300, 100), volume(CENTRE, "单位", 200, 100), volume(STATION, "单位", 100, 100),
    ]  # fmt: skip


def found(rule: str, *readings: Reading) -> list[Finding]:
    return [f for f in check(readings, CATALOG).findings if f.rule == rule]


@pytest.mark.parametrize(
    ("said", "names", "own", "closed"),
    [
        (COVERS, [CENTRE, STATION], False, True),
        (f"纳入部门预算编制范围的预算单位共计3家，具体包括：{DEPARTMENT}（本级），{CENTRE}，{STATION}。", [CENTRE, STATION], True, True),
        (f"下属预算单位3个，分别是：{CENTRE}、{STATION}。", [CENTRE, STATION], False, False),
        (f"下属单位包括{CENTRE}、{STATION}等单位。", [CENTRE, STATION], False, False),
        (f"本部门预算单位2家，包括：{DEPARTMENT}机关、{CENTRE}。", [CENTRE], True, True),
        ("本部门无下属单位，部门预算为局本级预算。", [], True, True),
        (f"事业单位1家，具体包括：下属事业单位{CENTRE}不单列预算，并入本部。", [], False, False),
        ("局本级内设机构包括：办公室、财务处、人事处。", [], False, False),
    ],
)  # fmt: skip
def test_a_text_says_which_bodies_a_department_covers(
    said: str, names: list[str], own: bool, closed: bool
) -> None:
    told = composition(whole(said=said), CATALOG)
    assert (list(told.names), told.own, told.closed) == (names, own, closed)


def test_bodies_listed_one_by_one_below_the_sentence() -> None:
    lines = [
        "本部门中，行政单位1家，事业单位2家，具体包括：",
        f"1.{DEPARTMENT}（本部）。",
        f"2.{CENTRE}。",
        f"3.{STATION}。",
    ]
    told = composition(volume(DEPARTMENT, "部门", 1, 1, *lines), CATALOG)
    assert (told.names, told.own, told.closed) == ((CENTRE, STATION), True, True)


def test_all_bodies_together_make_the_department() -> None:
    result = check([whole(), *bodies()], CATALOG)
    assert not [f for f in result.findings if f.rule.startswith("GJ43")]
    assert result.documents[0].coverage.by_rule["GJ433"][Outcome.EXACT] > 10
    (finding,) = found("GJ433", whole(project=310), *bodies())
    assert finding.severity is Severity.WARNING
    assert "2060101" in finding.title
    assert abs(finding.difference or 0) == 10


def test_some_of_its_bodies_are_no_more_than_the_department() -> None:
    own, centre, _ = bodies()
    assert not found("GJ433", whole(), own, centre)
    (finding,) = found("GJ433", whole(basic=450), own, centre)
    assert "大于部门的数" in finding.title


def test_a_volume_of_another_year_or_of_a_stranger_is_no_part() -> None:
    assert not found("GJ433", whole(), volume(CENTRE, "单位", 900, 900, year=2024))
    assert not found("GJ433", whole(), volume("某市农业推广中心", "单位", 900, 900))
    assert not found("GJ433", whole(said="部门职责是统筹科技工作。"), volume(CENTRE, "单位", 900, 900))


def test_other_money_may_be_passed_on_inside_a_department() -> None:
    """The same figures for all funds, without a table of the general public budget: a hint, no warning."""

    def without_general(reading: Reading) -> Reading:
        reading.tables[:] = [table for table in reading.tables if "一般公共" not in table.title]
        return reading

    readings = [without_general(one) for one in (whole(project=250), *bodies())]
    assert not found("GJ433", *readings)
    (hint,) = found("GJ435", *readings)
    assert hint.severity is Severity.INFO


def test_a_row_for_a_body_is_what_the_body_states() -> None:
    rows = [
        ["单位编码", "单位名称", "合计", "基本支出", "项目支出"],
        ["", "合计", "700.00", "500.00", "200.00"],
        ["301001", DEPARTMENT, "400.00", "300.00", "100.00"],
        ["301002", CENTRE, "300.00", "200.00", "100.00"],
    ]
    department = read_document(
        paper(f"{DEPARTMENT}2025年部门预算", [("支出预算总表", rows)]), CATALOG, "部门.docx"
    )
    assert not found("GJ434", department, volume(CENTRE, "单位", 200, 100))
    (finding,) = found("GJ434", department, volume(CENTRE, "单位", 200, 110))
    assert finding.severity is Severity.WARNING


def test_a_real_department_is_its_only_body(shared: Path) -> None:
    names = ("putuo-ys2025-office-dept.pdf", "putuo-ys2025-office-unit.pdf")
    readings = [read_document(open_document(shared / "corpus" / name), CATALOG) for name in names]
    result = check(readings, CATALOG)
    assert not [f for f in result.findings if "GJ430" < f.rule < "GJ440"]
    counted = result.documents[0].coverage.by_rule["GJ433"]
    assert counted[Outcome.EXACT] > 100
    assert not counted[Outcome.VIOLATED]
