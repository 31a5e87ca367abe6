"""The rooms of docs/design.md are the packages there are, and imports go one way, as its table says."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import gouji

PACKAGE = Path(gouji.__file__).parent
DESIGN = Path(__file__).resolve().parents[2] / "docs" / "design.md"
HEART = ("facts", "performance", "reading", "checking", "registers", "monitoring")


def rooms() -> dict[str, set[str]]:
    """Room -> the rooms it may know, in the order of the design's table."""
    table: dict[str, set[str]] = {}
    for line in DESIGN.read_text(encoding="utf-8").partition("\n## Rooms")[2].splitlines():
        row = re.fullmatch(r"\| `(\w+)` \|[^|]*\|([^|]*)\|", line)
        if row:
            table[row[1]] = set(re.findall(r"`(\w+)`", row[2]))
    return table


def modules(room: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((PACKAGE / room).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The dotted names of all modules that a module imports, wherever in it, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are written in full"
            yield str(node.module), node.lineno
            if node.module == "gouji":
                yield from ((f"gouji.{alias.name}", node.lineno) for alias in node.names)


def test_the_design_lists_the_rooms_that_exist() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert set(rooms()) == packages


def test_no_room_knows_a_later_one() -> None:
    order = list(rooms())
    for position, (room, known) in enumerate(rooms().items()):
        assert known <= set(order[:position]), f"{room} knows {known - set(order[:position])}"


@pytest.mark.parametrize("room", rooms())
def test_imports_go_one_way(room: str) -> None:
    allowed = rooms()[room] | {room, "__version__"}
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path, tree in modules(room)
        for name, line in imported(tree)
        if name.startswith("gouji.") and name.split(".")[1] not in allowed
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", rooms())
def test_every_room_says_what_it_is_for(room: str) -> None:
    for path, tree in modules(room):
        assert ast.get_docstring(tree), f"{path.relative_to(PACKAGE)} has no docstring"


@pytest.mark.parametrize("room", HEART)
def test_no_float_comes_near_money(room: str) -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, tree in modules(room)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    ]
    assert not wrong, f"float() in {', '.join(wrong)}"


@pytest.mark.parametrize("room", ["facts", "catalog", "performance"])
def test_the_pure_rooms_open_nothing(room: str) -> None:
    """Facts import nothing that reads or writes; the catalogue reads only what ships with it."""
    forbidden = {"os", "pathlib", "subprocess", "socket", "urllib", "http", "tempfile", "shutil"}
    found = {name.split(".")[0] for _, tree in modules(room) for name, _ in imported(tree)}
    assert not found & forbidden


def test_no_room_reaches_for_the_network() -> None:
    forbidden = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "requests", "httpx"}
    found = {
        name.split(".")[0] for room in rooms() for _, tree in modules(room) for name, _ in imported(tree)
    }
    assert not found & forbidden


def test_what_is_imported_is_what_is_required(root: Path) -> None:
    """The dependencies of pyproject.toml, those for development, for the bench and extras that are not installed aside, are those
    that the code imports."""
    with (root / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)["project"]
    distributions = packages_distributions()
    installed = {name.lower() for names in distributions.values() for name in names}

    def named(entries: list[str]) -> list[str]:
        return [re.split(r"[<>=!~ \[]", entry)[0].lower() for entry in entries]

    names = named(project["dependencies"])
    for extra, entries in project["optional-dependencies"].items():
        names += [name for name in named(entries) if extra not in ("bench", "dev") and name in installed]
    found = {
        distributions[name.split(".")[0]][0].lower()
        for room in rooms()
        for _, tree in modules(room)
        for name, _ in imported(tree)
        if name.split(".")[0] in distributions and not name.startswith("gouji")
    }
    assert sorted(found) == sorted(names)
