"""Waivers named on the command line or lying beside the checked files."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gouji.checking import CheckResult, Waiver

WAIVERS = "豁免.toml"


def find_waivers(named: Path | None, files: Sequence[Path], rules: Collection[str]) -> list[Waiver]:
    """The waivers of the file that was named, else of every ``豁免.toml`` in a folder of the checked files.

    Raises WaiverError for a file that is not there, cannot be read, or is wrong.
    """
    if named is not None:
        return _read(named, rules)
    beside = dict.fromkeys(file.parent / WAIVERS for file in files)
    return [waiver for path in beside if path.is_file() for waiver in _read(path, rules)]


def _read(path: Path, rules: Collection[str]) -> list[Waiver]:
    from gouji.checking import WaiverError, read_waivers  # noqa: PLC0415
    from gouji.documents.package import explain_os_error  # noqa: PLC0415

    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise WaiverError(f"{path}：{explain_os_error(error)}") from error
    except UnicodeDecodeError as error:
        raise WaiverError(f"{path}：文字编码认不出来，请另存为 UTF-8。") from error
    return read_waivers(text, str(path), rules)


def print_waivers(result: CheckResult) -> None:
    """Say which findings were waived and why, and which waivers had no effect."""
    for waived in result.waived:
        waiver = waived.waiver
        terms = f"{waiver.reason}，{waiver.by}，有效至{waiver.until}"
        print(f"已豁免 {waived.finding.title}（{waived.finding.rule}）：{terms}")
    for idle in result.idle:
        print(f"豁免无效 {idle.waiver}：{idle.why}", file=sys.stderr)
