"""A comment: what stands beside a mark in the document, one for each place, whatever number of findings it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from gouji.checking.result import CheckResult, Evidence, Finding, Severity, Waived
from gouji.facts import Outcome
from gouji.reports.confidence import confidence_name
from gouji.reports.place_line import place_line
from gouji.reports.verdict import Verdict, is_rounding
from gouji.reports.wording import comparison, severity_name

_MOST_OTHER_PLACES = 3


class Tone(IntEnum):
    """What a mark is for, the gravest first; its colour follows from it."""

    ERROR = 0
    WARNING = 1
    INFO = 2
    WAIVED = 3
    BASIS = 4
    """A place that a finding compares with."""


_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARNING, Severity.INFO: Tone.INFO}


@dataclass(frozen=True, slots=True)
class Comment:
    """``page`` counts from 1; ``box`` is in points from the top left of the visible page."""

    page: int
    box: tuple[float, float, float, float]
    tone: Tone
    text: str
    pale: bool = False
    """Whether the place is only one of several of which one is wrong."""


def comments(result: CheckResult, file: str) -> list[Comment]:
    """One comment for each place of ``file``, page by page; differences of rounding are not marked."""
    said: dict[tuple[int, tuple[float, float, float, float]], list[tuple[Tone, bool, str]]] = {}
    for tone, place, text in _remarks(result):
        if place.file == file and place.page is not None and place.box is not None:
            said.setdefault((place.page, place.box), []).append(
                (tone, place.candidate and not place.suspect, text)
            )
    found: list[Comment] = []
    for (page, box), remarks in sorted(said.items()):
        remarks.sort(key=lambda remark: remark[:2])
        texts = dict.fromkeys(text for *_, text in remarks)
        found.append(Comment(page, box, remarks[0][0], "\n\n".join(texts), remarks[0][1]))
    # The gravest lie on top.
    return sorted(found, key=lambda comment: (comment.page, -comment.tone))


def _remarks(result: CheckResult) -> Iterator[tuple[Tone, Evidence, str]]:
    for finding in result.findings:
        if not is_rounding(finding):
            yield from _of_finding(finding, None)
    for waived in result.waived:
        yield from _of_finding(waived.finding, waived)


def _of_finding(finding: Finding, waived: Waived | None) -> Iterator[tuple[Tone, Evidence, str]]:
    doubted = [e for e in finding.evidence if e.suspect or e.candidate] or list(finding.evidence)
    for place in finding.evidence:
        if any(place is doubt for doubt in doubted):
            tone = Tone.WAIVED if waived else _TONES[finding.severity]
            yield tone, place, finding_text(finding, waived, place)
        elif not waived:
            yield (
                Tone.BASIS,
                place,
                f"依据（用来比对的数，本身不一定有问题）：{finding.title}（{finding.rule}）",
            )


def finding_text(finding: Finding, waived: Waived | None = None, here: Evidence | None = None) -> str:
    """All of a finding in a few lines: what, stated and expected, arithmetic, confidence, rule."""
    head = "已豁免" if waived else severity_name(finding)
    lines = [f"【{head}】{finding.title}"]
    figures = comparison(finding)
    if figures:
        lines.append("，".join(f"{label} {value}" for label, value in figures))
    if finding.message and finding.message != finding.title:
        lines.append(finding.message)
    lines.extend(f"算式：{line}" for line in finding.arithmetic)
    others = [e for e in finding.evidence if e is not here][:_MOST_OTHER_PLACES]
    lines.extend(f"比对：{place_line(place, here.file if here else '')}" for place in others)
    if finding.undecided:
        lines.append(f"未定：{finding.undecided}")
    if waived:
        waiver = waived.waiver
        lines.append(f"豁免理由：{waiver.reason}（{waiver.by}，有效至{waiver.until}）")
    lines.append(f"把握：{confidence_name(finding)}；规则：{finding.rule}")
    return "\n".join(lines)


def summary(result: CheckResult, file: str) -> str:
    """What stands on the first page: the verdict over all that was checked, what has no place of its own in this file,
    and the waivers."""
    verdict = Verdict.of(result)
    lines = [f"勾稽核对结果：{verdict.sentence}。", f"{verdict.extent}。" if verdict.extent else ""]
    lines.append(
        "红色是错误，黄色是疑点，蓝色是提示，浅绿是用来比对的数，灰色是已豁免，颜色浅的是几处之中有一处不对；没有标出的不等于没有问题。"
    )
    # What has a place in another file is told there.
    homeless = [
        finding
        for finding in result.findings
        if not is_rounding(finding) and not any(_is_placed(e) for e in finding.evidence)
        and (not finding.evidence or any(e.file == file for e in finding.evidence))
    ]  # fmt: skip
    if homeless:
        lines.append(f"没有具体位置的问题 {len(homeless)} 处：")
        lines.extend(finding_text(finding) for finding in homeless)
    lines.extend(
        f"已豁免：{w.finding.title}（{w.finding.rule}）：{w.waiver.reason}，{w.waiver.by}，有效至{w.waiver.until}"
        for w in result.waived
    )
    lines.extend(f"豁免无效：{idle.waiver}：{idle.why}" for idle in result.idle)
    if any(finding.outcome is Outcome.CRASHED for finding in result.findings):
        lines.append("有的检查自身出错，请报告给 Gouji。")
    return "\n".join(line for line in lines if line)


def _is_placed(evidence: Evidence) -> bool:
    return evidence.page is not None and evidence.box is not None
