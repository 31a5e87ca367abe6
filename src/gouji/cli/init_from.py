"""``gouji init 文件夹 --from 公开文本``: a workspace from what was published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.cli.apps import refuse

if TYPE_CHECKING:
    from gouji.drafting import Draft
    from gouji.reading import Reading

_KINDS = {"performance": "绩效自评", "performance_targets": "绩效目标"}
_MOST_SHOWN = 12


def init_from(folder: Path, files: Sequence[Path], year: int | None, begin: Callable[[str], None]) -> int:
    """Draft a workspace from the files of one disclosure; the exit code."""
    from gouji.catalog import load_catalog  # noqa: PLC0415
    from gouji.cli.files import read_files  # noqa: PLC0415
    from gouji.drafting import accounts_of, draft_of, write_draft  # noqa: PLC0415
    from gouji.registers import WorkspaceError  # noqa: PLC0415

    catalog = load_catalog()
    readings, unreadable = read_files(files, catalog, begin)
    for error in unreadable:
        refuse(str(error))
    if unreadable:
        return 2
    year = year or next((reading.scope.year for reading in readings if reading.scope.year), None)
    why = next(_objections(readings, year), "")
    if why or year is None:
        return refuse(why)
    begin("推定登记簿")
    try:
        accounts = any(reading.scope.kind == "final_accounts" for reading in readings)
        draft = (accounts_of if accounts else draft_of)(readings, year, catalog)
        write_draft(folder, draft, catalog)
    except WorkspaceError as error:
        return refuse(str(error))
    _tell(folder, draft)
    return 0


def _objections(readings: Sequence[Reading], year: int | None) -> Iterator[str]:
    """Why no workspace can be made from these files."""
    with_tables = [reading for reading in readings if reading.tables]
    if not with_tables:
        yield "没有读到公开表；请给出有公开表的预算或决算公开文本。"
    for reading in readings:
        if reading.scope.kind in _KINDS:
            yield f"{reading.file}是{_KINDS[reading.scope.kind]}公开；--from 只能用预算或决算公开文本。"
        if reading.scope.template:
            yield f"{reading.file}是空白样表，里面没有数。"
    if {"budget", "final_accounts"} <= {reading.scope.kind for reading in readings}:
        yield "给出的文件有预算也有决算；一次给同一份公开的文件，预算和决算各建一个工作文件夹。"
    bodies = {reading.scope.body for reading in readings if reading.scope.body}
    years = {reading.scope.year for reading in readings if reading.scope.year}
    if len(years) > 1:
        yield f"给出的文件是不同年度的（{'、'.join(map(str, sorted(years)))}）；一次给同一份公开的文件。"
    if len(bodies) > 1 and len(with_tables) > 1:
        yield f"给出的文件是不同单位的（{'、'.join(sorted(bodies))}）；一次给同一份公开的文件。"
    if year is None:
        yield "没有读到是哪个年度的，请用 --year 写明。"


def _tell(folder: Path, draft: Draft) -> None:
    """What was made, and what has to be looked at."""
    from gouji.drafting import NOTES  # noqa: PLC0415

    held, asked = draft.held
    rows = sum(len(rows) for rows in draft.rows.values())
    print(
        f"已由公开文本建好 {folder}：{draft.body or '（单位名称待填）'}{draft.year}年度{draft.report}，登记簿{rows}行。"
        f"公开表里能用登记簿核对的{asked}个数，{held}个相符。"
    )
    counts = Counter(note.matter for note in draft.notes)
    if draft.notes:
        listed = "、".join(f"{matter.value}{count}条" for matter, count in counts.items())
        print(f"需核对{len(draft.notes)}条（{listed}），全部写在 {folder / NOTES}：")
        for note in draft.notes[:_MOST_SHOWN]:
            where = (
                f"{note.register}第{note.row}行起 "
                if note.row
                else f"{note.register} "
                if note.register
                else ""
            )
            print(f"  {note.matter.value}  {where}{note.text}")
        if len(draft.notes) > _MOST_SHOWN:
            print(f"  …另有{len(draft.notes) - _MOST_SHOWN}条")
    print(f"核对以后运行 gouji build {folder} -o 输出文件夹。")
