"""The rule catalogue on the terminal says all that a rule says of itself."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from gouji.catalog.load import load_catalog
from gouji.reports.rulebook import print_rule, print_rules


def printed(show, what, width=80):
    stream = io.StringIO()
    show(what, Console(file=stream, width=width))
    return stream.getvalue()


def test_list(rules):
    assert printed(print_rules, rules) == (
        "编号  级别  名称        内容\n"
        "A1    错误  name-of-a1  合计等于各项之和\n"
        "B2    疑点  name-of-b2  方向与原因一致\n"
        "\n"
        "共 2 条规则；gouji explain 编号，看一条规则的依据和例子\n"
    )


def test_one_rule(rules):
    assert printed(print_rule, rules["A1"]) == (
        "A1 name-of-a1\n"
        "  合计等于各项之和\n"
        "\n"
        "  级别  错误\n"
        "  依据  算术\n"
        "  出处  《部门决算公开样表》\n"
        "  适用  2016年度起\n"
        "  正例  合计 3.00＝1.00＋2.00\n"
        "  反例  合计 4.00≠1.00＋2.00\n"
        "  参见  B2\n"
        "  全国勾稽关系编号  C0101\n"
    )


def test_no_rules():
    assert printed(print_rules, {}) == "规则目录是空的\n"


@pytest.mark.parametrize("width", [20, 80])
def test_the_catalogue_that_ships(width):
    rules = load_catalog().rules
    assert all(cell_len(line) <= 80 for line in printed(print_rules, rules).splitlines())
    for rule in rules.values():
        text = printed(print_rule, rule, width)
        assert rule.id in text
        assert all(cell_len(line) <= width for line in text.splitlines())
