"""A sheet: Chinese text set on a console in indented lines, whatever the console's width and encoding."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from gouji.reports.wording import one_line
from gouji.reports.wrapping import wrap

WIDEST = 100
"""Longer lines are hard to read, however wide the window."""
_NARROWEST = 10


class Sheet:
    """Writes lines to a console. Characters that it cannot encode come out as ``?``, never as an error."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.width = max(20, min(console.width, WIDEST))

    def blank(self) -> None:
        self._write([("", "")])

    def line(self, text: str, style: str = "", indent: int = 0) -> None:
        """A paragraph."""
        for line in wrap(one_line(text), self.width - indent):
            self._write([(" " * indent, ""), (line, style)])

    def entry(
        self, label: str, text: str, *, style: str = "", indent: int = 0, label_style: str = "dim"
    ) -> None:
        """A paragraph with a label before it; its further lines hang under its first. Where the label leaves
        too little room, the paragraph stands below it."""
        hang = indent + cell_len(label) + 2
        if self.width - hang < _NARROWEST:
            self.line(label, label_style, min(indent, self.width - _NARROWEST))
            self.line(text, style, min(indent + 2, self.width - _NARROWEST))
            return
        for position, line in enumerate(wrap(one_line(text), self.width - hang)):
            if position:
                self._write([(" " * hang, ""), (line, style)])
            else:
                self._write([(" " * indent, ""), (label, label_style), ("  ", ""), (line, style)])

    def row(self, cells: Sequence[str], widths: Sequence[int], styles: Sequence[str]) -> None:
        """Cells side by side, each wrapped in its own width."""
        columns = [wrap(one_line(cell), width) for cell, width in zip(cells, widths, strict=True)]
        for lines in zip_longest(*columns, fillvalue=""):
            parts = [
                (set_cell_size(line, width) + "  ", style)
                for line, width, style in zip(lines, widths, styles, strict=True)
            ]
            self._write(parts)

    def _write(self, parts: Sequence[tuple[str, str]]) -> None:
        text = Text()
        for part, style in parts:
            text.append(self._printable(part), style)
        text.rstrip()
        self._console.print(text, soft_wrap=True, highlight=False)

    def _printable(self, text: str) -> str:
        encoding = self._console.encoding
        return text.encode(encoding, "replace").decode(encoding)
