"""SARIF 2.1.0: what the standard demands of the parts that are used, and that nothing of a finding is lost."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from gouji.catalog import load_catalog
from gouji.checking import CheckResult, IdleWaiver, Waived, Waiver
from gouji.reports.sarif import sarif_text, to_sarif

WAIVER = Waiver("豁免.toml", 1, "A1", "批复如此", "张三", date(2026, 12, 31), row="206")
URI = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")
TOP = {"$schema", "version", "runs"}
RUN = {"tool", "language", "columnKind", "artifacts", "invocations", "results"}
RESULT = {
    "ruleId", "ruleIndex", "level", "kind", "message", "locations", "relatedLocations", "suppressions", "properties",
}  # fmt: skip
LOCATION = {"id", "physicalLocation", "logicalLocations", "message", "properties"}


def run_of(result, rules):
    log = to_sarif(result, rules)
    assert set(log) == TOP
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert set(run) == RUN
    return run


def test_the_shape_is_the_standards(result, rules) -> None:
    run = run_of(result, rules)
    descriptors = run["tool"]["driver"]["rules"]
    ids = [rule["id"] for rule in descriptors]
    assert len(ids) == len(set(ids))
    assert len(run["results"]) == len(result.findings)
    for found in run["results"]:
        assert set(found) <= RESULT
        assert ids[found["ruleIndex"]] == found["ruleId"]
        assert found["level"] in ("none", "note", "warning", "error")
        assert found["kind"] in ("fail", "informational")
        # "If kind has any value other than fail, level shall be none" (3.27.10).
        assert (found["kind"] == "fail") == (found["level"] != "none")
        assert found["message"]["text"]
        places = [*found["locations"], *found.get("relatedLocations", ())]
        for place in places:
            assert set(place) <= LOCATION
            artifact = place["physicalLocation"]["artifactLocation"]
            assert URI.fullmatch(artifact["uri"])
            assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
        numbers = [place["id"] for place in found.get("relatedLocations", ())]
        assert len(numbers) == len(set(numbers))


def test_levels_and_values(result, rules) -> None:
    results = run_of(result, rules)["results"]
    assert [found["level"] for found in results] == ["error", "error", "warning", "note", "none"]
    first = results[0]
    assert first["properties"]["expected"] == "192.93"
    assert first["properties"]["difference"] == "-39.99"
    assert first["properties"]["confidence"] == "decided"
    assert "178.53＋14.38＋0.02" in first["message"]["text"]
    (place,) = first["locations"]
    assert place["properties"]["page"] == 1
    assert place["properties"]["bbox"] == [100.0, 200.0, 160.0, 214.0]
    assert place["properties"]["quote"] == "152.94"
    assert "region" not in place["physicalLocation"]
    assert first["relatedLocations"][0]["properties"]["page"] == 2


def test_a_line_of_text_is_a_region(make_finding, make_evidence, rules) -> None:
    one = make_finding(evidence=(make_evidence(None, box=None, ref="第12行", file="说 明.txt"),))
    (found,) = run_of(CheckResult([], [one]), rules)["results"]
    physical = found["locations"][0]["physicalLocation"]
    assert physical["region"] == {"startLine": 12, "snippet": {"text": "192.94"}}
    assert physical["artifactLocation"]["uri"] == "%E8%AF%B4%20%E6%98%8E.txt"


@pytest.mark.parametrize("rule", load_catalog().rules.values(), ids=lambda rule: rule.id)
def test_every_rule_brings_its_help(rule) -> None:
    (descriptor,) = to_sarif(CheckResult([], []), {rule.id: rule})["runs"][0]["tool"]["driver"]["rules"]
    for text in (rule.basis, rule.source, rule.right, rule.wrong):
        assert text in descriptor["help"]["text"]
        assert text in descriptor["help"]["markdown"]
    assert descriptor["shortDescription"]["text"] == rule.title
    assert re.fullmatch(r"[A-Za-z]+", descriptor["name"])


def test_waived_is_suppressed_and_idle_is_said(result, rules) -> None:
    waived = CheckResult(
        result.documents, [], [Waived(result.findings[0], WAIVER)], [IdleWaiver(WAIVER, "已到期")]
    )
    run = run_of(waived, rules)
    (found,) = run["results"]
    (suppression,) = found["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "批复如此"
    assert suppression["properties"]["by"] == "张三"
    told = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert any("没有提供2023年度决算" in text for text in told)
    assert any("已到期" in text for text in told)


def test_it_is_json_and_the_same_each_time(result, rules) -> None:
    text = sarif_text(result, rules)
    assert json.loads(text) == to_sarif(result, rules)
    assert text == sarif_text(result, rules)
