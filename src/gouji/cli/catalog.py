"""``gouji catalog``: the catalogue, and what a place adds to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from gouji.cli.apps import command_group, refuse

catalog = command_group("catalog", "检查一个地方自己写的表样和词典。")


@catalog.command
def check(
    folder: Annotated[Path, Parameter(help="放表样（.toml）和词典补充（lexicon.toml）的文件夹。")], /
) -> int:
    """检查一个文件夹里的表样：写法、列名行名是否都在词典中、标题能否认出、有没有分不清的格子。

    退出码：0 可以用，1 有问题，2 读不了。
    """
    from gouji.catalog import CatalogError, faults, load_catalog, performance_faults  # noqa: PLC0415
    from gouji.cli.forms_folder import added_files  # noqa: PLC0415

    try:
        shipped = load_catalog()
        known = {forms.id for forms in shipped.form_sets} | {
            layouts.id for layouts in shipped.performance_layouts
        }
        extended = load_catalog(added_files(folder))
    except CatalogError as error:
        return refuse(str(error))
    found = {
        forms.id: (len(forms.forms), list(faults(forms, extended)))
        for forms in extended.form_sets
        if forms.id not in known
    } | {
        layouts.id: (len(layouts.forms), list(performance_faults(layouts, extended)))
        for layouts in extended.performance_layouts
        if layouts.id not in known
    }
    if not found:
        return refuse(f"“{folder}”里没有表样（.toml）。")
    for id, (_, wrong) in found.items():
        for fault in wrong:
            print(f"{id} {fault}")
    for id, (count, wrong) in found.items():
        print(f"{id}：{count}张表，{f'{len(wrong)}处问题' if wrong else '可以用'}。")
    return int(any(wrong for _, wrong in found.values()))
