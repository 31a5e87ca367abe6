"""A draft: the settings and registers that a published budget comes to, and what a person has to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gouji.catalog import BODY_TYPES, Catalog, fold
from gouji.checking import doubted_places
from gouji.drafting.among import Among
from gouji.drafting.fitting import Bound, fit
from gouji.drafting.form_projects import sums_of_forms
from gouji.drafting.goals import named, targets_of
from gouji.drafting.last_year import last_year_rows
from gouji.drafting.left_out import left_out
from gouji.drafting.line import UNNAMED_PROJECT, Line
from gouji.drafting.lines import Lines
from gouji.drafting.note import Matter, Note
from gouji.drafting.plans import plans_of
from gouji.drafting.published import stated_facts
from gouji.drafting.rows import FIRST_ROW, Row, expenditure_rows, revenue_rows, yuan
from gouji.drafting.selection import CARRIED, ECONOMIC, money_of
from gouji.drafting.sources import money_at_hand, sources_of, sums_of_funds, with_untold_fund
from gouji.drafting.sums import sums_of
from gouji.facts import fact
from gouji.reading import Reading
from gouji.registers.budget_narrative_schema import LAST_YEAR
from gouji.registers.budget_schema import EXPENDITURE_PLAN, REVENUE_PLAN
from gouji.registers.target_schema import GOALS, INDICATORS, TARGET_PROJECT, WHOLE

_FUNCTION_LENGTH = 7
_FORMS = "绩效目标表"


@dataclass(frozen=True, slots=True)
class Draft:
    """``rows`` by register; ``supplements`` are codes that the catalogue does not list for the year: dimension -> code
    -> name. ``lines`` and ``held`` (how many of the printed sums the lines add up to, of how many) tell how much of it
    is known."""

    body: str
    level: str
    year: int
    body_type: str
    rows: Mapping[str, Sequence[Row]]
    supplements: Mapping[str, Mapping[str, str]]
    notes: tuple[Note, ...]
    lines: tuple[Line, ...]
    held: tuple[int, int]
    report: str = "预算"


def draft_of(readings: Sequence[Reading], year: int, catalog: Catalog) -> Draft:
    """The draft of one disclosure, which may have come in several files."""
    return _Drafting(readings, year, catalog).draft()


class _Drafting:
    def __init__(self, readings: Sequence[Reading], year: int, catalog: Catalog) -> None:
        self._readings, self._year, self._catalog = readings, year, catalog
        self._classes = catalog.dimensions[ECONOMIC]
        doubted = frozenset(witness for reading in readings for witness in doubted_places(reading, catalog))
        self._facts = stated_facts(readings, doubted)
        dimensions = catalog.dimensions
        self._money = with_untold_fund(money_of(self._facts, dimensions), self._facts, dimensions)
        self._sums = {
            **sums_of_funds(self._facts, self._money, dimensions),
            **sums_of(self._facts, self._money, dimensions),
        }
        self._forms = [form for reading in readings for form in reading.performance]
        of_forms = sums_of_forms(self._forms, self._sums, self._money)
        self._sums |= of_forms
        self._notes: list[Note] = [
            Note(
                Matter.CONTRADICTED,
                f"{witness.where}（{witness.printed.text.strip() or '空白'}）与其他几处不符，没有照它",
            )
            for witness in sorted(doubted, key=lambda w: (w.place.page or 0, w.table_id, w.row, w.column))
        ]

    def draft(self) -> Draft:
        dimensions = self._catalog.dimensions
        at_hand = money_at_hand(self._facts, self._money, dimensions)
        if (carried := self._facts.get(fact("carryover_begin"))) is not None:
            at_hand["", CARRIED] = carried
        making = Lines(self._sums, self._money, self._catalog, at_hand)
        fitted = self._fitted(making.made())
        body_type = self._body_type(fitted)
        held = self._held([self._with_government_class(line, body_type) for line in fitted])
        lines = self._to_items(
            [self._with_needed_class(self._without_usual_group(line), body_type) for line in fitted]
        )
        sources = sources_of(self._facts, lines, self._money, dimensions)
        if guessed := [source for source in sources if source.assumed]:
            text = f"{len(guessed)}行、{yuan(sum(s.amount for s in guessed)):,.2f}元公开表没有列示，或与支出对不上，照支出记"
            self._notes.append(Note(Matter.ASSUMED, text, REVENUE_PLAN.name))
        plans, notes = plans_of(self._facts, self._catalog.dimensions)
        self._notes += notes
        goals, indicators, notes = targets_of(self._forms, self._catalog.performance)
        self._notes += notes
        projects = [line.project for line in lines if line.project]
        codes = frozenset(
            code for code, names in self._catalog.codes["exp_func_code"].names.items()
            if any(name.valid(self._year) for name in names)
        )  # fmt: skip
        rows: dict[str, Sequence[Row]] = {
            REVENUE_PLAN.name: revenue_rows(sources, self._catalog.lexicon),
            EXPENDITURE_PLAN.name: expenditure_rows(lines, self._catalog.lexicon),
            **plans,
            LAST_YEAR.name: last_year_rows(self._facts, self._year, codes),
            GOALS.name: named(goals, projects),
            INDICATORS.name: named(indicators, projects),
        }
        self._assumptions(lines)
        self._without_money(goals, projects)
        self._notes += left_out(self._facts, self._readings, self._money, self._catalog)
        scope = self._readings[0].scope
        body = next((reading.scope.body for reading in self._readings if reading.scope.body), "")
        level = next((reading.scope.level for reading in self._readings if reading.scope.level), "")
        if not body:
            self._notes.append(Note(Matter.SETTING, "公开文本里没有读到单位名称，请在单位.toml里填上"))
        if not scope.level:
            self._notes.append(Note(Matter.SETTING, "没有读到是部门预算还是单位预算，暂按单位预算，请核对"))
        return Draft(
            body, level or "单位", self._year, body_type, rows, self._supplements(lines),
            tuple(self._notes), tuple(lines), held,
        )  # fmt: skip

    def _fitted(self, lines: Sequence[Line]) -> list[Line]:
        """The lines with amounts that are printed as the tables print their sums."""
        among = Among(lines, self._classes)
        positions = {selection: among.positions(selection) for selection in self._sums}
        bounds = [Bound(inside, self._sums[s].least, self._sums[s].most) for s, inside in positions.items()]
        rounding = max((stated.slack for stated in self._sums.values()), default=0)
        apart = [self._sums[s].slack + rounding * (len(inside) + 1) for s, inside in positions.items()]
        amounts = [line.amount for line in lines]
        fitted = fit(amounts, bounds, apart)
        if fitted.broken:
            # Sums that cross may ask for more than rounding: the same lines with other amounts.
            freely = fit(amounts, bounds, [sum(amounts)] * len(bounds))
            fitted = freely if not freely.broken else fitted
        moved = sum(1 for line, amount in zip(lines, fitted.amounts, strict=True) if line.amount != amount)
        if moved:
            text = f"有{moved}笔的金额在四舍五入的范围内作了调整，使各表的合计印出来与公开的相同"
            self._notes.append(Note(Matter.MOVED, text, EXPENDITURE_PLAN.name))
        return [
            replace(line, amount=amount) for line, amount in zip(lines, fitted.amounts, strict=True) if amount
        ]

    def _held(self, lines: Sequence[Line]) -> tuple[int, int]:
        """How many of the printed sums hold; the others are told."""
        broken: list[Note] = []
        lost: Counter[str] = Counter()
        asked = 0
        among = Among(lines, self._classes)
        for selection, stated in self._sums.items():
            if not (among.told(selection) and among.names(selection.project)):
                if stated.amount:
                    lost[stated.witnesses[0].table if stated.witnesses else _FORMS] += 1
                continue
            asked += 1
            total = sum(lines[number].amount for number in among.positions(selection))
            if not stated.least <= total <= stated.most:
                where = (
                    stated.witnesses[0].where
                    if stated.witnesses
                    else f"《{_FORMS}》{selection.project or ''}"
                )
                text = f"{where}是{yuan(stated.amount):,.2f}元，登记簿各行合计{yuan(total):,.2f}元，相差{yuan(total - stated.amount):,.2f}元"
                broken.append(Note(Matter.CONTRADICTED, text, EXPENDITURE_PLAN.name))
        self._notes += broken
        self._notes += [
            Note(
                Matter.LEFT_OUT,
                f"《{table}》有{count}个数字比登记簿能分的更细，没有用到",
                EXPENDITURE_PLAN.name,
            )
            for table, count in lost.items()
        ]
        return asked - len(broken), asked

    def _with_government_class(self, line: Line, body_type: str) -> Line:
        """A line with the class that follows from that of the body."""
        return replace(line, government=line.government or self._mapped(line.economic, body_type))

    def _mapped(self, economic: str, body_type: str) -> str:
        return self._catalog.economic.government_class(economic, body_type, self._year)

    def _with_needed_class(self, line: Line, body_type: str) -> Line:
        """A line whose class of the government does not follow from the kind of body has that of the other kind (in a
        department there are both), or that of the 其他 of its 类."""
        if line.government or not line.economic or self._mapped(line.economic, body_type):
            return line
        others = [kind for kind in BODY_TYPES if kind != body_type]
        rest = line.economic[:3] + "99"
        found = [self._mapped(line.economic, kind) for kind in others] + [self._mapped(rest, body_type)]
        chosen = next((code for code in found if len(code) == len(line.economic)), "")
        return replace(line, government=chosen, assumed=line.assumed | {"政府经济科目"}) if chosen else line

    def _to_items(self, lines: Sequence[Line]) -> list[Line]:
        """Lines of the same keys as one, each with a 项 of seven digits, in the order of the register."""
        found: dict[tuple[str, ...], Line] = {}
        for line in map(self._with_item, lines):
            key = (
                line.group,
                line.function,
                line.nature,
                line.fund,
                line.year,
                line.economic,
                line.government,
                line.project,
            )
            known = found.get(key)
            found[key] = (
                line if known is None
                else replace(known, amount=known.amount + line.amount, assumed=known.assumed | line.assumed)
            )  # fmt: skip
        return [found[key] for key in sorted(found)]

    def _with_item(self, line: Line) -> Line:
        if len(line.function) == _FUNCTION_LENGTH:
            return line
        below = sorted(
            code for code in self._catalog.codes["exp_func_code"].names
            if len(code) == _FUNCTION_LENGTH and code.startswith(line.function)
        )  # fmt: skip
        printed = {selection.function for selection in self._sums}
        below = [code for code in below if code not in printed] or below
        rest = [code for code in below if code.endswith("99")]
        item = (rest or below or [line.function.ljust(_FUNCTION_LENGTH, "9")])[-1]
        return replace(line, function=item, assumed=line.assumed | {"功能科目（公开表没有列到项）"})

    def _body_type(self, lines: Sequence[Line]) -> str:
        """Organ or institution, by what the lines are spent on."""
        weights: Counter[str] = Counter()
        names = self._catalog.codes["exp_func_code"]
        for line in lines:
            name = names.name(line.function, self._year)
            kind = self._catalog.drafting.body_types.get(fold(name.name)) if name else None
            if kind:
                weights[kind] += line.amount
        kinds = [kind for kind, _ in weights.most_common()]
        found = kinds[0] if kinds else "事业单位"
        why = "按支出的功能科目推定" + (
            "；两种单位的科目都有，取金额大的" if len(kinds) > 1 else "" if kinds else "，没有依据"
        )
        self._notes.append(
            Note(Matter.SETTING, f"单位性质暂填“{found}”（{why}），政府经济科目由它得出，请核对")
        )
        return found

    def _supplements(self, lines: Sequence[Line]) -> dict[str, dict[str, str]]:
        """Codes that the catalogue does not list for the year, with the names that the tables print."""
        printed = {
            (code.dimension, code.code): code.name
            for reading in self._readings for table in reading.tables for code in table.codes
        }  # fmt: skip
        used = {
            "exp_func_code": {line.function[:length] for line in lines for length in (3, 5, 7)},
            "dep_bgt_eco_code": {
                line.economic[:length] for line in lines if line.economic for length in (3, 5)
            },
        }
        found: dict[str, dict[str, str]] = {}
        for dimension, codes in used.items():
            known = self._catalog.codes[dimension].names
            lacking = sorted(
                code for code in codes if not any(name.valid(self._year) for name in known.get(code, ()))
            )
            listed = self._catalog.codes[dimension]
            found[dimension] = {
                code: printed.get((dimension, code)) or (name.name if (name := listed.name(code)) else code)
                for code in lacking
            }
            if lacking:
                text = f"科目表里没有、公开文本用到的编码：{'、'.join(lacking)}，已写进单位.toml的补充，名称请核对"
                self._notes.append(Note(Matter.SETTING, text))
        return found

    def _without_money(self, goals: Sequence[Row], projects: Sequence[str]) -> None:
        """Targets of projects that no line is of: they are kept, and are printed nowhere yet."""
        known = {fold(project) for project in projects}
        names = [str(row[TARGET_PROJECT]) for row in goals if row[TARGET_PROJECT] != WHOLE]
        lacking = [name for name in names if fold(name) not in known]
        if lacking:
            text = f"{len(lacking)}个项目有绩效目标，支出预算里没有同名的项目：{'、'.join(lacking[:3])}{'等' if len(lacking) > 3 else ''}"
            self._notes.append(Note(Matter.CONTRADICTED, text, GOALS.name))

    def _assumptions(self, lines: Sequence[Line]) -> None:
        rows: dict[str, list[int]] = {}
        for number, line in enumerate(lines, start=FIRST_ROW):
            for axis in sorted(line.assumed):
                rows.setdefault(axis, []).append(number)
        for axis, numbers in rows.items():
            amount = sum(lines[number - FIRST_ROW].amount for number in numbers)
            text = f"{axis}：{len(numbers)}行、{yuan(amount):,.2f}元的搭配公开表没有列示，由各表合计推定"
            self._notes.append(Note(Matter.ASSUMED, text, EXPENDITURE_PLAN.name, numbers[0]))
        unnamed = [n for n, line in enumerate(lines, start=FIRST_ROW) if line.project == UNNAMED_PROJECT]
        if unnamed:
            text = f"{len(unnamed)}行项目支出没有读到项目名称，暂写“{UNNAMED_PROJECT}”，请改成真的名称"
            self._notes.append(Note(Matter.ASSUMED, text, EXPENDITURE_PLAN.name, unnamed[0]))
        blank = [n for n, line in enumerate(lines, start=FIRST_ROW) if not line.economic]
        if blank:
            text = f"{len(blank)}行没有部门经济科目：公开表没有按经济分类列示，请填上"
            self._notes.append(Note(Matter.LEFT_OUT, text, EXPENDITURE_PLAN.name, blank[0]))

    def _without_usual_group(self, line: Line) -> Line:
        """A line that tells its group only where it is another than that of its class."""
        usual = line.usual_group(self._classes)
        return replace(line, group="" if line.group == usual else line.group)
