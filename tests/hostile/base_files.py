"""Small sound files in every format that can be read: what the mutants are made from."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from pathlib import Path

from gouji.catalog import load_catalog
from gouji.documents import Paragraph
from gouji.documents.html import read_html
from gouji.registers import read_workspace
from gouji.writing import disclose, facts_csv, facts_json, spreadsheet, typeset, webpage, word

FORMS = 3
"""So many of the nine forms: small files make quick mutants."""

LEGACY_WORKBOOK = Path(__file__).parents[1] / "documents" / "data" / "tables.xls"
_STREAM = re.compile(rb"(\d+) 0 obj\n<<([^\n]*?)>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def base_files(example: Path, folder: Path) -> dict[str, bytes]:
    """The files by their endings. ``folder`` is where a page is put for being read."""
    catalog = load_catalog()
    whole = disclose(read_workspace(example, catalog), catalog)
    disclosure = replace(whole, tables=whole.tables[:FORMS])
    portable = typeset(disclosure)
    page = webpage(disclosure)
    rows = _rows(page, folder)
    return {
        "pdf": portable,
        "unpacked.pdf": unpacked(portable),
        "docx": word(disclosure),
        "xlsx": spreadsheet(disclosure, catalog.dimensions),
        "xls": LEGACY_WORKBOOK.read_bytes(),
        "html": page,
        "csv": facts_csv(disclosure, "a.xlsx"),
        "json": facts_json(disclosure, "a.xlsx"),
        "flat.txt": "\n".join(" ".join(filter(None, row)) for row in rows).encode(),
        "rows.txt": "\n".join("\t".join(row) for row in rows).encode("gb18030"),
        "lines.txt": "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows).encode("utf-16"),
    }


def _rows(page: bytes, folder: Path) -> list[list[str]]:
    """Paragraphs and table rows of a page, in order."""
    path = folder / "page.html"
    path.write_bytes(page)
    rows: list[list[str]] = []
    for block in read_html(path).blocks:
        if isinstance(block, Paragraph):
            rows.append([block.text])
            continue
        grid = [[""] * block.n_cols for _ in range(block.n_rows)]
        for cell in block.cells:
            grid[cell.row][cell.col] = cell.text
        rows.extend(grid)
    return rows


def unpacked(portable: bytes) -> bytes:
    """A PDF with its streams written out, so that a changed byte is a changed instruction."""

    def written_out(match: re.Match[bytes]) -> bytes:
        number, entries, packed = match.groups()
        if b"/FlateDecode" not in entries:
            return match[0]
        plain = zlib.decompress(packed)
        entries = re.sub(rb"/Filter\s*/FlateDecode", b"", entries)
        entries = re.sub(rb"/Length \d+", b"/Length %d" % len(plain), entries)
        return b"%s 0 obj\n<<%s>>\nstream\n%s\nendstream" % (number, entries, plain)

    return _STREAM.sub(written_out, portable)
