"""Who lives in the province? Persons as columns: names, births, numbers that belong to nobody, phones, employers.

Drawn by column from one seed: two million persons take a second or two. Everybody is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.synthetic import numbers
from data.synthetic.benchmark_words import GIVEN_FEMALE, GIVEN_MALE
from data.synthetic.benchmark_words import SURNAMES as COUNTRY_SURNAMES
from data.synthetic.numbers import Codes, Ints, Objects
from data.synthetic.people import ymd
from data.synthetic.words_business import BRAND_FIRST, BRAND_SECOND, FORMS, INDUSTRIES
from data.synthetic.words_people import GIVEN, RARE, SURNAMES
from data.synthetic.words_places import COUNTIES

Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

AS_OF = np.datetime64("2026-06-30", "D")
#: Counties of the province and the never-assigned codes that stand for them in identity numbers, 4699xx.
COUNTY_NAMES = np.array([name for name, _, _ in COUNTIES.values()], dtype=object)
COUNTY_CODES = np.array([numbers.synthetic_area(code) for code in COUNTIES], dtype=np.int64)
#: A county with more towns has more people.
_COUNTY_WEIGHTS = np.array([len(towns.split()) for _, towns, _ in COUNTIES.values()], dtype=float)
_MOVED_IN, _ELSEWHERE, _ONE_CHARACTER, _RARE = 0.3, 0.15, 0.12, 0.006
_RANK_SHIFT = 12
_STAFF_PER_EMPLOYER = 9
_SEQUENCE_STEP = 187


@dataclass(frozen=True)
class People:
    """One element of each array a person. name: (n, 4) code points; county: of work or home; employer: its number."""

    name: Codes
    surname_length: Ints
    is_male: Bools
    birth: Days
    identity: Codes
    county: Ints
    employer: Ints

    def __len__(self) -> int:
        return len(self.birth)


@dataclass(frozen=True)
class Employers:
    """Names with the region, without it, and only what people say; county of each."""

    full: Objects
    short: Objects
    spoken: Objects
    county: Ints


def make_people(n: int, n_employed: int, employers: Employers, rng: np.random.Generator) -> People:
    """Persons, the first `n_employed` of working age; the others as old as members are."""
    age = np.where(np.arange(n) < n_employed, 18 + 44 * rng.beta(2.0, 2.3, n), 19 + 58 * rng.beta(1.8, 2.8, n))
    birth = AS_OF - (age * 365.25).astype(np.int64).astype("timedelta64[D]")
    is_male = rng.random(n) < 0.56
    name, surname_length = _names(birth, is_male, rng)
    # Few employers have many, many have few.
    employer = (len(employers.county) * rng.random(n) ** 1.8).astype(np.int64)
    county = employers.county[employer]
    from_elsewhere = rng.random(n) < _ELSEWHERE
    born_in = np.where(from_elsewhere, draw_counties(n, rng), county)
    return People(name, surname_length, is_male, birth, _identities(birth, is_male, born_in), county, employer)


def draw_counties(n: int, rng: np.random.Generator) -> Ints:
    """Numbers of counties by how many people live there."""
    return rng.choice(len(COUNTIES), n, p=_COUNTY_WEIGHTS / _COUNTY_WEIGHTS.sum())


def make_employers(n_employed: int, rng: np.random.Generator) -> Employers:
    """Region + brand + industry + form; brands repeat, as they do."""
    n = max(n_employed // _STAFF_PER_EMPLOYER, 1)
    county = draw_counties(n, rng)
    brand = np.array(list(BRAND_FIRST), dtype=object)[rng.integers(0, len(BRAND_FIRST), n)]
    brand = brand + np.array(list(BRAND_SECOND), dtype=object)[rng.integers(0, len(BRAND_SECOND), n)]
    industry = np.array([name for name, _ in INDUSTRIES], dtype=object)[rng.integers(0, len(INDUSTRIES), n)]
    weights = np.array([weight for _, _, weight in FORMS], dtype=float)
    form = np.array([name for name, _, _ in FORMS], dtype=object)[rng.choice(len(FORMS), n, p=weights / weights.sum())]
    spoken = brand + industry
    return Employers(COUNTY_NAMES[county] + spoken + form, spoken + form, spoken, county)


def _names(birth: Days, is_male: Bools, rng: np.random.Generator) -> tuple[Codes, Ints]:
    n = len(birth)
    moved_in = rng.random(n) < _MOVED_IN
    surname = np.zeros((n, 2), dtype=np.uint32)
    given = np.zeros((n, 2), dtype=np.uint32)
    country = {pair.rstrip("0123456789"): int("".join(filter(str.isdigit, pair))) for pair in COUNTRY_SURNAMES.split()}
    for rows, weights in ((np.flatnonzero(~moved_in), SURNAMES), (np.flatnonzero(moved_in), country)):
        share = np.array(list(weights.values()), dtype=float)
        table = np.array([[ord(c) for c in s.ljust(2, "\0")] for s in weights], dtype=np.uint32)
        surname[rows] = table[rng.choice(len(table), len(rows), p=share / share.sum())]
    year = birth.astype("datetime64[Y]").astype(np.int64) + 1970
    for rows, first, second in _pools(year, is_male, moved_in):
        given[rows, 0], given[rows, 1] = _draw(first, len(rows), rng), _draw(second, len(rows), rng)
    rare = np.flatnonzero(rng.random(n) < _RARE)
    given[rare, 1] = rng.choice(np.array([ord(c) for c in RARE], dtype=np.uint32), len(rare))
    short = np.flatnonzero(rng.random(n) < _ONE_CHARACTER)
    given[short, 0], given[short, 1] = given[short, 1], 0
    name = np.zeros((n, 4), dtype=np.uint32)
    is_long = surname[:, 1] != 0
    name[:, :2] = surname
    name[~is_long, 1:3], name[is_long, 2:4] = given[~is_long], given[is_long]
    return name, 1 + is_long.astype(np.int64)


def _pools(year: Ints, is_male: Bools, moved_in: Bools) -> list[tuple[Ints, str, str]]:
    """Rows and the characters their given names are drawn from: by sex and, on the island, by era."""
    pools = [
        (np.flatnonzero(moved_in & (is_male == bool(sex))), pool, pool[::-1])
        for sex, pool in ((1, GIVEN_MALE), (0, GIVEN_FEMALE))
    ]
    ends = sorted({until for until, _ in GIVEN})
    era = np.searchsorted(ends, year)
    for (until, sex), (first, second) in GIVEN.items():
        pools.append((np.flatnonzero(~moved_in & (era == ends.index(until)) & (is_male == bool(sex))), first, second))
    return pools


def _draw(pool: str, n: int, rng: np.random.Generator) -> Codes:
    characters = np.array([ord(c) for c in dict.fromkeys(pool)], dtype=np.uint32)
    weights = 1.0 / (np.arange(len(characters)) + _RANK_SHIFT)
    return rng.choice(characters, n, p=weights / weights.sum())


def _identities(birth: Days, is_male: Bools, county: Ints) -> Codes:
    """Valid numbers under codes never assigned, each once; sequence by rank among those of one day, sex and county."""
    day = ymd(birth)
    cell = (day * 2 + is_male) * len(COUNTIES) + county
    order = np.argsort(cell, kind="stable")
    ranked = cell[order]
    starts = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    rank = np.empty(len(cell), dtype=np.int64)
    rank[order] = np.arange(len(cell)) - np.repeat(starts, np.diff(np.append(starts, len(cell))))
    # Stations hold blocks of sequence numbers: those of one day lie apart. The step has no factor in common with 497.
    slot = (cell * 7919 + rank * _SEQUENCE_STEP) % numbers.MAX_SEQUENCE
    return numbers.identity_numbers(COUNTY_CODES[county], day, slot * 2 + np.where(is_male, 1, 2))
