"""Which persons may be two? Clusters that a doubtful pair holds together, or with more records than a person has.

The weakest link of a cluster is the lightest pair of its heaviest tree: heavier paths lead round every other pair.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from data.contracts.frames import empty_frame
from data.model import MatchGrade
from data.words import tr
from reports.columns import looked_up

#: A link less sure than this is doubtful: one in a thousand such links is wrong, and few clusters hang on one.
DOUBTFUL = 0.999
#: A cluster of two is its one link, which is sure by itself; what is asked are links that bring more together.
_SMALLEST = 3
#: So many records one person rarely has: a roster, a claim, and a dozen enterprises.
LARGE = 15
#: Members listed on each side of a card; all are counted.
_MOST_LISTED = 8

_SIDES = ["unique_id_l", "unique_id_r"]
_ANALYST = "analyst"

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Doubts:
    """links: the pair each doubtful cluster hangs on, all columns of `pairs`, with person_id and n_records. members:
    unique_id of every record of these clusters, person_id, is_left: on the side of the link's unique_id_l."""

    links: pd.DataFrame
    members: pd.DataFrame


def doubtful_clusters(pairs: pd.DataFrame, links: pd.DataFrame) -> Doubts:
    """The clusters to look at, by person_id. pairs: GRADED_PAIRS; links: unique_id, person_id.

    What an analyst joined is not doubtful; a large cluster in which somebody judged a pair was looked at.
    """
    inside = _inside(pairs, links)
    if inside.empty:
        return Doubts(inside.assign(n_records=0), empty_frame(["unique_id", "person_id", "is_left"]))
    codes, ids = pd.factorize(np.concatenate([inside[side] for side in _SIDES]), sort=True)
    left, right = np.split(codes.astype(np.int64), 2)
    is_judged = (inside["decided_by"] == _ANALYST).to_numpy()
    tree = _heaviest_tree(left, right, inside["match_weight"].to_numpy(), is_judged, len(ids))
    # The tree comes heaviest first: the last pair of every person is the lightest.
    weakest = inside.iloc[tree].drop_duplicates("person_id", keep="last")
    n_records = looked_up(weakest["person_id"], links.groupby("person_id").size()).astype("int64")
    was_seen = weakest["person_id"].isin(inside.loc[is_judged, "person_id"])
    is_doubtful = (weakest["match_probability"] < DOUBTFUL) & (weakest["decided_by"] != _ANALYST)
    asked = weakest.assign(n_records=n_records)[is_doubtful | ((n_records > LARGE) & ~was_seen)]
    stays = tree[~np.isin(tree, asked.index)]
    part = _components(left[stays], right[stays], len(ids))
    return Doubts(asked.sort_values("person_id"), _members(asked, inside, ids, part))


def cluster_reasons(n_records: pd.Series, n_left: pd.Series, probability: pd.Series) -> list[str]:
    """One sentence a cluster."""
    return [
        tr(
            f"{n} 条记录归为一人，靠一环相连（{share:.2%}）：一边 {one} 条，一边 {n - one} 条",
            f"{n} records are one person by one link ({share:.2%}): {one} on one side, {n - one} on the other",
        )
        for n, one, share in zip(n_records, n_left, probability, strict=True)
    ]


def member_texts(doubts: Doubts, asked: pd.DataFrame, shown: pd.Series) -> pd.Series:
    """JSON of the records beside the two of the link, by the unique_id asked about.

    asked: person_id, unique_id, other_id, is_left (the record asked about is the link's left one). Per side (`record`,
    `candidate`): `n`, how many records it has, and `shown`, up to _MOST_LISTED of them beside the link's own.
    """
    beside = doubts.members.merge(asked, on="person_id", suffixes=("", "_asked"))
    beside["side"] = np.where(beside["is_left"] == beside["is_left_asked"], "record", "candidate")
    n_records = beside.groupby(["unique_id_asked", "side"]).size()
    is_of_link = (beside["unique_id"] == beside["unique_id_asked"]) | (beside["unique_id"] == beside["other_id"])
    listed = beside[~is_of_link].sort_values("unique_id").groupby(["unique_id_asked", "side"]).head(_MOST_LISTED)
    listed["text"] = looked_up(listed["unique_id"], shown).fillna("null")
    texts = listed.groupby(["unique_id_asked", "side"])["text"].agg(",".join).reindex(n_records.index, fill_value="")
    names = n_records.index.to_frame()["side"].astype(object)
    sides = '"' + names + '":{"n":' + n_records.astype(str) + ',"shown":[' + texts + "]}"
    whole = "{" + sides.groupby(level="unique_id_asked").agg(",".join) + "}"
    return whole.astype(object)


def _inside(pairs: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """The certain pairs inside clusters that are large enough, with person_id, in an order of their own."""
    person = links.set_index("unique_id")["person_id"]
    size = links["person_id"].value_counts()
    found = pairs[pairs["grade"] == MatchGrade.CERTAIN]
    left, right = (looked_up(found[side], person) for side in _SIDES)
    found = found.assign(person_id=left)[(left == right) & (left.map(size) >= _SMALLEST)]
    return found.sort_values(_SIDES, ignore_index=True)


def _heaviest_tree(left: Numbers, right: Numbers, weight: NDArray[np.float64], is_judged: Mask, n: int) -> Numbers:
    """Positions of the pairs of the heaviest spanning trees, heaviest first; what an analyst joined before all."""
    order = np.lexsort((-weight, ~is_judged))
    # By rank, so that no two are alike and the tree is one and the same whatever the order of the rows.
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    graph = coo_array((rank, (left, right)), shape=(n, n)).tocsr()  # type: ignore[no-untyped-call]
    kept = minimum_spanning_tree(graph).data.astype(np.int64)
    tree: Numbers = order[np.sort(kept) - 1]
    return tree


def _components(left: Numbers, right: Numbers, n: int) -> Numbers:
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(n, n))  # type: ignore[no-untyped-call]
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _members(asked: pd.DataFrame, inside: pd.DataFrame, ids: NDArray[np.object_], part: Numbers) -> pd.DataFrame:
    """The records of the clusters asked about and the side of the link that they are on."""
    own = inside[inside["person_id"].isin(asked["person_id"])]
    ends = [own[[side, "person_id"]].set_axis(["unique_id", "person_id"], axis=1) for side in _SIDES]
    members = pd.concat(ends).drop_duplicates("unique_id").sort_values("unique_id", ignore_index=True)
    part_of = pd.Series(part, index=ids)
    left_part = looked_up(asked["unique_id_l"], part_of).set_axis(asked["person_id"].to_numpy())
    own_part = looked_up(members["unique_id"], part_of)
    return members.assign(is_left=(own_part == looked_up(members["person_id"], left_part)).to_numpy(dtype=bool))
