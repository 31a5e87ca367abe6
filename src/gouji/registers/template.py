"""A new workspace: settings to fill in and an empty workbook of registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from gouji.catalog import Catalog, CodeRow
from gouji.registers.budget_narrative_schema import BUDGET_NARRATIVE_REGISTERS
from gouji.registers.budget_schema import BUDGET_REGISTERS
from gouji.registers.coding import SUPPLEMENTS
from gouji.registers.narrative_schema import NARRATIVE_REGISTERS
from gouji.registers.problem import Problem, WorkspaceError
from gouji.registers.register_workbook import write_workbook
from gouji.registers.schema import FOLDER, REGISTERS, SETTINGS, WORKBOOK
from gouji.registers.settings import (
    ACCOUNTS_BEFORE,
    BODY_TYPE,
    BUDGET_BEFORE,
    CODE,
    DEPARTMENT,
    DEPARTMENT_CODE,
    FORMS,
    LEVEL,
    LEVELS,
    NAME,
    PHRASES,
    REPORT,
    REPORTS,
    YEAR,
)
from gouji.registers.target_schema import TARGET_REGISTERS

_SETTINGS = """\
# 单位设置。井号后面是说明；等号左边的名称和文字都用英文引号括起来。

# 公开的是决算还是预算：{reports}。
"{report_key}" = "{report}"

# 单位或部门的全称，照此印在每张表上。
"{name_key}" = "{name}"

# 公开的是部门{report}还是单位{report}：{levels}。
"{level_key}" = "{level}"

# {report}年度，四位数，不加引号。
"{year_key}" = {year}
{of_budget}
# 表样。留空就用该年度的表样；可用的有：{forms}。
"{forms_key}" = "{form_set}"

# 说明文本（概况、情况说明、名词解释的写法）。留空就用该年度的全国写法；可用的有：{phrases}。
"{phrases_key}" = "{phrase_set}"

# 科目表里没有、本单位确实使用的科目写在下面，每行一个编码和名称，例如（不要井号）：
# "2060499" = "其他技术研究与开发支出"
["功能科目补充"]
{functions}
# "30299" = "其他商品和服务支出"
["经济科目补充"]
{economic}"""


_OF_BUDGET = """
# 行政机关（含参照公务员法管理的事业单位）还是事业单位；由它得出政府预算经济分类。
"{type_key}" = "{body_type}"

# 表样列有部门和单位两行的，写上编码；没有的可以空着。
"{code_key}" = "{code}"
"{department_key}" = "{department}"
"{department_code_key}" = "{department_code}"

# 上年的工作文件夹（相对这个文件夹）。写了的，上年数从那里取，不用再填。
"{budget_before_key}" = "{budget_before}"
"{accounts_before_key}" = "{accounts_before}"
"""


def write_template(
    folder: Path,
    catalog: Catalog,
    *,
    name: str = "",
    level: str = LEVELS[1],
    year: int = 0,
    report: str = "决算",
) -> None:
    """Write 单位.toml and an empty 登记簿.xlsx into ``folder``, which is made when missing. ``report`` is 决算 or 预算.

    Without ``name`` and ``year``, reading the workspace says that they are to be filled in. Raises
    WorkspaceError when a workspace is there already: nothing is ever overwritten.
    """
    there = [file for file in (SETTINGS, WORKBOOK, FOLDER) if (folder / file).exists()]
    if there:
        raise WorkspaceError([Problem(file, "已经有了，没有改动；请换一个文件夹") for file in there])
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_text(name, level, year, catalog, report=report)
    (folder / SETTINGS).write_text(settings, encoding="utf-8", newline="\n")
    registers = (
        (*BUDGET_REGISTERS, *TARGET_REGISTERS, *BUDGET_NARRATIVE_REGISTERS)
        if report == "预算"
        else (*REGISTERS, *NARRATIVE_REGISTERS)
    )
    write_workbook(folder / WORKBOOK, {}, registers)


def settings_text(
    name: str,
    level: str,
    year: int,
    catalog: Catalog,
    *,
    report: str = "决算",
    forms: str = "",
    body_type: str = "",
    phrases: str = "",
    agencies: Sequence[CodeRow] = (),
    before: tuple[str, str] = ("", ""),
    supplements: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> str:
    """The content of 单位.toml; ``agencies`` are the department and the body, ``before`` the paths of last year's budget
    and accounts, ``supplements`` the codes that the body adds: dimension -> code -> name. Raises ValueError for a name
    that cannot stand between TOML quotes."""
    department, own = agencies if len(agencies) == 2 else (CodeRow("", ""), CodeRow("", ""))
    added = {of: supplements.get(of, {}) for of in SUPPLEMENTS.values()}
    for text in (name, department.name, *(name for names in added.values() for name in names.values())):
        if any(char in '"\\' or not char.isprintable() for char in text):
            raise ValueError(f"name cannot be written between quotes: {text!r}")
    of_budget = _OF_BUDGET.format(
        type_key=BODY_TYPE, body_type=body_type, code_key=CODE, code=own.code, department_key=DEPARTMENT,
        department=department.name, department_code_key=DEPARTMENT_CODE, department_code=department.code,
        budget_before_key=BUDGET_BEFORE, budget_before=before[0], accounts_before_key=ACCOUNTS_BEFORE,
        accounts_before=before[1],
    )  # fmt: skip
    functions, economic = (
        "".join(f'"{code}" = "{name}"\n' for code, name in added[of].items()) for of in SUPPLEMENTS.values()
    )
    return _SETTINGS.format(
        functions=functions, economic=economic,
        reports="或".join(REPORTS), report_key=REPORT, report=report, name_key=NAME, name=name, level_key=LEVEL,
        level=level, levels="或".join(LEVELS), year_key=YEAR, year=year, forms_key=FORMS, form_set=forms,
        forms="、".join(known.id for known in catalog.forms_of(REPORTS[report])),
        of_budget=of_budget if report == "预算" else "",
        phrases_key=PHRASES, phrase_set=phrases, phrases="、".join(phrases.id for phrases in catalog.phrases_of(REPORTS[report])),
    )  # fmt: skip
