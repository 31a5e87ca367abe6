"""From registers to self-evaluations: actual values are counted, scores computed, changed scores kept beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from gouji.catalog import Catalog, ScoringMethod, fold
from gouji.facts import Place, Unit, as_printed, render
from gouji.performance import (
    Adopted,
    Amount,
    Evaluation,
    EvidenceRow,
    Indicator,
    MoneyRow,
    PerformanceForm,
    Rated,
    RowText,
    Trace,
    execution_score,
    like_target,
    read_value,
    rounded,
    score_indicator,
    share,
)
from gouji.registers.amount import read_amount
from gouji.registers.performance_sheets import (
    ACTIVITIES,
    FOLDER,
    PerformanceSheets,
    Record,
    read_performance_sheets,
    shown,
)
from gouji.registers.problem import Problem
from gouji.registers.sheet import Flaw

_STAGES = (("initial", "年初预算数（元）"), ("budget", "全年预算数（元）"), ("spent", "全年执行数（元）"))
_CONDITION = re.compile(r"^(.+?)(>=|<=|≥|≤|=|>|<)(.+)$")


def read_evaluations(folder: Path, catalog: Catalog) -> tuple[tuple[Evaluation, ...], list[Problem]]:
    """The self-evaluations that the folder 绩效 of a workspace describes; none where there is no such folder."""
    if not (folder / FOLDER).is_dir():
        return (), []
    sheets, problems = read_performance_sheets(folder / FOLDER)
    if sheets is None:
        return (), problems
    evaluator = _Evaluator(sheets, catalog)
    evaluations = tuple(evaluator.evaluate(record) for record in sheets.projects)
    names = {record["项目"] for record in sheets.projects}
    for name, records in (("资金", sheets.money), ("指标", sheets.indicators)):
        evaluator.problems.extend(
            Problem(
                shown(name),
                f"项目“{record['项目']}”没有列在{shown('项目')}里",
                row=record.number,
                column="项目",
            )
            for record in records
            if record["项目"] not in names
        )
    return evaluations, evaluator.problems


class _Evaluator:
    def __init__(self, sheets: PerformanceSheets, catalog: Catalog) -> None:
        self.sheets = sheets
        self.wording = catalog.performance
        self.method: ScoringMethod = catalog.scoring[0]
        self.rows = RowText(catalog.performance)
        self.problems: list[Problem] = []

    def evaluate(self, record: Record) -> Evaluation:
        """One form. A project without a competent department (主管部门) is the body as a whole."""
        name = record["项目"]
        whole = not record["主管部门"]
        place = Place(shown("项目"), None, None, f"第{record.number}行")
        form = PerformanceForm(
            record.number, "self_evaluation", "department" if whole else "project",
            "部门整体支出绩效自评表" if whole else "项目支出绩效自评表", place,
            project="" if whole else name, department=record["主管部门"], body=name if whole else record["实施单位"],
            goal=record["预期目标"], result=record["实际完成情况"],
        )  # fmt: skip
        budget, spent = self._money(form, name)
        rated = [self._rate(row, spent) for row in self.sheets.indicators if row["项目"] == name]
        found = tuple(item for item in rated if item is not None)
        form.indicators = [item.indicator for item in found]
        self._total(form, found, budget, spent)
        return Evaluation(form, found)

    # ---- Money. ----

    def _money(self, form: PerformanceForm, name: str) -> tuple[Decimal, Decimal]:
        sums = dict.fromkeys((stage for stage, _ in _STAGES), Decimal(0))
        parts: list[MoneyRow] = []
        for record in self.sheets.money:
            if record["项目"] != name:
                continue
            id = self.wording.money_rows.get(fold(record["资金"]), "")
            if id not in self.wording.money_parts:
                known = "、".join(
                    k for k, v in self.wording.money_rows.items() if v in self.wording.money_parts
                )
                self._wrong("资金", record, "资金", f"不认识“{record['资金']}”；可用的有：{known}")
                continue
            amounts: dict[str, Amount] = {}
            for stage, column in _STAGES:
                value = read_amount(record[column] or None)
                if isinstance(value, Flaw):
                    self._wrong("资金", record, column, value.text)
                elif value is not None:
                    sums[stage] += value
                    amounts[stage] = self._amount(value, record)
            parts.append(MoneyRow(id, record["资金"], amounts))
        if parts:
            total = {stage: self._amount(value, None) for stage, value in sums.items()}
            form.money = [MoneyRow("total", "年度资金总额", total), *parts]
        return sums["budget"], sums["spent"]

    def _amount(self, value: Decimal, record: Record | None) -> Amount:
        printed = as_printed(render(value, Unit.WAN_YUAN, 2), Unit.WAN_YUAN)
        assert printed is not None
        return Amount(printed, Place(shown("资金"), None, None, f"第{record.number}行" if record else ""))

    # ---- Indicators. ----

    def _rate(self, record: Record, spent: Decimal) -> Rated | None:
        target = read_value(record["指标值"], self.wording.values)
        actual, trace = record["完成值"], None
        way = record["计算"]
        if way in ("行数", "合计"):
            counted = self._count(record, way)
            if counted is None:
                return None
            amount, trace = counted
            actual = like_target(amount, target, self.wording.values)
        elif way == "执行数":
            actual = f"{render(spent, Unit.WAN_YUAN, 2)}万元"
        elif way not in ("", "填写"):
            self._wrong("指标", record, "计算", f"不认识“{way}”；可用的有：行数、合计、执行数、填写")
            return None
        texts = {
            "level1": record["一级指标"], "level2": record["二级指标"], "name": record["三级指标"],
            "target": record["指标值"], "actual": actual, "weight": record["分值"],
            "cause": record["偏差原因分析及改进措施"],
        }  # fmt: skip
        place = Place(shown("指标"), None, None, f"第{record.number}行")
        indicator = self.rows.indicator({**texts, "score": ""}, place)
        scored = score_indicator(indicator, self.method)
        if scored is None:
            self._wrong("指标", record, "分值", f"这里要填数字，写的是“{record['分值'] or '（空白）'}”")
            return None
        score = self._adopt(record, scored.computed, scored.high)
        if score is None:
            return None
        return Rated(self._with_score(texts, place, score), score, trace)

    def _with_score(self, texts: dict[str, str], place: Place, score: Adopted) -> Indicator:
        return self.rows.indicator({**texts, "score": _plain(score.given)}, place)

    def _adopt(self, record: Record, computed: Decimal | None, most: Decimal) -> Adopted | None:
        """The score of a row: the computed one (to one decimal), or the one that a person gives."""
        given = share(record["得分"]).value
        settled = rounded(computed, 1) if computed is not None else None
        if record["得分"] and given is None:
            self._wrong("指标", record, "得分", f"这里要填数字，写的是“{record['得分']}”")
            return None
        if given is None and settled is None:
            self._wrong("指标", record, "得分", "完成情况不能由数字算出得分，请评定后填写得分")
            return None
        adopted = given if given is not None else settled
        assert adopted is not None
        if adopted > most or adopted < 0:
            self._wrong("指标", record, "得分", f"得分{adopted}超出了0到分值{most}")
            return None
        try:
            return Adopted(settled, adopted, record["改动理由"])
        except ValueError:
            self._wrong(
                "指标", record, "改动理由", f"按办法应得{settled}分，填的是{adopted}分，请写明改动理由"
            )
            return None

    # ---- Counting. ----

    def _count(self, record: Record, way: str) -> tuple[Decimal, Trace] | None:
        name = record["登记"]
        if name not in self.sheets.activities:
            known = "、".join(self.sheets.activities) or "还没有"
            self._wrong("指标", record, "登记", f"没有登记“{name}”；{FOLDER}/{ACTIVITIES}里的登记：{known}")
            return None
        columns, rows = self.sheets.activities[name]
        chosen = [row for row in rows if self._fits(row, record, columns)]
        of = f"中{record['条件']}的" if record["条件"] else "的"
        how = f"“{name}”登记{of}{len(chosen)}行"
        amount = Decimal(len(chosen))
        if way == "合计":
            column = record["合计列"]
            if column not in columns:
                self._wrong(
                    "指标",
                    record,
                    "合计列",
                    f"登记“{name}”没有“{column}”一列；现有的是：{'、'.join(columns)}",
                )
                return None
            amount = Decimal(0)
            for row in chosen:
                value = share(row[column]).value
                if value is None:
                    file = shown(f"{ACTIVITIES}/{name}")
                    self.problems.append(
                        Problem(
                            file,
                            f"这里要填数字，写的是“{row[column] or '（空白）'}”",
                            row=row.number,
                            column=column,
                        )
                    )
                    return None
                amount += value
            how += f"，“{column}”合计{_plain(amount)}"
        evidence = tuple(EvidenceRow(row.number, row.cells) for row in chosen)
        return amount, Trace(how, shown(f"{ACTIVITIES}/{name}"), columns, evidence)

    def _fits(self, row: Record, record: Record, columns: Sequence[str]) -> bool:
        """Whether a row fulfils the conditions of an indicator: 类别=讲座；人数>=50."""
        for condition in filter(None, re.split("[;；]", record["条件"])):
            match = _CONDITION.match(condition.strip())
            if match is None or match[1].strip() not in columns:
                problem = Problem(
                    shown("指标"),
                    f"看不懂条件“{condition}”；写法如：类别=讲座；人数>=50",
                    row=record.number,
                    column="条件",
                )
                if problem not in self.problems:
                    self.problems.append(problem)
                return False
            if not _holds(row[match[1].strip()], match[2], match[3].strip()):
                return False
        return True

    # ---- Totals. ----

    def _total(self, form: PerformanceForm, rated: Sequence[Rated], budget: Decimal, spent: Decimal) -> None:
        weight = self.method.execution_weight
        exact = execution_score(budget, spent, weight)
        points = sum((item.score.given for item in rated), Decimal(0))
        weights = sum((i.weight.value for i in form.indicators if i.weight and i.weight.value), Decimal(0))
        if exact is not None:
            execution = rounded(exact, 1)
            form.execution_weight = share(_plain(weight))
            form.execution_rate = share(f"{spent / budget * 100:.2f}%")
            form.execution_score = share(_plain(execution))
            points, weights = points + execution, weights + weight
        form.total_weight, form.total_score = share(_plain(weights)), share(_plain(points))
        if weights != self.method.total:
            text = f"“{form.project or form.body}”各项分值合计{_plain(weights)}（含预算执行率），应为{self.method.total}"
            self.problems.append(Problem(shown("指标"), text, column="分值"))

    def _wrong(self, name: str, record: Record, column: str, text: str) -> None:
        self.problems.append(Problem(shown(name), text, row=record.number, column=column))


def _holds(cell: str, sign: str, wanted: str) -> bool:
    if sign == "=":
        return fold(cell) == fold(wanted)
    one, other = share(cell).value, share(wanted).value
    if one is None or other is None:
        return False
    return {
        ">=": one >= other,
        "≥": one >= other,
        "<=": one <= other,
        "≤": one <= other,
        ">": one > other,
    }.get(sign, one < other)


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
