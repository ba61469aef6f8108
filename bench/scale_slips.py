"""How does each side write a person down? Names, numbers, dates and phones with the slips of offices, as columns.

Shares of slips stand in `Side`; every function draws whole columns and leaves what it cannot damage as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.scale_people import People
from data.synthetic import numbers
from data.synthetic.numbers import Codes, Ints, Objects
from data.synthetic.words_people import HOMOPHONES, LOOKALIKES, RARE, TRADITIONAL, VARIANTS

_N_CODE_POINTS = 0x30000
#: Digits of the birth date and sequence: slips fall here, so that the county code stays one that nobody has.
_FIRST_SLIP, _LAST_SLIP = 6, 17
_N_AGENTS_PER = 2_000


@dataclass(frozen=True)
class Side:
    """Shares of rows with each slip, of one side. agent: the phone of whoever files the report for many."""

    homophone: float
    look_alike: float
    character_lost: float
    old_form: float
    id_missing: float
    id_digit: float
    id_swapped: float
    id_old15: float
    id_masked: float
    birth_missing: float
    birth_month_only: float
    birth_slip: float
    phone_missing: float
    phone_changed: float
    phone_digit: float
    phone_agent: float
    phone_shared: float


EMPLOYED = Side(
    0.008, 0.004, 0.002, 0.001, 0.09, 0.006, 0.004, 0.004, 0.03, 0.02, 0.03, 0.008, 0.2, 0.02, 0.01, 0.05, 0.02
)
MEMBERS = Side(
    0.018, 0.008, 0.004, 0.01, 0.16, 0.012, 0.008, 0.03, 0.01, 0.03, 0.07, 0.015, 0.16, 0.14, 0.01, 0.0, 0.03
)


def written_names(people: People, side: Side, rng: np.random.Generator) -> Codes:
    """Code points as written: a character that sounds or looks alike, an old form, one lost; rare ones as a mark."""
    codes = people.name.copy()
    kind = _kinds(len(codes), (side.homophone, side.look_alike, side.old_form, side.character_lost), rng)
    is_given = np.arange(4)[None, :] >= people.surname_length[:, None]
    for number, groups in enumerate((HOMOPHONES, LOOKALIKES, f"{VARIANTS} {TRADITIONAL}")):
        rows = np.flatnonzero(kind == number)
        other = _others(groups)[codes[rows]] * is_given[rows]
        place = np.argmax((other != 0) * rng.uniform(0.1, 1, other.shape), axis=1)
        found = other[np.arange(len(rows)), place]
        codes[rows[found != 0], place[found != 0]] = found[found != 0]
    rows = np.flatnonzero((kind == 3) & (people.surname_length == 1) & (codes[:, 2] != 0))
    codes[rows, 1], codes[rows, 2] = codes[rows, 2], 0
    is_rare = np.isin(codes, [ord(c) for c in RARE]) & (rng.random(len(codes)) < 0.5)[:, None]
    return np.where(is_rare, np.uint32(ord("?")), codes)


def written_identities(people: People, side: Side, rng: np.random.Generator) -> Objects:
    """Numbers as text; null where there is none."""
    codes, n = people.identity.copy(), len(people)
    shares = (side.id_missing, side.id_digit, side.id_swapped, side.id_old15, side.id_masked)
    kind = _kinds(n, shares, rng)
    rows = np.flatnonzero(kind == 1)
    place = rng.integers(_FIRST_SLIP, _LAST_SLIP, len(rows))
    codes[rows, place] = ord("0") + (codes[rows, place] - ord("0") + rng.integers(1, 10, len(rows))) % 10
    rows = np.flatnonzero(kind == 2)
    place = rng.integers(_FIRST_SLIP, _LAST_SLIP - 1, len(rows))
    codes[rows, place], codes[rows, place + 1] = codes[rows, place + 1], codes[rows, place]
    text = numbers.texts(codes)
    rows = np.flatnonzero((kind == 3) & (codes[:, 6] == ord("1")))
    text[rows] = numbers.texts(np.delete(codes[rows, :17], (6, 7), axis=1))
    rows = np.flatnonzero(kind == 4)
    codes[rows, 6:14] = ord("*")
    text[rows] = numbers.texts(codes[rows])
    text[kind == 0] = None
    return text


def written_births(people: People, side: Side, rng: np.random.Generator) -> Objects:
    """ISO days, some only to the month, a slip here and there; null where there is none."""
    kind = _kinds(len(people), (side.birth_missing, side.birth_month_only, side.birth_slip), rng)
    by_days = np.where(rng.random(len(people)) < 0.7, rng.choice([-10, -1, 1, 2, 10, 20], len(people)), 365)
    day = people.birth + np.where(kind == 2, by_days, 0).astype("timedelta64[D]")
    text: Objects = np.datetime_as_string(day, unit="D").astype(object)
    rows = np.flatnonzero(kind == 1)
    text[rows] = np.datetime_as_string(day[rows], unit="M").astype(object)
    text[kind == 0] = None
    return text


def written_phones(numbers_of: Ints, side: Side, n_persons: int, rng: np.random.Generator) -> Objects:
    """Mobiles of the persons with these numbers: own, changed, an agent's, a relative's, one digit off, or null."""
    n = len(numbers_of)
    shares = (side.phone_missing, side.phone_changed, side.phone_agent, side.phone_shared, side.phone_digit)
    kind = _kinds(n, shares, rng)
    order = np.where(kind == 1, numbers_of + n_persons, numbers_of)
    order = np.where(kind == 2, 2 * n_persons + rng.integers(0, max(n_persons // _N_AGENTS_PER, 1), n), order)
    order = np.where(kind == 3, (numbers_of + 1) % n_persons, order)
    codes = numbers.mobile_numbers(order).astype("U11").view(np.uint32).reshape(n, 11).copy()
    rows = np.flatnonzero(kind == 4)
    place = rng.integers(3, 11, len(rows))
    codes[rows, place] = ord("0") + (codes[rows, place] - ord("0") + rng.integers(1, 10, len(rows))) % 10
    text = numbers.texts(codes)
    text[kind == 0] = None
    return text


def _kinds(n: int, shares: tuple[float, ...], rng: np.random.Generator) -> Ints:
    """Number of the slip of each row; the number of shares means none."""
    return np.searchsorted(np.cumsum(shares), rng.random(n), side="right").astype(np.int64)


def _others(groups: str) -> Codes:
    """The next character of its group for each code point; 0 where there is none."""
    table = np.zeros(_N_CODE_POINTS, dtype=np.uint32)
    for group in groups.split():
        for place, character in enumerate(group):
            table[ord(character)] = ord(group[(place + 1) % len(group)])
    return table
