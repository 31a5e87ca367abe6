"""What keeps a set of forms from being filled and read back: said to whoever writes one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gouji.catalog.layout import CodeRow, lay_out, leaf_paths
from gouji.catalog.load import Catalog
from gouji.catalog.model import YEAR, Form, FormSet

_ROLES = ("code", "name", "agency_code", "agency", "label", "line", "text", "amount")
_LAYOUTS = ("two_sided", "coded", "blocks", "single_row")
_ROWS = ("total", "agencies", "body", "codes", "leaves", "projects")
_SAMPLE_YEAR = 2025
_SAMPLE = {
    "exp_func_code": "2010101",
    "dep_bgt_eco_code": "30101",
    "gov_bgt_eco_code": "50101",
    "pro_code": "某项目",
}


def faults(forms: FormSet, catalog: Catalog) -> Iterator[str]:
    """One sentence for each fault."""
    for form in forms.forms:
        for fault in _of_form(form, catalog):
            yield f"{form.number}《{form.title}》：{fault}"


def _of_form(form: Form, catalog: Catalog) -> Iterator[str]:
    title = form.title.replace(YEAR, str(_SAMPLE_YEAR))
    find = catalog.lexicon.targets_kind if form.kind.by_category else catalog.lexicon.table_kind
    recognised = find(title)
    if recognised is None:
        yield f"这个标题认不出是哪种表，读回时会认不出；请在 lexicon.toml 的 [[tables]] {form.kind.id} 里加上它的词干"
    elif recognised is not form.kind:
        yield f"这个标题会认成 {recognised.id}，与 kind 写的 {form.kind.id} 不同"
    structural = [*_structure(form)]
    yield from structural
    unknown = [*_unknown_heads(form, catalog)]
    yield from unknown
    if structural or unknown:
        return
    sample = _SAMPLE.get(form.key)
    rows = [CodeRow(sample, "样本")] if sample and set(form.rows) & {"codes", "leaves", "projects"} else []
    agencies = [CodeRow("101", "某部门"), CodeRow("101001", "某单位")]
    try:
        grid = lay_out(form, catalog.binder, rows, agencies=agencies)
    except ValueError as error:
        yield f"{error}".removeprefix(form.number).strip()
        return
    lanes = _lane_of_columns(form)
    stated = Counter((s.row, lanes.get(s.col, 0), s.fact) for s in grid.spots if s.fact is not None)
    for (row, _, fact), count in stated.items():
        if count > 1 and fact is not None:
            paths = ["/".join(s.path) for s in grid.spots if s.row == row and s.fact == fact]
            yield f"{'、'.join(dict.fromkeys(paths))}这{count}格说的是同一个数据，分不清；请把列名写得更明确"


def _structure(form: Form) -> Iterator[str]:
    if form.layout not in _LAYOUTS:
        yield f"没有 layout “{form.layout}”；可以写：{'、'.join(_LAYOUTS)}"
    if form.layout == "coded" and not form.columns:
        yield "layout 是 coded 的表要写 columns"
    if form.layout == "two_sided" and not form.lanes:
        yield "layout 是 two_sided 的表要写 lanes"
    for row in form.rows:
        if row not in _ROWS:
            yield f"rows 里没有“{row}”这种行；可以写：{'、'.join(_ROWS)}"
    if (
        set(form.rows) & {"codes", "leaves", "projects"}
        and form.layout == "coded"
        and form.key not in _SAMPLE
    ):
        yield f"key 写的“{form.key}”不能作行；可以写：{'、'.join(_SAMPLE)}"
    for leaf in form.leaves:
        if leaf.role not in _ROLES:
            yield f"列“{leaf.label}”的 role 没有“{leaf.role}”；可以写：{'、'.join(_ROLES)}"


def _unknown_heads(form: Form, catalog: Catalog) -> Iterator[str]:
    for leaf, path in zip(form.leaves, leaf_paths(form.columns), strict=True):
        if leaf.role == "amount":
            unknown = catalog.binder.column_meanings(form.kind, path, catalog.binder.subject(form.title))[1]
            if unknown:
                yield f"列名“{unknown}”不在词典中；请在 lexicon.toml 里同义的 [[labels]] 加上它"


def _lane_of_columns(form: Form) -> dict[int, int]:
    """The lane of each column of a form that has several lists side by side."""
    lanes: dict[int, int] = {}
    for number, lane in enumerate(form.lanes):
        for _ in range(sum(len(column.leaves) for column in lane.columns)):
            lanes[len(lanes)] = number
    return lanes
