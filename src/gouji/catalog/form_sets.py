"""Sets of forms from their data files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gouji.catalog.codes import CodeList
from gouji.catalog.layout import ordinal
from gouji.catalog.lexicon import Lexicon
from gouji.catalog.model import OPTIONAL, CatalogError, Column, Form, FormSet, Lane
from gouji.catalog.toml_data import required
from gouji.facts import Unit


def form_sets_of(
    sources: Sequence[Mapping[str, dict[str, Any]]], lexicon: Lexicon, functions: CodeList
) -> tuple[FormSet, ...]:
    """The sets of forms of several folders (file name -> content), those of the last one last. Raises CatalogError
    naming the file and entry that is wrong."""
    raw: dict[str, dict[str, Any]] = {}
    files: dict[str, str] = {}
    for source in sources:
        for file, entry in source.items():
            required(entry, file, "id", "title", "valid_from", "source")
            if entry["id"] in raw:
                raise CatalogError(
                    f"{file}：已经有名为“{entry['id']}”的表样（{files[entry['id']]}），请换一个 id"
                )
            raw[entry["id"]], files[entry["id"]] = entry, file
    return tuple(_form_set(_merged(raw, name), files[name], lexicon, functions) for name in raw)


def _merged(raw: Mapping[str, dict[str, Any]], name: str) -> dict[str, Any]:
    """A set of forms with what it inherits: a form overrides its predecessor key by key; the order of publication
    follows the table numbers."""
    entry = dict(raw[name])
    if "inherits" not in entry:
        return entry
    if entry["inherits"] not in raw:
        raise CatalogError(f"{name}：inherits 写的“{entry['inherits']}”不存在")
    base = _merged(raw, entry["inherits"])
    own = {form["kind"]: form for form in entry.get("forms", ())}
    forms = [base_form | own.pop(base_form["kind"], {}) for base_form in base["forms"]] + list(own.values())
    inherited = {key: value for key, value in base.items() if key not in ("valid_to",)}
    return inherited | entry | {"forms": sorted(forms, key=lambda form: form["number"])}


def _form_set(entry: dict[str, Any], file: str, lexicon: Lexicon, functions: CodeList) -> FormSet:
    required(entry, file, "unit", "unit_head", "function_classes", "forms")
    forms: list[Form] = []
    for raw in entry["forms"]:
        unit = raw.get("unit", entry["unit"])
        if unit not in [known.value for known in Unit]:
            raise CatalogError(f"{file}：unit 写的“{unit}”不是计量单位；可以写：元、千元、万元、亿元")
        kind = lexicon.kinds.get(raw.get("kind", ""))
        if kind is None:
            raise CatalogError(
                f"{file}：没有 kind “{raw.get('kind', '')}”；可以写：{'、'.join(lexicon.kinds)}"
            )
        required(raw, file, "kind", "number", "title")
        classes = _class_rows(
            raw.get("function_classes", entry["function_classes"]), entry["valid_from"], functions
        )
        lanes = tuple(
            Lane(
                lane["head"],
                _columns(lane["columns"]),
                lane.get("first_line", 1),
                _rows(lane["rows"], classes),
                tuple(lane.get("foot", ())),
            )
            for lane in raw.get("lanes", ())
        )
        forms.append(
            Form(
                kind=kind,
                number=raw["number"],
                title=raw["title"],
                layout=raw.get("layout", kind.layout),
                unit=Unit(unit),
                unit_head=raw.get("unit_head", entry["unit_head"]),
                year_head=entry.get("year_head", False),
                decimals=raw.get("decimals", entry.get("decimals", 2)),
                key=raw.get("key", ""),
                columns=_columns(raw.get("columns", ())),
                lanes=lanes,
                blocks=tuple(tuple(block) for block in raw.get("blocks", ())),
                block_heads=tuple((label, count) for label, count in raw.get("block_heads", ())),
                code_label=raw.get("code_label", ""),
                name_label=raw.get("name_label", ""),
                amount_label=raw.get("amount_label", ""),
                totals=tuple((label, count) for label, count in raw.get("totals", ())),
                notes=tuple(raw.get("notes", ())),
                empty_notes=tuple(raw.get("empty_notes", ())),
                empty_value=raw.get("empty_value", ""),
                rows=tuple(raw.get("rows", ("total", "codes"))),
                total_across=raw.get("total_across", entry.get("total_across", True)),
                numbering=raw.get("numbering", entry.get("numbering", True)),
                total_label=raw.get("total_label", entry.get("total_label", "合计")),
                grouping=raw.get("grouping", entry.get("grouping", False)),
                numbered=raw.get("numbered", entry.get("numbered", True)),
            )
        )
    own = {key: entry[key] for key in ("report", "cover", "body_head", "general") if key in entry}
    return FormSet(
        entry["id"], entry["title"], entry["valid_from"], entry.get("valid_to"), entry["source"], tuple(forms),
        **own,
    )  # fmt: skip


def _class_rows(codes: list[str], year: int, functions: CodeList) -> dict[str, list[str]]:
    """What stands for a list of functional 类 among the rows of a form -> their labels."""
    names = [spelling.name for code in codes if (spelling := functions.name(code, year))]
    numbered = [f"{ordinal(at)}、{name}" for at, name in enumerate(names, start=1)]
    return {
        "@function_classes": numbered,
        f"@{OPTIONAL}function_classes": [f"{OPTIONAL}{label}" for label in numbered],
        "@(function_classes)": [f"（{ordinal(at)}）{name}" for at, name in enumerate(names, start=1)],
    }


def _rows(labels: list[str], classes: Mapping[str, list[str]]) -> tuple[str, ...]:
    rows: list[str] = []
    for label in labels:
        rows.extend(classes.get(label, [label]))
    return tuple(rows)


def _columns(raw: Any) -> tuple[Column, ...]:
    return tuple(
        Column(
            entry["label"],
            entry.get("role", "amount"),
            _columns(entry.get("children", ())),
            entry.get("optional", False),
        )
        for entry in raw
    )
