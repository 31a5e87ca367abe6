"""The report as a list: CSV, one row for each finding, for a spreadsheet or a database."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from gouji.catalog.model import Rule
from gouji.checking.result import CheckedDocument, CheckResult, Finding
from gouji.checking.waiver import Waiver
from gouji.reports.confidence import confidence_name
from gouji.reports.place_line import box_text, main_and_others, place_line
from gouji.reports.verdict import home_of, is_rounding
from gouji.reports.wording import kind_and_year, mark, one_line, recognition, severity_name, spot

COLUMNS = (
    "状态", "级别", "把握", "规则", "规则名称", "文件", "公开单位", "文本", "页或坐标", "位置框", "位置", "原文", "识别",
    "问题", "说明", "列示", "应为", "相差", "计量单位", "算式", "佐证", "未定", "其他位置", "豁免理由", "批准人", "豁免截止",
)  # fmt: skip
OPEN, ROUNDING, WAIVED, IDLE = "问题", "尾差", "已豁免", "豁免无效"
_FORMULA = re.compile(r"[=+@\-\t\r](?![\d.,]*%?$)")


def csv_text(result: CheckResult, rules: Mapping[str, Rule]) -> str:
    """All findings, the waived ones after them, last the waivers without effect. Begins with a byte order mark, so
    that spreadsheet programs take it for UTF-8; a text that they would run as a formula gets a quote before it."""
    documents = {document.file: document for document in result.documents}
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    rows = [
        _finding(finding, ROUNDING if is_rounding(finding) else OPEN, documents, rules)
        for finding in result.findings
    ]
    rows += [
        _finding(waived.finding, WAIVED, documents, rules) | _waiver(waived.waiver)
        for waived in result.waived
    ]
    for idle in result.idle:
        own = {
            "状态": IDLE,
            "规则": idle.waiver.rule,
            "位置": idle.waiver.place,
            "问题": f"{idle.waiver}{idle.why}",
        }
        rows.append(own | _waiver(idle.waiver))
    writer.writerows({key: _harmless(value) for key, value in row.items()} for row in rows)
    return "\ufeff" + stream.getvalue().encode("utf-8", "replace").decode("utf-8")


def _finding(
    finding: Finding, state: str, documents: Mapping[str, CheckedDocument], rules: Mapping[str, Rule]
) -> dict[str, str]:
    main, others = main_and_others(finding.evidence)
    file = main.file if main else home_of(finding, documents)
    document = documents.get(file)
    rule = rules.get(finding.rule)
    return {
        "状态": state,
        "级别": severity_name(finding),
        "把握": confidence_name(finding),
        "规则": finding.rule,
        "规则名称": rule.title if rule else "",
        "文件": file,
        "公开单位": document.body if document else "",
        "文本": kind_and_year(document) if document else "",
        "页或坐标": spot(main) if main else "",
        "位置框": box_text(main) if main else "",
        "位置": main.where if main else "",
        "原文": main.quote if main else "",
        "识别": recognition(main) if main else "",
        "问题": finding.title,
        "说明": finding.message,
        "列示": finding.stated or "",
        "应为": finding.expected or "",
        "相差": "" if finding.difference is None else f"{finding.difference:f}",
        "计量单位": finding.unit.value if finding.unit else "",
        "算式": "；".join(finding.arithmetic),
        "佐证": str(finding.votes) if finding.votes else "",
        "未定": finding.undecided,
        "其他位置": "；".join(f"{mark(place)} {place_line(place, file, boxed=True)}" for place in others),
    }


def _waiver(waiver: Waiver) -> dict[str, str]:
    return {"豁免理由": waiver.reason, "批准人": waiver.by, "豁免截止": str(waiver.until)}


def _harmless(text: str) -> str:
    text = one_line(text)
    return f"'{text}" if _FORMULA.match(text) else text
