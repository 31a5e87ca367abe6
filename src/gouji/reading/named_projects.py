"""Projects by the names that the document's own tables give them."""

from __future__ import annotations

from gouji.catalog import ScopeWording, bare, fold
from gouji.facts import Fact
from gouji.reading.disclosure_title import clean_name, is_name
from gouji.reading.result import Scope
from gouji.reading.stated import StatedFacts

_NAME = "pro_code"
_FUND = "fund_type_code"
_PLAIN = frozenset({_NAME, _FUND, "nature"})
_SHORTEST = 4
"""Characters from which a name is a project's and no common word."""
_TAILS = ("项目支出", "项目", "支出")


class NamedProjects:
    """Finds what tables state of a project that is named before a figure."""

    def __init__(self, stated: StatedFacts, scope: Scope, wording: ScopeWording) -> None:
        """Tables of projects have rows of bodies as well: such a row is of no project."""
        self._facts: dict[str, list[Fact]] = {}
        for one in stated.by_quantity:
            name = one.fact.member(_NAME)
            if one.fact.concept != "expenditure" or not name:
                continue
            body = clean_name(fold(name), wording)
            if body != fold(scope.body) and not is_name(body, wording):
                self._facts.setdefault(fold(name), []).append(one.fact)

    def facts(self, words: str, fund: str | None) -> list[Fact]:
        """The facts of the project that the words name and nothing else: its money of all funds and, where a ``fund`` is
        spoken of, of that fund; none where no table has it."""
        if not self._facts:
            return []
        name = bare(words).rstrip("为是")
        for tail in ("", *_TAILS):
            if (
                name.endswith(tail)
                and len(found := name.removesuffix(tail)) >= _SHORTEST
                and found in self._facts
            ):
                return sorted(
                    (
                        one
                        for one in self._facts[found]
                        if {name for name, _ in one.dims} <= _PLAIN and one.member(_FUND) in (None, fund)
                    ),
                    key=lambda one: len(one.dims),
                )
        return []
