"""What was just built, read back as anybody would, and checked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gouji.catalog import Catalog
    from gouji.checking import Examined


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What is asked of the files of a body in the process that wrote them: its PDFs are read and each is checked by
    itself. Names tell bodies apart: they are paths within the folder."""

    catalog: Catalog

    def __call__(self, folder: Path, names: Collection[str]) -> list[Examined] | str:
        """The examined PDFs; a sentence if one cannot be read."""
        from gouji.checking import examine, repair  # noqa: PLC0415
        from gouji.documents import UnreadableFile  # noqa: PLC0415
        from gouji.documents.opening import open_document  # noqa: PLC0415
        from gouji.reading import read_document  # noqa: PLC0415

        readings = []
        for name in names:
            if name.endswith(".pdf"):
                try:
                    document = open_document(folder / name)
                except UnreadableFile as error:
                    return str(error)
                readings.append(repair(read_document(document, self.catalog, name), self.catalog))
        return examine(readings, self.catalog)
