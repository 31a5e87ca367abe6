"""The zip package that holds an Office Open XML file (.docx, .xlsx), opened with suspicion.

Every reason for which a package cannot be read becomes one :class:`UnreadableFile`. Links to other files and
to the network are never followed, entities are never expanded.
"""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from lxml import etree

from gouji.documents.model import UnreadableFile

OLE2_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")

_MAX_UNPACKED = 500 * 1024 * 1024
# Deflate reaches about 1000:1 on nothing but zeros; sheets full of formatted blank cells stay below 100:1.
_MAX_RATIO = 300
_RATIO_MATTERS_FROM = 30 * 1024 * 1024
# A parsed tree takes some eight times the memory of its text.
_MAX_TREE = 150 * 1024 * 1024
_MAX_MEMBERS = 20_000
_LONGEST_NUMBER = 18

# What zipfile, its decompressors and lxml raise on bytes that are not what they should be.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError,
    UnicodeDecodeError, etree.XMLSyntaxError,
)  # fmt: skip
_DAMAGED = "文件已损坏或没有下载完整，请重新下载，或用 Office/WPS 打开后另存一份"


class Relation(NamedTuple):
    """A link from one part of a package to another; ``kind`` is the last word of its type (``worksheet``)."""

    kind: str
    target: str


class Package:
    """The parts of an opened package by name. Names are compared without case, as Office does."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self._archive = archive
        self._members = {_part_name(info.filename): info for info in archive.infolist()}
        self._refuse_bombs()

    def has(self, part: str) -> bool:
        return _part_name(part) in self._members

    def main_part(self, kind: str, usual: str) -> str | None:
        """The name of the part that holds the content: ``usual``, or the one that the package names."""
        if self.has(usual):
            return usual
        folder = usual.partition("/")[0]
        for relation in self.relations("").values():
            named = relation.target.casefold()
            if relation.kind == kind and named.startswith(f"{folder}/") and named.endswith(".xml"):
                return relation.target if self.has(relation.target) else None
        return None

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of ``part`` by id ('' is the package itself), without those that lead outside."""
        folder, base = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(listing):
            return {}
        found = {}
        for element in self.tree(listing):
            if not isinstance(element.tag, str) or element.get("TargetMode", "").casefold() == "external":
                continue
            target = element.get("Target", "").replace("\\", "/")
            target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind, posixpath.normpath(target))
        return found

    def tree(self, part: str) -> etree._Element:
        """The parsed root element of a part."""
        if self._members[_part_name(part)].file_size > _MAX_TREE:
            raise UnreadableFile(self.path, "文件内容过大，无法读取；请拆分成几个文件")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        with self._open(part) as stream:
            tree = etree.parse(stream, parser)
        self._refuse_dtd(tree)
        return tree.getroot()

    def elements(self, part: str, names: tuple[str, ...]) -> Iterator[etree._Element]:
        """Each finished element of a part with one of the local ``names``; it is emptied after use."""
        with self._open(part) as stream:
            events: Any = etree.iterparse(
                stream, events=("end",), tag=[f"{{*}}{name}" for name in names], resolve_entities=False,
                no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True,
            )  # fmt: skip
            for _, element in events:
                yield element
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del element.getparent()[0]
            if events.root is not None:
                self._refuse_dtd(events.root.getroottree())

    def _open(self, part: str) -> IO[bytes]:
        return self._archive.open(self._members[_part_name(part)])

    def _refuse_bombs(self) -> None:
        infos = self._archive.infolist()
        unpacked = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        too_dense = unpacked > _RATIO_MATTERS_FROM and unpacked > _MAX_RATIO * max(packed, 1)
        if unpacked > _MAX_UNPACKED or too_dense or len(infos) > _MAX_MEMBERS:
            raise UnreadableFile(
                self.path,
                f"解压后有 {unpacked // (1024 * 1024)} MB，大得不正常，为安全起见没有打开；"
                "请删去图片和空白区域后另存",
            )

    def _refuse_dtd(self, tree: etree._ElementTree) -> None:
        # Office never writes a document type; one that defines entities is an attack or a foreign file.
        if tree.docinfo.internalDTD is not None:
            raise UnreadableFile(self.path, "文件内含实体定义，不是正常的 Office 文件；请另存后再试")


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open ``path`` as a package; whatever turns out to be wrong while it is open raises UnreadableFile."""
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
            if not head:
                raise UnreadableFile(path, "文件是空的（0 字节），请重新获取")
            if head == OLE2_MAGIC:
                raise UnreadableFile(path, explain_ole2(path))
            if not head.startswith(b"PK"):
                raise UnreadableFile(path, "不是 Office 文件（.docx/.xlsx），请检查文件的来源和格式")
            stream.seek(0)
            with zipfile.ZipFile(stream) as archive:
                if any(info.flag_bits & 1 for info in archive.infolist()):
                    raise UnreadableFile(path, "文件有密码，请去掉密码后再试")
                yield Package(path, archive)
    except OSError as error:
        raise UnreadableFile(path, f"{explain_os_error(error)}") from error
    except _BROKEN as error:
        raise UnreadableFile(path, _DAMAGED) from error


def whole_number(value: str | None, otherwise: int) -> int:
    """A count as an attribute states it; ``otherwise`` where it states none, or one beyond all measure."""
    if value is None or not (value.isascii() and value.isdigit()) or len(value) > _LONGEST_NUMBER:
        return otherwise
    return int(value)


def explain_os_error(error: OSError) -> str:
    """One sentence for a file that the system refuses to hand over."""
    if isinstance(error, FileNotFoundError):
        return "找不到这个文件，请检查路径"
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹，请给出其中的文件"
    if isinstance(error, PermissionError):
        return "没有读取权限，请检查文件权限或关闭正在占用它的程序"
    return f"系统读不出这个文件（{error.strerror or error}），请检查磁盘或网络连接"


def explain_ole2(path: Path) -> str:
    """What an OLE2 container is (a protected new file or an old one), and what to do with it.

    The streams are named in UTF-16 in the directory of the container; their names tell the program.
    """
    content = path.read_bytes()

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return "文件有密码，请用 Office/WPS 打开、去掉密码后另存"
    if holds("WordDocument"):
        return "这是旧版 Word 文件（.doc），请先用 Word/WPS 另存为 .docx"
    if holds("Workbook") or holds("Book"):
        return "这是旧版 Excel 文件（.xls），请先用 Excel/WPS 另存为 .xlsx"
    if holds("PowerPoint Document"):
        return "这是旧版演示文稿（.ppt），不能读取；请另存为 PDF"
    return "这是旧版 Office 文件，请先用 Office/WPS 另存为 .docx 或 .xlsx"


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
