"""From causes to findings: what is said of a suspect cell, of an unexplained relation, of a rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gouji.catalog import Rule
from gouji.checking.diagnosis import Suspect, Unexplained, Unlisted
from gouji.checking.result import Evidence, Finding, Severity
from gouji.facts import Identity, Outcome, Presence, Printed, Unit, Witness, render

_MOST_EVIDENCE = 12
_MOST_ARITHMETIC = 6
_MOST_NAMED = 8


def of_suspect(suspect: Suspect, rules: Mapping[str, Rule]) -> Finding:
    """One place is wrong, or one of a few."""
    witness = suspect.witness
    printed = witness.printed
    broken = sorted(suspect.broken, key=lambda identity: (identity.relation != "=", len(identity.witnesses)))
    rule = rules[broken[0].rule]
    severity = _severity(broken, rules)
    expected = _text(suspect.expected, printed, broken)
    difference = _in_unit(printed.base - suspect.expected, printed.unit)
    if suspect.decided:
        finer = _said_finer(suspect)
        if finer is not None:
            expected, difference = (
                finer.text.strip().removesuffix(finer.unit),
                _in_unit(printed.base - finer.base, printed.unit),
            )
        return Finding(
            rule.id, severity, Outcome.VIOLATED,
            f"{witness.where}{_stated(printed)}，应为{expected}",
            f"有{suspect.votes}个互不依赖的勾稽关系都指向这一格：改为{expected}{printed.unit}，它们同时成立。"
            if suspect.votes > 1
            else f"改为{expected}{printed.unit}，勾稽关系成立。{_slip_of_unit(printed, suspect.expected)}",
            _evidence(broken, suspect=witness),
            printed.text.strip(), expected, difference, printed.unit,
            _arithmetic(broken), suspect.votes, _unsure(broken),
        )  # fmt: skip
    places = [witness, *suspect.rivals]
    sides = broken[0]
    slip = _slip_of_unit(
        sides.right[0].witness.printed, sum((t.witness.printed.base for t in sides.left), Decimal(0))
    )
    few = f"只有{len(broken)}个关系涉及这{len(places)}处，无法断定错在哪一处：{_named(places)}。"
    guess = (
        f"其中{_named([witness])}最像笔误，若是它则应为{expected}{printed.unit}。" if suspect.likely else ""
    )
    return Finding(
        rule.id, severity, Outcome.VIOLATED, f"{_subject(broken[0])}不符，相差{_gap(broken[0])}",
        f"{rule.title}：{broken[0].arithmetic()}。{slip}",
        _evidence(broken, suspect=witness if suspect.likely else None, candidates=places),
        printed.text.strip() if suspect.likely else None, expected if suspect.likely else None,
        difference if suspect.likely else _in_unit(broken[0].verdict().residual, printed.unit), printed.unit,
        _arithmetic(broken), suspect.votes, few + guess + _unsure(broken),
    )  # fmt: skip


def _said_finer(suspect: Suspect) -> Printed | None:
    """The figure that another place prints for the same, if it has more decimals than the wrong one."""
    own = suspect.witness.printed
    for identity in suspect.broken:
        if identity.relation == "=" and len(identity.witnesses) == 2:
            other = next(w.printed for w in identity.witnesses if w is not suspect.witness)
            fits = abs(other.base - suspect.expected) <= own.half_width
            if other.unit is own.unit and other.precision > own.precision and fits:
                return other
    return None


_UNIT_STEPS = (Decimal(1000), Decimal(10_000), Decimal(100_000_000))


def _slip_of_unit(printed: Printed, expected: Decimal) -> str:
    """Said where a figure is right but for its unit of measure."""
    if not printed.base or not expected or not printed.unit.is_money:
        return ""
    for step in _UNIT_STEPS:
        for factor, how in ((step, "小"), (1 / step, "大")):
            if abs(printed.base * factor - expected) <= max(abs(expected) / 1000, printed.half_width):
                return f"所写的数正好{how}了{step:f}倍，像是单位（元、万元、亿元）写错。"
    return ""


def _named(places: Sequence[Witness]) -> str:
    """Places in words; the table is named once where it is the same."""
    if len({place.table_id for place in places}) > 1:
        return "、".join(f"{place.where}（{_short(place.printed)}）" for place in places[:_MOST_NAMED])
    cells = [place.where.partition("》")[2] for place in places[:_MOST_NAMED]]
    words = "、".join(
        f"{cell}（{_short(place.printed)}）" for cell, place in zip(cells, places, strict=False)
    )
    return f"{words}等" if len(places) > _MOST_NAMED else words


def of_unexplained(cause: Unexplained, rules: Mapping[str, Rule]) -> Finding:
    """A relation does not hold and nothing more can be said."""
    identity = cause.broken[0]
    rule = rules[identity.rule]
    total = identity.right[0].witness
    return Finding(
        rule.id, _severity(cause.broken, rules), Outcome.VIOLATED,
        f"{_subject(identity)}不符，相差{_gap(identity)}",
        f"{rule.title}：{identity.arithmetic()}。",
        _evidence(cause.broken, suspect=None, candidates=cause.places),
        total.printed.text.strip(), None, _in_unit(identity.verdict().residual, total.printed.unit),
        total.printed.unit, _arithmetic(cause.broken), 1,
        "同时有多处不符，无法断定是哪一格错。" + _unsure(cause.broken),
    )  # fmt: skip


def of_unlisted(cause: Unlisted, rules: Mapping[str, Rule]) -> Finding:
    """The parts of a code fall short of it everywhere by the same amount."""
    identity, whole = cause.broken[0], cause.wholes[0]
    rule = rules[identity.rule]
    tables = "、".join(dict.fromkeys(f"《{place.table}》" for place in cause.wholes))
    name = f"{whole.row_code} {whole.row_label}".strip()
    return Finding(
        rule.id, Severity.WARNING, Outcome.VIOLATED,
        f"{name}的下级科目之和都少{_gap(identity)}，像是有下级科目没有列出",
        f"{tables}里，{name}都比所列下级科目之和多{_gap(identity)}。"
        "如果是依法不公开的科目，请加以说明；否则请补列。",
        _evidence(cause.broken, suspect=None, candidates=cause.wholes),
        None, None, _in_unit(identity.verdict().residual, whole.printed.unit), whole.printed.unit,
        _arithmetic(cause.broken), len(cause.broken), _unsure(cause.broken),
    )  # fmt: skip


def of_rounding(identity: Identity, rules: Mapping[str, Rule]) -> Finding:
    """A relation holds within what rounding allows."""
    rule = rules[identity.rule]
    total = identity.right[0].witness
    slack = _in_unit(identity.verdict().slack, total.printed.unit)
    unit = total.printed.unit
    return Finding(
        rule.id, Severity.INFO, Outcome.ROUNDING, _subject(identity),
        f"{identity.arithmetic()}，在四舍五入允许的±{slack.normalize():f}{unit}之内。",
        _evidence([identity], suspect=None),
        total.printed.text.strip(), None, _in_unit(identity.verdict().residual, unit), unit,
        (identity.arithmetic(),),
    )  # fmt: skip


def of_soft(identity: Identity, rules: Mapping[str, Rule]) -> Finding:
    """A usual relation does not hold: a hint, no defect. Nothing is expected of either place."""
    rule = rules[identity.rule]
    one, other = identity.left[0].witness, identity.right[0].witness
    return Finding(
        rule.id, Severity(rule.severity), Outcome.VIOLATED,
        f"{one.where}与{other.where}通常相等，这里不等",
        f"{identity.arithmetic()}。{rule.basis}",
        _evidence([identity], suspect=None, candidates=(one, other)),
        None, None, _in_unit(identity.verdict().residual, other.printed.unit), other.printed.unit,
        (identity.arithmetic(),), 0, "两者都可能是对的，请看列支的科目。" + _unsure([identity]),
    )  # fmt: skip


def _severity(broken: Sequence[Identity], rules: Mapping[str, Rule]) -> Severity:
    severities = {Severity(rules[identity.rule].severity) for identity in broken}
    worst = next(severity for severity in Severity if severity in severities)
    return Severity.WARNING if worst is Severity.ERROR and _unsure(broken) else worst


def _unsure(broken: Sequence[Identity]) -> str:
    """Which figures of violated relations character recognition was not sure of; empty when none."""
    unsure = dict.fromkeys(w for identity in broken for w in identity.witnesses if w.recognised_unsurely)
    if not unsure:
        return ""
    return f"文字识别没有把握的数字牵涉其中，请先对照原件：{_named(list(unsure))}。"


def _evidence(
    broken: Sequence[Identity], *, suspect: Witness | None, candidates: Sequence[Witness] = ()
) -> tuple[Evidence, ...]:
    """The places of the broken relations, the suspect first; blanks that add nothing are left out."""
    places: dict[Witness, None] = {}
    if suspect is not None:
        places[suspect] = None
    places.update(dict.fromkeys(candidates))
    for identity in broken:
        for witness in identity.witnesses:
            if witness.printed.presence is Presence.NUMBER or witness in places:
                places.setdefault(witness)
    return tuple(
        Evidence.of(place, suspect=place is suspect, candidate=place in candidates)
        for place in list(places)[:_MOST_EVIDENCE]
    )


def _arithmetic(broken: Sequence[Identity]) -> tuple[str, ...]:
    return tuple(f"{identity.title}：{identity.arithmetic()}" for identity in broken[:_MOST_ARITHMETIC])


def _subject(identity: Identity) -> str:
    return identity.title.removesuffix("＝各分项之和") + (
        "与各分项之和" if identity.title.endswith("之和") else ""
    )


def _gap(identity: Identity) -> str:
    unit = identity.right[0].witness.printed.unit
    gap = abs(identity.verdict().residual)
    if unit is Unit.COUNT:
        return f"{gap.normalize():f}{identity.measure(unit)}"
    return f"{_in_unit(gap, unit):f}{unit}"


def _in_unit(amount: Decimal, unit: Unit) -> Decimal:
    """An amount of base units in a unit, without needless zeros but with at least two decimals."""
    value = amount / unit.scale
    tidy = value.normalize()
    exponent = tidy.as_tuple().exponent
    return tidy if isinstance(exponent, int) and exponent < -2 else value.quantize(Decimal("0.01"))


def _text(amount: Decimal, printed: Printed, broken: Sequence[Identity]) -> str:
    precision = printed.precision
    if printed.presence is not Presence.NUMBER:
        precision = max((w.printed.precision for identity in broken for w in identity.witnesses), default=0)
    return render(amount, printed.unit, precision, grouping="," in printed.text)


def _short(printed: Printed) -> str:
    return printed.text.strip() or "空白"


def _stated(printed: Printed) -> str:
    text = printed.text.strip()
    return f"列示{text}" if text else "为空白"
