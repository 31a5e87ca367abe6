"""The verdict: how many findings of each kind, in one sentence, and the findings sorted by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from gouji.checking.result import CheckedDocument, CheckResult, Finding, Severity
from gouji.facts import LOOKED_AT, Outcome
from gouji.reports.wording import OUTCOME_NAMES, SEVERITY_NAMES

_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def _checked(outcomes: Counter[Outcome]) -> int:
    return sum(outcomes[outcome] for outcome in LOOKED_AT)


def is_rounding(finding: Finding) -> bool:
    """Whether a finding is only a difference of rounding: shown, but out of the way."""
    return finding.outcome is Outcome.ROUNDING and finding.severity is Severity.INFO


@dataclass(frozen=True, slots=True)
class Verdict:
    """The counts that a report opens with. ``checked`` are relations that were really compared."""

    errors: int
    warnings: int
    hints: int
    roundings: int
    crashed: int
    checked: int
    not_checked: int
    documents: int
    outcomes: Counter[Outcome]
    untouched: tuple[str, ...]
    """The files of which nothing was compared."""
    waived: int = 0
    idle: int = 0
    """Waivers without effect."""

    @classmethod
    def of(cls, result: CheckResult) -> Verdict:
        roundings = sum(map(is_rounding, result.findings))
        crashed = [finding for finding in result.findings if finding.outcome is Outcome.CRASHED]
        shown = Counter(
            finding.severity
            for finding in result.findings
            if not is_rounding(finding) and finding.outcome is not Outcome.CRASHED
        )
        outcomes: Counter[Outcome] = Counter()
        for document in result.documents:
            outcomes.update(document.coverage.outcomes)
        named = sum(len(document.coverage.not_checked) for document in result.documents)
        return cls(
            errors=shown[Severity.ERROR],
            warnings=shown[Severity.WARNING],
            hints=shown[Severity.INFO],
            roundings=roundings,
            crashed=max(len(crashed), outcomes[Outcome.CRASHED]),
            checked=_checked(outcomes),
            not_checked=max(outcomes[Outcome.NOT_CHECKED], named),
            documents=len(result.documents),
            outcomes=outcomes,
            untouched=tuple(d.file for d in result.documents if not _checked(d.coverage.outcomes)),
            waived=len(result.waived),
            idle=len(result.idle),
        )

    @property
    def sentence(self) -> str:
        """``发现 2 处错误、1 处疑点；另有 7 处四舍五入尾差``. Nothing compared is no pass."""
        counts = zip(Severity, (self.errors, self.warnings, self.hints), strict=True)
        found = "、".join(f"{count} 处{SEVERITY_NAMES[severity]}" for severity, count in counts if count)
        if self.errors or self.warnings:
            text = f"发现 {found}"
        elif found:
            text = f"未发现错误和疑点，有 {found}"
        elif not self.documents:
            text = "没有核对任何文件"
        elif not self.checked:
            text = "没有可核对的内容，不能据此认为没有问题"
        else:
            text = "未发现问题"
        if self.roundings:
            text += f"；另有 {self.roundings} 处四舍五入尾差"
        if self.waived:
            text += f"；另有 {self.waived} 处已豁免"
        return text

    @property
    def extent(self) -> str:
        """How much was looked at: ``核对勾稽关系 540 项（相符 520，尾差 13，不符 7）；3 项未核对…``."""
        if not self.documents:
            return ""
        inside = "，".join(f"{OUTCOME_NAMES[outcome]} {self.outcomes[outcome]}" for outcome in LOOKED_AT)
        text = f"核对勾稽关系 {self.checked} 项"
        text += f"（{inside}）" if self.checked else ""
        if self.not_checked:
            text += f"；{self.not_checked} 项未核对，不能视为通过"
        if self.crashed:
            text += f"；{self.crashed} 项检查自身出错，请报告给 Gouji"
        return text

    @property
    def warning(self) -> str:
        """Which of several files were not compared at all, so that the verdict is not taken for theirs."""
        if not self.untouched or not self.checked:
            return ""
        names = "、".join(self.untouched[:5]) + (
            f" 等 {len(self.untouched)} 个文件" if len(self.untouched) > 5 else ""
        )
        return f"没有可核对的内容，不在上述结论之内：{names}"

    @property
    def mood(self) -> str:
        """``error``, ``warning``, ``info``, ``clean`` or ``void`` (nothing compared)."""
        if self.errors:
            return "error"
        if self.warnings or self.crashed:
            return "warning"
        if self.hints:
            return "info"
        return "clean" if self.checked else "void"


class Section(NamedTuple):
    """The findings of one file, worst first. ``document`` is ``None`` for findings on no checked file."""

    file: str
    document: CheckedDocument | None
    findings: tuple[Finding, ...]
    roundings: tuple[Finding, ...]


def home_of(finding: Finding, checked: Collection[str]) -> str:
    """The file a finding belongs to: that of its first suspect, else the first checked one of its evidence,
    else the first; empty without any evidence, unless only one file was checked."""
    files = [evidence.file for evidence in finding.evidence]
    suspects = [evidence.file for evidence in finding.evidence if evidence.suspect]
    known = [file for file in files if file in checked]
    fallback = [*checked] if len(checked) == 1 else [""]
    return next(iter((*suspects, *known, *files, *fallback)))


def sections(result: CheckResult) -> list[Section]:
    """One section per checked document in their order, then those of any other file that a finding names."""
    findings: dict[str, list[Finding]] = {document.file: [] for document in result.documents}
    documents = {document.file: document for document in result.documents}
    for finding in result.findings:
        findings.setdefault(home_of(finding, documents), []).append(finding)
    found: list[Section] = []
    for file, members in findings.items():
        ordered = sorted(members, key=lambda finding: _RANK[finding.severity])
        shown = tuple(finding for finding in ordered if not is_rounding(finding))
        rounded = tuple(finding for finding in ordered if is_rounding(finding))
        found.append(Section(file, documents.get(file), shown, rounded))
    return found
