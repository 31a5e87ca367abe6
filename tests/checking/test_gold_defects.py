"""All defects that experts found in real documents by hand, of every kind: which are found and which are not, printed per
file (run with ``-s``). What sentences say of figures is held to more in ``test_gold_narrative.py``."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from gouji.catalog import load_catalog
from gouji.checking import Finding, check
from gouji.documents.opening import open_document
from gouji.reading import read_document


class Defect(NamedTuple):
    """A defect: the rules one of which is about it (none: nothing finds it), where it stands (page, or line of a text; empty:
    anywhere) and what its finding has to say. ``style``: of wording or layout."""

    id: str
    rules: str = ""
    place: str = ""
    says: str = ""
    style: bool = False


def _style(id_: str, rules: str = "", place: str = "", says: str = "") -> Defect:
    return Defect(id_, rules, place, says, style=True)


# Page or line, rule, figures and codes; the sentences stay where they are.
GOLD: dict[str, tuple[Defect, ...]] = {
    "000": (
        Defect("A01", "GJ414", "第1058行", "37.74"), Defect("A02", "GJ427", "第926行"), Defect("A03", "GJ411", "第926行", "214.86"),
        Defect("A04", "GJ421", "第752行"), Defect("A05", "GJ421", "第1040行"), Defect("A06", "GJ422", "第1038行"),
        Defect("A07", "GJ601", "第427行", "21011"), Defect("A08", "GJ735", "第1177行"),
        Defect("A09", "GJ754", "第1181行"), Defect("A10", "GJ751", "第1001行"), Defect("A11", "GJ753", "第928行", "党建"),
        _style("A12"), _style("A13", "GJ744", "", "2处"), _style("A14", "GJ749"), _style("A15", "GJ743", "第819行"),
        _style("A16"), _style("A17", "GJ733", "第959行"),
    ),
    "001": (
        Defect("B01", "GJ604", "第202行", "5个"), _style("B02", "GJ509", "第300行"), _style("B03", "GJ842", "第441行", "文化体验"),
        Defect("B04", "GJ842", "第441行", "志愿服务"), _style("B05"), Defect("B06", "GJ752", "第441行", "港澳台"), _style("B07", "GJ743", "第408行"),
        Defect("B08", "GJ841", "第426行"), _style("B09"),
    ),
    "putuo-js2024-finance.": (
        Defect("FIN-01", "GJ411", "21", "0.3"), Defect("FIN-02", "GJ425", "21"), Defect("FIN-03", "GJ419", "21"),
        Defect("FIN-04", "GJ414", "21", "71.73"), Defect("FIN-05", "GJ421", "23"), Defect("FIN-06", "GJ422", "23"),
        Defect("FIN-07", "GJ423", "22"), *(_style(f"FIN-{n}", "GJ744", "21", "3处") for n in ("08", "09", "10")),
        _style("FIN-11", "GJ744", "21", "两段"), _style("FIN-12"), _style("FIN-13"),
    ),
    "putuo-js2024-finance-planted": (
        Defect("PLT-01", "GJ701", "7"), Defect("PLT-02", "GJ501", "2"), Defect("PLT-03", "GJ426", "15"),
        Defect("PLT-04", "GJ503", "15"), Defect("PLT-05", "GJ711", "18"), Defect("PLT-06", "GJ411", "18"),
        Defect("PLT-07", "GJ417", "19"), Defect("PLT-08", "GJ417", "20"), Defect("PLT-09", "GJ417", "21"),
        Defect("PLT-10", "GJ712", "24"), _style("PLT-11", "GJ741", "25"), Defect("PLT-I1", "GJ414", "19"),
        Defect("PLT-I2", "GJ421", "21"), Defect("PLT-I3", "GJ422", "21"), Defect("PLT-I4", "GJ423", "19"),
    ),
    "putuo-ys2024-wanli": (
        Defect("W24-01", "GJ504", "31"), Defect("W24-02", "GJ411", "9", "352.67"), Defect("W24-03", "GJ419", "6"),
        Defect("W24-04", "GJ747", "7"), Defect("W24-05", "GJ746", "9"), Defect("W24-06", "GJ734", "5", "5处"),
        Defect("W24-07", "GJ603", "29", "2个"), Defect("W24-08", "GJ413", "33"), _style("W24-09"), _style("W24-10"),
        _style("W24-11", "GJ743", "33", "事务受理"), _style("W24-12", "GJ743", "33", "建筑立面"), _style("W24-13"),
        _style("W24-14", "GJ743", "32"),
    ),
    "putuo-ys2025-wanli": (
        Defect("W25-01", "GJ721", "7"), Defect("W25-02", "GJ413", "31"), _style("W25-03", "GJ744", "30"), _style("W25-04"),
        _style("W25-05"), _style("W25-06", "GJ743", "31", "事务受理"), _style("W25-07", "GJ743", "31", "建筑立面"),
        _style("W25-08"), _style("W25-09", "GJ743", "30"),
    ),
    "putuo-ys2024-welfare": (
        Defect("WF-01", "GJ411", "6", "738.66"), Defect("WF-02", "GJ424", "6", "2080599"), Defect("WF-03", "GJ603", "9"),
        Defect("WF-04", "GJ603", "11"), Defect("WF-05", "GJ721", "6"), Defect("WF-06", "GJ602", "7", "2处"),
        Defect("WF-07", "GJ602", "7", "2处"), Defect("WF-08", "GJ601", "14"), Defect("WF-09", "GJ705", "16"),
        Defect("WF-10", "GJ704", "16"), _style("WF-11", "GJ743", "16"), _style("WF-12"),
    ),
    "putuo-ys2025-office-dept": (Defect("OD-01", "GJ704", "4"), Defect("OD-02", "GJ736", "22")),
    "putuo-ys2025-office-unit": (),
    "putuo-ys2025-finance-dept": (
        Defect("FD-01", "GJ411", "7", "887.36"), Defect("FD-02", "GJ506", "18"), Defect("FD-03", "GJ721", "7"),
        Defect("FD-04", "GJ748", "22", "2处"), _style("FD-05", "GJ743", "22", "2处"), _style("FD-06", "GJ743", "22", "公务用车"),
        Defect("FD-07", "GJ743", "22", "元"),
    ),
}  # fmt: skip
BESIDE = {"001": "000"}
"""Checked together with the other year of the same body: what only a second file shows."""


@pytest.mark.parametrize("start", GOLD)
def test_defects_of_every_kind_are_found(shared: Path, start: str) -> None:
    missed = {defect.id for defect in _missed(shared, start)}
    print(f"{start}: found {len(GOLD[start]) - len(missed)} of {len(GOLD[start])}, missed {sorted(missed)}")
    assert missed == {d.id for d in GOLD[start] if not d.rules}
    assert all(d.rules for d in GOLD[start] if not d.style)


def test_of_wording_and_layout_more_than_half_is_found() -> None:
    style = [defect for own in GOLD.values() for defect in own if defect.style]
    found = [defect for defect in style if defect.rules]
    print(f"wording and layout: {len(found)} of {len(style)}")
    assert len(found) * 2 >= len(style)


def _missed(shared: Path, start: str) -> list[Defect]:
    catalog = load_catalog()
    names = [start, *([BESIDE[start]] if start in BESIDE else [])]
    corpus = sorted((shared / "corpus").iterdir())
    paths = [next(path for path in corpus if path.name.startswith(name)) for name in names]
    findings = check([read_document(open_document(path), catalog) for path in paths], catalog).findings
    return [d for d in GOLD[start] if not any(_is_about(finding, d) for finding in findings)]


def _is_about(finding: Finding, defect: Defect) -> bool:
    places = {e.ref if e.page is None else str(e.page) for e in finding.evidence}
    said = finding.title + finding.message
    return (
        finding.rule == defect.rules and (not defect.place or defect.place in places) and defect.says in said
    )
