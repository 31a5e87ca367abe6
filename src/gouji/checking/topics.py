"""What the text has to speak of: required topics, the parts that the contents page promises, explained terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gouji.catalog import Rule, Topic, fold
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject
from gouji.facts import Outcome
from gouji.reading import Passage, Sort

_HALF = 2


def topics(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Topics that are missing from a text that speaks of at least half of what it should."""
    scope = subject.reading.scope
    required = [
        topic
        for topic in subject.catalog.wording.topics
        if scope.kind in topic.kinds and topic.valid_from <= (scope.year or topic.valid_from)
    ]
    passages = [p for p in subject.reading.passages if p.sort is not Sort.CONTENTS]
    sentences = [fold(p.folded) for p in passages if p.sort is Sort.TEXT and "。" in p.folded]
    spoken = [topic for topic in required if _speaks_of(sentences, topic)]
    tells = any(statement.fact is not None for statement in subject.reading.statements)
    if len(spoken) * _HALF < len(required) or not spoken or not tells or not subject.reading.tables:
        # Tables only: the text is in another file, or there is none to speak of.
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    lines = [fold(p.folded) for p in passages]
    missing = [topic for topic in required if not _speaks_of(lines, topic)]
    for topic in required:
        subject.coverage.count(rule.id, Outcome.VIOLATED if topic in missing else Outcome.EXACT)
    last = subject.reading.passages[-1]
    for topic in missing:
        yield subject.finding(
            rule, f"文字部分没有说明“{topic.title}”",
            f"标题和正文都没有提到{topic.title}。没有发生的，也应当写明没有。", [subject.span(last, suspect=False)],
        )  # fmt: skip


def _speaks_of(lines: Sequence[str], topic: Topic) -> bool:
    return any(fold(word) in line for word in topic.words for line in lines)


def listed_parts(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Parts (第一部分 …) that the contents page lists and the body lacks."""
    parts: dict[str, list[int]] = {}
    for index, passage in enumerate(subject.reading.passages):
        match = subject.catalog.wording.part.match(passage.folded)
        if match is not None and (passage.sort in (Sort.CONTENTS, Sort.HEADING)):
            parts.setdefault(match.group(), []).append(index)
    listed = [indexes for indexes in parts.values() if len(indexes) > 1]
    if len(listed) < _HALF or len(parts) - len(listed) >= len(listed):
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    body_begins = min(indexes[1] for indexes in listed)
    found = 0
    for indexes in parts.values():
        if len(indexes) == 1 and indexes[0] < body_begins:
            if _stands_within(subject.reading.passages, indexes[0]):
                continue
            found += 1
            passage = subject.reading.passages[indexes[0]]
            yield subject.finding(
                rule, f"目录列有“{passage.text.rstrip('.…·0123456789')}”，正文没有",
                "目录列出的部分在正文里找不到标题。请补上，或更正目录。", [subject.span(passage)],
            )  # fmt: skip
    subject.count(rule, found)


def _stands_within(passages: Sequence[Passage], listed: int) -> bool:
    """Whether a heading that the contents page lists stands in a later line together with other words."""
    heading = passages[listed].folded.rstrip(".…·0123456789")
    return any(heading in later.folded for later in passages[listed + 1 :])


def unused_terms(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Functional accounts that the glossary explains and nothing else mentions."""
    passages = subject.reading.passages
    wording = subject.catalog.wording.glossary
    glossary = [p for p in passages if any(wording.heading in heading for heading in p.path)]
    explained = [(p, match) for p in glossary if (match := wording.term.match(p.folded))]
    if not explained or not subject.reading.tables:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    accounts = {
        fold(spelling.name)
        for spellings in subject.catalog.codes["exp_func_code"].names.values()
        for spelling in spellings
    }
    document = subject.reading.document
    inside = {piece.line.paragraph.text for passage in glossary for piece in passage.pieces}
    printed = {cell.text for table in document.tables for cell in table.cells}
    said = "\n".join(
        [fold(p.text) for p in document.paragraphs if p.text not in inside] + [*map(fold, printed)]
    )
    unused = [
        (passage, match)
        for passage, match in explained
        if fold(match.group("term")) in accounts and fold(match.group("term")) not in said
    ]
    subject.count(rule, len(unused))
    if unused:
        names = "、".join(match.group("term") for _, match in unused[:6])
        yield subject.finding(
            rule, f"名词解释里的科目{names}在表和正文中都没有出现",
            "名词解释只需解释本文用到的名词；没有用到的，多半是从别处或模板带来的。",
            [subject.span(passage, *match.span("term")) for passage, match in unused[:12]],
        )  # fmt: skip


def tiers(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Levels of government in the glossary that are not the one the cover names."""
    passages, wording = subject.reading.passages, subject.catalog.wording.glossary
    cover = "".join(p.folded for p in passages[:_COVER] if p.sort is not Sort.TEXT)
    own = {match.group("tier") for match in wording.cover_tier.finditer(cover)}
    if len(own) != 1:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    (tier,) = own
    wrong: list[Evidence] = []
    words: set[str] = set()
    for passage in passages:
        if not any(wording.heading in heading for heading in passage.path):
            continue
        for match in wording.tier.finditer(passage.folded):
            if match.group("tier") != tier:
                wrong.append(subject.span(passage, *match.span()))
                words.add(match.group("tier"))
    subject.count(rule, len(wrong))
    if wrong:
        said = "、".join(f"{word}级" for word in sorted(words))
        yield subject.finding(
            rule, f"名词解释写作{said}，本文是{tier}级（{len(wrong)}处）",
            f"封面写明是{tier}级预算、决算，名词解释里的“{said}”多半是从别的模板带来的。", wrong[:12],
            stated=said, expected=f"{tier}级",
        )  # fmt: skip


_COVER = 40

TOPIC_ENGINES: Mapping[str, ContentEngine] = {
    "topics": topics,
    "listed_parts": listed_parts,
    "unused_terms": unused_terms,
    "tiers": tiers,
}
