"""Two runs side by side, in the room and on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from command_run import Run
from gouji.corpus import compare_runs
from gouji.corpus.cells import Cell, match_cells


def test_one_changed_figure(folder: Path, tmp_path: Path, page: bytes, gouji: Callable[..., Run]) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    done = gouji("corpus", "run", folder, "-o", one, "-j", 2)
    assert (done.code, done.err) == (0, "")
    assert "文件  6个：读成3个，读不了3个" in done.out
    assert "跳过  MANIFEST.csv" in done.out
    assert "cut.pdf：读不了，" in done.out
    assert f"结果在 {one}" in done.out

    text = page.decode()
    figure = next(f">{n}.{d:02}<" for n in range(100, 999) for d in range(100) if f">{n}.{d:02}<" in text)
    wrong = f">{figure[1]}{(int(figure[2]) + 1) % 10}{figure[3:-1]}<"
    (folder / "决算.html").write_text(text.replace(figure, wrong, 1), encoding="utf-8")
    (folder / "cut.pdf").unlink()
    assert gouji("corpus", "run", folder, "-o", two).code == 0

    found = gouji("corpus", "diff", one, two, "--format", "json")
    assert found.code == 1
    files = {file["file"]: file for file in json.loads(found.out)["files"]}
    assert sorted(files) == ["cut.pdf", "决算.html"]
    assert files["cut.pdf"]["presence"] == "gone"
    changed = files["决算.html"]
    assert [cell["changed"] for cell in changed["changed_cells"]] == [{"value": [figure[1:-1], wrong[1:-1]]}]
    assert any(finding["severity"] == "error" for finding in changed["new_findings"])
    assert changed["gained_cells"] == changed["lost_cells"] == changed["scope"] == []
    shown = gouji("corpus", "diff", one, two)
    assert shown.code == 1
    assert f"{figure[1:-1]} → {wrong[1:-1]}" in shown.out
    assert shown.out.splitlines()[-1].startswith("2个文件有差别：发现＋")

    # The other way round what was new is dropped, and a run does not differ from itself.
    (_, back) = compare_runs(two, one)
    assert len(back.dropped_findings) == len(changed["new_findings"])
    same = gouji("corpus", "diff", one, one)
    assert (same.code, same.out) == (0, "两次运行没有差别。\n")


def test_what_cannot_be_done_is_one_sentence(tmp_path: Path, gouji: Callable[..., Run]) -> None:
    (tmp_path / "unfinished").mkdir()
    (tmp_path / "unfinished" / "run.json").write_text(
        '{"schema": "gouji-corpus-run/1", "state": "running"}', encoding="utf-8"
    )
    for argv, sentence in (
        (("diff", tmp_path / "a", tmp_path / "b"), "不是 gouji corpus run 的输出文件夹。"),
        (("diff", tmp_path / "unfinished", tmp_path / "b"), "它会接着做。"),
        (("run", tmp_path / "a", "-o", tmp_path / "b"), "请给出放着公开文本的文件夹。"),
        (("run", tmp_path, "-o", tmp_path / "b", "--timeout", "0"), "--help 看用法。"),
    ):
        done = gouji("corpus", *argv)
        assert (done.code, done.out) == (2, "")
        assert done.err.endswith(f"{sentence}\n")
        assert done.err.count("\n") == 1


def test_help_is_chinese(gouji: Callable[..., Run]) -> None:
    assert "corpus" in gouji("--help").out
    shown = gouji("corpus", "--help").out
    assert "run" in shown
    assert "diff" in shown
    assert "成批读取" in shown
    assert "每个文件最多用多少秒" in gouji("corpus", "run", "--help").out


def cell(value: str, column: str = "合计", x: float = 10.0, status: str = "bound") -> Cell:
    return Cell(
        1,
        "",
        (x, 0.0, 20.0, 9.0),
        "收入决算表",
        "206",
        "科学技术支出",
        column,
        value,
        "万元",
        "revenue",
        "",
        status,
    )


def test_cells_keep_their_identity() -> None:
    """A moved box or a renamed column is the same cell; another value in the same place is a changed one."""
    before = [cell("1.00"), cell("2.00", "财政拨款", 30.0), cell("3.00", "其他", 50.0)]
    after = [cell("1.00", x=10.1), cell("2.00", "财政拨款收入", 30.0), cell("3.30", "其他", 50.0)]
    match = match_cells(before, after)
    assert (match.gained, match.lost) == ([], [])
    assert [(change.before.value, change.after.value) for change in match.changed] == [("3.00", "3.30")]
    match = match_cells(before[:2], [before[0]])
    assert (match.lost, match.changed) == ([before[1]], [])


def test_equal_figures_count_one_by_one() -> None:
    twice = [cell("0.00"), cell("0.00")]
    match = match_cells(twice, twice[:1])
    assert (len(match.lost), match.gained, match.changed) == (1, [], [])
