"""Work that makes a great many lasting things."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without the collector of circular garbage, which goes through everything again and again while hundreds of thousands
    of cells are made, for a third of the time, and finds nothing. What little there is is collected afterwards."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect()
