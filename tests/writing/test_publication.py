"""The published folder: whole or not at all, the same bytes each time, nobody else's files lost."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from sample_book import composed, entries

from gouji.catalog import Catalog
from gouji.registers import read_workspace
from gouji.writing import Disclosure, FontsMissing, OutputRefused, build, files, publication, publish
from gouji.writing.evaluation_document import evaluation_document
from gouji.writing.publishing import MANIFEST

EXAMPLE = Path(__file__).parents[2] / "examples" / "hunan-2024"


def contents(disclosure: Disclosure, catalog: Catalog) -> dict[str, bytes]:
    try:
        return files(disclosure, catalog.dimensions)
    except FontsMissing as missing:
        pytest.skip(f"PDF 测试未运行：{missing}")


def test_the_same_book_gives_the_same_bytes(catalog: Catalog) -> None:
    first = contents(composed(entries()), catalog)
    second = contents(composed(reversed(entries())), catalog)
    assert list(first) == [
        "部门决算公开表.xlsx", "部门决算.docx", "部门决算.pdf", "部门决算.html",
        "facts.csv", "facts.json",
    ]  # fmt: skip
    for name in ("部门决算公开表.xlsx", "部门决算.docx", "部门决算.pdf", "部门决算.html"):
        assert first[name] == second[name], name
    assert contents(composed(entries()), catalog) == first


def test_the_example_is_built_from_its_workspace(tmp_path: Path, catalog: Catalog) -> None:
    try:
        workspace = read_workspace(EXAMPLE, catalog)
        disclosure = build(workspace, tmp_path / "公开")
    except FontsMissing as missing:
        pytest.skip(f"PDF 测试未运行：{missing}")
    assert disclosure.unnamed == ()
    written = {path.name for path in (tmp_path / "公开").iterdir()}
    evaluation = evaluation_document(workspace, catalog)
    assert evaluation is not None
    names = {*files(disclosure, catalog.dimensions), *publication.evaluation_files(evaluation)}
    assert written == {*names, MANIFEST}
    text = (tmp_path / "公开" / publication.PAGE).read_text(encoding="utf-8")
    assert f"<h1>{disclosure.document_title}</h1>" in text


def test_a_folder_is_written_and_rebuilt(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "公开"
    publish({"a.txt": b"1", "b.txt": b"2"}, out)
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["files"]["a.txt"] == hashlib.sha256(b"1").hexdigest()
    publish({"a.txt": b"3"}, out)
    assert sorted(path.name for path in out.iterdir()) == ["a.txt", MANIFEST]
    assert (out / "a.txt").read_bytes() == b"3"
    assert [path.name for path in out.parent.iterdir()] == ["公开"], "nothing is left beside it"


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "我的.txt").write_text("x", encoding="utf-8")
    with pytest.raises(OutputRefused, match=r"已有其他文件（如“我的\.txt”）"):
        publish({"a.txt": b"1"}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["我的.txt"]


def test_files_of_others_in_our_folder_are_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish({"a.txt": b"1"}, out)
    (out / "批注.txt").write_text("x", encoding="utf-8")
    (out / "附件").mkdir()
    (out / "附件" / "1.txt").write_text("y", encoding="utf-8")
    publish({"a.txt": b"2"}, out)
    assert (out / "批注.txt").read_text(encoding="utf-8") == "x"
    assert (out / "附件" / "1.txt").read_text(encoding="utf-8") == "y"


def test_an_empty_folder_is_fine_and_a_file_is_not(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    publish({"a.txt": b"1"}, tmp_path / "空")
    assert (tmp_path / "空" / "a.txt").exists()
    with pytest.raises(OutputRefused, match="是一个文件"):
        publish({"a.txt": b"1"}, tmp_path / "空" / "a.txt")


def test_a_failure_leaves_the_old_folder_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    publish({"a.txt": b"1"}, out)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name.endswith(".partial"):
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OutputRefused, match="无法写入输出文件夹"):
        publish({"a.txt": b"2"}, out)
    assert (out / "a.txt").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_damaged_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(OutputRefused, match="已损坏"):
        publish({"a.txt": b"1"}, tmp_path)


def test_a_full_disk_leaves_the_old_folder_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    publish({"a.txt": b"1"}, out)

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputRefused, match=r"无法写入输出文件夹.*No space left on device"):
        publish({"a.txt": b"2"}, out)
    assert (out / "a.txt").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
