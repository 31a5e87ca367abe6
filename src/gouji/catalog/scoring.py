"""Scoring methods (评分办法) of self-evaluations, as regulations fix them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from gouji.catalog.model import CatalogError


class Band(NamedTuple):
    """A span of shares of an indicator's weight, in per cent, or of the total score (``high`` is 100)."""

    name: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class ScoringMethod:
    """How a self-evaluation is scored. ``shares`` are the weights of the first levels that the method knows, by level
    id; ``over_fulfilment`` is the ratio of actual to target from which an explanation is asked for; ``bands`` are
    those of qualitative indicators, ``grades`` those of the total, best first."""

    id: str
    title: str
    valid_from: int
    source: str
    total: Decimal
    execution_weight: Decimal
    full_execution: Decimal
    """From which rate of execution, in per cent, some places give full marks: there they prove nothing."""
    shares: tuple[Mapping[str, Decimal], ...]
    over_fulfilment: Decimal
    over_fulfilment_source: str
    bands: tuple[Band, ...]
    grades: tuple[Band, ...]


def scoring_methods(raw: Mapping[str, Any]) -> tuple[ScoringMethod, ...]:
    """The methods of ``scoring.toml``. Raises CatalogError naming what an entry lacks."""
    methods: list[ScoringMethod] = []
    for entry in raw.get("methods", ()):
        try:
            methods.append(_method(entry))
        except KeyError as error:
            raise CatalogError(f"scoring.toml: {entry.get('id', '?')}: {error.args[0]} is missing") from error
    if not methods:
        raise CatalogError("scoring.toml: there is no method")
    return tuple(methods)


def _method(entry: Mapping[str, Any]) -> ScoringMethod:
    return ScoringMethod(
        id=entry["id"],
        title=entry["title"],
        valid_from=entry["valid_from"],
        source=entry["source"],
        total=Decimal(entry["total"]),
        execution_weight=Decimal(entry["execution_weight"]),
        full_execution=Decimal(entry["full_execution"]),
        shares=tuple(
            {level: Decimal(weight) for level, weight in shares.items()} for shares in entry["shares"]
        ),
        over_fulfilment=Decimal(entry["over_fulfilment"]),
        over_fulfilment_source=entry["over_fulfilment_source"],
        bands=tuple(Band(b["name"], Decimal(b["low"]), Decimal(b["high"])) for b in entry["bands"]),
        grades=tuple(Band(b["name"], Decimal(b["low"]), Decimal(100)) for b in entry["grades"]),
    )
