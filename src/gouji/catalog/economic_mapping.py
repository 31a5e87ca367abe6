"""From the economic classes of a body's budget (部门预算经济分类) to those of the government's (政府预算经济分类).

The two follow from each other, but differently for organs (机关) and for institutions (事业单位): what an organ pays in
wages is 机关工资福利支出, what an institution pays is 对事业单位经常性补助 (财预〔2017〕98号).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

BODY_TYPES: Mapping[str, str] = {"行政机关": "administrative", "事业单位": "institution"}
"""What a body is called -> the column of the mapping that holds for it. 参照公务员法管理的事业单位 count as organs."""


class Mapped(NamedTuple):
    """One class of a body's budget: the government's class for an organ and for an institution, empty where that kind
    of body does not use it. A 类 (3 digits) stands where the 款 is not fixed."""

    administrative: str
    institution: str
    valid_from: int
    valid_to: int | None
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class EconomicMapping:
    """The mapping, by the 款 of the body's budget."""

    classes: Mapping[str, Mapped]

    def known_in(self, year: int | None) -> bool:
        """Whether the two classifications stood side by side in a year (since 2018)."""
        return year is None or any(mapped.valid_from <= year for mapped in self.classes.values())

    def government_class(self, code: str, body_type: str, year: int | None) -> str:
        """The government's class for a 款 of a body of ``body_type`` (see :data:`BODY_TYPES`); empty when none is
        fixed."""
        mapped = self.classes.get(code)
        if mapped is None or body_type not in BODY_TYPES:
            return ""
        if year is not None and not (mapped.valid_from <= year <= (mapped.valid_to or year)):
            return ""
        return mapped.administrative if BODY_TYPES[body_type] == "administrative" else mapped.institution
