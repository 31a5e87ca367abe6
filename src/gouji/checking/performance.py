"""The engines of the rules about performance targets and self-evaluations (绩效目标、绩效自评)."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.checking import performance_goal_figures as goal_figures
from gouji.checking import performance_goals as goals
from gouji.checking import performance_marks as marks
from gouji.checking import performance_money as money
from gouji.checking import performance_narrative as narrative
from gouji.checking import performance_repeats as repeats
from gouji.checking import performance_tables as tables
from gouji.checking import performance_tasks as tasks
from gouji.checking import performance_told_marks as told_marks
from gouji.checking import performance_told_rates as told_rates
from gouji.checking import performance_values as values
from gouji.checking import performance_words as words
from gouji.checking.subject import ContentEngine

PERFORMANCE_ENGINES: Mapping[str, ContentEngine] = {
    "performance_weights": marks.weight_sums,
    "performance_levels": marks.level_sums,
    "performance_totals": marks.score_sums,
    "performance_overscored": marks.scores_over_weights,
    "performance_execution": money.execution,
    "performance_money": money.money_sums,
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
    "performance_copied_goals": goals.copied_goals,
    "performance_names": goals.differing_names,
    "performance_narrated": narrative.narrated_scores,
    "performance_narrated_grades": narrative.narrated_grades,
    "performance_narrated_execution": narrative.narrated_execution,
    "performance_told_parts": told_marks.part_marks,
    "performance_told_sums": told_marks.part_sums,
    "performance_told_counts": told_marks.indicator_counts,
    "performance_told_rates": told_rates.told_rates,
    "performance_copied_words": words.copied_words,
    "performance_not_done": words.not_done,
    "performance_contrary": words.contrary_causes,
    "performance_instructions": words.instructions_left,
    "performance_missing_units": words.missing_units,
    "performance_doubled_units": words.doubled_units,
    "performance_goals": goal_figures.goal_figures,
    "performance_unmeasured": goal_figures.unmeasured_goals,
    "performance_projects": tables.project_amounts,
    "performance_whole": tables.whole_amounts,
    "performance_shares": marks.method_shares,
    "performance_task_money": tasks.task_money,
    "performance_task_scores": tasks.task_scores,
    "performance_overspent": money.overspent,
    "performance_spent_costs": repeats.spent_costs,
}

NARRATED_ENGINES = frozenset(
    {"performance_narrated_grades", "performance_told_sums", "performance_told_rates"}
)
"""Those that have something to ask of running text without any form."""
