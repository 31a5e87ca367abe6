"""The rule catalogue on the terminal, printed from the rules themselves."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from rich.console import Console

from gouji.catalog.model import Rule
from gouji.checking.result import Severity
from gouji.reports.sheet import Sheet
from gouji.reports.wording import SEVERITY_NAMES

_LONGEST_NAME = 30
_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def print_rules(rules: Mapping[str, Rule], console: Console) -> None:
    """List all rules in the order of the catalogue: id, severity, name, title."""
    sheet = Sheet(console)
    if not rules:
        sheet.line("规则目录是空的")
        return
    id_width = max(4, *(cell_len(rule.id) for rule in rules.values()))
    name_width = min(_LONGEST_NAME, max(4, *(cell_len(rule.name) for rule in rules.values())))
    widths = (id_width, 4, name_width, max(12, sheet.width - id_width - name_width - 10))
    sheet.row(("编号", "级别", "名称", "内容"), widths, ("dim",) * 4)
    for rule in rules.values():
        severity = Severity(rule.severity)
        cells = (rule.id, SEVERITY_NAMES[severity], rule.name, rule.title)
        sheet.row(cells, widths, ("bold", _STYLES[severity], "", ""))
    sheet.blank()
    sheet.line(f"共 {len(rules)} 条规则；gouji explain 编号，看一条规则的依据和例子", "dim")


def print_rule(rule: Rule, console: Console) -> None:
    """Print one rule: what it demands, on what ground, since when, and an example of right and of wrong."""
    sheet = Sheet(console)
    severity = Severity(rule.severity)
    sheet.line(f"{rule.id} {rule.name}", "bold")
    sheet.line(rule.title, indent=2)
    sheet.blank()
    for label, text in explanation(rule):
        style = "green" if label == "正例" else "red" if label == "反例" else ""
        sheet.entry(label, text, style=_STYLES[severity] if label == "级别" else style, indent=2)


def explanation(rule: Rule) -> list[tuple[str, str]]:
    """What a rule says of itself beyond its title, each with its label; what it does not say is left out."""
    entries = [
        ("级别", SEVERITY_NAMES[Severity(rule.severity)]),
        ("依据", rule.basis),
        ("出处", rule.source),
        ("适用", f"{rule.valid_from}年度起"),
        ("正例", rule.right),
        ("反例", rule.wrong),
        ("参见", "、".join(rule.see_also)),
        ("全国勾稽关系编号", "、".join(rule.relations)),
    ]
    return [(label, text) for label, text in entries if text]
