"""A folder with the forms and words of a place."""

from __future__ import annotations

from pathlib import Path

from gouji.catalog import CatalogError


def added_files(folder: Path | None) -> tuple[tuple[str, str], ...]:
    """Name and text of its TOML files, in order; none without a folder. Raises CatalogError."""
    if folder is None:
        return ()
    if not folder.is_dir():
        raise CatalogError(f"找不到文件夹“{folder}”")
    found: list[tuple[str, str]] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            found.append((file.name, file.read_text(encoding="utf-8-sig")))
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogError(f"{file.name}：读不了，请确认是 UTF-8 编码的文本") from error
    return tuple(found)
