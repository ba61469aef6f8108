"""Which pairs did we get wrong? Their comparison levels and kinds of error, counted; never a value."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from bench.accuracy_data import AccuracyAnswer, AccuracyInput, AccuracyTruth
from data.contracts.tables import PROVENANCE
from matching.evaluation import true_pairs
from matching.evaluation_keys import pair_keys
from matching.spec import load_spec
from matching.vectors import Vectors


def wrong_patterns(answer: AccuracyAnswer, given: AccuracyInput, truth: AccuracyTruth) -> list[dict[str, Any]]:
    """Pairs of records wrongly joined (`wrong`) and wrongly left apart (`missed`), the commonest pattern first.

    levels: comparison -> level, in order, missing ones left out; kinds: the kinds of error of both records; n: pairs.
    """
    assert answer.links is not None
    wanted = true_pairs(truth.persons).dropna()
    said = _linked_pairs(answer.links, truth)
    wanted_keys = pair_keys(wanted["unique_id_l"], wanted["unique_id_r"])
    said_keys = pair_keys(said["unique_id_l"], said["unique_id_r"])
    candidate_keys = _candidate_keys(given)
    found = {
        "missed": wanted[~np.isin(wanted_keys, said_keys)],
        "wrong": said[~np.isin(said_keys, wanted_keys)],
    }
    counted = Counter(
        (which, bool(is_candidate), levels, kinds)
        for which, pairs in found.items()
        for is_candidate, levels, kinds in zip(
            np.isin(pair_keys(pairs["unique_id_l"], pairs["unique_id_r"]), candidate_keys),
            _levels(pairs, given),
            _kinds(pairs, truth),
            strict=True,
        )
    )
    return [
        {"which": which, "is_candidate": is_candidate, "levels": levels, "kinds": kinds, "n": n}
        for (which, is_candidate, levels, kinds), n in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]


def _linked_pairs(links: pd.DataFrame, truth: AccuracyTruth) -> pd.DataFrame:
    """Pairs under one person with a member-side record."""
    sides = truth.persons[["unique_id", "is_member_side"]].dropna()
    rows = links.merge(sides, on="unique_id").reset_index(names="row")
    pairs = rows.merge(rows, on="person_id", suffixes=("_l", "_r"))
    keep = (pairs["row_l"] < pairs["row_r"]) & (pairs["is_member_side_l"] | pairs["is_member_side_r"])
    return pairs.loc[keep, ["unique_id_l", "unique_id_r"]]


def _candidate_keys(given: AccuracyInput) -> Any:  # noqa: ANN401 - sorted 64-bit keys
    ids = given.normalised["unique_id"].to_numpy(dtype=object)
    return np.sort(pair_keys(ids[given.left], ids[given.right]))


def _levels(pairs: pd.DataFrame, given: AccuracyInput) -> list[str]:
    spec = load_spec()
    position = pd.Series(np.arange(len(given.normalised)), index=given.normalised["unique_id"])
    left, right = (position.loc[pairs[f"unique_id_{side}"]].to_numpy() for side in "lr")
    patterns = Vectors(given.normalised, spec).patterns(left, right)
    words = [
        " ".join(
            f"{comparison.name}={comparison.levels[level].name}"
            for comparison, level in zip(spec.comparisons, row, strict=True)
            if level >= 0
        )
        for row in patterns.levels
    ]
    return [words[number] for number in patterns.of_pair]


def _kinds(pairs: pd.DataFrame, truth: AccuracyTruth) -> list[str]:
    placed = truth.errors.merge(truth.persons[[*PROVENANCE, "unique_id"]], on=list(PROVENANCE))
    kinds = placed.groupby("unique_id")["error_kind"].agg(lambda each: "+".join(sorted(set(each))))
    left, right = (pairs[f"unique_id_{side}"].map(kinds).fillna("-") for side in "lr")
    return [" / ".join(sorted(both)) for both in zip(left, right, strict=True)]
