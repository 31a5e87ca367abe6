"""From registers to self-evaluations: actual values are counted, scores computed, changed scores kept beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from gouji.catalog import Catalog, PerformanceLayout, PerformanceLayouts, ScoringMethod, label_of
from gouji.facts import Place, Unit, as_printed, render
from gouji.performance import (
    TEXTS_KEPT,
    Adopted,
    Amount,
    Evaluation,
    Indicator,
    PerformanceForm,
    Rated,
    RowText,
    Task,
    TaskRow,
    Words,
    execution_score,
    grade,
    read_value,
    rounded,
    score_indicator,
    share,
)
from gouji.registers.amount import read_amount
from gouji.registers.evaluation_money import EvaluationMoney, ProjectMoney
from gouji.registers.evidence import Evidence, plain
from gouji.registers.performance_sheets import (
    FOLDER,
    INDICATORS,
    MONEY,
    PROJECTS,
    SCORE,
    TASK_MONEY,
    TASKS,
    PerformanceSheets,
    Record,
    read_performance_sheets,
    shown,
)
from gouji.registers.problem import Problem
from gouji.registers.self_evaluation import SelfEvaluation, collected
from gouji.registers.sheet import Flaw


def read_self_evaluation(
    folder: Path, catalog: Catalog, year: int, wanted: str = ""
) -> tuple[SelfEvaluation | None, list[Problem]]:
    """The self-evaluation that the folder 绩效 of a workspace describes, and what is wrong with it; ``None`` where there
    is no such folder. ``wanted`` is the id of a set of performance forms, or empty for the general one."""
    if not (folder / FOLDER).is_dir():
        return None, []
    sheets, problems = read_performance_sheets(folder / FOLDER)
    if sheets is None:
        return None, problems
    layouts = catalog.layouts(year, wanted)
    evaluator = _Evaluator(sheets, catalog, layouts)
    found = [evaluator.evaluate(record) for record in sheets[PROJECTS]]
    evaluations = tuple(evaluation for evaluation in found if evaluation is not None)
    problems = [*evaluator.problems, *evaluator.money.problems, *evaluator.evidence.problems]
    names = {record["项目"] for record in sheets[PROJECTS]}
    problems += [
        Problem(
            shown(name),
            f"项目“{record['项目']}”没有列在{shown(PROJECTS)}里",
            row=record.number,
            column="项目",
        )
        for name in (MONEY, INDICATORS, TASKS)
        for record in sheets[name]
        if record["项目"] not in names
    ]
    gathered, more = collected(sheets, evaluations, layouts, catalog, year)
    notices = (*sheets.notices, *evaluator.notices)
    return (None if gathered is None else gathered._replace(notices=notices)), [*problems, *more]


class _Evaluator:
    def __init__(self, sheets: PerformanceSheets, catalog: Catalog, layouts: PerformanceLayouts) -> None:
        self.sheets, self.layouts = sheets, layouts
        self.wording = catalog.performance
        self.values = catalog.performance.values
        self.method: ScoringMethod = catalog.scoring_method(layouts)
        self.rows = RowText(catalog.performance)
        self.money = EvaluationMoney(sheets, catalog.performance)
        self.evidence = Evidence(sheets, self.values)
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def evaluate(self, record: Record) -> Evaluation | None:
        """One form. A project without a competent department (主管部门) is the body as a whole."""
        name = record["项目"]
        whole = not record["主管部门"]
        scope = "department" if whole else "project"
        layout = self.layouts.of(scope)
        if layout is None:
            what = "部门整体的表" if whole else "项目的表"
            self._wrong(PROJECTS, record, "项目", f"表样“{self.layouts.id}”没有{what}，“{name}”排不进去")
            return None
        form = PerformanceForm(
            record.number, layout.kind, scope, layout.title, Place(shown(PROJECTS), None, None, f"第{record.number}行"),
            project="" if whole else name, department=record["主管部门"], body=name if whole else record["实施单位"],
            goal=record["预期目标"], result=record["实际完成情况"],
        )  # fmt: skip
        money = self.money.of(name)
        form.money = list(money.rows)
        if money.budget and money.spent is not None:
            form.execution_rate = share(f"{rounded(100 * money.spent / money.budget, 2)}%")
        rated = [self._rate(row, layout, money) for row in self.sheets[INDICATORS] if row["项目"] == name]
        found = tuple(item for item in rated if item is not None)
        form.indicators = [item.indicator for item in found]
        if layout.weighted:
            self._total(form, found, money, layout)
        else:
            self._stated_total(form, record)
        if layout.level_weights:
            form.level_shares = {
                item.indicator.level1: self._weight(form, item.indicator.level1) for item in found
            }
        tasks = self._tasks(name)
        form.tasks = [_stated_task(task) for task in tasks] if _prints_tasks(layout) else []
        form.texts = self._texts(record, layout, form.place)
        return Evaluation(form, found, layout, dict(record.cells), tasks)

    def _texts(self, record: Record, layout: PerformanceLayout, place: Place) -> dict[str, Words]:
        """What the register says under labels that a form keeps as its texts (评价意见, 存在问题)."""
        found: dict[str, Words] = {}
        for section in layout.sections:
            for row in section.rows:
                for label, slot in pairwise(row):
                    id = self.wording.head_of(label_of(label.label))
                    if id in TEXTS_KEPT and slot.column and record[slot.column]:
                        found[id] = Words(record[slot.column], place)
        return found

    def _tasks(self, name: str) -> tuple[Task, ...]:
        """The year's tasks of a form, their money in 万元."""
        tasks: list[Task] = []
        for row in self.sheets[TASKS]:
            if row["项目"] != name:
                continue
            texts = dict(row.cells)
            for column in TASK_MONEY:
                value = read_amount(row[column] or None)
                if isinstance(value, Flaw):
                    self._wrong(TASKS, row, column, value.text)
                elif value is not None:
                    texts[column] = render(value, Unit.WAN_YUAN, 2)
            tasks.append(Task(row.number, texts))
        return tuple(tasks)

    # ---- Indicators. ----

    def _rate(self, record: Record, layout: PerformanceLayout, money: ProjectMoney) -> Rated | None:
        if not self._has_its_place(record, layout):
            return None
        target = read_value(
            record["指标值"], self.values, operator=record["指标性质"], unit=record["计量单位"]
        )
        actual = self.evidence.actual(record, target, money.spent)
        if actual is None:
            return None
        texts = {
            "level1": record["一级指标"], "level2": record["二级指标"], "name": record["三级指标"],
            "target": record["指标值"], "actual": actual.text, "cause": record["偏差原因分析及改进措施"],
        }  # fmt: skip
        for id, column in (("unit", "计量单位"), ("operator", "指标性质"), ("cycle_target", "实施期指标值")):
            if record[column]:
                texts[id] = record[column]
        place = Place(shown(INDICATORS), None, None, f"第{record.number}行")
        if not layout.weighted:
            return Rated(self._named(texts, place), None, actual.trace)
        texts["weight"] = record["分值"]
        scored = score_indicator(self.rows.indicator({**texts, "score": ""}, place), self.method)
        if scored is None:
            self._wrong(INDICATORS, record, "分值", f"这里要填数字，写的是“{record['分值'] or '（空白）'}”")
            return None
        score = self._adopt(record, scored.computed, share(record["分值"]).value or scored.high)
        if score is None:
            return None
        return Rated(self._named({**texts, "score": plain(score.given)}, place), score, actual.trace)

    def _named(self, texts: dict[str, str], place: Place) -> Indicator:
        """An indicator whose name is printed as it was written."""
        return replace(self.rows.indicator(texts, place), name=texts["name"])

    def _has_its_place(self, record: Record, layout: PerformanceLayout) -> bool:
        """Whether the form has the levels of a row."""
        if not layout.levels:
            return True
        name, category = record["一级指标"], record["二级指标"]
        level = next((one for one in layout.levels if label_of(one.name) == label_of(name)), None)
        if level is None:
            known = "、".join(one.name for one in layout.levels)
            self._wrong(INDICATORS, record, "一级指标", f"表样没有“{name}”；可用的有：{known}")
            return False
        if level.categories and label_of(category) not in map(label_of, level.categories):
            known = "、".join(level.categories)
            self._wrong(INDICATORS, record, "二级指标", f"“{name}”下没有“{category}”；可用的有：{known}")
            return False
        return True

    def _adopt(self, record: Record, computed: Decimal | None, most: Decimal) -> Adopted | None:
        """The score of a row: the computed one (to one decimal), or the one that a person gives."""
        given = share(record["得分"]).value
        settled = rounded(computed, 1) if computed is not None else None
        if record["得分"] and given is None:
            self._wrong(INDICATORS, record, "得分", f"这里要填数字，写的是“{record['得分']}”")
            return None
        if given is None and settled is None:
            self._wrong(INDICATORS, record, "得分", "完成情况不能由数字算出得分，请评定后填写得分")
            return None
        adopted = given if given is not None else settled
        assert adopted is not None
        if adopted > most or adopted < 0:
            self._wrong(INDICATORS, record, "得分", f"得分{adopted}超出了0到分值{most}")
            return None
        try:
            return Adopted(settled, adopted, record["改动理由"])
        except ValueError:
            self._wrong(
                INDICATORS, record, "改动理由", f"按办法应得{settled}分，填的是{adopted}分，请写明改动理由"
            )
            return None

    # ---- Totals. ----

    def _weight(self, form: PerformanceForm, level: str) -> Decimal:
        return sum((_weight_of(i) for i in form.indicators if i.level1 == level), Decimal(0))

    def _total(
        self, form: PerformanceForm, rated: Sequence[Rated], money: ProjectMoney, layout: PerformanceLayout
    ) -> None:
        weight = self.method.execution_weight
        exact: Decimal | None = None
        if layout.execution and money.budget is not None and money.spent is not None:
            exact = execution_score(money.budget, money.spent, weight)
        points = sum((item.score.given for item in rated if item.score is not None), Decimal(0))
        weights = sum(map(_weight_of, form.indicators), Decimal(0))
        if exact is not None:
            execution = rounded(exact, 1)
            form.execution_weight, form.execution_score = share(plain(weight)), share(plain(execution))
            points, weights = points + execution, weights + weight
        form.total_weight, form.total_score = share(plain(weights)), share(plain(points))
        form.grade = grade(points, self.method) if self._prints("grade", layout) else ""
        whose = f"“{form.project or form.body}”"
        if weights != self.method.total:
            text = f"{whose}各项分值合计{plain(weights)}（含预算执行率），应为{self.method.total}"
            self.problems.append(Problem(shown(INDICATORS), text, column="分值"))
        for level in layout.levels:
            reached = self._weight(form, level.name)
            if level.weight is not None and reached != level.weight:
                text = f"{whose}{level.name}分值合计{plain(reached)}，表样定为{plain(level.weight)}"
                self.notices.append(Problem(shown(INDICATORS), text, column="分值"))

        if all(level.weight is None for level in layout.levels):
            self._usual_levels(form, whose)

    def _usual_levels(self, form: PerformanceForm, whose: str) -> None:
        """A notice where the form leaves the levels' weights open and they are none of those of the method."""
        reached: dict[str, Decimal] = {}
        for indicator in form.indicators:
            if indicator.level:
                reached[indicator.level] = reached.get(indicator.level, Decimal(0)) + _weight_of(indicator)
        if self.method.shares and reached not in [dict(shares) for shares in self.method.shares]:
            sums = "、".join(plain(weight) for weight in reached.values())
            usual = "，或".join("、".join(plain(w) for w in shares.values()) for shares in self.method.shares)
            text = f"{whose}各一级指标分值合计为{sums}，《{self.method.title}》一般是{usual}"
            self.notices.append(Problem(shown(INDICATORS), text, column="分值"))

    def _stated_total(self, form: PerformanceForm, record: Record) -> None:
        """The score of a form without weights: one that somebody gave for the whole."""
        if not record[SCORE]:
            return
        given = share(record[SCORE])
        if given.value is None or not 0 <= given.value <= self.method.total:
            self._wrong(
                PROJECTS, record, SCORE, f"这里要填0到{self.method.total}的分数，写的是“{record[SCORE]}”"
            )
            return
        form.total_score, form.grade = given, grade(given.value, self.method)

    @staticmethod
    def _prints(value: str, layout: PerformanceLayout) -> bool:
        return layout.listed or any(slot.value == value for slot in layout.slots)

    def _wrong(self, name: str, record: Record, column: str, text: str) -> None:
        self.problems.append(Problem(shown(name), text, row=record.number, column=column))


def _prints_tasks(layout: PerformanceLayout) -> bool:
    return any(section.kind == "tasks" for section in layout.sections)


def _stated_task(task: Task) -> TaskRow:
    """A task as its form states it. Its money was rendered in 万元."""
    texts = task.texts
    place = Place(shown(TASKS), None, None, f"第{task.number}行")
    budget, spent = (
        Amount(printed, place) if (printed := as_printed(texts.get(column, ""), Unit.WAN_YUAN)) else None
        for column in TASK_MONEY
    )
    return TaskRow(
        texts.get("任务", ""), texts.get("主要内容", ""), texts.get("完成情况", ""), budget, spent,
        share(texts.get("分值", "")), share(texts.get("得分", "")), place,
    )  # fmt: skip


def _weight_of(indicator: Indicator) -> Decimal:
    weight = indicator.weight.value if indicator.weight is not None else None
    return weight or Decimal(0)
