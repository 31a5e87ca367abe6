"""The verdict never calls a pass what was not compared."""

from __future__ import annotations

import pytest

from gouji.checking.result import CheckResult, Severity
from gouji.facts import Outcome
from gouji.reports.verdict import Verdict, sections

ROUNDING = {"severity": Severity.INFO, "outcome": Outcome.ROUNDING}


@pytest.mark.parametrize(
    ("severities", "roundings", "sentence", "mood"),
    [
        ("", 0, "未发现问题", "clean"),
        ("", 7, "未发现问题；另有 7 处四舍五入尾差", "clean"),
        ("eew", 7, "发现 2 处错误、1 处疑点；另有 7 处四舍五入尾差", "error"),
        ("w", 0, "发现 1 处疑点", "warning"),
        ("ii", 0, "未发现错误和疑点，有 2 处提示", "info"),
        ("ewi", 0, "发现 1 处错误、1 处疑点、1 处提示", "error"),
    ],
)
def test_sentence(make_finding, make_document, severities, roundings, sentence, mood):  # noqa: PLR0917
    names = {"e": Severity.ERROR, "w": Severity.WARNING, "i": Severity.INFO}
    findings = [make_finding(severity=names[letter]) for letter in severities]
    findings += [make_finding(**ROUNDING)] * roundings
    verdict = Verdict.of(CheckResult([make_document(exact=5)], findings))
    assert (verdict.sentence, verdict.mood) == (sentence, mood)


def test_nothing_compared_is_no_pass(make_document):
    assert Verdict.of(CheckResult([], [])).sentence == "没有核对任何文件"
    verdict = Verdict.of(CheckResult([make_document(not_checked=3, not_applicable=4)], []))
    assert verdict.sentence == "没有可核对的内容，不能据此认为没有问题"
    assert verdict.mood == "void"
    assert "3 项未核对，不能视为通过" in verdict.extent


def test_what_was_not_checked_is_said_beside_a_pass(make_document):
    checked = make_document(exact=3)
    checked.coverage.not_checked.append(("支出决算表", "目录里有，正文没有"))
    verdict = Verdict.of(CheckResult([checked], []))
    assert verdict.sentence == "未发现问题"
    assert verdict.extent == "核对勾稽关系 3 项（相符 3，尾差 0，不符 0）；1 项未核对，不能视为通过"


def test_a_file_that_was_not_compared_is_named_beside_those_that_were(make_document):
    both = [make_document("甲.pdf", exact=3), make_document("乙.pdf", not_applicable=9)]
    verdict = Verdict.of(CheckResult(both, []))
    assert verdict.warning == "没有可核对的内容，不在上述结论之内：乙.pdf"
    assert not Verdict.of(CheckResult([make_document("甲.pdf", exact=3)], [])).warning
    many = [make_document("甲.pdf", exact=3), *(make_document(f"{number}.pdf") for number in range(7))]
    assert Verdict.of(CheckResult(many, [])).warning.endswith("3.pdf、4.pdf 等 7 个文件")


def test_a_crashed_check_is_not_counted_as_an_error_of_the_document(make_finding, make_document):
    crash = make_finding(outcome=Outcome.CRASHED)
    verdict = Verdict.of(CheckResult([make_document(exact=3, crashed=1)], [crash]))
    assert (verdict.errors, verdict.crashed, verdict.mood) == (0, 1, "warning")
    assert "1 项检查自身出错" in verdict.extent


def test_findings_stand_with_their_file(make_finding, make_evidence, make_document):
    first, second = make_document("甲.pdf", exact=1), make_document("乙.pdf", exact=1)
    doubted = make_evidence(file="乙.pdf", suspect=True)
    suspected = make_finding(evidence=(make_evidence(file="甲.pdf"), doubted))
    known = make_finding(evidence=(make_evidence(file="丙.xlsx"), make_evidence(file="甲.pdf")))
    nowhere = make_finding(evidence=())
    found = sections(CheckResult([first, second], [suspected, known, nowhere]))
    assert [(s.file, s.findings) for s in found] == [
        ("甲.pdf", (known,)), ("乙.pdf", (suspected,)), ("", (nowhere,)),
    ]  # fmt: skip
    alone = sections(CheckResult([first], [nowhere]))
    assert [(s.file, s.findings) for s in alone] == [("甲.pdf", (nowhere,))]


def test_worst_first_within_a_file(make_finding, make_document):
    hint, error = make_finding(severity=Severity.INFO), make_finding()
    (section,) = sections(CheckResult([make_document()], [hint, error, make_finding(**ROUNDING)]))
    assert section.findings == (error, hint)
    assert len(section.roundings) == 1
