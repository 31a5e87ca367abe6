"""The engines of the rules about performance targets and self-evaluations (绩效目标、绩效自评)."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.checking import performance_goals as goals
from gouji.checking import performance_repeats as repeats
from gouji.checking import performance_sums as sums
from gouji.checking import performance_values as values
from gouji.checking.subject import ContentEngine

PERFORMANCE_ENGINES: Mapping[str, ContentEngine] = {
    "performance_weights": sums.weight_sums,
    "performance_levels": sums.level_sums,
    "performance_totals": sums.score_sums,
    "performance_overscored": sums.scores_over_weights,
    "performance_execution": sums.execution,
    "performance_money": sums.money_sums,
    "performance_unmet": values.unmet_full_marks,
    "performance_causes": values.missing_causes,
    "performance_copied": values.copied_bounds,
    "performance_over": values.over_fulfilment,
    "performance_empty": values.empty_actuals,
    "performance_units": values.differing_units,
    "performance_floors": values.floors_for_costs,
    "performance_satisfaction": values.impossible_satisfaction,
    "performance_twice": repeats.scored_twice,
    "performance_repeated": repeats.repeated_targets,
    "performance_differing": repeats.differing_actuals,
    "performance_costs": repeats.whole_costs,
    "performance_misplaced": repeats.misplaced,
    "performance_grades": repeats.grades,
    "performance_narrated": repeats.narrated_scores,
    "performance_copied_goals": goals.copied_goals,
    "performance_names": goals.differing_names,
}
