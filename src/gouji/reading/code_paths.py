"""Items named in sentences: 类/款/项 by name or by code, found in the document's own tables first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from gouji.catalog import Catalog, CodeList, bare, fold
from gouji.reading.result import ReadTable

_FUNCTIONS = "exp_func_code"
_LENGTH = {"类": 3, "款": 5, "项": 7}
_PRINTED_CODE = re.compile(
    r"\((\d{7}|\d{5}|\d{3})(?:[类款项])?\)|^[^\d]{0,8}?(?:\(?[\d一二三四五六七八九十]{1,2}[)、.．])?(\d{7}|\d{5}|\d{3}(?=[-—]))(?=[-—]?[^\d.,年元万%])"
)


class CodePaths:
    """Finds the code that a wording names. Nothing is guessed: several codes of one name are none."""

    def __init__(self, tables: Sequence[ReadTable], catalog: Catalog) -> None:
        self.catalog = catalog
        self.path = catalog.clauses.path
        listed: dict[str, set[str]] = {}
        for table in tables:
            for code in table.codes:
                if code.dimension == _FUNCTIONS:
                    listed.setdefault(code.code, set()).add(_plain(code.name))
        self.listed: Mapping[str, set[str]] = listed
        self.known: dict[str, set[str]] = dict(_spellings(catalog.codes[_FUNCTIONS]))
        for number, names in listed.items():
            self.known[number] = self.known.get(number, set()) | names
        self.classes: dict[str, list[str]] = {}
        """The codes of 类 by each of their names."""
        for number, names in self.known.items():
            for name in names if len(number) == _LENGTH["类"] else ():
                self.classes.setdefault(name, []).append(number)

    def find(self, folded: str) -> tuple[str, str, str]:
        """The dimension and code that a line names by code or by path, and why a path that is there names none."""
        printed = [match.group(1) or match.group(2) for match in _PRINTED_CODE.finditer(folded)]
        if printed:
            # 一般公共服务支出(201)…行政运行(2010301): each code is inside the one before it.
            code = printed[0]
            for finer in printed[1:]:
                code = finer if finer.startswith(code) else code
            dimension = self.catalog.code_dimension(code)
            if dimension is not None:
                return dimension, code, ""
        steps = [(_plain(m.group("name")), m.group("level")) for m in self.path.finditer(folded)]
        if not steps or not steps[0][0]:
            code = self._dashed(folded)
            return (_FUNCTIONS, code, "") if code else ("", "", "")
        code = self._of_steps(steps)
        return (_FUNCTIONS, code, "") if code else ("", "", "所说的类款项在表里和科目中找不到，或不止一个")

    def _dashed(self, folded: str) -> str:
        """The code of 类-款-项科目 or 类-款科目: names joined by dashes; empty for any other words."""
        written = _DASHED.search(folded)
        names = [_plain(name) for name in _DASH.split(written.group(1))] if written else []
        if len(names) not in (2, 3) or not all(names):
            return ""
        return self._of_steps(list(zip(names, _LENGTH, strict=False)))

    def _of_steps(self, steps: Sequence[tuple[str, str]]) -> str:
        wanted = {_LENGTH[level]: name for name, level in steps if level in _LENGTH}
        if len(wanted) != len(steps):
            return ""
        deepest = max(wanted)
        for source in (self.listed, self.known):
            found = [
                code
                for code, names in source.items()
                if len(code) == deepest
                and wanted[deepest] in names
                and all(name in self.known.get(code[:length], ()) for length, name in wanted.items())
            ]
            if found:
                return found[0] if len(found) == 1 else ""
        return ""

    def named(self, words: str) -> str:
        """The functional 类 of a name, or the one code of that name among those that the tables list."""
        name = _plain(words)
        of_class = self.classes.get(name, [])
        return of_class[0] if len(of_class) == 1 and len(name) >= _SHORTEST else ""


_DASHED = re.compile(r"([^，。；：、]+?[-—－–][^，。；：、]+?)[”\"]?科目")
_DASH = re.compile(r"[-—－–]+")


@cache
def _spellings(codes: CodeList) -> Mapping[str, set[str]]:
    """All names of the codes of a catalogue."""
    return {
        number: {_plain(name) for spelling in spellings for name in (spelling.name, *spelling.aliases)}
        for number, spellings in codes.names.items()
    }


_SHORTEST = 2
_NOISE = re.compile(r"[“”\"'，。：:、]|^(?:\(?[\d一二三四五六七八九十]{1,3}[)、.．])")


def _plain(name: str) -> str:
    """A name without what spellings differ in: quotes, ordinals, 其它, the 支出 at its end."""
    folded = bare(fold(_NOISE.sub("", name))).replace("其它", "其他")
    folded = folded.rpartition("，")[2]
    return folded.removesuffix("支出") or folded
