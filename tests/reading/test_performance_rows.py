"""``gouji read --indicators``: every indicator as a row of data, with what the method gives for it."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from gouji.cli.main import app
from gouji.documents.opening import open_document
from gouji.reading import read_document
from gouji.reading.performance_rows import INDICATOR_COLUMNS, as_csv, as_json

sys.path.insert(0, str(Path(__file__).resolve().parent))
from test_performance_forms import CATALOG, table

HTML = "<p>项目支出绩效自评表</p>" + table(
    "项目名称|7>灯会", "2^项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分", "年度资金总额|100|100|94|10|94%|9.4",
    "一级指标|二级指标|三级指标|半年(程)指标值|年度指标值|实际完成值|分值|得分", "产出指标|数量指标|游客人次|≥1万人次|≥3万人次|2.4万人次|50|40",
    "效益指标|社会效益指标|夜间消费|带动|带动|有所带动|30|27", "满意度指标|服务对象满意度指标|游客满意度||≥90%|95%|10|9", "6>总分|100|85.4",
)  # fmt: skip


def readings(folder: Path) -> list:
    path = folder / "自评.html"
    path.write_text(f"<html><body>{HTML}</body></html>", encoding="utf-8")
    return [read_document(open_document(path), CATALOG)]


def test_rows_have_targets_typed_and_marks_computed(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(readings(tmp_path), CATALOG.scoring[0]))))
    assert tuple(rows[0]) == INDICATOR_COLUMNS
    visitors, spending, satisfied, execution, total = rows
    assert (visitors["operator"], visitors["low"], visitors["unit"]) == ("≥", "30000", "人次")
    assert (visitors["half_target"], visitors["actual_low"], visitors["reached"]) == (
        "≥1万人次",
        "24000",
        "missed",
    )
    assert [row["computed"] for row in rows] == ["40", "", "10", "9.4", "86.4"]
    assert [row["agrees"] for row in rows] == ["yes", "yes", "no", "yes", "no"]
    assert (spending["type"], spending["score"]) == ("定性", "27")
    assert (satisfied["weight"], execution["row"], total["row"]) == ("10", "execution", "total")


def test_json_says_the_same_with_types(tmp_path: Path) -> None:
    [first, second, *_] = json.loads(as_json(readings(tmp_path), CATALOG.scoring[0]))
    assert first["agrees"] is True
    assert (second["low"], second["computed"]) == (None, None)


def test_a_file_without_forms_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readings(tmp_path)
    assert app(["read", str(tmp_path / "自评.html"), "--indicators"], result_action="return_value") == 0
    assert "游客人次" in capsys.readouterr().out
    path = tmp_path / "决算.html"
    heads = table("项目|本年收入合计|财政拨款收入", "栏次|1|2", "合计|12.50|12.50", "教育支出|12.50|12.50")
    path.write_text(f"<html><body><p>收入决算表</p>{heads}</body></html>", encoding="utf-8")
    code = app(["read", str(path), "--indicators"], result_action="return_value")
    assert code == 2
    assert "没有读出绩效目标表或绩效自评表" in capsys.readouterr().err
