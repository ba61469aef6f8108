"""What matching hands over: graded pairs, links, conflicts, keys and the model, each in its frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import MEMBER_SIDE, MatchGrade
from data.values.coded import Coded
from matching.arrays import Codes, Mask, Positions
from matching.blocks import Blocks
from matching.clustering import REASONS, Clusters
from matching.engine_spec import EngineSpec
from matching.explain import match_keys
from matching.explain_bars import bar_texts
from matching.explain_values import value_relations
from matching.grading import ASKED_AGAIN, ASKED_AGAIN_NEGATIVE, IN_FORCE, POSSIBLE
from matching.identity import assign_person_ids
from matching.incremental_compared import Changed
from matching.incremental_memory import Memory
from matching.scoring import Scores, bars
from matching.spec import MatchSpec
from matching.training import Model
from matching.vectors import Patterns

#: What stands in `blocking_rule` for a pair that only an analyst named.
BY_JUDGEMENT = "judgement"
_GRADES = np.array([MatchGrade.CERTAINLY_NOT.value, MatchGrade.POSSIBLE.value, MatchGrade.CERTAIN.value], dtype=object)


@dataclass(frozen=True)
class Night:
    """How the pairs came about: by which model, how much was compared, and what the next night may start from."""

    model: Model
    changed: Changed
    memory: Memory | None


@dataclass(frozen=True)
class MatchResult:
    """What matching hands over.

    pairs: GRADED_PAIRS, certain and possible ones, with `match_key`, `marks` (see `explain_values`) and `left_out` (why
    the clusters left a certain pair out, else ''), sorted by both ids. links: LINKS.
    conflicts: certain pairs left out of the clusters, and judgements that contradict (see `contradictions`).
    blocks: of every record; they tell which pairs were candidates. n_pairs_by_rule: pairs that each rule was the first
    to make; n_capped_by_rule: pairs of oversized blocks that it left out (others may make some). model: m, u, weights,
    prior, digest.
    n_unmatched: records per source without any other record of their person. night: how all this came about.
    """

    pairs: pd.DataFrame
    links: pd.DataFrame
    conflicts: pd.DataFrame
    blocks: Blocks
    n_pairs_by_rule: dict[str, int]
    n_capped_by_rule: dict[str, int]
    model: dict[str, Any]
    n_unmatched: dict[str, int]
    night: Night


#: The bars of a pair that nobody is asked about.
NO_BARS = "[]"


@dataclass(frozen=True)
class Pairs:
    """All pairs under consideration: positions, blocking rule number (the last one: judgement), judgement code.

    is_held: were both records of one person in the state published last?
    """

    left: Positions
    right: Positions
    rule: Codes
    judgement: Codes
    is_held: Mask


@dataclass(frozen=True)
class Decided:
    """Grade of each pair, and the code of the reason why the clusters left it out (0: they did not)."""

    grade: npt.NDArray[np.int8]
    left_out: npt.NDArray[np.int8]


def graded_frame(
    pairs: Pairs,
    decided: Decided,
    patterns: Patterns,
    scores: Scores,
    model: Model,
    normalised: pd.DataFrame,
    spec: MatchSpec,
) -> pd.DataFrame:
    """GRADED_PAIRS of the certain and possible pairs, sorted by both ids; the others are not kept (guard-rail 2)."""
    kept = np.flatnonzero(decided.grade >= POSSIBLE)
    kept = kept[np.lexsort((pairs.right[kept], pairs.left[kept]))]
    left, right, ids = pairs.left[kept], pairs.right[kept], normalised["unique_id"].to_numpy(dtype=object)
    words, marks = value_relations(normalised, left, right, patterns.levels[patterns.of_pair[kept]], spec)
    rules = np.array([*(rule.name for rule in spec.blocking), BY_JUDGEMENT], dtype=object)
    frame = pd.DataFrame(
        {
            "unique_id_l": ids[left],
            "unique_id_r": ids[right],
            "blocking_rule": rules[pairs.rule[kept]],
        }
    )
    frame = pd.concat([frame, bars(patterns, kept, scores, model, spec)], axis=1)
    frame["grade"] = _GRADES[decided.grade[kept]]
    frame["decided_by"] = np.where(np.isin(pairs.judgement[kept], IN_FORCE), "analyst", "model").astype(object)
    frame["match_key"] = match_keys(frame, spec, words)
    frame["marks"] = marks
    # What an analyst will look at is worded now, with the model that scored it; never recomputed for display.
    is_again = np.isin(pairs.judgement[kept], (ASKED_AGAIN, ASKED_AGAIN_NEGATIVE))
    asked = np.flatnonzero((decided.grade[kept] == POSSIBLE) | is_again)
    frame["bars"] = np.full(len(kept), NO_BARS, dtype=object)
    if len(asked):
        said = {name: values[asked] for name, values in words.items()}
        frame.loc[asked, "bars"] = bar_texts(frame.iloc[asked], spec, said)
    frame["left_out"] = np.array(REASONS, dtype=object)[decided.left_out[kept]]
    return frame


def links(normalised: pd.DataFrame, clusters: Clusters, known: pd.DataFrame) -> pd.DataFrame:
    """LINKS of the clusters."""
    frame = pd.DataFrame(
        {
            "unique_id": normalised["unique_id"],
            "cluster_id": clusters.label,
            "is_member_side": Coded.of(normalised["kind"]).are(*MEMBER_SIDE),
        }
    )
    return assign_person_ids(frame, known)


def n_unmatched(normalised: pd.DataFrame, clusters: Clusters) -> dict[str, int]:
    """Records per source that found no other record of their person."""
    alone = np.bincount(clusters.label, minlength=len(normalised))[clusters.label] == 1
    source = Coded.of(normalised["source"]).used()
    counts = np.bincount(source.codes, alone, len(source.values)).astype(np.int64)
    return dict(sorted(zip(source.values.to_pylist(), counts.tolist(), strict=True)))


def describe(model: Model, spec: MatchSpec) -> dict[str, Any]:
    """The model as JSON."""
    return {
        "version": spec.version,
        "digest": spec.digest,
        "probability_two_random_records_match": model.probability_two_random_records_match,
        "prior_bits": model.prior_bits,
        "link_threshold": spec.link_threshold,
        "hold_threshold": spec.hold_threshold,
        "review_threshold": spec.review_threshold,
        "comparisons": learned_levels(model, spec),
    }


def learned_levels(model: Model, spec: EngineSpec) -> dict[str, list[dict[str, Any]]]:
    """Per comparison its levels, worst to best, with what was learned of them."""
    return {
        comparison.name: [
            {"level": level.name, "m": float(m), "u": float(u), "weight": float(weight)}
            for level, m, u, weight in zip(
                comparison.levels, model.m[number], model.u[number], model.weights[number][1:], strict=True
            )
        ]
        for number, comparison in enumerate(spec.comparisons)
    }
