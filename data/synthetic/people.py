"""Who lives in the county? Persons as columns: names as code points, births, numbers that belong to nobody, homes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from data.synthetic import numbers, words_places
from data.synthetic.numbers import Codes, Ints, Objects
from data.synthetic.streams import stream
from data.synthetic.words_people import GIVEN, RARE, SURNAMES

Days = npt.NDArray[np.datetime64]

#: Persons per county for which mobile numbers are set aside; the second half serves changed numbers.
PERSONS_PER_COUNTY = 10_000_000
N_VILLAGES = 9
_INCOMER_SHARE = 0.08
_ONE_CHARACTER_SHARE = 0.22
_RARE_SHARE = 0.01
_RANK_SHIFT = 6


@dataclass
class People:
    """Persons of one county, one element of each array a person.

    name: (n, 4) code points, zero-padded; surname_length 1 or 2; is_male; birth day; identity: (n, 18) code points;
    mobile: 11 digits; home_order: which home (families share it); town, village, house of the home.
    """

    area: str
    name: Codes
    surname_length: Ints
    is_male: npt.NDArray[np.bool_]
    birth: Days
    identity: Codes
    mobile: Objects
    town: Ints
    village: Ints
    house: Ints

    def __len__(self) -> int:
        return len(self.birth)

    def names(self, who: Ints) -> Objects:
        """Names as text."""
        return numbers.texts(self.name[who])

    def sexes(self, who: Ints) -> Objects:
        """男 or 女."""
        return np.where(self.is_male[who], "男", "女").astype(object)

    def homes(self, who: Ints) -> Objects:
        """Home addresses: county, town, village, number."""
        towns = words_places.townships(self.area)
        county = words_places.county_name(self.area)
        places = np.array(
            [
                [f"{county}{name}{words_places.village(t, v)}" for v in range(N_VILLAGES)]
                for t, name in enumerate(towns)
            ],
            dtype=object,
        )
        houses = self.house[who].astype("U4").astype(object)
        homes: Objects = places[self.town[who], self.village[who]] + houses + "号"
        return homes

    def copy_home(self, to: Ints, source: Ints) -> None:
        """Let persons live where others live."""
        for column in (self.town, self.village, self.house):
            column[to] = column[source]

    def copy_name(self, to: Ints, source: Ints) -> None:
        """Make persons namesakes of others."""
        self.name[to], self.surname_length[to] = self.name[source], self.surname_length[source]


def make_people(seed: int, area: str, ages: Ints, as_of: date) -> People:
    """Persons of the given ages on `as_of`; the same (seed, area, ages) always give the same persons."""
    rng = stream(seed, area, "people")
    n = len(ages)
    birth = np.datetime64(as_of, "D") - (ages * 365.25 + rng.integers(1, 365, n)).astype("timedelta64[D]")
    is_male = rng.random(n) < np.where(ages > 0, 0.56, 0.5)
    name, surname_length = _names(rng, birth, is_male)
    n_towns = len(words_places.townships(area))
    seat = np.array([5.0] + [1.0] * (n_towns - 1))
    return People(
        area,
        name,
        surname_length,
        is_male,
        birth,
        _identities(rng, area, birth, is_male),
        numbers.mobile_numbers(mobile_order(area) + np.arange(n)),
        rng.choice(n_towns, n, p=seat / seat.sum()),
        rng.integers(0, N_VILLAGES, n),
        rng.integers(1, 400, n),
    )


def mobile_order(area: str) -> int:
    """Where the county's own mobile numbers begin; changed numbers begin half a block later."""
    return list(words_places.COUNTIES).index(area) * PERSONS_PER_COUNTY


def ymd(days: Days) -> Ints:
    """Days as whole numbers yyyymmdd."""
    months = days.astype("datetime64[M]")
    month_number = months.astype(np.int64) % 12 + 1
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    whole: Ints = year * 10_000 + month_number * 100 + (days - months).astype(np.int64) + 1
    return whole


def _identities(rng: np.random.Generator, area: str, birth: Days, is_male: npt.NDArray[np.bool_]) -> Codes:
    is_incomer = rng.random(len(birth)) < _INCOMER_SHARE
    region = np.where(is_incomer, numbers.incomer_area(area), numbers.synthetic_area(area)).astype(np.int64)
    day = ymd(birth)
    cell = (day * 2 + is_male) * 2 + is_incomer
    order = np.argsort(cell, kind="stable")
    ranked = cell[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
    rank = np.empty(len(cell), dtype=np.int64)
    rank[order] = np.arange(len(cell)) - np.repeat(starts, np.diff(np.r_[starts, len(cell)]))
    # Numbers of one day start anywhere, so that the sequence does not tell the order of generation.
    slot = (cell * 7919 + rank) % numbers.MAX_SEQUENCE
    return numbers.identity_numbers(region, day, slot * 2 + np.where(is_male, 1, 2))


def _names(rng: np.random.Generator, birth: Days, is_male: npt.NDArray[np.bool_]) -> tuple[Codes, Ints]:
    n = len(birth)
    surnames = np.array([[ord(c) for c in s.ljust(2, "\0")] for s in SURNAMES], dtype=np.uint32)
    lengths = np.array([len(s) for s in SURNAMES])
    weights = np.array(list(SURNAMES.values()), dtype=float)
    chosen = rng.choice(len(lengths), n, p=weights / weights.sum())
    given = _given_names(rng, birth, is_male)
    name = np.zeros((n, 4), dtype=np.uint32)
    name[:, :2] = surnames[chosen]
    is_long = lengths[chosen] == 2
    name[~is_long, 1:3], name[is_long, 2:4] = given[~is_long], given[is_long]
    return name, lengths[chosen]


def _given_names(rng: np.random.Generator, birth: Days, is_male: npt.NDArray[np.bool_]) -> Codes:
    n = len(birth)
    year = birth.astype("datetime64[Y]").astype(np.int64) + 1970
    given = np.zeros((n, 2), dtype=np.uint32)
    started = 0
    for (until, sex), pools in GIVEN.items():
        started = started if sex == 0 else max((u for (u, _) in GIVEN if u < until), default=0)
        rows = np.flatnonzero((year > started) & (year <= until) & (is_male == bool(sex)))
        given[rows, 0], given[rows, 1] = (_draw(rng, pool, len(rows)) for pool in pools)
    rare = np.flatnonzero(rng.random(n) < _RARE_SHARE)
    given[rare, 1] = rng.choice(np.array([ord(c) for c in RARE]), len(rare))
    short = np.flatnonzero(rng.random(n) < _ONE_CHARACTER_SHARE)
    given[short, 0], given[short, 1] = given[short, 1], 0
    return given


def _draw(rng: np.random.Generator, pool: str, n: int) -> Codes:
    characters = np.array([ord(c) for c in dict.fromkeys(pool)], dtype=np.uint32)
    weights = 1.0 / (np.arange(len(characters)) + _RANK_SHIFT)
    return rng.choice(characters, n, p=weights / weights.sum())
