"""Loads the phrases (catalog/data/phrases/*.toml) and holds them to their language.

Whatever is wrong is a CatalogError that names the file and the entry: an unknown measure, command, word, loop or
phrase, braces that do not pair, a section that no part lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from gouji.catalog.dimensions import Dimension
from gouji.catalog.model import CatalogError
from gouji.catalog.phrase_language import (
    AGAINST,
    DERIVED,
    OF,
    Condition,
    PhraseError,
    Place,
    Template,
    condition,
    operand,
    parse,
)
from gouji.catalog.phrases import (
    LISTS,
    LOOP_MEASURES,
    LOOP_VARIABLES,
    LOOPS,
    NAMED_LOOPS,
    PARAMETERS,
    VARIABLES,
    Alternative,
    Clause,
    Measure,
    PartForm,
    PhraseSet,
    SectionForm,
    Term,
)
from gouji.facts import Fact

_KEYS = {
    "id",
    "title",
    "valid_from",
    "valid_to",
    "source",
    "inherits",
    "place",
    "report",
    "part_title",
    "measures",
    "words",
    "phrases",
    "parts",
    "sections",
    "terms",
}
_CLAUSE_KEYS = {"when", "text", "either", "each", "join", "end", "run_on", "lead"}


def phrase_sets(
    raw: Mapping[str, Mapping[str, Any]], dimensions: Mapping[str, Dimension]
) -> tuple[PhraseSet, ...]:
    """The sets by their files (file name -> content). Raises CatalogError."""
    by_id: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for file, entry in raw.items():
        for key in ("id", "title", "valid_from", "source"):
            if not entry.get(key):
                raise CatalogError(f"{file}: lacks “{key}”")
        if unknown := entry.keys() - _KEYS:
            raise CatalogError(f"{file}: unknown keys {sorted(unknown)}")
        if entry["id"] in by_id:
            raise CatalogError(f"{file}: the id {entry['id']!r} is that of {by_id[entry['id']][0]}, too")
        by_id[entry["id"]] = (file, entry)
    return tuple(
        _Loading(file, _merged(by_id, name), dimensions).phrase_set() for name, (file, _) in by_id.items()
    )


def _merged(by_id: Mapping[str, tuple[str, Mapping[str, Any]]], name: str) -> dict[str, Any]:
    """A set with what it inherits: measures, words, phrases and terms by name, sections key by key by their id;
    parts are taken whole where the set has any."""
    file, entry = by_id[name]
    if "inherits" not in entry:
        return dict(entry)
    if entry["inherits"] not in by_id:
        raise CatalogError(f"{file}: inherits {entry['inherits']!r}, which does not exist")
    base = _merged(by_id, entry["inherits"])
    merged = {key: value for key, value in base.items() if key != "valid_to"} | dict(entry)
    for key in ("measures", "words", "phrases"):
        merged[key] = base.get(key, {}) | entry.get(key, {})
    for key, name_of in (("sections", "id"), ("terms", "name")):
        own = {item[name_of]: item for item in entry.get(key, ())}
        kept = [item | own.pop(item[name_of], {}) for item in base.get(key, ())]
        merged[key] = kept + list(own.values())
    return merged


_Made = TypeVar("_Made")


class _Loading:
    """One set on its way from TOML to records, held to the language entry by entry."""

    def __init__(self, file: str, raw: Mapping[str, Any], dimensions: Mapping[str, Dimension]) -> None:
        self.file, self.raw, self.dimensions = file, raw, dimensions
        self.entry = ""

    def phrase_set(self) -> PhraseSet:
        raw = self.raw
        measures = {name: self.measure(name, item) for name, item in raw.get("measures", {}).items()}
        self.measures = {*measures, *LOOP_MEASURES, *PARAMETERS}
        words = {name: self.three(name, item) for name, item in raw.get("words", {}).items()}
        self.words = set(words)
        self.phrases = set(raw.get("phrases", {}))
        phrases = {
            name: self.told("phrases", name, self.alternatives, item)
            for name, item in raw.get("phrases", {}).items()
        }
        sections = {
            item.get("id", ""): self.told("sections", item.get("id", ""), self.section, item)
            for item in raw.get("sections", ())
        }
        self.sections = sections
        parts = tuple(
            self.told("parts", item.get("id", ""), self.part, item) for item in raw.get("parts", ())
        )
        listed = {section.id for part in parts for section in part.sections}
        own = {item["id"] for item in raw.get("sections", ())} if "inherits" not in raw else set()
        if lost := own - listed:
            raise CatalogError(f"{self.file}: no part lists the section {sorted(lost)[0]!r}")
        terms = tuple(
            Term(item["name"], tuple(item.get("words", (item["name"],))), item["text"])
            for item in raw.get("terms", ())
        )
        return PhraseSet(
            raw["id"], raw["title"], raw["valid_from"], raw.get("valid_to"), raw["source"], raw.get("place", ""),
            raw.get("report", "final_accounts"), measures, words, phrases, parts, terms,
            raw.get("part_title", "第{n}部分"),
        )  # fmt: skip

    def told(self, table: str, name: str, make: Callable[[Any], _Made], item: Any) -> _Made:
        """What ``make`` gives of an entry; what is wrong in it is said with the file and the entry."""
        try:
            return make(item)
        except (PhraseError, KeyError, TypeError) as error:
            raise CatalogError(f"{self.file}: {table}.{name}: {error}") from error

    def measure(self, name: str, item: Mapping[str, Any]) -> Measure:
        dims = item.get("dims", {})
        for dimension, member in dims.items():
            if dimension not in self.dimensions or (
                member not in self.dimensions[dimension].parents and not str(member).isdigit()
            ):
                raise CatalogError(
                    f"{self.file}: measures.{name}: unknown dimension member {dimension}={member}"
                )
        if not item.get("concept") or not item.get("title"):
            raise CatalogError(f"{self.file}: measures.{name}: lacks “concept” or “title”")
        fact = Fact(item["concept"], tuple(sorted(dims.items())))
        return Measure(fact, item.get("unit", "万元"), item.get("register", ""), item["title"])

    def three(self, name: str, item: Any) -> tuple[str, str, str]:
        if not isinstance(item, list) or len(item) != 3:
            raise CatalogError(f"{self.file}: words.{name}: three words are wanted, for less, equal and more")
        return item[0], item[1], item[2]

    def part(self, item: Mapping[str, Any]) -> PartForm:
        if item["holds"] not in ("sections", "tables", "terms"):
            raise PhraseError(f"holds {item['holds']!r}, which is none of sections, tables, terms")
        chosen = tuple(self.sections[name] for name in item.get("sections", ()))
        return PartForm(
            item["id"],
            self.template(item["title"]),
            item["holds"],
            chosen,
            self.condition(item.get("when", "")),
        )

    def section(self, item: Mapping[str, Any]) -> SectionForm:
        clauses = tuple(self.clause(raw) for raw in item.get("clauses", ()))
        return SectionForm(
            item["id"],
            item.get("level", 1),
            self.template(item["heading"]),
            clauses,
            self.condition(item.get("when", "")),
        )

    def clause(self, raw: Mapping[str, Any] | str) -> Clause:
        if isinstance(raw, str):
            raw = {"text": raw}
        if unknown := raw.keys() - _CLAUSE_KEYS:
            raise PhraseError(f"unknown keys {sorted(unknown)}")
        each = tuple(raw.get("each", "").split())
        if (
            each
            and not (each[0] in LOOPS and len(each) == 1)
            and not (each[0] in NAMED_LOOPS and len(each) == 2)
        ):
            raise PhraseError(f"there is no loop {raw['each']!r}")
        alternatives = self.alternatives(raw["either"] if "either" in raw else [{"text": raw["text"]}])
        return Clause(
            alternatives, each, raw.get("join", ""), raw.get("end", ""), raw.get("run_on", False),
            self.template(raw.get("lead", "")), self.condition(raw.get("when", "")),
        )  # fmt: skip

    def alternatives(self, items: Iterable[Mapping[str, Any] | str]) -> tuple[Alternative, ...]:
        return tuple(
            Alternative((), self.template(item))
            if isinstance(item, str)
            else Alternative(self.condition(item.get("when", "")), self.template(item["text"]))
            for item in items
        )

    def condition(self, text: str) -> Condition:
        found = condition(text)
        for atom in found:
            if atom.command in ("zero", "known", "=", "<", ">"):
                self.known_measures(atom.words)
            elif atom.command == "any" and atom.words[0] not in LOOPS:
                raise PhraseError(f"there is no loop {atom.words[0]!r}")
            elif atom.command == "filled" and atom.words[0] not in LOOP_VARIABLES:
                raise PhraseError(f"no loop has the word {atom.words[0]!r}")
        return found

    def template(self, text: str) -> Template:
        found = parse(text)
        for place in self.places(found):
            self.place(place)
        return found

    @staticmethod
    def places(template: Template) -> Iterator[Place]:
        return (piece for piece in template if isinstance(piece, Place))

    def place(self, place: Place) -> None:
        command, words = place
        if command == "print":
            if words[0] not in (*VARIABLES, *LOOP_VARIABLES):
                self.known_measures(words)
        elif command == ">":
            if words[0] not in self.phrases:
                raise PhraseError(f"there is no phrase {words[0]!r}")
            self.known_measures(word for word in words[1:] if not word.startswith(OF))
        elif command in DERIVED or command in self.words:
            if not 1 <= len(words) <= 2 or (command in ("share", "rate") and len(words) != 2):
                raise PhraseError(f"{command} takes two measures, or one to compare with last year")
            self.known_measures(words)
        else:
            self.words_of(command, words)

    @staticmethod
    def words_of(command: str, words: tuple[str, ...]) -> None:
        """Hold a command that takes words, not measures."""
        if command == "cause" and (len(words) != 2 or words[1] not in AGAINST):
            raise PhraseError(f"cause takes a subject and one of {AGAINST}")
        if command == "use" and words not in (("code",), ("project",)):
            raise PhraseError("use takes what the loop is at: code or project")
        if command == "names" and words[0] not in LISTS:
            raise PhraseError(f"there is no list {words[0]!r}")
        if command == "gap" and len(words) > 2:
            raise PhraseError("gap takes what is wanted and the register it is put down in")
        if command not in ("cause", "use", "names", "text", "gap"):
            raise PhraseError(f"there is no command or set of words {command!r}")

    def known_measures(self, words: Iterable[str]) -> None:
        for word in words:
            if operand(word).name not in self.measures:
                raise PhraseError(f"there is no measure {word!r}")
