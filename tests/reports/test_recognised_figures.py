"""Figures of scans that were repaired or are in doubt are marked in every report, beside findings and in the account."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from lxml import html
from rich.console import Console

from gouji.checking.result import CheckedDocument, CheckResult, Evidence, Finding
from gouji.reports.machine import json_text
from gouji.reports.page import html_text
from gouji.reports.terminal import print_report

REPAIRED = "识别为“158.94”，有3个勾稽关系要求153.94，已改为153.94，请对照原件"
DOUBTFUL = "识别把握只有62%，请对照原件"


@pytest.fixture
def scan(
    make_finding: Callable[..., Finding],
    make_evidence: Callable[..., Evidence],
    make_document: Callable[..., CheckedDocument],
) -> CheckResult:
    """One finding on a doubtful figure; another figure was repaired and nothing is wrong with it."""
    doubtful = make_evidence(quote="152.94", suspect=True, status="doubtful", note=DOUBTFUL)
    repaired = make_evidence(2, where="《收入决算表》合计", quote="153.94", status="repaired", note=REPAIRED)
    document = make_document(exact=3, violated=1)
    document.recognised.extend([repaired, doubtful])
    return CheckResult([document], [make_finding(evidence=(doubtful,))])


def test_on_the_terminal(scan: CheckResult) -> None:
    stream = io.StringIO()
    print_report(scan, Console(file=stream, width=200, highlight=False), {})
    text = "".join(stream.getvalue().split())
    assert f"“152.94”（识别存疑：{DOUBTFUL}）" in text
    assert f"改正第2页《收入决算表》合计：“153.94”，{REPAIRED}" in text
    assert "按勾稽关系改正1个，存疑1个" in text


def test_on_the_page(scan: CheckResult) -> None:
    tree = html.document_fromstring(html_text(scan, {}))
    assert tree.xpath("//article//span[@class='unsure']")[0].text == f"识别存疑：{DOUBTFUL}"
    coverage = tree.get_element_by_id("coverage").text_content()
    assert f"已按勾稽关系改正：{REPAIRED}" in coverage
    assert f"识别存疑：{DOUBTFUL}" in coverage


def test_for_programs(scan: CheckResult) -> None:
    found = json.loads(json_text(scan))
    assert [(e["status"], e["note"]) for e in found["documents"][0]["recognised"]] == [
        ("repaired", REPAIRED), ("doubtful", DOUBTFUL),
    ]  # fmt: skip
    assert found["findings"][0]["evidence"][0]["status"] == "doubtful"
