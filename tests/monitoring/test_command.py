"""``gouji monitor`` as it is typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gouji.cli.main import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "monitoring-2025"


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["monitor", *words])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_red_lights_are_said_and_tell_in_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(EXAMPLE), "-o", str(tmp_path / "监控")) == 1
    said = capsys.readouterr().out
    assert "红 展厅改造：已完成1个，推算全年是指标值3个的50%，低于80%（MX3）" in said
    names = {path.name for path in (tmp_path / "监控").iterdir()}
    assert names == {"绩效监控.html", "绩效监控.xlsx", "monitor.json", "gouji-manifest.json"}
    assert run(str(EXAMPLE), "-o", str(tmp_path / "监控"), "--quarter", "1") == 1


def test_without_red_lights(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "单位"))
    (folder / "绩效" / "项目.csv").write_text(
        "项目,主管部门,实施单位,预期目标,实际完成情况\n科普活动经费,示例科普协会,示例科普协会,,\n",
        encoding="utf-8",
    )
    ledger = folder / "绩效" / "支出台账.csv"
    lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    ledger.write_text(
        "".join(lines[:1] + [line for line in lines if "科普活动经费" in line]), encoding="utf-8"
    )
    (folder / "绩效" / "季度计划.csv").unlink()
    assert run(str(folder), "-o", str(tmp_path / "监控")) == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [(("--quarter", "5"), "季度只有1到4"), ((), "找不到这个文件夹")],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], why: str
) -> None:
    folder = EXAMPLE if words else tmp_path / "没有"
    assert run(str(folder), "-o", str(tmp_path / "监控"), *words) == 2
    assert why in capsys.readouterr().err
    assert not (tmp_path / "监控").exists()
