"""A waiver (豁免): a finding at a named place that somebody has looked at and lets stand, for a reason, until a day."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

HEAD = "豁免"
RULE, REASON, BY, UNTIL = "规则", "理由", "批准人", "截止"
FILE, TABLE, ROW, COLUMN, SECTION, SNIPPET = "文件", "表", "行", "列", "章节", "原文"
PLACES = (FILE, TABLE, ROW, COLUMN, SECTION, SNIPPET)
KEYS = (RULE, *PLACES, REASON, BY, UNTIL)
_REQUIRED = (RULE, REASON, BY, UNTIL)


class WaiverError(Exception):
    """A file of waivers cannot be used. The message is Chinese, one line for each thing to put right."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """``number`` counts the waivers of ``source`` from 1. What is empty of the place narrows nothing; ``until`` is the
    last day on which it counts."""

    source: str
    number: int
    rule: str
    reason: str
    by: str
    until: date
    file: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    section: str = ""
    snippet: str = ""

    @property
    def place(self) -> str:
        """``文件 决算.pdf，表 支出决算表，行 206``."""
        values = (self.file, self.table, self.row, self.column, self.section, self.snippet)
        return "，".join(f"{name} {value}" for name, value in zip(PLACES, values, strict=True) if value)

    def __str__(self) -> str:
        return f"{self.source}第{self.number}条（{self.rule}，{self.place}）"


def read_waivers(text: str, source: str, rules: Collection[str]) -> list[Waiver]:
    """The waivers of a TOML text. ``source`` is what its file is called, ``rules`` are the known ids.

    Raises WaiverError that names everything that is wrong: a waiver half understood would hide the wrong thing.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WaiverError(
            f"{source}：不是合格的TOML（{error}）；文字要加引号，日期写成 2026-12-31"
        ) from error
    entries = raw.get(HEAD, [])
    problems = [f"{source}：没有叫“{key}”的设置，每条豁免以 [[{HEAD}]] 开头" for key in raw if key != HEAD]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise WaiverError(f"{source}：每条豁免要以 [[{HEAD}]] 开头")
    found: list[Waiver] = []
    for number, entry in enumerate(entries, start=1):
        wrong = [f"{source}第{number}条：{problem}" for problem in _problems(entry, rules)]
        problems.extend(wrong)
        if not wrong:
            found.append(_waiver(entry, source, number))
    if problems:
        raise WaiverError("\n".join(f"{problem}。" for problem in problems))
    return found


def _waiver(entry: Mapping[str, Any], source: str, number: int) -> Waiver:
    file, table, row, column, section, snippet = (str(entry.get(key, "")).strip() for key in PLACES)
    return Waiver(
        source, number, entry[RULE].strip().upper(), entry[REASON].strip(), entry[BY].strip(), entry[UNTIL],
        file, table.strip("《》"), row, column, section, snippet,
    )  # fmt: skip


def _problems(entry: Mapping[str, Any], rules: Collection[str]) -> list[str]:
    problems = [f"没有叫“{key}”的一项，可以写的有{'、'.join(KEYS)}" for key in entry if key not in KEYS]
    problems.extend(f"缺少“{key}”" for key in _REQUIRED if entry.get(key) in (None, ""))
    problems.extend(
        f"“{key}”要写成加引号的文字"
        for key in KEYS
        if key != UNTIL and key in entry and not isinstance(entry[key], str)
    )
    until = entry.get(UNTIL)
    if until not in (None, "") and (not isinstance(until, date) or isinstance(until, datetime)):
        problems.append(f"“{UNTIL}”要写成不加引号的日期，例如 2026-12-31")
    rule = entry.get(RULE)
    if isinstance(rule, str) and rule.strip() and rule.strip().upper() not in rules:
        problems.append(f"没有编号为“{rule}”的规则，gouji rules 列出全部规则")
    if not any(str(entry.get(key, "")).strip() for key in PLACES):
        problems.append(f"没有写明豁免哪一处，{'、'.join(PLACES)}至少要写一项")
    return problems
