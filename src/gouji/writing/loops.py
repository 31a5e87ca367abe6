"""What the clauses of the narrative are repeated for: the codes that were spent, trips, meetings, vehicles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import CodeList, Dimension
from gouji.facts import Fact, fact
from gouji.registers import narrative_schema as schema
from gouji.registers.book import Book
from gouji.registers.budget_narrative_schema import ASSET_PLAN
from gouji.registers.evaluation_facts import ACTUAL, EVALUATED, LEVEL, NAME, RATED
from gouji.registers.narrative_facts import Material
from gouji.registers.records import Record
from gouji.registers.schema import AMOUNT
from gouji.writing.measuring import Amount, Measuring

_YUAN = "万元"


class Turn(NamedTuple):
    """One turn of a loop: its words, its measures, and the functional code or the project it is about (or empty).
    ``subject`` is what a phrase was told that its cause is of."""

    words: Mapping[str, str]
    measures: Mapping[str, Amount]
    code: str = ""
    project: str = ""
    subject: str = ""


class Loops:
    """The loops over one body's book and registers."""

    def __init__(
        self, book: Book, kept: Material, measuring: Measuring, codes: Mapping[str, CodeList], *, year: int
    ) -> None:
        self._book, self._kept, self._measuring, self._codes, self._year = book, kept, measuring, codes, year
        self._assets = next(
            (name for name in (schema.ASSET.name, ASSET_PLAN.name) if name in kept.registers),
            schema.ASSET.name,
        )
        self._of: Mapping[str, Callable[[], Iterator[Turn]]] = {
            "functions": lambda: self._functions("general"),
            "classes": lambda: self._functions(""),
            "items": lambda: self._items("general"),
            "fiscal_items": lambda: self._items("fiscal"),
            "fund_items": lambda: self._items("gov_fund"),
            "capital_items": lambda: self._items("state_capital"),
            "trips": self._trips,
            "receptions": self._receptions,
            "meetings": lambda: self._activities("meeting"),
            "trainings": lambda: self._activities("training"),
            "festivals": lambda: self._activities("festival"),
            "vehicle_classes": self._vehicles,
            "projects": self._projects,
            "evaluated": self._evaluated,
        }

    def turns(self, each: tuple[str, ...]) -> list[Turn]:
        if each[0] == "text":
            return [
                Turn({"paragraph": record.text(schema.WORDS)}, {})
                for record in self._kept.texts.get(each[1], ())
            ]
        return list(self._rated(each[1]) if each[0] == "rated" else self._of[each[0]]())

    def names(self, group: str) -> list[str]:
        """The 款 of 人员经费 or 公用经费 that the basic expenditure of the general public budget was spent on."""
        within = {"fund_type_code": "general", "nature": "basic"}
        found = []
        for code in self._book.codes("expenditure", "dep_bgt_eco_code", within):
            figure = self._book.figure(fact("expenditure", dep_bgt_eco_code=code, **within))
            if (
                len(code) == 5
                and figure
                and figure.amount
                and self._tree("dep_bgt_eco_code").contains(group, code)
            ):
                found.append(self._name("dep_bgt_eco_code", code))
        return found

    def _tree(self, dimension: str) -> Dimension:
        return self._book.dimensions[dimension]

    def _name(self, dimension: str, code: str) -> str:
        spelling = self._codes[dimension].name(code, self._year)
        return spelling.name if spelling else code

    def _spent(self, code: str, fund: str) -> Amount:
        of = fact("expenditure", exp_func_code=code, **_of_fund(fund))
        return self._measuring.of(
            of, self._name("exp_func_code", code).removesuffix("支出") + "支出", _YUAN, ""
        )

    def _functions(self, fund: str) -> Iterator[Turn]:
        """Every 类 that is spent on, of one fund or of all."""
        for code in self._book.codes("expenditure", "exp_func_code", _of_fund(fund)):
            spent = self._spent(code, fund)
            if len(code) == 3 and spent.exact:
                yield Turn({"name": self._name("exp_func_code", code)}, {"it": spent}, code)

    def _items(self, fund: str) -> Iterator[Turn]:
        """Every 项 that had an initial budget or was spent, this year or, for comparison, the year before."""
        before = {"fiscal_year": str(self._year - 1)}
        others = ({"stage": "initial"}, before, before | {"stage": "final"})
        codes = {
            code
            for other in ({}, *others)
            for code in self._book.codes("expenditure", "exp_func_code", _of_fund(fund) | other)
        }
        for code in sorted(codes):
            spent = self._spent(code, fund)
            figures = (self._book.figure(_sliced(spent.fact, other)) for other in others)
            if len(code) == 7 and (spent.exact or any(figure and figure.amount for figure in figures)):
                names = (self._name("exp_func_code", code[:length]) for length in (3, 5, 7))
                words = dict(zip(("class_name", "group_name", "item_name"), names, strict=True))
                yield Turn({**words, "name": words["item_name"]}, {"it": spent}, code)

    def _trips(self) -> Iterator[Turn]:
        for record in self._kept.records(schema.TRIPS.name):
            place = record.text(schema.DESTINATION)
            words = {"place": place, "name": place, "purpose": _clause(record.text(schema.PURPOSE))}
            yield Turn(words, self._of_row("trip_cost", place, record, schema.TRIPS.name))

    def _receptions(self) -> Iterator[Turn]:
        for record in self._kept.records(schema.RECEPTIONS.name):
            occasion = _clause(record.text(schema.OCCASION))
            yield Turn(
                {"name": occasion, "purpose": occasion},
                self._of_row("reception_cost", occasion, record, schema.RECEPTIONS.name),
            )

    def _activities(self, concept: str) -> Iterator[Turn]:
        for record in self._kept.records(schema.MEETINGS.name):
            if schema.ACTIVITIES[record.text(schema.ACTIVITY_KIND)] == concept:
                name = record.text(schema.ACTIVITY)
                words = {"name": name, "content": _clause(record.text(schema.CONTENT))}
                yield Turn(words, self._of_row(concept, name, record, schema.MEETINGS.name))

    def _of_row(self, concept: str, name: str, record: Record, register: str) -> dict[str, Amount]:
        of = Fact(concept, (("pro_code", name),))
        measures = {"it": Amount(of, name, _YUAN, register, record.number(AMOUNT), (record.source,))}
        people = record.number(schema.TRIPS_PEOPLE) or record.number(schema.PEOPLE)
        told = of.of(f"{concept}_people")
        measures["it_people"] = Amount(told, f"{name}的人数", "人", register, people, (record.source,))
        return measures

    def _vehicles(self) -> Iterator[Turn]:
        for label, member in schema.VEHICLES.items():
            kept, bought = (
                self._measuring.of(fact(concept, vehicle_class=member), label, "辆", self._assets)
                for concept in ("vehicles", "vehicles_bought")
            )
            yield Turn({"name": label}, {"it": kept, "it_bought": bought})

    def _projects(self) -> Iterator[Turn]:
        """The named projects of the general public budget, in the order of the register."""
        spent: dict[str, Amount] = {}
        for entry in self._book.entries:
            dims = entry.dims
            project = entry.project or dims.get("pro_code", "")
            if entry.concept == "expenditure" and project and dims.get("fund_type_code") == "general":
                of = fact("expenditure", fund_type_code="general", nature="project", pro_code=project)
                known = spent.get(project, Amount(of, project, _YUAN, "", Decimal(0)))
                total = (known.exact or Decimal(0)) + entry.amount
                spent[project] = known._replace(exact=total, sources=(*known.sources, entry.source))
        for name, amount in spent.items():
            yield Turn({"name": name.removesuffix("项目")}, {"it": amount}, project=name)

    def _evaluated(self) -> Iterator[Turn]:
        """The projects of a self-evaluation: what each spent."""
        for record in self._kept.records(EVALUATED):
            name = record.text(schema.ITEM)
            of = fact("performance_spent", pro_code=name)
            yield Turn({"name": name}, {"it": self._measuring.of(of, f"{name}全年执行数", _YUAN, EVALUATED)})

    def _rated(self, level: str) -> Iterator[Turn]:
        """The indicators of a level: their names, and what came of each."""
        for record in self._kept.records(RATED):
            if record.text(LEVEL) == level:
                yield Turn({"name": record.text(NAME), "content": _clause(record.text(ACTUAL))}, {})


def _of_fund(fund: str) -> dict[str, str]:
    return {"fund_type_code": fund} if fund else {}


def _sliced(of: Fact, dims: Mapping[str, str]) -> Fact:
    for name, member in dims.items():
        of = of.slice(name, member)
    return of


def _clause(text: str) -> str:
    """Words that go into a sentence: without a full stop of their own."""
    return text.rstrip("。；;. ")
