"""What all tests share: the real published documents, where they are at hand."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from command_run import Run
from gouji.cli import main

_BESIDE = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and hand-checked cells; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("GOUJI_SHARED", _BESIDE))
    if not (folder / "corpus").is_dir():
        pytest.skip("the real documents are not at hand (set GOUJI_SHARED to their folder)")
    return folder


@pytest.fixture(scope="session")
def example() -> Path:
    """The shipped example workspace."""
    return Path(__file__).resolve().parents[1] / "examples" / "hunan-2024"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, example: Path) -> Path:
    """The files that ``gouji build`` makes of the example; nobody writes into their folder."""
    out = tmp_path_factory.mktemp("built") / "公开"
    with pytest.raises(SystemExit) as stopped:
        main(["build", str(example), "-o", str(out)])
    assert stopped.value.code == 0
    return out


@pytest.fixture
def gouji(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run one command line in this process."""

    def run(*argv: object) -> Run:
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in argv])
        captured = capsys.readouterr()
        assert isinstance(stopped.value.code, int)
        return Run(stopped.value.code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def budget_example() -> Path:
    """The shipped example of a budget."""
    return Path(__file__).resolve().parents[1] / "examples" / "hunan-2025-budget"


@pytest.fixture(scope="session")
def examples(example: Path) -> tuple[Path, ...]:
    """Both shipped example workspaces: 2024 and 2020."""
    return example, example.with_name("hunan-2020")


@pytest.fixture(scope="session")
def department_example() -> Path:
    """The shipped example of a department."""
    return Path(__file__).resolve().parents[1] / "examples" / "department-2025-budget"
