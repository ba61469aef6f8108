"""Which organisation is meant, and what does it cover? Names as letters and rosters write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.reference.divisions import county_name
from data.values.columns import none_for_null
from rules.case import Case
from rules.names import OrgName, parse_org, township_core

#: Kinds whose organisations look after the whole county, not one township.
COUNTY_WIDE_KINDS = ("government", "school", "institution")

_SPACES_AND_PARTY = re.compile(r"中国共产党|中共|\s")
_PLACE = ("branch", "township", "area")
_COMMITTEE = re.compile(r"(?:党委|镇委|乡委|委员会|党工委)$")


@dataclass(frozen=True)
class Place:
    """A branch as an entry names it, with where the entry says it lies."""

    branch: str | None
    township: str | None
    area: str | None


@dataclass(frozen=True)
class Directory:
    """The organisations table, for questions about names: each name's superior, and the township it lies in."""

    parents: Mapping[str, str]
    townships: Mapping[str, str]

    def is_same_or_above(self, org: str, place: Place) -> bool:
        """Is `org` the branch of `place`, an organisation above it, or the county's own committee or department?"""
        if place.branch is not None:
            wanted, lowest = parse_org(org), self.parse(place.branch, place.township)
            if wanted.may_be(lowest) or any(wanted.may_be(parse_org(name)) for name in self.above(place.branch)):
                return True
        bare = _SPACES_AND_PARTY.sub("", org)
        county = county_name(place.area) if place.area is not None else None
        if county is not None and re.fullmatch(rf"(?:海南省)?{county}(?:委|委员会)?(?:组织部)?", bare):
            return True
        is_committee = _COMMITTEE.search(bare) is not None
        return is_committee and place.township is not None and township_core(place.township) in bare

    def parse(self, branch: str, township: str | None) -> OrgName:
        """The name in parts; a branch that names no township lies in its own by the table, else in the row's."""
        return parse_org(branch, self.townships.get(branch, township))

    def above(self, branch: str) -> list[str]:
        """The organisations above a branch; a circle in the table ends where it closes."""
        way: list[str] = []
        step = self.parents.get(branch)
        while step is not None and step not in way:
            way.append(step)
            step = self.parents.get(step)
        return way


def directory(case: Case) -> Directory:
    """The directory of the case; case.once(directory)."""
    known = case.facts.organizations.sort_values(["org_name", "parent", "township"])
    superiors, placed = known.dropna(subset=["org_name", "parent"]), known.dropna(subset=["org_name", "township"])
    return Directory(
        dict(zip(superiors["org_name"], superiors["parent"], strict=True)),
        dict(zip(placed["org_name"], placed["township"], strict=True)),
    )


def are_same_or_above(case: Case, orgs: pd.Series, places: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """`Directory.is_same_or_above` down aligned rows (places: branch, township, area); False where `orgs` is null."""
    known = case.once(directory)
    answers: dict[tuple[str | None, ...], bool] = {}
    found = np.zeros(len(orgs), dtype=bool)
    asked = np.flatnonzero(orgs.notna())
    rows = zip(*(none_for_null(one.iloc[asked]) for one in (orgs, *(places[name] for name in _PLACE))), strict=True)
    for row, question in zip(asked, rows, strict=True):
        if question not in answers:
            org, branch, township, area = question
            answers[question] = known.is_same_or_above(org, Place(branch, township, area))
        found[row] = answers[question]
    return found


def roster_branches(case: Case) -> pd.DataFrame:
    """Every branch with a roster row: branch, township, area; case.once(roster_branches)."""
    return case.roster[list(_PLACE)].dropna(subset=["branch"]).drop_duplicates()


def _names_on_rosters(case: Case) -> dict[str, list[OrgName]]:
    """Every branch with a roster row and every organisation above it, by the core of the name."""
    known = case.once(directory)
    rows = case.once(roster_branches)[["branch", "township"]].drop_duplicates()
    names = {
        name
        for branch, township in zip(rows["branch"], rows["township"], strict=True)
        for name in (known.parse(branch, township), *map(parse_org, known.above(branch)))
    }
    by_core: dict[str, list[OrgName]] = {}
    for name in names:
        by_core.setdefault(name.core, []).append(name)
    return by_core


def _places_on_rosters(case: Case) -> list[Place]:
    places = case.roster[["township", "area"]].drop_duplicates()
    return [Place(None, township, area) for township, area in zip(places["township"], places["area"], strict=True)]


def are_on_rosters(case: Case, orgs: pd.Series) -> npt.NDArray[np.bool_]:
    """Whether each organisation, or one below it, has a row on a supplied roster; False where null."""
    known, names, places = case.once(directory), case.once(_names_on_rosters), case.once(_places_on_rosters)
    inside = {
        org
        for org in orgs.dropna().unique()
        if any(parse_org(org).may_be(name) for name in names.get(parse_org(org).core, []))
        or any(known.is_same_or_above(org, place) for place in places)
    }
    return orgs.isin(inside).to_numpy(dtype=bool)
