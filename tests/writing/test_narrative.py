"""The narrative: published figures come out again, words follow numbers, what is missing is marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from published_figures import YEAR_2020, YEAR_2024, Figures

from gouji.catalog import Catalog, load_catalog
from gouji.facts import Fact
from gouji.registers import Workspace, read_workspace
from gouji.registers.book import Book, Figure
from gouji.registers.narrative_facts import NO_MATERIAL, CauseKey, Material
from gouji.registers.records import Kept, Record
from gouji.registers.register_workbook import write_workbook
from gouji.registers.template import write_template
from gouji.writing.narrative import Narrative, Statement
from gouji.writing.shares import largest_remainder
from gouji.writing.standpoint import Whose
from gouji.writing.telling import tell

CATALOG = load_catalog()
EXAMPLES = Path(__file__).parents[2] / "examples"


def workspace(name: str) -> Workspace:
    return read_workspace(EXAMPLES / name, CATALOG)


def told(
    books: Workspace,
    *,
    kept: Material | None = None,
    phrases: str = "",
    balance_shares: bool = False,
    book: Book | None = None,
) -> Narrative:
    settings = books.settings
    return tell(
        book or books.book, books.material if kept is None else kept, CATALOG.phrase_set(settings.fiscal_year, phrases),
        Whose(settings.name, settings.fiscal_year, settings.level), codes=books.codes, balance_shares=balance_shares,
    )  # fmt: skip


def printed(statement: Statement) -> tuple[Decimal, bool]:
    return statement.value, statement.unit == "%"


def wanted(figures: str) -> Counter[tuple[Decimal, bool]]:
    return Counter((Decimal(figure.rstrip("%")), figure.endswith("%")) for figure in figures.split())


def section(narrative: Narrative, wanted_id: str) -> str:
    return "\n".join(
        p.text for part in narrative.parts for s in part.sections if s.id == wanted_id for p in s.paragraphs
    )


@pytest.fixture(scope="module")
def of_2024() -> Workspace:
    return workspace("hunan-2024")


@pytest.fixture(scope="module")
def of_2020() -> Workspace:
    return workspace("hunan-2020")


@pytest.mark.parametrize(("example", "published"), [("hunan-2024", YEAR_2024), ("hunan-2020", YEAR_2020)])
def test_every_published_figure_stands_in_its_section(example: str, published: Figures) -> None:
    narrative = told(workspace(example))
    stated: dict[str, Counter[tuple[Decimal, bool]]] = {}
    for statement in narrative.statements:
        stated.setdefault(statement.section, Counter())[printed(statement)] += 1
    missing = {
        name: dict(wanted(figures) - stated.get(name, Counter())) for name, figures in published.items()
    }
    assert not {name: lost for name, lost in missing.items() if lost}


@pytest.mark.parametrize("example", ["hunan-2024", "hunan-2020"])
def test_the_examples_have_no_gaps(example: str) -> None:
    books = workspace(example)
    assert books.notices == ()
    assert told(books).gaps == ()


@pytest.mark.parametrize("example", ["hunan-2024", "hunan-2020"])
def test_every_figure_is_traced(example: str) -> None:
    books = workspace(example)
    for statement in told(books).statements:
        kept = bool(statement.sources) or statement.value == 0
        assert kept, f"{statement.heading}: {statement.text}"


def test_derived_figures_follow_from_what_is_printed(of_2024: Workspace) -> None:
    """A calculator and the page are enough to check every share, rate, change and growth."""
    narrative = told(of_2024)
    amounts = {s.fact: s.value for s in narrative.statements if s.measure == "amount"}
    checked = 0
    for s in narrative.statements:
        if (
            s.measure in ("share", "rate")
            and s.fact in amounts
            and s.against in amounts
            and amounts[s.against]
        ):
            assert abs(100 * amounts[s.fact] / amounts[s.against] - s.value) <= Decimal("0.005"), s.text
            checked += 1
    assert checked > 30


def test_the_2020_text_has_other_words(of_2020: Workspace) -> None:
    overall = section(told(of_2020), "overall")
    assert overall.startswith(
        "2020年度收入合计139.69万元、支出合计176.58万元。收入与上年相比增加8.08万元，增长6.14%"
    )
    assert "均为人员经费" in section(told(of_2020), "basic")
    assert "单位价值50万元以上通用设备0台（套）" in section(told(of_2020), "assets")


def with_last_year(books: Workspace, fact: Fact, amount: Decimal) -> Book:
    """The same book in which last year's figure of ``fact`` is another."""
    year = str(books.settings.fiscal_year - 1)
    stated = {f: figure for f in list(books.book._stated) if (figure := books.book.figure(f)) is not None}
    stated[fact.slice("fiscal_year", year)] = Figure(amount, ())
    return Book(books.book.entries, books.book.dimensions, stated)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("5017000", "与上年相比增加22.60万元，增长4.50%，主要是因为"),
        ("6000000", "与上年相比减少75.70万元，下降12.62%，主要是因为"),
        ("5242999", "与上年持平。"),
        ("0", "上年数为0.00万元，与上年相比增加524.30万元，主要是因为"),
    ],
)
def test_words_follow_numbers(of_2024: Workspace, before: str, words: str) -> None:
    book = with_last_year(of_2024, Fact("total_in"), Decimal(before))
    assert words in section(told(of_2024, book=book), "overall")


def without(books: Workspace, register: str) -> Material:
    """The registers of a workspace in which one was never kept."""
    kept = {name: found for name, found in books.material.registers.items() if name != register}
    causes: Mapping[CauseKey, Record] = {} if register == "变动原因" else books.material.causes
    texts = {} if register == "文字材料" else books.material.texts
    return Material(kept, causes, texts)


def test_a_change_without_its_cause_is_a_gap(of_2024: Workspace) -> None:
    narrative = told(of_2024, kept=without(of_2024, "变动原因"))
    assert {gap.register for gap in narrative.gaps} == {"变动原因"}
    wanted_causes = [gap.wanted for gap in narrative.gaps]
    assert "收入支出总计与上年相比变动的原因" in wanted_causes
    assert "2060302社会公益研究与预算相比变动的原因" in wanted_causes
    assert not any("2060301" in cause for cause in wanted_causes), (
        "carried out as planned: no cause is asked for"
    )
    assert "〔待填：收入支出总计与上年相比变动的原因〕" in section(narrative, "overall")


def test_a_cause_that_nothing_asks_for_is_told_of(of_2024: Workspace) -> None:
    assert told(of_2024).unused == ()
    same = with_last_year(of_2024, Fact("total_in"), Decimal("5242999"))
    (unused,) = told(of_2024, book=same).unused
    assert str(unused) == "变动原因第3行"


def test_texts_that_are_missing_are_gaps(of_2024: Workspace) -> None:
    gaps = told(of_2024, kept=without(of_2024, "文字材料")).gaps
    assert {"部门职责", "内设机构", "决算单位构成", "下一步改进措施"} <= {gap.wanted for gap in gaps}
    assert all(str(gap).endswith("（填在登记簿的“文字材料”）") for gap in gaps)


def test_an_empty_register_says_nothing_and_nothing_says_zero(of_2024: Workspace) -> None:
    never = without(of_2024, "会议培训活动")
    book = Book(
        (e for e in of_2024.book.entries if not e.concept.startswith("meeting")),
        of_2024.book.dimensions,
        of_2024.book._stated,
    )
    assert "开支会议费〔待填：会议费〕" in section(told(of_2024, kept=never, book=book), "general_spending")
    nothing = never._replace(registers={**never.registers, "会议培训活动": Kept(True, ())})
    assert "开支会议费0.00万元。" in section(told(of_2024, kept=nothing, book=book), "general_spending")


def test_a_workspace_without_any_of_it_still_has_its_document(tmp_path: Path) -> None:
    write_template(tmp_path, CATALOG, name="示例局", level="部门", year=2024)
    books = read_workspace(tmp_path, CATALOG)
    assert books.material == NO_MATERIAL or not any(kept.kept for kept in books.material.registers.values())
    narrative = told(books)
    assert [part.id for part in narrative.parts] == ["overview", "tables", "explanation", "terms"]
    assert len(narrative.gaps) > 20


def test_only_terms_that_occur_are_explained(of_2020: Workspace) -> None:
    terms = section(told(of_2020), "terms")
    assert "事业收入：" in terms
    assert "上级补助收入：" not in terms
    assert "经营支出：" not in terms


def test_shares_are_balanced_on_request(of_2020: Workspace) -> None:
    plain, moved = told(of_2020), told(of_2020, balance_shares=True)
    changed = [
        (one.text, other.text)
        for one, other in zip(plain.statements, moved.statements, strict=True)
        if one.text != other.text
    ]
    assert changed == [("85.84%", "85.83%")]
    assert [s.text for s in moved.statements if s.balanced] == ["85.83%"]
    for narrative, total in ((plain, "100.01"), (moved, "100.00")):
        shares = [
            s.value for s in narrative.statements if s.section == "general_structure" and s.measure == "share"
        ]
        assert sum(shares) == Decimal(total)


@pytest.mark.parametrize("parts", [["1", "1", "1"], ["62.90", "6.38", "4.00"], ["0", "5"], ["7"]])
def test_balanced_shares_add_up(parts: list[str]) -> None:
    amounts = [Decimal(part) for part in parts]
    shares = largest_remainder(amounts, sum(amounts, Decimal(0)))
    assert sum(shares) == 100
    for amount, share in zip(amounts, shares, strict=True):
        assert abs(share - 100 * amount / sum(amounts)) < Decimal("0.01")


def test_a_local_variant_keeps_the_figures(of_2024: Workspace) -> None:
    local = next(phrases.id for phrases in CATALOG.phrases_of("final_accounts") if phrases.place)
    narrative = told(of_2024, phrases=local)
    assert [s.heading for p in narrative.parts for s in p.sections if s.level == 1 and p.id == "explanation"][
        -2:
    ] == [
        "十、预算绩效管理情况",
        "十一、其他重要事项的情况说明",
    ]
    assert "比2023年度增加22.60万元，增长4.50%。主要原因：" in section(narrative, "overall")
    assert narrative.gaps == ()


def test_a_department_speaks_of_itself(of_2024: Workspace, catalog: Catalog) -> None:
    settings = replace(of_2024.settings, level="部门")
    narrative = told(replace(of_2024, settings=settings))
    assert "本部门无政府性基金收支。" in section(narrative, "gov_fund")


ACTIVITIES = [("会议", "甲会", 20, "10000"), ("会议", "乙会", None, "20000"), ("论坛", "丙论坛", None, "500")]


def test_several_meetings_are_told_in_one_sentence(tmp_path: Path) -> None:
    columns = ("类别", "名称", "人数", "金额（元）")
    rows = [
        {
            name: Decimal(value) if name in columns[2:] else str(value)
            for name, value in zip(columns, row, strict=True)
            if value is not None
        }
        for row in ACTIVITIES
    ]
    write_template(tmp_path, CATALOG, name="示例局", level="部门", year=2024)
    write_workbook(tmp_path / "登记簿.xlsx", {"会议培训活动": rows})
    said = section(told(read_workspace(tmp_path, CATALOG)), "general_spending")
    assert said == (
        "2024年本部门开支会议费3.00万元，用于甲会1.00万元，人数约20人；乙会2.00万元。\n"
        "2024年本部门开支培训费0.00万元。\n"
        "2024年本部门举办节庆、晚会、论坛、赛事，节庆等活动开支0.05万元，包括：丙论坛，0.05万元。"
    )
