"""Office packages that mean harm: bombs, entities, and workbooks and documents that overstate themselves."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial

from mutations import Mutant, repacked

Named = tuple[str, bytes]

_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10)
)
ENTITIES = {
    "billion-laughs": (LAUGHS + "]>", "&k;"),
    "external-entity": ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
    "network-entity": ('<!DOCTYPE x [<!ENTITY e SYSTEM "http://example.invalid/e">]>', "&e;"),
    "parameter-entity": ('<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>', ""),
    "quadratic-entity": ('<!DOCTYPE x [<!ENTITY q "' + "q" * 50_000 + '">]>', "&q;" * 5000),
    "entity-of-itself": ('<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "&a;"),
    "foreign-type": ('<!DOCTYPE x SYSTEM "file:///etc/passwd">', ""),
}


def workbook(
    sheet: str, *, strings: str = "", styles: str = "", sheets: int = 1, declare: str = "", workbook: str = ""
) -> bytes:
    """An .xlsx of one sheet (named ``sheets`` times); ``sheet``, ``strings``, ``styles`` are the insides of parts."""
    names = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, sheets + 1))
    book = f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_OFFICE}">{{}}</workbook>'
    links = [("r1", "worksheet", "worksheets/sheet1.xml")]
    members = {
        "_rels/.rels": _RELS.format(
            f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": book.format(workbook or f"<sheets>{names}</sheets>"),
        "xl/worksheets/sheet1.xml": f"{_HEAD}{declare}{_SHEET.format(sheet)}",
    }
    if strings:
        links.append(("r2", "sharedStrings", "sharedStrings.xml"))
        members["xl/sharedStrings.xml"] = (
            f"{_HEAD}{declare}{_SHEET.format(strings).replace('worksheet', 'sst')}"
        )
    if styles:
        links.append(("r3", "styles", "styles.xml"))
        members["xl/styles.xml"] = _HEAD + _SHEET.format(styles).replace("worksheet", "styleSheet")
    listed = "".join(
        f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in links
    )
    members["xl/_rels/workbook.xml.rels"] = _RELS.format(listed)
    return repacked({name: content.encode() for name, content in members.items()})


def letter(body: str, *, declare: str = "", styles: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A .docx with this body."""
    main = f'{_HEAD}{declare}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    members = {
        "_rels/.rels": _RELS.format(
            f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": main,
    }
    if styles:
        link = f'<Relationship Id="r3" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        members["word/_rels/document.xml.rels"] = _RELS.format(link)
        members["word/styles.xml"] = f'{_HEAD}<w:styles xmlns:w="{_WORD}">{styles}</w:styles>'
    return repacked({name: content.encode() for name, content in members.items()} | (more or {}))


def hostile_packages(*, heavy: bool = True) -> Iterator[Mutant]:
    for ending, source in (
        ("xlsx", _workbooks()), ("xlsx", _styled()), ("docx", _letters()), ("docx", _bombs()), ("xlsx", _entities()),
    ):  # fmt: skip
        if not heavy and source.__name__ == "_bombs":
            continue
        for number, (name, content) in enumerate(source):
            yield Mutant(f"package-{source.__name__[1:]}-{number:03}-{name}.{ending}", content)


def _cell(value: str, ref: str = "A1", more: str = "") -> str:
    return f'<c r="{ref}" {more}><v>{value}</v></c>'


def _data(rows: str) -> str:
    return f"<sheetData>{rows}</sheetData>"


def _row(cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{cells}</row>'


def _workbooks() -> Iterator[Named]:
    few = _data(_row(_cell("1") + _cell("2", "B1")))
    yield "dimension-lies", workbook('<dimension ref="A1:XFD1048576"/>' + few)
    yield "corners", workbook(_data(_row(_cell("1")) + _row(_cell("2", "XFD1048576"), 1_048_576)))
    yield (
        "beyond-the-corner",
        workbook(_data(_row(_cell("2", "ZZZ9999999"), 9_999_999) + _row(_cell("1"), 10**15))),
    )
    diagonal = "".join(
        _row(_cell("1", f"{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{n}"), n) for n in range(1, 5000)
    )
    yield "diagonal", workbook(_data(diagonal))
    yield "rows-go-back", workbook(_data("".join(_row(_cell("1"), n) for n in range(3000, 0, -1))))
    for number in ("-1", "99", "9" * 30, "9" * 5000, "abc", "", "1e3"):
        yield (
            "string-out-of-range",
            workbook(_data(_row(_cell(number, more='t="s"'))), strings="<si><t>甲</t></si>"),
        )
    for number in (
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "NaN",
        "Infinity",
        "9" * 10_000,
        "1e400",
        "1e-400",
        "0x1",
    ):
        for code in ("General", "0.00", "#,##0.00;[Red]-#,##0.00", "0.00E+00", "yyyy/m/d", "0%", "[h]:mm"):
            styles = f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>'
            yield "number", workbook(_data(_row(_cell(number, more='s="0"'))), styles=styles)
    for kind in ("e", "b", "d", "str", "inlineStr", "n", "x", ""):
        yield "kind", workbook(_data(_row(_cell("#DIV/0!", more=f't="{kind}"'))))
    yield (
        "formulas-without-values",
        workbook(_data(_row("".join(f'<c r="{chr(65 + n)}1"><f>A1</f></c>' for n in range(26))))),
    )
    yield "everything-merged", workbook(few + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    overlaps = "".join(f'<mergeCell ref="A{n}:Z{n + 40}"/>' for n in range(1, 3000))
    yield "overlapping-merges", workbook(few + f"<mergeCells>{overlaps}</mergeCells>")
    yield (
        "same-merge-often",
        workbook(few + "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 30_000 + "</mergeCells>"),
    )
    hidden = "".join(f'<row r="{n}" hidden="1"/>' for n in range(1, 60_000))
    merged = '<mergeCell ref="A1:B60000"/>' * 3000
    yield "merges-in-hidden-rows", workbook(_data(hidden) + f"<mergeCells>{merged}</mergeCells>")
    wide = "".join(
        _row("".join(_cell("1", f"{chr(65 + n)}{r}") for n in range(10)), r) for r in range(1, 2001)
    )
    long = "".join(f'<mergeCell ref="A{n}:J{n + 1900}"/>' for n in range(1, 2000))
    yield "long-merges-over-cells", workbook(_data(wide) + f"<mergeCells>{long}</mergeCells>")
    yield (
        "columns-hidden-often",
        workbook("<cols>" + '<col min="1" max="16384" hidden="1"/>' * 100_000 + "</cols>" + few),
    )
    yield (
        "columns-of-strange-width",
        workbook('<cols><col min="9" max="2" width="0"/><col min="a" max="99999999999"/></cols>' + few),
    )
    many = "".join(
        _row("".join(_cell(str(n), f"{c}{n}") for c in "ABCDEFGHIJ"), n) for n in range(1, 100_001)
    )
    yield "hundred-thousand-rows", workbook(_data(many))
    yield "hundred-thousand-sheets", workbook(few, sheets=100_000)
    rich = _data("".join(_row(_cell(str(n), f"A{n}") + _cell("2", f"J{n}"), n) for n in range(1, 20_001)))
    yield "hundred-large-sheets", workbook(rich, sheets=100)
    yield (
        "a-giant-cell",
        workbook(_data(_row('<c r="A1" t="inlineStr"><is><t>' + "大" * 3_000_000 + "</t></is></c>"))),
    )
    yield (
        "a-giant-number-as-text",
        workbook(_data(_row('<c r="A1" t="str"><v>' + "1" * 3_000_000 + "</v></c>"))),
    )
    yield (
        "a-text-node-of-12-MB",
        workbook(_data(_row('<c r="A1" t="str"><v>' + "x" * 12_000_000 + "</v></c>"))),
    )
    yield (
        "giant-string-often",
        workbook(
            _data("".join(_row(_cell("0", f"A{n}", 't="s"'), n) for n in range(1, 2000))),
            strings="<si><t>" + "大" * 300_000 + "</t></si>",
        ),
    )
    yield (
        "strings-of-many-runs",
        workbook(
            _data(_row(_cell("0", more='t="s"'))), strings="<si>" + "<r><t>x</t></r>" * 200_000 + "</si>"
        ),
    )
    yield "escapes", workbook(_data(_row('<c r="A1" t="str"><v>_xD800__x0000__xFFFF__x005F_</v></c>')))
    yield "deep", workbook(_data("<row>" * 100_000))
    yield "deep-closed", workbook(_data("<row>" * 250 + "</row>" * 250))
    yield "no-sheets", workbook(few, workbook="<sheets/>")
    yield "sheet-is-the-book", workbook(few).replace(b"sheet1.xml", b"../x/y.xml")
    gates = "".join(
        f'<row r="{n}" s="99999999999999999999" ht="0"><c r="A{n}" s="{10**n}"/></row>' for n in range(1, 30)
    )
    yield "styles-out-of-range", workbook(_data(gates))


def _styled() -> Iterator[Named]:
    few = _data(_row(_cell("1234.5", more='s="0"') + _cell("-7", "B1", 's="0"')))
    for code in (
        "0" * 100_000, "#" * 100_000, "0." + "0" * 5000, "0" + "," * 5000, "0" + "%" * 5000, "[" * 5000, '"' * 5001,
        ";" * 5000, "[&gt;1e999999999]0;0", "[&gt;999999999999999999999]0;0", "[=1][=2][=3]0", "@" * 5000, "0E+" + "0" * 5000,
        "E+0", "0E", "yyyy" * 5000, "m" * 5000, "[h" * 3000, "0/0", "?/?", "\\", "_", "*", "AM/PM", "上午/下午",
        "ss.000", ".0", ",0", "[$-zh-CN]0", "[$", "General" * 3000, "0.0.0.0", "0.0E+0.0E+0", "%0E+0%", "aaaa e b", "[s].00",
    ):  # fmt: skip
        escaped = code.replace('"', "&quot;")
        styles = f'<numFmts><numFmt numFmtId="170" formatCode="{escaped}"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>'
        yield "format", workbook(few, styles=styles)
    for number in ("9" * 5000, "-1", "x"):
        yield "style", workbook(
            few, styles=f'<borders><border/></borders><cellXfs><xf numFmtId="{number}" borderId="{number}">'
            f'<alignment indent="{number}"/></xf></cellXfs>',
        )  # fmt: skip
    yield (
        "great-indent",
        workbook(
            _data(_row('<c r="A1" s="0" t="str"><v>x</v></c>')),
            styles='<cellXfs><xf><alignment indent="999999999"/></xf></cellXfs>',
        ),
    )


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _word_cell(text: str = "1", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraph(text)}</w:tc>"


def _letters() -> Iterator[Named]:
    row = f"<w:tr>{_word_cell('甲')}{_word_cell()}</w:tr>"
    for span in ("0", "-1", "63", "1000000000", "9" * 5000, "abc"):
        wide = f'<w:tr>{_word_cell(properties=f"""<w:gridSpan w:val="{span}"/>""")}{_word_cell()}</w:tr>'
        yield "span", letter(f"<w:tbl>{row}{wide}</w:tbl>")
        yield (
            "before",
            letter(
                f'<w:tbl>{row}<w:tr><w:trPr><w:gridBefore w:val="{span}"/></w:trPr>{_word_cell()}</w:tr></w:tbl>'
            ),
        )
    merged = f"<w:tr>{_word_cell(properties='<w:vMerge/>') * 3}</w:tr>"
    yield "all-merged", letter(f"<w:tbl>{merged * 2000}</w:tbl>")
    yield "hundred-thousand-rows", letter(f"<w:tbl>{row * 100_000}</w:tbl>")
    stairs = "".join(f"<w:tr>{_word_cell() * n}</w:tr>" for n in range(1, 400))
    yield "stairs", letter(f"<w:tbl>{stairs}</w:tbl>")
    yield "wide-and-long", letter(f"<w:tbl><w:tr>{_word_cell() * 4000}</w:tr>{row * 4000}</w:tbl>")
    for depth in (60, 5000, 100_000):
        yield (
            "nested-tables",
            letter("<w:tbl><w:tr><w:tc>" * depth + _paragraph("1") + "</w:tc></w:tr></w:tbl>" * depth),
        )
        yield (
            "nested-wrappers",
            letter("<w:sdt><w:sdtContent>" * depth + _paragraph("1") + "</w:sdtContent></w:sdt>" * depth),
        )
        yield (
            "nested-boxes",
            letter(
                "<w:p><w:r><w:txbxContent>" * depth + _paragraph("1") + "</w:txbxContent></w:r></w:p>" * depth
            ),
        )
    boxes = (
        "<w:p><w:r><w:t>x</w:t>"
        + "<w:txbxContent><w:p><w:r><w:t>y</w:t></w:r></w:p></w:txbxContent>" * 50_000
        + "</w:r></w:p>"
    )
    yield "many-boxes", letter(boxes)
    chain = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(20_000)
    )
    used = '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>'
    yield "chain-of-styles", letter(used, styles=chain)
    ring = chain.replace('"s20000"', '"s0"')
    yield "ring-of-styles", letter(used, styles=ring)
    yield "style-of-itself", letter(used, styles='<w:style w:styleId="s0"><w:basedOn w:val="s0"/></w:style>')
    deleted = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
    yield "paragraphs-run-on", letter(deleted * 60_000)
    yield "a-giant-word", letter(_paragraph("大" * 3_000_000))
    yield (
        "a-giant-number",
        letter(f"<w:tbl><w:tr>{_word_cell('1' * 2_000_000)}{_word_cell('1')}</w:tr></w:tbl>"),
    )
    yield "many-breaks", letter("<w:p><w:r>" + "<w:t>1</w:t><w:br/>" * 300_000 + "</w:r></w:p>")
    yield "many-tabs", letter("<w:p><w:r>" + "<w:tab/>" * 300_000 + "</w:r></w:p>")
    yield "no-body", letter("").replace(b"word/document.xml", b"word/document.xmL")
    yield "not-xml", repacked({"word/document.xml": b"\x00\x01\x02"})
    yield "another-encoding", repacked({"word/document.xml": "<a>甲</a>".encode("utf-16")})
    yield (
        "unknown-encoding",
        repacked({"word/document.xml": b'<?xml version="1.0" encoding="none-such"?><a/>'}),
    )


def _entities() -> Iterator[Named]:
    for name, (declared, used) in ENTITIES.items():
        yield f"{name}-in-word", letter(_paragraph(used), declare=declared)
        yield (
            f"{name}-in-a-sheet",
            workbook(_data(_row(f'<c r="A1" t="str"><v>{used}</v></c>')), declare=declared),
        )
        yield (
            f"{name}-in-strings",
            workbook(
                _data(_row(_cell("0", more='t="s"'))), strings=f"<si><t>{used}</t></si>", declare=declared
            ),
        )
        links = f"{_HEAD}{declared}{_RELS.format(used)}".encode()
        yield f"{name}-in-relations", letter(_paragraph("1"), more={"word/_rels/document.xml.rels": links})


def _bombs() -> Iterator[Named]:
    zeros = partial(bytes, 40_000_000)
    yield "zeros", repacked({"word/document.xml": zeros()})
    yield "blanks-in-the-body", letter(" " * 29_000_000)
    yield "half-a-gigabyte", _of_one_stream({"word/document.xml": 600_000_000})
    yield "size-lies", _of_one_stream({"word/document.xml": 400_000_000}, claimed=1000)
    yield "size-lies-in-a-sheet", _lying_sheet()
    yield "overlapping", _overlapping(5000)
    inner = repacked({"word/document.xml": zeros()})
    for _ in range(6):
        inner = repacked({f"{n}.zip": inner for n in range(8)})
    yield "nested", inner
    yield "many-members", repacked({f"word/{n}.xml": b"" for n in range(30_000)})
    yield "same-name-often", _same_name()
    sound = letter(_paragraph("正文"))
    yield "password", _flagged(sound, 1)
    yield "method-99", sound.replace(struct.pack("<H", 8), struct.pack("<H", 99))
    yield "with-a-prefix", b"PK\x03\x04" + sound
    yield "names-go-up", repacked({"../../word/document.xml": b"<a/>", "/word/document.xml": b"<a/>"})
    yield "end-only", b"PK\x05\x06" + bytes(18)
    yield "end-lies", b"PK\x05\x06" + b"\xff" * 18


def _of_one_stream(sizes: dict[str, int], claimed: int | None = None) -> bytes:
    """Members of blanks, written without ever being held; with ``claimed``, the directory says this size."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, size in sizes.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                for _ in range(size // 10_000_000):
                    member.write(b" " * 10_000_000)
        if claimed is not None:
            for info in archive.infolist():
                info.file_size = claimed
    return stream.getvalue()


def _lying_sheet() -> bytes:
    """A sheet of 300 MB that the directory gives a thousand bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    row = b"<row>" + b"<c><v>1</v></c>" * 20 + b"</row>"
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    packed = (
        packer.compress(head) + b"".join(packer.compress(row * 3000) for _ in range(300)) + packer.flush()
    )
    sound = workbook("")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as source, zipfile.ZipFile(stream, "w") as archive:
        for name in source.namelist():
            if "sheet1" not in name:
                archive.writestr(zipfile.ZipInfo(name), source.read(name))
        info = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
        archive.writestr(info, packed)
        info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, 1000
    content = bytearray(stream.getvalue())
    at = content.index(b"xl/worksheets/sheet1.xml") - 30
    struct.pack_into("<H", content, at + 8, zipfile.ZIP_DEFLATED)
    return bytes(content)


def _overlapping(times: int) -> bytes:
    """One member that the directory lists again and again under other names."""
    sound = repacked({"word/document.xml": b" " * 20_000_000})
    start = sound.index(b"PK\x01\x02")
    end = sound.index(b"PK\x05\x06")
    entry = bytearray(sound[start:end])
    listing = bytearray()
    for number in range(times):
        name = b"word/document%4d" % number
        listing += entry[:46] + name[:17].ljust(17, b"x") + entry[46 + 17 :]
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, times, times, len(listing), start, 0)
    return sound[:start] + bytes(listing) + tail


def _same_name() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(200):
            archive.writestr("word/document.xml" if number % 2 else "WORD/Document.XML", f"<a>{number}</a>")
    return stream.getvalue()


def _flagged(content: bytes, flag: int) -> bytes:
    damaged = bytearray(content)
    at = damaged.find(b"PK\x01\x02")
    while at >= 0:
        damaged[at + 8] |= flag
        at = damaged.find(b"PK\x01\x02", at + 4)
    return bytes(damaged)
