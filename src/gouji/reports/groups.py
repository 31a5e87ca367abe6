"""Groups: the files of one body, when several were checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gouji.checking.result import CheckedDocument, CheckResult, Severity
from gouji.reading import same_body
from gouji.reports.verdict import Section, sections
from gouji.reports.wording import SEVERITY_NAMES, kind_and_year, one_line

UNKNOWN = "未读出单位名称"


@dataclass(frozen=True, slots=True)
class Group:
    """``body`` is the fullest name among the files; empty for a file that does not say whose it is."""

    body: str
    sections: tuple[Section, ...]

    @property
    def name(self) -> str:
        return self.body or UNKNOWN

    @property
    def summary(self) -> str:
        """``某市财政局：2 个文件（2024年度部门决算、2025年度部门预算），2 处错误、1 处疑点``."""
        counts = Counter(finding.severity for section in self.sections for finding in section.findings)
        found = "、".join(f"{counts[level]} 处{SEVERITY_NAMES[level]}" for level in Severity if counts[level])
        papers = Counter(kind_and_year(section.document) for section in self.sections if section.document)
        named = "、".join(
            f"{paper}（{count} 个文件）" if count > 1 else paper for paper, count in papers.items()
        )
        return f"{self.name}：{len(self.sections)} 个文件（{named}），{found or '没有发现问题'}"


def groups(result: CheckResult) -> list[Group]:
    """The sections of the report by body, in the order in which the bodies come up. A file of an unknown body is a
    group of its own, and so is a file that only a finding names."""
    members: list[tuple[str, list[Section]]] = []
    for section in sections(result):
        body = section.document.body if section.document else ""
        for position, (name, group) in enumerate(members):
            if same_body(body, name):
                group.append(section)
                members[position] = (max(name, body, key=len), group)
                break
        else:
            members.append((body, [section]))
    return [Group(one_line(body), tuple(sorted(group, key=_by_year))) for body, group in members]


def _by_year(section: Section) -> tuple[int, str]:
    """Earlier years first, then by kind; files of one disclosure stay in their order."""
    document = section.document
    return (document.year or 0, document.kind) if document else (0, "")


def is_grouped(documents: Sequence[CheckedDocument]) -> bool:
    """Whether there is anything to group."""
    return len(documents) > 1
