"""A draft as the files of a new workspace."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from gouji.catalog import Catalog
from gouji.drafting.draft import Draft
from gouji.drafting.note import Note
from gouji.registers import Problem, WorkspaceError
from gouji.registers.budget_narrative_schema import BUDGET_NARRATIVE_REGISTERS
from gouji.registers.budget_schema import BUDGET_REGISTERS
from gouji.registers.narrative_schema import NARRATIVE_REGISTERS
from gouji.registers.register_workbook import write_workbook
from gouji.registers.schema import FOLDER, REGISTERS, SETTINGS, WORKBOOK
from gouji.registers.target_schema import TARGET_REGISTERS
from gouji.registers.template import settings_text

NOTES = "需核对.csv"
_COLUMNS = ("类别", "登记簿", "行", "说明")
_OPENS_WITH_EXCEL = "\N{ZERO WIDTH NO-BREAK SPACE}"


def write_draft(folder: Path, draft: Draft, catalog: Catalog) -> None:
    """Write 单位.toml, 登记簿.xlsx and 需核对.csv into ``folder``, which is made when missing. Raises WorkspaceError when a
    workspace is there already: nothing is ever overwritten."""
    there = [file for file in (SETTINGS, WORKBOOK, FOLDER, NOTES) if (folder / file).exists()]
    if there:
        raise WorkspaceError([Problem(file, "已经有了，没有改动；请换一个文件夹") for file in there])
    settings = settings_text(
        draft.body, draft.level, draft.year, catalog, report=draft.report, body_type=draft.body_type,
        supplements=draft.supplements,
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS).write_text(settings, encoding="utf-8", newline="\n")
    budget = (*BUDGET_REGISTERS, *TARGET_REGISTERS, *BUDGET_NARRATIVE_REGISTERS)
    registers = budget if draft.report == "预算" else (*REGISTERS, *NARRATIVE_REGISTERS)
    write_workbook(folder / WORKBOOK, draft.rows, registers)
    (folder / NOTES).write_text(_notes_text(draft.notes), encoding="utf-8", newline="")


def _notes_text(notes: Iterable[Note]) -> str:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(_COLUMNS)
    for note in notes:
        writer.writerow((note.matter.value, note.register, note.row or "", note.text))
    return _OPENS_WITH_EXCEL + sheet.getvalue()
