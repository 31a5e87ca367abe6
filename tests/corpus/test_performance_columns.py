"""What a run counts of performance forms."""

from __future__ import annotations

from pathlib import Path

from gouji.corpus.examination import examine

FORM = """<html><body><p>项目支出绩效自评表</p><table>
<tr><td>项目名称</td><td colspan="6">科普活动</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</td><td>得分</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>讲座</td><td>≥20场</td><td>24场</td><td>40</td><td>40</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>展览</td><td>≥20场</td><td>10场</td><td>40</td><td>35</td></tr>
<tr><td>效益指标</td><td>社会效益指标</td><td>影响</td><td>有所提升</td><td>提升</td><td>10</td><td>8</td></tr>
<tr><td>效益指标</td><td>社会效益指标</td><td>其他</td><td>甲3场，乙5场</td><td>办成</td><td>10</td><td></td></tr>
</table></body></html>"""


def test_forms_indicators_typed_scored_and_agreed(tmp_path: Path) -> None:
    path = tmp_path / "自评.html"
    path.write_text(FORM, encoding="utf-8")
    summary = examine(path, "0" * 64).summary
    assert (summary.performance_forms, summary.performance_indicators, summary.performance_typed) == (1, 4, 3)
    assert (summary.performance_scored, summary.performance_agreed) == (3, 2)
