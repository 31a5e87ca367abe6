"""The command line: thin. ``main`` is the console script."""

from gouji.cli.main import main

__all__ = ["main"]
