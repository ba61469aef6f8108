"""Who works where by the register? One row a person at an entity, the person in charge first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import Population
from data.synthetic.entities import PUBLIC
from data.synthetic.numbers import Ints
from data.synthetic.people import Days, People
from data.synthetic.plan import CountyPlan
from data.synthetic.streams import stream

IN_CHARGE = {
    Population.SMALL_ENTERPRISE: "法定代表人",
    Population.HOUSEHOLD_BUSINESS: "经营者",
    Population.MARKET: "负责人",
    PUBLIC: "法定代表人",
}
FAMILY, EMPLOYEE, INVESTOR = "家庭成员", "从业人员", "股东"
_PER_MARKET = 6
_FAMILY_SHARE, _SHOP_EMPLOYEE_SHARE, _INVESTOR_SHARE = 0.10, 0.25, 0.12
_LEFT_SHARE = 0.03
_SECOND_ENTITY_SHARE = 0.03
_SAME_SURNAME_SHARE = 0.6


@dataclass
class Staff:
    """Rows of the register of persons, sorted by entity. `first[e]` and `size[e]`: where an entity's rows lie.

    person: number in People; since, until: days (NaT: still there); is_family: shares home and phone with the operator.
    """

    entity: Ints
    role: npt.NDArray[np.object_]
    person: Ints
    since: Days
    until: Days
    is_family: npt.NDArray[np.bool_]
    first: Ints
    size: Ints

    def __len__(self) -> int:
        return len(self.entity)


def make_staff(plan: CountyPlan, seed: int, entities: pd.DataFrame, first_worker: int, as_of: date) -> Staff:
    """The register's person rows; workers are the persons from number `first_worker` on, one for each row."""
    rng = stream(seed, plan.area, "staff")
    n_entities = len(entities)
    kinds = entities["kind"].to_numpy()
    extra = _extra_rows(rng, plan, kinds)
    entity = np.sort(np.r_[np.arange(n_entities), extra])
    size = np.bincount(entity, minlength=n_entities)
    first = np.r_[0, np.cumsum(size)[:-1]]
    is_first = np.zeros(len(entity), dtype=bool)
    is_first[first] = True
    role = _roles(rng, kinds[entity], is_first)
    since, until = _dates(rng, entities, entity, is_first, as_of)
    person = first_worker + np.arange(len(entity))
    _second_entities(rng, person, first, kinds)
    return Staff(entity, role, person, since, until, role == FAMILY, first, size)


def settle_families(staff: Staff, people: People, seed: int, first_worker: int) -> None:
    """Let family members live with the operator and answer the same telephone; most bear the same surname.

    Called when members have been placed, so that members have families too.
    """
    rng = stream(seed, people.area, "families")
    rows = np.flatnonzero(staff.is_family & (staff.person >= first_worker))
    family, operator = staff.person[rows], staff.person[staff.first[staff.entity[rows]]]
    rows = rows[family != operator]
    family, operator = staff.person[rows], staff.person[staff.first[staff.entity[rows]]]
    people.copy_home(family, operator)
    people.mobile[family] = people.mobile[operator]
    is_same = (
        (rng.random(len(rows)) < _SAME_SURNAME_SHARE)
        & (people.surname_length[family] == 1)
        & (people.surname_length[operator] == 1)
    )
    people.name[family[is_same], 0] = people.name[operator[is_same], 0]


def _extra_rows(rng: np.random.Generator, plan: CountyPlan, kinds: npt.NDArray[np.object_]) -> Ints:
    """Entities of the rows beyond the one in charge: markets, families, employees; firms unevenly large."""
    small = np.flatnonzero(kinds == Population.SMALL_ENTERPRISE)
    shops = np.flatnonzero(kinds == Population.HOUSEHOLD_BUSINESS)
    markets = np.repeat(np.flatnonzero(kinds == Population.MARKET), _PER_MARKET)
    n_left = plan.n_person_rows - len(kinds)
    markets = markets[: max(n_left, 0)]
    n_left -= len(markets)
    n_shops = int(n_left * (_FAMILY_SHARE + _SHOP_EMPLOYEE_SHARE))
    weights = rng.pareto(1.6, len(small)) + 0.3
    in_shops = rng.choice(shops, n_shops)
    in_firms = rng.choice(small, n_left - n_shops, p=weights / weights.sum())
    return np.concatenate([markets, in_shops, in_firms])


def _roles(
    rng: np.random.Generator, kinds: npt.NDArray[np.object_], is_first: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    role = np.full(len(kinds), EMPLOYEE, dtype=object)
    draw = rng.random(len(kinds))
    is_shop = kinds == Population.HOUSEHOLD_BUSINESS
    role[is_shop & (draw < _FAMILY_SHARE / (_FAMILY_SHARE + _SHOP_EMPLOYEE_SHARE))] = FAMILY
    role[(kinds == Population.SMALL_ENTERPRISE) & (draw < _INVESTOR_SHARE)] = INVESTOR
    for kind, word in IN_CHARGE.items():
        role[is_first & (kinds == kind)] = word
    return role


def _dates(
    rng: np.random.Generator,
    entities: pd.DataFrame,
    entity: Ints,
    is_first: npt.NDArray[np.bool_],
    as_of: date,
) -> tuple[Days, Days]:
    established = entities["established"].to_numpy().astype("datetime64[D]")[entity]
    last = np.datetime64(as_of, "D") - np.timedelta64(10, "D")
    life = np.maximum((last - established).astype(np.int64), 1)
    later = established + (rng.random(len(entity)) * life).astype("timedelta64[D]")
    since = np.where(is_first, established, later)
    until = since + (rng.random(len(entity)) * (last - since).astype(np.int64)).astype("timedelta64[D]")
    is_left = (rng.random(len(entity)) < _LEFT_SHARE) & ~is_first
    return since, np.where(is_left, until, np.datetime64("NaT", "D"))


def _second_entities(rng: np.random.Generator, person: Ints, first: Ints, kinds: npt.NDArray[np.object_]) -> None:
    """Some people are in charge of two entities."""
    private = np.flatnonzero(kinds != PUBLIC)
    chosen = rng.permutation(private)[: int(len(private) * _SECOND_ENTITY_SHARE) * 2]
    half = len(chosen) // 2
    person[first[chosen[:half]]] = person[first[chosen[half : 2 * half]]]
