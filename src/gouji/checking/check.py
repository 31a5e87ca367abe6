"""From readings to a result: every rule, every document, and an account of what was and was not checked."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.catalog import Catalog
from gouji.checking import findings as write
from gouji.checking.content import CONTENT_ENGINES, Subject
from gouji.checking.diagnosis import Diagnosis, Suspect
from gouji.checking.relations import ENGINES, Ledger
from gouji.checking.result import CheckedDocument, CheckedTable, CheckResult, Coverage, Finding, Severity
from gouji.facts import Identity, Outcome, Presence, Status
from gouji.reading import Reading, ReadTable


def check(readings: Sequence[Reading], catalog: Catalog) -> CheckResult:
    """Check documents. Each is checked by itself; findings are ranked over all of them."""
    documents: list[CheckedDocument] = []
    found: list[Finding] = []
    for reading in readings:
        document, of_document = check_document(reading, catalog)
        documents.append(document)
        found.extend(of_document)
    return CheckResult(documents, sorted(found, key=_rank))


def check_document(reading: Reading, catalog: Catalog) -> tuple[CheckedDocument, list[Finding]]:
    """The account of one document and its findings, in the order of their causes."""
    coverage = Coverage(unrecognised=list(reading.unrecognised))
    file = reading.file
    found: list[Finding] = []
    ledger = Ledger(reading.tables, catalog.dimensions)
    hard: list[Identity] = []
    roundings: list[Identity] = []
    has_figures = any(table.has_figures for table in reading.tables)
    subject = Subject(reading, catalog, coverage, file)
    for rule in catalog.rules.values():
        try:
            if rule.engine in CONTENT_ENGINES:
                if has_figures:
                    found.extend(CONTENT_ENGINES[rule.engine](rule, subject))
                continue
            identities = list(ENGINES[rule.engine](rule, ledger))
        except Exception as error:  # noqa: BLE001 - one broken rule must not hide what the others find
            coverage.count(rule.id, Outcome.CRASHED)
            coverage.not_checked.append(
                (rule.title, f"检查程序出错（{type(error).__name__}：{error}），请报告给开发者")
            )
            continue
        if not identities:
            coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        for identity in identities:
            outcome = identity.verdict().outcome
            coverage.count(rule.id, outcome)
            if rule.params.get("soft"):
                if outcome is Outcome.VIOLATED:
                    found.append(write.of_soft(identity, catalog.rules))
                continue
            hard.append(identity)
            if outcome is Outcome.ROUNDING and identity.relation == "=":
                roundings.append(identity)
    for cause in Diagnosis(hard).explain():
        if isinstance(cause, Suspect):
            found.append(write.of_suspect(cause, catalog.rules))
        else:
            found.append(write.of_unexplained(cause, catalog.rules))
    found.extend(write.of_rounding(identity, catalog.rules) for identity in roundings)
    coverage.not_checked.extend(dict.fromkeys(ledger.not_checked))
    for table in reading.tables:
        coverage.not_checked.extend(_not_understood(table))
    coverage.not_checked.extend(_not_attempted(reading, has_figures))
    scope = reading.scope
    document = CheckedDocument(
        file, reading.document.format, scope.kind, scope.year, scope.level, scope.body, len(reading.document.pages),
        [_account(table) for table in reading.tables], coverage, list(reading.document.notices),
    )  # fmt: skip
    return document, found


def _not_attempted(reading: Reading, has_figures: bool) -> list[tuple[str, str]]:
    """What this version does not look at, and documents that leave nothing to look at."""
    if not reading.tables:
        return [("全部勾稽关系", "没有识别出决算公开表")]
    if not has_figures:
        return [("全部规则", "所有的表都没有数字，像是空白表样")]
    if any(
        len(paragraph.text) > _SENTENCE and "。" in paragraph.text
        for paragraph in reading.document.paragraphs
    ):
        return [("情况说明等文字", "本版只核对表；文字里的数字、比较和原因没有核对")]
    return []


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


def _account(table: ReadTable) -> CheckedTable:
    numbers = [w for w in table.witnesses if w.printed.presence is Presence.NUMBER]
    return CheckedTable(
        table.title, table.kind.id, table.number, table.pages, table.unit.value, len(numbers),
        sum(1 for w in numbers if w.status is Status.BOUND),
        sum(1 for w in numbers if w.status is Status.AMBIGUOUS),
        sum(1 for w in numbers if w.status is Status.UNBOUND),
        len(table.witnesses) - len(numbers),
    )  # fmt: skip


_SENTENCE = 20
"""Characters from which a line with a full stop counts as prose."""
_SEVERITIES = list(Severity)


def _rank(finding: Finding) -> tuple[int, int, int]:
    """Errors first; decided before undecided; what most relations call for first."""
    return _SEVERITIES.index(finding.severity), bool(finding.undecided), -finding.votes
