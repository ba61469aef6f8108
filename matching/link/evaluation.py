"""How right are the links, against known truth? Truth is a list of pairs, or a cluster for each id."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from matching.link.pipeline import LinkResult


@dataclass(frozen=True)
class LinkScores:
    """Counted over pairs of rows of the tables at hand. n_true: true pairs; n_unknown: of these, with an unknown id."""

    precision: float
    recall: float
    f1: float
    n_true: int


def true_pairs_of_clusters(clusters: pd.DataFrame, left: pd.Series, right: pd.Series | None) -> pd.DataFrame:
    """Pairs (id_l, id_r) of rows in one cluster, from `id` and `cluster`: across the tables, or within the one."""
    of_left = clusters[clusters["id"].isin(left)]
    of_right = of_left if right is None else clusters[clusters["id"].isin(right)]
    pairs = of_left.merge(of_right, on="cluster", suffixes=("_l", "_r"))
    if right is None:
        pairs = pairs[pairs["id_l"] < pairs["id_r"]]
    return pairs[["id_l", "id_r"]].drop_duplicates(ignore_index=True)


def evaluate_links(result: LinkResult, truth: pd.DataFrame) -> LinkScores:
    """Precision, recall and F1 of the links. truth: id_l, id_r; for one table in any order within the pair.

    Nothing said is never wrong (precision 1), nothing to find is always found (recall 1).
    """
    is_one = result.clusters is not None
    said, wanted = _keys(result.links, is_one), _keys(truth, is_one)
    n_right = len(said.intersection(wanted))
    precision = n_right / len(said) if len(said) else 1.0
    recall = n_right / len(wanted) if len(wanted) else 1.0
    total = precision + recall
    return LinkScores(precision, recall, 2 * precision * recall / total if total else 0.0, len(wanted))


def _keys(pairs: pd.DataFrame, is_unordered: bool) -> pd.MultiIndex:
    left, right = pairs["id_l"].astype(str), pairs["id_r"].astype(str)
    if is_unordered:
        left, right = left.where(left <= right, right), right.where(left <= right, left)
    return pd.MultiIndex.from_arrays([left, right]).unique()
