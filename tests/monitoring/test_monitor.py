"""Execution and indicators by quarter: what was counted, what the year will come to, and which light that gives."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gouji.catalog import CatalogError, load_catalog
from gouji.catalog.monitoring import monitoring_method
from gouji.monitoring import Colour, Monitor, Progress, Watched, watch
from gouji.monitoring.days import read_date
from gouji.registers import WorkspaceError
from gouji.writing.monitor_files import MONITOR

CATALOG = load_catalog()
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "monitoring-2025"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "单位"))


def register(folder: Path, name: str, *rows: str) -> None:
    (folder / "绩效" / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def add(folder: Path, name: str, row: str) -> None:
    with (folder / "绩效" / f"{name}.csv").open("a", encoding="utf-8") as stream:
        stream.write(row + "\n")


def project(monitor: Monitor, name: str) -> Watched:
    return next(watched for watched in monitor.watched if watched.name == name)


def indicator(monitor: Monitor, name: str) -> Progress:
    return next(p for watched in monitor.watched for p in watched.indicators if p.indicator.name == name)


def test_spending_by_quarter_and_what_the_year_will_come_to(folder: Path) -> None:
    monitor = watch(folder, CATALOG)
    assert (monitor.body, monitor.year, monitor.quarter) == ("示例科普协会", 2025, 3)
    execution = project(monitor, "科普活动经费").execution
    assert execution is not None
    assert execution.by_quarter == (Decimal(96000), Decimal(412000), Decimal(526000))
    assert execution.progress == Decimal("64.625")
    assert execution.forecast == execution.spent * 4 / 3
    first, second = execution.lights
    assert (first.colour, first.rule) == (Colour.AMBER, "MX1")
    assert "64.62%" in first.why
    assert "75.00%" in first.why
    assert (second.colour, second.rule) == (Colour.AMBER, "MX2")


def test_the_body_as_a_whole_has_every_payment(folder: Path) -> None:
    execution = project(watch(folder, CATALOG), "示例科普协会").execution
    assert execution is not None
    assert execution.spent == 6617000
    assert len(execution.payments) == 12


def test_a_plan_takes_the_place_of_the_even_course(folder: Path) -> None:
    execution = project(watch(folder, CATALOG), "科普场馆改造").execution
    assert execution is not None
    assert execution.planned
    assert execution.due == 70
    assert execution.lights[0].colour is Colour.RED
    register(folder, "季度计划", "项目,内容,一季度,二季度,三季度,四季度", "科普场馆改造,支出,0,10,30,100")
    relaxed = project(watch(folder, CATALOG), "科普场馆改造").execution
    assert relaxed is not None
    assert relaxed.lights[0].colour is Colour.GREEN


def test_an_earlier_quarter_knows_nothing_of_later_ones(folder: Path) -> None:
    monitor = watch(folder, CATALOG, 2)
    assert indicator(monitor, "举办讲座").texts == ("2场", "5场")
    execution = project(monitor, "科普活动经费").execution
    assert execution is not None
    assert [payment.quarter for payment in execution.payments] == [1, 2]


@pytest.mark.parametrize(
    ("name", "colour", "rule", "forecast"),
    [
        ("举办讲座", Colour.GREEN, "MX3", "12"),
        ("机器人竞赛", Colour.GREEN, "MX3", None),
        ("百人以上活动占比", Colour.GREEN, "MX5", None),
        ("参加者投诉", Colour.AMBER, "MX4", "5.33"),
        ("展厅改造", Colour.RED, "MX3", "1.50"),
        ("公众对科学的兴趣", Colour.NONE, "", None),
        ("整体支出", Colour.GREEN, "MX4", "8822666.67"),
    ],
)  # fmt: skip
def test_lights_of_indicators(
    folder: Path, name: str, colour: Colour, rule: str, forecast: str | None
) -> None:
    progress = indicator(watch(folder, CATALOG), name)
    assert (progress.light.colour, progress.light.rule) == (colour, rule), progress.light
    rounded = progress.forecast.quantize(Decimal("0.01")) if progress.forecast is not None else None
    assert rounded == (Decimal(forecast) if forecast else None)


def test_few_pieces_are_not_forecast_without_a_plan(folder: Path) -> None:
    (folder / "绩效" / "季度计划.csv").unlink()
    progress = indicator(watch(folder, CATALOG), "机器人竞赛")
    assert progress.light.colour is Colour.NONE
    assert "不作推算" in progress.light.why
    done = indicator(watch(folder, CATALOG, 4), "机器人竞赛")
    assert done.light.colour is Colour.RED


def test_what_is_reached_is_green_and_what_is_exceeded_red(folder: Path) -> None:
    for number in range(3):
        add(folder, "登记/活动", f"2025-09-2{number},加场,讲座,图书馆,200")
        add(folder, "登记/投诉", f"2025-09-2{number},太挤,有效")
    monitor = watch(folder, CATALOG)
    assert "达到指标值" in indicator(monitor, "举办讲座").light.why
    assert indicator(monitor, "参加者投诉").light.colour is Colour.RED


def test_overspending_is_red(folder: Path) -> None:
    add(folder, "支出台账", "2025-09-28,科普活动经费,当年财政拨款,700000,补付,记-299")
    execution = project(watch(folder, CATALOG), "科普活动经费").execution
    assert execution is not None
    assert execution.lights[0].colour is Colour.GREEN
    assert execution.lights[1].colour is Colour.RED
    assert "超过100%" in execution.lights[1].why


def test_each_count_shows_its_rows(folder: Path) -> None:
    progress = indicator(watch(folder, CATALOG, 2), "举办讲座")
    assert progress.trace is not None
    assert [row.cells["名称"] for row in progress.trace.rows][-1] == "水从哪里来"


def test_rows_of_other_years_are_named_and_not_counted(folder: Path) -> None:
    add(folder, "支出台账", "2024-12-30,科普活动经费,当年财政拨款,99,旧账,记-1")
    add(folder, "登记/活动", "2024-12-30,旧讲座,讲座,图书馆,200")
    monitor = watch(folder, CATALOG)
    assert len(monitor.notices) == 2
    assert all("没有计入" in str(notice) for notice in monitor.notices)
    assert indicator(monitor, "举办讲座").texts[-1] == "9场"


def test_at_the_end_of_the_year_the_ledger_has_to_fit_the_money(folder: Path) -> None:
    register(
        folder, "资金", "项目,资金,年初预算数（元）,全年预算数（元）,全年执行数（元）",
        "示例科普协会,一般公共预算,9600000,10000000,6617000", "科普活动经费,当年财政拨款,1600000,1600000,1034001",
        "科普场馆改造,当年财政拨款,2000000,2400000,680000",
    )  # fmt: skip
    notices = [str(notice) for notice in watch(folder, CATALOG, 4).notices]
    assert len(notices) == 1
    assert "1,034,001.00元，支出台账合计1,034,000.00元" in notices[0]


@pytest.mark.parametrize(
    ("name", "row", "why"),
    [
        ("支出台账", "去年底,科普活动经费,当年财政拨款,1,x,1", "看不懂日期"),
        ("支出台账", "2025-02-30,科普活动经费,当年财政拨款,1,x,1", "看不懂日期"),
        ("支出台账", "2025-02-03,别的项目,当年财政拨款,1,x,1", "没有列在"),
        ("支出台账", "2025-02-03,科普活动经费,当年财政拨款,若干,x,1", "若干"),
        ("季度计划", "科普活动经费,支出,30,20,60,100", "一季比一季不少"),
        ("季度计划", "别的项目,支出,10,20,60,100", "没有项目"),
        ("登记/活动", "某日,讲座,讲座,x,1", "看不懂日期"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(folder: Path, name: str, row: str, why: str) -> None:
    add(folder, name, row)
    with pytest.raises(WorkspaceError, match=why):
        watch(folder, CATALOG)


def test_a_register_without_dates_and_a_missing_ledger(folder: Path) -> None:
    register(folder, "登记/展厅", "展厅,验收单", "天文展厅,1")
    with pytest.raises(WorkspaceError, match="没有“日期”一列"):
        watch(folder, CATALOG)
    (folder / "绩效" / "支出台账.csv").unlink()
    with pytest.raises(WorkspaceError, match="支出台账"):
        watch(folder, CATALOG)


@pytest.mark.parametrize(
    "text", ["2025-04-10", "2025/4/10", "2025.4.10", "2025年4月10日", "20250410", "2025-04-10 00:00:00"]
)
def test_dates_as_people_write_them(text: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.isoformat() == "2025-04-10"


def test_the_files_say_the_same(folder: Path) -> None:
    monitor = watch(folder, CATALOG)
    files = {name: write(monitor) for name, write in MONITOR.items()}
    assert files == {name: write(monitor) for name, write in MONITOR.items()}
    data = json.loads(files["monitor.json"])
    page = files["绩效监控.html"].decode()
    book = load_workbook(io.BytesIO(files["绩效监控.xlsx"]))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    for watched in data["watched"]:
        lights = [*watched["execution"]["lights"], *(each["light"] for each in watched["indicators"])]
        for light in lights:
            text = light["why"] + (f"（{light['rule']}）" if light["rule"] else "")
            assert text in page
            assert text in cells
    assert {rule["id"] for rule in data["rules"]} <= cells
    assert data["forecast"]["explains"] in page


def test_bounds_are_data_and_a_method_lacks_nothing() -> None:
    method = CATALOG.monitoring
    assert method.source
    assert method.bounds_source
    strict = replace(
        method, lights={**method.lights, "execution": replace(method.lights["execution"], green=Decimal(-5))}
    )
    monitor = watch(EXAMPLE, replace(CATALOG, monitoring=strict))
    execution = project(monitor, "示例科普协会").execution
    assert execution is not None
    assert execution.lights[0].colour is Colour.AMBER
    raw = {"title": "x", "valid_from": 2019, "source": "x", "bounds_source": "x",
           "forecast": {"title": "x", "explains": "x", "least_count": 4}, "lights": [{"id": "MX1"}]}  # fmt: skip
    with pytest.raises(CatalogError, match="about"):
        monitoring_method(raw)
