"""A document under the rules about its content: what they look at, and how they say what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from gouji.catalog import Catalog, Rule
from gouji.checking.result import Coverage, Evidence, Finding, Severity
from gouji.checking.worded_cells import WordedCells
from gouji.facts import Outcome, Place
from gouji.reading import Passage, Reading, ReadTable


@dataclass(eq=False)
class Subject:
    """A document under a content rule, with the coverage account that the rule keeps."""

    reading: Reading
    catalog: Catalog
    coverage: Coverage
    file: str
    beside: Sequence[ReadTable] = ()
    """Tables of another file that the performance forms of this one are about."""

    @cached_property
    def folded(self) -> str:
        """The whole running text folded, a passage a line."""
        return "\n".join(passage.folded for passage in self.reading.passages)

    @cached_property
    def worded_cells(self) -> WordedCells:
        return WordedCells.of(self.reading.document)

    def finding(
        self, rule: Rule, title: str, message: str, evidence: Sequence[Evidence], **more: object
    ) -> Finding:
        return Finding(
            rule.id, Severity(rule.severity), Outcome.VIOLATED, title, message, tuple(evidence), **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def count(self, rule: Rule, found: int) -> None:
        """Account for a rule that was applied to the whole text: how often it was broken, or that it held."""
        for _ in range(found):
            self.coverage.count(rule.id, Outcome.VIOLATED)
        if not found:
            self.coverage.count(rule.id, Outcome.EXACT)

    def span(
        self, passage: Passage, start: int = 0, end: int | None = None, *, suspect: bool = True
    ) -> Evidence:
        """Characters of the running text as evidence, quoted with what stands around them."""
        end = len(passage.text) if end is None else end
        quote = passage.text[max(0, start - _AROUND) : end + _AROUND]
        before = "…" if start > _AROUND else ""
        after = "…" if end + _AROUND < len(passage.text) else ""
        place = passage.place(self.file, start, end)
        where = passage.section or "正文"
        return at(self.file, place, where, f"{before}{quote}{after}", suspect=suspect)


_AROUND = 16

ContentEngine = Callable[[Rule, Subject], Iterator[Finding]]


def at(file: str, place: Place, where: str, quote: str, *, suspect: bool = False) -> Evidence:
    """Evidence at a place of a file."""
    return Evidence(file, place.page, place.box, place.ref, where, quote, suspect=suspect)
