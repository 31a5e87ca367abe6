"""The engines that rules name: over figures, over what tables hold besides, over the running text, over performance
forms."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.checking.account_paths import ACCOUNT_ENGINES
from gouji.checking.between_files import FILE_ENGINES
from gouji.checking.changes import CHANGE_ENGINES
from gouji.checking.code_forms import FORM_ENGINES
from gouji.checking.code_names import NAME_ENGINES
from gouji.checking.comparisons import COMPARISON_ENGINES
from gouji.checking.consolidated_files import GROUP_ENGINES
from gouji.checking.consolidation import LISTED_ENGINES
from gouji.checking.content import CONTENT_ENGINES
from gouji.checking.contradictions import CONTRADICTION_ENGINES
from gouji.checking.counts import COUNT_ENGINES
from gouji.checking.economic_lists import LIST_ENGINES
from gouji.checking.figure_years import FIGURE_YEAR_ENGINES
from gouji.checking.grand_totals import GRAND_TOTAL_ENGINES
from gouji.checking.items_told import ITEM_ENGINES
from gouji.checking.list_totals import LIST_TOTAL_ENGINES
from gouji.checking.listed_counts import LISTED_COUNT_ENGINES
from gouji.checking.other_bodies import BODY_ENGINES
from gouji.checking.paragraphs import PARAGRAPH_ENGINES
from gouji.checking.performance import NARRATED_ENGINES, PERFORMANCE_ENGINES
from gouji.checking.printed_changes import CHANGE_COLUMN_ENGINES
from gouji.checking.printed_rates import RATE_COLUMN_ENGINES
from gouji.checking.ratios import RATIO_ENGINES
from gouji.checking.relations import ENGINES, Engine
from gouji.checking.retold import RETOLD_ENGINES, RETOLD_FILE_ENGINES
from gouji.checking.retold_lists import RETOLD_LIST_ENGINES
from gouji.checking.slips import SLIP_ENGINES
from gouji.checking.subject import ContentEngine
from gouji.checking.text import TextEngine
from gouji.checking.topics import TOPIC_ENGINES
from gouji.checking.voices import VOICE_ENGINES
from gouji.checking.whole_document import WHOLE_ENGINES
from gouji.checking.years import YEAR_ENGINES

RELATION_ENGINES: Mapping[str, Engine] = {
    **ENGINES,
    **LISTED_ENGINES,
    **CHANGE_COLUMN_ENGINES,
    **GRAND_TOTAL_ENGINES,
    **LIST_TOTAL_ENGINES,
}
"""Find relations among the figures of a document's tables."""

TABLE_ENGINES: Mapping[str, ContentEngine] = {**CONTENT_ENGINES, **NAME_ENGINES, **FORM_ENGINES}
"""Applied to every document that prints any figure."""

TEXT_ENGINES: Mapping[str, ContentEngine] = {
    **SLIP_ENGINES,
    **PARAGRAPH_ENGINES,
    **YEAR_ENGINES,
    **ACCOUNT_ENGINES,
    **TOPIC_ENGINES,
    **CONTRADICTION_ENGINES,
    **BODY_ENGINES,
    **LISTED_COUNT_ENGINES,
    **RETOLD_ENGINES,
    **RETOLD_LIST_ENGINES,
}
"""Applied to every document that has running text, blank templates excepted."""

SENTENCE_ENGINES: Mapping[str, TextEngine] = {
    **RATIO_ENGINES,
    **CHANGE_ENGINES,
    **COMPARISON_ENGINES,
    **LIST_ENGINES,
    **ITEM_ENGINES,
    **COUNT_ENGINES,
    **FIGURE_YEAR_ENGINES,
    **WHOLE_ENGINES,
}
"""Asked of the sentences once the relations are explained; ``VOICE_ENGINES`` find relations among sentences and
tables before."""

__all__ = [
    "FILE_ENGINES",
    "GROUP_ENGINES",
    "NARRATED_ENGINES",
    "PERFORMANCE_ENGINES",
    "RATE_COLUMN_ENGINES",
    "RELATION_ENGINES",
    "RETOLD_FILE_ENGINES",
    "SENTENCE_ENGINES",
    "TABLE_ENGINES",
    "TEXT_ENGINES",
    "VOICE_ENGINES",
]
