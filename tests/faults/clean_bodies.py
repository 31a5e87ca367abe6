"""Clean bodies: seeded registers of made-up bodies whose built documents have nothing wrong with them.

A body is drawn by its seed alone: the same seed gives the same registers on any machine. Everything that a narrative asks
for is put down, so that its document has no gap."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

from gouji.catalog import Catalog
from gouji.registers.narrative_schema import ASSETS, POSITIONS, PRIOR_ITEMS, SUBJECTS, VEHICLES

Rows = list[list[Any]]
GENERAL, GOV_FUND, CAPITAL = "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"
NONFISCAL = "非财政拨款资金"
SOURCES = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
OTHER_NATURES = ("上缴上级支出", "经营支出", "对附属单位补助支出")
SANGONG = ("因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费")
YEARS = (2020, 2024)

_PLACES = ("示例市", "示例县", "样例区", "示例省")
_BODIES = {
    "部门": (
        "财政局",
        "教育局",
        "林业局",
        "规划和自然资源局",
        "文化广电和旅游局",
        "卫生健康委员会",
        "应急管理局",
    ),
    "单位": (
        "科技交流中心",
        "第二中学",
        "疾病预防控制中心",
        "图书馆",
        "公路事务中心",
        "植物园",
        "妇幼保健院",
    ),
}
_CAUSES = (
    "按工作安排作了相应调整",
    "业务安排有所变化",
    "实际工作需要与年初安排不同",
    "据实列支",
    "工作任务的数量有变化",
)
_MORE = ("工作任务增加", "新承担了专项工作", "业务量增加")
_LESS = ("工作任务减少", "部分工作转到下一年度", "厉行节约，压减了开支")
_TEXTS = {
    "部门职责": "贯彻执行国家有关法律法规和方针政策；承担本行业的管理和服务工作；完成上级交办的其他任务。",
    "内设机构": "内设办公室、财务科、业务科。",
    "决算单位构成": "纳入决算编制范围的只有本级，没有下属单位。",
    "机关运行经费说明": "",
    "培训说明": "",
    "公务用车说明": "",
    "国有资产说明": "",
    "政府采购说明": "",
    "绩效评价开展情况": "按照财政部门的统一安排，对整体支出和项目支出开展了绩效自评。",
    "绩效目标完成情况": "各项绩效目标基本完成，服务对象满意度较高。",
    "发现的主要问题及原因": "部分绩效指标不够细化，预算编制的准确性有待提高。",
    "下一步改进措施": "细化绩效指标，加强预算编制，按月跟踪执行进度。",
    "评价结果应用情况": "评价结果作为以后年度预算安排的依据。",
    "附件：机构情况": "经机构编制部门批准成立。",
    "附件：社会保险基金预算支出情况": "没有社会保险基金预算支出。",
    "附件：绩效情况": "围绕年度重点工作，较好地完成了各项任务。",
    "附件：存在的问题及原因分析": "部分绩效指标不够细化。",
    "附件：下一步改进措施": "细化绩效指标，加强过程管理。",
    "附件：结果拟应用和公开情况": "自评结果随决算一并公开。",
    "附件：其他需要说明的情况": "没有其他需要说明的情况。",
}  # fmt: skip


def yuan(cents: int) -> str:
    return str(Decimal(cents) / 100)


class Body:
    """The registers of one body. ``sheets`` are rows with their heads, by register; ``settings`` the text of 单位.toml."""

    def __init__(self, seed: int, catalog: Catalog) -> None:
        self.random = Random(seed)
        self.catalog = catalog
        self.year = self.random.choice(YEARS)
        self.level = self.random.choice(tuple(_BODIES))
        self.name = self.random.choice(_PLACES) + self.random.choice(_BODIES[self.level])
        self.most = 10 ** self.random.choice((6, 7, 8, 8, 9, 10, 11, 12)) * 99 // 100
        """The largest amount of the body in 分: from some thousands of 元 to 99 亿."""
        self.revenue: Rows = []
        self.spent: Rows = []
        self.carried: Rows = []
        self.sums = dict.fromkeys(
            ("in", "out", "fiscal_in", "general", "general_basic", "public", "business", "revenue"), 0
        )
        self.general_items: dict[str, int] = {}
        self.initial: Rows = []
        self.causes: Rows = []
        self._accounts()
        self.sangong, self.final = self._sangong()
        self.sheets = self._sheets()

    @property
    def settings(self) -> str:
        return f'"单位名称" = "{self.name}"\n"层级" = "{self.level}"\n"年度" = {self.year}\n'

    def amount(self, most: int | None = None) -> int:
        """分, of any order of magnitude from 100 元 up; round figures among them."""
        most = most or self.most
        least = min(10_000, most)
        found = round(least * (most / least) ** self.random.random())
        if self.random.random() < 0.3:
            unit = 10 ** max(0, len(str(found)) - self.random.choice((2, 3)))
            found = max(unit, found // unit * unit)
        return max(1, min(found, most))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # ---- the accounts

    def _accounts(self) -> None:
        codes = functional_items(self.catalog, self.year)
        count = self.random.choice((1, 2, 3, 5, 8, 12, 20, 30))
        general = [code for code in codes if code[:3] not in ("223",) and not of_fund(code)]
        for code in sorted(self.random.sample(general, count)):
            self._general(code)
        if self.chance(0.4):
            for code in sorted(
                self.random.sample([c for c in codes if of_fund(c)], self.random.choice((1, 2, 4)))
            ):
                self._other_fund(code, GOV_FUND, needs_code=True)
        if self.chance(0.2):
            for code in sorted(
                self.random.sample([c for c in codes if c.startswith("223")], self.random.choice((1, 2)))
            ):
                self._other_fund(code, CAPITAL)
        if self.chance(0.6):
            for code in sorted(self.random.sample(general, self.random.choice((1, 2, 4)))):
                self._nonfiscal(code)

    def _earn(self, code: str, source: str, cents: int) -> None:
        self.revenue.append([code, source, yuan(cents), ""])
        self.sums["in"] += cents
        self.sums["revenue"] += cents
        if source in (GENERAL, GOV_FUND, CAPITAL):
            self.sums["fiscal_in"] += cents
        if source == "事业收入":
            self.sums["business"] += cents

    def _spend(
        self, code: str, nature: str, fund: str, cents: int, *, what: tuple[str, str] = ("", "")
    ) -> None:
        """``what``: the economic item, and the project."""
        economic, project = what
        self.spent.append([code, nature, fund, economic, project, yuan(cents), ""])
        self.sums["out"] += cents
        if fund == GENERAL:
            self.sums["general"] += cents
            if economic:
                self.sums["general_basic"] += cents
                self.sums["public"] += cents if economic[:3] not in ("301", "303") else 0

    def _begin(self, fund: str, code: str, cents: int) -> None:
        known = [row for row in self.carried if row[1:3] == [fund, code]]
        if known:
            known[0][3] = str(Decimal(known[0][3]) + Decimal(cents) / 100)
        else:
            self.carried.append(["年初结转和结余", fund, code, yuan(cents), ""])
        self.sums["in"] += cents
        if fund != NONFISCAL:
            self.sums["fiscal_in"] += cents

    def _general(self, code: str) -> None:
        basic, project = self.random.choice(((1, 0), (0, 1), (1, 1), (1, 0), (0, 1)))
        spent = 0
        if basic:
            blocks = self.catalog.form_set(self.year).forms[5].blocks
            economic = [code for block in blocks for code in block if len(code) == 5]
            for item in sorted(self.random.sample(economic, self.random.choice((1, 2, 4, 8)))):
                cents = self.amount()
                self._spend(code, "基本支出", GENERAL, cents, what=(item, ""))
                spent += cents
        if project:
            for number in range(self.random.choice((1, 1, 2, 3))):
                cents = self.amount()
                self._spend(code, "项目支出", GENERAL, cents, what=("", f"第{number + 1}期专项{code}"))
                spent += cents
        self._fund(code, GENERAL, spent, coded=True)
        self.general_items[code] = spent
        self._plan(code, "", spent)

    def _other_fund(self, code: str, fund: str, *, needs_code: bool = False) -> None:
        spent = self.amount()
        self._spend(code, "项目支出", fund, spent)
        self._fund(code, fund, spent, coded=needs_code or self.chance(0.5))
        self._plan(code, fund, spent)

    def _fund(self, code: str, fund: str, spent: int, *, coded: bool) -> None:
        """Where the money that was spent comes from: this year's revenue, some of it carried over or left."""
        begin = self.amount(spent) if self.chance(0.2) else 0
        left = self.amount(max(spent // 4, 1)) if self.chance(0.25) else 0
        if begin:
            self._begin(fund, code if coded else "", begin)
        if spent - begin + left > 0:
            self._earn(code, fund, spent - begin + left)

    def _plan(self, code: str, fund: str, spent: int) -> None:
        planned = self.random.choice(
            (spent, spent, self.amount(spent * 2), spent + self.amount(max(spent // 3, 1)), 0)
        )
        if planned:
            self.initial.append([code, fund, yuan(planned), ""])
        self._cause("功能科目支出", code, "与预算相比", spent - planned)

    def _nonfiscal(self, code: str) -> None:
        sources = self.random.sample(SOURCES, self.random.choice((1, 2)))
        got = 0
        for source in sources:
            cents = self.amount()
            self._earn(code, source, cents)
            got += cents
        natures = ["基本支出", "项目支出", *(OTHER_NATURES if self.chance(0.3) else ())]
        for nature in natures:
            if got > 1 and self.chance(0.6):
                cents = self.amount(got)
                got -= cents
                self._spend(code, nature, NONFISCAL, cents)

    # ---- what the narrative asks for

    def _cause(self, subject: str, code: str, compared: str, change: int) -> None:
        directed = _MORE if change > 0 else _LESS
        words = self.random.choice(directed if self.chance(0.5) else _CAUSES)
        self.causes.append([subject, code, compared, words])

    def _sangong(self) -> tuple[Rows, dict[str, int]]:
        """Budget and accounts of the four items, from 0.01 万元 to a tenth of the general expenditure."""
        rows: Rows = []
        final: dict[str, int] = {}
        if self.chance(0.35):
            return rows, dict.fromkeys(SANGONG, 0)
        most = max(self.sums["general"] // 40, 1)
        for item in SANGONG:
            if self.chance(0.4) or most < 10_000:
                final[item] = 0
                if self.chance(0.3):
                    rows.append([item, "预算数", yuan(self.amount(max(most, 10_000))), ""])
                elif self.chance(0.5):
                    rows += [[item, "预算数", "0", ""], [item, "决算数", "0", ""]]
                continue
            final[item] = self.amount(most)
            if self.chance(0.9):
                planned = self.random.choice((final[item], self.amount(most) + final[item]))
                rows.append([item, "预算数", yuan(planned), ""])
            rows.append([item, "决算数", yuan(final[item]), ""])
        return rows, final

    def _prior(self) -> Rows:
        """Last year's figures: more, less or the same, and no part larger than its whole."""
        expenditure_total = self._like(self.sums["in"])
        fiscal = min(self._like(self.sums["fiscal_in"]), expenditure_total)
        general = min(self._like(self.sums["general"]), fiscal)
        basic = min(self._like(self.sums["general_basic"]), general)
        agency = self._like(self.sums["public"]) if self.has_agency else 0
        figures = {
            "收入支出总计": expenditure_total,
            "本年收入合计": min(self._like(self.sums["revenue"]), expenditure_total),
            "本年支出合计": max(min(self._like(self.sums["out"]), expenditure_total), general),
            "事业收入": self._like(self.sums["business"]),
            "财政拨款收支总计": fiscal,
            "一般公共预算财政拨款支出": general,
            "其中：一般公共预算财政拨款基本支出": basic,
            "其中：一般公共预算财政拨款项目支出": general - basic,
            **{item: self._like(self.final[item]) for item in SANGONG},
            "机关运行经费": agency,
        }
        return [[item, yuan(figures[item]), ""] for item in PRIOR_ITEMS]

    def _like(self, cents: int) -> int:
        if not cents:
            return self.amount(50_000_00) if self.chance(0.1) else 0
        how = self.random.random()
        if how < 0.15:
            return cents
        if how < 0.2:
            return 0
        return max(1, round(cents * self.random.uniform(0.4, 1.9)))

    def _sheets(self) -> dict[str, Rows]:
        self.has_agency = bool(self.sums["public"]) and self.chance(0.5)
        prior = self._prior()
        for subject in SUBJECTS:
            if subject != "功能科目支出":
                for compared in ("与上年相比", "与预算相比"):
                    self.causes.append([subject, "", compared, self.random.choice(_CAUSES)])
        texts = [[position, _TEXTS[position]] for position in POSITIONS if _TEXTS[position]]
        heads = {
            "收入": "功能科目编码,收入来源,金额（元）,备注",
            "支出": "功能科目编码,支出性质,资金来源,经济分类科目编码,项目,金额（元）,备注",
            "结转结余": "项目,资金性质,功能科目编码,金额（元）,备注",
            "三公经费": "项目,阶段,金额（元）,备注",
            "上年数": "项目,金额（元）,备注",
            "年初预算": "功能科目编码,资金来源,金额（元）,备注",
            "变动原因": "事项,功能科目编码,比较,原因",
            "文字材料": "位置,文字",
            "出国团组": "目的地,任务,团组数,人次,金额（元）,备注",
            "公务接待": "接待事由,批次,人次,金额（元）,备注",
            "会议培训活动": "类别,名称,内容,人数,金额（元）,备注",
            "政府采购": "采购类别,金额（元）,授予中小企业（元）,授予小微企业（元）,备注",
            "国有资产": "项目,数量,备注",
            "人员": "项目,人数,备注",
            "机关运行经费": "项目,金额（元）,备注",
            "绩效": "项目,项目个数,金额（元）,备注",
        }
        rows: dict[str, Rows] = {
            "收入": self.revenue, "支出": self.spent, "结转结余": self.carried, "三公经费": self.sangong,
            "上年数": prior, "年初预算": self.initial, "变动原因": self.causes, "文字材料": texts,
            "出国团组": self._trips(), "公务接待": self._receptions(), "会议培训活动": self._meetings(),
            "政府采购": self._procurement(), "国有资产": self._assets(), "人员": self._staff(),
            "机关运行经费": [["合计", yuan(self.sums["public"]), ""]] if self.has_agency else [["无", "", ""]],
            "绩效": self._performance(),
        }  # fmt: skip
        return {
            name: [head.split(","), *(rows[name] or [["无"]] * (name in _OPTIONAL))]
            for name, head in heads.items()
        }

    def _shared_out(self, cents: int, parts: int) -> list[int]:
        """``cents`` in up to ``parts`` parts, none of them zero."""
        cuts = sorted({0, cents, *(self.random.randint(1, cents) for _ in range(parts - 1))})
        return [high - low for low, high in pairwise(cuts)]

    def _trips(self) -> Rows:
        final = self.final["因公出国（境）费"]
        places = ("新加坡", "日本", "德国", "港澳地区")
        shares = self._shared_out(final, self.random.choice((1, 2, 3))) if final else []
        return [
            [
                place,
                "业务交流的往返交通、住宿等费用",
                self.random.randint(1, 3),
                self.random.randint(3, 9),
                yuan(share),
                "",
            ]
            for place, share in zip(places, shares, strict=False)
        ] or [["无", "", "", "", "", ""]]

    def _receptions(self) -> Rows:
        final = self.final["公务接待费"]
        reasons = ("兄弟单位来访调研", "上级部门检查指导", "外地同行交流学习")
        shares = self._shared_out(final, self.random.choice((1, 2, 3))) if final else []
        return [
            [reason, self.random.randint(1, 20), self.random.randint(20, 300), yuan(share), ""]
            for reason, share in zip(reasons, shares, strict=False)
        ] or [["无", "", "", "", ""]]

    def _meetings(self) -> Rows:
        rows: Rows = []
        for kind, name, content in (
            ("会议", "年度工作会议", "部署全年工作"), ("培训", "业务骨干培训班", "业务规范和操作"), ("论坛", "行业发展论坛", "行业发展交流"),
        ):  # fmt: skip
            if self.chance(0.4):
                people = self.random.choice(("", self.random.randint(20, 400)))
                most = max(self.sums["out"] // 40, 1)
                rows.append(
                    [kind, name, self.random.choice(("", content)), people, yuan(self.amount(most)), ""]
                )
        return rows or [["无", "", "", "", "", ""]]

    def _procurement(self) -> Rows:
        if self.chance(0.4):
            return [["无", "", "", "", ""]]
        rows: Rows = []
        for kind in ("货物", "工程", "服务"):
            whole = 0 if self.chance(0.3) else self.amount(max(self.sums["out"] // 4, 1))
            sme = self.random.choice((whole, whole, self.amount(whole) if whole else 0, 0))
            small = self.random.choice((sme, self.amount(sme) if sme else 0, 0))
            rows.append([kind, yuan(whole), yuan(sme), yuan(small), ""])
        return rows

    def _assets(self) -> Rows:
        rows: Rows = []
        vehicles = 0
        bought = self.random.randint(1, 3) if self.final["公务用车购置费"] else 0
        running = bought or self.final["公务用车运行费"]
        for item in VEHICLES:
            number = self.random.choice((0, 0, 1, 2, 12)) if running or self.chance(0.2) else 0
            if item == "其他用车" and running:
                number = max(number, bought, 1)
            vehicles += number
            if number or self.chance(0.2):
                rows.append([item, number, ""])
        kept = self.random.randint(max(bought, 1), vehicles) if running else 0
        rows += [["财政拨款开支的公务用车保有量", kept, ""], ["本年购置公务用车", bought, ""]]
        rows += [[item, self.random.choice((0, 0, 1, 14)), ""] for item in list(ASSETS)[-3:]]
        return rows

    def _staff(self) -> Rows:
        posts = self.random.randint(3, 400)
        employed = self.random.randint(1, posts)
        return [
            ["编制人数", posts, ""], ["年末在职人数", employed, ""], ["年末离退休人数", self.random.randint(0, 200), ""],
            ["内设机构个数", 3, ""],
        ]  # fmt: skip

    def _performance(self) -> Rows:
        """整体支出: the year's whole budget is no less than what was spent; projects are parts of it."""
        budget = self.sums["out"] + self.random.choice((0, self.amount(max(self.sums["out"] // 5, 1))))
        projects = self.amount(max(budget // 2, 1))
        return [
            ["全年预算数", "", yuan(budget), ""], ["全年执行数", "", yuan(self.sums["out"]), ""],
            ["一般公共预算项目", self.random.randint(1, 20), yuan(projects), ""],
        ]  # fmt: skip


_OPTIONAL = ("上年数", "年初预算")


def functional_items(catalog: Catalog, year: int) -> list[str]:
    """项 that have a name in ``year``, with their 类 and 款, and whose 类 the forms print."""
    listed = catalog.codes["exp_func_code"]
    named = {code for code, names in listed.names.items() if any(name.valid(year) for name in names)}
    printed = {
        code for code in catalog.lexicon.class_names.values() if code not in ("209", "227", "230", "233")
    }
    return sorted(c for c in named if len(c) == 7 and {c[:3], c[:5]} <= named and c[:3] in printed)


def of_fund(code: str) -> bool:
    """Whether a 项 is one of the government funds (政府性基金)."""
    return code.startswith(("21208", "22904", "22908", "22960", "21369", "21372", "20709", "21469"))
