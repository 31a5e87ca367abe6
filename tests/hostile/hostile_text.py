"""Pages, texts and records that mean harm."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hostile_office import ENTITIES
from mutations import Mutant

Named = tuple[str, str | bytes]
TITLE = "收入支出决算总表"


def hostile_texts() -> Iterator[Mutant]:
    for ending, source in (
        ("html", _pages()),
        ("csv", _records()),
        ("json", _json()),
        ("txt", _texts()),
        ("dat", _others()),
    ):
        for number, (name, content) in enumerate(source):
            raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
            yield Mutant(f"{ending}-{number:03}-{name}.{ending}", raw)


def _pages() -> Iterator[Named]:
    for depth in (300, 5000, 100_000):
        for tag in ("div", "b", "ul><li", "table><tr><td", "span", "font", "blockquote"):
            yield "nested", f"<html><body>{f'<{tag}>' * depth}甲 1.00"
        closed = "<table><tr><td>甲" * depth + "</td></tr></table>" * depth
        yield "nested-tables-closed", f"<html><body>{closed}"
    cell = '<td colspan="1000000000" rowspan="1000000000">1</td>'
    yield "great-spans", f"<html><table><tr>{cell}</tr></table>"
    yield "many-great-spans", f"<html><table>{f'<tr>{cell * 20}</tr>' * 300}</table>"
    yield (
        "great-spans-in-many-rows",
        "<html><table>" + "<tr><td colspan=1000 rowspan=65534>1<td>2</tr>" * 2000 + "</table>",
    )
    yield "spans-to-the-end", "<html><table>" + "<tr><td rowspan=0>1<td>2</tr>" * 20_000 + "</table>"
    for span in ("-1", "0", "", "NaN", "9" * 5000, "1e9", "１２"):
        yield "span", f"<html><table><tr><td colspan='{span}' rowspan='{span}'>1<td>2<tr><td>3</table>"
    rows = "<tr><td>甲<td>1.00<td>2.00</tr>"
    yield "hundred-thousand-rows", f"<html><h1>{TITLE}</h1><table>{rows * 100_000}</table>"
    yield "sections", f"<html><table>{f'<tbody>{rows}</tbody>' * 20_000}</table>"
    yield "wide-row", f"<html><table><tr>{'<td>1' * 30_000}</tr>{rows * 300}</table>"
    yield "stairs", "<html><table>" + "".join(f"<tr>{'<td>1' * n}</tr>" for n in range(1, 600)) + "</table>"
    yield "many-tables", f"<html>{f'<h2>{TITLE}</h2><table>{rows}</table>' * 20_000}"
    yield "many-breaks", f"<html><p>{'1<br>' * 300_000}"
    yield "many-paragraphs", f"<html>{'<p>一、收入支出决算总表 1.00' * 100_000}"
    yield "giant-attribute", f"<html><p style='{'a' * 20_000_000}'>正文"
    yield "giant-style", f"<html><p style='{'display ' * 300_000}'>正文"
    yield "giant-text", f"<html><p>{'大' * 8_000_000}"
    yield "giant-blanks", f"<html><p>{' ' * 8_000_000}x{chr(10) * 8_000_000}x"
    yield "giant-cell", f"<html><table><tr><td>{'1' * 8_000_000}<td>1</table>"
    yield "blanks-and-breaks-in-a-cell", f"<html><table><tr><td>{('1 ' + chr(10)) * 500_000}<td>1</table>"
    yield "unclosed-comment", "<html><!--" + "x" * 5_000_000
    yield "many-comments", "<!--" * 2000 + "x"
    yield "comments-before", "<!-- a -->" * 700 + "<p>1"
    yield "unclosed-tags", "<html>" + "<" * 3_000_000
    yield "many-attributes", "<html><p " + " ".join(f"a{n}=1" for n in range(30_000)) + ">正文"
    yield "bad-references", "<html><p>&#x110000;&#0;&#xD800;&#99999999999999999999;&bogus;" * 1000
    yield "nuls", "<html>\0<p>\0正\0文\0" * 2000
    for charset in (
        "hex", "base64", "rot13", "zlib", "punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7",
        "utf-32", "mbcs", "none-such", "a" * 3000, "utf_8_sig", "charmap", "cp65001", "hz", "iso2022_jp", "bz2",
    ):  # fmt: skip
        yield "charset", f'<html><meta charset="{charset}"><p>'.encode() + b"\xff\xfe\xc4\xe3-abc " * 3000
    for name, (declared, used) in ENTITIES.items():
        yield name, f"{declared}<html><body><p>{used}</p>"
    yield "xhtml-laughs", f'<?xml version="1.0"?>{ENTITIES["billion-laughs"][0]}<html><p>&k;</p></html>'
    yield "utf-16", "<html><p>正文".encode("utf-16") + b"\x00\xd8"
    yield "preformatted", "<html>" + "<pre>  1\n" * 3000
    yield "selects", "<html>" + "<select><option>1" * 5000
    yield "forms", "<html>" + "<form><fieldset><legend>x" * 3000
    yield "half-a-table", "<html><table><caption>" * 3000


def _records() -> Iterator[Named]:
    head = "a,b,c,d,e,f\n"
    yield "nuls", head + "1,\0,2,3,4,5\n"
    yield "one-wide-row", head + "," * 60_000 + "1\n" + "1,2,3,4,5,6\n" * 60_000
    yield "many-columns", "a," * 1_000_000 + "\n"
    yield "hundred-thousand-rows", head + "1,2,3,4,5,6\n" * 100_000
    yield "a-giant-cell", head + "1" * 5_000_000 + ",2,3,4,5,6\n"
    yield "open-quote", head + '"' + "1,2\n" * 100_000
    yield (
        "mixed-encodings",
        head.encode() + "甲,乙,丙,丁,戊,己\n".encode("gb18030") + "甲,乙,丙,丁,戊,己\n".encode(),
    )
    yield "surrogates", head + "\ud800,\udfff,3,4,5,6\n"
    yield "bare-returns", head.replace("\n", "\r") + "1,2,3,4,5,6\r" * 100
    fields = "table,row_code,row_label,column,concept,dimensions,value,unit,status,form,body,year"
    yield (
        "facts-repeated",
        f"{fields}\n"
        + f"{TITLE},201,甲,合计,expenditure,exp_func_code=201,1.00,万元,bound,,某局,2024\n" * 20_000,
    )
    yield (
        "facts-all-wrong",
        f"{fields}\n"
        + f"{TITLE},x,甲,合计,expenditure,a=b;=;c,1e999999999,万元,bound,,某局,{'9' * 5000}\n" * 50,
    )
    yield (
        "facts-of-digits",
        f"{fields}\n" + f"{TITLE},201,甲,合计,expenditure,,{'9' * 100_000},万元,bound,,某局,²\n" * 3,
    )
    yield (
        "facts-of-codes",
        f"{fields}\n"
        + "".join(
            f"{TITLE},{n:07},甲,合计,expenditure,exp_func_code={n:07},{n}.00,万元,bound,,某局,2024\n"
            for n in range(2010000, 2030000)
        ),
    )


def _json() -> Iterator[Named]:
    for depth in (500, 5000, 1_000_000):
        yield "deep-lists", "[" * depth
        yield "deep-lists-closed", "[" * depth + "]" * depth
        yield "deep-objects", '{"a":' * depth + "1" + "}" * depth
        yield "deep-in-a-record", '[{"a":' + "[" * depth + "]" * depth + "}]"
        yield "deep-objects-in-a-record", '[{"a":' + '{"b":' * depth + "1" + "}" * depth + "}]"
    yield "huge-integer", '[{"a": ' + "9" * 5000 + "}]"
    yield "huger-integer", '[{"a": ' + "9" * 5_000_000 + "}]"
    yield "not-numbers", '[{"a": NaN, "b": Infinity, "c": -1e999999}]'
    yield "halves-of-pairs", '[{"table": "\\ud800", "value": "\\udfff\\u0000"}]'
    wide = dict.fromkeys((f"k{n}" for n in range(5000)), 1)
    yield "wide-and-long", json.dumps([wide, *({} for _ in range(20_000))])
    yield "same-key-often", "[{" + ",".join('"a":1' for _ in range(100_000)) + "}]"
    yield "no-records", "{}"
    yield "records-of-lists", "[[1],[2]]"
    yield "mixed-records", '[{"a":1},2,null]'
    yield "empty-records", '[{},{},{"a":1}]'
    yield "facts-are-null", '{"facts": null}'
    yield "hundred-thousand-records", json.dumps([{"a": n, "b": "x"} for n in range(100_000)])
    keys = (
        "table",
        "row_code",
        "row_label",
        "column",
        "concept",
        "dimensions",
        "value",
        "unit",
        "status",
        "year",
        "body",
    )
    for value in (
        None,
        True,
        -1,
        10**300,
        {},
        [],
        {"x": {"y": [1]}},
        "\ud800",
        "9" * 5000,
        "²",
        "1e999999999",
        "\u0000",
    ):
        yield (
            "facts",
            json.dumps(
                [{**dict.fromkeys(keys, value), "table": TITLE, "unit": "万元"}, dict.fromkeys(keys, value)]
            ),
        )


def _texts() -> Iterator[Named]:
    yield "one-line", "1.00 " * 2_000_000
    yield "digits", "1" * 20_000_000
    yield "dots", "." * 3_000_000 + "1"
    yield "commas-in-digits", "1,234," * 500_000
    yield "blanks", " " * 5_000_000 + "\n" + "\u3000" * 3_000_000 + "x"
    yield "lines", "1\n" * 500_000
    yield "titles", f"{TITLE}\n" * 20_000
    yield "contents", "".join(f"{n}、{TITLE}........{n}\n" for n in range(20_000))
    rows = "".join(f"{n:07} 甲项目 {n}.00 {n}.00 1.00\n" for n in range(2010101, 2012101))
    head = f"{TITLE}\n公开03表\n部门：某局 金额单位：万元\n项目 本年支出合计 基本支出 项目支出 上缴上级支出 经营支出 对附属单位补助支出\n"
    yield "flat-table", f"2024年度部门决算\n{head.replace(TITLE, '支出决算表')}合计 1 1 1\n{rows}"
    same = "2010101 甲 1.00 1.00 1.00\n" * 3000
    yield "flat-table-of-equals", f"2024年度部门决算\n{head.replace(TITLE, '支出决算表')}合计 1 1 1\n{same}"
    lines = "".join(f"2010101\n甲\n{n % 7}.00\n1.00\n" for n in range(3000))
    yield (
        "flat-table-on-lines",
        f"2024年度部门决算\n{head.replace(TITLE, '支出决算表').replace(' ', chr(10))}合计\n1\n{lines}",
    )
    yield "tabs", "\t" * 2_000_000
    yield "one-wide-row", "1\t" * 60_000 + "\n" + "1\t2\t3\n" * 30_000
    yield "short-rows", ("1\t2\t3\t4\t5\n" + "1\t2\t3\n") * 20_000
    yield "cells-on-lines", "".join("\t1\n" * 5 + "\t\n" + "\n" for _ in range(20_000))
    yield "a-long-row-of-lines", "\t1\n" * 100_000 + "\n" + "\t1\n\t2\n\t3\n\n" * 5000
    yield "bare-tabs", "\t\n" * 100_000
    yield "utf-16-odd", "\ufeff正文".encode("utf-16-le") + b"\xd8"
    yield "utf-16-halves", b"\xff\xfe" + b"\x00\xd8" * 1000
    yield "mixed-encodings", "正文，合计。\n".encode() * 50 + "正文，合计。\n".encode("gb18030") * 50
    yield "nul", "正文\0合计\n" * 100
    yield "control-characters", "正文\x01\x02\x1b[31m\x07合计\n" * 30
    yield "directions", "\u202e正文\u2066\u200f 1.00\n" * 1000
    yield "combining", "1" + "\u0301" * 1_000_000
    yield "brackets", "（" * 300_000 + TITLE + "）" * 300_000
    yield "long-title", "二〇二四" * 100_000 + TITLE
    yield "years", "2024年度" * 200_000 + "部门决算"
    yield "dashes", f"{TITLE}\n" + "—" * 1_000_000
    yield "colons", "单位：" * 200_000 + "万元"


def _others() -> Iterator[Named]:
    yield "nothing", b""
    yield "one-byte", b"\x00"
    yield "marks-only", b"\xef\xbb\xbf"
    yield "utf-16-mark-only", b"\xff\xfe"
    yield "ole2-head-only", bytes.fromhex("d0cf11e0a1b11ae1")
    ole2 = bytearray(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + b"\xff" * 4096)
    yield "ole2-empty", bytes(ole2)
    ole2[30:32] = (9).to_bytes(2, "little")
    yield "ole2-chains-of-itself", bytes(ole2[:512]) + bytes(4096)
    names = "WordDocument".encode("utf-16-le") + "Workbook".encode("utf-16-le")
    yield "ole2-with-names", bytes(ole2[:512]) + names * 100
    for head in (
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"Rar!",
        b"7z\xbc\xaf\x27\x1c",
        b"{\\rtf1 x}",
        b"BM\x00\x00\x00\x00\x00\x00\x00\x00",
    ):
        yield "another-format", head + b"x" * 100
    yield "mime-page", "MIME-Version: 1.0\nContent-Type: multipart/related\n\nx"
    yield "headers-without-end", "A: b\n" * 100_000
    yield "blank-headers", " \n" * 4000 + "x"
    yield "random", bytes((n * n * 31 + n // 7) % 256 for n in range(50_000))
