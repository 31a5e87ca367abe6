"""Performance (绩效): indicators with target and actual value, the forms they stand in, and how they are scored.

:func:`read_value` understands a wording such as ``≥100万人次`` or ``5次以上``; :func:`reach` compares an actual value
with its target; :func:`score_indicator` says what a scoring method gives. All pure; the wordings and the methods are
data of the catalogue.
"""

from gouji.performance.evaluation import Evaluation, EvidenceRow, Rated, Task, Trace
from gouji.performance.form import TEXTS_KEPT, Amount, MoneyRow, PerformanceForm, TaskRow, Words
from gouji.performance.indicator import Indicator, Kind, Share
from gouji.performance.labels import RowText, share
from gouji.performance.reach import Reach, Reached, fulfilment, reach
from gouji.performance.rescored import Rescored, rescored
from gouji.performance.scoring import (
    Adopted,
    Scored,
    execution_score,
    grade,
    level_weights,
    rounded,
    score_agrees,
    score_indicator,
)
from gouji.performance.targets import Target, Targets, find_targets
from gouji.performance.value import Operator, Shape, Value, like_target, read_value, split_items

__all__ = [
    "TEXTS_KEPT",
    "Adopted",
    "Amount",
    "Evaluation",
    "EvidenceRow",
    "Indicator",
    "Kind",
    "MoneyRow",
    "Operator",
    "PerformanceForm",
    "Rated",
    "Reach",
    "Reached",
    "Rescored",
    "RowText",
    "Scored",
    "Shape",
    "Share",
    "Target",
    "Targets",
    "Task",
    "TaskRow",
    "Trace",
    "Value",
    "Words",
    "execution_score",
    "find_targets",
    "fulfilment",
    "grade",
    "level_weights",
    "like_target",
    "reach",
    "read_value",
    "rescored",
    "rounded",
    "score_agrees",
    "score_indicator",
    "share",
    "split_items",
]
