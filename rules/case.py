"""What do several rules want to know of the same facts? Derived once a run, on demand; frames never change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import FeedKind, IdStatus, MatchGrade
from data.values.columns import map_unique
from data.values.identifiers import birth_of, sex_of, to_id18
from rules.facts import Facts
from rules.names import name_key, near_name_pairs
from rules.params import Params

Mask = npt.NDArray[np.bool_]
Derived = TypeVar("Derived")
_ANY_AREA = "110000"


@dataclass(frozen=True, eq=False)
class Case:
    """The facts of one run, the day they are judged for, and the rule set in force."""

    facts: Facts
    as_of: date
    params: Params
    _derived: dict[Callable[[Case], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, derive: Callable[[Case], Derived]) -> Derived:
        """What `derive` makes of this case, worked out the first time a rule asks."""
        if derive not in self._derived:
            self._derived[derive] = derive(self)
        found: Derived = self._derived[derive]
        return found

    @property
    def today(self) -> int:
        """`as_of` as an ordinal day."""
        return self.as_of.toordinal()

    @cached_property
    def entries(self) -> pd.DataFrame:
        """Entries sorted by unique_id, with what their number says (`id18`, `id_birth`, `id_sex`),
        `name_key`, and `is_listed` (a roster row of the person exists)."""
        entries = self.facts.entries.sort_values("unique_id", kind="stable").reset_index(drop=True)
        on_roster = entries.loc[entries["kind"] == FeedKind.MEMBER_ROSTER, "person_id"].dropna()
        id18 = map_unique(entries["id_no"], to_id18)
        return entries.assign(
            name_key=name_key(entries["name"]),
            id18=id18,
            # Birth and sex are a part of the number: far fewer distinct parts than numbers.
            id_birth=map_unique(id18.str[6:14], lambda birth: birth_of(f"{_ANY_AREA}{birth}0000")),
            id_sex=map_unique(id18.str[16], lambda digit: sex_of(f"{_ANY_AREA}1900010100{digit}0")),
            is_listed=entries["person_id"].isin(on_roster) & entries["person_id"].notna(),
        )

    @cached_property
    def roster(self) -> pd.DataFrame:
        """Entries that come from rosters."""
        return self.entries[self.entries["kind"] == FeedKind.MEMBER_ROSTER].reset_index(drop=True)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Entries that come from lists of claims."""
        return self.entries[self.entries["kind"] == FeedKind.CLAIMS].reset_index(drop=True)

    @property
    def has_rosters(self) -> bool:
        """Whether any roster was supplied; without one, absence from rosters says nothing."""
        return FeedKind.MEMBER_ROSTER in self.facts.feeds

    def is_unlisted(self, entries: pd.DataFrame) -> Mask:
        """Claims whose person is on no supplied roster and that no roster record plausibly is: only there a second,
        independent ground (F02) stands beside grade B evidence."""
        return self.is_unconfirmed(entries) & self.has_rosters

    def is_unconfirmed(self, entries: pd.DataFrame) -> Mask:
        """The same, whether any roster was supplied or not: nothing stands against evidence that needs no roster."""
        unlisted = (entries["kind"] == FeedKind.CLAIMS) & ~entries["is_listed"]
        return np.asarray(unlisted & ~entries["unique_id"].isin(self._plausibly_listed), dtype=bool)

    @cached_property
    def _plausibly_listed(self) -> frozenset[str]:
        """Claims with a possible match to a roster record of nearly the same name and the same birth or mobile."""
        pairs = self.facts.pairs
        pairs = pairs[pairs["grade"] != MatchGrade.CERTAINLY_NOT]
        both = pd.concat(
            [
                pairs.rename(columns={"unique_id_l": "claim", "unique_id_r": "other"})[["claim", "other"]],
                pairs.rename(columns={"unique_id_r": "claim", "unique_id_l": "other"})[["claim", "other"]],
            ]
        )
        columns = ["unique_id", "name_key", "birth", "mobile"]
        near = both.merge(self.claims[columns], left_on="claim", right_on="unique_id").merge(
            self.roster[columns], left_on="other", right_on="unique_id", suffixes=("", "_other")
        )
        near = near[near_name_pairs(near["name_key"], near["name_key_other"])]
        same = are_dates_compatible(near["birth"], near["birth_other"])
        same |= np.asarray((near["mobile"] == near["mobile_other"]) & near["mobile"].notna(), dtype=bool)
        return frozenset(near.loc[same, "claim"])

    @cached_property
    def valid_roster(self) -> pd.DataFrame:
        """Roster rows whose identity number is valid by its own digits."""
        return self.roster[self.roster["id_status"] == IdStatus.VALID].reset_index(drop=True)


def none_unless(column: pd.Series, mask: Mask | pd.Series) -> pd.Series:
    """The column as object with None where the mask does not hold."""
    values = column.to_numpy(dtype=object, copy=True)
    values[~np.asarray(mask, dtype=bool)] = None
    return pd.Series(values, index=column.index, name=column.name, dtype=object)


def are_dates_compatible(left: pd.Series, right: pd.Series) -> Mask:
    """Whether two partial dates can mean the same day (one begins with the other); False where either is null."""
    ours, theirs = left.to_numpy(dtype=object), right.to_numpy(dtype=object)
    same = np.asarray((ours == theirs) & left.notna().to_numpy(), dtype=bool)
    # Most dates are equal: only the others are looked at one by one.
    other = np.flatnonzero(~same & left.notna().to_numpy() & right.notna().to_numpy())
    same[other] = [_is_prefix(a, b) for a, b in zip(ours[other], theirs[other], strict=True)]
    return same


def do_dates_contradict(left: pd.Series, right: pd.Series) -> Mask:
    """Whether two partial dates cannot mean the same day; False where either is null."""
    known = np.asarray(left.notna() & right.notna().to_numpy(), dtype=bool)
    return known & ~are_dates_compatible(left, right)


def _is_prefix(left: str, right: str) -> bool:
    return left.startswith(right) or right.startswith(left)
