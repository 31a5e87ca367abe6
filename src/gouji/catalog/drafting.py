"""What is likely where published tables leave a choice, for registers that are drafted from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gouji.catalog.economic_mapping import BODY_TYPES
from gouji.catalog.lexicon import fold
from gouji.catalog.model import CatalogError
from gouji.catalog.toml_data import required

_FILE = "drafting.toml"


@dataclass(frozen=True, slots=True, eq=False)
class DraftingWording:
    """``pairs``: function and economic class -> how likely, 0 first; ``body_types``: folded name of a function -> the
    kind of body that spends on it."""

    pairs: Mapping[tuple[str, str], int]
    body_types: Mapping[str, str]


def drafting_wording(raw: Mapping[str, Any]) -> DraftingWording:
    """The content of ``drafting.toml``. Raises CatalogError naming what is wrong."""
    required(raw, _FILE, "title", "valid_from", "source", "pairs", "body_types")
    pairs: dict[tuple[str, str], int] = {}
    for entry in raw["pairs"]:
        required(entry, _FILE, "function", "economic")
        for rank, economic in enumerate(entry["economic"]):
            pairs[entry["function"], economic] = rank
    kinds: dict[str, str] = {}
    for kind, names in raw["body_types"].items():
        if kind not in BODY_TYPES:
            raise CatalogError(f"{_FILE}：body_types 里的“{kind}”只能是{'、'.join(BODY_TYPES)}")
        kinds |= {fold(name): kind for name in names}
    return DraftingWording(pairs, kinds)
