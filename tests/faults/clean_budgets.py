"""Clean budgets: seeded registers of made-up bodies, for every set of forms, with all that the explanation asks for.

Last year's lines are this year's, each more, less or the same, so that last year's figures fit each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from clean_bodies import Rows, functional_items, of_fund, yuan

from gouji.catalog import Catalog
from gouji.registers.budget_narrative_schema import BUDGET_POSITIONS, BUDGET_SUBJECTS, LAST_YEAR_ITEMS

STYLES = (
    ("hunan-2025-budget", "hunan-2025-budget"), ("national-budget", "national-budget"),
    ("shanghai-budget", "shanghai-budget"), ("shanghai-department-budget", "shanghai-budget"),
)  # fmt: skip
"""Sets of forms, and how the explanation beside them is worded."""
GENERAL, GOV_FUND, CAPITAL = "一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款"
FISCAL = (GENERAL, GOV_FUND, CAPITAL)
OWN = ("事业收入", "其他收入")
SANGONG = ("因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费")
_CLASSES = {
    "基本支出": ("30101", "30102", "30108", "30113", "30201", "30213", "30302"),
    "项目支出": ("30227", "30299", "31002"),
}
_USES = ("机构运转和日常工作", "重点业务工作", "服务对象的补助", "设施维护和设备更新")
_NAMES = {
    "部门": ("林业局", "应急管理局", "文化广电和旅游局"),
    "单位": ("图书馆", "公路事务中心", "科技交流中心"),
}


class Line(NamedTuple):
    """Expenditure; amounts in 分, this year's and what was budgeted and spent last year."""

    code: str
    nature: str
    fund: str
    year: str
    economic: str
    project: str
    cents: int
    last: int
    spent: int


class BudgetBody:
    """The registers of one budget. ``sheets`` are rows with their heads, by register; ``settings`` the text of 单位.toml."""

    def __init__(self, seed: int, catalog: Catalog) -> None:
        self.random = Random(f"budget {seed}")
        self.forms, self.phrases = STYLES[seed % len(STYLES)]
        self.level = "部门" if "department" in self.forms else "单位"
        self.name = "示例市" + self.random.choice(_NAMES[self.level])
        self.most = 10 ** self.random.choice((7, 8, 9, 10, 11))
        self.lines = list(
            self._lines([c for c in functional_items(catalog, 2025) if not of_fund(c) and c[:3] != "223"])
        )
        self.sangong = {item: self._amount(self.most // 50) if self._chance(0.6) else 0 for item in SANGONG}
        self.sheets = self._sheets()

    @property
    def settings(self) -> str:
        return "\n".join((
            '"公开内容" = "预算"', f'"单位名称" = "{self.name}"', f'"层级" = "{self.level}"', '"年度" = 2025',
            f'"单位性质" = "{"行政机关" if self.level == "部门" else "事业单位"}"', '"单位编码" = "208001"',
            '"主管部门" = "示例市主管局"', '"主管部门编码" = "208"', f'"表样" = "{self.forms}"',
            f'"说明文本" = "{self.phrases}"', "",
        ))  # fmt: skip

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _amount(self, most: int) -> int:
        """分, of any order of magnitude from 100 元 up."""
        least = 10_000
        return round(least * (max(most, least) / least) ** self.random.random())

    def _lines(self, codes: list[str]) -> Iterator[Line]:
        general = sorted(self.random.sample(codes, self.random.choice((1, 2, 4, 8, 15))))
        number = 0
        for code in general:
            for nature in self.random.choice((("基本支出",), ("项目支出",), ("基本支出", "项目支出"))):
                for economic in self.random.sample(_CLASSES[nature], self.random.choice((1, 2, 3))):
                    number += nature == "项目支出"
                    project = f"第{number}号专项" if nature == "项目支出" else ""
                    fund = GENERAL if nature == "基本支出" or self._chance(0.8) else self.random.choice(OWN)
                    yield self._line(code, nature, fund, economic, project)
        if self._chance(0.3):
            yield self._line("2120899", "项目支出", GOV_FUND, "30299", "基金专项")

    def _line(self, code: str, nature: str, fund: str, economic: str, project: str) -> Line:
        cents = self._amount(self.most)
        year = "上年结转" if nature == "项目支出" and fund == GENERAL and self._chance(0.15) else "本年"
        last, spent = (
            cents if self._chance(0.2) else round(cents * self.random.uniform(0.5, 1.8)) for _ in range(2)
        )
        return Line(code, nature, fund, year, economic, project, cents, last, spent)

    def _sheets(self) -> dict[str, Rows]:
        rows: dict[str, Rows] = {
            "收入预算": self._revenue(), "支出预算": self._expenditure(),
            "三公经费预算": [[item, yuan(cents), ""] for item, cents in self.sangong.items() if cents],
            "上年数": self._last_year(), "变动原因": self._causes(),
            "文字材料": [[position, "按照年度工作计划和有关规定开展工作。"] for position in BUDGET_POSITIONS],
            "支出用途": self._uses(), "会议培训活动": [["无", "", "", "", "", ""]],
            "政府采购预算": self._purchases(), "资产与购置计划": [["其他用车", 3, 0, ""]],
            "人员": [["编制人数", 30, ""], ["年末在职人数", 28, ""], ["年末离退休人数", 4, ""]],
            "机关运行经费": self._agency(), "绩效目标情况": self._targets(),
        }  # fmt: skip
        return {name: [_HEADS[name].split(","), *own] for name, own in rows.items()}

    def _revenue(self) -> Rows:
        money: Counter[tuple[str, str]] = Counter()
        for line in self.lines:
            money[line.fund, line.year] += line.cents
        split = {GENERAL: "经费拨款"} if self.forms.startswith("hunan") else {}
        return [
            [split.get(fund, fund), year, yuan(cents), ""] for (fund, year), cents in sorted(money.items())
        ]

    def _expenditure(self) -> Rows:
        return [
            [
                line.code,
                line.nature,
                line.fund,
                line.year,
                line.economic,
                "",
                line.project,
                yuan(line.cents),
                "",
            ]
            for line in self.lines
        ]

    def _last_year(self) -> Rows:
        def told(label: str, fits: Callable[[Line], bool]) -> list[str]:
            own = [line for line in self.lines if fits(line)]
            return [label, "", "", yuan(sum(o.last for o in own)), yuan(sum(o.spent for o in own)), ""]

        rows: Rows = []
        for label, fact in LAST_YEAR_ITEMS.items():
            if label in SANGONG:
                cents = self.sangong[label]
                last, spent = (
                    cents if self._chance(0.4) else self._amount(self.most // 50) for _ in range(2)
                )
                rows.append([label, "", "", yuan(last), yuan(spent), ""])
            elif fact.concept in ("agency_operation", "meeting", "training", "carryover_end"):
                rows.append([label, "", "", "0", "0", ""])
            elif label == "功能科目支出":
                for code in sorted({line.code for line in self.lines}):
                    own = [li for li in self.lines if li.code == code and li.fund == GENERAL]
                    rows.append(
                        [label, code, "", yuan(sum(o.last for o in own)), yuan(sum(o.spent for o in own)), ""]
                    )
            else:
                rows.append(told(label, _fits(fact.concept, dict(fact.dims))))
        return rows

    def _causes(self) -> Rows:
        rows: Rows = []
        for compared in ("与上年相比", "与上年执行数相比"):
            for subject in BUDGET_SUBJECTS:
                codes = sorted({line.code for line in self.lines}) if subject == "功能科目支出" else [""]
                rows += [[subject, code, compared, "工作安排有所调整"] for code in codes]
        return rows

    def _uses(self) -> Rows:
        codes = sorted({line.code for line in self.lines})
        projects = sorted({line.project for line in self.lines if line.project})
        return [
            *([code, "", f"{self.random.choice(_USES)}（{code}）"] for code in codes),
            *(["", project, f"{project}的{self.random.choice(_USES)}"] for project in projects),
        ]

    def _purchases(self) -> Rows:
        rows: Rows = []
        for kind in ("货物", "工程", "服务"):
            whole = self._amount(self.most // 20) if self._chance(0.7) else 0
            part = self.random.choice((whole, whole // 2, 0))
            rows.append([kind, yuan(whole), yuan(part), yuan(part // 2), ""])
        return rows

    def _agency(self) -> Rows:
        public = [
            line for line in self.lines
            if line.nature == "基本支出" and line.fund == GENERAL and line.economic[:3] not in ("301", "303")
        ]  # fmt: skip
        if self.level != "部门" or not public:
            return [["无", "", ""]]
        return [["合计", yuan(sum(line.cents for line in public)), ""]]

    def _targets(self) -> Rows:
        projects = {line.project: line.cents for line in self.lines if line.project}
        rows: Rows = [["部门（单位）整体支出", "", yuan(sum(line.cents for line in self.lines)), ""]]
        if projects:
            rows.append(["项目支出", len(projects), yuan(sum(projects.values())), ""])
        return rows


def _fits(concept: str, dims: dict[str, str]) -> Callable[[Line], bool]:
    """The lines that make up a figure of last year, when nothing was carried into it."""
    funds = {"general": (GENERAL,), "gov_fund": (GOV_FUND,), "state_capital": (CAPITAL,), "fiscal": FISCAL}
    own = {"business": ("事业收入",), "other": ("其他收入",)}
    natures = {"basic": "基本支出", "project": "项目支出"}
    fund, nature = dims.get("fund_type_code"), dims.get("nature")

    def fits(line: Line) -> bool:
        if concept == "carryover_begin":
            return False
        return (fund is None or line.fund in {**funds, **own}.get(fund, ())) and (
            nature is None or line.nature == natures[nature]
        )

    return fits


_HEADS = {
    "收入预算": "收入来源,资金年度,金额（元）,备注",
    "支出预算": "功能科目编码,支出性质,资金性质,资金年度,部门经济科目编码,政府经济科目编码,项目名称,金额（元）,备注",
    "三公经费预算": "项目,金额（元）,备注",
    "上年数": "项目,功能科目编码,资金性质,上年预算数（元）,上年执行数（元）,备注",
    "变动原因": "事项,功能科目编码,比较,原因",
    "文字材料": "位置,文字",
    "支出用途": "功能科目编码,项目名称,用途",
    "会议培训活动": "类别,名称,内容,人数,金额（元）,备注",
    "政府采购预算": "采购类别,金额（元）,预留中小企业（元）,预留小微企业（元）,备注",
    "资产与购置计划": "项目,现有数量,计划购置数量,备注",
    "人员": "项目,人数,备注",
    "机关运行经费": "项目,金额（元）,备注",
    "绩效目标情况": "项目,项目个数,金额（元）,备注",
}
