"""Where a finding stands, in one line: file, page, box, and what is printed there."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checking.result import Evidence
from gouji.reports.wording import one_line, recognition, spot


def main_and_others(evidence: Sequence[Evidence]) -> tuple[Evidence | None, list[Evidence]]:
    """The place that is most in doubt, and the rest in their order."""
    if not evidence:
        return None, []
    main = next((e for e in evidence if e.suspect), next((e for e in evidence if e.candidate), evidence[0]))
    return main, [place for place in evidence if place is not main]


def place_line(evidence: Evidence, home: str = "", *, boxed: bool = False) -> str:
    """``第8页 《收入决算表》合计：“2,946.25”``, with the file where it is not ``home``; ``boxed`` adds the box. What
    was not recognised surely on a scanned page says so."""
    file = f"{evidence.file} " if evidence.file != home else ""
    box = f"[{box_text(evidence)}]" if boxed and evidence.box else ""
    said = "：".join(filter(None, (one_line(evidence.where), quoted(evidence))))
    unsure = f"（{recognition(evidence)}）" if evidence.status else ""
    return f"{file}{spot(evidence)}{box} {said}{unsure}".strip()


def quoted(evidence: Evidence) -> str:
    """``“2,946.25”``; empty where nothing is quoted."""
    text = one_line(evidence.quote)
    return f"“{text}”" if text else ""


def box_text(evidence: Evidence) -> str:
    """``99.1,200.0,140.2,212.5``: points from the top left corner of the page."""
    return ",".join(f"{edge:.1f}" for edge in evidence.box) if evidence.box else ""
