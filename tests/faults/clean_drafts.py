"""Clean documents: the disclosure of a clean body, and what checking says of any disclosure in any format."""

from __future__ import annotations

import csv
import re
import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from clean_bodies import Body

from gouji.catalog import Catalog
from gouji.checking import CheckResult, check
from gouji.documents.opening import open_document
from gouji.reading import read_document
from gouji.registers import read_workspace
from gouji.writing import Disclosure, Whose, disclose, spreadsheet, tell, typeset, webpage, word


@lru_cache(maxsize=64)
def clean_draft(seed: int, catalog: Catalog) -> Disclosure:
    """The whole document of a body, built from its registers as `gouji build` does."""
    body = Body(seed, catalog)
    with tempfile.TemporaryDirectory() as folder:
        _put_down(body, Path(folder))
        workspace = read_workspace(Path(folder), catalog)
    disclosure = disclose(workspace, catalog)
    narrative = tell(
        workspace.book,
        workspace.material,
        catalog.phrase_set(disclosure.year),
        Whose(disclosure.body, disclosure.year, disclosure.level),
        codes=workspace.codes,
    )
    return replace(disclosure, narrative=narrative)


def _put_down(body: Body, folder: Path) -> None:
    (folder / "单位.toml").write_text(body.settings, encoding="utf-8")
    (folder / "登记簿").mkdir()
    for name, rows in body.sheets.items():
        with (folder / "登记簿" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)


def written(
    disclosure: Disclosure, ending: str, catalog: Catalog, *, listed: Disclosure | None = None
) -> bytes:
    """The file in one format: html, docx, pdf (the whole document) or xlsx (its tables). The contents page of a web page is
    that of ``listed`` where it is given."""
    if ending == "xlsx":
        return spreadsheet(disclosure, catalog.dimensions)
    content = {"html": webpage, "docx": word, "pdf": typeset}[ending](disclosure)
    if listed is None:
        return content
    contents = _NAV.search(webpage(listed))
    assert ending == "html", "only the contents of a web page can be kept"
    assert contents is not None
    return _NAV.sub(lambda _: contents[0], content)


_NAV = re.compile(rb"<nav.*?</nav>", re.DOTALL)


def examine(
    disclosure: Disclosure, ending: str, catalog: Catalog, *, listed: Disclosure | None = None
) -> CheckResult:
    """Write, read and check."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft.{ending}"
        path.write_bytes(written(disclosure, ending, catalog, listed=listed))
        return check([read_document(open_document(path), catalog)], catalog)
