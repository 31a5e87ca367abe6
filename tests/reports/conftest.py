"""A result with a finding of every sort, and the small PDF that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import typst

from gouji.catalog.model import Rule
from gouji.checking.result import (
    CheckedDocument,
    CheckedForm,
    CheckedTable,
    CheckResult,
    Coverage,
    Evidence,
    Finding,
    Severity,
)
from gouji.facts import Outcome, Unit

FILE = "决算.pdf"


def rule(id_: str, title: str, **other: str) -> Rule:
    return Rule(
        id_, other.get("name", f"name-of-{id_.lower()}"), other.get("severity", "error"), title, "算术",
        "《部门决算公开样表》", 2016, "合计 3.00＝1.00＋2.00", "合计 4.00≠1.00＋2.00", "sum", {}, ("C0101",),
        ("B2",),
    )  # fmt: skip


def evidence(page: int | None = 1, **other: object) -> Evidence:
    values: dict[str, object] = {
        "file": FILE, "page": page, "box": (100.0, 200.0, 160.0, 214.0), "ref": "",
        "where": "《支出决算表》206 科学技术支出·项目支出", "quote": "192.94",
    }  # fmt: skip
    return Evidence(**{**values, **other})  # type: ignore[arg-type]


def finding(**other: object) -> Finding:
    values: dict[str, object] = {
        "rule": "A1", "severity": Severity.ERROR, "outcome": Outcome.VIOLATED, "title": "项目支出加错",
        "message": "三项之和是 192.93 万元，表中列 152.94 万元。",
        "evidence": (evidence(suspect=True, quote="152.94"), evidence(2, box=(300.0, 400.0, 350.0, 412.0))),
        "stated": "152.94", "expected": "192.93", "difference": Decimal("-39.99"), "unit": Unit.WAN_YUAN,
        "arithmetic": ("178.53＋14.38＋0.02＝192.93 ≠ 152.94，相差39.99万元",), "votes": 3,
    }  # fmt: skip
    return Finding(**{**values, **other})  # type: ignore[arg-type]


def document(file: str = FILE, **outcomes: int) -> CheckedDocument:
    coverage = Coverage(Counter({Outcome(name): count for name, count in outcomes.items()}))
    table = CheckedTable("支出决算表", "expenditure", "公开03", (1, 2), "万元", 96, 90, 4, 2, 40)
    form = CheckedForm("项目支出绩效自评表", "科普活动", "self_evaluation", (2,), 12, 8, 3, 1, 12)
    return CheckedDocument(
        file, "pdf", "final_accounts", 2024, "部门", "某市财政局", 2, [table], coverage, performance=[form]
    )


@pytest.fixture
def make_finding() -> Callable[..., Finding]:
    return finding


@pytest.fixture
def make_evidence() -> Callable[..., Evidence]:
    return evidence


@pytest.fixture
def make_document() -> Callable[..., CheckedDocument]:
    return document


@pytest.fixture
def rules() -> dict[str, Rule]:
    known = [rule("A1", "合计等于各项之和"), rule("B2", "方向与原因一致", severity="warning")]
    return {one.id: one for one in known}


@pytest.fixture
def result() -> CheckResult:
    checked = document(exact=520, rounding=1, violated=2, not_applicable=12, not_checked=2)
    checked.coverage.by_rule["A1"] = Counter({Outcome.EXACT: 500, Outcome.VIOLATED: 1})
    checked.coverage.not_checked.append(("上年决算对比", "没有提供2023年度决算"))
    checked.coverage.unrecognised.append(("第2页", "附表 其他"))
    checked.notices.append("第2页有隐藏文字，已略去。")
    percent = finding(
        rule="A9", title="占比算错", message="", stated="71.73", expected="71.65", difference=Decimal("0.08"),
        unit=Unit.PERCENT, votes=1, evidence=(evidence(2, box=None, suspect=True, quote="占71.73%"),),
    )  # fmt: skip
    direction = finding(
        rule="B2", severity=Severity.WARNING, title="写“持平”，却说明了减少的原因",
        message="两处不能同时成立。",
        evidence=(
            evidence(candidate=True, quote="持平"),
            evidence(None, file="上年.xlsx", box=None, ref="公开03!D9", candidate=True),
        ),
        stated=None, expected=None, difference=None, unit=None, arithmetic=(), votes=0,
        undecided="是方向写错还是原因写错，不能判定。",
    )  # fmt: skip
    heading = finding(
        rule="C3", severity=Severity.INFO, title="列头与表样不同", message="", evidence=(evidence(9),),
        stated=None, expected=None, difference=None, unit=None, arithmetic=(), votes=0,
    )  # fmt: skip
    rounding = finding(
        severity=Severity.INFO, outcome=Outcome.ROUNDING, title="工资福利支出小计：四舍五入尾差",
        stated="160.17", expected="160.18", difference=Decimal("-0.01"),
        arithmetic=("160.18 ≈ 160.17，相差0.01万元",),
        votes=0,
    )  # fmt: skip
    return CheckResult([checked], [finding(), percent, direction, heading, rounding])


@pytest.fixture(scope="session")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two A4 pages, the second landscape, with a figure on each."""
    path = tmp_path_factory.mktemp("pdf") / "small.pdf"
    source = '#set page("a4")\n= 192.94\n#page(flipped: true)[2,961.68]'
    path.write_bytes(typst.compile(source.encode()))
    return path


@pytest.fixture(scope="session")
def long_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty small pages."""
    path = tmp_path_factory.mktemp("pdf") / "long.pdf"
    source = "#set page(width: 80pt, height: 60pt)\n" + "\n#pagebreak()\n".join(map(str, range(60)))
    path.write_bytes(typst.compile(source.encode()))
    return path
