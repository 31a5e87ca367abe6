"""Loads and validates the data files. Pure after loading; the result is cached for the process."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gouji.catalog.binding import Binder
from gouji.catalog.checklists import Checklist, checklists
from gouji.catalog.clause_wording import ClauseWording, clause_wording
from gouji.catalog.codes import CodeList
from gouji.catalog.dimensions import ALL, Dimension
from gouji.catalog.drafting import DraftingWording, drafting_wording
from gouji.catalog.economic_mapping import EconomicMapping, Mapped
from gouji.catalog.form_sets import form_sets_of
from gouji.catalog.heading_wording import HeadingWording, heading_wording
from gouji.catalog.lexicon import Lexicon, TextMarks, TitleGrammar, bare, fold
from gouji.catalog.model import CatalogError, CodeName, FormSet, Meaning, Rule, TableKind
from gouji.catalog.monitoring import MonitoringMethod, monitoring_method
from gouji.catalog.performance_layouts import PerformanceLayouts, performance_layouts
from gouji.catalog.performance_wording import PerformanceWording, performance_wording
from gouji.catalog.phrase_files import phrase_sets
from gouji.catalog.phrases import PhraseSet
from gouji.catalog.scope_wording import ScopeWording, scope_wording
from gouji.catalog.scoring import ScoringMethod, scoring_methods
from gouji.catalog.toml_data import known_members, one_of, parsed, required
from gouji.catalog.wording import Wording, read_wording


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """Everything that regulations fix, as data."""

    dimensions: Mapping[str, Dimension]
    lexicon: Lexicon
    codes: Mapping[str, CodeList]
    form_sets: tuple[FormSet, ...]
    rules: Mapping[str, Rule]
    binder: Binder
    scope: ScopeWording
    wording: Wording
    economic: EconomicMapping
    phrase_sets: tuple[PhraseSet, ...]
    checklists: tuple[Checklist, ...]
    clauses: ClauseWording
    performance: PerformanceWording
    scoring: tuple[ScoringMethod, ...]
    monitoring: MonitoringMethod
    performance_layouts: tuple[PerformanceLayouts, ...]
    report_phrases: tuple[PhraseSet, ...]
    """The words of self-evaluation reports."""
    headings: HeadingWording
    drafting: DraftingWording

    def checklist(self, kind: str) -> Checklist:
        """The check-list for a kind of disclosure; one that knows it, else the last."""
        return next((one for one in self.checklists if kind in one.kinds), self.checklists[-1])

    def code_dimension(self, code: str) -> str | None:
        """The dimension that a classification code belongs to, by its first digit and length."""
        for name, dimension in self.dimensions.items():
            if (
                dimension.code_lead
                and code.startswith(dimension.code_lead)
                and len(code) in dimension.code_lengths
            ):
                return name
        return None

    def phrase_set(self, year: int | None, wanted: str = "", report: str = "final_accounts") -> PhraseSet:
        """The phrases by id, else the national ones of a ``report`` that are valid in ``year``, else the newest national
        ones. Raises CatalogError for an id that no set of the report has."""
        candidates = self.phrases_of(report)
        for phrases in candidates:
            if phrases.id == wanted or (not wanted and not phrases.place and phrases.valid(year)):
                return phrases
        if wanted:
            known = "、".join(phrases.id for phrases in candidates)
            raise CatalogError(f"没有名为“{wanted}”的说明文本；可用的有：{known}")
        return max((p for p in candidates if not p.place), key=lambda phrases: phrases.valid_from)

    def phrases_of(self, report: str) -> tuple[PhraseSet, ...]:
        """The sets of phrases that serve a report."""
        return tuple(phrases for phrases in self.phrase_sets if phrases.report == report)

    def form_set(self, year: int | None, wanted: str = "", report: str = "final_accounts") -> FormSet:
        """The forms by id, else the general ones of a ``report`` that are valid in ``year``, else the newest. Raises
        CatalogError for an id that no set of the report has."""
        candidates = self.forms_of(report)
        for forms in candidates:
            if forms.id == wanted or (not wanted and forms.general and forms.valid(year)):
                return forms
        if wanted:
            known = "、".join(forms.id for forms in candidates)
            raise CatalogError(f"没有名为“{wanted}”的表样；可用的有：{known}")
        return max((forms for forms in candidates if forms.general), key=lambda forms: forms.valid_from)

    def layouts(self, year: int | None, wanted: str = "") -> PerformanceLayouts:
        """The performance forms by id, else the general ones that are valid in ``year``, else the newest general ones.
        Raises CatalogError for an unknown id."""
        for layouts in self.performance_layouts:
            if layouts.id == wanted or (not wanted and layouts.general and layouts.valid(year)):
                return layouts
        if wanted:
            known = "、".join(layouts.id for layouts in self.performance_layouts)
            raise CatalogError(f"没有名为“{wanted}”的绩效表样；可用的有：{known}")
        return max((one for one in self.performance_layouts if one.general), key=lambda one: one.valid_from)

    def scoring_method(self, layouts: PerformanceLayouts) -> ScoringMethod:
        """The method that scores by a place's forms; the national one where they name none."""
        return next((method for method in self.scoring if method.id == layouts.scoring), self.scoring[0])

    def report_words(self, layouts: PerformanceLayouts) -> PhraseSet | None:
        """The words of the report that belongs to a place's forms, if there is one."""
        return next((phrases for phrases in self.report_phrases if phrases.id == layouts.phrases), None)

    def forms_of(self, report: str) -> tuple[FormSet, ...]:
        """The sets of forms of a report (final_accounts or budget)."""
        return tuple(forms for forms in self.form_sets if forms.report == report)


@cache
def load_catalog(added: tuple[tuple[str, str], ...] = ()) -> Catalog:
    """The catalogue that ships with Gouji, with what files of a place (name, text) add: sets of forms, and the wordings
    and tables of a lexicon.toml. Raises CatalogError naming the file and entry that is wrong."""
    own = {name: parsed(name, text) for name, text in added}
    dimensions = _dimensions(_toml("dimensions.toml"))
    codes = {
        name: CodeList.of(name, _codes(f"codes/{name}.csv"))
        for name, dimension in dimensions.items()
        if dimension.code_lengths
    }
    words = _toml(LEXICON)
    for name, raw in own.items():
        if name == LEXICON:
            words |= {key: [*words[key], *raw.get(key, ())] for key in ("tables", "labels")}
    lexicon = _lexicon(words, dimensions, codes["exp_func_code"])
    shipped = {
        file.name: _toml(f"forms/{file.name}")
        for file in sorted((_data() / "forms").iterdir(), key=lambda path: path.name)
        if file.name.endswith(".toml")
    }
    places = {name: raw for name, raw in own.items() if name != LEXICON}
    budgets = {name: raw for name, raw in places.items() if raw.get("report") != PERFORMANCE}
    form_sets = form_sets_of([shipped, budgets], lexicon, codes["exp_func_code"])
    rules = _rules()
    scope = scope_wording(_toml("scope.toml"))
    wording = read_wording(_toml("wording.toml"))
    lists = checklists(_toml("checklists.toml"), rules)
    clauses = clause_wording(_toml("clauses.toml"), dimensions)
    binder = Binder(lexicon, dimensions, codes)
    phrases = phrase_sets({name: _toml(name) for name in _names("phrases")}, dimensions)
    performance = performance_wording(_toml("performance.toml"))
    scoring = scoring_methods(_toml("scoring.toml"))
    arranged = [
        {name: _toml(name) for name in _names("performance_forms")},
        {name: raw for name, raw in places.items() if raw.get("report") == PERFORMANCE},
    ]
    reports = phrase_sets({name: _toml(name) for name in _names("report_phrases")}, dimensions)
    layouts = performance_layouts(arranged)
    _named(layouts, "scoring", {method.id for method in scoring})
    _named(layouts, "phrases", {words.id for words in reports})
    return Catalog(
        dimensions,
        lexicon,
        codes,
        form_sets,
        rules,
        binder,
        scope,
        wording,
        _economic(),
        phrases,
        lists,
        clauses,
        performance,
        scoring,
        monitoring_method(_toml("monitoring.toml")),
        layouts,
        reports,
        heading_wording(_toml("headings.toml")),
        drafting_wording(_toml("drafting.toml")),
    )


PERFORMANCE = "performance"
"""What a file of performance forms says in ``report``."""


def _named(sets: tuple[PerformanceLayouts, ...], key: str, known: set[str]) -> None:
    """Raises CatalogError where a set of performance forms names what does not exist."""
    for layouts in sets:
        if (named := getattr(layouts, key)) and named not in known:
            raise CatalogError(
                f"{layouts.id}：{key} 写的“{named}”不存在；可用的有：{'、'.join(sorted(known))}"
            )


_ECONOMIC = "economic_mapping.csv"
LEXICON = "lexicon.toml"


def _names(folder: str) -> list[str]:
    """The TOML files of a folder of the catalogue, in order."""
    return sorted(
        f"{folder}/{path.name}" for path in (_data() / folder).iterdir() if path.name.endswith(".toml")
    )


def _data() -> Any:
    return resources.files("gouji.catalog") / "data"


def _toml(name: str) -> dict[str, Any]:
    return parsed(name, (_data() / name).read_text(encoding="utf-8"))


def _dimensions(raw: dict[str, Any]) -> dict[str, Dimension]:
    found: dict[str, Dimension] = {}
    for name, entry in raw.items():
        required(entry, "dimensions.toml", "title", "source", "valid_from")
        members = entry.get("members", [])
        parents = {member["id"]: member.get("parent", ALL) for member in members}
        for member in members:
            for code in member.get("codes", ()):
                parents[code] = member["id"]
        closed = {row[0]: tuple(row[1:]) for row in entry.get("closed", ())}
        lengths = tuple(entry.get("code_lengths", ()))
        titles = {member["id"]: member["title"] for member in members}
        additive, lead = entry.get("additive", True), entry.get("code_lead", "")
        whole_only, apart = entry.get("whole_only", False), entry.get("apart", False)
        found[name] = Dimension(
            name, entry["title"], additive, titles, parents, lengths, closed, lead, apart, whole_only,
            entry.get("named", False),
        )  # fmt: skip
    return found


def _codes(name: str) -> list[CodeName]:
    spellings: list[CodeName] = []
    with io.StringIO((_data() / name).read_text(encoding="utf-8")) as stream:
        for row in csv.DictReader(stream):
            if not row["source"] or not row["valid_from"]:
                raise CatalogError(f"{name}: {row['code']} lacks its source or its years")
            until = int(row["valid_to"]) if row["valid_to"] else None
            aliases = tuple(filter(None, row["aliases"].split("|")))
            spelling = CodeName(
                row["code"], row["name"], int(row["valid_from"]), until, aliases, row["source"]
            )
            spellings.append(spelling)
    return spellings


def _economic() -> EconomicMapping:
    classes: dict[str, Mapped] = {}
    with io.StringIO((_data() / _ECONOMIC).read_text(encoding="utf-8")) as stream:
        for row in csv.DictReader(stream):
            if not row["source"] or not row["valid_from"]:
                raise CatalogError(f"{_ECONOMIC}: {row['dep_bgt_eco_code']} lacks its source or its years")
            until = int(row["valid_to"]) if row["valid_to"] else None
            classes[row["dep_bgt_eco_code"]] = Mapped(
                row["administrative"], row["institution"], int(row["valid_from"]), until, row["source"]
            )
    return EconomicMapping(classes)


def _lexicon(raw: dict[str, Any], dimensions: Mapping[str, Dimension], functions: CodeList) -> Lexicon:
    kinds: dict[str, TableKind] = {}
    for entry in raw["tables"]:
        required(entry, "lexicon.toml", "id", "stems", "layout", "source", "valid_from")
        known_members("lexicon.toml", entry["id"], entry.get("dims", {}), dimensions)
        kinds[entry["id"]] = TableKind(
            entry["id"], tuple(entry["stems"]), entry["layout"], entry.get("concept", ""), entry.get("sides", {}),
            entry.get("dims", {}), entry.get("statutory", ""), tuple(entry.get("absence_words", ())),
            entry.get("open_rows", ""), entry.get("columns_by", ""), entry.get("columns_under", ""),
            entry.get("by_category", False), entry.get("rows_by", ""),
            entry.get("flows", ""), tuple(re.compile(words) for words in entry.get("needs", ())),
        )  # fmt: skip
    labels: dict[str, list[Meaning]] = {}
    for entry in raw["labels"]:
        known_members("lexicon.toml", str(entry["words"]), entry.get("dims", {}), dimensions)
        required(entry, "lexicon.toml", "words", "source", "valid_from")
        meaning = _meaning(entry)
        for word in entry["words"]:
            labels.setdefault(bare(word), []).append(meaning)
    for word, meanings in labels.items():
        if sum(1 for meaning in meanings if not meaning.restrictions) > 1:
            raise CatalogError(f"lexicon.toml: “{word}” is defined twice")
    class_names = {
        fold(spelling.name): code
        for code, known in functions.names.items()
        if len(code) == 3
        for spelling in known
    }
    text = raw["text"]
    marks = TextMarks(
        tuple(map(fold, text["unit_heads"])), tuple(text["note_heads"]), tuple(text["absence_heads"]),
        tuple(text["contents_heads"]), tuple(map(fold, text["body_heads"])), tuple(text["grand_totals"]),
        tuple(text["never_cut"]),
        re.compile(f"{one_of('lexicon.toml', text['total_of'])}+({one_of('lexicon.toml', text['total_ends'])})"),
        re.compile(f"(.+?){one_of('lexicon.toml', text['total_ends'])}"),
        re.compile(text["number_pattern"]),
        re.compile(f"(?:{'|'.join(sorted([*text['unit_heads'], *text['body_heads']], key=len, reverse=True))})[:：]"),
        re.compile(text["changes"]), re.compile(text["ratios"]), re.compile(text["rates"]),
        tuple((word, dimension) for word, dimension in text["code_words"]),
    )  # fmt: skip
    return Lexicon(kinds, labels, class_names, marks, _grammar(raw["titles"]))


def _grammar(raw: dict[str, Any]) -> TitleGrammar:
    pairs = {
        key: tuple((re.compile(p), short) for p, short in raw[key]) for key in ("funds", "shorter", "marks")
    }
    fillers = re.compile("|".join(f"(?:{filler})" for filler in raw["fillers"]))
    numbers = tuple(re.compile(number) for number in raw["numbers"])
    patterns = {key: re.compile(raw[key]) for key in ("tails", "not_a_body")}
    return TitleGrammar(
        numbers,
        pairs["funds"],
        fillers,
        pairs["shorter"],
        patterns["tails"],
        patterns["not_a_body"],
        pairs["marks"],
        tuple(raw["unnamed"]),
    )


def _meaning(entry: dict[str, Any]) -> Meaning:
    unknown = entry.keys() - {"words", "source", "valid_from", *Meaning.__dataclass_fields__}
    if unknown:
        raise CatalogError(f"lexicon.toml: {entry['words']}: unknown keys {sorted(unknown)}")
    return Meaning(
        role=entry.get("role", ""), side=entry.get("side", ""), concept=entry.get("concept", ""),
        dims=entry.get("dims"), total=entry.get("total", False), opens=entry.get("opens", False),
        part_of=entry.get("part_of"), kinds=tuple(entry.get("kinds", ())), where=entry.get("where", ""),
        detail=entry.get("detail", ""), on=entry.get("on", ""), within=entry.get("within", ""),
    )  # fmt: skip


def _rules() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for file in sorted((_data() / "rules").iterdir(), key=lambda path: path.name):
        if not file.name.endswith(".toml"):
            continue
        for entry in _toml(f"rules/{file.name}")["rules"]:
            keys = (
                "id",
                "name",
                "severity",
                "title",
                "basis",
                "source",
                "valid_from",
                "right",
                "wrong",
                "engine",
            )
            required(entry, f"rules/{file.name}", *keys)
            if entry["id"] in rules:
                raise CatalogError(f"rules/{file.name}: {entry['id']} is defined twice")
            if entry["severity"] not in ("error", "warning", "info"):
                raise CatalogError(f"rules/{file.name}: {entry['id']}: unknown severity {entry['severity']}")
            rules[entry["id"]] = Rule(
                **{key: entry[key] for key in keys},
                params=entry.get("params", {}),
                relations=tuple(entry.get("relations", ())), see_also=tuple(entry.get("see_also", ())),
            )  # fmt: skip
    return rules
