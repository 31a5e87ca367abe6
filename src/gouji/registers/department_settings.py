"""The settings of a department: 部门.toml, which names its bodies in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.catalog import Catalog
from gouji.registers.problem import Problem
from gouji.registers.schema import SETTINGS
from gouji.registers.settings import (
    CODE,
    FORMS,
    LEVEL,
    LEVELS,
    NAME,
    PERFORMANCE_FORMS,
    PHRASES,
    REPORT,
    YEAR,
    Settings,
    SettingsUnreadable,
    read_toml,
    settings_of,
)

DEPARTMENT_SETTINGS = "部门.toml"
DEPARTMENT_NAME, OWN_CODE, UNITS = "部门名称", "部门编码", "单位"
_AS_BODY: Mapping[str, str] = {
    DEPARTMENT_NAME: NAME, OWN_CODE: CODE, YEAR: YEAR, REPORT: REPORT, FORMS: FORMS, PHRASES: PHRASES,
    PERFORMANCE_FORMS: PERFORMANCE_FORMS,
}  # fmt: skip
"""A setting of the department -> that of a body which means the same."""


@dataclass(frozen=True, slots=True)
class DepartmentSettings:
    """``settings`` are those of the department as a body of its own; ``folders`` the folders of its bodies, in the
    order in which they are listed."""

    settings: Settings
    folders: tuple[str, ...]


def is_department(folder: Path) -> bool:
    """Whether a folder is that of a department."""
    return (folder / DEPARTMENT_SETTINGS).exists()


def read_department_settings(
    folder: Path, catalog: Catalog
) -> tuple[DepartmentSettings | None, list[Problem]]:
    """The settings in ``folder``, or ``None`` and everything that is wrong with them."""
    try:
        raw = read_toml(folder / DEPARTMENT_SETTINGS)
    except FileNotFoundError:
        return None, [
            Problem(DEPARTMENT_SETTINGS, f"“{folder.name}”里没有这个文件；它写明部门名称、年度和各单位")
        ]
    except SettingsUnreadable as error:
        return None, [error.problem]
    known = (*_AS_BODY, UNITS)
    problems = [
        Problem(DEPARTMENT_SETTINGS, f"没有这项设置；可以写的有：{'、'.join(known)}", column=key)
        for key in raw
        if key not in known
    ]
    body = {as_body: raw[key] for key, as_body in _AS_BODY.items() if key in raw}
    settings, found = settings_of({**body, LEVEL: LEVELS[0]}, catalog)
    own = {as_body: key for key, as_body in _AS_BODY.items()}
    problems += [
        problem._replace(file=DEPARTMENT_SETTINGS, column=own.get(problem.column, problem.column))
        for problem in found
    ]
    if settings is not None and settings.report == "performance":
        text = "部门文件夹汇总决算或预算；只公开绩效自评的，给部门建一个普通的工作文件夹（单位.toml和绩效文件夹）"
        problems.append(Problem(DEPARTMENT_SETTINGS, text, column=REPORT))
    folders, found = _folders(raw, folder)
    problems += found
    if problems or settings is None:
        return None, problems
    return DepartmentSettings(settings, folders), []


def _folders(raw: Mapping[str, Any], folder: Path) -> tuple[tuple[str, ...], list[Problem]]:
    there = sorted(path.parent.name for path in folder.glob(f"*/{SETTINGS}"))
    present = f"；现有的单位文件夹是：{'、'.join(there)}" if there else ""
    names = raw.get(UNITS)
    if not isinstance(names, list) or not names or not all(isinstance(n, str) and n.strip() for n in names):
        example = '["厅本级", "某中心"]'
        text = f"要按列示的先后写明各单位的文件夹，例如 {example}{present}"
        return (), [Problem(DEPARTMENT_SETTINGS, text, column=UNITS)]
    folders = tuple(name.strip() for name in names)
    problems: list[Problem] = []
    for name in dict.fromkeys(folders):
        if folders.count(name) > 1:
            problems.append(
                Problem(DEPARTMENT_SETTINGS, f"“{name}”写了{folders.count(name)}次", column=UNITS)
            )
        if Path(name).name != name or name in (".", ".."):
            problems.append(
                Problem(DEPARTMENT_SETTINGS, f"“{name}”要是部门文件夹里的一个文件夹名", column=UNITS)
            )
        elif not (folder / name).is_dir():
            problems.append(Problem(DEPARTMENT_SETTINGS, f"没有“{name}”这个文件夹{present}", column=UNITS))
        elif is_department(folder / name):
            text = (
                f"“{name}”里有{DEPARTMENT_SETTINGS}，是另一个部门的文件夹；部门里不能再套部门，"
                "请把它的各单位直接放在这里、写进这一项"
            )
            problems.append(Problem(DEPARTMENT_SETTINGS, text, column=UNITS))
    return folders, problems


def likely_folders(folder: Path) -> list[str]:
    """The folders of bodies, whatever is wrong with the settings: those that are listed, as far as they are there; else
    all that have settings of a body."""
    try:
        listed = read_toml(folder / DEPARTMENT_SETTINGS).get(UNITS)
    except (FileNotFoundError, SettingsUnreadable):
        listed = None
    there = sorted(path.parent.name for path in folder.glob(f"*/{SETTINGS}"))
    named = [name.strip() for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    return [name for name in dict.fromkeys(named) if name in there] or there


def unlisted(folder: Path, folders: tuple[str, ...]) -> list[Problem]:
    """Folders of bodies that the settings do not name, and settings of a body where those of a department are."""
    left = [Problem(SETTINGS, f"这里有{DEPARTMENT_SETTINGS}，照部门编；{SETTINGS}没有用到")]
    return [
        *(left if (folder / SETTINGS).exists() else []),
        *(
            Problem(path.parent.name, f"没有写进{DEPARTMENT_SETTINGS}的“{UNITS}”，没有汇总")
            for path in sorted(folder.glob(f"*/{SETTINGS}"))
            if path.parent.name not in folders
        ),
    ]
