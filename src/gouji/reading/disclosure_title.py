"""The title of a disclosure taken apart: 某市某局2024年度部门决算 says body, year, level and kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gouji.catalog import ScopeWording

_YEAR = re.compile(r"(20[0-3]\d)(?:\(?年度?\)?(?!\d{1,2}月)|(?=\(?(?:部门|单位|决算|预算|绩效)))")
_DATE = re.compile(r"20[0-3]\d(?:[年.-]\d{1,2}月(?:\d{1,2}日)?|[.-]\d{1,2}[.-]\d{1,2})")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z()·×＊*□△Ｘｘ、\-]+")
_LONGEST_NAME = 45
_MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says; empty or ``None`` for what it does not say. ``kind`` is empty for a paper that only
    speaks about disclosures (关于做好…部门预算公开工作的通知)."""

    kind: str
    year: int | None
    level: str
    body: str


def kind_of_title(text: str, wording: ScopeWording) -> str:
    """The kind of a folded title from its 部门预算 on: of two that are joined (部门决算及绩效自评) the first."""
    first = wording.joins.split(text, maxsplit=1)[0]
    return kind_of(first, wording) or kind_of(text, wording)


def kind_of(text: str, wording: ScopeWording) -> str:
    """The kind that folded wording names; empty for none."""
    return next((kind for kind, words in wording.kinds.items() if words.search(text)), "")


def year_of(text: str) -> int | None:
    """The first year of folded wording that is no date."""
    match = _YEAR.search(_DATE.sub("", text))
    return int(match.group(1)) if match else None


def parse_title(text: str, wording: ScopeWording) -> Title | None:
    """Take a folded title apart; ``None`` when it names no kind of disclosure."""
    text = _DATE.sub("", text)
    cores = list(wording.core.finditer(text))
    year = _YEAR.search(text)
    core = cores[0] if cores else wording.bare_core.search(text, year.end() if year else 0)
    if core is None:
        core = wording.bare_core.search(text)
    if core is None:
        return None
    kind = kind_of_title(text[core.start() :], wording)
    if any(word in text[core.end() :] for word in wording.no_disclosure):
        kind = ""
    level = core.groupdict().get("level") or ""
    years = list(_YEAR.finditer(text[: core.start()])) or list(_YEAR.finditer(text))
    own = years[-1] if years else None
    return Title(kind, int(own.group(1)) if own else None, level, _body(text[: core.start()], wording))


def _body(before: str, wording: ScopeWording) -> str:
    """The name in what precedes 部门预算: 2026年某局, 某局2026年度, 某市2026年市级 (a place, no body)."""
    years = list(_YEAR.finditer(before))
    if not years:
        return clean_name(before, wording)
    match = years[-1]
    head, tail = before[: match.start()], before[match.end() :]
    tail = tail.removeprefix("度").lstrip(":-")
    for tier in wording.tiers:
        if tail.endswith(tier):
            name = clean_name(head + tail[: -len(tier)], wording)
            return name if is_name(name, wording) else ""
    name, rest = clean_name(head, wording), clean_name(tail, wording)
    if not rest:
        return name
    if name and name.endswith(wording.places) and not rest.startswith(name):
        return name + rest
    return rest if not name or is_name(rest, wording) else name


def clean_name(text: str, wording: ScopeWording) -> str:
    """A name without what stands around it: ordinals, fillers, a level, brackets left open. Brackets are printed
    in full width. Empty when nothing that could be a name is left."""
    name = re.sub(
        r"^(?:附件[一二三四五六七八九十\d]*[:.、]?|第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.])",
        "",
        text,
    )
    name = name.strip("-_:.,、·;|/")
    changed = True
    while changed:
        before = name
        for lead in wording.leads:
            name = name.removeprefix(lead)
        for trail in wording.trails:
            name = name.removesuffix(trail)
        name = re.sub(r"\((?:部门|单位|汇总|公章|盖章|签章|公开|差额表)\)$", "", name)
        for level in ("部门", "单位"):
            shorter = name.removesuffix(level)
            if shorter != name and (level == "部门" or is_name(shorter, wording)):
                name = shorter
        changed = name != before
    if name.count("(") != name.count(")"):
        name = name.replace("(", "").replace(")", "") if name.startswith(")") or name.endswith("(") else name
    if name in wording.never or not 2 <= len(name) <= _LONGEST_NAME or not _NAME.fullmatch(name):
        return ""
    return name.replace("(", "（").replace(")", "）")


def is_name(text: str, wording: ScopeWording) -> bool:
    """Whether a text ends as the names of bodies do: 局, 委员会, 中心（本级）."""
    stem = re.sub(r"[(（][^()（）]*[)）]$", "", text)
    return len(stem) >= 3 and stem.endswith(wording.endings)


def cover_title(lines: Sequence[str], wording: ScopeWording) -> Title | None:
    """The title on a cover whose lines break it anywhere (…（本级）部门预 / 算), and the body where it stands in
    a line of its own."""
    best: Title | None = None
    for start in range(len(lines)):
        for end in range(start + 1, min(start + _MOST_LINES, len(lines)) + 1):
            title = parse_title("".join(lines[start:end]), wording)
            if title is None or (
                title.year is None and year_of("".join(lines)) is not None and end < len(lines)
            ):
                continue
            if best is None:
                best = title
            break
        if best is not None:
            break
    if best is None:
        return None
    joined = "".join(lines)
    cores = list(wording.core.finditer(joined)) or list(wording.bare_core.finditer(joined))
    kind = kind_of_title(joined[cores[0].start() :], wording) if best.kind and cores else best.kind
    body = best.body or _whole_title(lines, best, wording) or _line_of_its_own(lines, wording)
    return Title(kind, best.year if best.year is not None else year_of(joined), best.level, body)


def _whole_title(lines: Sequence[str], best: Title, wording: ScopeWording) -> str:
    """The body in a line that holds a whole title; above it may stand the name of the web site."""
    for line in lines:
        title = parse_title(line, wording)
        if title is not None and title.year == best.year and is_name(title.body, wording):
            return title.body
    return ""


def _line_of_its_own(lines: Sequence[str], wording: ScopeWording) -> str:
    for line in lines:
        if wording.bare_core.search(line) is None:
            name = clean_name(line, wording)
            if name and is_name(name, wording):
                return name
    return ""
