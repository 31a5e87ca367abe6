"""The settings of a workspace: 单位.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from gouji.catalog import BODY_TYPES, Catalog, CodeRow
from gouji.documents.package import explain_os_error
from gouji.registers.coding import SUPPLEMENTS
from gouji.registers.printable import unprintable
from gouji.registers.problem import Problem
from gouji.registers.schema import SETTINGS

NAME, LEVEL, YEAR, FORMS, PHRASES = "单位名称", "层级", "年度", "表样", "说明文本"
REPORT, BODY_TYPE = "公开内容", "单位性质"
CODE, DEPARTMENT, DEPARTMENT_CODE = "单位编码", "主管部门", "主管部门编码"
BUDGET_BEFORE, ACCOUNTS_BEFORE = "上年预算", "上年决算"
LEVELS = ("部门", "单位")
PERFORMANCE_FORMS = "绩效表样"
REPORTS: Mapping[str, str] = {"决算": "final_accounts", "预算": "budget", "绩效自评": "performance"}
"""What is disclosed -> the report whose forms and registers serve it."""
_FIRST_YEAR, _LAST_YEAR = 2015, 2100


@dataclass(frozen=True, slots=True)
class Settings:
    """``report`` is final_accounts, budget or performance (a self-evaluation without accounts). ``name`` is printed as the body in every form, ``level`` is 部门 or 单位, ``forms`` the id of a set of
    forms or empty for the year's own, ``supplements`` the codes that the body adds: dimension -> code ->
    name. ``body_type`` is 行政机关 or 事业单位, empty where it is not set. ``agencies`` are the department and the
    body with their codes, the body last; empty where the codes are not set."""

    name: str
    level: str
    fiscal_year: int
    forms: str
    supplements: Mapping[str, Mapping[str, str]]
    phrases: str = ""
    """The id of a set of phrases, or empty for the national one of the year."""
    report: str = "final_accounts"
    body_type: str = ""
    agencies: tuple[CodeRow, ...] = ()
    performance_forms: str = ""
    """The id of a set of performance forms, or empty for the general one of the year."""
    before: Mapping[str, str] = field(default_factory=dict)
    """Last year's workspaces, as paths from this one: by 上年预算 and 上年决算, empty where they are not set."""


def read_settings(folder: Path, catalog: Catalog) -> tuple[Settings | None, list[Problem]]:
    """The settings in ``folder``, or ``None`` and everything that is wrong with them."""
    try:
        raw = read_toml(folder / SETTINGS)
    except FileNotFoundError:
        return None, [Problem(SETTINGS, f"“{folder.name}”里没有这个文件；它写明单位名称、层级和年度")]
    except SettingsUnreadable as error:
        return None, [error.problem]
    return settings_of(raw, catalog)


class Gist(NamedTuple):
    """What settings say for certain, whatever else is wrong with them, so that the registers can be looked at in the same
    run. ``report`` is ``None`` where nobody knows what is disclosed, ``body_type`` where it may well be set."""

    report: str | None
    year: int | None
    forms: str
    body_type: str | None


def gist(folder: Path, catalog: Catalog) -> Gist:
    """The gist of the settings in ``folder``."""
    try:
        raw = read_toml(folder / SETTINGS)
    except (FileNotFoundError, SettingsUnreadable):
        return Gist(None, None, "", None)
    said, year, forms, body_type = (raw.get(key) for key in (REPORT, YEAR, FORMS, BODY_TYPE))
    report = REPORTS.get(said) if isinstance(said, str) else None
    known = report is not None and forms in [listed.id for listed in catalog.forms_of(report)]
    return Gist(
        report,
        year if isinstance(year, int) and _FIRST_YEAR <= year <= _LAST_YEAR else None,
        str(forms) if known else "",
        str(body_type) if body_type in BODY_TYPES else None if body_type else "",
    )


class SettingsUnreadable(Exception):
    """A file of settings that cannot be read at all; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_toml(path: Path) -> dict[str, Any]:
    """What a file of settings holds. Raises FileNotFoundError, SettingsUnreadable."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise SettingsUnreadable(Problem(path.name, explain_os_error(error))) from error
    text = _decoded(content)
    if text is None:
        raise SettingsUnreadable(Problem(path.name, "文字编码认不出来，请另存为 UTF-8"))
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsUnreadable(_ill_formed(error)._replace(file=path.name)) from error
    for key, value in _texts(found):
        if wrong := unprintable(value):
            raise SettingsUnreadable(Problem(path.name, wrong, column=key))
    return found


def _texts(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text that settings hold, with the name of its setting."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _texts(value)
        else:
            yield from (
                (key, one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)
            )


def settings_of(raw: Mapping[str, Any], catalog: Catalog) -> tuple[Settings | None, list[Problem]]:
    """The settings that ``raw`` gives, or ``None`` and everything that is wrong with them."""
    return _SettingsReading(raw, catalog).settings()


class _SettingsReading:
    def __init__(self, raw: Mapping[str, Any], catalog: Catalog) -> None:
        self.raw = raw
        self.catalog = catalog
        self.problems: list[Problem] = []

    def settings(self) -> tuple[Settings | None, list[Problem]]:
        known = (
            NAME, LEVEL, YEAR, FORMS, PHRASES, REPORT, BODY_TYPE, CODE, DEPARTMENT, DEPARTMENT_CODE,
            PERFORMANCE_FORMS, BUDGET_BEFORE, ACCOUNTS_BEFORE, *SUPPLEMENTS,
        )  # fmt: skip
        for key in self.raw:
            if key not in known:
                self._problem(key, f"没有这项设置；可以写的有：{'、'.join(known)}")
        name = self._text(NAME, "要写单位的全称")
        level = self._text(LEVEL, f"要写{'或'.join(LEVELS)}")
        if level and level not in LEVELS:
            self._problem(LEVEL, f"只能是{'或'.join(LEVELS)}，写的是“{level}”")
        year = self._year()
        report = REPORTS.get(self._choice(REPORT, tuple(REPORTS), next(iter(REPORTS))), "final_accounts")
        forms = self._one_of(FORMS, "表样", [forms.id for forms in self.catalog.forms_of(report)])
        performance = self._one_of(
            PERFORMANCE_FORMS, "绩效表样", [layouts.id for layouts in self.catalog.performance_layouts]
        )
        phrases = self._one_of(
            PHRASES, "说明文本", [phrases.id for phrases in self.catalog.phrases_of(report)]
        )
        body_type = self._choice(BODY_TYPE, tuple(BODY_TYPES))
        agencies = self._agencies(name)
        if report == "performance":
            supplements: dict[str, dict[str, str]] = {}
            if self.problems:
                return None, self.problems
            return Settings(name, level, year, "", supplements, "", report, performance_forms=performance), []
        if self.catalog.form_set(year, forms, report).lists_agencies and not agencies:
            self._problem(
                CODE, f"这套表样列有部门和单位两行，要写{CODE}；单位还要写{DEPARTMENT}和{DEPARTMENT_CODE}"
            )
        before = {key: self._folder(key, report) for key in (BUDGET_BEFORE, ACCOUNTS_BEFORE)}
        supplements = {dimension: self._supplement(key, dimension) for key, dimension in SUPPLEMENTS.items()}
        if self.problems:
            return None, self.problems
        return Settings(
            name, level, year, forms, supplements, phrases, report, body_type, agencies, performance, before
        ), []

    def _text(self, key: str, meant: str) -> str:
        value = self.raw.get(key)
        if value is None:
            self._problem(key, f"缺少这项设置，{meant}")
        elif not isinstance(value, str):
            self._problem(key, f"{meant}，并用英文引号括起来")
        elif not value.strip():
            self._problem(key, f"空着，{meant}")
        else:
            return value.strip()
        return ""

    def _year(self) -> int:
        value = self.raw.get(YEAR)
        if value is None:
            self._problem(YEAR, "缺少这项设置，要写四位数的年度，例如 2024")
        elif isinstance(value, bool) or not isinstance(value, int) or not _FIRST_YEAR <= value <= _LAST_YEAR:
            self._problem(YEAR, f"要写{_FIRST_YEAR}年以后的四位数年度，例如 2024，不加引号")
        else:
            return value
        return 0

    def _choice(self, key: str, allowed: tuple[str, ...], default: str = "") -> str:
        """The value of a setting that may be left out."""
        value = self.raw.get(key, "") or default
        if value and value not in allowed:
            self._problem(key, f"只能是{'或'.join(allowed)}，写的是“{value}”")
            return default
        return str(value)

    def _agencies(self, name: str) -> tuple[CodeRow, ...]:
        """The department and the body with their codes; a department by itself is one."""
        found: list[CodeRow] = []
        texts = {key: self.raw.get(key, "") for key in (CODE, DEPARTMENT, DEPARTMENT_CODE)}
        for key, value in texts.items():
            if not isinstance(value, str):
                self._problem(key, "要用英文引号括起来")
                return ()
        if texts[DEPARTMENT] and texts[DEPARTMENT_CODE]:
            found.append(CodeRow(texts[DEPARTMENT_CODE].strip(), texts[DEPARTMENT].strip()))
        elif texts[DEPARTMENT] or texts[DEPARTMENT_CODE]:
            self._problem(DEPARTMENT, f"{DEPARTMENT}和{DEPARTMENT_CODE}要一起写")
        if texts[CODE]:
            found.append(CodeRow(texts[CODE].strip(), name))
        elif found:
            self._problem(CODE, f"写了{DEPARTMENT}，还要写{CODE}")
        return tuple(found)

    def _one_of(self, key: str, what: str, ids: list[str]) -> str:
        value = self.raw.get(key, "")
        if not isinstance(value, str) or (value and value not in ids):
            self._problem(key, f"没有名为“{value}”的{what}；可用的有：{'、'.join(ids)}；不写就按年度选")
            return ""
        return value

    def _folder(self, key: str, report: str) -> str:
        """The path of another workspace."""
        value = self.raw.get(key, "")
        if not isinstance(value, str):
            self._problem(key, '要写上年的工作文件夹，例如 "../2024年决算"，并用英文引号括起来')
            return ""
        if value.strip() and report != "budget":
            self._problem(key, "只用于预算")
        return value.strip()

    def _supplement(self, key: str, dimension: str) -> dict[str, str]:
        value = self.raw.get(key, {})
        if not isinstance(value, dict):
            self._problem(key, f'要写成一节，例如["{key}"]，下面每行一个编码和名称')
            return {}
        lengths = self.catalog.dimensions[dimension].code_lengths
        for code, name in value.items():
            if not (code.isascii() and code.isdigit() and len(code) in lengths):
                allowed = "、".join(str(length) for length in lengths)
                self._problem(key, f"编码要有{allowed}位数字，写的是“{code}”")
            elif not isinstance(name, str) or not name.strip():
                self._problem(key, f"编码{code}要写上名称")
        return dict(value)

    def _problem(self, key: str, text: str) -> None:
        self.problems.append(Problem(SETTINGS, text, column=key))


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _ill_formed(error: tomllib.TOMLDecodeError) -> Problem:
    found = re.search(r"at line (\d+)", str(error))
    text = '写法不合规矩：每行一项，写成 "名称" = 值，名称和文字都用英文引号括起来，同一名称只写一次'
    return Problem(SETTINGS, text, row=int(found.group(1)) if found else 0)
