"""A result is delivered in the format that was asked for, to the screen, a file, or a folder."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gouji.catalog import Catalog
    from gouji.checking import CheckResult
    from gouji.reading import Reading

Format = Literal["text", "json", "html", "csv", "sarif", "checklist", "pdf"]

_NEEDS_FILE = {
    "html": ("HTML报告", "报告.html"),
    "checklist": ("检查表", "检查表.xlsx"),
    "pdf": ("标注的PDF", "标注.pdf"),
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was asked for: the report's format, where it goes (``None``: the screen), and where marked PDFs go."""

    format: Format
    output: Path | None
    marked: Path | None


def lacks_file(format: Format, output: Path | None) -> str:
    """That a report of this format needs a file to go to, in one sentence; empty when it has one."""
    if format not in _NEEDS_FILE or output is not None:
        return ""
    what, example = _NEEDS_FILE[format]
    return f"{what}要写到文件里，请用 -o 指定，例如 -o {example}。"


def objection(delivery: Delivery, files: Sequence[Path], readings: Sequence[Reading]) -> str:
    """Why the reports cannot be delivered, in one sentence; empty when they can."""
    format, output, marked = delivery.format, delivery.output, delivery.marked
    to_mark = [target for target in (output if format == "pdf" else None, marked) if target is not None]
    others = [reading.file for reading in readings if reading.document.format != "pdf"]
    if to_mark and others:
        return f"{'、'.join(others)}不是PDF，只有PDF能标注；请先转换成PDF，或用 -f html 看带位置的报告。"
    targets = [] if output is None or format == "pdf" else [output]
    for target in to_mark:
        if len(readings) > 1 and target.exists() and not target.is_dir():
            return f"几个文件的标注要写到一个文件夹里，而{target}是文件；请换一个名字。"
        targets.extend(marked_places(readings, target))
    sources = {file.resolve() for file in files}
    for target in targets:
        if target.resolve() in sources:
            return f"{target}是要检查的原文件，不会改写；请换一个名字。"
    if len({target.resolve() for target in targets}) < len(targets):
        return "报告和标注的PDF写到了同一个文件；请给不同的名字。"
    return ""


def deliver(result: CheckResult, readings: Sequence[Reading], catalog: Catalog, delivery: Delivery) -> None:
    """Write the report and the marked files. Raises UnreadableFile, OSError."""
    format, output = delivery.format, delivery.output
    if format == "json":
        from gouji.reports.machine import json_text  # noqa: PLC0415

        _emit(json_text(result), output)
    elif format == "csv":
        from gouji.reports.listing import csv_text  # noqa: PLC0415

        _emit(csv_text(result, catalog.rules), output)
    elif format == "sarif":
        from gouji.reports.sarif import sarif_text  # noqa: PLC0415

        _emit(sarif_text(result, catalog.rules), output)
    elif format == "html":
        from gouji.reports.page import write_html  # noqa: PLC0415

        assert output is not None
        places = {reading.file: reading.document.path for reading in readings}
        pages_of = {reading.file: reading.document.pages for reading in readings}
        write_html(result, output, places, catalog.rules, pages_of)
    elif format == "checklist":
        from gouji.reports.checklist_book import write_checklist  # noqa: PLC0415

        assert output is not None
        write_checklist(result, readings, catalog, output)
    elif format == "pdf":
        assert output is not None
        write_marks(result, readings, output)
    else:
        _print(result, catalog, output)
    if delivery.marked is not None:
        write_marks(result, readings, delivery.marked)


def marked_places(readings: Sequence[Reading], target: Path) -> list[Path]:
    """Where the marked files go: one file to ``target`` itself, several into it as a folder, under their own names."""
    if len(readings) == 1 and not target.is_dir():
        return [target]
    names: dict[str, None] = {}
    for reading in readings:
        path, number = reading.document.path, 1
        name = f"{path.stem}-标注.pdf"
        while name in names:
            number += 1
            name = f"{path.stem}-标注{number}.pdf"
        names[name] = None
    return [target / name for name in names]


def write_marks(result: CheckResult, readings: Sequence[Reading], target: Path) -> None:
    """Write a marked copy of each file and say where. Raises UnreadableFile, OSError."""
    from gouji.reports.marks import write_marked  # noqa: PLC0415

    for reading, place in zip(readings, marked_places(readings, target), strict=True):
        if place.parent == target:
            target.mkdir(parents=True, exist_ok=True)
        count = write_marked(result, reading.file, reading.document, place)
        print(f"{reading.file}：标注{count}处，写到{place}", file=sys.stderr)


def _print(result: CheckResult, catalog: Catalog, output: Path | None) -> None:
    from rich.console import Console  # noqa: PLC0415

    from gouji.reports.terminal import print_report  # noqa: PLC0415

    if output is None:
        print_report(result, Console(highlight=False), catalog.rules)
        return
    with output.open("w", encoding="utf-8") as stream:
        print_report(result, Console(file=stream, width=100, highlight=False), catalog.rules)


def _emit(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")
