"""What can be typed or filled in is documented, what is documented can be typed, and both READMEs say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cyclopts import App

from gouji.catalog import load_catalog
from gouji.checking.waiver import HEAD, KEYS, read_waivers
from gouji.cli.main import app
from gouji.cli.waivers import WAIVERS
from gouji.facts import Outcome, Unit
from gouji.monitoring.ledger import LEDGERS
from gouji.reading.rows import ROW_COLUMNS
from gouji.registers.budget_narrative_schema import BUDGET_NARRATIVE_REGISTERS
from gouji.registers.budget_schema import BUDGET_REGISTERS
from gouji.registers.coding import SUPPLEMENTS
from gouji.registers.department_settings import DEPARTMENT_NAME, DEPARTMENT_SETTINGS, OWN_CODE, UNITS
from gouji.registers.evidence import WAYS
from gouji.registers.narrative_schema import NARRATIVE_REGISTERS
from gouji.registers.performance_sheets import COLUMNS
from gouji.registers.schema import REGISTERS, SETTINGS, WORKBOOK
from gouji.registers.settings import (
    ACCOUNTS_BEFORE,
    BODY_TYPE,
    BUDGET_BEFORE,
    CODE,
    DEPARTMENT,
    DEPARTMENT_CODE,
    FORMS,
    LEVEL,
    NAME,
    PHRASES,
    REPORT,
    YEAR,
)
from gouji.registers.target_schema import TARGET_REGISTERS
from gouji.registers.transfer_schema import TRANSFER_PLAN, TRANSFERS
from gouji.reports.checklist import Answer
from gouji.writing.fonts import VARIABLE
from gouji.writing.monitor_files import MONITOR
from gouji.writing.publication import (
    EVALUATION,
    EVALUATION_STATEMENTS,
    FACTS_CSV,
    FACTS_JSON,
    NAMES,
    STATEMENTS_CSV,
)
from gouji.writing.publishing import MANIFEST

PAGES = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/design.md", "docs/usage.md")
TOP = [name for name in app if not name.startswith("-")]
COMMANDS = [
    command
    for name in TOP
    for command in (
        [name]
        if app[name].default_command
        else [f"{name} {sub}" for sub in app[name] if not sub.startswith("-")]
    )
]
"""Every command as it is typed, those of a group with the group's name."""


def found(command: str) -> App:
    """The command's own app."""
    here = app
    for word in command.split():
        here = here[word]
    return here


def options(command: str) -> dict[str, tuple[str, ...]]:
    """The options of a command: each name -> what may be chosen for it."""
    return {
        name: tuple(map(str, argument.get_choices() or ()))
        for argument in found(command).assemble_argument_collection()
        for name in argument.names
        if name.startswith("-")
    }


@pytest.fixture(scope="module")
def usage(root: Path) -> str:
    return (root / "docs" / "usage.md").read_text(encoding="utf-8")


def section(usage: str, command: str) -> str:
    told = re.search(rf"^### gouji {command}\b.*?(?=^##)", usage, re.MULTILINE | re.DOTALL)
    assert told, f"docs/usage.md has no section on gouji {command}"
    return told.group()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(usage: str, command: str) -> None:
    text = section(usage, command)
    for name, choices in options(command).items():
        for word in (name, *choices):
            assert f"`{word}`" in text, f"gouji {command}: {word}"


def test_no_option_is_documented_that_does_not_exist(usage: str) -> None:
    for command in COMMANDS:
        told = set(re.findall(r"`(--?[a-z][a-z-]*)`", section(usage, command)))
        assert told <= set(options(command)), command


def test_every_setting_is_documented(usage: str) -> None:
    of_budget = (REPORT, BODY_TYPE, CODE, DEPARTMENT, DEPARTMENT_CODE, BUDGET_BEFORE, ACCOUNTS_BEFORE)
    of_department = (DEPARTMENT_NAME, OWN_CODE, UNITS)
    for key in (NAME, LEVEL, YEAR, FORMS, PHRASES, *of_budget, *SUPPLEMENTS, *of_department):
        assert f"| `{key}` |" in usage, key
    for forms in load_catalog().form_sets:
        assert f"`{forms.id}`" in usage, forms.id
    for phrases in load_catalog().phrase_sets:
        assert f"`{phrases.id}`" in usage, phrases.id
    documents = (name for names in NAMES.values() for name in names)
    built = (*documents, STATEMENTS_CSV, FACTS_CSV, FACTS_JSON, MANIFEST)
    for word in (SETTINGS, DEPARTMENT_SETTINGS, WORKBOOK, VARIABLE, *built):
        assert f"`{word}`" in usage, word


def test_every_key_of_a_waiver_and_every_answer_of_a_checklist_is_documented(usage: str) -> None:
    assert f"`{WAIVERS}`" in usage
    for key in KEYS:
        assert f"| `{key}` |" in usage, key
        assert f'"{key}" = ' in usage or key in ("文件", "章节"), key
    for answer in Answer:
        assert f"| {answer} |" in usage, answer
    (shown,) = [block for block in blocks(usage) if HEAD in block]
    (waiver,) = read_waivers(shown.strip("`").removeprefix("toml"), WAIVERS, load_catalog().rules)
    assert waiver.place


OF_ACCOUNTS, OF_BUDGETS = "### 登记簿", "### 预算情况说明的登记簿"
DOCUMENTED = [
    *(
        (OF_ACCOUNTS, register)
        for register in (*REGISTERS, *NARRATIVE_REGISTERS, *BUDGET_REGISTERS, *TARGET_REGISTERS)
    ),
    *(
        (OF_BUDGETS, register)
        for register in BUDGET_NARRATIVE_REGISTERS
        if register not in NARRATIVE_REGISTERS
    ),
    ("## 部门文件夹", TRANSFER_PLAN),
    ("## 部门文件夹", TRANSFERS),
]


@pytest.mark.parametrize(("part", "register"), DOCUMENTED, ids=lambda told: getattr(told, "name", ""))
def test_every_register_column_is_documented(usage: str, part: str, register) -> None:
    usage = usage[usage.index(part) :]
    found = re.search(rf"^\*\*{register.name}\*\*.*?(?=^\*\*|\Z)", usage, re.MULTILINE | re.DOTALL)
    assert found, register.name
    for field in register.fields:
        row = re.search(rf"^\| `{re.escape(field.name)}` \|(.*)\|$", found.group(), re.MULTILINE)
        assert row, f"{register.name}: {field.name}"
        for label in field.labels:
            assert label in row[1], f"{register.name}: {field.name}: {label}"


def test_every_register_of_monitoring_and_every_light_is_documented(usage: str) -> None:
    for name, (needed, allowed) in LEDGERS.items():
        found = re.search(rf"^\| `{name}\.csv` 的列.*?(?=^\n)", usage, re.MULTILINE | re.DOTALL)
        assert found, name
        for column in (*needed, *allowed):
            assert f"`{column}`" in found.group(), f"{name}: {column}"
    for rule in load_catalog().monitoring.lights.values():
        assert f"| `{rule.id}` " in usage, rule.id
    for name in MONITOR:
        assert f"| `{name}` |" in usage, name


def test_every_column_of_read_is_documented(root: Path, usage: str) -> None:
    catalog = load_catalog()
    for text in (
        usage,
        *((root / page).read_text(encoding="utf-8") for page in ("README.md", "README.zh-CN.md")),
    ):
        rows = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
        start = rows.index(ROW_COLUMNS[0])
        assert tuple(rows[start : start + len(ROW_COLUMNS)]) == ROW_COLUMNS
        for status in ("bound", "nil", "dash", "ambiguous", "unbound", "repaired", "doubtful"):
            assert f"`{status}`" in text
    for word in (*Outcome, *Unit, *catalog.dimensions):
        assert re.search(rf"[`\s]{re.escape(word)}`", usage), word
    for dimension in catalog.dimensions.values():
        for member in dimension.titles:
            assert f"`{member}`" in usage, member


def test_every_concept_is_documented(root: Path, usage: str) -> None:
    catalog = load_catalog()
    concepts = {"total_in", "total_out"}
    for phrases in catalog.phrase_sets:
        concepts |= {measure.fact.concept for measure in phrases.measures.values()}
    for kind in catalog.lexicon.kinds.values():
        concepts |= {kind.concept, *kind.sides.values()}
    for meanings in catalog.lexicon.labels.values():
        concepts |= {meaning.concept for meaning in meanings}
    design = (root / "docs" / "design.md").read_text(encoding="utf-8")
    for concept in concepts - {"", "total"}:
        assert f"`{concept}`" in usage, concept
        assert f"`{concept}`" in design, concept


def blocks(text: str) -> list[str]:
    return re.findall(r"^```.*?^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_documented_commands_can_be_typed(root: Path, page: str) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    text = (root / page).read_text(encoding="utf-8")
    typed = "\n".join([*blocks(text), *re.findall(r"`([^`\n]+)`", text)])
    for target in re.findall(r"\bmake ([a-z]+)", typed):
        assert target in targets, f"make {target}"
    for line in re.findall(r"(?:^|/)gouji (.*)$", typed, re.MULTILINE):
        words = line.split()
        if words[0].startswith("-") or not words[0].isascii():
            continue
        command = " ".join(words[:2]) if words[0] in TOP and words[0] not in COMMANDS else words[0]
        assert command in COMMANDS, line
        for option in re.findall(r"(?<!\S)--?[a-z][a-z-]*", line):
            assert option in {*options(command), "--help"}, line


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(root: Path, page: str) -> None:
    path = root / page
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_both_readmes_say_the_same(root: Path) -> None:
    english, chinese = (
        (root / page).read_text(encoding="utf-8") for page in ("README.md", "README.zh-CN.md")
    )
    assert blocks(english) == blocks(chinese)
    for pattern in (r"^#+ ", r"^\|", r"^- ", r"^\| `\w+` \|", r"`\.venv[^`]*`|\]\(docs/[^)]*\)"):
        assert [m.group() for m in re.finditer(pattern, english, re.MULTILINE)] == [
            m.group() for m in re.finditer(pattern, chinese, re.MULTILINE)
        ], pattern


def test_the_licence_is_whole(root: Path) -> None:
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_every_column_of_the_performance_registers_is_documented(usage: str) -> None:
    for name, (needed, allowed) in COLUMNS.items():
        assert f"`{name}.csv`" in usage
        for column in (*needed, *allowed):
            assert f"`{column}`" in usage, f"{name}.csv: {column}"
    assert all(f"`{name}`" in usage for name in (*EVALUATION, EVALUATION_STATEMENTS))
    assert all(f"`{layouts.id}`" in usage for layouts in load_catalog().performance_layouts)
    assert all(f"`{way}`" in usage for way in WAYS)


def test_the_rules_that_the_design_page_lists_exist(root: Path) -> None:
    text = (root / "docs" / "design.md").read_text(encoding="utf-8")
    named = set(re.findall(r"GJ\d{3}", text))
    assert named
    assert named <= set(load_catalog().rules)
