"""From readings to a result: every rule, every document, and an account of what was and was not checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import Catalog, Rule
from gouji.checking import findings as write
from gouji.checking.between_files import between_files, companion_tables
from gouji.checking.code_names import unsettled_codes
from gouji.checking.diagnosis import Diagnosis, Suspect, Unlisted
from gouji.checking.engines import (
    FILE_ENGINES,
    GROUP_ENGINES,
    NARRATED_ENGINES,
    PERFORMANCE_ENGINES,
    RATE_COLUMN_ENGINES,
    RELATION_ENGINES,
    RETOLD_FILE_ENGINES,
    SENTENCE_ENGINES,
    TABLE_ENGINES,
    TEXT_ENGINES,
    VOICE_ENGINES,
)
from gouji.checking.performance_tables import tables_beside
from gouji.checking.relations import Ledger
from gouji.checking.result import (
    CheckedDocument,
    CheckedForm,
    CheckedTable,
    CheckedText,
    CheckResult,
    Coverage,
    Evidence,
    Finding,
    Severity,
)
from gouji.checking.shifted import Shifted, of_shifted, together
from gouji.checking.subject import Subject
from gouji.checking.text import Text
from gouji.checking.voices import Voices
from gouji.facts import LOOKED_AT, Identity, Outcome, Presence, Status, Witness
from gouji.performance import PerformanceForm, Shape
from gouji.reading import (
    Passage,
    Reading,
    ReadTable,
    Sort,
    read_narrative,
    reasons_not_understood,
    understood,
)


class Examined(NamedTuple):
    """A document that was checked by itself."""

    reading: Reading
    document: CheckedDocument
    found: list[Finding]


def check(readings: Sequence[Reading], catalog: Catalog) -> CheckResult:
    """Check documents. Each is checked by itself; findings are ranked over all of them."""
    return check_together(examine(readings, catalog), catalog)


def examine(readings: Sequence[Reading], catalog: Catalog) -> list[Examined]:
    """Check each document by itself; ``readings`` are all that there are of its body."""
    return [
        Examined(
            reading,
            *check_document(
                reading, catalog, companion_tables(reading, readings), tables_beside(reading, readings)
            ),
        )
        for reading in readings
    ]


def check_together(examined: Sequence[Examined], catalog: Catalog) -> CheckResult:
    """Hold documents that were examined, be it in other processes, against each other."""
    documents = [one.document for one in examined]
    coverages = [document.coverage for document in documents]
    found = [finding for one in examined for finding in one.found]
    found.extend(between_files([one.reading for one in examined], catalog, coverages))
    return CheckResult(documents, sorted(found, key=_rank))


def check_document(
    reading: Reading,
    catalog: Catalog,
    borrowed: Sequence[ReadTable] = (),
    beside: Sequence[ReadTable] = (),
) -> tuple[CheckedDocument, list[Finding]]:
    """The account of one document and its findings, in the order of their causes. A file of text without tables is held
    against those ``borrowed`` from another file of the same disclosure, performance forms against those ``beside``."""
    if borrowed:
        told = read_narrative(reading.passages, borrowed, reading.scope, catalog, reading.file)
        reading = replace(reading, told=told)
    examination = _Examination(reading, catalog, borrowed, beside)
    for rule in catalog.rules.values():
        examination.apply(rule)
    examination.explain()
    for rule in catalog.rules.values():
        examination.ask(rule)
    scope = reading.scope
    document = CheckedDocument(
        reading.file, reading.document.format, scope.kind, scope.year, scope.level, scope.body,
        len(reading.document.pages), [_account(table, examination.coverage) for table in reading.tables], examination.coverage,
        _recognised(reading), list(reading.document.notices), _text_account(reading),
        [_form(form) for form in reading.performance],
    )  # fmt: skip
    return document, examination.found


def doubted_places(reading: Reading, catalog: Catalog) -> frozenset[Witness]:
    """The places of the tables of a document that contradict others and are the cause, as far as that can be told."""
    examination = _Examination(reading, catalog)
    for rule in catalog.rules.values():
        if rule.engine in RELATION_ENGINES:
            examination.apply(rule)
    causes = Diagnosis(examination.relations).explain()
    return frozenset(
        cause.witness for cause in causes if isinstance(cause, Suspect) and (cause.decided or cause.likely)
    )


_ASKED_LATER = (SENTENCE_ENGINES, RATE_COLUMN_ENGINES, FILE_ENGINES, GROUP_ENGINES, RETOLD_FILE_ENGINES)


class _Examination:
    """One document on its way through the rules."""

    def __init__(
        self,
        reading: Reading,
        catalog: Catalog,
        borrowed: Sequence[ReadTable] = (),
        beside: Sequence[ReadTable] = (),
    ) -> None:
        self.reading = reading
        self.catalog = catalog
        self.rules = catalog.rules
        self.coverage = Coverage(unrecognised=list(reading.unrecognised))
        self.subject = Subject(reading, catalog, self.coverage, reading.file, beside)
        self.ledger = Ledger(reading.tables, catalog.dimensions)
        self.has_figures = any(table.has_figures for table in reading.tables)
        self._scanned = any(page.scanned for page in reading.document.pages)
        # A slip of recognition looks like a slip of the pen: sentences are believed on printed pages only.
        self.text = _printed(reading) if self._scanned else reading
        self.text_subject = replace(self.subject, reading=self.text)
        self._has_text = any(p.sort is Sort.TEXT for p in self.text.passages) and not reading.scope.template
        self.found: list[Finding] = []
        self.relations: list[tuple[Identity, Outcome]] = []
        self.voices = Voices(self.text, catalog, borrowed)
        self.support = _held(Ledger(borrowed, catalog.dimensions), catalog) if borrowed else []
        self.doubted: dict[Witness, Decimal | None] = {}
        self.unsettled = unsettled_codes(reading.tables, catalog)

    def apply(self, rule: Rule) -> None:
        """Apply one rule. A rule that crashes is counted and reported as such, and hides nothing of the others."""
        try:
            if rule.engine in TEXT_ENGINES:
                if (self._has_text or self._looks_at_cells(rule)) and self._suits(rule):
                    self.found.extend(TEXT_ENGINES[rule.engine](rule, self.text_subject))
                return
            if any(rule.engine in engines for engines in _ASKED_LATER):
                return
            if rule.engine in VOICE_ENGINES:
                if self._has_text:
                    self._relate(rule, list(VOICE_ENGINES[rule.engine](rule, self.voices)))
                return
            if rule.engine in PERFORMANCE_ENGINES:
                told = rule.engine in NARRATED_ENGINES and self._has_text
                if self.reading.performance or told:
                    self.found.extend(
                        map(self._certain, PERFORMANCE_ENGINES[rule.engine](rule, self.subject))
                    )
                return
            if rule.engine in TABLE_ENGINES:
                if self.has_figures and self._concerns(rule):
                    self.found.extend(map(self._certain, TABLE_ENGINES[rule.engine](rule, self.subject)))
                return
            self._relate(rule, list(RELATION_ENGINES[rule.engine](rule, self.ledger)))
        except Exception as error:  # noqa: BLE001 - whatever it is, the other rules go on
            self._crashed(rule, error)

    def ask(self, rule: Rule) -> None:
        """Ask the sentences, and columns of percentages, once it is known which figures are wrong. Nothing is asked of a blank
        template."""
        try:
            if rule.engine in RATE_COLUMN_ENGINES:
                rates = RATE_COLUMN_ENGINES[rule.engine](rule, self.subject, self.doubted)
                self.found.extend(map(self._certain, rates))
            elif rule.engine in SENTENCE_ENGINES and self._has_text and self._suits(rule):
                text = Text(self.text, self.catalog, self.coverage, self.voices, self.doubted)
                self.found.extend(SENTENCE_ENGINES[rule.engine](rule, text))
        except Exception as error:  # noqa: BLE001 - whatever it is, the other rules go on
            self._crashed(rule, error)

    def _crashed(self, rule: Rule, error: Exception) -> None:
        self.coverage.count(rule.id, Outcome.CRASHED)
        why = f"检查程序出错（{type(error).__name__}：{error}），请报告给开发者"
        self.coverage.not_checked.append((rule.title, why))

    def _certain(self, finding: Finding) -> Finding:
        """What a scan seems to lack may only not have been recognised: that is likely, not proved."""
        if not self._scanned or finding.severity is not Severity.ERROR:
            return finding
        unsure = "文件里有扫描图像，文字由识别得来，请先对照原件。"
        return replace(finding, severity=Severity.WARNING, undecided=finding.undecided + unsure)

    def _looks_at_cells(self, rule: Rule) -> bool:
        """Whether a rule about the text looks at cells as well, and there are any of a filled document."""
        return bool(rule.params.get("cells")) and self.has_figures and not self.reading.scope.template

    def _concerns(self, rule: Rule) -> bool:
        """Whether a content rule is about this kind of document."""
        kinds = rule.params.get("kinds")
        concerned = not isinstance(kinds, list) or self.reading.scope.kind in kinds
        if not concerned:
            self.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return concerned

    def _suits(self, rule: Rule) -> bool:
        """Whether a rule about the text can be asked here: one that says something is missing needs all of it."""
        if self._scanned and rule.params.get("whole"):
            self.coverage.count(rule.id, Outcome.NOT_CHECKED)
            return False
        return self._concerns(rule)

    def _relate(self, rule: Rule, identities: Sequence[Identity]) -> None:
        if not identities:
            self.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        soft = bool(rule.params.get("soft"))
        for identity in identities:
            if soft and any((w.table_id, w.row_code) in self.unsettled for w in identity.witnesses):
                self.coverage.count(rule.id, Outcome.NOT_CHECKED)
                self.coverage.not_checked.append((rule.title, "科目编码与名称对不上，不知道是哪个科目"))
                continue
            outcome = identity.verdict().outcome
            self.coverage.count(rule.id, outcome)
            if outcome in LOOKED_AT:
                self.coverage.compared.update(witness.place for witness in identity.witnesses)
            if not soft:
                self.relations.append((identity, outcome))
            elif outcome is Outcome.VIOLATED:
                self.found.append(write.of_soft(identity, self.rules))

    def _doubt(self, cause: Suspect) -> None:
        for witness in (cause.witness, *cause.rivals):
            self.doubted[witness] = cause.expected if cause.decided else None

    def explain(self) -> None:
        """Turn violated relations into causes and causes into findings; then the roundings, and what was not
        checked."""
        for cause in together(Diagnosis([*self.relations, *self.support]).explain()):
            if isinstance(cause, Shifted):
                for suspect in cause.suspects:
                    self._doubt(suspect)
                self.found.append(of_shifted(cause, self.rules))
            elif isinstance(cause, Suspect):
                self._doubt(cause)
                self.found.append(write.of_suspect(cause, self.rules))
            elif isinstance(cause, Unlisted):
                self.found.append(write.of_unlisted(cause, self.rules))
            else:
                self.found.append(write.of_unexplained(cause, self.rules))
        self.found.extend(
            write.of_rounding(identity, self.rules)
            for identity, outcome in self.relations
            if outcome is Outcome.ROUNDING
            and identity.relation == "="
            and not self.rules[identity.rule].params.get("quiet")
        )
        self.coverage.not_checked.extend(dict.fromkeys(self.ledger.not_checked))
        for table in self.reading.tables:
            self.coverage.not_checked.extend(_not_understood(table))
        for form in self.reading.performance:
            self.coverage.not_checked.extend(_unclear(form))
        if self._scanned and any(p.sort is Sort.TEXT for p in self.reading.passages):
            why = "扫描图像上的文字由识别得来，没有核对；是否缺少应当说明的事项也没有核对"
            self.coverage.not_checked.append(("文字的写法", why))
        self.coverage.not_checked.extend(_not_attempted(self.reading, self.has_figures))


def _printed(reading: Reading) -> Reading:
    """The same reading with the sentences of printed pages only."""
    scanned = {page.number for page in reading.document.pages if page.scanned}

    def is_printed(passage: Passage) -> bool:
        return not any(piece.line.paragraph.place.page in scanned for piece in passage.pieces)

    return replace(
        reading,
        passages=tuple(passage for passage in reading.passages if is_printed(passage)),
        told=[told for told in reading.told if is_printed(told.passage)],
    )


def _held(ledger: Ledger, catalog: Catalog) -> list[tuple[Identity, Outcome]]:
    """The relations that hold among tables of another file: they tell which side of a contradiction is sound."""
    relations = [
        (identity, identity.verdict().outcome)
        for rule in catalog.rules.values()
        if rule.engine in RELATION_ENGINES and not rule.params.get("soft")
        for identity in RELATION_ENGINES[rule.engine](rule, ledger)
    ]
    return [(identity, outcome) for identity, outcome in relations if outcome is not Outcome.VIOLATED]


def _not_attempted(reading: Reading, has_figures: bool) -> list[tuple[str, str]]:
    """What this version does not look at, and documents that leave nothing to look at."""
    if not reading.tables:
        return [
            (
                "预算、决算表的勾稽关系" if reading.performance else "全部勾稽关系",
                "没有识别出预算、决算公开表",
            )
        ]
    if not has_figures:
        return [("全部规则", "所有的表都没有数字，像是空白表样")]
    return []


def _form(form: PerformanceForm) -> CheckedForm:
    shapes = [indicator.target.shape for indicator in form.indicators]
    quantities = sum(shape is Shape.QUANTITY for shape in shapes)
    unclear = sum(not indicator.is_typed for indicator in form.indicators)
    return CheckedForm(
        form.title, form.project, form.kind, tuple(form.pages), len(shapes), quantities,
        len(shapes) - quantities - unclear, unclear,
        sum(i.score is not None and i.score.value is not None for i in form.indicators),
    )  # fmt: skip


def _unclear(form: PerformanceForm) -> list[tuple[str, str]]:
    """The rows of a form that no rule compares."""
    name = f"{form.name}的绩效指标"
    reasons = [(name, why) for why in form.why]
    if unclear := sum(not indicator.is_typed for indicator in form.indicators):
        reasons.append((f"{name}{unclear}项", "指标值空白，或一格里有多个数、数和文字混在一起，没有比较"))
    return reasons


def _not_understood(table: ReadTable) -> list[tuple[str, str]]:
    reasons: list[tuple[str, str]] = []
    if table.why:
        reasons.append((f"《{table.title}》", table.why))
    if not table.unit_stated and table.has_figures:
        reasons.append((f"《{table.title}》的金额单位", "表上没有注明，按万元处理"))
    unbound = [w for w in table.witnesses if w.status is Status.UNBOUND]
    for why in dict.fromkeys(w.why for w in unbound):
        count = sum(1 for w in unbound if w.why == why)
        reasons.append((f"《{table.title}》{count}个数字", why))
    return reasons


def _account(table: ReadTable, coverage: Coverage) -> CheckedTable:
    numbers = [w for w in table.witnesses if w.printed.presence in (Presence.NUMBER, Presence.HIDDEN)]
    return CheckedTable(
        table.title, table.kind.id, table.number, table.pages, table.unit.value, len(numbers),
        sum(1 for w in numbers if w.status in (Status.BOUND, Status.REPAIRED, Status.DOUBTFUL)),
        sum(1 for w in numbers if w.status is Status.AMBIGUOUS),
        sum(1 for w in numbers if w.status is Status.UNBOUND),
        len(table.witnesses) - len(numbers),
        sum(1 for w in numbers if w.status is Status.REPAIRED),
        sum(1 for w in numbers if w.status is Status.DOUBTFUL),
        sum(1 for w in numbers if w.place in coverage.compared),
    )  # fmt: skip


def _text_account(reading: Reading) -> CheckedText:
    figures, bound, derived = understood(reading.told)
    return CheckedText(len(reading.told), figures, bound, derived, reasons_not_understood(reading.told))


def _recognised(reading: Reading) -> list[Evidence]:
    """The figures of which character recognition was not sure, the repaired ones first."""
    unsure = [witness for witness in reading.witnesses if witness.recognised_unsurely]
    return [Evidence.of(w) for w in sorted(unsure, key=lambda w: w.status is not Status.REPAIRED)]


_SEVERITIES = list(Severity)


def _rank(finding: Finding) -> tuple[int, int, int]:
    """Errors first; decided before undecided; what most relations call for first."""
    return _SEVERITIES.index(finding.severity), bool(finding.undecided), -finding.votes
