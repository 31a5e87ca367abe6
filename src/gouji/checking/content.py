"""What a disclosure must contain: its tables, and the notes under empty ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gouji.catalog import Rule, fold
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject, at
from gouji.documents import Paragraph
from gouji.facts import Fact, Outcome, Status, Witness
from gouji.reading import Reading, ReadTable, is_open_data, title_kind


def _of_paragraph(file: str, paragraph: Paragraph, where: str) -> Evidence:
    box = paragraph.place.box
    return Evidence(file, paragraph.place.page, box, paragraph.place.ref, where, paragraph.text)


def _of_table(subject: Subject, table: ReadTable) -> Evidence:
    return at(subject.file, table.place, f"《{table.title}》", table.title, suspect=True)


def listed_tables(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Tables that the contents page lists and the body lacks. One whose title stands in the body is not missing, though its
    table could not be read."""
    scope = subject.reading.scope
    if not scope.contents:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    found = {table.kind.id for table in subject.reading.tables}
    titled = _titled(subject) if any(listed.kind.id not in found for listed in scope.contents) else {}
    for listed in scope.contents:
        if listed.kind.id in found:
            subject.coverage.count(rule.id, Outcome.EXACT)
            continue
        if listed.kind.id in titled:
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            why = f"{titled[listed.kind.id]}有这张表的标题，没有读出表格，有关勾稽关系都未检查"
            subject.coverage.not_checked.append((f"目录所列“{listed.title}”", why))
            continue
        subject.coverage.count(rule.id, Outcome.VIOLATED)
        subject.coverage.not_checked.append(
            (f"目录所列“{listed.title}”", "正文没有找到这张表，有关勾稽关系都未检查")
        )
        neighbours = _neighbours(subject.reading, listed.kind.id)
        yield subject.finding(
            rule, f"目录列有“{listed.title}”，正文没有这张表",
            f"目录列出“{listed.title}”，正文中没有找到标题为它的表。{neighbours}请补上这张表，或更正目录。",
            [at(subject.file, listed.place, "目录", listed.title, suspect=True)],
        )  # fmt: skip


def _titled(subject: Subject) -> dict[str, str]:
    """Where, by kind, titles of tables stand as lines of the body, after the contents."""
    entries = {
        (listed.place.page, listed.place.box, listed.place.ref) for listed in subject.reading.scope.contents
    }
    lines = subject.reading.document.paragraphs
    last = max(
        (n for n, line in enumerate(lines) if (line.place.page, line.place.box, line.place.ref) in entries),
        default=-1,
    )
    titled: dict[str, str] = {}
    for line in lines[last + 1 :]:
        kind = title_kind(line.text, subject.catalog.lexicon)
        if kind is not None:
            titled.setdefault(kind.id, line.place.ref)
    return titled


def _neighbours(reading: Reading, kind: str) -> str:
    """Between which tables the missing one would stand, by the contents page."""
    order = [listed.kind.id for listed in reading.scope.contents]
    position = order.index(kind)
    titles = {table.kind.id: table.title for table in reading.tables}
    before = next((titles[k] for k in reversed(order[:position]) if k in titles), "")
    after = next((titles[k] for k in order[position + 1 :] if k in titles), "")
    return f"按目录它应在《{before}》与《{after}》之间。" if before and after else ""


def statutory_tables(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Statutory tables that neither the contents page lists nor the body has."""
    kinds = {table.kind.id for table in subject.reading.tables}
    listed = {entry.kind.id for entry in subject.reading.scope.contents}
    statutory = [kind for kind in subject.catalog.lexicon.kinds.values() if kind.statutory]
    present = sum(1 for kind in statutory if kind.id in kinds)
    if present < int(str(rule.params["needed"])):
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    for kind in statutory:
        if kind.id in kinds or kind.id in listed:
            subject.coverage.count(rule.id, Outcome.EXACT)
            continue
        subject.coverage.count(rule.id, Outcome.VIOLATED)
        last = max(subject.reading.tables, key=lambda table: table.id)
        is_budget = subject.reading.scope.kind == "budget"
        title = kind.statutory.replace("决算", "预算") if is_budget else kind.statutory
        yield subject.finding(
            rule, f"没有公开《{title}》",
            f"正文识别出{present}张法定公开表，没有《{title}》；没有数据也应列出空表并说明。"
            "如果这张表在另一份文件里，请把两份文件一起检查。",
            [at(subject.file, last.place, f"《{last.title}》之后", last.title)],
        )  # fmt: skip


def empty_tables(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Blank tables without a word on why: under the table, or, for funds that a body may not have at all, anywhere in
    the text. (A document without any figure is a blank template and never gets here.) Open data has no room for a note."""
    if is_open_data(subject.reading.document):
        subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
        subject.coverage.not_checked.append(("空表的说明", "数据文件里只有数字，没有表下的说明"))
        return
    for table in subject.reading.tables:
        if table.why or table.cut:
            continue
        if table.has_figures:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        if table.notes and any(_says_absent(note.text, subject) for note in table.notes):
            subject.coverage.count(rule.id, Outcome.EXACT)
            continue
        words = table.kind.absence_words
        if words and any(_says_absent(p.text, subject, words) for p in subject.reading.document.paragraphs):
            subject.coverage.count(rule.id, Outcome.EXACT)
            continue
        subject.coverage.count(rule.id, Outcome.VIOLATED)
        yield subject.finding(
            rule, f"《{table.title}》全表空白，没有说明",
            f"《{table.title}》没有一个数字，表下和正文都没有“无……，故本表无数据”一类的说明。"
            "请核对是否漏填；确无数据的，请在表下说明。",
            [_of_table(subject, table)],
        )  # fmt: skip


def _says_absent(line: str, subject: Subject, about: Sequence[str] = ()) -> bool:
    """Whether a line says that there is nothing of what ``about`` names."""
    folded = fold(line)
    if about and not any(fold(word) in folded for word in about):
        return False
    if "无数据" in folded or "空表" in folded:
        return True
    return any(
        f"{head}{fold(word)}" in folded
        for head in subject.catalog.lexicon.marks.absence_heads
        for word in about
    )


def contradicted_notes(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Tables that hold money under a note that says they hold none."""
    for table in subject.reading.tables:
        notes = [note for note in table.notes if "无数据" in fold(note.text) or "为空表" in fold(note.text)]
        if not notes:
            continue
        filled = [witness for witness in table.witnesses if witness.printed.value]
        subject.coverage.count(rule.id, Outcome.VIOLATED if filled else Outcome.EXACT)
        if filled:
            yield subject.finding(
                rule, f"《{table.title}》有数据，却注明无数据",
                f"表下说明“{notes[0].text}”，表内{filled[0].where}列示{filled[0].printed.text.strip()}。",
                [Evidence.of(filled[0], suspect=True), _of_paragraph(subject.file, notes[0], "表下说明")],
            )  # fmt: skip


def misplaced_notes(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Notes that say what another table has none of."""
    kinds = subject.catalog.lexicon.kinds.values()
    for table in subject.reading.tables:
        own = table.kind.absence_words
        notes = [note for note in table.notes if own and _says_absent(note.text, subject)]
        for note in notes:
            folded = fold(note.text)
            others = [
                kind
                for kind in kinds
                if any(fold(word) in folded for word in kind.absence_words) and kind is not table.kind
            ]
            misplaced = bool(others) and not any(fold(word) in folded for word in own)
            subject.coverage.count(rule.id, Outcome.VIOLATED if misplaced else Outcome.EXACT)
            if misplaced:
                yield subject.finding(
                    rule, f"《{table.title}》的说明写的不是本表",
                    f"表下说明“{note.text}”没有提到本表的{own[0]}。", [_of_paragraph(subject.file, note, f"《{table.title}》表下说明")],
                )  # fmt: skip


def missing_total_row(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The one table with lines of bodies that has no line of their total, where all others have one."""
    lexicon = subject.catalog.lexicon
    listing = [
        table
        for table in subject.reading.tables
        if not table.kind.by_category and table.kind.open_rows != "pro_code" and not table.is_empty
        and any(w.fact is not None and w.fact.member("agency_code") is not None for w in table.witnesses)
    ]  # fmt: skip
    lacking = [
        table
        for table in listing
        if not any(lexicon.is_total(w.row_label, table.kind.id, "row") for w in table.witnesses)
    ]
    if len(listing) - len(lacking) < int(str(rule.params["others"])):
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    for table in lacking if len(lacking) == 1 else ():
        subject.coverage.count(rule.id, Outcome.VIOLATED)
        yield subject.finding(
            rule, f"《{table.title}》没有合计行",
            f"同一份文件里另有{len(listing) - 1}张表列有部门、单位各行，都有合计行，只有这张表没有。",
            [_of_table(subject, table)],
        )  # fmt: skip
    if not lacking:
        subject.coverage.count(rule.id, Outcome.EXACT)


def contradicted_blanks(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Blank tables of which other tables state figures."""
    stated: dict[Fact, Witness] = {}
    for witness in subject.reading.witnesses:
        if witness.fact is not None and witness.printed.value and witness.status is Status.BOUND:
            stated.setdefault(witness.fact, witness)
    for table in subject.reading.tables:
        if table.has_figures or table.cut or not table.witnesses:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        facts = dict.fromkeys(witness.fact for witness in table.witnesses if witness.fact is not None)
        elsewhere = [stated[fact] for fact in facts if fact in stated]
        subject.coverage.count(rule.id, Outcome.VIOLATED if elsewhere else Outcome.EXACT)
        if elsewhere:
            figures = "；".join(f"{w.where}列示{w.printed.text.strip()}" for w in elsewhere[:3])
            yield subject.finding(
                rule, f"《{table.title}》全表空白，其他表里却有它的数",
                f"《{table.title}》没有一个数字，而{figures}{'等' if len(elsewhere) > 3 else ''}。请核对是否漏填。",
                [_of_table(subject, table), *(Evidence.of(witness) for witness in elsewhere[:3])],
            )  # fmt: skip


CONTENT_ENGINES: Mapping[str, ContentEngine] = {
    "listed_tables": listed_tables,
    "statutory_tables": statutory_tables,
    "empty_tables": empty_tables,
    "contradicted_notes": contradicted_notes,
    "misplaced_notes": misplaced_notes,
    "contradicted_blanks": contradicted_blanks,
    "missing_total_row": missing_total_row,
}
