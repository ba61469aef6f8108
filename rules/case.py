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
from data.values.columns import map_unique, spread
from data.values.identifiers import birth_of, sex_of, to_id18
from rules.facts import Facts
from rules.names import name_key, near_name_pairs
from rules.params import Params

Mask = npt.NDArray[np.bool_]
Derived = TypeVar("Derived")
_ANY_AREA = "110000"
#: A number of 18 characters as one integer: its 17 digits, and its check character as one of eleven.
CHECKS = 11
_BELOW_BIRTH = 1_000 * CHECKS
NO_NUMBER = -1


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
        """Entries sorted by unique_id, with what their number says (`id18`, `id_code`, `id_birth`, `id_sex`),
        `name_key`, `person` (a code of the person_id, -1 for null) and `is_listed` (a roster row of the person exists).
        """
        entries = self._in_order
        person, persons = self._coded_persons
        on_roster = person[(entries["kind"] == FeedKind.MEMBER_ROSTER).to_numpy()]
        id18 = whole_numbers(entries["id_no"])
        code = number_codes(id18)
        return entries.assign(
            name_key=name_key(entries["name"]),
            id18=id18,
            id_code=code,
            # Birth and sex are a part of the number: far fewer distinct parts than numbers.
            id_birth=_of_part(code // _BELOW_BIRTH % 10**8, code, lambda day: birth_of(f"{_ANY_AREA}{day:08}0000")),
            id_sex=_of_part(code // CHECKS % 10, code, lambda digit: sex_of(f"{_ANY_AREA}1900010100{digit}0")),
            person=person,
            is_listed=_are_among(person, on_roster, len(persons)),
        )

    @cached_property
    def _in_order(self) -> pd.DataFrame:
        return self.facts.entries.sort_values("unique_id", kind="stable").reset_index(drop=True)

    @cached_property
    def _coded_persons(self) -> tuple[npt.NDArray[np.intp], pd.Index]:
        """`person` of each entry, and the person_ids that it points into."""
        person, persons = pd.factorize(self._in_order["person_id"])
        return person, pd.Index(persons)

    def persons_of(self, person_ids: pd.Series | pd.Index) -> npt.NDArray[np.intp]:
        """`person` of each person_id; -1 for null and for whoever has no entry."""
        return self._coded_persons[1].get_indexer(pd.Index(person_ids))

    def are_of(self, entries: pd.DataFrame, persons: npt.NDArray[np.intp]) -> Mask:
        """Which rows of `entries` (or of a part of them) are of one of these persons, told by code? Nobody's never."""
        return _are_among(entries["person"].to_numpy(), persons, len(self._coded_persons[1]))

    @cached_property
    def persons(self) -> pd.Index:
        """The person_id of every member, in the order of facts.members; one index, so that it is hashed once."""
        persons: pd.Index = pd.Index(self.facts.members["person_id"])
        return persons

    def of_members(self, column: str, person_ids: pd.Series) -> pd.Series:
        """A column of facts.members for each of some persons; None for whoever is no member."""
        place = self.persons.get_indexer(pd.Index(person_ids))
        return pd.Series(spread(self.facts.members[column].to_numpy(dtype=object), place), dtype=object)

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

    def valid_on_roster(self, among: pd.Series) -> pd.DataFrame:
        """Of some rows of `roster`, a mask over it, those whose identity number is valid by its own digits."""
        return self.roster[among & (self.roster["id_status"] == IdStatus.VALID)].reset_index(drop=True)


def _are_among(codes: npt.NDArray[np.intp], wanted: npt.NDArray[np.intp], n_codes: int) -> Mask:
    is_wanted = np.zeros(n_codes + 1, dtype=bool)
    is_wanted[wanted] = True
    is_wanted[-1] = False  # the place of those whom nobody was found for
    return np.asarray(is_wanted[codes])


def whole_numbers(id_no: pd.Series) -> pd.Series:
    """`to_id18` down a column: nearly every number has its 18 characters already, which is seen without reading it."""
    texts = id_no.fillna("").to_numpy(dtype=object).astype("U19").view(np.uint32).reshape(len(id_no), 19)
    is_digit = (texts >= ord("0")) & (texts <= ord("9"))
    is_whole = is_digit[:, :17].all(axis=1) & (is_digit[:, 17] | (texts[:, 17] == ord("X"))) & (texts[:, 18] == 0)
    found = id_no.to_numpy(dtype=object, copy=True)
    found[~is_whole] = map_unique(id_no[~is_whole], to_id18)
    return pd.Series(found, index=id_no.index, name=id_no.name, dtype=object)


def number_codes(id18: pd.Series) -> npt.NDArray[np.int64]:
    """Each number of 18 characters as an integer that keeps their order (X after 9), NO_NUMBER for null."""
    known = id18.notna().to_numpy()
    codes = np.full(len(id18), NO_NUMBER, dtype=np.int64)
    texts = id18.to_numpy(dtype=object)[known].astype("U18")
    digits = texts.view(np.uint32).reshape(len(texts), 18).astype(np.int64) - ord("0")
    digits[:, 17] = np.where(digits[:, 17] == ord("X") - ord("0"), CHECKS - 1, digits[:, 17])
    codes[known] = digits[:, :17] @ 10 ** np.arange(16, -1, -1) * CHECKS + digits[:, 17]
    return codes


def _of_part(
    part: npt.NDArray[np.int64], code: npt.NDArray[np.int64], read: Callable[[int], str | None]
) -> npt.NDArray[np.object_]:
    """What each distinct part of the numbers says; None where there is no number."""
    distinct, rows = np.unique(np.where(code == NO_NUMBER, NO_NUMBER, part), return_inverse=True)
    said = [None if one == NO_NUMBER else read(int(one)) for one in distinct]
    return np.array(said, dtype=object)[rows] if said else np.array([], dtype=object)


def none_unless(column: pd.Series, mask: Mask | pd.Series) -> pd.Series:
    """The column as object with None where the mask does not hold."""
    values = column.to_numpy(dtype=object, copy=True)
    values[~np.asarray(mask, dtype=bool)] = None
    return pd.Series(values, index=column.index, name=column.name, dtype=object)


def are_dates_compatible(left: pd.Series, right: pd.Series) -> Mask:
    """Whether two partial dates can mean the same day (one begins with the other); False where either is null."""
    ours, theirs = left.to_numpy(dtype=object), right.to_numpy(dtype=object)
    same = np.asarray((ours == theirs) & left.notna().to_numpy(), dtype=bool)
    # Most dates are equal: only the others are taken apart.
    other = np.flatnonzero(~same & left.notna().to_numpy() & right.notna().to_numpy())
    same[other] = _are_prefixes(ours[other], theirs[other])
    return same


def do_dates_contradict(left: pd.Series, right: pd.Series) -> Mask:
    """Whether two partial dates cannot mean the same day; False where either is null."""
    known = np.asarray(left.notna() & right.notna().to_numpy(), dtype=bool)
    return known & ~are_dates_compatible(left, right)


def _are_prefixes(left: npt.NDArray[np.object_], right: npt.NDArray[np.object_]) -> Mask:
    """Whether one text of each pair begins with the other: letter by letter they are the same, or one has ended."""
    n = len(left)
    if not n:
        return np.zeros(0, dtype=bool)
    both = np.concatenate([left, right]).astype(str)
    letters = both.view(np.uint32).reshape(2 * n, -1)
    ours, theirs = letters[:n], letters[n:]
    return np.asarray(((ours == theirs) | (ours == 0) | (theirs == 0)).all(axis=1))
