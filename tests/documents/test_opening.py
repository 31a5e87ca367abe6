"""The format of a file is found in its content, whatever its name says."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter

from gouji.documents import UnreadableFile
from gouji.documents.opening import find_format, open_document

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
SHARED = Path(os.environ.get("GOUJI_SHARED", Path(__file__).parents[3] / "shared"))


def write(folder: Path, content: bytes | str) -> Path:
    """A file whose name says nothing true."""
    path = folder / "sample.jpg"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def packed(folder: Path, *names: str) -> Path:
    path = folder / "sample.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return path


def refused(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        open_document(path)
    assert "\n" not in caught.value.reason
    return caught.value.reason


def test_office_files_under_any_name(tmp_path: Path) -> None:
    word, excel = tmp_path / "a.xlsx", tmp_path / "b.docx"
    source = docx.Document()
    source.add_paragraph("正文")
    source.save(str(word))
    with xlsxwriter.Workbook(str(excel)) as book:
        book.add_worksheet("公开01").write("A1", "甲")
    assert open_document(word).format == "docx"
    assert open_document(excel).format == "xlsx"


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><title>x</title><p>正文",
        "\ufeff\r\n <html><p>正文",
        "<!-- saved from url=(0014)about:internet -->\n<table><tr><td>1</table>",
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN"><html><p>正文</p></html>',
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40"><p>1',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_pages(tmp_path: Path, page: str, encoding: str) -> None:
    path = write(tmp_path, page.encode(encoding))
    assert find_format(path) == "html"
    assert open_document(path).format == "html"


@pytest.mark.parametrize(
    "content",
    [
        "第一部分 概况\n一、职能\n".encode("gb18030"),
        "科目,金额\n类,1.00\n".encode("utf-8-sig"),
        '{"rows": [["<html>", 1]]}',
        "收入 < 支出，<p 不是标签\n",
        "合计 1.00\n".encode("utf-16"),
    ],
)
def test_texts(tmp_path: Path, content: bytes | str) -> None:
    assert find_format(write(tmp_path, content)) == "text"


def test_pdf(tmp_path: Path) -> None:
    assert find_format(write(tmp_path, b"%PDF-1.7\n")) == "pdf"
    assert find_format(write(tmp_path, b"\r\n\x00junk%PDF-1.4\n")) == "pdf"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "0 字节"),
        (b"\x89PNG\r\n\x1a\n" + bytes(9), "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(9), "图片"),
        (b"II*\x00" + bytes(9), "图片"),
        (b"BM" + bytes(20), "图片"),
        (OLE2 + "WordDocument".encode("utf-16-le"), ".docx"),
        (OLE2 + "Workbook".encode("utf-16-le"), ".xlsx"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (OLE2, "旧版"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"PK\x03\x04" + bytes(50), "损坏"),
        (b"\x00\x01\x02\x03" * 9, "不认识"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", ".mht"),
        ('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>', "Office XML"),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path: Path, content: bytes | str, words: str) -> None:
    assert words in refused(write(tmp_path, content))


def test_other_packages(tmp_path: Path) -> None:
    assert "压缩包" in refused(packed(tmp_path, "决算.pdf"))
    assert ".xlsb" in refused(packed(tmp_path, "xl/workbook.bin"))
    assert "OFD" in refused(packed(tmp_path, "OFD.xml"))
    assert ".pptx" in refused(packed(tmp_path, "ppt/presentation.xml"))
    assert "OpenDocument" in refused(packed(tmp_path, "mimetype", "content.xml"))


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    assert "找不到" in refused(tmp_path / "none.docx")
    assert "文件夹" in refused(tmp_path)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert "读不出" in refused(loop)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "不是普通文件" in refused(pipe)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = write(tmp_path, "正文")
    path.chmod(0)
    assert "权限" in refused(path)


def test_opening_imports_no_reader() -> None:
    code = "import sys, gouji.documents.opening; print({'lxml', 'pypdfium2'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "set()\n"
    )


def test_real_files_are_what_their_publishers_say() -> None:
    paths = [
        path for path in sorted((SHARED / "corpus").glob("*")) if path.suffix in {".pdf", ".xlsx", ".txt"}
    ]
    if not paths:
        pytest.skip("no real files: set GOUJI_SHARED to the folder that holds corpus/")
    formats = {".pdf": "pdf", ".xlsx": "xlsx", ".txt": "text"}
    assert {path.name: find_format(path) for path in paths} == {
        path.name: formats[path.suffix] for path in paths
    }
