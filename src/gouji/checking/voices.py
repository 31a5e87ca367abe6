"""Relations between what sentences state and what tables and other sentences state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.catalog import Catalog, Dimension, Rule
from gouji.facts import Identity, Presence, Term, Witness
from gouji.reading import Measure, Quantity, Reading, ReadTable, StatedFacts, Statement, quantity


@dataclass(slots=True, eq=False)
class Voices:
    """The witnesses of a document's sentences and tables by quantity. The same figure said twice in one passage is
    one voice."""

    reading: Reading
    catalog: Catalog
    borrowed: Sequence[ReadTable] = ()
    """Tables of another file of the same disclosure, for a file that has none."""
    tables: StatedFacts = field(init=False)
    spoken: dict[Quantity, list[Statement]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tables = StatedFacts(self.borrowed or self.reading.tables, self.reading.scope)
        for statement in self.reading.statements:
            if statement.fact is None or statement.witness is None:
                continue
            own = self.spoken.setdefault(quantity(statement.fact, self.reading.scope), [])
            if not any(_is_same(statement, other) for other in own):
                own.append(statement)

    def of(self, sought: Quantity) -> list[Witness]:
        """The witnesses of the sentences."""
        return [
            statement.witness for statement in self.spoken.get(sought, ()) if statement.witness is not None
        ]


def _is_same(one: Statement, other: Statement) -> bool:
    return one.printed.base == other.printed.base and one.printed.unit == other.printed.unit


VoiceEngine = Callable[[Rule, Voices], Iterator[Identity]]


def text_and_table(rule: Rule, voices: Voices) -> Iterator[Identity]:
    """What a sentence says of a fact is what the tables print."""
    for sought in voices.spoken:
        for spoken in voices.of(sought):
            for printed in voices.tables.witnesses(sought):
                if not _is_not_asked(printed):
                    yield _equal(rule, spoken, printed)


def _is_not_asked(printed: Witness) -> bool:
    """Whether a dash in a column of the budget says that the form does not ask for it (the budget of 机关运行经费 beside
    “三公”经费), not that it is nothing."""
    fact = printed.fact
    return (
        printed.printed.presence is Presence.DASH
        and fact is not None
        and fact.concept != "sangong"
        and fact.member("stage") in ("initial", "budget")
    )


def text_and_text(rule: Rule, voices: Voices) -> Iterator[Identity]:
    """Two sentences that state one fact say the same; different figures of one passage included."""
    for sought in voices.spoken:
        spoken = voices.of(sought)
        for position, one in enumerate(spoken):
            for other in spoken[position + 1 :]:
                yield _equal(rule, one, other)


def _equal(rule: Rule, one: Witness, other: Witness) -> Identity:
    title = f"{one.where}＝{other.where}"
    return Identity(rule.id, "=", (Term(1, one),), (Term(1, other),), title, truncation(one, other))


def truncation(one: Witness, other: Witness) -> Decimal:
    """What cutting off, or adding up rounded figures, adds to rounding where one figure is printed less finely than the
    other: one unit of its last place."""
    widths = sorted((one.printed.half_width, other.printed.half_width))
    if other.printed.presence is not Presence.NUMBER or widths[0] == widths[1]:
        return Decimal(0)
    return widths[1] * 2


def parts_told(rule: Rule, voices: Voices) -> Iterator[Identity]:
    """Parts told apart from a whole: they add up to it where they are all there is, and never exceed it."""
    groups: dict[tuple[int, int], tuple[Statement, list[Statement]]] = {}
    for statement in voices.reading.statements:
        if statement.whole is not None and _is_part(statement, statement.whole):
            key = id(statement.whole), statement.list_number
            groups.setdefault(key, (statement.whole, []))[1].append(statement)
    for whole, told in groups.values():
        parts = told if _fit(told, whole) else _without_nested(told)
        if len(parts) < 2 or len({_key(part) for part in parts}) < len(parts) or _is_two_sided(whole, parts):
            continue
        if whole.measure is Measure.COUNT and not _are_exclusive(whole, parts, voices):
            continue
        relation = "=" if _is_complete(whole, parts, voices) else "<="
        left = tuple(Term(1, witness_of(part, voices)) for part in parts)
        right = (Term(1, witness_of(whole, voices)),)
        title = f"“{right[0].witness.row_label}”＝各分项之和"
        measured = whole.unit in voices.catalog.clauses.measured
        leeway = Decimal(len(parts) + 1) / 2 if measured else Decimal(0)
        yield Identity(rule.id, relation, left, right, title, leeway)


def _are_exclusive(whole: Statement, parts: Sequence[Statement], voices: Voices) -> bool:
    """Whether things counted as parts can overlap: cars and occasions do not, projects of different funds do not."""
    wording = voices.catalog.clauses
    if whole.unit in wording.exclusive:
        return True
    if whole.unit in wording.bracketed:
        return _fill_a_bracket(parts)
    return whole.fact is not None and all(
        part.fact is not None and part.fact.concept == whole.fact.concept and set(part.fact.dims) > set(whole.fact.dims)
        for part in parts
    )  # fmt: skip


def _fill_a_bracket(parts: Sequence[Statement]) -> bool:
    """Whether parts are all that a bracket behind their whole tells, and nothing (等) says that there are more."""
    closing = parts[-1].passage.folded[parts[-1].end : parts[-1].end + 1]
    return closing == ")" and all(part.in_bracket for part in parts)


def _fit(parts: Sequence[Statement], whole: Statement) -> bool:
    """Whether all parts add up to the whole: then none of them tells another one apart, whatever sums there are among them."""
    room = whole.printed.half_width + sum((part.printed.half_width for part in parts), Decimal(0))
    total = sum((part.printed.base for part in parts), Decimal(0))
    return abs(total - whole.printed.base) <= room


def _without_nested(parts: Sequence[Statement]) -> list[Statement]:
    """Parts without those that tell the part before them apart: 公务用车费12万元，公务用车购置费5万元，运行费7万元."""
    kept: list[Statement] = []
    position = 0
    while position < len(parts):
        kept.append(parts[position])
        position += 1 + _told_apart(parts[position], parts[position + 1 :])
    return kept


def _told_apart(part: Statement, following: Sequence[Statement]) -> int:
    """How many of the following amounts, at least two that are not nothing, add up to a part."""
    total, addends = Decimal(0), 0
    for count, other in enumerate(following, start=1):
        total += other.printed.base
        addends += bool(other.printed.value)
        if total == part.printed.base and other.printed.value and (addends > 1 or _inside(other, part)):
            return count
    return 0


def _inside(part: Statement, whole: Statement) -> bool:
    """Whether one fact narrows the other."""
    if part.fact is None or whole.fact is None or part.fact.concept != whole.fact.concept:
        return False
    return part.fact.member("sangong_item") is not None and whole.fact.member("sangong_item") == "vehicle"


def _is_two_sided(whole: Statement, parts: Sequence[Statement]) -> bool:
    """Whether revenue and expenditure are told in one list."""
    sides = {"收入" in part.words for part in parts}, {"支出" in part.words for part in parts}
    return True in sides[0] and True in sides[1]


def _key(part: Statement) -> str:
    return f"{part.words}|{part.fact}"


def _is_part(part: Statement, whole: Statement) -> bool:
    return (
        part.measure is whole.measure
        and part.measure in (Measure.AMOUNT, Measure.COUNT)
        and not part.is_base
        and part.year == whole.year
        and (part.measure is Measure.AMOUNT or part.unit == whole.unit)
        and (not part.stage or not whole.stage or part.stage == whole.stage)
        and part is not whole
    )


def _is_complete(whole: Statement, parts: Sequence[Statement], voices: Voices) -> bool:
    """Whether nothing else can belong to the whole: the parts are a closed list of the catalogue, their shares add up
    to the whole, or the last of them is what is left over (其他)."""
    if _closed(whole, parts, voices.catalog.dimensions) or _fill_a_bracket(parts):
        return True
    shares = [s.printed for s in voices.reading.statements if s.measure is Measure.SHARE and s.of in parts]
    if len(shares) == len(parts):
        # Shares that fall short of the whole by more than rounding say themselves that the list is not all.
        leeway = sum((Decimal(1).scaleb(-share.decimals) for share in shares), Decimal(0))
        if abs(sum((share.value for share in shares), Decimal(0)) - 100) <= leeway:
            return True
    rest = voices.catalog.clauses.rest
    last = parts[-1].words
    return whole.measure is Measure.COUNT and len(parts) > 2 and last.startswith(rest)


def _closed(whole: Statement, parts: Sequence[Statement], dimensions: Mapping[str, Dimension]) -> bool:
    if whole.fact is None or any(part.fact is None for part in parts):
        return False
    for name, tree in dimensions.items():
        members = [part.fact.member(name) for part in parts if part.fact is not None]
        needed = tree.closed.get(whole.fact.member(name) or "")
        if needed is None or any(member is None for member in members):
            continue
        others = {part.fact.slice(name, whole.fact.member(name)) for part in parts if part.fact is not None}
        required = {member for member in needed if not member.endswith("?")}
        allowed = {member.rstrip("?") for member in needed}
        if others == {whole.fact} and required <= set(members) <= allowed:
            return True
    return False


def witness_of(statement: Statement, voices: Voices) -> Witness:
    """The witness of a figure; one that states no known fact gets a witness of its own."""
    if statement.witness is None:
        title = statement.passage.path[-1] if statement.passage.path else "文字说明"
        printed = statement.printed._replace(text=f"{statement.printed.text}{statement.unit}")
        statement.witness = Witness(
            None, printed, statement.place(voices.reading.file), title, _TEXT, statement.passage.block, "",
            statement.words[-30:] or "所列金额", "",
        )  # fmt: skip
        return statement.witness
    for known in (
        voices.spoken.get(quantity(statement.fact, voices.reading.scope), ()) if statement.fact else ()
    ):
        # The same figure said again is the same voice.
        if _is_same(known, statement) and known.witness is not None:
            return known.witness
    return statement.witness


_TEXT = 999


def stated_quantities(voices: Voices) -> dict[Quantity, Witness]:
    """One figure for each quantity: of the tables, else of the sentences."""
    found: dict[Quantity, Witness] = {}
    for sought, witnesses in voices.tables.by_quantity.items():
        figures = [w for w in witnesses if w.printed.presence is Presence.NUMBER]
        if figures:
            found[sought] = figures[0]
    for sought in voices.spoken:
        for witness in voices.of(sought)[:1]:
            found.setdefault(sought, witness)
    return found


VOICE_ENGINES: Mapping[str, VoiceEngine] = {
    "text_and_table": text_and_table,
    "text_and_text": text_and_text,
    "parts_told": parts_told,
}

__all__ = ["VOICE_ENGINES", "Voices", "stated_quantities", "truncation", "witness_of"]
