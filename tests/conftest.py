"""What all tests share: the real published documents, where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
