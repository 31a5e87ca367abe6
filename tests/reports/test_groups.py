"""Groups: the files of one body stand together, and each body has its line."""

from __future__ import annotations

from dataclasses import replace

from gouji.checking import CheckResult, Severity
from gouji.reports.groups import groups


def file(make_document, name: str, body: str, **more):
    return replace(make_document(name, exact=1), body=body, **more)


def test_files_of_one_body_stand_together_by_year(make_document, make_finding, make_evidence) -> None:
    documents = [
        file(make_document, "甲25.pdf", "某市财政局", year=2025, kind="budget"),
        file(make_document, "乙.pdf", "某市人民代表大会常务委员会"),
        file(make_document, "甲24.pdf", "某市财政局"),
        file(make_document, "乙2.pdf", "某市人大常委会"),
        file(make_document, "甲24附.pdf", "某市财政局部门"),
    ]
    error = make_finding(evidence=(make_evidence(file="甲25.pdf", suspect=True),))
    doubt = make_finding(severity=Severity.WARNING, evidence=(make_evidence(file="甲24.pdf"),))
    first, second = groups(CheckResult(documents, [error, doubt]))
    assert [section.file for section in first.sections] == ["甲24.pdf", "甲24附.pdf", "甲25.pdf"]
    assert [section.file for section in second.sections] == ["乙.pdf", "乙2.pdf"]
    assert first.summary == (
        "某市财政局部门：3 个文件（2024年度部门决算（2 个文件）、2025年度部门预算），1 处错误、1 处疑点"
    )
    assert second.body == "某市人民代表大会常务委员会"
    assert second.summary.endswith("没有发现问题")


def test_files_of_unknown_bodies_stay_apart(make_document) -> None:
    documents = [file(make_document, "1.pdf", ""), file(make_document, "2.pdf", "")]
    found = groups(CheckResult(documents, []))
    assert [group.name for group in found] == ["未读出单位名称"] * 2
