"""Rows without a code: a known item, the name of a code, a project, a body, a heading that divides a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from gouji.catalog import Catalog, RowSense, TableKind, bare, fold, is_included
from gouji.reading.disclosure_title import is_name
from gouji.reading.heads import Heads, Lane
from gouji.reading.stairs import KeyText


class UnnumberedRows:
    """Understands the labels of one table, row after row; what a label opens for the rows below it is kept in its lane.
    ``bodies`` are those that other tables list."""

    def __init__(self, catalog: Catalog, kind: TableKind, heads: Heads, bodies: Collection[str]) -> None:
        self.catalog = catalog
        self.kind = kind
        self.columns = heads.columns
        self.lanes = heads.lanes
        self.bodies = bodies

    def sense(self, label: str, dims: dict[str, str], lane: Lane, texts: Sequence[KeyText]) -> RowSense:
        """What a row says that has a label and no code: a known item, the name of a code, or a project or body."""
        kind = self.kind
        labels = lane.labels
        assert labels is not None
        sense = labels.item(label)
        is_total = sense.meaning is not None and sense.meaning.total
        if is_total:
            lane.agency, lane.section = "", {}
            dims.pop("agency_code", None)
            if lane.stairs is not None:
                lane.stairs.close()
        elif lane.stairs is None and (code := labels.named(label, sense)) is not None:
            return RowSense({**labels.inherited, **dims, labels.dimension: code})
        elif kind.rows_by and (code := self.catalog.codes[kind.rows_by].named(bare(label))) is not None:
            return RowSense({**dims, kind.rows_by: code})
        if kind.open_rows == "pro_code" and not is_total:
            return self._project(label, dims, lane, texts)
        sense = self._within_above(sense, label, lane)
        if not sense.why:
            labels.enter(sense)
            lane.itemised = lane.itemised or bool(sense.meaning and sense.meaning.dims)
            return sense._replace(dims={**sense.dims, **dims})
        # Among items a label that is not known is one more item, unless it ends as the names of bodies do; so is one
        # that begins a page whose item stands on the page before.
        codes = self.catalog.codes.get(labels.dimension)
        listed = labels.under or lane.itemised or (codes is not None and codes.has_name(bare(label)))
        if kind.open_rows and (not listed or is_name(fold(label), self.catalog.scope)):
            lane.agency, labels.under = label, ""
            return RowSense({**dims, kind.open_rows: label})
        return sense

    def _project(self, label: str, dims: dict[str, str], lane: Lane, texts: Sequence[KeyText]) -> RowSense:
        """A row of a list of projects: a heading that divides the list, a body, or a project."""
        heading = self._dividing(label)
        if heading:
            lane.agency, lane.section = "", heading
            dims.pop("agency_code", None)
            if lane.stairs is not None:
                lane.stairs.close()
            return RowSense({**dims, **heading})
        if lane.stairs is not None:
            return lane.stairs.sense(texts, {**lane.section, **dims})
        if label in self.bodies:
            lane.agency = label
            return RowSense({**dims, "agency_code": label})
        return RowSense({**lane.section, **dims, "pro_code": label})

    def _within_above(self, sense: RowSense, label: str, lane: Lane) -> RowSense:
        """A row that says 其中 is part of the row above it. If its fund, by its name, lies elsewhere in the tree
        (其中：教育收费 below 事业收入) or is the whole of it or more (其中：财政拨款 below 一般公共预算), it is kept apart as
        a part, lest it be added twice."""
        fund = (sense.meaning.dims or {}).get("fund_type_code") if sense.meaning is not None else None
        if not is_included(label):
            lane.fund = fund or ""
        elif fund and lane.fund and not self._is_part(fund, lane.fund):
            return RowSense({"fund_type_code": lane.fund}, opened=sense.opened, detail=bare(label))
        return sense

    def _is_part(self, fund: str, whole: str) -> bool:
        return fund != whole and self.catalog.dimensions["fund_type_code"].contains(whole, fund)

    def _dividing(self, label: str) -> Mapping[str, str]:
        """What a heading that divides a list of this kind (一、货物类) says; nothing if it is none."""
        kind = self.kind.id
        meaning = self.catalog.lexicon.meaning(label, kind, "row")
        return (meaning.dims or {}) if meaning is not None and kind in meaning.kinds else {}

    def named_by(self, col: int, text: str) -> Mapping[str, str]:
        """What a text in a column of stairs is the name of: a class, an economic class under heads that say so, a body
        in the first column."""
        heading = self._dividing(text)
        if heading:
            return heading
        heads = fold("".join(self.columns[col].path))
        dimension = next((d for word, d in self.catalog.lexicon.marks.code_words if word in heads), "")
        code = self.catalog.codes[dimension].named(bare(text)) if dimension else None
        if code is not None:
            return {dimension: code}
        name = re.sub(r"\s+", "", text)
        first = all(col not in lane.keys or col == lane.keys[0] for lane in self.lanes)
        if first and (name in self.bodies or is_name(fold(name), self.catalog.scope)):
            return {"agency_code": name}
        return {}

    def is_total(self, text: str) -> bool:
        return self.catalog.lexicon.is_total(text, self.kind.id, "row")
