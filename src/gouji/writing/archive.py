"""Zip archives that are the same bytes for the same contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

_NOTHING: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({})
_EPOCH = (1980, 1, 1, 0, 0, 0)


def timeless(archive: bytes, changed: Mapping[str, Callable[[bytes], bytes]] = _NOTHING) -> bytes:
    """The same archive with every member dated 1980-01-01, the first day that the format knows. ``changed`` says by
    name what becomes of the contents of a member."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            content = before.read(name)
            after.writestr(member, changed[name](content) if name in changed else content)
    return stream.getvalue()
