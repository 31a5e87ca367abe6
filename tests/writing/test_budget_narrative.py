"""The explanation of a budget: words follow numbers, causes stand only where something changed, gaps are listed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.facts import fact
from gouji.registers import read_workspace
from gouji.registers.book import Book, Entry, Figure, Source
from gouji.registers.budget_narrative_schema import BUDGET_POSITIONS, BUDGET_SUBJECTS
from gouji.registers.narrative_facts import NO_MATERIAL, CauseKey, Material
from gouji.registers.narrative_schema import CAUSE, WITH_LAST_YEAR
from gouji.registers.records import Record
from gouji.writing import Narrative, Whose, tell

CATALOG = load_catalog()
ROW = Source("登记簿.xlsx", "支出预算", 3)
STYLES = [phrases.id for phrases in CATALOG.phrases_of("budget")]
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "hunan-2025-budget"


def told(before: str | None, *, kept: Material = NO_MATERIAL, style: str = "national-budget") -> Narrative:
    """A budget of 120 万元, and last year's where it is known."""
    line = {
        "exp_func_code": "2060301",
        "nature": "basic",
        "fund_type_code": "general",
        "fund_year": "current",
    }
    entries = [
        Entry("revenue", {"fund_type_code": "general", "fund_year": "current"}, Decimal(1_200_000), ROW),
        Entry("expenditure", line | {"dep_bgt_eco_code": "30101"}, Decimal(1_200_000), ROW),
    ]
    stated = {}
    if before is not None:
        stated[fact("total_in", fiscal_year="2024")] = Figure(Decimal(before), (ROW,))
    book = Book(entries, CATALOG.dimensions, stated)
    phrases = CATALOG.phrase_set(2025, style, "budget")
    return tell(book, kept, phrases, Whose("示例中心", 2025, "单位"), codes=CATALOG.codes)


def section(narrative: Narrative, wanted: str) -> str:
    return "".join(
        p.text for part in narrative.parts for s in part.sections if s.id == wanted for p in s.paragraphs
    )


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("1000000", "比2024年预算数增加20.00万元，增长20.00%"),
        ("1500000", "比2024年预算数减少30.00万元，下降20.00%"),
        ("1200000", "与2024年预算数持平。"),
        ("0", "比2024年预算数增加120.00万元（2024年未安排预算）"),
        (None, "比2024年预算数变动〔待填：上年收支总计〕"),
    ],
)
def test_the_direction_follows_the_figures(before: str | None, said: str) -> None:
    assert said in section(told(before), "overall")


def test_a_cause_is_asked_for_where_something_changed() -> None:
    changed = section(told("1000000"), "overall")
    assert "主要原因是〔待填：收支总计与上年相比变动的原因〕。" in changed
    assert "原因" not in section(told("1200000"), "overall")


def test_a_given_cause_is_printed() -> None:
    key = CauseKey("收支总计", "", WITH_LAST_YEAR)
    kept = NO_MATERIAL._replace(causes={key: Record({CAUSE: "人员增加。"}, ROW)})
    assert "，主要原因是人员增加。" in section(told("1000000", kept=kept), "overall")
    assert told("1200000", kept=kept).unused == (ROW,)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_missing_is_marked_and_listed(style: str) -> None:
    narrative = told(None, style=style)
    marked = "".join(paragraph.text for paragraph in narrative.paragraphs)
    assert narrative.gaps
    for gap in narrative.gaps:
        assert gap.text in marked
        assert gap.register


@pytest.mark.parametrize("style", STYLES)
def test_phrases_ask_for_what_the_registers_offer(style: str) -> None:
    narrative = told(None, style=style)
    wanted = {gap.wanted for gap in narrative.gaps if gap.register == "文字材料"}
    assert wanted <= set(BUDGET_POSITIONS)
    subjects = {
        word.removeprefix(":")
        for part in CATALOG.phrase_set(2025, style, "budget").parts
        for form in part.sections
        for clause in form.clauses
        for alternative in clause.alternatives
        for piece in alternative.text
        if not isinstance(piece, str)
        for word in (
            piece.words if piece.command == ">" else piece.words[:1] if piece.command == "cause" else ()
        )
        if word.startswith(":") or piece.command == "cause"
    }
    assert subjects <= set(BUDGET_SUBJECTS)


def test_shares_can_be_balanced() -> None:
    workspace = read_workspace(EXAMPLE, CATALOG)
    phrases = CATALOG.phrase_set(2025, "national-budget", "budget")
    whose = Whose("示例中心", 2025, "单位")
    narrative = tell(
        workspace.book, workspace.material, phrases, whose, codes=workspace.codes, balance_shares=True
    )
    shares = [
        s.value for s in narrative.statements if s.section == "general_structure" and s.measure == "share"
    ]
    assert sum(shares) == 100


def test_terms_may_stand_before_the_text_they_occur_in() -> None:
    narrative = told("1000000", style="shanghai-budget")
    ids = [part.id for part in narrative.parts]
    assert ids.index("terms") < ids.index("explanation")
    assert "事业收入" in section(narrative, "terms")
    assert all(part.title == "" for part in narrative.parts)
