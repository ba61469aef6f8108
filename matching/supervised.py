"""What do analysts' judgements teach? A re-estimate of the current model, checked on persons it has not learned from.

Judged pairs come from the review queue and are anything but a sample of all pairs: shares counted among them alone
would be those of the doubtful. But a pair is asked about because of its levels, and given its levels the answer does
not depend on having been asked. So judged pairs keep their answer in the expectation step, all other candidates count
by their probability, and the whole likelihood stays that of all candidates: no weights are needed, nothing counts twice
(semi-supervised EM; Little and Rubin call such a selection ignorable).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.errors import InputRefused
from data.model import Judgement
from data.words import tr
from matching.arrays import Codes, Mask, Positions
from matching.clustering import components
from matching.grading import POSITIVE, Judged, judged_pairs
from matching.learning import Compared, learn, n_possible_pairs
from matching.spec import MatchSpec
from matching.training import Answers, Beliefs, Model

#: Of 256 components of persons, so many are held out: three in ten.
_HELD_OUT = 77
#: A share of 25 pairs is known to a tenth: below that an answer more or less moves a level by a bit.
NEEDED_TO_LEARN = 25
#: A log-loss over fewer than ten pairs of a kind says nothing about a difference.
NEEDED_HELD_OUT = 10
#: A level that one doubtful pair in ten has must have been judged this often.
NEEDED_PER_LEVEL = 5
_COMMON = 0.1


@dataclass(frozen=True)
class Labelled:
    """Judged candidate pairs, positive or negative: positions of the records, and of the pair among the candidates.

    component: number of the group of persons that the pair belongs to; is_held_out: not learned from. n_unknown:
    judgements about records that are not at hand any more, or that no blocking rule brings together.
    """

    left: Positions
    right: Positions
    at: Positions
    is_positive: Mask
    component: Codes
    is_held_out: Mask
    n_unknown: int

    def n(self, *, is_positive: bool, is_held_out: bool) -> int:
        """How many of a kind."""
        return int(((self.is_positive == is_positive) & (self.is_held_out == is_held_out)).sum())


def label_pairs(judgements: pd.DataFrame, known_persons: pd.DataFrame, compared: Compared) -> Labelled:
    """The judged pairs among the candidates; `unsure` teaches nothing.

    A component is all that judgements or persons known so far connect, so that no person is on both sides of the
    split; which side follows from its smallest unique_id alone.
    """
    unique_ids = compared.normalised["unique_id"]
    said = judgements[judgements["judgement"].isin([Judgement.POSITIVE, Judgement.NEGATIVE])]
    judged = judged_pairs(said, unique_ids)
    at = _positions_of(judged, compared)
    position = pd.Series(np.arange(len(unique_ids)), index=unique_ids.to_numpy())
    known = known_persons.assign(at=position.reindex(known_persons["unique_id"]).to_numpy()).dropna(subset="at")
    first = known.groupby("person_id")["at"].transform("min").to_numpy(dtype=np.int64)
    label = components(
        len(unique_ids),
        np.concatenate([judged.left, first]),
        np.concatenate([judged.right, known["at"].to_numpy(dtype=np.int64)]),
    )
    rows = np.flatnonzero(at >= 0)
    component = label[judged.left[rows]]
    smallest = unique_ids.to_numpy(dtype=object)[component]
    return Labelled(
        judged.left[rows],
        judged.right[rows],
        at[rows],
        judged.judgement[rows] == POSITIVE,
        component,
        np.array([_is_held_out(unique_id) for unique_id in smallest], dtype=bool),
        len(said) - len(rows),
    )


def _is_held_out(unique_id: str) -> bool:
    return hashlib.blake2b(unique_id.encode()).digest()[0] < _HELD_OUT


def re_estimate(
    compared: Compared, labelled: Labelled, doubtful: Mask, current: Model | None, spec: MatchSpec
) -> Model:
    """A model learned from all candidates, the judged ones (not held out) by their answers, shrunk to the current one.

    doubtful: candidates that the current model leaves to the analysts. current: None for the baseline's beliefs.
    Raises InputRefused, naming what is missing, when there are too few judgements.
    """
    _refuse_too_few(labelled, compared, doubtful, spec)
    pattern = compared.patterns.of_pair[labelled.at[~labelled.is_held_out]]
    n_patterns = len(compared.patterns.levels)
    is_positive = labelled.is_positive[~labelled.is_held_out]
    answers = Answers(
        np.bincount(pattern[is_positive], minlength=n_patterns),
        np.bincount(pattern[~is_positive], minlength=n_patterns),
    )
    n_possible = n_possible_pairs(compared.normalised)
    beliefs = None
    if current is not None:
        prior = min(current.probability_two_random_records_match, 0.5)
        beliefs = Beliefs(current.m, current.u, max(prior, 0.5 / max(n_possible, 1)))
    return learn(compared.patterns, compared.vectors, compared.normalised, spec, answers, beliefs)


def _positions_of(judged: Judged, compared: Compared) -> Positions:
    """Number of each judged pair among the candidates; -1: no blocking rule makes it."""
    n = len(compared.normalised)
    packed = compared.left.astype(np.int64) * n + compared.right
    order = np.argsort(packed)
    wanted = judged.left * n + judged.right
    found = np.minimum(np.searchsorted(packed[order], wanted), max(len(packed) - 1, 0))
    if not len(packed):
        return np.full(len(wanted), -1, dtype=np.int64)
    return np.where(packed[order][found] == wanted, order[found], -1)


def _refuse_too_few(labelled: Labelled, compared: Compared, doubtful: Mask, spec: MatchSpec) -> None:
    missing = [*_missing_kinds(labelled), *_missing_levels(labelled, compared, doubtful, spec)]
    if missing:
        listed = "；".join(missing)
        raise InputRefused(
            tr(
                f"判定还不够，不能据以重新估计。还缺：{listed}",
                f"too few judgements to re-estimate from. Still needed: {listed}",
            )
        )


def _missing_kinds(labelled: Labelled) -> list[str]:
    told = []
    for is_positive, kind in ((True, tr("判为同一人", "positive")), (False, tr("判为不同人", "negative"))):
        for is_held_out, needed, use in (
            (False, NEEDED_TO_LEARN, tr("用于学习", "to learn from")),
            (True, NEEDED_HELD_OUT, tr("留作检验", "held out")),
        ):
            n = labelled.n(is_positive=is_positive, is_held_out=is_held_out)
            if n < needed:
                told.append(tr(f"{kind}、{use}的 {needed - n} 对（现有 {n}）", f"{needed - n} {kind}, {use} (now {n})"))
    return told


def _missing_levels(labelled: Labelled, compared: Compared, doubtful: Mask, spec: MatchSpec) -> list[str]:
    """Levels that are common among the doubtful pairs and hardly judged."""
    told = []
    levels = compared.patterns.levels[compared.patterns.of_pair]
    judged = labelled.at[~labelled.is_held_out]
    for number, comparison in enumerate(spec.comparisons):
        among, done = levels[doubtful, number], levels[judged, number]
        for value, level in enumerate(comparison.levels):
            n_doubtful, n_judged = int((among == value).sum()), int((done == value).sum())
            if n_doubtful >= max(_COMMON * len(among), NEEDED_PER_LEVEL) and n_judged < NEEDED_PER_LEVEL:
                word = level.word or tr("相同", "equal")
                needed = NEEDED_PER_LEVEL - n_judged
                told.append(
                    tr(f"{comparison.title}（{word}）{needed} 对", f"{needed} of {comparison.name} {level.name}")
                )
    return told
