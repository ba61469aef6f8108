"""Who is in the benchmark? Persons of one tier with their households, twins and namesakes, as columns of a frame."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic import benchmark_words as words
from data.synthetic import numbers, words_places
from data.synthetic.errors import Objects
from data.synthetic.numbers import Ints
from data.synthetic.people import make_people, mobile_order

AS_OF = date(2016, 6, 16)
#: County -> share of the persons.
AREAS = {"469005": 0.7, "469002": 0.2, "469006": 0.1}
#: Shares of persons who are made relations of somebody before them.
TWINS, HOUSEHOLD, NAMESAKES = 0.02, 0.10, 0.06
_DOTTED, _RARE, _ONE_CHARACTER = 0.015, 0.04, 0.2
_RANK_SHIFT = 8
#: Half a county's block of mobile numbers lies between a person's own number and a later one.
_LATER_NUMBER = 5_000_000


def make_persons(rng: np.random.Generator, n: int, tier_number: int) -> pd.DataFrame:
    """n persons: name, sex, birth, id_no, mobile, new_mobile, household_mobile, area, township, old_township,
    other_township, home, and `relations`: kinds joined by `|`. Identity numbers are distinct and nobody's."""
    counts = rng.multinomial(n, list(AREAS.values()))
    parts = [_of_county(rng, area, int(k), tier_number) for area, k in zip(AREAS, counts, strict=True)]
    persons = pd.concat(parts, ignore_index=True)
    persons = persons.iloc[rng.permutation(len(persons))].reset_index(drop=True)
    persons["name"] = _names(rng, persons["sex"].to_numpy())
    return _related(rng, persons)


def _of_county(rng: np.random.Generator, area: str, n: int, tier_number: int) -> pd.DataFrame:
    ages = rng.integers(18, 85, n)
    people = make_people(int(rng.integers(2**31)), area, ages, AS_OF)
    towns = np.array(words_places.townships(area), dtype=object)
    who, order = np.arange(n), mobile_order(area) + tier_number * 1_000_000
    other = (people.town + rng.integers(1, len(towns), n)) % len(towns)
    return pd.DataFrame(
        {
            "sex": people.sexes(who),
            "birth": people.birth.astype("datetime64[D]").astype(str).astype(object),
            "id_no": numbers.texts(people.identity),
            "mobile": numbers.mobile_numbers(order + who),
            "new_mobile": numbers.mobile_numbers(order + who + _LATER_NUMBER),
            "household_mobile": "",
            "area": area,
            "township": towns[people.town],
            "old_township": [old_township(area, int(town)) for town in people.town],
            "other_township": towns[other],
            "home": people.homes(who),
            "relations": "",
        }
    )


def old_township(area: str, town: int) -> str:
    """Name of a township before a reorganisation that this benchmark invents for every second one; '' for the rest."""
    return words_places.village(town, 0)[:2] + "乡" if town % 2 else ""


def divisions() -> pd.DataFrame:
    """The invented reorganisations: area, former_name, name."""
    rows = [
        (area, old_township(area, town), name)
        for area in AREAS
        for town, name in enumerate(words_places.townships(area))
        if old_township(area, town)
    ]
    return pd.DataFrame(rows, columns=["area", "former_name", "name"], dtype=object)


def _names(rng: np.random.Generator, sex: Objects) -> list[str]:
    pairs = [
        (word.rstrip("0123456789"), float("".join(c for c in word if c.isdigit()))) for word in words.SURNAMES.split()
    ]
    weights = np.array([weight for _, weight in pairs])
    surnames = np.array([surname for surname, _ in pairs], dtype=object)
    surname = rng.choice(surnames, len(sex), p=weights / weights.sum())
    pools = {"男": words.GIVEN_MALE, "女": words.GIVEN_FEMALE}
    drawn = {kind: [_uneven(rng, pool, len(sex)) for _ in range(2)] for kind, pool in pools.items()}
    first, second = (np.where(sex == "男", male, female) for male, female in zip(*drawn.values(), strict=True))
    draw = rng.random(len(sex))
    second = np.where(draw < _RARE, rng.choice(list(words.SPLIT), len(sex)), second)
    first = np.where(rng.random(len(sex)) < _ONE_CHARACTER, "", first)
    name = surname + first.astype(object) + second.astype(object)
    dotted = rng.choice(words.DOTTED_FIRST, len(sex)).astype(object) + "·" + rng.choice(words.DOTTED_SECOND, len(sex))
    return [str(each) for each in np.where(draw > 1 - _DOTTED, dotted, name)]


def _uneven(rng: np.random.Generator, pool: str, n: int) -> Objects:
    """Characters of a pool, the first ones far more often, as in life; the order of the pool is this benchmark's."""
    characters = list(dict.fromkeys(pool))
    weights = 1.0 / (np.arange(len(characters)) + _RANK_SHIFT)
    chosen: Objects = rng.choice(np.array(characters, dtype=object), n, p=weights / weights.sum())
    return chosen


def _related(rng: np.random.Generator, persons: pd.DataFrame) -> pd.DataFrame:
    """Some persons become twins, household members or namesakes of others; both sides of a relation are marked."""
    n_twins, n_household, n_namesakes = (int(len(persons) * share) // 2 for share in (TWINS, HOUSEHOLD, NAMESAKES))
    chosen = rng.permutation(len(persons))[: 2 * (n_twins + n_household + n_namesakes)]
    one, other = chosen[::2], chosen[1::2]
    kind = np.repeat(["twin", "household", "namesake"], [n_twins, n_household, n_namesakes])
    for name, change in (("twin", _make_twins), ("household", _make_household), ("namesake", _make_namesakes)):
        rows = kind == name
        change(rng, persons, one[rows], other[rows])
        persons.loc[np.concatenate([one[rows], other[rows]]), "relations"] = name
    return persons


def _put(persons: pd.DataFrame, columns: list[str], to: Ints, source: Ints) -> None:
    persons.loc[to, columns] = persons.loc[source, columns].to_numpy()


def _make_twins(rng: np.random.Generator, persons: pd.DataFrame, one: Ints, other: Ints) -> None:
    """Same day, sex and home; numbers of neighbours at the counter; names that share all but the last character."""
    _put(persons, ["sex", "birth", "area", "township", "old_township", "other_township", "home"], other, one)
    taken = set(persons["id_no"])
    for left, right in zip(one.tolist(), other.tolist(), strict=True):
        name, id_no = str(persons.at[left, "name"]), str(persons.at[left, "id_no"])
        pool = words.GIVEN_MALE if persons.at[left, "sex"] == "男" else words.GIVEN_FEMALE
        persons.at[right, "name"] = name[:-1] + str(rng.choice([c for c in pool if c != name[-1]]))
        persons.at[right, "id_no"] = _neighbour(id_no, taken)
    _share_mobiles(rng, persons, one, other)


def _neighbour(id_no: str, taken: set[str]) -> str:
    """The next number of the same place, day and sex that nobody has."""
    area, birth, sequence = int(id_no[:6]), int(id_no[6:14]), int(id_no[14:17])
    while True:
        sequence = sequence + 2 if sequence + 2 < 2 * numbers.MAX_SEQUENCE else 1 + (sequence - 1) % 2
        columns = (np.array([value]) for value in (area, birth, sequence))
        found = str(numbers.texts(numbers.identity_numbers(*columns))[0])
        if found not in taken:
            taken.add(found)
            return found


def _make_household(rng: np.random.Generator, persons: pd.DataFrame, one: Ints, other: Ints) -> None:
    """One home; parent and child, or brothers and sisters, with one surname and often one generation character."""
    _put(persons, ["area", "township", "old_township", "other_township", "home"], other, one)
    for left, right in zip(one.tolist(), other.tolist(), strict=True):
        name, theirs = str(persons.at[left, "name"]), str(persons.at[right, "name"])
        length = 2 if name[:2] in words.COMPOUND else 1
        if "·" in name or "·" in theirs or rng.random() < 0.3:
            continue  # a couple
        given = theirs[2 if theirs[:2] in words.COMPOUND else 1 :]
        if len(given) == 2 and len(name) - length == 2 and rng.random() < 0.5:
            given = name[length] + given[1]
        persons.at[right, "name"] = name[:length] + given
    _share_mobiles(rng, persons, one, other)


def _make_namesakes(rng: np.random.Generator, persons: pd.DataFrame, one: Ints, other: Ints) -> None:
    """One name; most live in one township."""
    _put(persons, ["name"], other, one)
    near = rng.random(len(one)) < 0.6
    _put(persons, ["area", "township", "old_township", "other_township"], other[near], one[near])


def _share_mobiles(rng: np.random.Generator, persons: pd.DataFrame, one: Ints, other: Ints) -> None:
    persons.loc[one, "household_mobile"] = persons.loc[other, "mobile"].to_numpy()
    persons.loc[other, "household_mobile"] = persons.loc[one, "mobile"].to_numpy()
    shared = rng.random(len(one)) < 0.25
    _put(persons, ["mobile"], other[shared], one[shared])
