"""Which branch is near and has room? Units attach to it, members without a home find theirs (就近有个温暖的“家”)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from data.values.columns import map_unique, none_for_null
from rules.forming.instance import NOWHERE, Ints
from rules.forming.places import Level, villages
from rules.params.forming import Forming

#: Kinds of branches that take in others, the most suitable first: those of enterprises, communities and villages,
#: associations (年报 组建方式 3 to 5: 加入社区、协会、上级企业党组织). Offices and schools do not.
HOST_KINDS = ("non_public", "community", "village", "social_organization")
_JOINT = "联合"
_PLACES_OF_LEVEL = {
    Level.MARKET: ("area", "township", "market"),
    Level.VILLAGE: ("area", "township", "village"),
    Level.TOWNSHIP: ("area", "township"),
    Level.COUNTY: ("area",),
}


def hosts(organizations: pd.DataFrame, register: pd.DataFrame, classifications: pd.DataFrame,
          workers: pd.DataFrame, limits: Forming) -> pd.DataFrame:  # fmt: skip
    """Branches in force that may take in others, sorted by name: org_name, place, rank (of its kind), `room` for
    members and `unit_room` for units (a joint branch has at most `max_units`).

    Every classified member counts at the branch that holds the formal relation, the lost too. A branch lies in the
    market it is named after or whose operator is its unit.
    """
    rows = organizations[organizations["org_kind"].isin(HOST_KINDS)].sort_values("org_name", ignore_index=True)
    named = rows["org_name"] + " " + rows["unit_name"].fillna("")
    market = map_unique(named, _markets_named(register))
    n_members = rows["org_name"].map(classifications["branch"].value_counts()).fillna(0)
    n_units = rows["org_name"].map(workers.groupby("branch")["entity_id"].nunique()).fillna(0)
    is_joint = rows["org_name"].str.contains(_JOINT, regex=False)
    unit_room = np.where(is_joint, limits.max_units.value - n_units, limits.max_members.value)
    return pd.DataFrame(
        {
            "org_name": rows["org_name"],
            "market": market,
            "village": villages(named),
            "township": none_for_null(rows["township"]),
            "area": none_for_null(rows["area"]),
            "rank": rows["org_kind"].map({kind: rank for rank, kind in enumerate(HOST_KINDS)}).astype("int64"),
            "room": np.maximum(limits.max_members.value - n_members, 0).astype("int64"),
            "unit_room": np.maximum(unit_room, 0).astype("int64"),
        }
    )


class Places:
    """The free places of the hosts, given away one seeker after the other."""

    def __init__(self, known: pd.DataFrame) -> None:
        self._names = known["org_name"].to_numpy(dtype=object)
        self._room = known["room"].to_numpy(dtype=np.int64).copy()
        self._unit_room = known["unit_room"].to_numpy(dtype=np.int64).copy()
        self._near = {level: _by_place(known, names) for level, names in _PLACES_OF_LEVEL.items()}

    def attach_units(self, seekers: pd.DataFrame) -> pd.DataFrame:
        """A host for each unit (market, village, township, area, n_members), the larger units first: `host` and
        `level`, None where none has room; index of `seekers`, which must come in a fixed order."""
        order = np.argsort(-seekers["n_members"].to_numpy(), kind="stable")
        host, level = self._nothing(len(seekers))
        keys = _keys(seekers)
        members = seekers["n_members"].to_numpy(dtype=np.int64)
        for near in Level:
            for row in order[host[order] == NOWHERE]:
                for place in self._near[near].get(keys[near][row], ()):
                    if self._room[place] >= members[row] and self._unit_room[place] > 0:
                        self._room[place] -= members[row]
                        self._unit_room[place] -= 1
                        host[row], level[row] = place, near
                        break
        return self._told(host, level, seekers.index)

    def seat_members(self, seekers: pd.DataFrame) -> pd.DataFrame:
        """A branch with room for each member (market, village, township, area), nearest first, in the order of the
        rows; as `attach_units`."""
        host, level = self._nothing(len(seekers))
        keys = _keys(seekers)
        for near in Level:
            left = np.flatnonzero(host == NOWHERE)
            codes, distinct = pd.factorize(pd.Index(keys[near][left], dtype=object, tupleize_cols=False))
            for code, key in enumerate(distinct):
                rows = left[codes == code]
                for place in self._near[near].get(key, ()):
                    taken, rows = rows[: self._room[place]], rows[self._room[place] :]
                    self._room[place] -= len(taken)
                    host[taken], level[taken] = place, near
        return self._told(host, level, seekers.index)

    def _nothing(self, n_rows: int) -> tuple[Ints, Ints]:
        return np.full(n_rows, NOWHERE, dtype=np.int64), np.full(n_rows, NOWHERE, dtype=np.int64)

    def _told(self, host: Ints, level: Ints, index: pd.Index) -> pd.DataFrame:
        names = np.array([*self._names, None], dtype=object)[host]
        words = np.array([*(one.name.lower() for one in Level), None], dtype=object)[level]
        return pd.DataFrame({"host": names, "level": words}, index=index, dtype=object)


def _by_place(known: pd.DataFrame, names: Sequence[str]) -> dict[tuple[object, ...], list[int]]:
    """Rows of hosts by place, the most suitable first: kind, then the emptier one, then by name."""
    rows = known.reset_index(drop=True)
    rows = rows[rows[list(names)].notna().all(axis=1)].sort_values(["rank", "room", "org_name"],
                                                                   ascending=[True, False, True])  # fmt: skip
    found: dict[tuple[object, ...], list[int]] = {}
    for row, key in zip(rows.index, rows[list(names)].itertuples(index=False, name=None), strict=True):
        found.setdefault(key, []).append(int(row))
    return found


def _keys(seekers: pd.DataFrame) -> dict[Level, np.ndarray]:
    """The place of every seeker at every level as a tuple; one with a null in it is no place of any host."""
    keys = {}
    for level, names in _PLACES_OF_LEVEL.items():
        column = np.empty(len(seekers), dtype=object)
        column[:] = list(seekers[list(names)].itertuples(index=False, name=None))
        keys[level] = column
    return keys


def _markets_named(register: pd.DataFrame) -> Callable[[str], str | None]:
    names = sorted(set(register["market"].dropna()), key=lambda name: (-len(name), name))
    return lambda text: next((name for name in names if name in text), None)
