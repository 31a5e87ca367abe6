"""The open data: every amount place once, with what it states and where it comes from."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

from sample_book import BODY

from gouji.facts import Unit, render
from gouji.writing import Disclosure, facts_csv, facts_json

FILE = "部门决算公开表.xlsx"
CONTRACT = "file,page,table,row_code,row_label,column,concept,dimensions,value,unit,decimals,bbox,status"


def records(disclosure: Disclosure) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(facts_csv(disclosure, FILE).decode("utf-8-sig"))))


def test_the_columns_begin_with_those_of_a_read_document(disclosure: Disclosure) -> None:
    head = facts_csv(disclosure, FILE).split(b"\r\n")[0].decode()
    assert head == "\ufeff" + CONTRACT + ",exact_yuan,sources,form,cell,body,year"


def test_one_row_per_amount_place(disclosure: Disclosure) -> None:
    found = records(disclosure)
    assert len(found) == sum(len(list(table.amounts)) for table in disclosure.tables)
    assert len({(row["form"], row["cell"]) for row in found}) == len(found)


def test_a_row_says_what_it_states_and_where_it_comes_from(disclosure: Disclosure) -> None:
    row = next(r for r in records(disclosure) if r["form"] == "公开03表" and r["row_code"] == "2060302")
    assert row == {
        "file": FILE, "page": "", "table": "支出决算表", "row_code": "2060302", "row_label": "社会公益研究",
        "column": "本年支出合计", "concept": "expenditure", "dimensions": "exp_func_code=2060302",
        "value": "178.53", "unit": "万元", "decimals": "2", "bbox": "", "status": "bound",
        "exact_yuan": "1785300.12", "sources": "支出第11行;支出第12行", "form": "公开03表",
        "cell": row["cell"], "body": BODY, "year": "2024",
    }  # fmt: skip


def test_labels_are_those_of_the_places_own_side(disclosure: Disclosure) -> None:
    for row in records(disclosure):
        if row["form"] == "公开06表" and row["row_code"]:
            assert row["dimensions"].startswith(f"dep_bgt_eco_code={row['row_code']};")
    labels = [row["row_label"] for row in records(disclosure) if row["form"] == "公开06表"]
    assert labels[-2:] == ["人员经费合计", "公用经费合计"]


def test_the_printed_value_is_the_exact_one_rounded(disclosure: Disclosure) -> None:
    for row in records(disclosure):
        assert row["status"] == ("bound" if row["value"] else "nil")
        if row["decimals"] == "2":
            assert render(Decimal(row["exact_yuan"]), Unit.WAN_YUAN, 2) == row["value"]


def test_json_says_the_same(disclosure: Disclosure) -> None:
    document = json.loads(facts_json(disclosure, FILE))
    assert {key: document[key] for key in ("schema", "body", "year", "level")} == {
        "schema": "gouji/facts/1", "body": BODY, "year": 2024, "level": "单位",
    }  # fmt: skip
    for record, row in zip(document["facts"], records(disclosure), strict=True):
        assert (record["value"] or "") == row["value"]
        assert (
            ";".join(f"{name}={member}" for name, member in record["dimensions"].items()) == row["dimensions"]
        )
        assert ";".join(record["sources"]) == row["sources"]
