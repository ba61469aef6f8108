"""Why is this one person? The pairs that hold its records together: the strongest path between any two of them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from data.model import MatchGrade
from matching.blocks import Blocks


class Matched(Protocol):
    """What an explanation reads of a run: `MatchResult` has it, and so has a folder of results once it is read.

    pairs: GRADED_PAIRS with match_key, marks and left_out; links: LINKS.
    """

    @property
    def pairs(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def links(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def blocks(self) -> Blocks: ...  # noqa: D102
    @property
    def n_capped_by_rule(self) -> dict[str, int]: ...  # noqa: D102


@dataclass(frozen=True)
class HeldBy:
    """A pair that holds two parts of a person together."""

    unique_id_l: str
    unique_id_r: str
    match_weight: float
    decided_by: str
    match_key: str


@dataclass(frozen=True)
class Why:
    """Why a record belongs to its person.

    person_id: None for a record that matched no member. held_by: one pair fewer than records, each the strongest that
    joins its two parts, in the order of the way from the record asked about. n_other_pairs: further certain pairs
    among the records; without them the person would stand all the same.
    """

    unique_id: str
    person_id: str | None
    records: tuple[str, ...]
    held_by: tuple[HeldBy, ...]
    n_other_pairs: int

    @property
    def weakest(self) -> HeldBy | None:
        """The pair by which the person would fall apart first; None for a single record."""
        return min(self.held_by, key=lambda pair: (pair.decided_by == "analyst", pair.match_weight), default=None)


def why(result: Matched, unique_id: str) -> Why:
    """Why the record belongs to its person."""
    person_id, records = person_of(result.links, unique_id)
    pairs = result.pairs
    is_inside = pairs["unique_id_l"].isin(records) & pairs["unique_id_r"].isin(records)
    certain = pairs[is_inside & (pairs["grade"] == MatchGrade.CERTAIN) & (pairs["left_out"] == "")]
    tree = _strongest(certain)
    return Why(unique_id, person_id, records, _from(unique_id, tree), len(certain) - len(tree))


def person_of(links: pd.DataFrame, unique_id: str) -> tuple[str | None, tuple[str, ...]]:
    """The person of a record and all its records; a record without a member stands alone."""
    found = links.loc[links["unique_id"] == unique_id, "person_id"]
    if found.empty:
        return None, (unique_id,)
    person_id = str(found.iloc[0])
    return person_id, tuple(sorted(links.loc[links["person_id"] == person_id, "unique_id"].astype(str)))


def _strongest(certain: pd.DataFrame) -> list[HeldBy]:
    """The maximum spanning tree of a person's certain pairs, analysts' pairs first: Kruskal's rule."""
    ordered = certain.assign(is_model=certain["decided_by"] != "analyst").sort_values(
        ["is_model", "match_weight", "unique_id_l", "unique_id_r"], ascending=[True, False, True, True]
    )
    part: dict[str, str] = {}
    tree = []
    for row in ordered.itertuples(index=False):
        left, right = (part.setdefault(str(side), str(side)) for side in (row.unique_id_l, row.unique_id_r))
        if left != right:
            part = {record: left if of == right else of for record, of in part.items()}
            tree.append(
                HeldBy(
                    str(row.unique_id_l),
                    str(row.unique_id_r),
                    float(row.match_weight),  # type: ignore[arg-type]
                    str(row.decided_by),
                    str(row.match_key),
                )
            )
    return tree


def _from(unique_id: str, tree: list[HeldBy]) -> tuple[HeldBy, ...]:
    """The pairs of the tree in the order in which they are reached from a record."""
    ordered: list[HeldBy] = []
    reached, queue = {unique_id}, deque([unique_id])
    while queue:
        here = queue.popleft()
        for pair in tree:
            ends = {pair.unique_id_l, pair.unique_id_r}
            if here in ends and not ends <= reached:
                queue.extend(ends - reached)
                reached |= ends
                ordered.append(pair)
    return tuple(ordered)
