"""A new department: its settings, its own registers, and a workspace for each of its bodies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gouji.catalog import Catalog
from gouji.registers.department import own_registers
from gouji.registers.department_settings import DEPARTMENT_NAME, DEPARTMENT_SETTINGS, OWN_CODE, UNITS
from gouji.registers.problem import Problem, WorkspaceError
from gouji.registers.register_workbook import write_workbook
from gouji.registers.schema import FOLDER, SETTINGS, WORKBOOK
from gouji.registers.settings import FORMS, PERFORMANCE_FORMS, PHRASES, REPORT, REPORTS, YEAR
from gouji.registers.template import write_template

_STARTER = ("本级", "所属单位")
_SETTINGS = """\
# 部门设置。井号后面是说明；等号左边的名称和文字都用英文引号括起来。

# 汇总的是决算还是预算；各单位要相同。
"{report_key}" = "{report}"

# 部门的全称，照此印在部门的每张表上。
"{name_key}" = "{name}"

# 部门编码；表样列有部门和单位各行的要写，各单位的编码以它开头。
"{code_key}" = "{code}"

# {report}年度，四位数，不加引号。
"{year_key}" = {year}

# 各单位的文件夹，按列示的先后。一个文件夹一个单位，里面是它自己的{unit_settings}和{workbook}。
"{units_key}" = [{units}]

# 部门的表样。留空就用该年度的表样；可用的有：{forms}。
"{forms_key}" = "{form_set}"

# 部门的说明文本。留空就用该年度的全国写法；可用的有：{phrases}。
"{phrases_key}" = ""

# 部门整体支出绩效自评的表样。部门自己的绩效文件夹放在这里时才用；留空就用该年度的全国表样，可用的有：{performance}。
"{performance_key}" = ""
"""


def write_department_template(folder: Path, catalog: Catalog, *, report: str = "决算") -> None:
    """Write 部门.toml, an empty 登记簿.xlsx and two workspaces into ``folder``, which is made when missing.

    Raises WorkspaceError when a department is there already: nothing is ever overwritten."""
    names = (DEPARTMENT_SETTINGS, SETTINGS, WORKBOOK, FOLDER, *_STARTER)
    there = [name for name in names if (folder / name).exists()]
    if there:
        raise WorkspaceError([Problem(name, "已经有了，没有改动；请换一个文件夹") for name in there])
    folder.mkdir(parents=True, exist_ok=True)
    text = department_text("", 0, _STARTER, catalog, report=report)
    (folder / DEPARTMENT_SETTINGS).write_text(text, encoding="utf-8", newline="\n")
    write_workbook(folder / WORKBOOK, {}, own_registers(REPORTS[report]))
    for name in _STARTER:
        write_template(folder / name, catalog, report=report)


def department_text(
    name: str,
    year: int,
    units: Sequence[str],
    catalog: Catalog,
    *,
    report: str = "决算",
    code: str = "",
    forms: str = "",
) -> str:
    """The content of 部门.toml; ``units`` are the folders of the bodies. Raises ValueError for a name that cannot
    stand between TOML quotes."""
    for text in (name, code, *units):
        if any(char in '"\\' or not char.isprintable() for char in text):
            raise ValueError(f"name cannot be written between quotes: {text!r}")
    return _SETTINGS.format(
        report_key=REPORT, report=report, name_key=DEPARTMENT_NAME, name=name,
        code_key=OWN_CODE, code=code, year_key=YEAR, year=year, units_key=UNITS,
        units=", ".join(f'"{unit}"' for unit in units), unit_settings=SETTINGS, workbook=WORKBOOK,
        forms_key=FORMS, form_set=forms, forms="、".join(known.id for known in catalog.forms_of(REPORTS[report])),
        performance_key=PERFORMANCE_FORMS, performance="、".join(layouts.id for layouts in catalog.performance_layouts),
        phrases_key=PHRASES, phrases="、".join(phrases.id for phrases in catalog.phrase_sets),
    )  # fmt: skip
