"""Seeded damage to sound files. The same seed makes the same mutants, on any machine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import NamedTuple


class Mutant(NamedTuple):
    """A file by the name it gets, and its bytes."""

    name: str
    content: bytes


Damage = Callable[[bytes, Random], bytes]

_WEIRD_NUMBERS = (
    b"0", b"-1", b"1", b"65536", b"2147483647", b"2147483648", b"4294967295", b"99999999999999999999", b"1e308",
    b"1e999999", b"NaN", b"-0.0000001", b"0x10", b"9" * 5000, b"",
)  # fmt: skip
_NUMBER = re.compile(rb"\d+(?:\.\d+)?")
_TAG = re.compile(rb"</?[A-Za-z][^<>]{0,200}>")
_TOKEN = re.compile(rb"/[A-Za-z]\w*|\b(?:obj|endobj|stream|endstream|R|Tj|TJ|Tf|cm|re|BT|ET|q|Q)\b")


def truncated(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content))]


def flipped(content: bytes, random: Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(random.choice((1, 4, 16, 256))):
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
    return bytes(damaged)


def overwritten(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    run = random.randbytes(random.choice((2, 16, 512, 8192)))
    return content[:start] + run + content[start + len(run) :]


def blanked(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    end = min(len(content), start + random.choice((8, 512, 8192)))
    return content[:start] + bytes([random.choice(b"\x00\xff <(")]) * (end - start) + content[end:]


def cut_out(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    return content[:start] + content[start + random.choice((1, 7, 300, 5000)) :]


def repeated(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    piece = content[start : start + random.choice((4, 100, 4000))]
    return content[:start] + piece * random.choice((2, 10, 50)) + content[start:]


def spliced(content: bytes, random: Random) -> bytes:
    first, second = sorted(random.randrange(len(content)) for _ in range(2))
    return content[second:] + content[first:second] + content[:first]


def renumbered(content: bytes, random: Random) -> bytes:
    return _replaced(content, random, _NUMBER, lambda _: random.choice(_WEIRD_NUMBERS))


def retagged(content: bytes, random: Random) -> bytes:
    tags = _TAG.findall(content)
    return _replaced(content, random, _TAG, lambda own: random.choice((b"", own * 3, random.choice(tags))))


def reworded(content: bytes, random: Random) -> bytes:
    words = sorted(set(_TOKEN.findall(content)))
    return _replaced(content, random, _TOKEN, lambda _: random.choice(words))


def _replaced(
    content: bytes, random: Random, pattern: re.Pattern[bytes], other: Callable[[bytes], bytes]
) -> bytes:
    """``content`` with some of the matches of ``pattern`` changed."""
    found = list(pattern.finditer(content))
    if not found:
        return flipped(content, random)
    chosen = random.sample(found, min(len(found), random.choice((1, 3, 30))))
    pieces, end = [], 0
    for match in sorted(chosen, key=lambda match: match.start()):
        pieces += [content[end : match.start()], other(match[0])]
        end = match.end()
    return b"".join((*pieces, content[end:]))


BYTES: tuple[Damage, ...] = (truncated, flipped, overwritten, blanked, cut_out, repeated, spliced)
MARKUP: tuple[Damage, ...] = (*BYTES, renumbered, renumbered, retagged, retagged)
SYNTAX: tuple[Damage, ...] = (*BYTES, renumbered, renumbered, reworded, reworded)


def repacked(members: Mapping[str, bytes]) -> bytes:
    """A zip of ``members``, with the same bytes for the same members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def in_package(content: bytes, random: Random) -> bytes:
    """Damage inside one member of a zip, or members that are lost or stand in for each other."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(members)
    one, two = random.choice(names), random.choice(names)
    how = random.randrange(10)
    if how == 0:
        members[one], members[two] = members[two], members[one]
    elif how == 1:
        del members[one]
    elif how == 2:
        members[one] = b""
    else:
        # The parts that hold the content more often than the small ones around it.
        one = random.choices(names, [len(members[name]) + 500 for name in names])[0]
        members[one] = random.choice(MARKUP)(members[one] or b" ", random)
    return repacked(members)


PACKAGE: tuple[Damage, ...] = (*BYTES, *(in_package,) * 21)

DAMAGES: Mapping[str, tuple[Damage, ...]] = {
    "pdf": BYTES,
    "unpacked.pdf": SYNTAX,
    "docx": PACKAGE,
    "xlsx": PACKAGE,
    "xls": BYTES,
    "html": MARKUP,
    "csv": SYNTAX,
    "json": SYNTAX,
    "flat.txt": SYNTAX,
    "rows.txt": SYNTAX,
    "lines.txt": BYTES,
}
SHARES: Mapping[str, int] = {"unpacked.pdf": 3, "pdf": 2, "docx": 3, "xlsx": 3, "xls": 2, "html": 2}
"""How often a format comes up; once if it is not named."""


def mutants(bases: Mapping[str, bytes], count: int, seed: int) -> Iterator[Mutant]:
    """``count`` damaged files. Each has a seed of its own, so that any one can be made alone."""
    turns = [ending for ending in bases for _ in range(SHARES.get(ending, 1))]
    for number in range(count):
        random = Random(seed * 1_000_003 + number)
        ending = turns[number % len(turns)]
        damage = random.choice(DAMAGES[ending])
        content = damage(bases[ending], random)
        # Every tenth says that it is something else than it is.
        shown = random.choice(sorted(bases)) if number % 10 == 9 else ending
        yield Mutant(f"mutant-{number:05}-{damage.__name__}.{shown}", content)
