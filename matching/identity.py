"""Which person is this cluster? Ids are minted once and stay: a merge keeps the older, a split the larger part."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.digests import spelled
from data.values.coded import text_array
from matching.arrays import Mask, Positions, encode


def assign_person_ids(clusters: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """LINKS (unique_id, person_id), sorted by unique_id.

    Args:
        clusters: unique_id, cluster_id, is_member_side (bool); one row a record, clusters without a member-side record
            are dropped (guard-rail 2).
        known: unique_id, person_id, minted_seq of earlier runs; records that are gone do no harm.

    A cluster that holds records of several known persons takes the one minted first (ties: the smaller id). A person
    whose records are now in several clusters stays with the largest part (ties: the part with the smallest unique_id).
    """
    cluster, labels = pd.factorize(clusters["cluster_id"].to_numpy())
    has_member = np.zeros(len(labels), dtype=bool)
    has_member[cluster[clusters["is_member_side"].to_numpy(dtype=bool)]] = True
    records = clusters.loc[has_member[cluster], ["unique_id", "cluster_id", "is_member_side"]]
    if not records["unique_id"].is_monotonic_increasing:
        records = records.sort_values("unique_id")
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


def held_pairs(unique_ids: pd.Series, known: pd.DataFrame, left: Positions, right: Positions) -> Mask:
    """Which pairs of positions were records of one known person? New records were of nobody."""
    asked, sides = np.unique(np.concatenate([left, right]), return_inverse=True)
    ids = text_array(unique_ids.to_numpy(dtype=object)[asked])
    person = np.append(encode(known["person_id"])[0], np.int32(-1))[places_of(ids, _ids(known))]
    of_left, of_right = person[sides[: len(left)]], person[sides[len(left) :]]
    return np.asarray((of_left == of_right) & (of_left >= 0), dtype=bool)


def places_of(ids: pa.Array, among: pa.Array) -> Positions:
    """Position of each id among others, of the first where it stands there twice; -1 where it is none of them."""
    found = pc.index_in(ids, value_set=among).fill_null(-1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def _ids(frame: pd.DataFrame) -> pa.Array:
    return text_array(frame["unique_id"].to_numpy(dtype=object))


def _kept_persons(records: pd.DataFrame, known: pd.DataFrame) -> pd.Series:
    """person_id by cluster_id, for clusters that continue a known person. `records` in order of unique_id."""
    rows = places_of(_ids(records), _ids(known))
    at = np.flatnonzero(rows >= 0)
    codes, persons = pd.factorize(known["person_id"].to_numpy(dtype=object)[rows[at]])
    by_id = np.argsort(persons.astype(str))
    persons, person = persons[by_id], np.argsort(by_id)[codes]
    cluster = records["cluster_id"].to_numpy()[at]
    minted = known["minted_seq"].to_numpy(dtype=object)[rows[at]].astype(np.int64)
    # A part: the records of one person in one cluster. The first row of each is its smallest unique_id.
    labels, code = np.unique(cluster, return_inverse=True)
    _, first, size = np.unique(person * (len(labels) + 1) + code, return_index=True, return_counts=True)
    # Each person goes to its largest part, then each cluster to the person minted first.
    order = np.lexsort((first, -size, person[first]))
    stays = first[order][np.unique(person[first][order], return_index=True)[1]]
    order = np.lexsort((person[stays], minted[stays], code[stays]))
    chosen = stays[order][np.unique(code[stays][order], return_index=True)[1]]
    return pd.Series(persons[person[chosen]], index=cluster[chosen], dtype=object)


def _mint(anchors: Iterable[str] | np.ndarray, taken: set[str]) -> Iterable[str]:
    """An id from each anchor record; hashed again while a person of earlier runs already bears it (after a split)."""
    for anchor in anchors:
        text, person_id = str(anchor), ""
        while not person_id or person_id in taken:
            person_id = "P" + spelled(hashlib.blake2b(text.encode(), digest_size=6).hexdigest())
            text += "+"
        taken.add(person_id)
        yield person_id
