"""A department's disclosure against those of its bodies (部门与所属单位): what each of them states is part of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gouji.catalog import Catalog, Rule
from gouji.checking.result import Coverage, Evidence, Finding, Severity
from gouji.checking.voices import Voices, stated_quantities, truncation
from gouji.facts import Fact, Identity, Outcome, Term, Unit, Witness
from gouji.reading import (
    Composition,
    Quantity,
    Scope,
    belongs_together,
    composition,
    is_own_office,
    same_body,
)

GroupEngine = Callable[[Rule, "Department", Coverage], Iterator[Finding]]

_WHOLE, _BODY, _OWN = "部门", "单位", "本级"
_AGENCY = "agency_code"
_WAN = Unit.WAN_YUAN


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """One disclosure, in one file or several: what its tables and sentences state, and of which bodies it says it is made."""

    scope: Scope
    files: Sequence[Voices]
    stated: Mapping[Quantity, Witness]
    bodies: Composition

    @classmethod
    def of(cls, files: Sequence[Voices], catalog: Catalog) -> Volume:
        stated: dict[Quantity, Witness] = {}
        for voices in sorted(files, key=lambda one: not one.reading.tables):
            for sought, witness in stated_quantities(voices).items():
                stated.setdefault(sought, witness)
        told = [composition(voices.reading, catalog) for voices in files]
        bodies = max(told, key=lambda one: (one.closed, len(one.names)))
        return cls(files[0].reading.scope, files, stated, bodies)

    @property
    def is_whole(self) -> bool:
        return self.scope.level == _WHOLE and not is_own_office(self.scope)

    def tells(self, sought: Quantity) -> bool:
        """Whether a figure of this kind would be found here: another one with the same dimensions is."""
        return any(_kind(other) == _kind(sought) for other in self.stated)


def _kind(sought: Quantity) -> tuple[object, ...]:
    dims = tuple((name, len(member) if member.isdigit() else 0) for name, member in sought.fact.dims)
    return sought.fact.concept, sought.fact.member("fund_type_code"), dims, sought.stage, sought.year


@dataclass(frozen=True, slots=True, eq=False)
class Department:
    """A department's volume with those of its bodies that are at hand. ``complete`` tells that all of them are."""

    whole: Volume
    parts: Sequence[Volume]
    complete: bool


def departments(files: Sequence[Voices], catalog: Catalog) -> list[Department]:
    """The departments among some files that have at least one body beside them."""
    volumes: list[list[Voices]] = []
    for voices in files:
        scope = voices.reading.scope
        own = next((v for v in volumes if belongs_together(v[0].reading.scope, scope)), None)
        if own is not None:
            own.append(voices)
        else:
            volumes.append([voices])
    known = [Volume.of(one, catalog) for one in volumes]
    found: list[Department] = []
    for whole in known:
        parts = [one for one in known if one is not whole and _is_part(one, whole)]
        if whole.is_whole and parts:
            found.append(Department(whole, parts, _is_complete(whole, parts)))
    return found


def _is_part(one: Volume, whole: Volume) -> bool:
    if (one.scope.kind, one.scope.year) != (whole.scope.kind, whole.scope.year) or whole.scope.year is None:
        return False
    if whole.bodies.has(one.scope.body) or _row_of(one, whole):
        return True
    of_it = same_body(one.scope.body, whole.scope.body)
    return of_it and (one.scope.level == _BODY or is_own_office(one.scope))


def _row_of(one: Volume, whole: Volume) -> str:
    """By which name the department's tables list a body, empty if they do not."""
    names = {sought.fact.member(_AGENCY) for sought in whole.stated}
    own = same_body(one.scope.body, whole.scope.body)
    # The department's own part may bear the department's name: the row without 本级 is then the department's.
    found = (name for name in sorted(filter(None, names)) if not own or _OWN in name)
    return next((name for name in found if same_body(name, one.scope.body)), "")


def _is_complete(whole: Volume, parts: Sequence[Volume]) -> bool:
    own = any(same_body(part.scope.body, whole.scope.body) for part in parts)
    return (
        own
        and whole.bodies.closed
        and all(any(same_body(name, part.scope.body) for part in parts) for name in whole.bodies.names)
    )


def parts_of_department(rule: Rule, department: Department, coverage: Coverage) -> Iterator[Finding]:
    """Money from the treasury is never passed on inside a department: what its bodies state adds up to what it states,
    or, where not all of them are at hand, is no more."""
    relation = "=" if department.complete else "<="
    broken: list[Identity] = []
    for sought, total in department.whole.stated.items():
        if not _is_shared(sought, rule, fiscal=True):
            continue
        terms = _terms(sought, department)
        if not terms or (department.complete and not all(part.tells(sought) for part in department.parts)):
            coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        leeway = max(truncation(term.witness, total) for term in terms)
        title = f"所属单位之和与部门的{total.where}"
        identity = Identity(rule.id, relation, terms, (Term(1, total),), title, leeway)
        outcome = identity.verdict().outcome
        coverage.count(rule.id, outcome)
        if outcome is Outcome.VIOLATED:
            broken.append(identity)
    if broken:
        yield _told(rule, department, sorted(broken, key=_detail))


def rows_of_department(rule: Rule, department: Department, coverage: Coverage) -> Iterator[Finding]:
    """What a department's tables list for a body is what the body's own tables state."""
    for part in department.parts:
        name = _row_of(part, department.whole)
        broken: list[Identity] = []
        for sought, row in department.whole.stated.items():
            own = part.stated.get(sought._replace(fact=sought.fact.slice(_AGENCY, None)))
            if not name or sought.fact.member(_AGENCY) != name or own is None:
                continue
            title = f"部门的{row.where}＝{own.place.file}{own.where}"
            identity = Identity(rule.id, "=", (Term(1, row),), (Term(1, own),), title, truncation(row, own))
            outcome = identity.verdict().outcome
            coverage.count(rule.id, outcome)
            if outcome is Outcome.VIOLATED:
                broken.append(identity)
        if broken:
            yield _rows_told(rule, part, sorted(broken, key=_detail))


def transfers_in_department(rule: Rule, department: Department, coverage: Coverage) -> Iterator[Finding]:
    """All money: what the bodies state beyond the department's own figure was passed on among them (上级补助, 上缴) and is
    counted once in the whole. A hint, whether that explains the difference or not."""
    if not department.complete:
        return
    for sought, total in department.whole.stated.items():
        terms = _terms(sought, department)
        if not _is_shared(sought, rule, fiscal=False) or len(terms) < len(department.parts):
            continue
        identity = Identity(rule.id, "=", terms, (Term(1, total),), "")
        verdict = identity.verdict()
        if verdict.outcome is not Outcome.VIOLATED:
            coverage.count(rule.id, verdict.outcome)
            continue
        passed = _passed_on(sought, rule, department)
        inside = sum((witness.printed.base for witness in passed), Decimal(0))
        explained = 0 < verdict.residual <= inside + verdict.slack
        coverage.count(rule.id, Outcome.EXACT if explained else Outcome.VIOLATED)
        more = "多" if verdict.residual > 0 else "少"
        gap = f"{abs(verdict.residual) / _WAN.scale:.2f}万元"
        why = (
            f"单位之间的补助、上缴合计{inside / _WAN.scale:.2f}万元，部门汇总时只算一次，可以解释这个差额。"
            if explained
            else f"单位列示的补助、上缴合计{inside / _WAN.scale:.2f}万元，解释不了这个差额，请核对汇总时抵销了什么。"
        )
        yield Finding(
            rule.id, Severity(rule.severity), Outcome.VIOLATED,
            f"所属单位之和比部门的{total.where}{more}{gap}", f"{identity.arithmetic(_WAN)}。{why}",
            (Evidence.of(total), *(Evidence.of(term.witness) for term in terms[:_MOST]), *map(Evidence.of, passed[:_MOST])),
            difference=verdict.residual / _WAN.scale, unit=_WAN,
        )  # fmt: skip


def _passed_on(sought: Quantity, rule: Rule, department: Department) -> list[Witness]:
    """What the bodies state to have got from, or given to, others of the department."""
    found: list[Witness] = []
    for narrowed in _entries(rule, "passed_on"):
        concept, dimension, member = narrowed.split()
        if concept != sought.fact.concept:
            continue
        fact = Fact(concept).slice(dimension, member)
        found += [
            part.stated[one]
            for part in department.parts
            if (one := sought._replace(fact=fact)) in part.stated
        ]
    return found


def _terms(sought: Quantity, department: Department) -> tuple[Term, ...]:
    return tuple(Term(1, part.stated[sought]) for part in department.parts if sought in part.stated)


def _is_shared(sought: Quantity, rule: Rule, *, fiscal: bool) -> bool:
    """Whether a figure is one of those that bodies and department share."""
    fact = sought.fact
    if {name for name, _ in fact.dims} - set(_entries(rule, "dimensions")):
        return False
    if not fiscal:
        return fact.concept in _entries(rule, "concepts")
    if fact.concept in _entries(rule, "kept"):
        return True
    return fact.concept in _entries(rule, "concepts") and fact.member("fund_type_code") in _entries(
        rule, "funds"
    )


def _entries(rule: Rule, key: str) -> tuple[str, ...]:
    entries = rule.params.get(key)
    return tuple(map(str, entries)) if isinstance(entries, list) else ()


def _detail(identity: Identity) -> tuple[int, str]:
    """Totals after what they are made of: the most detailed first."""
    fact = identity.right[0].witness.fact
    assert fact is not None
    return -sum(len(member) if member.isdigit() else 1 for _, member in fact.dims), str(fact)


def _told(rule: Rule, department: Department, broken: Sequence[Identity]) -> Finding:
    first = broken[0]
    body = department.whole.scope.body
    gap = first.verdict().residual
    unit = first.right[0].witness.printed.unit
    many = f"等{len(broken)}处" if len(broken) > 1 else ""
    how = "不等于部门的数" if department.complete else "大于部门的数"
    names = "、".join(part.scope.body or part.files[0].reading.file for part in department.parts)
    message = f"{body}部门的公开应当包含{names}的全部财政拨款。{first.title}：{first.arithmetic(unit)}。" + (
        "所列单位都在，应当相等。" if department.complete else "这里只有一部分单位，也不应大于部门。"
    )
    return Finding(
        rule.id, Severity(rule.severity), Outcome.VIOLATED,
        f"所属单位的{first.right[0].witness.where}{many}{how}", message,
        tuple(
            Evidence.of(witness, candidate=position < _PAIRS)
            for position, identity in enumerate(broken[:_MOST])
            for witness in identity.witnesses
        ),
        difference=gap / unit.scale, unit=unit,
        arithmetic=tuple(f"{one.title}：{one.arithmetic(unit)}" for one in broken[:_MOST]),
        undecided="无法断定是部门还是单位的数写错。",
    )  # fmt: skip


def _rows_told(rule: Rule, part: Volume, broken: Sequence[Identity]) -> Finding:
    first = broken[0]
    row, own = first.left[0].witness, first.right[0].witness
    many = f"等{len(broken)}处" if len(broken) > 1 else ""
    return Finding(
        rule.id, Severity(rule.severity), Outcome.VIOLATED,
        f"部门列示的{part.scope.body}与单位自己的公开不同：{row.where}{many}",
        f"{first.title}：{first.arithmetic(row.printed.unit)}。",
        tuple(Evidence.of(w, candidate=True) for one in broken[:_MOST] for w in one.witnesses),
        row.printed.text.strip(), own.printed.text.strip(), first.verdict().residual / row.printed.unit.scale, row.printed.unit,
        tuple(one.arithmetic(row.printed.unit) for one in broken[:_MOST]),
        undecided="无法断定是部门还是单位的数写错。",
    )  # fmt: skip


_MOST = 6
_PAIRS = 1

DEPARTMENT_ENGINES: Mapping[str, GroupEngine] = {
    "parts_of_department": parts_of_department,
    "rows_of_department": rows_of_department,
    "transfers_in_department": transfers_in_department,
}
