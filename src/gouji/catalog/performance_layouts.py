"""How a place arranges its self-evaluation forms (绩效自评表样): rows of cells, money, indicators, lists of projects.

A layout arranges; what its labels mean the wording of performance forms says, so that what is written by it is read
back. Cells take their words from a column of the register of projects, from what was computed (scores, grade), or
from a template of the phrases (a table of basic data).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from gouji.catalog.model import CatalogError
from gouji.catalog.toml_data import required

SECTIONS = ("cells", "money", "sources", "tasks", "indicators", "figures")
"""What a section of a form may hold."""
FORM_SECTIONS = SECTIONS[:-1]
VALUES = ("execution_weight", "execution_rate", "execution_score", "total_weight", "total_score", "grade")
"""What a cell may take from what was computed."""
MONEY_COLUMNS = ("initial", "budget", "spent", "weight", "rate", "score")
TASK_COLUMNS = ("name", "content", "result", "budget", "spent", "weight", "score")
INDICATOR_COLUMNS = (
    "level1", "level2", "name", "operator", "target", "unit", "cycle_target", "actual", "weight", "score", "cause", "note",
)  # fmt: skip
LIST_COLUMNS = ("sequence", "budget", "spent", "indicators", "score", "grade")
"""What a column of a list of projects may hold, beside a column of the register, a level or a category."""


class Slot(NamedTuple):
    """A cell: a printed ``label``, the text of a ``column`` of the register of projects, a computed ``value``, or the
    template ``fill``; ``span`` columns wide and ``rows`` high. ``left`` aligns its words."""

    label: str = ""
    column: str = ""
    value: str = ""
    fill: str = ""
    span: int = 1
    rows: int = 1
    left: bool = False


class LayoutColumn(NamedTuple):
    """A column: what it holds, its head, how many columns of the grid it takes. ``fill`` is a template for the
    rows of a table of basic data."""

    id: str
    label: str
    span: int = 1
    fill: str = ""
    left: bool = False


class LayoutRow(NamedTuple):
    """A printed row of money (``id`` is what the wording calls it) or of basic data (``measure``, or one for each of
    a loop)."""

    label: str
    id: str = ""
    measure: str = ""
    each: str = ""


@dataclass(frozen=True, slots=True)
class LayoutSection:
    """Some rows of a form. ``label`` stands on their left, ``label_span`` columns wide, over all of them; ``rows`` are
    those of cells, ``lines`` those of money; ``recorded`` adds a line for each source of money that was recorded;
    ``blank`` fills what only the line of the whole has."""

    kind: str
    label: str
    label_span: int
    row_span: int
    rows: tuple[tuple[Slot, ...], ...]
    columns: tuple[LayoutColumn, ...]
    lines: tuple[LayoutRow, ...]
    pairs: tuple[tuple[LayoutRow, ...], ...]
    recorded: bool
    blank: str


class LayoutLevel(NamedTuple):
    """A first level that a form has, its weight (``None`` where the place sets none) and its categories."""

    name: str
    weight: Decimal | None
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PerformanceLayout:
    """One form. ``scope`` is department, project or basics (a table of basic data); ``listed`` forms have one grid for
    all projects, a row each. ``widths`` are those of the columns, in characters."""

    scope: str
    kind: str
    title: str
    listed: bool
    widths: tuple[int, ...]
    landscape: bool
    sections: tuple[LayoutSection, ...]
    columns: tuple[LayoutColumn, ...]
    levels: tuple[LayoutLevel, ...]
    level_weights: bool
    notes: tuple[str, ...]

    def has(self, column: str) -> bool:
        """Whether the indicators of the form have a column."""
        return any(
            item.id == column for part in self.sections if part.kind == "indicators" for item in part.columns
        )

    @property
    def execution(self) -> bool:
        """Whether the execution of the budget is scored."""
        money = (part for part in self.sections if part.kind == "money")
        return any(column.id == "score" for part in money for column in part.columns)

    @property
    def weighted(self) -> bool:
        """Whether its indicators carry weights, whether or not the weights are printed."""
        return self.has("weight") or self.has("score")

    @property
    def slots(self) -> Iterator[Slot]:
        return (slot for part in self.sections for row in part.rows for slot in row)


@dataclass(frozen=True, slots=True)
class PerformanceLayouts:
    """The forms of a place. ``scoring`` is the method that scores them, ``phrases`` the words of the report (empty:
    there is none)."""

    id: str
    title: str
    valid_from: int
    valid_to: int | None
    source: str
    general: bool
    scoring: str
    phrases: str
    forms: tuple[PerformanceLayout, ...]

    def of(self, scope: str) -> PerformanceLayout | None:
        """The form for the whole body (department) or for a project."""
        return next((form for form in self.forms if form.scope == scope), None)

    @property
    def basics(self) -> tuple[PerformanceLayout, ...]:
        """The tables of basic data."""
        return tuple(form for form in self.forms if form.scope == "basics")

    def valid(self, year: int | None) -> bool:
        return (
            year is not None and self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)
        )


def performance_layouts(sources: Sequence[Mapping[str, Mapping[str, Any]]]) -> tuple[PerformanceLayouts, ...]:
    """The layouts of several folders (file name -> content), those of the last one last. Raises CatalogError naming
    the file and entry that is wrong."""
    raw: dict[str, Mapping[str, Any]] = {}
    files: dict[str, str] = {}
    for source in sources:
        for file, entry in source.items():
            required(dict(entry), file, "id", "title", "valid_from", "source")
            if entry["id"] in raw:
                raise CatalogError(
                    f"{file}：已经有名为“{entry['id']}”的绩效表样（{files[entry['id']]}），请换一个 id"
                )
            raw[entry["id"]], files[entry["id"]] = entry, file
    return tuple(_Loading(files[name], raw).layouts(entry) for name, entry in raw.items())


_SET_KEYS = {
    "id", "title", "report", "inherits", "general", "valid_from", "valid_to", "source", "scoring", "phrases", "forms",
}  # fmt: skip
_FORM_KEYS = {
    "scope", "kind", "title", "layout", "widths", "landscape", "sections", "columns", "levels", "level_weights", "notes",
}  # fmt: skip
_SECTION_KEYS = {
    "kind", "label", "label_span", "row_span", "rows", "columns", "lines", "pairs", "recorded", "blank",
}  # fmt: skip


class _Loading:
    """One file on its way to records; what is wrong is said with the file."""

    def __init__(self, file: str, raw: Mapping[str, Mapping[str, Any]]) -> None:
        self.file, self.raw = file, raw

    def layouts(self, entry: Mapping[str, Any]) -> PerformanceLayouts:
        merged = self.merged(entry)
        self.known(merged, _SET_KEYS, "这一套")
        required(merged, self.file, "forms")
        return PerformanceLayouts(
            merged["id"], merged["title"], merged["valid_from"], merged.get("valid_to"), merged["source"],
            merged.get("general", False), merged.get("scoring", ""), merged.get("phrases", ""),
            tuple(map(self.form, merged["forms"])),
        )  # fmt: skip

    def merged(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """A set with what it inherits: a form overrides the one of its scope key by key."""
        if "inherits" not in entry:
            return dict(entry)
        if entry["inherits"] not in self.raw:
            self.fail(f"inherits 写的“{entry['inherits']}”不存在")
        base = self.merged(self.raw[entry["inherits"]])
        own = {form["scope"]: form for form in entry.get("forms", ())}
        forms = [form | own.pop(form["scope"], {}) for form in base["forms"]] + list(own.values())
        kept = {key: value for key, value in base.items() if key not in ("valid_to", "general")}
        return kept | dict(entry) | {"forms": forms}

    def form(self, raw: Mapping[str, Any]) -> PerformanceLayout:
        required(dict(raw), self.file, "scope", "title", "widths")
        self.known(raw, _FORM_KEYS, raw["title"])
        if raw["scope"] not in ("department", "project", "basics"):
            self.fail(f"“{raw['title']}”的 scope 写的“{raw['scope']}”，只能是 department、project、basics")
        levels = tuple(
            LayoutLevel(
                level["name"], Decimal(str(level["weight"])) if "weight" in level else None,
                tuple(level.get("categories", ())),
            )
            for level in raw.get("levels", ())
        )  # fmt: skip
        return PerformanceLayout(
            raw["scope"], raw.get("kind", "self_evaluation"), raw["title"], raw.get("layout", "") == "list",
            tuple(raw["widths"]), raw.get("landscape", False), tuple(map(self.section, raw.get("sections", ()))),
            self.columns(raw.get("columns", ())), levels, raw.get("level_weights", False),
            tuple(raw.get("notes", ())),
        )  # fmt: skip

    def section(self, raw: Mapping[str, Any]) -> LayoutSection:
        self.known(raw, _SECTION_KEYS, raw.get("kind", "section"))
        if raw.get("kind") not in SECTIONS:
            self.fail(f"没有 kind “{raw.get('kind', '')}”；可以写：{'、'.join(SECTIONS)}")
        return LayoutSection(
            raw["kind"], raw.get("label", ""), raw.get("label_span", 1), raw.get("row_span", 1),
            tuple(tuple(self.made(Slot, slot) for slot in row) for row in raw.get("rows", ())),
            self.columns(raw.get("columns", ())), tuple(self.made(LayoutRow, row) for row in raw.get("lines", ())),
            tuple(tuple(self.made(LayoutRow, row) for row in pair) for pair in raw.get("pairs", ())),
            raw.get("recorded", False), raw.get("blank", ""),
        )  # fmt: skip

    def columns(self, raw: Sequence[Mapping[str, Any]]) -> tuple[LayoutColumn, ...]:
        return tuple(self.made(LayoutColumn, column) for column in raw)

    def made(self, record: Any, raw: Mapping[str, Any]) -> Any:
        """A record of what stands in braces."""
        self.known(raw, set(record._fields), str(dict(raw)))
        try:
            return record(**raw)
        except TypeError as error:
            raise CatalogError(f"{self.file}：“{dict(raw)}”缺少必须的键") from error

    def known(self, raw: Mapping[str, Any], keys: set[str], where: str) -> None:
        if unknown := sorted(raw.keys() - keys):
            self.fail(f"“{where}”里不认识“{unknown[0]}”；可以写：{'、'.join(sorted(keys))}")

    def fail(self, text: str) -> None:
        raise CatalogError(f"{self.file}：{text}")
