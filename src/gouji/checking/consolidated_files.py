"""A department's file against those of all its bodies: what it states is what they state, less what they paid each other.

Only where its tables list the bodies, and every one of them is at hand: what is taken away is then known, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gouji.catalog import Rule
from gouji.checking.consolidation import AGENCY, ELIMINATED, body_rows
from gouji.checking.department import DEPARTMENT_ENGINES, Department, GroupEngine
from gouji.checking.result import Coverage, Evidence, Finding, Severity
from gouji.checking.voices import truncation
from gouji.facts import Fact, Identity, Outcome, Term, Witness
from gouji.reading import Quantity, same_body

_MOVED = ("revenue", "expenditure", "total_in", "total_out")
"""The concepts that count a transfer twice."""
_OF_ROWS = (AGENCY, "pro_code", "listed", "detail")
_MOST = 6


def consolidated(rule: Rule, department: Department, coverage: Coverage) -> Iterator[Finding]:
    """Figure by figure; those that the department lists by body are held against the bodies one by one elsewhere. Where
    the department tells only the whole of what is taken away, a part of it lies between nothing and all."""
    names = _listed(department)
    stated = department.whole.stated
    year = department.whole.scope.year
    broken: list[Identity] = []
    for sought, total in stated.items():
        fact = sought.fact
        if (
            fact.concept not in _MOVED
            or sought.year != year
            or any(fact.member(d) is not None for d in _OF_ROWS)
        ):
            continue
        if not names or not _rows(sought._replace(fact=Fact(fact.concept)), names, stated):
            continue
        if _rows(sought, names, stated):
            continue
        terms = tuple(Term(1, part.stated[sought]) for part in department.parts if sought in part.stated)
        if not terms or not all(sought in part.stated or part.tells(sought) for part in department.parts):
            coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        for identity in _relations(rule, sought, total, terms, stated):
            outcome = identity.verdict().outcome
            coverage.count(rule.id, outcome)
            if outcome is Outcome.VIOLATED:
                broken.append(identity)
    if broken:
        yield _told(rule, department, broken)


def _listed(department: Department) -> tuple[str, ...]:
    """The bodies that the department's tables list, empty unless the file of each of them is at hand."""
    for voices in department.whole.files:
        for table in voices.reading.tables:
            rows = body_rows(table)
            if rows is None:
                continue
            told = [w for w in table.witnesses if w.fact is not None and w.row in rows.units]
            names = dict.fromkeys(w.fact.member(AGENCY) or "" for w in told if w.fact is not None)
            if all(any(same_body(name, p.scope.body) for p in department.parts) for name in names):
                return tuple(names)
    return ()


def _rows(sought: Quantity, names: Sequence[str], stated: Mapping[Quantity, Witness]) -> bool:
    """Whether the department tells a figure of each body."""
    return all(sought._replace(fact=sought.fact.slice(AGENCY, name)) in stated for name in names)


def _relations(
    rule: Rule, sought: Quantity, total: Witness, terms: tuple[Term, ...], stated: Mapping[Quantity, Witness]
) -> Iterator[Identity]:
    own = stated.get(sought._replace(fact=sought.fact.slice(AGENCY, ELIMINATED)))
    whole = stated.get(sought._replace(fact=Fact(sought.fact.concept, ((AGENCY, ELIMINATED),))))
    leeway = max(truncation(term.witness, total) for term in terms)
    title = f"部门的{total.where}＝各单位之和－内部转移"
    if own is not None or whole is None:
        taken = (Term(1, own),) if own is not None else ()
        yield Identity(rule.id, "=", (*terms, *taken), (Term(1, total),), title, leeway)
    else:
        yield Identity(rule.id, "<=", (*terms, Term(1, whole)), (Term(1, total),), title, leeway)
        yield Identity(rule.id, "<=", (Term(1, total),), terms, title, leeway)


def _told(rule: Rule, department: Department, broken: Sequence[Identity]) -> Finding:
    first = broken[0]
    total = next(w for w in first.witnesses if w.place.file == department.whole.files[0].reading.file)
    unit = total.printed.unit
    many = f"等{len(broken)}处" if len(broken) > 1 else ""
    places = dict.fromkeys(witness for identity in broken[:_MOST] for witness in identity.witnesses)
    return Finding(
        rule.id, Severity(rule.severity), Outcome.VIOLATED,
        f"部门的{total.where}{many}不等于各单位之和减去内部转移",
        f"{first.title}：{first.arithmetic(unit)}。部门列出的各单位的文件都在，应当相等。",
        tuple(Evidence.of(place, candidate=True) for place in places),
        difference=first.verdict().residual / unit.scale, unit=unit,
        arithmetic=tuple(f"{one.title}：{one.arithmetic(unit)}" for one in broken[:_MOST]),
        undecided="无法断定是部门还是哪个单位的数写错；单位自己的表里有一处同时不符的，多半就是那一处。",
    )  # fmt: skip


GROUP_ENGINES: Mapping[str, GroupEngine] = {**DEPARTMENT_ENGINES, "consolidated": consolidated}
