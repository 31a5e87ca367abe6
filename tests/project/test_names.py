"""The code names no place and no body: what belongs to one of them is data. (A docstring may give an example.)"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import gouji

PLACES = re.compile(
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|"
    "贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|石家庄|太原|沈阳|大连|长春|哈尔滨|南京|苏州|无锡|杭州|宁波|合肥|福州|厦门|"
    "南昌|济南|青岛|郑州|武汉|长沙|广州|深圳|珠海|佛山|东莞|南宁|海口|成都|贵阳|昆明|拉萨|西安|兰州|西宁|银川|乌鲁木齐|"
    "普陀|浦东|海淀|beijing|tianjin|shanghai|chongqing|hunan|hubei|guangdong|guangzhou|shenzhen|jiangsu|zhejiang|fujian|"
    "fuzhou|changsha|putuo|pudong",
    re.IGNORECASE,
)


def words(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """All texts and names of a module with their lines, docstrings left out."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value, node.lineno
        elif isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node.lineno


def test_no_place_is_named_in_the_code() -> None:
    package = Path(gouji.__file__).parent
    wrong = [
        f"{path.relative_to(package)}:{line} {found.group()}"
        for path in sorted(package.rglob("*.py"))
        for word, line in words(ast.parse(path.read_text(encoding="utf-8")))
        if (found := PLACES.search(word))
    ]
    assert not wrong, "\n".join(wrong)
