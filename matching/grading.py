"""Step 7: certain, possible or certainly not? Thresholds, then guards on the levels, then the analysts' judgements.

A weight alone never makes a pair certain: the guards of the model name the second identifying field it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import REOPENED_NEGATIVE, REOPENED_POSITIVE, Judgement
from matching.arrays import Bits, Codes, Levels, Mask, Positions
from matching.engine_spec import EngineSpec
from matching.spec import Guard, MatchSpec
from matching.vectors import Patterns

#: Grades as numbers, in order.
CERTAINLY_NOT, POSSIBLE, CERTAIN = 0, 1, 2
#: Codes of judgements per pair.
NOT_JUDGED, NEGATIVE, UNSURE, POSITIVE, ASKED_AGAIN, ASKED_AGAIN_NEGATIVE = range(6)
#: Judgements that keep two records apart: a former no does until somebody answers anew.
AGAINST = (NEGATIVE, ASKED_AGAIN_NEGATIVE)
#: Judgements in force: a reopened one is the machine's pair again.
IN_FORCE = (NEGATIVE, UNSURE, POSITIVE)

_JUDGEMENT_CODE = {
    Judgement.NEGATIVE: NEGATIVE,
    Judgement.UNSURE: UNSURE,
    Judgement.POSITIVE: POSITIVE,
    REOPENED_POSITIVE: ASKED_AGAIN,
    REOPENED_NEGATIVE: ASKED_AGAIN_NEGATIVE,
}


@dataclass(frozen=True)
class Judged:
    """Judged pairs among the records at hand, as positions (left before right in the order of unique_id)."""

    left: Positions
    right: Positions
    judgement: Codes


@dataclass(frozen=True)
class Sides:
    """Per pair: do both records come from one source that promises one row a person; were they one person last time?"""

    is_one_source: Mask
    is_held: Mask


def judged_pairs(judgements: pd.DataFrame, unique_ids: pd.Series) -> Judged:
    """Judgements (unique_id_l, unique_id_r, judgement or REOPENED_*) about records at hand; `unique_ids` ascending."""
    position = pd.Series(np.arange(len(unique_ids)), index=unique_ids.to_numpy())
    left = position.reindex(judgements["unique_id_l"]).to_numpy()
    right = position.reindex(judgements["unique_id_r"]).to_numpy()
    code = judgements["judgement"].map(_JUDGEMENT_CODE).to_numpy(dtype=np.int64)
    known = ~np.isnan(left.astype(float)) & ~np.isnan(right.astype(float)) & (left != right)
    a, b = left[known].astype(np.int64), right[known].astype(np.int64)
    return Judged(np.minimum(a, b), np.maximum(a, b), code[known])


def grade_pairs(
    patterns: Patterns, match_weight: Bits, sides: Sides, judgement: Codes, spec: MatchSpec
) -> npt.NDArray[np.int8]:
    """Grade of each pair.

    Args:
        sides: what is known of the two records beside their values.
        judgement: code per pair; positive and negative decide, unsure leaves the pair to the queue. A reopened one is
            possible at least; it joins only as a pair that nobody judged does, and never after a former no.
    """
    certain, possible, forbidden, never, twice = (
        any_guard(guards, patterns.levels, spec)[patterns.of_pair]
        for guards in (
            spec.certain_when,
            spec.possible_when,
            spec.never_certain_when,
            spec.certainly_not_when,
            spec.same_source_when,
        )
    )
    grade = np.full(len(match_weight), CERTAINLY_NOT, dtype=np.int8)
    grade[possible | (match_weight >= spec.review_threshold)] = POSSIBLE
    threshold = np.where(sides.is_held, spec.hold_threshold, spec.link_threshold)
    grade[(match_weight >= threshold) & certain & ~forbidden & (twice | ~sides.is_one_source)] = CERTAIN
    grade[never] = CERTAINLY_NOT
    grade[judgement == NEGATIVE] = CERTAINLY_NOT
    grade[judgement == ASKED_AGAIN] = np.maximum(grade[judgement == ASKED_AGAIN], POSSIBLE)
    grade[(judgement == UNSURE) | (judgement == ASKED_AGAIN_NEGATIVE)] = POSSIBLE
    grade[judgement == POSITIVE] = CERTAIN
    return grade


def any_guard(guards: Sequence[Guard], levels: Levels, spec: EngineSpec) -> Mask:
    """Which patterns meet at least one guard."""
    met = np.zeros(len(levels), dtype=bool)
    column = {name: number for number, name in enumerate(spec.names())}
    for guard in guards:
        holds = np.ones(len(levels), dtype=bool)
        for name, level in guard.at_least.items():
            holds &= levels[:, column[name]] >= spec.comparisons[column[name]].level(level)
        for name, level in guard.at_most.items():
            found = levels[:, column[name]]
            holds &= (found >= 0) & (found <= spec.comparisons[column[name]].level(level))
        for name, level in guard.exactly.items():
            holds &= levels[:, column[name]] == spec.comparisons[column[name]].level(level)
        met |= holds
    return met
