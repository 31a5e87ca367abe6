"""The kinds of faults of self-evaluations: what goes wrong when forms and report are filled in by hand.

A fault is planted into the composed document, so that every format prints it. A place is named by the form and the row (or
the words of the report) that a finding accuses; where a sum cannot tell which of its terms is wrong, the form is the place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import NamedTuple

from gouji.catalog import label_of, load_catalog
from gouji.checking import Evidence, Finding
from gouji.writing.evaluation_document import EvaluationDocument
from gouji.writing.narrative import Paragraph, Section
from gouji.writing.performance_grid import FormTable, GridCell

_COLUMNS = load_catalog().performance.columns
_MONEY = load_catalog().performance.money_columns


class Planted(NamedTuple):
    """``words`` are what a finding's evidence must all name."""

    document: EvaluationDocument
    told: str
    words: tuple[str, ...]

    def named_by(self, finding: Finding, *, accused: bool = False) -> bool:
        suspects = [e for e in finding.evidence if e.suspect or e.candidate] if accused else []
        return any(self._is_said(evidence, finding) for evidence in suspects or finding.evidence)

    def _is_said(self, evidence: Evidence, finding: Finding) -> bool:
        text = _squeezed(f"{evidence.where}{evidence.quote}{finding.title}")
        return all(_squeezed(word) in text for word in self.words)


Kind = Callable[[EvaluationDocument, Random], Planted | None]


def _squeezed(text: str) -> str:
    return re.sub(r"[\s“”]", "", text)


class Row(NamedTuple):
    """One indicator of a form: its cells by column of the catalogue."""

    table: FormTable
    cells: Mapping[str, GridCell]

    def text(self, column: str) -> str:
        return self.cells[column].text

    @property
    def name(self) -> str:
        return self.text("name")


def rows(document: EvaluationDocument) -> Iterator[Row]:
    """Every indicator row of every form."""
    for table in document.tables:
        for _, piece in table.pieces:
            heads: dict[int, str] = {}
            for line in piece:
                named = {
                    cell.col: id for cell in line if cell.head and (id := _COLUMNS.get(label_of(cell.text)))
                }
                if "name" in named.values() and "target" in named.values():
                    heads = named
                    continue
                cells = {heads[cell.col]: cell for cell in line if cell.col in heads}
                if (
                    heads
                    and {"name", "target", "actual", "weight", "score"} <= cells.keys()
                    and cells["score"].text
                ):
                    yield Row(table, cells)


def money(document: EvaluationDocument) -> Iterator[tuple[FormTable, str, Mapping[str, GridCell]]]:
    """Every row of money: its form, its label, its cells by column."""
    for table in document.tables:
        for _, piece in table.pieces:
            heads: dict[int, str] = {}
            for line in piece:
                named = {
                    cell.col: id for cell in line if cell.head and (id := _MONEY.get(label_of(cell.text)))
                }
                if {"budget", "spent"} <= set(named.values()):
                    heads = named
                    continue
                cells = {heads[cell.col]: cell for cell in line if cell.col in heads and not cell.head}
                label = next(
                    (
                        cell.text
                        for cell in line
                        if cell.head and len(cell.text) > 1 and cell.col <= min(heads, default=0)
                    ),
                    "",
                )
                if (
                    heads
                    and {"budget", "spent"} <= cells.keys()
                    and cells["budget"].text
                    and len(line) > len(cells)
                ):
                    yield table, [cell.text for cell in line if cell.head][-1] or label, cells


def whose(table: FormTable) -> str:
    form = table.evaluations[0].form
    return form.project or form.body


def changed(
    document: EvaluationDocument, table: FormTable, *texts: tuple[GridCell, str]
) -> EvaluationDocument:
    """The same with other words in some cells of one form."""
    places = {id(cell): text for cell, text in texts}
    pieces = tuple(
        (heads, [[cell._replace(text=places.get(id(cell), cell.text)) for cell in line] for line in piece])
        for heads, piece in table.pieces
    )
    other = replace(table, pieces=pieces)
    return replace(document, tables=tuple(other if own is table else own for own in document.tables))


# ---- in a row


def _row(
    told: str,
    slip: Callable[[Row, Random], Mapping[str, str] | None],
    *,
    form_only: bool = False,
) -> Kind:
    """Changes some cells of one row; ``slip`` says which, or ``None`` where the row has no place for it."""

    def plant(document: EvaluationDocument, random: Random) -> Planted | None:
        found = [(row, texts) for row in rows(document) if (texts := slip(row, random))]
        if not found:
            return None
        row, texts = random.choice(found)
        other = changed(document, row.table, *((row.cells[column], text) for column, text in texts.items()))
        was = "，".join(f"{column} {row.text(column)}→{text or '空白'}" for column, text in texts.items())
        words = (whose(row.table),) if form_only else (whose(row.table), row.name)
        return Planted(other, f"{told}：{whose(row.table)} {row.name} {was}", words)

    return plant


_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _figure(text: str) -> Decimal | None:
    match = _NUMBER.search(text)
    return Decimal(match[0]) if match else None


def _with(text: str, amount: object) -> str:
    return _NUMBER.sub(str(amount), text, count=1)


def _counted(row: Row) -> bool:
    return bool(re.fullmatch(r"(?:≥|不少于)?\d+(?:场|次|期|人|家|台|项|册|人次|处|件)", row.text("target")))


def _full(row: Row) -> bool:
    return row.text("weight") == row.text("score")


def _over_weight(row: Row, random: Random) -> Mapping[str, str]:
    return {"score": str(int(Decimal(row.text("weight"))) + random.randint(1, 3))}


def _lost_weight(row: Row, random: Random) -> Mapping[str, str] | None:
    weight = Decimal(row.text("weight"))
    return {"weight": str(weight + 2)} if _full(row) else None


def _bound_as_result(row: Row, _: Random) -> Mapping[str, str] | None:
    return {"actual": f"≥{row.text('actual')}"} if _counted(row) else None


def _target_as_result(row: Row, _: Random) -> Mapping[str, str] | None:
    return {"actual": row.text("target")} if row.text("target")[:1] in "≥≤" else None


def _missed(row: Row, _: Random) -> Mapping[str, str] | None:
    target = _figure(row.text("target"))
    if not _counted(row) or not _full(row) or target is None:
        return None
    return {"actual": _with(row.text("actual"), int(target) - max(1, int(target) // 5))}


def _cause_lost(row: Row, _: Random) -> Mapping[str, str] | None:
    return {"cause": ""} if row.text("cause") else None


def _other_unit(row: Row, _: Random) -> Mapping[str, str] | None:
    if not _counted(row):
        return None
    unit = "批" if not row.text("actual").endswith("批") else "次"
    return {"actual": _NUMBER.search(row.text("actual"))[0] + unit}  # type: ignore[index]


def _no_unit(row: Row, _: Random) -> Mapping[str, str] | None:
    if not _counted(row) or re.search("人数|人次", row.name):
        return None
    bare = {column: re.sub(r"(\d)\D+$", r"\1", row.text(column)) for column in ("target", "actual")}
    return bare if row.text("target").startswith("≥") else None


def _empty(row: Row, _: Random) -> Mapping[str, str]:
    return {"actual": ""}


def _beyond_hundred(row: Row, _: Random) -> Mapping[str, str] | None:
    return {"actual": f"1{row.text('actual')}"} if row.name.endswith("满意度") else None


def _not_done(row: Row, _: Random) -> Mapping[str, str] | None:
    return {"actual": "尚未开展，拟于下年启动"} if not _figure(row.text("target")) and _full(row) else None


def _words_copied(row: Row, _: Random) -> Mapping[str, str] | None:
    told = "建立覆盖全部基层站点的服务标准"
    return {"target": told, "actual": told} if not _figure(row.text("target")) else None


def _ten_times(row: Row, _: Random) -> Mapping[str, str] | None:
    """Only where no cause is given: 财预〔2020〕10号 allows a result far above its target that is explained."""
    done = _figure(row.text("actual"))
    plain = _counted(row) and not row.text("cause")
    return {"actual": _with(row.text("actual"), int(done * 10))} if plain and done else None


def _doubled(row: Row, _: Random) -> Mapping[str, str] | None:
    return {"target": row.text("target").replace("万元", "万万元")} if "万元" in row.text("target") else None


def _cost_target(row: Row, random: Random) -> Mapping[str, str] | None:
    amount = _figure(row.text("target"))
    if "万元" not in row.text("target") or amount is None:
        return None
    return {"target": _with(row.text("target"), amount + random.randint(2, 40))}


def _cost_result(row: Row, random: Random) -> Mapping[str, str] | None:
    amount = _figure(row.text("actual"))
    if "万元" not in row.text("target") or amount is None:
        return None
    return {"actual": _with(row.text("actual"), max(amount - random.randint(2, 5), Decimal("0.5")))}


def _floor_for_cost(row: Row, _: Random) -> Mapping[str, str] | None:
    return (
        {"target": row.text("target").replace("≤", "≥")}
        if "≤" in row.text("target") and "万元" in row.text("target")
        else None
    )


def _two_actuals(document: EvaluationDocument, random: Random) -> Planted | None:
    shared = [row for row in rows(document) if len(row.name) > 8 and _counted(row)]
    if len(shared) < 2:
        return None
    row = random.choice(shared)
    done = _figure(row.text("actual"))
    assert done is not None
    text = _with(row.text("actual"), int(done) + random.randint(3, 30))
    return Planted(
        changed(document, row.table, (row.cells["actual"], text)),
        f"两个完成值：{whose(row.table)} {row.name}",
        (row.name,),
    )


def _scored_twice(document: EvaluationDocument, random: Random) -> Planted | None:
    pairs = [
        (one, other) for one in rows(document) for other in rows(document)
        if one.table is other.table and one.name != other.name and _counted(one) and _counted(other)
    ]  # fmt: skip
    if not pairs:
        return None
    one, other = random.choice(pairs)
    texts = [(other.cells[column], one.text(column)) for column in ("name", "target", "actual")]
    told = f"重复计分：{whose(one.table)} {one.name}"
    return Planted(changed(document, one.table, *texts), told, (whose(one.table), one.name))


# ---- in the sums and in the money


def _cell(
    document: EvaluationDocument, label: str, slip: Callable[[str], str | None]
) -> list[tuple[FormTable, GridCell, str]]:
    """Cells to the right of a label, with what they become."""
    found = []
    for table in document.tables:
        for _, piece in table.pieces:
            for line in piece:
                if line and line[0].text == label:
                    cells = [cell for cell in line[1:] if cell.text and slip(cell.text) is not None]
                    found += [(table, cells[-1], slip(cells[-1].text) or "")] if cells else []
    return found


def _total(document: EvaluationDocument, random: Random) -> Planted | None:
    found = _cell(
        document,
        "总分",
        lambda text: str(Decimal(text) + random.choice((-1, 1, 2))) if Decimal(text) < 98 else None,
    )
    if not found:
        return None
    table, cell, text = random.choice(found)
    return Planted(
        changed(document, table, (cell, text)),
        f"总分：{whose(table)} {cell.text}→{text}",
        (whose(table), "总分"),
    )


def _grade(document: EvaluationDocument, random: Random) -> Planted | None:
    found = _cell(document, "自评等级", lambda text: "中" if text in "优良" else None)
    if not found:
        return None
    table, cell, text = random.choice(found)
    return Planted(
        changed(document, table, (cell, text)),
        f"等级：{whose(table)} {cell.text}→{text}",
        (whose(table), "等级"),
    )


def _in_money(told: str, column: str, slip: Callable[[str], str | None], *, whole: bool = True) -> Kind:
    """Changes one cell of the money: of the whole (``whole``), or of a source. A form that prints no source in the column
    has nothing that an amount could be held against."""

    def plant(document: EvaluationDocument, random: Random) -> Planted | None:
        by_source = {
            id(table)
            for table, label, cells in money(document)
            if "总额" not in label and column in cells and _NUMBER.match(cells[column].text)
        }
        found = [
            (table, label, cells[column], text)
            for table, label, cells in money(document)
            if column in cells
            and ("总额" in label) is whole
            and (id(table) in by_source or column in ("rate", "score", "spent"))
            and (text := slip(cells[column].text))
        ]
        if not found:
            return None
        table, label, cell, text = random.choice(found)
        other = changed(document, table, (cell, text))
        return Planted(other, f"{told}：{whose(table)} {label} {cell.text}→{text}", (whose(table),))

    return plant


def _plus(text: str) -> str | None:
    return f"{Decimal(text) + 7:.2f}" if re.fullmatch(r"\d+\.\d\d", text) and Decimal(text) > 10 else None


def _shifted(text: str) -> str | None:
    return f"{Decimal(text) * 10:.2f}" if re.fullmatch(r"\d+\.\d\d", text) and Decimal(text) > 1 else None


def _swapped_rate(text: str) -> str | None:
    match = re.fullmatch(r"(\d)(\d)(\.\d+%)", text)
    return f"{match[2]}{match[1]}{match[3]}" if match and match[1] != match[2] and match[2] != "0" else None


def _score_off(text: str) -> str | None:
    return str(Decimal(text) - 1) if re.fullmatch(r"\d\.\d", text) and Decimal(text) > 2 else None


# ---- in the goal and in the report


def _goal(document: EvaluationDocument, random: Random) -> Planted | None:
    found = []
    for table in (table for table in document.tables if table.evaluations):
        form = table.evaluations[0].form
        for cell in table.cells:
            if cell.text and cell.text == form.goal:
                found += [
                    (table, cell, row)
                    for row in rows(document)
                    if row.table is table and _counted(row) and row.name in cell.text
                ]
    if not found:
        return None
    table, cell, row = random.choice(found)
    at = cell.text.index(row.name) + len(row.name)
    number = _NUMBER.search(cell.text, at)
    assert number is not None
    text = (
        cell.text[: number.start()] + str(int(number[0]) + random.randint(2, 9)) + cell.text[number.end() :]
    )
    return Planted(
        changed(document, table, (cell, text)), f"目标：{whose(table)} {row.name}", (whose(table), row.name)
    )


def _said(told: str, pattern: str, slip: Callable[[re.Match[str], Random], str]) -> Kind:
    """Changes words of the report."""

    def plant(document: EvaluationDocument, random: Random) -> Planted | None:
        if document.narrative is None:
            return None
        found = [
            (section, paragraph, match)
            for part in document.narrative.parts
            for section in part.sections
            for paragraph in section.paragraphs
            for match in re.finditer(pattern, paragraph.text)
        ]
        if not found:
            return None
        section, paragraph, match = random.choice(found)
        new = slip(match, random)
        text = paragraph.text[: match.start()] + new + paragraph.text[match.end() :]
        other = _retold(document, section, paragraph, text)
        return Planted(other, f"{told}：{match[0]}→{new}", (new,))

    return plant


def _retold(
    document: EvaluationDocument, section: Section, paragraph: Paragraph, text: str
) -> EvaluationDocument:
    assert document.narrative is not None
    new = paragraph._replace(runs=(text,))
    changed_section = section._replace(
        paragraphs=tuple(new if own is paragraph else own for own in section.paragraphs)
    )
    parts = tuple(
        part._replace(sections=tuple(changed_section if own is section else own for own in part.sections))
        for part in document.narrative.parts
    )
    return replace(document, narrative=replace(document.narrative, parts=parts))


def _other_rate(match: re.Match[str], random: Random) -> str:
    rate = Decimal(match[1])
    return match[0].replace(match[1], f"{rate - random.randint(3, 12):.2f}")


def _other_score(match: re.Match[str], random: Random) -> str:
    return match[0].replace(match[1], str(Decimal(match[1]) - random.choice((1, 2, Decimal("0.5")))))


def _other_amount(match: re.Match[str], random: Random) -> str:
    return match[0].replace(match[1], f"{Decimal(match[1]) + random.randint(3, 30):.2f}")


KINDS: Mapping[str, Kind] = {
    "row: score beyond the weight": _row("得分超过分值", _over_weight),
    "row: weight changed": _row("分值改动", _lost_weight, form_only=True),
    "row: result with a bound": _row("完成值写成范围", _bound_as_result),
    "row: target copied as result": _row("照抄指标值", _target_as_result),
    "row: missed, full marks": _row("没有达到却满分", _missed),
    "row: cause left out": _row("没有原因", _cause_lost),
    "row: another unit": _row("单位不同", _other_unit),
    "row: no unit": _row("没有单位", _no_unit),
    "row: result left out": _row("没有完成值", _empty),
    "row: satisfaction beyond 100%": _row("满意度超过百分之百", _beyond_hundred),
    "row: not done, full marks": _row("没有开展却满分", _not_done),
    "row: sentence copied": _row("照抄文字", _words_copied),
    "row: ten times the target": _row("十倍", _ten_times),
    "row: unit doubled": _row("单位写重", _doubled),
    "row: cost target off": _row("总成本指标值", _cost_target),
    "row: cost result off": _row("总成本完成值", _cost_result),
    "row: floor for a cost": _row("成本定成下限", _floor_for_cost),
    "row: two actuals in two forms": _two_actuals,
    "row: scored twice": _scored_twice,
    "sum: total score": _total,
    "sum: grade": _grade,
    "money: whole is not the sum": _in_money("总额", "initial", _plus),
    "money: source off": _in_money("来源", "initial", _plus, whole=False),
    "money: spent ten times": _in_money("执行数十倍", "spent", _shifted),
    "money: rate swapped": _in_money("执行率", "rate", _swapped_rate),
    "money: score of execution": _in_money("执行率得分", "score", _score_off),
    "goal: another figure": _goal,
    "report: score": _said("正文得分", r"自评得分(\d+(?:\.\d+)?)分", _other_score),
    "report: rate of execution": _said("正文执行率", r"预算执行率(\d+\.\d+)%", _other_rate),
    "report: rate of a project": _said("正文项目执行率", r"，执行率(\d+\.\d+)%", _other_rate),
    "report: budget of a project": _said("正文预算数", r"全年预算数(\d+\.\d+)万元", _other_amount),
}
