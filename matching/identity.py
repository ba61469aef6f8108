"""Which person is this cluster? Ids are minted once and stay: a merge keeps the older, a split the larger part."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd


def assign_person_ids(clusters: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """LINKS (unique_id, person_id), sorted by unique_id.

    Args:
        clusters: unique_id, cluster_id, is_member_side (bool); one row a record, clusters without a member-side record
            are dropped (guard-rail 2).
        known: unique_id, person_id, minted_seq of earlier runs; records that are gone do no harm.

    A cluster that holds records of several known persons takes the one minted first (ties: the smaller id). A person
    whose records are now in several clusters stays with the largest part (ties: the part with the smallest unique_id).
    """
    is_kept = clusters["is_member_side"].groupby(clusters["cluster_id"]).transform("any")
    records = clusters.loc[is_kept.astype(bool), ["unique_id", "cluster_id", "is_member_side"]].sort_values("unique_id")
    person_of = _kept_persons(records, known)
    # Records stand in order of unique_id: the first of a cluster is its smallest.
    members = records[records["is_member_side"]].drop_duplicates("cluster_id")
    anchors = pd.Series(members["unique_id"].to_numpy(), index=members["cluster_id"].to_numpy(), dtype=object)
    new = anchors[~anchors.index.isin(person_of.index)]
    taken = set(known["person_id"])
    minted = pd.Series(list(_mint(new.to_numpy(), taken)), index=new.index, dtype=object)
    person_of = pd.concat([person_of, minted])
    person_id = records["cluster_id"].map(person_of).astype(object)
    return pd.DataFrame({"unique_id": records["unique_id"], "person_id": person_id}).reset_index(drop=True)


def _kept_persons(records: pd.DataFrame, known: pd.DataFrame) -> pd.Series:
    """person_id by cluster_id, for clusters that continue a known person."""
    claims = records.merge(known[["unique_id", "person_id", "minted_seq"]], on="unique_id")
    part = claims.groupby(["person_id", "cluster_id"], sort=False)
    claims["n_records"] = part["unique_id"].transform("size")
    parts = claims.sort_values(["person_id", "n_records", "unique_id"], ascending=[True, False, True])
    stays = parts.drop_duplicates("person_id").sort_values(["cluster_id", "minted_seq", "person_id"])
    chosen = stays.drop_duplicates("cluster_id")
    return pd.Series(chosen["person_id"].to_numpy(dtype=object), index=chosen["cluster_id"].to_numpy(), dtype=object)


def _mint(anchors: Iterable[str] | np.ndarray, taken: set[str]) -> Iterable[str]:
    """An id from each anchor record; hashed again while a person of earlier runs already bears it (after a split)."""
    for anchor in anchors:
        text, person_id = str(anchor), ""
        while not person_id or person_id in taken:
            person_id = "P" + hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
            text += "+"
        taken.add(person_id)
        yield person_id
