"""Files named on the command line become readings; what cannot be read is collected, not thrown away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gouji.catalog import Catalog
    from gouji.documents import UnreadableFile
    from gouji.reading import Reading


def read_files(
    paths: Sequence[Path], catalog: Catalog, begin: Callable[[str], None] = lambda _: None
) -> tuple[list[Reading], list[UnreadableFile]]:
    """Read every file that can be read; slips of the recognition of scans are put right. Files of the same name are told
    apart by their paths as given; ``begin`` is called with the name of each."""
    from gouji.checking.repair import repair  # noqa: PLC0415
    from gouji.documents import UnreadableFile  # noqa: PLC0415
    from gouji.documents.opening import open_document  # noqa: PLC0415
    from gouji.reading import read_document  # noqa: PLC0415

    names = Counter(path.name for path in paths)
    readings: list[Reading] = []
    unreadable: list[UnreadableFile] = []
    for path in paths:
        label = path.name if names[path.name] == 1 else str(path)
        begin(label)
        try:
            document = open_document(path)
        except UnreadableFile as error:
            unreadable.append(error)
            continue
        readings.append(repair(read_document(document, catalog, label), catalog))
    return readings, unreadable
