"""The heap of the C library, where it is glibc: what was freed goes back to the system only when it is told to."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_MMAP_THRESHOLD = -3
_LARGE = 1 << 20


@cache
def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None


def map_large_buffers() -> None:
    """From now on map every large buffer by itself, so that it goes back to the system when it is freed. Otherwise the
    heap grows by each image and by each layer of a model, and stays as large."""
    library = _glibc()
    if library is not None:
        library.mallopt(_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give back what lies free in the heap. After a long document that is two thirds of what a process holds, because
    small things that live on lie at its end."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)
