"""Streams of a PDF that unpack to more than any page holds, found before PDFium unpacks them.

PDFium ends its process when it gets no memory. Deflate packs at most a thousand to one, so short streams need no look
unless they are packed twice, and a sound stream shows within its first bytes that it is packed a few to one. What gets
past this meets the memory limit of the process.
"""

from __future__ import annotations

import re
import zlib

MOST_UNPACKED = 100 * 1024 * 1024
"""Bytes that one stream may unpack to."""

_DENSEST = 1032
_SAMPLE = 16 * 1024
_SUSPECT = 50
"""Page contents are packed up to some twenty to one."""
_STEP = 8 * 1024 * 1024
_STREAM = b"stream"
_END = b"endstream"
_FLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
_ENTRIES = 400
"""So many bytes before a stream its filters are looked for."""


def holds_bomb(data: bytes) -> bool:
    """Whether a packed stream of a PDF unpacks beyond :data:`MOST_UNPACKED`."""
    at = data.find(_STREAM)
    while at >= 0:
        end = data.find(_END, at)
        end = end if end >= 0 else len(data)
        entries = data[max(0, at - _ENTRIES) : at]
        layers = len(_FLATE.findall(entries, max(0, entries.rfind(b"obj"))))
        start = at + len(_STREAM)
        if layers and (end - start) * _DENSEST**layers > MOST_UNPACKED:
            packed = data[start:end].lstrip(b"\r\n")
            if _unpacks_beyond(packed, layers):
                return True
        at = data.find(_STREAM, end + len(_END))
    return False


def _unpacks_beyond(packed: bytes, layers: int) -> bool:
    if layers == 1 and _unpacked(packed[:_SAMPLE], _SUSPECT * _SAMPLE) < _SUSPECT * min(_SAMPLE, len(packed)):
        return False
    if layers == 1:
        return _unpacked(packed, MOST_UNPACKED) >= MOST_UNPACKED
    inner = _first_bytes(packed, _STEP)
    return len(inner) > _STEP or _unpacks_beyond(inner, layers - 1)


def _unpacked(packed: bytes, enough: int) -> int:
    """How many bytes come out, as far as ``enough``; damaged streams give what stands before the damage."""
    unpacker = zlib.decompressobj()
    total = 0
    try:
        while packed and total < enough:
            total += len(unpacker.decompress(packed, _STEP))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        pass
    return total


def _first_bytes(packed: bytes, count: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, count + 1)
    except zlib.error:
        return b""
