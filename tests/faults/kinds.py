"""The kinds of faults: what goes wrong in a disclosure when it is copied, retyped and carried over from last year by hand.

Every kind plants one fault in one place. A changed figure differs by more than rounding could make up for: what a reader
with a calculator could not prove wrong is no fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

from planted import (
    Kind,
    Place,
    Planted,
    Spoken,
    cells,
    row_name,
    runs,
    sections,
    statements,
    with_cells,
    with_parts,
    with_run,
    with_section,
    with_table,
    with_words,
)

from gouji.catalog import Spot, load_catalog
from gouji.facts import Fact
from gouji.writing import Disclosure, Statement, Table

_ROUNDING = Decimal("0.15")
"""万元. Thirty rounded items may miss their total by this much."""
_CATALOG = load_catalog()


# ---- slips in a figure


def swapped(text: str) -> str | None:
    """Two digits beside each other change places; those that weigh most come first."""
    for at in range(len(text) - 1):
        one, two = text[at], text[at + 1]
        if one.isdigit() and two.isdigit() and one != two and not (at == 0 and two == "0"):
            return f"{text[:at]}{two}{one}{text[at + 2 :]}"
    return None


def mistyped(text: str) -> str | None:
    """One digit of the whole part becomes another."""
    number = re.search(r"[1-9]", text)
    if number is None:
        return None
    at = number.start()
    return f"{text[:at]}{int(text[at]) % 9 + 1}{text[at + 1 :]}"


def point_moved(text: str) -> str | None:
    """Ten times as much, as when the point slips one place."""
    found = re.match(r"(-?\d+)\.(\d)(\d)(.*)", text)
    return f"{int(found[1] + found[2])}.{found[3]}0{found[4]}" if found else None


def sign_turned(text: str) -> str | None:
    return text[1:] if text.startswith("-") else f"-{text}"


def _value(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip().replace(",", "") or "0")
    except ArithmeticError:
        return None


def _differs(one: str, other: str, by: Decimal = _ROUNDING) -> bool:
    first, second = _value(one), _value(other)
    return first is not None and second is not None and abs(first - second) > by


# ---- in a table


def _figures(disclosure: Disclosure) -> list[Place]:
    """Figures that something else depends on: some other cell states the same fact, a part or a whole of it. The columns of a
    budget that stands beside the accounts (“三公”经费) count, too: they have their sums."""
    found = []
    for place in cells(disclosure):
        value = _value(place.cell.text) if place.cell.spot.fact else None
        if value is not None and place.cell.text and abs(value) > _ROUNDING * 2:
            found.append(place)
    return found


def _cell(
    slip: Callable[[str], str | None], told: str, *, only: Callable[[Place], bool] = lambda _: True
) -> Kind:
    def plant(disclosure: Disclosure, random: Random) -> Planted | None:
        places = [
            place for place in _figures(disclosure)
            if only(place) and (text := slip(place.cell.text)) is not None and _differs(text, place.cell.text)
        ]  # fmt: skip
        if not places:
            return None
        table, cell, row = random.choice(places)
        text = slip(cell.text) or ""
        other = with_cells(disclosure, table, {cell.spot: text})
        words = (table.form.title, row)
        return Planted(
            other,
            f"{told}：{table.form.title} {row} {cell.text}→{text or '空白'}",
            words,
            cell=text or "（空白）",
        )

    return plant


def _total(place: Place) -> bool:
    return place.row in ("合计", "总计") or place.row.endswith("合计")


def moved_to_neighbour(disclosure: Disclosure, random: Random) -> Planted | None:
    """A figure stands one column further, where the row was blank."""
    found = []
    for place in _figures(disclosure):
        spot = place.cell.spot
        for cell in place.table.cells:
            beside = cell.spot.row == spot.row and abs(cell.spot.col - spot.col) == 1
            if beside and cell.spot.fact is not None and not cell.text and cell.spot.row_span == 1:
                found.append((place, cell))
    if not found:
        return None
    (table, cell, row), beside = random.choice(found)
    other = with_cells(disclosure, table, {cell.spot: "", beside.spot: cell.text})
    told = f"移到相邻列：{table.form.title} {row} {cell.text}"
    return Planted(other, told, (table.form.title, row))


def misnamed(disclosure: Disclosure, random: Random) -> Planted | None:
    """A code stands beside the name of another one."""
    coded = _coded(disclosure)
    names = sorted({name for _, _, name, _ in coded})
    found = [(table, spot, code, name) for table, spot, name, code in coded if len(names) > 1]
    if not found:
        return None
    table, spot, code, name = random.choice(found)
    listed = _CATALOG.codes["exp_func_code"]
    others = [n for n in names if not listed.spelled(code, n, disclosure.year)]
    if not others:
        return None
    text = random.choice(others)
    return Planted(
        with_cells(disclosure, table, {spot: text}),
        f"科目名称：{code} {name}→{text}",
        (table.form.title, code, text),
    )


def obsolete(disclosure: Disclosure, random: Random) -> Planted | None:
    """A code bears the name of earlier years."""
    found = []
    for table, spot, _, code in _coded(disclosure):
        for spelling in _CATALOG.codes["exp_func_code"].names.get(code, ()):
            if not spelling.valid(disclosure.year):
                found.append((table, spot, code, spelling.name))
    if not found:
        return None
    table, spot, code, name = random.choice(found)
    return Planted(
        with_cells(disclosure, table, {spot: name}),
        f"旧科目名称：{code} {name}",
        (table.form.title, code, name),
    )


def _coded(disclosure: Disclosure) -> list[tuple[Table, Spot, str, str]]:
    """Table, place, name and code of every coded row."""
    found = []
    for table in disclosure.tables:
        if table.form.key == "exp_func_code":
            for cell in table.cells:
                if cell.spot.role == "name" and cell.text and (code := row_name(table, cell.spot)).isdigit():
                    found.append((table, cell.spot, cell.text, code))
    return found


def _filled(disclosure: Disclosure) -> list[Table]:
    return [
        table
        for table in disclosure.tables
        if any(cell.figure and cell.figure.amount for cell in table.amounts)
    ]


def _empty(disclosure: Disclosure) -> list[Table]:
    return [table for table in disclosure.tables if not any(cell.figure for cell in table.amounts)]


def table_removed(disclosure: Disclosure, random: Random) -> Planted | None:
    """A table that the contents page lists is not there."""
    table = random.choice(disclosure.tables)
    other = with_table(disclosure, table, None)
    return Planted(other, f"缺表：{table.form.title}", (table.form.title,), listed=disclosure)


def table_emptied(disclosure: Disclosure, random: Random) -> Planted | None:
    """A table that was not filled in."""
    table = random.choice(_filled(disclosure))
    blank = {cell.spot: "" for cell in table.amounts}
    return Planted(with_cells(disclosure, table, blank), f"空表：{table.form.title}", (table.form.title,))


def row_left_out(disclosure: Disclosure, random: Random) -> Planted | None:
    """The row of a 项 is missing from a table with codes. (Of one that is alone below its 款, no sum would tell.)"""
    found = []
    coded = _coded(disclosure)
    for table, spot, name, code in coded:
        beside = [c for t, _, _, c in coded if t is table and len(c) == 7 and c[:5] == code[:5]]
        row = [_value(c.text) or Decimal(0) for c in table.amounts if c.spot.row == spot.row]
        if len(code) == 7 and len(beside) > 1 and any(abs(value) > _ROUNDING for value in row):
            found.append((table, spot.row, name, code))
    if not found:
        return None
    table, row, name, code = random.choice(found)
    kept = []
    for cell in table.cells:
        spot = cell.spot
        if spot.row > row:
            kept.append(cell._replace(spot=spot._replace(row=spot.row - 1)))
        elif spot.row < row:
            spans = spot.row + spot.row_span > row
            kept.append(cell._replace(spot=spot._replace(row_span=spot.row_span - spans)))
    grid = replace(table.grid, n_rows=table.grid.n_rows - 1, spots=tuple(cell.spot for cell in kept))
    other = with_table(disclosure, table, replace(table, grid=grid, cells=tuple(kept)))
    return Planted(other, f"漏行：{table.form.title} {code} {name}", (table.form.title,))


def points_moved(disclosure: Disclosure, random: Random) -> Planted | None:
    """Three classes of one table are ten times what they should be."""
    own = [
        place for place in _figures(disclosure) if len(_class(place)) == 3 and point_moved(place.cell.text)
    ]
    tables = sorted({place.table.form.number for place in own})
    groups = [[p for p in own if p.table.form.number == number] for number in tables]
    groups = [
        group
        for group in groups
        if len(group) >= 3 and group[0].table.form.kind.id == "revenue_expenditure_summary"
    ]
    if not groups:
        return None
    group = random.choice(groups)[:3]
    table = group[0].table
    texts = {place.cell.spot: point_moved(place.cell.text) or "" for place in group}
    other = with_cells(disclosure, table, texts)
    return Planted(other, f"三个数字小数点移位：{table.form.title}", (table.form.title,))


def _class(place: Place) -> str:
    """The functional code of a cell, if it has one."""
    return (place.cell.spot.fact.member("exp_func_code") or "") if place.cell.spot.fact else ""


def note_removed(disclosure: Disclosure, random: Random) -> Planted | None:
    """A blank table does not say why it is blank. (A table with a zero in it says that there is nothing.)"""
    blank = [t for t in _empty(disclosure) if t.form.empty_notes and not t.form.empty_value]
    found = [t for t in blank if not t.form.kind.absence_words]
    if not found:
        return None
    table = random.choice(found)
    other = with_table(disclosure, table, replace(table, notes=table.form.notes))
    return Planted(other, f"缺空表说明：{table.form.title}", (table.form.title,))


def note_contradicted(disclosure: Disclosure, random: Random) -> Planted | None:
    """The note of an empty table stands below a filled one."""
    table = random.choice(_filled(disclosure))
    note = f"说明：{disclosure.body}没有相关收支，故本表无数据。"
    other = with_table(disclosure, table, replace(table, notes=(*table.notes, note)))
    return Planted(other, f"有数据的表写无数据：{table.form.title}", (table.form.title,))


# ---- years


def heading_year(disclosure: Disclosure, random: Random) -> Planted | None:
    """A heading keeps last year's year."""
    year, last = str(disclosure.year), str(disclosure.year - 1)
    assert disclosure.narrative is not None
    parts = disclosure.narrative.parts
    found = [part for part in parts if year in part.name]
    part = random.choice(found)
    other = tuple(p._replace(name=p.name.replace(year, last)) if p is part else p for p in parts)
    name = part.name.replace(year, last)
    return Planted(with_parts(disclosure, other), f"标题年度：{name}", (name,))


def stock_date(disclosure: Disclosure, random: Random) -> Planted | None:
    return _reworded(
        disclosure, random, f"截至{disclosure.year}年", lambda _: f"截至{disclosure.year - 1}年", "截至日期"
    )


def base_year(disclosure: Disclosure, random: Random) -> Planted | None:
    """Compared with the year before last."""
    return _reworded(
        disclosure, random, "与上年相比(?=增加|减少)", lambda _: f"与{disclosure.year - 2}年相比", "比较年度"
    )


# ---- figures in sentences


def _in_tables(disclosure: Disclosure) -> set[Fact | None]:
    return {cell.spot.fact for table in disclosure.tables for cell in table.amounts if cell.text}


def _said(
    disclosure: Disclosure, random: Random, found: list[tuple[Spoken, str]], told: str
) -> Planted | None:
    if not found:
        return None
    spoken, text = random.choice(found)
    other, paragraph = with_run(disclosure, spoken, text)
    run = spoken.run if isinstance(spoken.run, str) else spoken.run.text
    return Planted(other, f"{told}：{run}→{text}｜{paragraph[:90]}", (), paragraph=paragraph)


def _amount(text: str, slip: Callable[[str], str | None], least: Decimal = _ROUNDING) -> str | None:
    """The printed amount with a slip in its figure, if it is more than rounding."""
    number = re.match(r"-?[\d.]+", text)
    if number is None:
        return None
    other = slip(number[0])
    return other + text[number.end() :] if other and _differs(other, number[0], least) else None


def text_amount(disclosure: Disclosure, random: Random) -> Planted | None:
    """An amount in a sentence is not the one of the table."""
    known = _in_tables(disclosure)
    slip = random.choice((swapped, mistyped, point_moved))
    found = [
        (spoken, text) for spoken, s in statements(disclosure, "amount")
        if s.fact in known and s.unit == "万元" and (text := _amount(s.text, slip))
    ]  # fmt: skip
    return _said(disclosure, random, found, "文字金额")


def initial_amount(disclosure: Disclosure, random: Random) -> Planted | None:
    """An initial budget, which no table has, in a sentence with its completion rate."""
    found = [
        (spoken, text) for spoken, s in statements(disclosure, "amount")
        if s.fact.member("stage") == "initial" and s.value > 1 and (text := _amount(s.text, mistyped))
    ]  # fmt: skip
    return _said(disclosure, random, found, "年初预算数")


def whole_of_parts(disclosure: Disclosure, random: Random) -> Planted | None:
    """A total that only a sentence states is not its parts."""
    found = [
        (spoken, text) for spoken, s in statements(disclosure, "amount")
        if s.fact.concept == "procurement" and not s.fact.dims and s.value > 1 and (text := _amount(s.text, mistyped))
    ]  # fmt: skip
    return _said(disclosure, random, found, "文字总数不等于分项")


def unit_slip(disclosure: Disclosure, random: Random) -> Planted | None:
    known = _in_tables(disclosure)
    found = [
        (spoken, s.text.replace("万元", "元")) for spoken, s in statements(disclosure, "amount")
        if s.fact in known and s.unit == "万元" and s.value > 1
    ]  # fmt: skip
    return _said(disclosure, random, found, "元万元")


def _ratio(measure: str, slip: Callable[[str], str | None], told: str, most: int = 10**4) -> Kind:
    """A percentage with a slip, where both amounts are large enough for its second decimal to be certain."""

    def plant(disclosure: Disclosure, random: Random) -> Planted | None:
        found = []
        for spoken, s in statements(disclosure, measure):
            amounts = [
                o.value
                for _, o in statements(disclosure, "amount", "change")
                if o.section == s.section and o.unit == "万元"
            ]
            large = amounts and min((a for a in amounts if a), default=Decimal(0)) > 10
            if large and 0 < s.value < most and (text := _amount(s.text, slip, Decimal("0.5"))):
                found.append((spoken, text))
        return _said(disclosure, random, found, told)

    return plant


def other_whole(disclosure: Disclosure, random: Random) -> Planted | None:
    """A share was taken of another whole: of the whole revenue or expenditure and what was carried over with it."""
    totals = [
        c
        for t in disclosure.tables
        for c in t.amounts
        if c.spot.fact and c.spot.fact.concept in ("total_in", "total_out")
    ]
    wholes = {value for cell in totals if (value := _value(cell.text))}
    amounts = {s.fact: s.value for _, s in statements(disclosure, "amount")}
    found = []
    for spoken, s in statements(disclosure, "share"):
        part, whole = amounts.get(s.fact), amounts.get(s.against) if s.against else None
        if not part or not whole or part < 10:
            continue
        for other in wholes:
            text = f"{part / other * 100:.2f}%"
            if abs(part / other - part / whole) > Decimal("0.005") and part <= other:
                found.append((spoken, text))
    return _said(disclosure, random, found, "占比的总数不对")


def change_amount(disclosure: Disclosure, random: Random) -> Planted | None:
    found = [
        (spoken, text) for spoken, s in statements(disclosure, "change")
        if s.value > 10 and any(isinstance(r, Statement) and r.measure == "growth" for r in spoken.paragraph.runs[spoken.at :])
        and (text := _amount(s.text, mistyped))
    ]  # fmt: skip
    return _said(disclosure, random, found, "增减额")


def groups_zero(disclosure: Disclosure, random: Random) -> Planted | None:
    """No group, yet an amount was spent on groups."""
    found = [
        (spoken, re.sub(r"\d+", "0", s.text)) for spoken, s in statements(disclosure, "amount")
        if s.fact.concept in ("trip_groups", "reception_batches") and s.value
    ]  # fmt: skip
    return _said(disclosure, random, found, "数量为0而有金额")


# ---- words


def _reworded(
    disclosure: Disclosure,
    random: Random,
    pattern: str,
    other: Callable[[re.Match[str]], str],
    told: str,
    *,
    fits: Callable[[re.Match[str]], bool] = lambda _: True,
) -> Planted | None:
    """One match of ``pattern`` in the paragraphs of the explanation, replaced."""
    found = []
    seen: set[int] = set()
    for spoken in runs(disclosure):
        if id(spoken.paragraph) not in seen:
            seen.add(id(spoken.paragraph))
            found += [(spoken, match) for match in re.finditer(pattern, spoken.paragraph.text) if fits(match)]
    if not found:
        return None
    spoken, match = random.choice(found)
    text = spoken.paragraph.text
    changed = f"{text[: match.start()]}{other(match)}{text[match.end() :]}"
    planted, paragraph = with_words(disclosure, spoken, changed)
    around = changed[max(0, match.start() - 30) : match.end() + 30]
    return Planted(planted, f"{told}：{match[0]}→{other(match)}｜{around}", (), paragraph=paragraph)


def _words(pattern: str, other: Callable[[re.Match[str]], str], told: str) -> Kind:
    def plant(disclosure: Disclosure, random: Random) -> Planted | None:
        return _reworded(disclosure, random, pattern, other, told)

    return plant


_TURNED = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "大于": "小于", "小于": "大于"}


def _turned(match: re.Match[str]) -> str:
    return "".join(
        _TURNED.get(piece, piece) for piece in re.split("(增加|减少|增长|下降|大于|小于)", match[0])
    )


_MOVED = r"与上年相比(?:增加|减少)\d[\d.]*万元，(?:增长|下降)[\d.]+%"


def even_over_difference(disclosure: Disclosure, random: Random) -> Planted | None:
    """与年初预算数持平, while the tables or the sentence show another figure than planned."""
    return _reworded(
        disclosure, random, r"支出决算为(?P<own>[\d.]+)万元，完成年初预算的(?!100\.00)[\d.]+%，决算数(?:大于|小于)年初预算数(?P<by>[\d.]+)万元",
        lambda match: f"支出决算为{match['own']}万元，决算数与年初预算数持平", "持平而有差额",
        fits=lambda match: Decimal(match["by"]) > _ROUNDING,
    )  # fmt: skip


def listed_but_blank(disclosure: Disclosure, random: Random) -> Planted | None:
    """An economic item is listed that the table leaves blank."""
    return _economic(disclosure, random, blank=True)


def present_but_unlisted(disclosure: Disclosure, random: Random) -> Planted | None:
    return _economic(disclosure, random, blank=False)


def _economic(disclosure: Disclosure, random: Random, *, blank: bool) -> Planted | None:
    table = next((t for t in disclosure.tables if t.form.kind.id == "general_basic"), None)
    if table is None or not any(cell.spot.role in ("name", "label") for cell in table.cells):
        return None
    names: dict[int, dict[str, bool]] = {}
    for cell in table.cells:
        if cell.spot.role == "name" or (cell.spot.role == "label" and cell.text):
            after = [c for c in table.amounts if c.spot.row == cell.spot.row and c.spot.col > cell.spot.col]
            if after and len(row_name(table, after[0].spot)) >= 2:
                code = row_name(table, cell.spot)
                if len(code) == 5:
                    names.setdefault(int(code[:3] in ("301", "303")), {})[cell.text.strip()] = bool(
                        after[0].text
                    )
    found = []
    for spoken in runs(disclosure):
        listed = re.search(r"(人员经费|公用经费)[^。]*主要包括(?P<list>[^。；]+)", spoken.paragraph.text)
        if listed is None or spoken.section.id != "basic":
            continue
        own = names.get(int(listed[1] == "人员经费"), {})
        said = listed["list"].split("、")
        if blank:
            found += [
                (spoken, listed, [*said, name])
                for name, filled in own.items()
                if not filled and name not in said
            ]
        elif len(said) > 1:
            found += [(spoken, listed, [n for n in said if n != name]) for name in said if own.get(name)]
    if not found:
        return None
    spoken, listed, items = random.choice(found)
    text = spoken.paragraph.text
    changed = text[: listed.start("list")] + "、".join(items) + text[listed.end("list") :]
    other, paragraph = with_words(disclosure, spoken, changed)
    return Planted(other, f"经济科目：{listed['list'][:40]}→{'、'.join(items)[:60]}", (), paragraph=paragraph)


def cause_empty(disclosure: Disclosure, random: Random) -> Planted | None:
    return _reworded(
        disclosure,
        random,
        r"(主要是因为|主要原因是：?)[^。；]+(?=[。；])",
        lambda match: match[1],
        "原因空缺",
    )


def topic_missing(disclosure: Disclosure, random: Random) -> Planted | None:
    """A section that must be there is left out, of the text and of the contents page; nothing else speaks of it."""
    topics = {"procurement": "政府采购", "assets": "国有资产", "agency": "机关运行经费"}
    found = [(s, topics[s.id]) for _, s in sections(disclosure) if s.id in topics]
    section, topic = random.choice(found)
    other = with_section(disclosure, section, None)
    assert other.narrative is not None
    for part in other.narrative.parts:
        if part.id == "terms":
            for own in part.sections:
                kept = tuple(p for p in own.paragraphs if topic not in p.text)
                other = with_section(other, own, own._replace(paragraphs=kept))
    return Planted(other, f"缺少事项：{topic}", (topic,))


def item_left_out(disclosure: Disclosure, random: Random) -> Planted | None:
    """One 项 of those that are told one by one is not told. (Of fewer than six, the text may tell a choice.)"""
    found = []
    for spoken in runs(disclosure):
        if spoken.section.id == "general_items" and spoken.paragraph.style == "item" and spoken.at == 0:
            at = spoken.section.paragraphs.index(spoken.paragraph)
            after = spoken.section.paragraphs[at + 1]
            spent = [
                r
                for r in after.runs
                if isinstance(r, Statement) and r.fact.member("stage") is None and r.measure == "amount"
            ]
            if spent and spent[-1].value > _ROUNDING:
                found.append((spoken, after))
    if len(found) < 6:
        return None
    spoken, after = random.choice(found)
    own = spoken.section
    kept = tuple(p for p in own.paragraphs if p is not spoken.paragraph and p is not after)
    name = re.split("（款）", spoken.paragraph.text)[-1].split("（项）")[0]
    return Planted(
        with_section(disclosure, own, own._replace(paragraphs=kept)),
        f"漏项：{spoken.paragraph.text}",
        (name,),
    )


def path_misnamed(disclosure: Disclosure, random: Random) -> Planted | None:
    """The 款 in a path of names is another one of the same 类."""
    listed = _CATALOG.codes["exp_func_code"]
    found = []
    for spoken in runs(disclosure):
        path = re.match(r"\d+、(.+)（类）(.+)（款）(.+)（项）", spoken.paragraph.text)
        if path is None or spoken.at != 0:
            continue
        top = listed.find(path[1])
        codes = [c for c in listed.names if top and len(c) == 5 and c.startswith(top)]
        names = sorted({name.name for c in codes if (name := listed.name(c, disclosure.year))} - {path[2]})
        if names:
            other = random.choice(names)
            text = spoken.paragraph.text.replace(f"{path[2]}（款）", f"{other}（款）", 1)
            found.append((spoken, text))
    if not found:
        return None
    spoken, text = random.choice(found)
    changed, paragraph = with_words(disclosure, spoken, text)
    return Planted(changed, f"款名：{spoken.paragraph.text}→{text}", (), paragraph=paragraph)


def part_missing(disclosure: Disclosure, random: Random) -> Planted | None:
    """The contents page lists a part that the document does not have."""
    assert disclosure.narrative is not None
    parts = [part for part in disclosure.narrative.parts if part.id in ("terms", "report", "overview")]
    part = random.choice(parts)
    kept = tuple(p for p in disclosure.narrative.parts if p is not part)
    return Planted(with_parts(disclosure, kept), f"缺部分：{part.name}", (part.name,), listed=disclosure)


KINDS: Mapping[str, Kind] = {
    "cell: digits swapped": _cell(swapped, "数字互换"),
    "cell: digit mistyped": _cell(mistyped, "数字错一位"),
    "cell: point moved": _cell(point_moved, "小数点移位"),
    "cell: sign turned": _cell(sign_turned, "正负号"),
    "cell: blanked": _cell(lambda _: "", "漏填"),
    "cell: in the next column": moved_to_neighbour,
    "cell: total changed": _cell(mistyped, "合计", only=_total),
    "table: code with another name": misnamed,
    "table: obsolete name": obsolete,
    "table: row left out": row_left_out,
    "table: missing though listed": table_removed,
    "table: emptied": table_emptied,
    "table: points of three figures moved": points_moved,
    "table: note of an empty one removed": note_removed,
    "table: note over a filled one": note_contradicted,
    "year: of a heading": heading_year,
    "year: of 截至": stock_date,
    "year: compared with": base_year,
    "text: amount differs from table": text_amount,
    "text: initial budget": initial_amount,
    "text: total is not its parts": whole_of_parts,
    "text: 元 for 万元": unit_slip,
    "text: share mistyped": _ratio("share", mistyped, "占比", 100),
    "text: share of another whole": other_whole,
    "text: growth": _ratio("growth", mistyped, "增减百分比"),
    "text: completion": _ratio("rate", mistyped, "完成率"),
    "text: change": change_amount,
    "text: 增加 for 减少": _words(_MOVED, _turned, "增减方向"),
    "text: 大于 for 小于": _words("(大于|小于)(?=年初预算数|预算数|上年数)", _turned, "大小方向"),
    "text: 持平 over a difference": even_over_difference,
    "text: no group, an amount": groups_zero,
    "words: item listed that is blank": listed_but_blank,
    "words: item not listed": present_but_unlisted,
    "words: 项 not told": item_left_out,
    "words: 款 of a path": path_misnamed,
    "words: placeholder": _words(r"\d[\d.]*(?=万元)", lambda _: "XX", "占位符"),
    "words: 增加（减少） left in": _words("(?<=上年相比)(增加|减少)", lambda _: "增加（减少）", "未作选择"),
    "words: residue of an editor": _words("(?<=。)$", lambda _: "错误！未定义书签。", "残留"),
    "words: doubled mark": _words("。", lambda _: "。。", "重复标点"),
    "words: doubled word": _words("万元", lambda _: "万元万元", "重复字词"),
    "words: bracket lost": _words("（类）", lambda _: "（类", "括号"),
    "words: empty cause": cause_empty,
    "words: topic missing": topic_missing,
    "words: part missing though listed": part_missing,
}  # fmt: skip
"""Every kind by its name: where the fault is, and what it is."""
