"""The report for the accountant at the keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console

from gouji.catalog.model import Rule
from gouji.checking.result import (
    CheckedDocument,
    CheckedForm,
    CheckedTable,
    CheckResult,
    Evidence,
    Finding,
    Severity,
)
from gouji.facts import LOOKED_AT, Outcome
from gouji.reports.confidence import confidence_name
from gouji.reports.groups import Group, groups, is_grouped
from gouji.reports.place_line import main_and_others, place_line
from gouji.reports.sheet import Sheet
from gouji.reports.verdict import Section, Verdict
from gouji.reports.wording import (
    OUTCOME_NAMES,
    comparison,
    description,
    mark,
    one_line,
    page_span,
    recognition,
    rounding_title,
    severity_name,
    spot,
    support,
    table_name,
)
from gouji.reports.wrapping import clip

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_MOODS = {
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "clean": "bold green",
    "void": "bold",
}
_MOST_EVIDENCE = 8
_MOST_ARITHMETIC = 6
_MOST_LISTED = 10
_MOST_REASONS = 3
_QUOTE_WIDTH = 160


def print_report(result: CheckResult, console: Console, rules: Mapping[str, Rule]) -> None:
    """Print the verdict, the findings by document and severity, the rounding differences, and the coverage.

    ``rules`` is the rule catalogue; a finding of a rule that is not in it shows its bare id. Long quotes and
    long lists are cut with a count of what is left out; the JSON and HTML reports carry everything.
    """
    sheet = Sheet(console)
    verdict = Verdict.of(result)
    sheet.line(f"核对结果：{verdict.sentence}", _MOODS[verdict.mood])
    if verdict.extent:
        sheet.line(verdict.extent)
    if verdict.warning:
        sheet.line(verdict.warning, "bold yellow")
    grouped = groups(result)
    if is_grouped(result.documents):
        _print_groups(sheet, grouped)
    for section in (section for group in grouped for section in group.sections):
        if section.findings or section.roundings:
            _print_section(sheet, section, rules)
    _print_waivers(sheet, result)
    if result.documents:
        sheet.blank()
        sheet.line("核对范围", "bold")
        for document in result.documents:
            _print_coverage(sheet, document)


def _print_section(sheet: Sheet, section: Section, rules: Mapping[str, Rule]) -> None:
    sheet.blank()
    sheet.line(f"■ {section.file or '未指明文件'}", "bold")
    if section.document:
        sheet.line(description(section.document), "dim", indent=2)
    counts: dict[str, int] = {}
    for finding in section.findings:
        name = severity_name(finding)
        counts[name] = counts.get(name, 0) + 1
        sheet.blank()
        _print_finding(sheet, finding, f"{name} {counts[name]}", section, rules)
    if section.roundings:
        _print_roundings(sheet, section.roundings)


def _print_groups(sheet: Sheet, grouped: Sequence[Group]) -> None:
    """One line for each body, and its files below."""
    sheet.blank()
    sheet.line(f"分组（{len(grouped)} 家单位）", "bold")
    for group in grouped:
        sheet.entry("●", group.summary, indent=2)
        for section in group.sections:
            name = section.file or "未指明文件"
            sheet.line(f"{name}  {description(section.document)}" if section.document else name, "dim", 6)


def _print_waivers(sheet: Sheet, result: CheckResult) -> None:
    """What was waived, with its reason; then the waivers that had no effect."""
    if result.waived:
        sheet.blank()
        sheet.line(f"已豁免 {len(result.waived)} 处，不计入结论", "bold")
        for waived in result.waived:
            sheet.blank()
            finding, waiver = waived.finding, waived.waiver
            sheet.entry(f"豁免 {severity_name(finding)}", finding.title, indent=2)
            sheet.line("，".join(f"{label} {value}" for label, value in comparison(finding)), indent=4)
            main, _ = main_and_others(finding.evidence)
            if main:
                sheet.entry("位置", place_line(main), indent=4)
            sheet.entry("理由", waiver.reason, indent=4)
            sheet.entry("批准", f"{waiver.by}，有效至{waiver.until}", indent=4)
            sheet.entry("出处", str(waiver), style="dim", indent=4)
    if result.idle:
        sheet.blank()
        sheet.line(f"无效的豁免 {len(result.idle)} 条", "bold yellow")
        for idle in result.idle:
            sheet.entry(
                "·",
                f"{idle.waiver}：{idle.why}；理由：{idle.waiver.reason}；批准：{idle.waiver.by}",
                indent=2,
            )


def _print_finding(
    sheet: Sheet, finding: Finding, heading: str, section: Section, rules: Mapping[str, Rule]
) -> None:
    style = _STYLES[finding.severity]
    sheet.entry(heading, finding.title, style="bold", indent=2, label_style=style)
    if finding.message and finding.message != finding.title:
        sheet.line(finding.message, indent=4)
    figures = comparison(finding)
    if figures:
        sheet.line("，".join(f"{label} {value}" for label, value in figures), "bold", indent=4)
    for evidence in finding.evidence[:_MOST_EVIDENCE]:
        label_style = style if evidence.suspect or evidence.candidate else "dim"
        sheet.entry(mark(evidence), _location(evidence, section), indent=4, label_style=label_style)
    _print_rest(sheet, len(finding.evidence) - _MOST_EVIDENCE, "处位置", indent=10)
    for line in finding.arithmetic[:_MOST_ARITHMETIC]:
        sheet.entry("算式", line, indent=4)
    _print_rest(sheet, len(finding.arithmetic) - _MOST_ARITHMETIC, "条算式", indent=10)
    if support(finding.votes):
        sheet.entry("佐证", support(finding.votes), indent=4)
    if finding.undecided:
        sheet.entry("未定", finding.undecided, style="yellow", indent=4)
    sheet.entry("把握", confidence_name(finding), indent=4)
    rule = rules.get(finding.rule)
    sheet.entry("规则", f"{finding.rule} {rule.title}" if rule else finding.rule, style="dim", indent=4)


def _location(evidence: Evidence, section: Section) -> str:
    """``第8页 《收入决算表》合计·本年收入合计：“2,946.25”``, with the file where it is another one."""
    where = one_line(evidence.where)
    if evidence.file != section.file:
        where = f"{evidence.file} {where}"
    quote = clip(one_line(evidence.quote), _QUOTE_WIDTH)
    unsure = f"（{recognition(evidence)}）" if evidence.status else ""
    said = f"{spot(evidence)} {where}：“{quote}”" if quote else f"{spot(evidence)} {where}"
    return f"{said}{unsure}".strip()


def _print_roundings(sheet: Sheet, roundings: Sequence[Finding]) -> None:
    sheet.blank()
    sheet.line(f"四舍五入尾差 {len(roundings)} 处，不作为错误：", "dim", indent=2)
    for finding in roundings:
        figures = "，".join(f"{label} {value}" for label, value in comparison(finding))
        sheet.entry(
            "·", f"{rounding_title(finding)}{'：' if figures else ''}{figures}", style="dim", indent=4
        )


def _print_coverage(sheet: Sheet, document: CheckedDocument) -> None:
    coverage = document.coverage
    sheet.line(document.file, indent=2)
    tables = document.tables
    sheet.entry("表格", f"认出 {len(tables)} 张" + (f"；{_cells(tables)}" if tables else ""), indent=4)
    for table in tables:
        if table.unbound or table.ambiguous:
            unclear = f"位置不定 {table.ambiguous}，未读懂 {table.unbound}（共 {table.numeric} 个数字）"
            place = f"{page_span(table.pages)} {table_name(table)}".strip()
            sheet.entry("未读全", f"{place}：{unclear}", indent=6)
    _print_text(sheet, document)
    if document.performance:
        sheet.entry("绩效", _performance(document.performance), indent=4)
    _print_list(sheet, "未认出", [f"{where}：{words}" for where, words in coverage.unrecognised])
    compared = sum(coverage.outcomes[outcome] for outcome in LOOKED_AT)
    by_outcome = "，".join(f"{OUTCOME_NAMES[outcome]} {coverage.outcomes[outcome]}" for outcome in LOOKED_AT)
    others = [outcome for outcome in Outcome if outcome not in LOOKED_AT and coverage.outcomes[outcome]]
    beside = "，".join(f"{OUTCOME_NAMES[outcome]} {coverage.outcomes[outcome]}" for outcome in others)
    beside = f"；另有{beside}" if beside else ""
    sheet.entry("关系", f"核对 {compared} 项：{by_outcome}{beside}", indent=4)
    reasons = [f"{what}：{why}" for what, why in coverage.not_checked]
    _print_list(sheet, OUTCOME_NAMES[Outcome.NOT_CHECKED], reasons)
    _print_recognised(sheet, document)
    for notice in document.notices:
        sheet.entry("说明", notice, indent=4)


def _print_recognised(sheet: Sheet, document: CheckedDocument) -> None:
    """Every repaired figure of a scan, and the first of the doubtful ones."""
    if not document.recognised:
        return
    repaired = [evidence for evidence in document.recognised if evidence.status == "repaired"]
    doubtful = [evidence for evidence in document.recognised if evidence.status != "repaired"]
    counts = f"按勾稽关系改正 {len(repaired)} 个，存疑 {len(doubtful)} 个"
    sheet.entry("识别", f"扫描图像上的数字：{counts}", indent=4)
    for evidence in [*repaired, *doubtful[:_MOST_LISTED]]:
        label = "改正" if evidence.status == "repaired" else "存疑"
        place = f"{spot(evidence)} {one_line(evidence.where)}：“{one_line(evidence.quote)}”"
        sheet.entry(label, f"{place}，{one_line(evidence.note)}", indent=6)
    _print_rest(sheet, len(doubtful) - _MOST_LISTED, "个存疑的数字", indent=14)


def _print_text(sheet: Sheet, document: CheckedDocument) -> None:
    """The figures of the sentences: how many state a known fact, how many were not understood and why."""
    text = document.text
    if not text.figures:
        return
    read = f"已读懂 {text.bound}，只核对自身算式 {text.derived}，未读懂 {text.unbound}"
    sheet.entry("文字", f"{text.passages} 段里数字 {text.figures} 个：{read}", indent=4)
    for why, count in text.reasons[:_MOST_REASONS]:
        sheet.entry("未读懂", f"{count} 个金额：{why}", indent=6)


def _performance(forms: Sequence[CheckedForm]) -> str:
    total = sum(form.indicators for form in forms)
    unclear = sum(form.unclear for form in forms)
    parts = f"定量 {sum(form.quantities for form in forms)}，定性或时限 {sum(form.worded for form in forms)}"
    return f"认出 {len(forms)} 张绩效表；指标 {total} 项：{parts}，未读懂 {unclear}"


def _cells(tables: Sequence[CheckedTable]) -> str:
    numeric, bound = sum(table.numeric for table in tables), sum(table.bound for table in tables)
    ambiguous, unbound = sum(table.ambiguous for table in tables), sum(table.unbound for table in tables)
    nil = sum(table.nil for table in tables)
    return f"数字 {numeric} 个：已读懂 {bound}，位置不定 {ambiguous}，未读懂 {unbound}；空白或横线 {nil}"


def _print_list(sheet: Sheet, label: str, lines: Sequence[str]) -> None:
    for line in lines[:_MOST_LISTED]:
        sheet.entry(label, line, indent=6)
    _print_rest(sheet, len(lines) - _MOST_LISTED, "项", indent=14)


def _print_rest(sheet: Sheet, left_out: int, of_what: str, indent: int) -> None:
    if left_out > 0:
        sheet.line(f"另有 {left_out} {of_what}，见 JSON 或 HTML 报告", "dim", indent=indent)
