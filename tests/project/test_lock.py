"""The lock pins everything by hash, and tells nobody where its maker downloaded from."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path


def pins(root: Path) -> dict[str, str]:
    """Name -> what is locked of it: version and hashes."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", re.sub(r"(?m)^#.*\n", "", text))
    return {re.split(r"==|\[", block)[0].lower(): block for block in blocks if "==" in block}


def test_every_dependency_is_locked_with_hashes(root: Path) -> None:
    with (root / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)["project"]
    locked = pins(root)
    required = [
        *project["dependencies"],
        *(entry for extra in project["optional-dependencies"].values() for entry in extra),
    ]
    for entry in required:
        assert re.split(r"[<>=!~ \[]", entry)[0].lower() in locked, entry
    for name, block in locked.items():
        assert "--hash=sha256:" in block, name


def test_the_locks_name_no_host(root: Path) -> None:
    for name in ("requirements.lock", "package-lock.json"):
        text = (root / name).read_text(encoding="utf-8")
        assert not re.search(r"https?:|index-url|find-links|trusted-host|file:", text, re.IGNORECASE), name


def test_the_typefaces_are_locked_by_integrity(root: Path) -> None:
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all(entry.get("integrity") for path, entry in packages.items() if path)
