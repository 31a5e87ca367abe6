"""A check-list filled in: for every part of a disclosure whether it is as it should be, what is wrong, on what ground."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from gouji.catalog import Area, Catalog, Rule
from gouji.checking.engines import TEXT_ENGINES
from gouji.checking.result import CheckedDocument, CheckResult, Coverage, Finding, Severity, Waived
from gouji.facts import LOOKED_AT, Outcome
from gouji.reading import Reading
from gouji.reports.confidence import confidence_name
from gouji.reports.parts import Outline, Part
from gouji.reports.place_line import main_and_others, place_line
from gouji.reports.verdict import home_of, is_rounding
from gouji.reports.wording import comparison, page_span, severity_name

_MOST_OTHER_PLACES = 3
_AMOUNT = re.compile(r"\d(?:[,\d]*\d)?(?:\.\d+)?(?:万元|亿元|元|[%％])")


class Answer(StrEnum):
    """What stands under 符合要求. Only what was looked at as a whole, without finding anything, is 是."""

    YES = "是"
    NO = "否"
    DOUBTFUL = "待核实"
    """Nothing proved, but something likely or odd: a person has to look."""
    PARTLY = "未查全"
    """Nothing found in what was looked at; the rest was not."""
    UNCHECKED = "未检查"


class Entry(NamedTuple):
    """What is said of a part: one finding, or what was done where there is none. Lines are separated by line breaks."""

    problem: str
    place: str
    basis: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the filled-in list, with at least one entry."""

    part: Part
    subject: str
    answer: Answer
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class FilledChecklist:
    """The list of one document."""

    title: str
    document: CheckedDocument
    lines: tuple[Line, ...]
    waived: tuple[Waived, ...]

    def count(self, answer: Answer) -> int:
        return sum(line.answer is answer for line in self.lines)


def fill_in(
    result: CheckResult, reading: Reading, document: CheckedDocument, catalog: Catalog
) -> FilledChecklist:
    """Fill in the check-list of one of the checked documents."""
    outline = Outline(reading, document, catalog)
    files = {known.file for known in result.documents}
    own = [f for f in result.findings if not is_rounding(f) and home_of(f, files) == document.file]
    found: dict[Part, list[Finding]] = {}
    for finding in own:
        found.setdefault(_part_of(finding, outline, document.file), []).append(finding)
    compared = outline.compared(document.coverage.compared)
    wordings = [rule for rule in catalog.rules.values() if rule.engine in TEXT_ENGINES]
    text_rules = sum(_ran(rule.id, document.coverage) for rule in wordings)
    lines = [
        _line(
            part,
            found.get(part, []),
            _state(part, compared.get(part, 0), text_rules, document.coverage),
            catalog.rules,
        )
        for part in outline.parts
        if part.row.area is not Area.REST or part in found
    ]
    waived = tuple(w for w in result.waived if home_of(w.finding, files) == document.file)
    return FilledChecklist(outline.checklist.title, document, tuple(lines), waived)


def _part_of(finding: Finding, outline: Outline, file: str) -> Part:
    owner = outline.owner(finding.rule)
    if owner is not None:
        return owner
    main, _ = main_and_others([place for place in finding.evidence if place.file == file])
    return outline.at(main) if main else outline.parts[-1]


@dataclass(frozen=True, slots=True)
class _State:
    """What was done about a part, before what was found is looked at."""

    answer: Answer
    said: str


def _state(part: Part, compared: int, text_rules: int, coverage: Coverage) -> _State:
    if part.table is not None:
        return _state_of_table(part, coverage)
    if part.row.rules:
        return _state_by_rules(part.row.rules, coverage)
    if part.row.area is Area.SECTION and not part.is_there:
        return _State(Answer.UNCHECKED, "没有找到这一部分；请人工确认是缺失，还是用了别的标题或在别的文件里")
    return _state_of_text(part, compared, text_rules)


def _state_by_rules(rules: Sequence[str], coverage: Coverage) -> _State:
    """Of a part that some rules look at as a whole."""
    ran = [rule for rule in rules if _ran(rule, coverage)]
    left = "、".join(rule for rule in rules if rule not in ran)
    if not ran:
        return _State(Answer.UNCHECKED, f"{left}对这份文本不适用或没有条件检查，请人工查看")
    if left:
        return _State(Answer.PARTLY, f"按{'、'.join(ran)}检查；{left}对这份文本不适用或没有条件检查")
    return _State(Answer.YES, f"按{'、'.join(ran)}检查，没有发现问题")


def _state_of_text(part: Part, compared: int, text_rules: int) -> _State:
    """Of a part of the text: how many of its figures were compared, and how many rules looked at its wording."""
    amounts = sum(len(_AMOUNT.findall(passage.folded)) for passage in part.passages)
    if compared >= max(amounts, 1):
        return _State(Answer.YES, f"文中{compared}个数字参加了核对，没有发现不符")
    if compared:
        return _State(Answer.PARTLY, f"文中核对了{compared}个数字，其余约{amounts - compared}个没有核对")
    if text_rules and part.passages:
        figures = f"，约{amounts}个数字没有核对" if amounts else ""
        return _State(Answer.PARTLY, f"按{text_rules}条规则检查了文字{figures}；内容请人工查看")
    return _State(Answer.UNCHECKED, "本版没有检查这一部分的规则，请人工查看")


def _state_of_table(part: Part, coverage: Coverage) -> _State:
    table = part.table
    assert table is not None
    if not table.numeric:
        ran = [rule for rule in part.row.empty_rules if _ran(rule, coverage)]
        if ran:
            return _State(Answer.YES, f"没有数据的空表，按{'、'.join(ran)}检查了说明")
        return _State(Answer.UNCHECKED, "表里没有数字，没有可核对的内容，请人工确认是否应为空表")
    if table.compared == table.numeric:
        return _State(Answer.YES, f"{table.numeric}个数字全部参加了核对，没有发现不符")
    unread = table.unbound + table.ambiguous
    why = f"，其中{unread}个没有读懂或位置不定" if unread else "，没有可比对的关系"
    if table.compared:
        left = table.numeric - table.compared
        return _State(
            Answer.PARTLY,
            f"{table.numeric}个数字核对了{table.compared}个；其余{left}个未核对{why}",
        )
    return _State(Answer.UNCHECKED, f"{table.numeric}个数字都没有核对{why}，请人工查看")


def _ran(rule: str, coverage: Coverage) -> bool:
    outcomes = coverage.by_rule.get(rule)
    return outcomes is not None and any(outcomes[outcome] for outcome in LOOKED_AT)


def _line(part: Part, findings: Sequence[Finding], state: _State, rules: Mapping[str, Rule]) -> Line:
    row = part.row
    own = part.heading if part.table or row.each else ""
    subject = f"{row.title}：{own}" if own else f"{row.title}（{row.asks}）"
    pages = page_span(part.pages)
    checked = state.answer is Answer.YES
    done = Entry("" if checked else state.said, pages, state.said if checked else "")
    if not findings:
        return Line(part, subject, state.answer, (done,))
    severities = {finding.severity for finding in findings}
    crashed = any(finding.outcome is Outcome.CRASHED for finding in findings)
    if Severity.ERROR in severities and not crashed:
        answer = Answer.NO
    elif Severity.WARNING in severities or crashed:
        answer = Answer.DOUBTFUL
    else:
        answer = state.answer
    entries = [Entry(_problem(f), _places(f), _basis(f.rule, rules)) for f in findings]
    if answer in (Answer.PARTLY, Answer.UNCHECKED):
        entries.append(done)
    return Line(part, subject, answer, tuple(entries))


def _problem(finding: Finding) -> str:
    values = "，".join(f"{label} {value}" for label, value in comparison(finding))
    said = [f"【{severity_name(finding)}】{finding.title}", values]
    if finding.arithmetic:
        said.append(f"算式：{finding.arithmetic[0]}")
    elif finding.message != finding.title:
        said.append(finding.message)
    said.append(finding.undecided)
    said.append(f"把握：{confidence_name(finding)}")
    return "\n".join(line for line in said if line)


def _places(finding: Finding) -> str:
    main, others = main_and_others(finding.evidence)
    if main is None:
        return "—"
    lines = [place_line(main, main.file)]
    lines.extend(f"比对：{place_line(place, main.file)}" for place in others[:_MOST_OTHER_PLACES])
    left = len(others) - _MOST_OTHER_PLACES
    return "\n".join([*lines, f"另有{left}处"] if left > 0 else lines)


def _basis(rule: str, rules: Mapping[str, Rule]) -> str:
    known = rules.get(rule)
    return f"{rule} {known.title}（{known.source}）" if known else rule
