"""The relations among the witnesses of one document. Most fall out of the bindings; none is written per form.

Every engine takes a rule and a :class:`Ledger` of witnesses and yields identities. What it could not check for want of
a certain reading goes into ``Ledger.not_checked``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from gouji.catalog import ALL, Dimension, Rule
from gouji.checking.formula import Formula, parse_formula
from gouji.checking.two_sides import unsigned_decreases
from gouji.facts import Fact, Identity, Outcome, Presence, Status, Term, Witness
from gouji.reading import ReadTable
from gouji.reading.settling import LISTED

Witnesses = dict[Fact, Witness]


_DETAIL = "detail"


@dataclass(slots=True, eq=False)
class Ledger:
    """The witnesses of one document by table and by fact. A fact that one list of a table states several times takes part
    in no relation."""

    tables: Sequence[ReadTable]
    dimensions: Mapping[str, Dimension]
    by_table: list[Witnesses] = field(default_factory=list)
    by_fact: dict[Fact, list[Witness]] = field(default_factory=dict)
    not_checked: list[tuple[str, str]] = field(default_factory=list)
    gaps: set[tuple[int, str, str]] = field(default_factory=set)
    """Rows and columns of a table that hold a figure which was not understood."""
    partial: set[tuple[int, str, str]] = field(default_factory=set)
    """Those that hold a part (当年安排) of what the table does not print whole."""
    first: Witnesses = field(default_factory=dict)
    """The first place of each fact."""
    by_member: dict[str, dict[str, list[Fact]]] = field(default_factory=dict)
    """The facts that have a member in a dimension."""
    divided_by: list[set[str]] = field(default_factory=list)
    """For each table, the dimensions that any of its facts has."""

    def __post_init__(self) -> None:
        for table in self.tables:
            if not table.has_figures:
                # A blank table says nothing; that it is blank is another rule's business.
                self.by_table.append({})
                continue
            stated: dict[Fact, list[Witness]] = {}
            if table.cut:
                self.gaps.update((table.id, "column", witness.column) for witness in table.witnesses)
            for witness in table.witnesses:
                if witness.fact is None or witness.fact.member(LISTED) is not None:
                    self.gaps.add((table.id, "row", str(witness.row)))
                    self.gaps.add((table.id, "column", witness.column))
                    continue
                stated.setdefault(witness.fact, []).append(witness)
            single: Witnesses = {}
            for fact, places in stated.items():
                if len({place.lane for place in places}) == len(places):
                    # Once, or once in each of several lists side by side.
                    single[fact] = places[0]
                    self.by_fact.setdefault(fact, []).extend(places)
                    continue
                # Listed several times (by body, by project): what each line covers is not known.
                for place in places:
                    self.gaps.add((table.id, "row", str(place.row)))
                    self.gaps.add((table.id, "column", place.column))
            self.by_table.append(single)
            for change in unsigned_decreases(single):
                self.gaps.add((table.id, "column", change.column))
            self._note_partial(table.id, stated)
        self.first = {fact: places[0] for fact, places in self.by_fact.items()}
        for fact in self.by_fact:
            for name, member in fact.dims:
                self.by_member.setdefault(name, {}).setdefault(member, []).append(fact)
        self.divided_by = [{name for fact in stated for name, _ in fact.dims} for stated in self.by_table]

    def _note_partial(self, table: int, stated: Mapping[Fact, Sequence[Witness]]) -> None:
        """Note figures of a part (当年安排) whose whole the table does not print: what adds up may miss them."""
        for fact, places in stated.items():
            if fact.member(_DETAIL) is None or fact.slice(_DETAIL, None) in stated:
                continue
            for place in places:
                if place.printed.presence is Presence.NUMBER and place.printed.value:
                    self.partial |= {(table, "row", str(place.row)), (table, "column", place.column)}

    def lacks_parts(self, identity: Identity, beside: Witness, title: str) -> bool:
        """Whether a sum that does not come out may lack parts: a figure that was not understood stands in the row or
        column that it runs along. Such a sum counts as not checked."""
        parts = [term.witness for term in identity.left]
        along_row = all(part.row == beside.row for part in parts)
        gaps = (
            {(beside.table_id, "row", str(beside.row))}
            if along_row
            else {(w.table_id, "column", w.column) for w in (beside, *parts)}
        )
        whole = beside.fact is not None and not beside.fact.member(_DETAIL)
        unknown = not gaps.isdisjoint(self.gaps) or (whole and not gaps.isdisjoint(self.partial))
        if not unknown or identity.verdict().outcome is not Outcome.VIOLATED:
            return False
        self.not_checked.append((title, "同一行或同一列里有没读懂的数字，分项可能不全"))
        return True

    def lacks_tables(self, identity: Identity, title: str) -> bool:
        """Whether a relation some of whose terms are stated nowhere, and that does not come out, may lack a table that was
        found and not understood. It counts as not checked."""
        unread = [
            table.title
            for table in self.tables
            if (table.why and not table.witnesses)
            or (table.has_figures and all(witness.fact is None for witness in table.witnesses))
        ]
        if not unread or identity.verdict().outcome is not Outcome.VIOLATED:
            return False
        self.not_checked.append((title, f"《{unread[0]}》没有读懂，分项可能不全"))
        return True

    def checkable(self, witnesses: Iterable[Witness], what: str) -> bool:
        """Whether a relation says anything: at least one figure, and every place certain."""
        figures = False
        for witness in witnesses:
            if witness.status is Status.AMBIGUOUS:
                self.not_checked.append((what, f"{witness.where}的位置无法唯一确定"))
                return False
            if witness.status is Status.DOUBTFUL and witness.printed.presence is not Presence.NUMBER:
                self.not_checked.append((what, f"{witness.where}{witness.why}"))
                return False
            figures = figures or witness.printed.presence is Presence.NUMBER
        return figures


Engine = Callable[[Rule, Ledger], Iterator[Identity]]


def partition(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """Within each table, along one dimension: a whole is the sum of its nearest stated parts. ``within`` names members
    of other dimensions that the whole must have."""
    tree = ledger.dimensions[str(rule.params["dimension"])]
    within = rule.params.get("within", {})
    assert isinstance(within, Mapping)
    for table, stated, divided_by in zip(ledger.tables, ledger.by_table, ledger.divided_by, strict=True):
        if tree.id not in divided_by:
            continue
        if tree.code_lengths and _is_cross_coded(stated, ledger.dimensions, tree):
            continue
        for common, group in _groups(stated, tree).items():
            if any(common.member(name) != member for name, member in within.items()):
                continue
            for whole, parts in tree.partition(group).items() if len(group) > 1 else ():
                if len(parts) == 1 and not _is_listed_alone(tree, whole, parts[0]):
                    continue
                yield from sum_of_parts(
                    rule, ledger, group[whole], [group[part] for part in parts], f"《{table.title}》"
                )


def _is_cross_coded(stated: Witnesses, dimensions: Mapping[str, Dimension], tree: Dimension) -> bool:
    """Whether the rows of a table carry codes of another classification beside those of ``tree``, in the same rows or
    (for the two economic ones) in others: then neither alone lists all parts. A classification that a whole column
    shares divides no rows."""
    coded = [name for name, other in dimensions.items() if other.code_lengths and name != tree.id]
    columns: dict[tuple[int, str], list[Fact]] = {}
    for fact, witness in stated.items():
        columns.setdefault((witness.lane, witness.column), []).append(fact)
    return any(_is_column_cross_coded(facts, coded, tree) for facts in columns.values())


def _is_column_cross_coded(facts: Sequence[Fact], coded: Sequence[str], tree: Dimension) -> bool:
    own = [fact for fact in facts if (fact.member(tree.id) or "").isdigit()]
    if len({fact.member(tree.id) for fact in own}) <= 1:
        # The column is of one class: what adds up stands in other columns.
        return False
    if any(len({fact.member(name) for fact in own}) > 1 for name in coded):
        return True
    economic = [name for name in coded if name != "exp_func_code"]
    return tree.id != "exp_func_code" and any(
        len({fact.member(name) for fact in facts}) > 1 for name in economic
    )


def _is_listed_alone(tree: Dimension, whole: str, part: str) -> bool:
    """A whole with one stated part equals it where parts are listed by code (a 类 with one 款); a lone column or
    group may just be one of several that the table does not show."""
    return part.isdigit() and (whole == ALL or whole.isdigit())


def _groups(stated: Witnesses, tree: Dimension) -> dict[Fact, dict[str, Witness]]:
    """Witnesses that differ in one dimension only."""
    groups: dict[Fact, dict[str, Witness]] = {}
    for fact, witness in stated.items():
        groups.setdefault(fact.slice(tree.id, None), {})[fact.member(tree.id) or ALL] = witness
    return groups


def sum_of_parts(
    rule: Rule, ledger: Ledger, whole: Witness, parts: Sequence[Witness], where: str
) -> Iterator[Identity]:
    """A total is the sum of its parts, unless what was not understood may be one of them."""
    title = f"{where}{_key(whole)}＝各分项之和"
    if ledger.checkable([whole, *parts], title):
        identity = Identity(rule.id, "=", tuple(Term(1, part) for part in parts), (Term(1, whole),), title)
        if not ledger.lacks_parts(identity, whole, title):
            yield identity


def _key(witness: Witness) -> str:
    row = " ".join(part for part in (witness.row_code, witness.row_label) if part)
    return "·".join(part for part in (row, witness.column.replace("/", "·")) if part)


_MOST_PLACES = 6
"""A fact that stands in more tables than this is compared from one to the next: all pairs of a volume of forty bodies
would be eight hundred. The most that was met in one
disclosure is four."""


def _pairs(witnesses: Sequence[Witness]) -> Iterable[tuple[Witness, Witness]]:
    return combinations(witnesses, 2) if len(witnesses) <= _MOST_PLACES else pairwise(witnesses)


def _near(witnesses: Sequence[Witness], table: int) -> Sequence[Witness]:
    """The places to compare with those of a table: all, or of many the two nearest."""
    if len(witnesses) <= _MOST_PLACES:
        return witnesses
    at = bisect_left(witnesses, table, key=lambda witness: witness.table_id)
    return witnesses[max(0, at - 1) : at + 2]


def agreement(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """Every two tables that state one fact agree on it."""
    for witnesses in ledger.by_fact.values():
        for one, other in _pairs(witnesses):
            if (one.table_id, one.lane) == (other.table_id, other.lane):
                continue
            title = f"{one.where}＝{other.where}"
            if ledger.checkable((one, other), title):
                yield Identity(rule.id, "=", (Term(1, one),), (Term(1, other),), title)


def partition_across(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """A whole in one table, all its parts in another that does not state the whole itself."""
    for tree in ledger.dimensions.values():
        of_member = ledger.by_member.get(tree.id, {})
        for whole, parts in tree.closed.items():
            needed = [part for part in parts if not part.endswith("?")]
            if not needed or not all(part in of_member for part in needed):
                continue
            divided = {fact.slice(tree.id, None) for fact in of_member[needed[0]]}
            candidates = ledger.by_fact if whole == ALL else of_member.get(whole, ())
            for fact in candidates:
                if (fact if whole == ALL else fact.slice(tree.id, None)) not in divided:
                    continue
                required = [fact.slice(tree.id, part) for part in needed]
                if any(part not in ledger.by_fact for part in required):
                    continue
                sought = [fact.slice(tree.id, part.rstrip("?")) for part in parts]
                for index, stated in enumerate(ledger.by_table):
                    if any(part not in stated for part in required) or fact in stated:
                        continue
                    found = [stated[part] for part in sought if part in stated]
                    for witness in _near(ledger.by_fact[fact], ledger.tables[index].id):
                        if witness.table_id != ledger.tables[index].id:
                            title = f"{witness.where}＝《{ledger.tables[index].title}》各分项之和"
                            if ledger.checkable([witness, *found], title):
                                left = tuple(Term(1, part) for part in found)
                                identity = Identity(rule.id, "=", left, (Term(1, witness),), title)
                                if not ledger.lacks_parts(identity, found[0], title):
                                    yield identity


def part_within_whole(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """What one fund has is no more than what all funds have, where two tables state them."""
    tree = ledger.dimensions[str(rule.params["dimension"])]
    for fact, witnesses in ledger.by_fact.items():
        above = tree.parent(fact.member(tree.id) or ALL)
        while above is not None:
            whole = fact.slice(tree.id, above or None)
            above = tree.parent(above)
            wholes = ledger.by_fact.get(whole, [])
            for part, all_of_it in ((p, w) for p in witnesses for w in _near(wholes, p.table_id)):
                if part.table_id == all_of_it.table_id or part.printed.value <= 0:
                    continue
                title = f"{part.where}不大于{all_of_it.where}"
                if ledger.checkable((part, all_of_it), title):
                    yield Identity(rule.id, "<=", (Term(1, part),), (Term(1, all_of_it),), title)


def same_body(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """In a table of one body, its row and that of its department say what the total says."""
    for table, stated in zip(ledger.tables, ledger.by_table, strict=True):
        alone = table.one_body or (table.kind.by_category and _only_body(stated))
        for fact, witness in stated.items() if alone else ():
            whole = stated.get(fact.slice("agency_code", None))
            if fact.member("agency_code") is not None and whole is not None:
                title = f"{witness.where}＝{whole.where}"
                if ledger.checkable((witness, whole), title):
                    yield Identity(rule.id, "=", (Term(1, witness),), (Term(1, whole),), title)


def projects_of_body(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """In a table of performance targets, the line of a body is the sum of its projects."""
    for table, stated in zip(ledger.tables, ledger.by_table, strict=True):
        if not table.kind.by_category:
            continue
        projects: dict[Fact, list[Witness]] = {}
        for fact, witness in stated.items():
            if fact.member("pro_code") is not None:
                projects.setdefault(fact.slice("pro_code", None), []).append(witness)
        for fact, witness in stated.items():
            if fact.member("agency_code") is None or fact.member("pro_code") is not None:
                continue
            # Below the only body of a table its projects do not repeat it.
            parts = projects.get(fact) or (
                _only_body(stated) and projects.get(fact.slice("agency_code", None))
            )
            if parts:
                yield from sum_of_parts(rule, ledger, witness, parts, f"《{table.title}》")


def _only_body(stated: Witnesses) -> bool:
    return len({fact.member("agency_code") for fact in stated} - {None}) == 1


def formula(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """Declared relations. One without dimensions holds in every slice that a table states in full; one with
    dimensions of its own is looked for over all tables, of the whole or (``each``) of every member of one dimension."""
    texts = rule.params.get("formulas", [rule.params.get("formula")])
    assert isinstance(texts, list)
    if _may_lack_carryover(rule, ledger, texts):
        texts = rule.params["within_carryover"]
        assert isinstance(texts, list)
        ledger.not_checked.append(
            (rule.title, "有上年结转，分项的表看来只列本年收入安排的支出，只核对相差不超过结转")
        )
    for text in texts:
        declared = parse_formula(str(text))
        if rule.params.get("across") or not declared.is_sliced:
            pools: list[tuple[str, Witnesses]] = [("", ledger.first)]
        else:
            pools = [(f"《{t.title}》", s) for t, s in zip(ledger.tables, ledger.by_table, strict=True)]
        for where, pool in pools:
            for within in _slices(declared, pool, ledger, str(rule.params.get("each", ""))):
                sides = _declared(declared, within, pool)
                title = f"{where}{rule.title}"
                if sides and ledger.checkable([term.witness for side in sides for term in side], title):
                    left, right = sides
                    whole = len(left) + len(right) == len(declared.left) + len(declared.right)
                    if not declared.at_most and len(left) < len(right):
                        left, right = right, left
                    identity = Identity(rule.id, "<=" if declared.at_most else "=", left, right, title)
                    if whole or not ledger.lacks_tables(identity, title):
                        yield identity


def _may_lack_carryover(rule: Rule, ledger: Ledger, texts: Sequence[object]) -> bool:
    """Whether the parts of a relation may leave out money carried over that its whole counts: there is such money
    (``carried``), and the parts as a whole do not come to the whole."""
    if "carried" not in rule.params:
        return False
    carried = ledger.first.get(parse_formula(f"{rule.params['carried']} = total_in").left[0].fact(Fact("")))
    if carried is None or not carried.printed.value:
        return False
    wholes = [
        sides for text in texts if (sides := _declared(parse_formula(str(text)), Fact(""), ledger.first))
    ]
    return bool(wholes) and all(
        Identity(rule.id, "=", *sides, rule.title).verdict().outcome is Outcome.VIOLATED for sides in wholes
    )


def sources_of_total(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """A total is all its sources, in a table that lists them without their subtotal: 合计 over 上年结转 and the revenue
    of each fund. Where the subtotal is stated, a formula says the same."""
    total, current = str(rule.params["total"]), str(rule.params["current"])
    beside = rule.params.get("beside")
    assert isinstance(beside, list)
    tree = ledger.dimensions[str(rule.params["dimension"])]
    for table, stated in zip(ledger.tables, ledger.by_table, strict=True):
        alone = [fact for fact in stated if fact.concept == total and fact.of(current) not in stated]
        groups = _groups(stated, tree) if alone else {}
        for fact in alone:
            whole = stated[fact]
            parts = _tops(groups, fact.of(current), tree)
            if len(parts) < _SEVERAL or any(part.row != whole.row for part in parts):
                continue
            for concept in beside:
                same = stated.get(fact.of(concept))
                parts += [same] if same is not None else _tops(groups, fact.of(concept), tree)
            yield from sum_of_parts(rule, ledger, whole, parts, f"《{table.title}》")


_SEVERAL = 2


def _tops(groups: Mapping[Fact, Mapping[str, Witness]], whole: Fact, tree: Dimension) -> list[Witness]:
    """The parts of a fact along a dimension that are not parts of another stated part; none if the fact is a part.
    ``groups`` are the witnesses by what they have in common (see :func:`_groups`)."""
    members = {member: witness for member, witness in groups.get(whole, {}).items() if member != ALL}
    return [
        witness
        for member, witness in members.items()
        if not any(other != member and tree.contains(other, member) for other in members)
    ]


def _slices(declared: Formula, pool: Witnesses, ledger: Ledger, each: str) -> list[Fact]:
    """The slices in which all required terms are stated; of ``each``, the whole and the members that are named."""
    if not declared.is_sliced:
        return [Fact(""), *(Fact("", ((each, member),)) for member in ledger.by_member.get(each, ()))]
    needed = [term for term in declared.left + declared.right if not term.optional]
    return [fact for fact in pool if fact.concept == needed[0].concept]


def _declared(
    declared: Formula, within: Fact, pool: Witnesses
) -> tuple[tuple[Term, ...], tuple[Term, ...]] | None:
    """The witnesses of both sides; ``None`` when a required one is not stated."""
    sides: list[tuple[Term, ...]] = []
    for terms in (declared.left, declared.right):
        found: list[Term] = []
        for term in terms:
            witness = pool.get(term.fact(within))
            if witness is not None:
                found.append(Term(term.sign, witness))
            elif not term.optional:
                return None
        sides.append(tuple(found))
    return sides[0], sides[1]


ENGINES: Mapping[str, Engine] = {
    "partition": partition,
    "agreement": agreement,
    "partition_across": partition_across,
    "part_within_whole": part_within_whole,
    "projects_of_body": projects_of_body,
    "same_body": same_body,
    "formula": formula,
    "sources_of_total": sources_of_total,
}
