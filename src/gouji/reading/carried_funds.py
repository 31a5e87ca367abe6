"""Whose money 上年结转 is that a list tells once for each fund: 一般公共预算本年收入5万元、上年结转1万元，政府性基金预算本年收入2万元、上年结转0万元."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gouji.reading.statement import Statement
from gouji.reading.subjects import PhraseReader

_FUND = "fund_type_code"
_CARRIED = "carryover_begin"


def funds_carried(mains: Sequence[Statement], reader: PhraseReader) -> Mapping[int, str]:
    """The fund of each such figure (by identity): that of the part before it. Told once in a list, it is of all funds."""
    found: dict[int, str] = {}
    lists: dict[tuple[int, int], list[Statement]] = {}
    for statement in mains:
        if statement.whole is not None:
            lists.setdefault((id(statement.whole), statement.list_number), []).append(statement)
    for parts in lists.values():
        of_parts: dict[int, str] = {}
        fund = ""
        for part in parts:
            phrase = reader.read(part.words)
            fund = phrase.dims.get(_FUND, fund)
            if _CARRIED in (phrase.strong or ()) and _FUND not in phrase.dims and fund:
                of_parts[id(part)] = fund
        if len(set(of_parts.values())) > 1:
            found.update(of_parts)
    return found
