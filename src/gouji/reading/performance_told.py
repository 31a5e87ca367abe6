"""Lists of projects whose targets stand in one cell as text: 【产出指标-数量指标】指标1:机柜数量(≥77台)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gouji.catalog import PerformanceWording, fold, label_of
from gouji.documents import Cell
from gouji.facts import Place
from gouji.performance import PerformanceForm, RowText, Words
from gouji.reading.performance_piece import Piece

_MARK = re.compile(r"【([^【】]{2,24})】")
_ITEM = re.compile(r"指标\d{0,2}[:：]")
_VALUED = re.compile(r"^(.*\S)\s*[(（]([^()（）]*(?:[(（][^()（）]*[)）])?[^()（）]*)[)）]$", re.DOTALL)
_LEVELS = re.compile(r"[-－—/、]")
_PARTS = 2


def told_cells(piece: Piece, wording: PerformanceWording) -> list[Cell]:
    """The cells of a table that name a level and a category of indicators within their text, from the top down."""
    return [
        cell
        for cells in piece.anchored
        for cell in cells
        if "【" in cell.text and any(_categories(mark[1], wording) for mark in _MARK.finditer(cell.text))
    ]


def told_forms(
    piece: Piece, wording: PerformanceWording, form_at: Callable[[Cell], PerformanceForm], file: str
) -> Iterator[PerformanceForm]:
    """A form for each of these cells, named after what stands left of it in its row."""
    rows = RowText(wording)
    for cell in told_cells(piece, wording):
        form = form_at(cell)
        if piece.page is not None:
            form.pages.append(piece.page)
        left = (c.text for c in piece.covering[cell.row] if c.col < cell.col and c.text)
        form.project = next((text.strip() for text in left if not _is_code(text)), "")
        place = Place(file, cell.place.page, cell.place.box, cell.place.ref)
        form.cells.append(Words(cell.text, place))
        for mark, text in _sections(cell.text):
            levels = _categories(mark, wording)
            if levels is None:
                form.goal = form.goal or (text if wording.head_of(label_of(mark)) == "goal" else "")
                continue
            for item in (part.strip(" 　\n;；。") for part in _ITEM.split(text)):
                if item:
                    valued = _VALUED.match(item)
                    name, target = (valued[1], valued[2]) if valued is not None else (item, "")
                    texts = {"level1": levels[0], "level2": levels[1], "name": name, "target": target}
                    form.indicators.append(rows.indicator(texts, place))
        yield form


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Each mark with the text up to the next one."""
    marks = list(_MARK.finditer(text))
    for mark, end in zip(marks, [*(m.start() for m in marks[1:]), len(text)], strict=True):
        yield mark[1], text[mark.end() : end].strip(" :：\n")


def _categories(mark: str, wording: PerformanceWording) -> tuple[str, str] | None:
    """Level and category that a mark names: 产出指标-数量指标."""
    parts = _LEVELS.split(mark, maxsplit=1)
    if len(parts) < _PARTS or label_of(parts[0]) not in wording.levels:
        return None
    return (parts[0], parts[1]) if label_of(parts[1]) in wording.categories else None


def _is_code(text: str) -> bool:
    """Whether a cell holds the code of a body or an amount."""
    return bool(re.fullmatch(r"[\d,.A-Z-]*", fold(text))) or "【" in text
