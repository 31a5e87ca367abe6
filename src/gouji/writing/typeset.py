"""The tables as a PDF, typeset by typst. All text travels as data (JSON), never as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import resources
from typing import Any, Literal

from gouji.writing.disclosure import Disclosure, Table
from gouji.writing.fonts import SANS, SERIF, fonts
from gouji.writing.heading import heading
from gouji.writing.narrative import Gap, Part, Run
from gouji.writing.paper import MARGIN, contents_size, paper, part_size, title_size
from gouji.writing.typeset_grid import grid

Standard = Literal["a-2a", "a-2b"]
"""PDF/A, tagged with the structure of everything in it, or not."""
_PART_SIZE = 20
_MISSING = re.compile(r'the text [`"]*(\\u\{([0-9a-f]+)\}|[^`"])[`"]* could not be displayed')
"""What the typesetter says of a character that the typefaces lack."""
_REMEMBERED = 11
"""Compilations after which the typesetter has let go of what none of them used again (it ages its memory by ten)."""


class TypesetError(Exception):
    """The typesetter refused or warned. The message carries its words; this is a defect of Gouji, not of the
    input."""


def typeset(disclosure: Disclosure) -> bytes:
    """The document (PDF/A-2a, tagged; with a table that had to be drawn, PDF/A-2b). Raises FontsMissing without the faces,
    TypesetError on any warning."""
    data = _data(disclosure)
    drawn = any(table["drawn"] for table in data["tables"])
    return compiled("forms.typ", data, disclosure.year, standard="a-2b" if drawn else "a-2a")


def compiled(name: str, data: Mapping[str, Any], year: int, *, standard: Standard = "a-2a") -> bytes:
    """A template of the folder ``templates`` filled with data and set. Raises FontsMissing, TypesetError."""
    import typst  # noqa: PLC0415

    template = (resources.files("gouji.writing") / "templates" / name).read_bytes()
    compiler = typst.Compiler(
        template, font_paths=fonts(), ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip
    moment = datetime(year, 12, 31, tzinfo=UTC)
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", timestamp=moment, pdf_standards=[standard]
        )
    except typst.TypstError as error:
        raise TypesetError(_told(error)) from error
    finally:
        _forget()
    if warnings:
        raise TypesetError(f"排版有警告：{warnings[0].message}")
    if not isinstance(pdf, bytes):
        raise TypesetError("排版没有产生单一文件")
    return pdf


def _told(error: Exception) -> str:
    """What the typesetter refused, in a sentence of its user's."""
    missing = _MISSING.search(str(error))
    if missing is None:
        return f"排版失败：{error}"
    sign = missing[1] if len(missing[1]) == 1 else chr(int(missing[2], 16))
    shown = f"“{sign}”（U+{ord(sign):04X}）" if sign.isprintable() else f"U+{ord(sign):04X}"
    return f"PDF 用的字体里没有{shown}这个字，排不出来；请在登记簿和设置里查找，换成别的字。"


def _forget() -> None:
    """Have the typesetter let go of the last document, ten milliseconds for a hundred megabytes: no other has its pages,
    and a department has a hundred documents."""
    import typst  # noqa: PLC0415

    for _ in range(_REMEMBERED):
        typst.Compiler(b"#none", font_paths=fonts(), ignore_system_fonts=True).compile(format="pdf")


def _data(disclosure: Disclosure) -> dict[str, Any]:
    return {
        "title": disclosure.document_title,
        "body": disclosure.body,
        "year": disclosure.year,
        "contents": [entry._asdict() for entry in disclosure.outline],
        "cover": disclosure.document_cover,
        "apart": disclosure.narrative is not None,
        "parts": [_part(part) for part in disclosure.narrative.parts] if disclosure.narrative else None,
        "contents_size": contents_size([entry.text for entry in disclosure.outline]),
        "serif": SERIF,
        "sans": SANS,
        "margin": MARGIN,
        "tables": [_table(disclosure, table) for table in disclosure.tables],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "id": part.id,
        "title": part.title,
        "name": part.name,
        "size": part_size(part.line, _PART_SIZE),
        "tables": part.tables,
        "sections": [
            {
                "id": f"{part.id}-{section.id}",
                "level": section.level,
                "heading": section.heading,
                "paragraphs": [
                    {"leads": p.leads, "runs": [_run(run) for run in p.runs]} for p in section.paragraphs
                ],
            }
            for section in part.sections
        ],
    }


def _run(run: Run) -> dict[str, Any]:
    return {"text": run if isinstance(run, str) else run.text, "gap": isinstance(run, Gap)}


def _table(disclosure: Disclosure, table: Table) -> dict[str, Any]:
    sheet = paper(table)
    return {
        "heading": heading(disclosure, table)._asdict(),
        "title_size": title_size(table.form.title, sheet),
        "landscape": sheet.landscape,
        "size": sheet.size,
        "row": sheet.row,
        "columns": sheet.columns,
        "notes": table.notes,
        **grid(table, sheet),
    }
