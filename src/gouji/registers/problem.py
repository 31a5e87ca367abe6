"""What is wrong with a workspace, said so that the person who keeps it can put it right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MOST_SHOWN = 50
"""More problems than this have one cause; the rest are counted, not listed."""


class Problem(NamedTuple):
    """One thing to put right: where (file, sheet, row and column as a person sees them; row 0 and empty texts
    mean that it is not narrower than that) and one Chinese sentence that says what and how."""

    file: str
    text: str
    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def where(self) -> str:
        """``登记簿.xlsx “支出”第12行“金额（元）”``."""
        sheet = f" “{self.sheet}”" if self.sheet else ""
        row = f"第{self.row}行" if self.row else ""
        column = f"“{self.column}”" if self.column else ""
        return f"{self.file}{sheet}{row}{column}"

    def __str__(self) -> str:
        return f"{self.where}：{self.text}"


class WorkspaceError(Exception):
    """A workspace cannot be used. ``problems`` holds all that is wrong with it, in the order of its files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            lines.append(f"另有{len(self.problems) - MOST_SHOWN}个问题没有列出，改正以上各处后再看。")
        super().__init__("\n".join(lines))
