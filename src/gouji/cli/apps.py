"""What all groups of commands have in common: Chinese headings of their help, and how they refuse."""

from __future__ import annotations

import sys

from cyclopts import App, Group

UNCHECKED = "没有编PDF，所以没有读回复核；公开以前，请不写 --format 再编一次。"
"""Said where nothing was built that is read back."""

_COMMANDS = Group("命令", sort_key=0)
_ARGUMENTS = Group("参数", sort_key=1)


def command_group(name: str, says: str, *, version: str | None = None) -> App:
    """An empty group of commands; ``says`` is its help, ``version`` makes it answer ``--version``."""
    group = App(
        name=name,
        help=says,
        version=version,
        help_flags=["--help", "-h"],
        version_flags=[] if version is None else ["--version"],
        group_commands=_COMMANDS,
        group_parameters=_ARGUMENTS,
        group_arguments=_ARGUMENTS,
        result_action="return_value",
    )
    group["--help"].help = "显示帮助。"
    if version is not None:
        group["--version"].help = "显示版本。"
    return group


def refuse(sentence: str) -> int:
    """Say in one sentence why a command could not do its work; the exit code for that."""
    print(sentence, file=sys.stderr)
    return 2
