"""The report for the file: one HTML page that needs nothing but a browser, not even JavaScript."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined

from gouji.catalog.model import Rule
from gouji.checking.result import CheckResult, Finding
from gouji.documents import Page
from gouji.facts import LOOKED_AT, Outcome
from gouji.reports import wording
from gouji.reports.album import Album, PageKey, take_pictures
from gouji.reports.confidence import confidence_name
from gouji.reports.figure import Figure, figures, pages_of
from gouji.reports.groups import Group, groups, is_grouped
from gouji.reports.place_line import place_line
from gouji.reports.rulebook import explanation
from gouji.reports.verdict import Section, Verdict

_NO_RULES: Mapping[str, Rule] = MappingProxyType({})
_NO_PAGES: Mapping[str, Sequence[Page]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Card:
    """One finding as the page shows it. ``missing`` says in Chinese which pictures are not there, and why."""

    id: str
    finding: Finding
    figures: list[Figure]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The findings of one file."""

    section: Section
    cards: list[Card]
    group: Group


def write_html(
    result: CheckResult,
    path: Path,
    documents: Mapping[str, Path],
    rules: Mapping[str, Rule] = _NO_RULES,
    sheets: Mapping[str, Sequence[Page]] = _NO_PAGES,
) -> None:
    """Write the report to ``path``; the same result and files give the same bytes.

    ``documents`` tells where the checked files are (``Evidence.file`` -> path), for pictures of their pages;
    a file that is missing there or gone is reported without pictures. ``rules`` is the catalogue, for the
    explanation of each rule; ``sheets`` are the pages of each file as they were read. Raises OSError when ``path`` cannot be written.
    """
    path.write_bytes(html_text(result, documents, rules, sheets).encode("utf-8", "replace"))


def html_text(
    result: CheckResult,
    documents: Mapping[str, Path],
    rules: Mapping[str, Rule] = _NO_RULES,
    sheets: Mapping[str, Sequence[Page]] = _NO_PAGES,
) -> str:
    """The report as text; see :func:`write_html`."""
    grouped = groups(result)
    found = [(group, section) for group in grouped for section in group.sections]
    shown = [finding for _, section in found for finding in section.findings]
    album = take_pictures(_wanted(shown), documents, pages_of=sheets)
    chapters: list[Chapter] = []
    count = 0
    for group, section in found:
        cards: list[Card] = []
        for finding in section.findings:
            count += 1
            cards.append(_card(f"f{count}", finding, album))
        chapters.append(Chapter(section, cards, group))
    style = (resources.files("gouji.reports") / "templates" / "check.css").read_text(encoding="utf-8")
    return (
        _environment()
        .get_template("check.html")
        .render(
            verdict=Verdict.of(result),
            documents=result.documents,
            waived=result.waived,
            idle=result.idle,
            groups=grouped if is_grouped(result.documents) else [],
            chapters=chapters,
            album=album,
            rules=rules,
            style=style,
            style_hash=base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii"),
            words=wording,
            outcomes=Outcome,
            compared=LOOKED_AT,
            explanation=explanation,
            confidence_name=confidence_name,
            place_line=place_line,
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("gouji.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["point"] = _point
    return environment


def _point(length: float) -> str:
    """A length in points, to a tenth."""
    return f"{length:.1f}".removesuffix(".0")


def _wanted(findings: list[Finding]) -> list[PageKey]:
    """All pages worth a picture: the first page of every finding, then the second of each, and so on, so that
    one finding with many pages does not leave the others without any."""
    rounds = zip_longest(*(pages_of(finding.evidence) for finding in findings))
    return [key for round_ in rounds for key in round_ if key is not None]


def _card(name: str, finding: Finding, album: Album) -> Card:
    missing: dict[str, None] = {}
    for key in pages_of(finding.evidence):
        if key in album.pictures:
            continue
        if key.file in album.failures:
            missing[f"{key.file}：{album.failures[key.file]}，未附页面图像"] = None
        elif album.left_out:
            missing[f"{key.file} 第{key.page}页：本报告图像已满，未附这一页"] = None
        else:
            missing[f"{key.file} 第{key.page}页：文件里没有这一页"] = None
    return Card(name, finding, figures(finding.evidence, album), tuple(missing))
