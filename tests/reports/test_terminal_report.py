"""The terminal report: read as an accountant would, and printed on any console."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from gouji.checking.result import CheckResult
from gouji.facts import Outcome
from gouji.reports.terminal import print_report

EXPECTED = """\
核对结果：发现 2 处错误、1 处疑点、1 处提示；另有 1 处四舍五入尾差
核对勾稽关系 523 项（相符 520，尾差 1，不符 2）；2 项未核对，不能视为通过

■ 决算.pdf
  某市财政局 · 2024年度 · 部门决算 · PDF · 2页

  错误 1  项目支出加错
    三项之和是 192.93 万元，表中列 152.94 万元。
    列示 152.94万元，应为 192.93万元，相差 -39.99万元
    疑误  第1页 《支出决算表》206 科学技术支出·项目支出：“152.94”
    依据  第2页 《支出决算表》206 科学技术支出·项目支出：“192.94”
    算式  178.53＋14.38＋0.02＝192.93 ≠ 152.94，相差39.99万元
    佐证  有 3 项相互独立的勾稽关系支持“应为”数
    把握  确定
    规则  A1 合计等于各项之和

  错误 2  占比算错
    列示 71.73%，应为 71.65%，相差 +0.08个百分点
    疑误  第2页 《支出决算表》206 科学技术支出·项目支出：“占71.73%”
    算式  178.53＋14.38＋0.02＝192.93 ≠ 152.94，相差39.99万元
    佐证  有 1 项勾稽关系支持“应为”数
    把握  确定
    规则  A9

  疑点 1  写“持平”，却说明了减少的原因
    两处不能同时成立。
    待定  第1页 《支出决算表》206 科学技术支出·项目支出：“持平”
    待定  公开03!D9 上年.xlsx 《支出决算表》206 科学技术支出·项目支出：“192.94”
    未定  是方向写错还是原因写错，不能判定。
    把握  不能断定
    规则  B2 方向与原因一致

  提示 1  列头与表样不同
    依据  第9页 《支出决算表》206 科学技术支出·项目支出：“192.94”
    把握  很可能
    规则  C3

  四舍五入尾差 1 处，不作为错误：
    ·  工资福利支出小计：列示 160.17万元，应为 160.18万元，相差 -0.01万元

核对范围
  决算.pdf
    表格  认出 1 张；数字 96 个：已读懂 90，位置不定 4，未读懂 2；空白或横线 40
      未读全  第1–2页 公开03 支出决算表：位置不定 4，未读懂 2（共 96 个数字）
    绩效  认出 1 张绩效表；指标 12 项：定量 8，定性或时限 3，未读懂 1
      未认出  第2页：附表 其他
    关系  核对 523 项：相符 520，尾差 1，不符 2；另有不适用 12，未核对 2
      未核对  上年决算对比：没有提供2023年度决算
    说明  第2页有隐藏文字，已略去。
"""


def printed(result, rules, width=80, encoding="utf-8", **options):
    stream = io.BytesIO()
    text = io.TextIOWrapper(stream, encoding=encoding, newline="\n")
    print_report(result, Console(file=text, width=width, **options), rules)
    text.flush()
    return stream.getvalue().decode(encoding)


def test_as_it_reads(result, rules):
    assert printed(result, rules) == EXPECTED


def test_colour_only_on_a_terminal(result, rules):
    assert "\x1b" not in printed(result, rules)
    coloured = printed(result, rules, force_terminal=True, color_system="standard", legacy_windows=False)
    assert "\x1b[1;31m" in coloured


@pytest.mark.parametrize("width", [1, 20, 40, 80, 200])
def test_any_width(result, rules, width):
    lines = printed(result, rules, width).splitlines()
    assert max(map(cell_len, lines)) <= min(max(width, 20), 100)


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_console_that_cannot_show_everything(result, rules, make_finding, encoding):
    result.findings.append(make_finding(title="生僻字𬭛与😀", message="\udcff"))
    text = printed(result, rules, encoding=encoding)
    assert ("支出决算表" in text) == (encoding == "gbk")


def test_text_is_never_taken_for_markup_or_control(result, rules, make_finding):
    result.findings = [make_finding(title="[red]甲[/blue]", message="乙\x1b[31m\r\n丙\u202e丁")]
    text = printed(result, rules, force_terminal=True, color_system=None, legacy_windows=False)
    assert "[red]甲[/blue]" in text
    assert "乙[31m 丙丁" in text


def test_no_findings(make_document, rules):
    text = printed(CheckResult([make_document(exact=9)], []), rules)
    assert text.startswith("核对结果：未发现问题\n")
    assert "■" not in text
    assert printed(CheckResult([], []), rules) == "核对结果：没有核对任何文件\n"


def test_long_findings_are_cut_and_say_so(make_finding, make_evidence, make_document, rules):
    places = tuple(make_evidence(quote="很长的原文" * 100) for _ in range(20))
    long = make_finding(title="题" * 300, message="话" * 2000, evidence=places, arithmetic=("1＋" * 400,) * 9)
    checked = make_document(exact=1)
    checked.coverage.not_checked += [("某表", "没有找到")] * 12
    text = printed(CheckResult([checked], [long]), rules)
    assert "另有 12 处位置，见 JSON 或 HTML 报告" in text
    assert "另有 3 条算式，见 JSON 或 HTML 报告" in text
    assert "另有 2 项，见 JSON 或 HTML 报告" in text
    assert "……" in text
    assert text.count("话") == 2000


def test_two_hundred_findings(make_finding, make_document, rules):
    text = printed(CheckResult([make_document(violated=200)], [make_finding()] * 200), rules)
    assert "发现 200 处错误" in text
    assert "错误 200  项目支出加错" in text


def test_a_crashed_check_is_called_so(make_finding, make_document, rules):
    text = printed(CheckResult([make_document(crashed=1)], [make_finding(outcome=Outcome.CRASHED)]), rules)
    assert "检查出错 1  项目支出加错" in text
