"""A new workspace: settings to fill in and an empty workbook of registers."""

from __future__ import annotations

from pathlib import Path

from gouji.catalog import Catalog
from gouji.registers.problem import Problem, WorkspaceError
from gouji.registers.register_workbook import write_workbook
from gouji.registers.schema import FOLDER, SETTINGS, WORKBOOK
from gouji.registers.settings import FORMS, LEVEL, LEVELS, NAME, PHRASES, YEAR

_SETTINGS = """\
# 单位设置。井号后面是说明；等号左边的名称和文字都用英文引号括起来。

# 单位或部门的全称，照此印在每张表上。
"{name_key}" = "{name}"

# 公开的是部门决算还是单位决算：{levels}。
"{level_key}" = "{level}"

# 决算年度，四位数，不加引号。
"{year_key}" = {year}

# 表样。留空就用该年度的表样；可用的有：{forms}。
"{forms_key}" = ""

# 说明文本（概况、情况说明、名词解释的写法）。留空就用该年度的全国写法；可用的有：{phrases}。
"{phrases_key}" = ""

# 科目表里没有、本单位确实使用的科目写在下面，每行一个编码和名称，例如（不要井号）：
# "2060499" = "其他技术研究与开发支出"
["功能科目补充"]

# "30299" = "其他商品和服务支出"
["经济科目补充"]
"""


def write_template(
    folder: Path, catalog: Catalog, *, name: str = "", level: str = LEVELS[1], year: int = 0
) -> None:
    """Write 单位.toml and an empty 登记簿.xlsx into ``folder``, which is made when missing.

    Without ``name`` and ``year``, reading the workspace says that they are to be filled in. Raises
    WorkspaceError when a workspace is there already: nothing is ever overwritten.
    """
    there = [file for file in (SETTINGS, WORKBOOK, FOLDER) if (folder / file).exists()]
    if there:
        raise WorkspaceError([Problem(file, "已经有了，没有改动；请换一个文件夹") for file in there])
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_text(name, level, year, catalog)
    (folder / SETTINGS).write_text(settings, encoding="utf-8", newline="\n")
    write_workbook(folder / WORKBOOK, {})


def settings_text(name: str, level: str, year: int, catalog: Catalog) -> str:
    """The content of 单位.toml. Raises ValueError for a name that cannot stand between TOML quotes."""
    if any(char in '"\\' or not char.isprintable() for char in name):
        raise ValueError(f"name cannot be written between quotes: {name!r}")
    return _SETTINGS.format(
        name_key=NAME, name=name, level_key=LEVEL, level=level, levels="或".join(LEVELS), year_key=YEAR,
        year=year, forms_key=FORMS, forms="、".join(forms.id for forms in catalog.form_sets),
        phrases_key=PHRASES, phrases="、".join(phrases.id for phrases in catalog.phrase_sets),
    )  # fmt: skip
