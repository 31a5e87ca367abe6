"""Typefaces: found where the environment says, and one sentence when they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.writing import FontsMissing
from gouji.writing.fonts import VARIABLE, fonts


def test_missing_typefaces_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(FontsMissing, match="请运行 make setup"):
        fonts()


def test_a_directory_that_is_not_there_is_missing_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "无"))
    with pytest.raises(FontsMissing, match="无"):
        fonts()
