"""The JSON report keeps its contract: the schema file, the page about it, and what is written agree."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest

from gouji.checking import CheckResult, IdleWaiver, Severity, Waived, Waiver
from gouji.facts import Outcome, Unit
from gouji.reports.machine import SCHEMA, json_text, to_json

jsonschema = pytest.importorskip("jsonschema")

PAGE = Path(__file__).parents[2] / "docs" / "check-schema.md"


@pytest.fixture(scope="module")
def schema():
    text = (resources.files("gouji.reports") / "check-schema.json").read_text(encoding="utf-8")
    loaded = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


def keys_of(value) -> set[str]:
    if isinstance(value, dict):
        inner = [member for key, member in value.items() if key != "by_rule"]
        return set(value) | {key for member in inner for key in keys_of(member)}
    if isinstance(value, list):
        return {key for member in value for key in keys_of(member)}
    return set()


@pytest.fixture
def whole(result):
    """The result with a waived finding and a waiver without effect."""
    waiver = Waiver("豁免.toml", 1, "B2", "批复如此", "张三", date(2026, 12, 31), row="206")
    first, *rest = result.findings
    return CheckResult(result.documents, rest, [Waived(first, waiver)], [IdleWaiver(waiver, "已到期")])


def test_a_real_output_is_valid(result, whole, schema):
    jsonschema.Draft202012Validator(schema).validate(to_json(result))
    jsonschema.Draft202012Validator(schema).validate(to_json(whole))
    jsonschema.Draft202012Validator(schema).validate(to_json(CheckResult([], [])))


@pytest.mark.parametrize("key", ["rule", "evidence", "difference", "votes"])
def test_an_output_that_lacks_a_key_is_not(result, schema, key):
    output = to_json(result)
    del output["findings"][0][key]
    assert not jsonschema.Draft202012Validator(schema).is_valid(output)


def test_the_schema_knows_every_word_of_the_model(schema):
    definitions = schema["$defs"]
    assert definitions["outcome"]["enum"] == [outcome.value for outcome in Outcome]
    finding = definitions["finding"]["properties"]
    assert finding["severity"]["enum"] == [severity.value for severity in Severity]
    assert finding["unit"]["enum"] == [*(unit.value for unit in Unit), None]
    assert schema["properties"]["schema"]["const"] == SCHEMA


def test_the_page_names_every_key(whole):
    named = set(re.findall(r"`([a-z_]+)`", PAGE.read_text(encoding="utf-8")))
    assert keys_of(to_json(whole)) <= named


def test_the_page_names_no_key_that_is_not_there(whole):
    tables = re.findall(r"^\| `([a-z_]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(tables) <= keys_of(to_json(whole))


def test_amounts_are_exact_strings(make_finding):
    for amount, text in (("-0.01", "-0.01"), ("1E+3", "1000"), ("0.10", "0.10")):
        output = to_json(CheckResult([], [make_finding(difference=Decimal(amount))]))
        assert output["findings"][0]["difference"] == text


def test_finding_keys(result):
    assert list(to_json(result)["findings"][0]) == [
        "rule", "severity", "outcome", "title", "message", "stated", "expected", "difference", "unit",
        "arithmetic", "votes", "undecided", "confidence", "evidence",
    ]  # fmt: skip


def test_same_result_same_text(result):
    text = json_text(result)
    assert text == json_text(result)
    assert json.loads(text) == to_json(result)
    assert "项目支出" in text


def test_a_file_name_that_is_no_utf8(make_document):
    text = json_text(CheckResult([make_document("\udcff.pdf")], []))
    assert json.loads(text.encode("utf-8"))["documents"][0]["file"] == "?.pdf"


def test_waived_findings_are_apart(whole):
    output = to_json(whole)
    (entry,) = output["waived"]
    assert entry["finding"] not in output["findings"]
    assert (entry["waiver"]["by"], entry["waiver"]["until"]) == ("张三", "2026-12-31")
    assert output["idle_waivers"][0]["why"] == "已到期"
    assert output["groups"] == [
        {"body": "某市财政局", "files": ["决算.pdf"]},
    ]
