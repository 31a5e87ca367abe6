"""Where a figure comes from, in words: register rows; for a department's figures also whose."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.registers.book import Source


def origins(sources: Sequence[Source]) -> list[str]:
    """The register rows of a figure, each once, in order: ``支出第3行``. A row of one body among several bears its folder
    (``某中心：支出第3行``). A figure of several bodies names them and no rows (``某中心``): the rows stand in the files of
    each, and here they would be those of the whole department again in every total."""
    several = len({source.body for source in sources} - {""}) > 1
    return list(dict.fromkeys(_told(source, several) for source in sources))


def _told(source: Source, several: bool) -> str:
    if not source.body:
        return str(source)
    return source.body if several else f"{source.body}：{source}"
