"""Differences between two runs, told to people (short, in Chinese) and to programs (complete, in JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from gouji.corpus.cells import Cell, CellChange
from gouji.corpus.compare import FileDifference, FoundFinding, FoundTable

SCHEMA = "gouji-corpus-diff/1"
_MOST_LINES = 12
_PRESENCES = {"new": "只在后一次运行里", "gone": "只在前一次运行里"}
_COLUMNS = {
    "status": "状态", "reason": "原因", "format": "格式", "kind": "种类", "year": "年度", "level": "级别", "body": "单位",
    "pages": "页数",
}  # fmt: skip
_STATEMENT = ("value", "unit", "concept", "dimensions", "status")
_STATEMENT_NAMES = ("", "单位", "项目", "维度", "状态")


def as_lines(differences: Sequence[FileDifference]) -> Iterator[str]:
    """A compact report: one paragraph per file, at most a dozen lines of each kind, totals at the end."""
    for difference in differences:
        yield from _of_file(difference)
    if not differences:
        yield "两次运行没有差别。"
        return
    totals = "，".join(
        f"{name}＋{gained}－{lost}"
        for name, gained, lost in (
            ("发现", _count(differences, "new_findings"), _count(differences, "dropped_findings")),
            ("表", _count(differences, "gained_tables"), _count(differences, "lost_tables")),
            ("数字", _count(differences, "gained_cells"), _count(differences, "lost_cells")),
        )
    )
    changed = _count(differences, "changed_cells")
    yield f"{len(differences)}个文件有差别：{totals}，改变的数字{changed}。"


def _count(differences: Sequence[FileDifference], kind: str) -> int:
    return sum(len(getattr(difference, kind)) for difference in differences)


def _of_file(difference: FileDifference) -> Iterator[str]:
    if difference.presence != "both":
        yield f"{difference.file}：{_PRESENCES[difference.presence]}"
        return
    yield difference.file
    for change in difference.scope:
        yield f"  ～ {_COLUMNS[change.column]}：{change.before or '（无）'} → {change.after or '（无）'}"
    yield from _some("＋ 发现", [_finding(each) for each in difference.new_findings])
    yield from _some("－ 发现", [_finding(each) for each in difference.dropped_findings])
    yield from _some("＋ 表", [_table(each) for each in difference.gained_tables])
    yield from _some("－ 表", [_table(each) for each in difference.lost_tables])
    yield from _some("～ 数字", [_changed(each) for each in difference.changed_cells])
    yield from _some("＋ 数字", [_cell(each) for each in difference.gained_cells])
    yield from _some("－ 数字", [_cell(each) for each in difference.lost_cells])


def _some(head: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines[:_MOST_LINES]:
        yield f"  {head} {line}"
    if len(lines) > _MOST_LINES:
        yield f"  {head} ……另有{len(lines) - _MOST_LINES}个"


def _finding(finding: FoundFinding) -> str:
    page = f"第{finding.page}页" if finding.page is not None else ""
    return f"[{finding.severity}] {finding.rule} {finding.title}（{page}{finding.where} {finding.quote}）"


def _table(table: FoundTable) -> str:
    return " ".join(part for part in (f"[{table.state}]", table.number, table.title) if part)


def _where(cell: Cell) -> str:
    page = f"第{cell.page}页" if cell.page is not None else cell.ref
    row = " ".join(part for part in (cell.row_code, cell.row_label) if part)
    return f"{page}《{cell.table}》{row}·{cell.column}"


def _cell(cell: Cell) -> str:
    return f"{_where(cell)}：{cell.value or '（空白）'} [{cell.status}] {cell.concept or ''}{{{cell.dimensions}}}"


def _changed(change: CellChange) -> str:
    parts = [
        f"{name}{before or '（空白）'} → {after or '（空白）'}"
        for name, before, after in zip(
            _STATEMENT_NAMES, change.before.statement, change.after.statement, strict=True
        )
        if before != after
    ]
    return f"{_where(change.after)}：{'；'.join(parts)}"


def as_json(differences: Sequence[FileDifference], before: str, after: str) -> str:
    """Everything, in a versioned schema; ``before`` and ``after`` name the runs."""
    whole = {
        "schema": SCHEMA,
        "before": before,
        "after": after,
        "files": [_file_json(difference) for difference in differences],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _file_json(difference: FileDifference) -> dict[str, Any]:
    return {
        "file": difference.file,
        "presence": difference.presence,
        "scope": [change._asdict() for change in difference.scope],
        "new_findings": [finding._asdict() for finding in difference.new_findings],
        "dropped_findings": [finding._asdict() for finding in difference.dropped_findings],
        "gained_tables": [table._asdict() for table in difference.gained_tables],
        "lost_tables": [table._asdict() for table in difference.lost_tables],
        "gained_cells": [cell._asdict() for cell in difference.gained_cells],
        "lost_cells": [cell._asdict() for cell in difference.lost_cells],
        "changed_cells": [_change_json(change) for change in difference.changed_cells],
    }


def _change_json(change: CellChange) -> dict[str, Any]:
    """Where the cell stands now, and of what it states only what has changed: ``[before, after]``."""
    differing = {
        name: [before, after]
        for name, before, after in zip(
            _STATEMENT, change.before.statement, change.after.statement, strict=True
        )
        if before != after
    }
    after = change.after._asdict()
    return {name: value for name, value in after.items() if name not in _STATEMENT} | {"changed": differing}
