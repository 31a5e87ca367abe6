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
    from gouji.catalog import CatalogError, faults, load_catalog  # noqa: PLC0415
    from gouji.cli.forms_folder import added_files  # noqa: PLC0415

    try:
        known = {forms.id for forms in load_catalog().form_sets}
        extended = load_catalog(added_files(folder))
    except CatalogError as error:
        return refuse(str(error))
    added = [forms for forms in extended.form_sets if forms.id not in known]
    if not added:
        return refuse(f"“{folder}”里没有表样（.toml）。")
    found = [(forms, fault) for forms in added for fault in faults(forms, extended)]
    for forms, fault in found:
        print(f"{forms.id} {fault}")
    for forms in added:
        count = sum(1 for of, _ in found if of is forms)
        print(f"{forms.id}：{len(forms.forms)}张表，{f'{count}处问题' if count else '可以用'}。")
    return int(bool(found))
