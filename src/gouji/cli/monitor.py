"""``gouji monitor``: execution and indicators at the end of a quarter."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from gouji.cli.apps import refuse


def monitor(
    workspace: Annotated[Path, Parameter(help="工作文件夹：单位.toml和“绩效”文件夹（含支出台账.csv）。")],
    /,
    *,
    output: Annotated[Path, Parameter(name=["--output", "-o"], help="写到这个文件夹。")],
    quarter: Annotated[
        int | None, Parameter(name="--quarter", help="看到第几季度末（1—4）；不写就到有登记的最后一个季度。")
    ] = None,
) -> int:
    """绩效运行监控：按季度看支出进度和指标进度，推算全年，亮红黄绿灯并写明依据哪条规则。

    退出码：0 没有红灯，1 有红灯，2 登记要改或写不了。
    """
    from gouji.catalog import load_catalog  # noqa: PLC0415
    from gouji.monitoring import Colour, watch  # noqa: PLC0415
    from gouji.registers import WorkspaceError  # noqa: PLC0415
    from gouji.writing import OutputRefused  # noqa: PLC0415
    from gouji.writing.monitor_files import MONITOR, publish_monitor  # noqa: PLC0415

    if quarter is not None and quarter not in (1, 2, 3, 4):
        return refuse(f"季度只有1到4，写的是{quarter}。")
    try:
        found = watch(workspace, load_catalog(), quarter)
        publish_monitor(found, output)
    except (WorkspaceError, OutputRefused) as error:
        return refuse(str(error))
    for notice in found.notices:
        print(f"请留意 {notice}", file=sys.stderr)
    print(f"{found.body}{found.year}年到{'一二三四'[found.quarter - 1]}季度末：")
    for watched in found.watched:
        print(f"  {watched.colour.value}  {watched.name}")
        lights = [*(watched.execution.lights if watched.execution else ())]
        reasons = [(light, "支出") for light in lights]
        reasons += [(each.light, each.indicator.name) for each in watched.indicators]
        for light, name in reasons:
            if light.colour in (Colour.RED, Colour.AMBER):
                print(f"      {light.colour.value} {name}：{light.why}（{light.rule}）")
    for name in MONITOR:
        print(f"  {output / name}")
    return int(bool(found.colours.get(Colour.RED)))
