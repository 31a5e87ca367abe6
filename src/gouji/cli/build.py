"""``gouji build``: the published files of a workspace or of a department, read back and checked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gouji.cli.apps import UNCHECKED, refuse

if TYPE_CHECKING:
    from gouji.catalog import Catalog
    from gouji.checking import Waiver
    from gouji.registers import Workspace
    from gouji.writing import Narrative

Format = Literal["xlsx", "docx", "pdf", "html", "data"]


def build(
    workspace: Annotated[
        Path,
        Parameter(
            help="工作文件夹：单位.toml和登记簿.xlsx（或登记簿/里的CSV）；或部门文件夹：部门.toml和各单位的工作文件夹。"
        ),
    ],
    /,
    *,
    output: Annotated[Path, Parameter(name=["--output", "-o"], help="写到这个文件夹。")],
    catalog: Annotated[
        Path | None,
        Parameter(name="--catalog", help="另外的表样和词典所在的文件夹（见 gouji catalog check）。"),
    ] = None,
    balance_shares: Annotated[
        bool,
        Parameter(
            name="--balance-shares",
            negative=(),
            help="调整占比的末位，使各项占比合计正好100.00%；调过的有标记。",
        ),
    ] = False,
    formats: Annotated[
        list[Format] | None,
        Parameter(
            name=["--format", "-f"],
            negative=(),
            help="只编这几种格式，可以写几次；不写就全编。没有pdf就不读回复核。",
        ),
    ] = None,
) -> int:
    """由登记簿编出整套决算公开文本（概况、公开表、情况说明、名词解释）或预算公开表，以及开放数据，并立即复核。"""
    from gouji.catalog import CatalogError, load_catalog  # noqa: PLC0415
    from gouji.checking import WaiverError  # noqa: PLC0415
    from gouji.cli.department import build_folder  # noqa: PLC0415
    from gouji.cli.forms_folder import added_files  # noqa: PLC0415
    from gouji.cli.waivers import WAIVERS, find_waivers  # noqa: PLC0415
    from gouji.registers import WorkspaceError, is_department, read_workspace  # noqa: PLC0415
    from gouji.writing import (  # noqa: PLC0415
        ALL_FORMATS,
        FontsMissing,
        OutputRefused,
        ProcessLost,
        TypesetError,
    )
    from gouji.writing import build as build_files  # noqa: PLC0415
    from gouji.writing.publication import EVALUATION_PORTABLE, portable  # noqa: PLC0415

    wanted = formats or ALL_FORMATS
    try:
        known = load_catalog(added_files(catalog))
        if is_department(workspace):
            return build_folder(workspace, output, known, balance_shares=balance_shares, formats=wanted)
        books = read_workspace(workspace, known)
        waivers = find_waivers(None, [workspace / WAIVERS], known.rules)
        if books.settings.report == "performance":
            return _build_evaluation(books, output, waivers, known, wanted)
        disclosure = build_files(books, output, known, balance_shares=balance_shares, formats=wanted)
    except (
        WorkspaceError, WaiverError, CatalogError, FontsMissing, OutputRefused, ProcessLost, TypesetError,
    ) as error:  # fmt: skip
        return refuse(str(error))
    for notice in books.notices:
        print(f"请留意 {notice}", file=sys.stderr)
    cells = sum(1 for table in disclosure.tables for cell in table.amounts if cell.text)
    told = disclosure.narrative.statements if disclosure.narrative else ()
    in_words = f"，文字说明里{len(told)}个数字" if disclosure.narrative else ""
    print(
        f"已编出{disclosure.body}{disclosure.year}年度{len(disclosure.tables)}张表、{cells}个数字{in_words}："
    )
    for file in sorted(path for path in output.iterdir() if path.is_file()):
        print(f"  {file}")
    for title in disclosure.unrecorded:
        print(
            f"请留意 《{title}》还没有登记簿，照没有数据列示；有数据的，请在编出的文件里补填。",
            file=sys.stderr,
        )
    if disclosure.unnamed:
        print(
            f"请留意 这些科目编码没有名称：{'、'.join(disclosure.unnamed)}；请在单位.toml里补充。",
            file=sys.stderr,
        )
    if moved := [statement for statement in told if statement.balanced]:
        listed = "；".join(f"{statement.heading} {statement.title} {statement.text}" for statement in moved)
        print(f"为使占比合计等于100.00%，调整了末位：{listed}。")
    _print_gaps(disclosure.narrative)
    if "pdf" not in wanted:
        print(UNCHECKED)
        return 0
    code = _check_built(output / portable(disclosure), waivers, known)
    if books.self_evaluation is not None:
        code = max(code, _check_built(output / EVALUATION_PORTABLE, waivers, known))
    return code


def _build_evaluation(
    books: Workspace, output: Path, waivers: Sequence[Waiver], known: Catalog, formats: Sequence[Format]
) -> int:
    """The files of a self-evaluation without accounts."""
    from gouji.writing.publication import EVALUATION_PORTABLE, build_evaluation  # noqa: PLC0415

    document = build_evaluation(books, output, known, formats=formats)
    for notice in books.notices:
        print(f"请留意 {notice}", file=sys.stderr)
    told = len(document.narrative.statements) if document.narrative else 0
    rated = sum(len(evaluation.rated) for evaluation in document.evaluations)
    in_words = f"，报告里{told}个数字" if document.narrative else ""
    print(
        f"已编出{document.body}{document.year}年度绩效自评{len(document.tables)}张表、{rated}项指标{in_words}："
    )
    for file in sorted(path for path in output.iterdir() if path.is_file()):
        print(f"  {file}")
    _print_gaps(document.narrative)
    if "pdf" not in formats:
        print(UNCHECKED)
        return 0
    return _check_built(output / EVALUATION_PORTABLE, waivers, known)


def _print_gaps(narrative: Narrative | None) -> None:
    """What is still to be filled in, each thing once, with the first place that wants it."""
    gaps = narrative.gaps if narrative else ()
    for source in narrative.unused if narrative else ():
        print(
            f"请留意 {source.file} “{source.sheet}”第{source.row}行：相应的数字没有变动，或本年度的文本不说明这一项，这条原因没有印出",
            file=sys.stderr,
        )
    first = {(gap.wanted, gap.register): gap for gap in reversed(gaps)}
    if first:
        print(f"待填{len(first)}处，文本里以〔待填：…〕标出：", file=sys.stderr)
        for gap in reversed(first.values()):
            print(f"  {gap}", file=sys.stderr)


def _check_built(file: Path, waivers: Sequence[Waiver], catalog: Catalog) -> int:
    """Read what was just built as anybody would, check it, and say what came of it."""
    from gouji.checking import check as check_readings  # noqa: PLC0415
    from gouji.checking import waive  # noqa: PLC0415
    from gouji.cli.defects import defects  # noqa: PLC0415
    from gouji.cli.files import read_files  # noqa: PLC0415
    from gouji.cli.waivers import print_waivers  # noqa: PLC0415
    from gouji.facts import Outcome  # noqa: PLC0415

    readings, unreadable = read_files([file], catalog)
    if unreadable:
        return refuse(f"编出的文件读不回来：{unreadable[0]}")
    result = waive(check_readings(readings, catalog), waivers, date.today())
    outcomes = result.documents[0].coverage.outcomes
    numbers = sum(table.numeric for table in result.documents[0].tables)
    exact, rounding = outcomes[Outcome.EXACT], outcomes[Outcome.ROUNDING]
    read_back = f"{numbers}个数字"
    if rated := sum(len(form.indicators) for reading in readings for form in reading.performance):
        read_back = f"{rated}项指标" + (f"、{read_back}" if numbers else "")
    print(f"复核：从{file.name}读回{read_back}，勾稽关系相符{exact}项，四舍五入尾差{rounding}项。")
    wrong = defects(result)
    for finding in wrong:
        print(f"复核发现 {finding.title}（{finding.rule}）", file=sys.stderr)
    print_waivers(result)
    return int(bool(wrong))
