"""Where a figure comes from, in words: register rows; for a department's figures also whose."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.registers.book import Source


def origins(sources: Sequence[Source]) -> list[str]:
    """The register rows of a figure, each once, in order: ``支出第3行``. A row of one body among several bears its folder
    (``某中心：支出第3行``). A figure of several bodies names them and no rows (``某中心``): the rows stand in the files of
    each, and here they would be those of the whole department again in every total."""
    bodies = {source.body for source in sources} - {""}
    if len(bodies) > 1:
        return list(dict.fromkeys(source.body or str(source) for source in sources))
    return list(
        dict.fromkeys(f"{source.body}：{source}" if source.body else str(source) for source in sources)
    )
