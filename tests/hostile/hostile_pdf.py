"""PDFs that mean harm: written object by object."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence

from mutations import Mutant

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
HELLO = b"BT /F1 12 Tf 72 700 Td (Total 123.45) Tj ET\n72 690 m 400 690 l S\n72 720 m 400 720 l S\n"
HELLO += b"72 690 m 72 720 l S 200 690 m 200 720 l S 400 690 m 400 720 l S\n"
BOX = b"[0 0 595 842]"


def file_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects (from 1; the first is the catalogue) with a sound cross-reference table."""
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        written += b"%010d 00000 n \n" % place
    written += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer)
    return bytes(written) + b"startxref\n%d\n%%%%EOF\n" % start


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def packed(content: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter[%s]" % (b"/FlateDecode " * times))


def one_page(
    content: bytes,
    *more: bytes,
    page: bytes = b"/MediaBox" + BOX,
    resources: bytes = b"/Font<</F1 5 0 R>>",
    catalog: bytes = b"",
    trailer: bytes = b"",
) -> bytes:
    """Objects: 1 catalogue, 2 page tree, 3 page, 4 content (with its stream), 5 font, 6 … ``more``."""
    return file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<<%s>>>>" % (page, resources),
            content,
            FONT,
            *more,
        ],
        trailer,
    )


def hostile_pdfs(*, heavy: bool = True) -> Iterator[Mutant]:
    masses = _masses() if heavy else ()
    for number, (name, content) in enumerate(
        (*_trees(), *_boxes(), *_fonts(), *_forms(), *_references(), *_secrets(), *_actions(), *masses)
    ):
        yield Mutant(f"pdf-{number:03}-{name}.pdf", content)


Named = tuple[str, bytes]


def _trees() -> Iterator[Named]:
    def tree(kids: bytes, count: bytes, *more: bytes) -> bytes:
        page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>" % BOX
        pages = b"<</Type/Pages/Kids[%s]/Count %s>>" % (kids, count)
        return file_of([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream(HELLO), FONT, *more])

    yield "tree-holds-itself", tree(b"2 0 R", b"1")
    yield "tree-holds-itself-and-a-page", tree(b"3 0 R 2 0 R", b"2")
    yield (
        "two-trees-hold-each-other",
        tree(b"6 0 R", b"5", b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 5>>"),
    )
    for count in (b"0", b"-1", b"7", b"1000000000", b"99999999999999999999", b"null", b"2 0 R"):
        yield "count-lies", tree(b"3 0 R", count)
    yield "one-page-ten-thousand-times", tree(b"3 0 R " * 10_000, b"10000")
    yield "one-page-a-million-times", tree(b"3 0 R " * 1_000_000, b"1000000")
    yield "kids-are-missing", tree(b"77 0 R " * 1000, b"1000")
    nested = [
        b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n - 1, n + 1 if n < 3005 else 3)
        for n in range(6, 3006)
    ]
    yield "deep-tree", tree(b"6 0 R", b"1", *nested)
    yield "no-kids", tree(b"", b"0")


def _boxes() -> Iterator[Named]:
    for box in (
        b"[0 0 0 0]", b"[0 0 -595 -842]", b"[595 842 0 0]", b"[0 0 1e30 1e30]", b"[0 0 99999999999 9999999999]",
        b"[0 0 NaN NaN]", b"[0 0 0.0001 842]", b"[-1e9 -1e9 1e9 1e9]", b"[0 0 595]", b"[]", b"null", b"(box)",
        b"3 0 R", b"[/A /B /C /D]", b"[[0] [0] [595] [842]]", b"[100000 100000 100595 100842]",
    ):  # fmt: skip
        yield "box", one_page(stream(HELLO), page=b"/MediaBox" + box)
        yield "crop", one_page(stream(HELLO), page=b"/MediaBox%s/CropBox%s" % (BOX, box))
    yield "no-box", one_page(stream(HELLO), page=b"")
    for turn in (b"90", b"180", b"270", b"-90", b"45", b"100000000000", b"NaN", b"/R"):
        yield "rotated", one_page(stream(HELLO), page=b"/MediaBox%s/Rotate %s" % (BOX, turn))
    for unit in (b"0", b"-1", b"1e30"):
        yield "user-unit", one_page(stream(HELLO), page=b"/MediaBox%s/UserUnit %s" % (BOX, unit))


def _fonts() -> Iterator[Named]:
    yield "no-resources", one_page(stream(HELLO), resources=b"")
    for font in (
        b"null", b"<<>>", b"5 0 R", b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H>>",
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 0/LastChar 2147483647/Widths[500]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar -5/LastChar 300/Widths[1e30 -1e30 NaN]>>",
    ):  # fmt: skip
        yield "font", one_page(stream(HELLO), font, resources=b"/Font<</F1 6 0 R>>")
    drawn = stream(b"500 0 d0 BT /F1 12 Tf (AB) Tj ET")
    type3 = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</A 7 0 R/B 7 0 R>>"
    )
    type3 += b"/Encoding<</Differences[65/A/B]>>/FirstChar 65/LastChar 66/Widths[1 1]/Resources<</Font<</F1 6 0 R>>>>>>"
    say = stream(b"BT /F1 12 Tf 72 700 Td (ABAB) Tj ET")
    yield "font-drawn-with-itself", one_page(say, type3, drawn, resources=b"/Font<</F1 6 0 R>>")
    for size in (b"0", b"-12", b"1e30", b"0.00000001", b"NaN"):
        yield "font-size", one_page(stream(HELLO.replace(b"12 Tf", size + b" Tf")))
    for matrix in (b"0 0 0 0 0 0", b"1e30 0 0 1e30 0 0", b"1 1 1 1 1 1", b"-1 0 0 -1 1e9 1e9"):
        yield "matrix", one_page(stream(matrix + b" cm\n" + HELLO))
    mapping = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
    )
    mapping += b"3 beginbfchar <31> <%s> <32> <d800> <33> <0000> endbfchar endcmap" % (b"4e07" * 500)
    font = FONT[:-2] + b"/ToUnicode 7 0 R>>"
    yield (
        "one-glyph-five-hundred-characters",
        one_page(stream(HELLO), font, stream(mapping), resources=b"/Font<</F1 6 0 R>>"),
    )


def _forms() -> Iterator[Named]:
    """Forms that draw forms."""

    def form(content: bytes, resources: bytes) -> bytes:
        return stream(content, b"/Type/XObject/Subtype/Form/BBox%s/Resources<<%s>>" % (BOX, resources))

    def drawing(*forms: bytes) -> bytes:
        return one_page(
            stream(HELLO + b"/X Do\n"), *forms, resources=b"/Font<</F1 5 0 R>>/XObject<</X 6 0 R>>"
        )

    yield "form-draws-itself", drawing(form(b"/X Do", b"/XObject<</X 6 0 R>>"))
    yield (
        "forms-draw-each-other",
        drawing(form(b"/X Do", b"/XObject<</X 7 0 R>>"), form(b"/X Do", b"/XObject<</X 6 0 R>>")),
    )
    for depth, times in ((500, 1), (9, 4), (8, 10), (30, 2)):
        chain = [form(b"/X Do " * times, b"/XObject<</X %d 0 R>>" % (7 + n)) for n in range(depth)]
        yield f"forms-{times}-to-the-{depth}", drawing(*chain, form(HELLO, b"/Font<</F1 5 0 R>>"))


def _masses() -> Iterator[Named]:
    """Pages with too much of everything."""
    yield "many-glyphs", one_page(packed(b"BT /F1 1 Tf 72 700 Td " + b"(123456789 )Tj " * 60_000 + b"ET"))
    yield (
        "glyphs-in-one-place",
        one_page(packed(b"BT /F1 9 Tf " + b"1 0 0 1 72 700 Tm (123.45)Tj " * 20_000 + b"ET")),
    )
    yield "many-text-objects", one_page(packed(b"BT /F1 9 Tf 1 0 0 1 72 700 Tm (1)Tj ET " * 100_000))
    yield (
        "many-lines",
        one_page(
            packed(b"".join(b"%d %d m %d 800 l S " % (n % 590, n % 7, n % 590) for n in range(200_000)))
        ),
    )
    lines = b"".join(
        b"0 %.2f m 595 %.2f l S %.2f 0 m %.2f 842 l S " % (n * 0.6, n * 0.6, n * 0.4, n * 0.4)
        for n in range(1400)
    )
    yield "fine-mesh", one_page(packed(lines))
    mesh = b"".join(
        b"0 %d m 6000 %d l S %d 0 m %d 6000 l S " % (n * 9, n * 9, n * 9, n * 9) for n in range(440)
    )
    yield "mesh-at-the-limit", one_page(packed(mesh), page=b"/MediaBox[0 0 6000 6000]")
    wide = b"".join(
        b"0 %d m 60000 %d l S %d 0 m %d 60000 l S " % (n * 7, n * 7, n * 7, n * 7) for n in range(8000)
    )
    yield "mesh-beyond-the-limit", one_page(packed(wide), page=b"/MediaBox[0 0 60000 60000]")
    crosses = b"".join(b"%d 0 m %d 9000 l S 0 %d m 9000 %d l S " % (n, n, n, n) for n in range(0, 9000, 4))
    yield "dense-network", one_page(packed(crosses), page=b"/MediaBox[0 0 9000 9000]")
    islands = b"".join(b"%d %d 12 12 re S " % (20 * (n % 300), 20 * (n // 300)) for n in range(90_000))
    yield "islands", one_page(packed(islands), page=b"/MediaBox[0 0 6000 6000]")
    dashes = b"".join(
        b"1 1 1 RG %d %d m %d %d l S " % (n % 500, n // 500, n % 500 + 9, n // 500) for n in range(60_000)
    )
    shades = b"".join(b"0.9 g %d %d 30 30 re f " % (n % 550, n % 800) for n in range(20_000))
    yield "white-lines-on-shades", one_page(packed(shades + dashes))
    yield "one-path-of-everything", one_page(packed(b"0 0 m " + b"9 9 l 9 0 l 0 0 l " * 150_000 + b"S"))
    yield "unbalanced-states", one_page(packed(b"q " * 1_000_000 + HELLO))
    yield "deep-arrays", one_page(packed(b"[" * 1_000_000 + HELLO))
    yield "deep-dictionaries", one_page(packed(b"/A <<" * 300_000 + HELLO))
    yield "deep-clips", one_page(packed(b"0 0 595 842 re W n " * 50_000 + HELLO * 30))
    yield "packed-blanks", one_page(packed(b" " * 300_000_000))
    yield "packed-twice", one_page(packed(b"0 " * 150_000_000, times=2))
    image = b"<</Type/XObject/Subtype/Image/Width %s/Height %s/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    image += b"\nstream\nx\nendstream"
    for side in (b"1", b"100000", b"2147483647", b"-1"):
        yield "image", one_page(
            stream(HELLO + b"500 0 0 1 50 50 cm /I Do " * 20), image % (side, side),
            resources=b"/Font<</F1 5 0 R>>/XObject<</I 6 0 R>>",
        )  # fmt: skip
    yield "inline-image", one_page(stream(HELLO + b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID " + b"x" * 100))


def _references() -> Iterator[Named]:
    sound = one_page(stream(HELLO))
    for start in (b"0", b"-1", b"99999999999", b"7", b"startxref"):
        head, _, tail = sound.rpartition(b"startxref\n")
        yield "startxref", head + b"startxref\n" + start + b"\n" + tail.partition(b"\n")[2]
    at = sound.rindex(b"xref\n0 ")
    yield "previous-table-is-itself", sound.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % at)
    yield "root-is-missing", sound.replace(b"/Root 1 0 R", b"/Root 99 0 R")
    yield "root-is-a-page", sound.replace(b"/Root 1 0 R", b"/Root 3 0 R")
    yield "size-lies", sound.replace(b"/Size 6", b"/Size 99999999")
    yield "length-of-itself", one_page(stream(HELLO).replace(b"/Length %d" % len(HELLO), b"/Length 4 0 R"))
    yield "length-lies", one_page(stream(HELLO).replace(b"/Length %d" % len(HELLO), b"/Length 2147483647"))
    yield "object-is-itself", one_page(b"4 0 R")
    yield "parent-is-itself", sound.replace(b"/Parent 2 0 R", b"/Parent 3 0 R")
    yield "contents-many", one_page(b"[" + b"6 0 R " * 50_000 + b"]", stream(b"0 0 m 9 9 l S "))
    yield "twice-the-same-number", sound.replace(b"5 0 obj", b"4 0 obj")
    objects = stream(b"7 0 8 0 " + b"<</A 8 0 R>><</A 7 0 R>>", b"/Type/ObjStm/N 2/First 8/Extends 6 0 R")
    yield "object-stream-of-itself", one_page(stream(HELLO), objects)
    yield "only-a-head", b"%PDF-1.7\nstartxref\n0\n%%EOF\n"
    yield "text-that-says-pdf", "这不是 %PDF-1.7 文件 startxref".encode()
    yield "head-after-rubbish", b"x" * 900 + sound


def _secrets() -> Iterator[Named]:
    yield "with-a-password", one_page(stream(HELLO), trailer=_lock(b"secret", b"owner"))
    yield (
        "with-an-owner-only",
        one_page(stream(_rc4(_key(b"", b"owner", 4), HELLO)), trailer=_lock(b"", b"owner")),
    )
    for broken in (
        b"/Encrypt<</Filter/Standard/V 99/R 99>>", b"/Encrypt<<>>", b"/Encrypt 99 0 R", b"/Encrypt 1 0 R",
        b"/Encrypt<</Filter/Standard/V 1/R 2/O()/U()/P 0>>",
    ):  # fmt: skip
        yield "broken-lock", one_page(stream(HELLO), trailer=broken + b"/ID[<00><00>]")


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_ID = bytes(16)
_RIGHTS = b"\xfc\xff\xff\xff"


def _rc4(key: bytes, content: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    out = bytearray()
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def _owner_entry(user: bytes, owner: bytes) -> bytes:
    key = hashlib.md5((owner + _PADDING)[:32]).digest()[:5]
    return _rc4(key, (user + _PADDING)[:32])


def _key(user: bytes, owner: bytes, number: int = 0) -> bytes:
    """The key of a file (40 bits, revision 2), or of one of its objects."""
    whole = hashlib.md5((user + _PADDING)[:32] + _owner_entry(user, owner) + _RIGHTS + _ID).digest()[:5]
    return hashlib.md5(whole + number.to_bytes(3, "little") + b"\0\0").digest()[:10] if number else whole


def _lock(user: bytes, owner: bytes) -> bytes:
    o, u = _owner_entry(user, owner).hex().encode(), _rc4(_key(user, owner), _PADDING).hex().encode()
    entry = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (o, u)
    return entry + b"/ID[<%s><%s>]" % (_ID.hex().encode(), _ID.hex().encode())


def _actions() -> Iterator[Named]:
    script = b"<</S/JavaScript/JS(while(true){app.alert('x');})>>"
    for catalog in (
        b"/OpenAction" + script,
        b"/Names<</JavaScript<</Names[(x) " + script + b"]>>>>",
        b"/OpenAction<</S/Launch/F(/bin/sh)>>",
        b"/OpenAction<</S/URI/URI(http://example.invalid/)>>",
        b"/AcroForm<</XFA(<x>)/Fields[]/NeedAppearances true>>",
        b"/Outlines 1 0 R",
        b"/Metadata 1 0 R/StructTreeRoot 1 0 R",
    ):
        yield "action", one_page(stream(HELLO), catalog=catalog)
    yield "page-actions", one_page(stream(HELLO), page=b"/MediaBox%s/AA<</O%s/C%s>>" % (BOX, script, script))
