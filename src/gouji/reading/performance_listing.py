"""Lists of projects (one table, a form for each project): where a project begins, and which name is whose.

A merged cell prints its words once, in its middle: a project that page breaks cut through has its name, its money and
its goal on one of its pages, and blanks on the others. One name may also stand beside several goals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gouji.catalog import fold
from gouji.documents import Cell
from gouji.performance import PerformanceForm
from gouji.reading.performance_piece import Piece

_CODE = re.compile(r"[\dA-Z]{8,}")
_KEYS = ("project", "money:total", "goal")
_CLOSED = ("。", "；", ";", "！")


class ProjectList:
    """The project cell at hand, over pages. ``name`` is empty until it is printed."""

    def __init__(self) -> None:
        self.name = ""
        self.reaches_end = False
        """Whether the last project cell reaches down to the end of its page."""
        self.unnamed: list[PerformanceForm] = []
        """Forms beside the cell at hand, whose name is not printed yet."""
        self.beside: list[PerformanceForm] = []
        """Forms beside the cell at hand that have its name."""
        self.guessed: list[PerformanceForm] = []
        """Forms of a page on which no name is printed, named after the page before."""
        self.merged = False
        """Whether key cells reach over several rows: only then does a blank one below begin something."""

    def is_turn(self, row: int, cells: Mapping[str, Cell]) -> bool:
        """Whether a project, its money or its goal begins in a row."""
        keys = [cells[id] for id in _KEYS if id in cells]
        self.merged = self.merged or any(cell.row_span > 1 and cell.text for cell in keys)
        begun = [cell for cell in keys if cell.row == row]
        return any(cell.text for cell in begun) or (bool(begun) and self.merged)

    def goes_on(self, form: PerformanceForm, cells: Mapping[str, Cell]) -> bool:
        """Whether the first row of a page goes on with the form of the page before."""
        name, goal, money = self._texts(cells)
        if name and form.project and fold(form.project) != name and not _is_rest(name, form.project):
            return False
        if money and form.money:
            return False
        if not goal or not form.goal or not form.goal.endswith(_CLOSED):
            return True
        return bool(money) and not form.money

    @staticmethod
    def _texts(cells: Mapping[str, Cell]) -> tuple[str, str, str]:
        """Name, goal and money of a row."""
        texts = {id: fold(cell.text) for id, cell in cells.items()}
        money = "".join(text for id, text in texts.items() if id.startswith("money:"))
        return texts.get("project", ""), texts.get("goal", ""), money

    def note_cell(self, piece: Piece, cell: Cell | None, *, top: bool) -> None:
        """The project cell of a row in which something begins."""
        if cell is None:
            return
        reaches_end = cell.row + cell.row_span >= piece.n_rows and self.merged
        goes_on = top and self.reaches_end
        if cell.text and goes_on and self.name and _is_rest(fold(cell.text), self.name):
            for form in self.beside:
                form.project += cell.text
            self.name += cell.text
        elif cell.text:
            named = goes_on and not self.name
            for form in self.unnamed if named else ():
                form.project = cell.text
            for form in self.guessed if goes_on and cell.text != self.name else ():
                form.project = ""
            self._begin(cell.text)
        elif not goes_on:
            self._begin("")
        self.reaches_end = reaches_end

    def _begin(self, name: str) -> None:
        self.name, self.beside, self.unnamed, self.guessed = name, [], [], []

    def take(self, form: PerformanceForm, cell: Cell | None, *, new: bool) -> None:
        """Give a form the name of the cell that it stands beside, now or when it is printed."""
        if self.name:
            if new and (cell is None or not cell.text) and self.reaches_end:
                self.guessed.append(form)
            form.project = form.project or self.name
            if form not in self.beside:
                self.beside.append(form)
        elif form not in self.unnamed:
            self.unnamed.append(form)


def _is_rest(name: str, project: str) -> bool:
    """Whether a name is the rest of one that a page break cut: it lacks the code that names begin with here."""
    return bool(_CODE.match(fold(project))) and not _CODE.match(name)


def joined_goal(form: PerformanceForm, cell: Cell | None) -> str:
    """The goal of a form, with what the next page prints of it."""
    text = cell.text if cell is not None else ""
    return form.goal if text in form.goal else form.goal + text
