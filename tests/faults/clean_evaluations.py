"""Clean self-evaluations: registers drawn by seed, built as `gouji build` does, and what checking says of any of them in any
format. Names, texts and figures are made up."""

from __future__ import annotations

import csv
import tempfile
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random

from gouji.catalog import Catalog
from gouji.checking import CheckResult, check
from gouji.documents.opening import open_document
from gouji.reading import read_document
from gouji.registers import read_workspace
from gouji.writing.evaluation_document import EvaluationDocument, evaluation_document
from gouji.writing.publication import EVALUATION

FILES = {
    ending: next(name for name in EVALUATION if name.endswith(ending))
    for ending in (".html", ".docx", ".xlsx", ".pdf")
}
_FORMS = ("national-2020-evaluation", "hunan-2024-evaluation")
_BODIES = ("示例市科普中心", "示例县文化馆", "示例区农业技术推广站", "示例市图书馆", "示例县疾病预防控制中心")
_PROJECTS = (
    "科学普及专项经费",
    "基层服务能力提升项目",
    "信息系统运行维护费",
    "青年人才培养计划",
    "公共设施修缮工程",
)
_COUNTED = [
    ("举办专题讲座", "场"), ("开展实地调研", "次"), ("编印工作简报", "期"), ("培训基层骨干", "人"), ("走访服务企业", "家"),
    ("采购办公设备", "台"), ("完成课题研究", "项"), ("发放宣传手册", "册"), ("接待来访群众", "人次"), ("检修老旧设施", "处"),
]  # fmt: skip
_RATES = [
    ("设备验收合格率", "≥95%"),
    ("培训考核通过率", "≥90%"),
    ("档案资料完整率", "≥98%"),
    ("材料差错率", "≤3%"),
]
_BENEFITS = [
    ("公众科学素养", "有所提升", "问卷平均得分比上年提高四分"), ("基层服务水平", "明显改善", "办理时间平均缩短两天"),
    ("行业规范程度", "逐步提高", "新出台三项管理制度"), ("资源共享程度", "不断加强", "与五家单位建立共享机制"),
]  # fmt: skip
_SHARED = ("青少年科学素质竞赛参与人数", "≥{}人", "人")
_TEXTS = {
    "职能职责": "承担科学普及、人才培养和公共服务工作，组织面向基层的各类活动。",
    "机构设置": "内设四个部室，没有下属单位。",
    "绩效情况": "成立自评小组，逐项核对登记和凭证，形成本报告。",
    "存在的问题": "部分活动集中在下半年举办，上半年支出偏慢。",
    "改进措施": "年初排定活动计划，按月跟踪支出。",
    "结果应用": "自评结果作为编制下一年度预算的依据，随决算一并公开。",
}
_COLUMNS = (
    "项目",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "计算",
    "完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)


@lru_cache(maxsize=64)
def clean_evaluation(seed: int, catalog: Catalog) -> EvaluationDocument:
    """The whole document: report, the form of the body and one for each project."""
    with tempfile.TemporaryDirectory() as folder:
        _put_down(Random(f"evaluation {seed}"), Path(folder))
        document = evaluation_document(read_workspace(Path(folder), catalog), catalog)
    assert document is not None
    return document


def _put_down(random: Random, folder: Path) -> None:
    body = random.choice(_BODIES)
    settings = {"公开内容": "绩效自评", "单位名称": body, "层级": "单位", "绩效表样": random.choice(_FORMS)}
    lines = [f'"{key}" = "{value}"' for key, value in settings.items()] + ['"年度" = 2024']
    (folder / "单位.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    names = random.sample(_PROJECTS, random.randint(1, 3))
    shared, projects, money, indicators = random.randint(80, 900), [], [], []
    total = [Decimal(0)] * 3
    for name in names:
        amounts = _amounts(random)
        total = [one + other for one, other in zip(total, amounts, strict=True)]
        spare = [Decimal(0), Decimal(random.randint(1, 90000)), Decimal(0)]
        spare[2] = (spare[1] * random.randint(80, 100) / 100).quantize(Decimal("0.01"))
        money += [[name, "当年财政拨款", *amounts], [name, "上年结转资金", *spare]]
        total = [one + other for one, other in zip(total, spare, strict=True)]
        rows, goal = _rows(random, name, amounts[1] + spare[1], shared)
        indicators += rows
        projects.append([name, body, body, goal, "各项任务如期完成。"])
    extra = _amounts(random)
    whole = [one + other for one, other in zip(total, extra, strict=True)]
    rows, goal = _rows(random, body, whole[1], shared)
    _write(
        folder,
        "项目",
        ("项目", "主管部门", "实施单位", "预期目标", "实际完成情况"),
        [[body, "", "", goal, "全年任务完成。"], *projects],
    )
    _write(
        folder,
        "资金",
        ("项目", "资金", "年初预算数（元）", "全年预算数（元）", "全年执行数（元）"),
        [[body, "一般公共预算", *whole], *money],
    )
    _write(folder, "指标", _COLUMNS, [*rows, *indicators])
    _write(folder, "文字", ("位置", "文字"), [list(pair) for pair in _TEXTS.items()])


def _amounts(random: Random) -> list[Decimal]:
    """Initial budget, the whole year's, spent: in 元 with cents."""
    initial = Decimal(random.randint(8_000_000, 900_000_000)) / 100
    budget = (initial * random.randint(95, 130) / 100).quantize(Decimal("0.01"))
    return [initial, budget, (budget * random.randint(600, 999) / 1000).quantize(Decimal("0.01"))]


def _rows(random: Random, name: str, budget: Decimal, shared: int) -> tuple[list[list[object]], str]:
    """The indicators of a form, 50/30/10 as the method has it, and its goal."""
    counted = random.sample(_COUNTED, 4)
    rows: list[list[object]] = []
    goals = []
    for number, (what, unit) in enumerate(counted):
        target = random.randint(6, 60)
        done = target + random.randint(0, target // 2)
        bound = random.choice(("≥", "", "不少于")) if number else "≥"
        rows.append(
            [name, "产出指标", "数量指标", what, f"{bound}{target}{unit}", "填写", f"{done}{unit}", 6, "", ""]
        )
        goals.append(f"{what}{target}{unit}")
    what, target_text = random.choice(_RATES)
    low = Decimal(target_text.strip("≥≤%"))
    done = low + 1 + Decimal(random.randint(0, 9)) / 10 if target_text[0] == "≥" else low - 1
    rows.append([name, "产出指标", "质量指标", what, target_text, "填写", f"{done}%", 8, "", ""])
    behind, late = random.randint(20, 40), random.randint(1, 4)
    rows.append(
        [
            name,
            "产出指标",
            "时效指标",
            "按季度办结事项",
            f"≥{behind}件",
            "填写",
            f"{behind - late}件",
            8,
            "",
            "年底前后人手不足，下年提前安排",
        ]
    )
    cost = f"≤{(budget / 10000).quantize(Decimal('0.01'), rounding='ROUND_HALF_UP')}万元"
    rows.append([name, "产出指标", "成本指标", "项目总成本", cost, "执行数", "", 10, "", ""])
    benefit, other = random.sample(_BENEFITS, 2)
    rows.append([name, "效益指标", "社会效益指标", benefit[0], benefit[1], "填写", benefit[2], 10, 10, ""])
    done = shared + random.randint(0, 0)
    rows.append(
        [
            name,
            "效益指标",
            "社会效益指标",
            _SHARED[0],
            _SHARED[1].format(shared - 20),
            "填写",
            f"{done}人",
            10,
            "",
            "",
        ]
    )
    rows.append(
        [
            name,
            "效益指标",
            "可持续影响指标",
            other[0],
            other[1],
            "填写",
            other[2],
            10,
            9,
            "制度刚刚建立，效果还要观察",
        ]
    )
    rows.append(
        [
            name,
            "满意度指标",
            "服务对象满意度指标",
            "服务对象满意度",
            "≥90%",
            "填写",
            f"{random.randint(911, 995) / Decimal(10)}%",
            10,
            "",
            "",
        ]
    )
    return rows, f"{'，'.join(goals)}。"


def _write(folder: Path, name: str, columns: tuple[str, ...], rows: list[list[object]]) -> None:
    (folder / "绩效").mkdir(exist_ok=True)
    with (folder / "绩效" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([columns, *rows])


def examine(document: EvaluationDocument, ending: str, catalog: Catalog) -> CheckResult:
    """Write in one format, read and check."""
    name = FILES[ending]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"自评{ending}"
        path.write_bytes(EVALUATION[name](document))
        return check([read_document(open_document(path), catalog)], catalog)
