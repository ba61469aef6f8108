"""What does a file of truth for `longlou link` say? Pairs of ids, or the cluster of each id; told by its header."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.errors import InputRefused
from data.sources.plain_table import read_plain_table
from data.words import tr
from matching.link.evaluation import true_pairs_of_clusters

_CLUSTER = ("cluster", "cluster_id", "entity", "entity_id", "true_person")


def read_truth(path: Path, left: pd.Series, right: pd.Series | None) -> pd.DataFrame:
    """True pairs as id_l, id_r. left, right: the ids of the tables (right None: one table).

    A header with `cluster` (or cluster_id, entity, entity_id, true_person) is a list of clusters, its other column the
    id; any other two columns are id_l, id_r, or the other way round if so they fit the tables. Raises InputRefused:
    other columns, blank cells, ids of no table.
    """
    table = read_plain_table(path)
    if {"id_l", "id_r"} <= set(table.columns):
        table = table[["id_l", "id_r"]]
    if len(table.columns) != 2:
        _refuse(path, "应有两列：id_l,id_r 或 id,cluster", "two columns wanted: id_l,id_r or id,cluster")
    if table.isna().to_numpy().any():
        _refuse(path, "有空格子", "there are blank cells")
    by_name = {str(column).strip().lower(): str(column) for column in table.columns}
    cluster = next((by_name[name] for name in _CLUSTER if name in by_name), None)
    if cluster is not None:
        other = next(str(column) for column in table.columns if column != cluster)
        clusters = table.rename(columns={other: "id", cluster: "cluster"})
        _refuse_strangers(path, clusters["id"], left if right is None else pd.concat([left, right]))
        return true_pairs_of_clusters(clusters, left, right)
    pairs = table.set_axis(["id_l", "id_r"], axis=1)
    if right is not None and pairs["id_l"].isin(right).all() and pairs["id_r"].isin(left).all():
        pairs = pairs.set_axis(["id_r", "id_l"], axis=1)
    _refuse_strangers(path, pairs["id_l"], left)
    _refuse_strangers(path, pairs["id_r"], left if right is None else right)
    return pairs


def _refuse_strangers(path: Path, ids: pd.Series, known: pd.Series) -> None:
    """A truth about other tables would lower recall without a word."""
    n_strangers = int((~ids.isin(known)).sum())
    if n_strangers:
        _refuse(path, f"{n_strangers} 个编号不在表里", f"{n_strangers} ids are in no table")


def _refuse(path: Path, zh: str, en: str) -> None:
    raise InputRefused(tr(f"标准答案“{path.name}”：{zh}", f"truth “{path.name}”: {en}"))
