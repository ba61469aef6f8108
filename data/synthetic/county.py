"""One county in memory: entities, branches, people, staff, members with their situations; everything but the files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.model import Population
from data.synthetic import placement, situation, staff
from data.synthetic.cases import Case, member_cases
from data.synthetic.entities import entity_ids, make_entities
from data.synthetic.errors import Bools, Objects
from data.synthetic.longlou_cast import Cast, choose_cast, name_the_cast
from data.synthetic.numbers import Ints
from data.synthetic.organizations import make_organizations
from data.synthetic.people import People, make_people
from data.synthetic.plan import CountyPlan
from data.synthetic.streams import stream

#: Persons on no roster whom the list of claims needs: invented, impersonated, never admitted.
N_OUTSIDERS = 60
_NAMESAKE_SHARE = 0.03
_DEAD_NAMESAKES = 0.2


@dataclass
class County:
    """Persons are numbered: members, then people only on a roster, then outsiders, then workers of the register.

    members: one row a person of a roster (row number = person number). is_namesake: workers given a member's name.
    dead_namesakes: pairs (living member, dead person of the same name in the same town). cast: of the list of claims.
    """

    plan: CountyPlan
    seed: int
    as_of: date
    entities: pd.DataFrame
    entity_id: Objects
    organizations: pd.DataFrame
    people: People
    staff: staff.Staff
    members: pd.DataFrame
    is_namesake: Bools
    dead_namesakes: list[tuple[int, int]]
    cast: Cast | None

    @property
    def cast_on_rosters(self) -> Ints:
        """Persons of a roster whom the list of claims names."""
        return _persons_of(self.cast)

    @property
    def area(self) -> str:
        """The county's code."""
        return self.plan.area

    @property
    def n_on_rosters(self) -> int:
        """Persons that stand on a roster, members or not."""
        return len(self.members)

    def stream(self, part: str) -> np.random.Generator:
        """The random stream of a part of this county."""
        return stream(self.seed, self.area, part)

    def true_persons(self, who: Ints) -> Objects:
        """Names of true persons for the truth tables."""
        return np.array([f"T{self.area}-{number:07d}" for number in who], dtype=object)


def make_county(plan: CountyPlan, seed: int, as_of: date) -> County:
    """Everything that is true of one county; the same (plan, seed, as_of) always give the same."""
    members = member_cases(plan, seed)
    members["person"] = np.arange(len(members))
    entities = make_entities(plan, seed, as_of)
    organizations = make_organizations(plan, seed, as_of)
    first_worker = len(members) + N_OUTSIDERS
    people = make_people(seed, plan.area, _ages(members, plan, seed), as_of)
    rows = staff.make_staff(plan, seed, entities, first_worker, as_of)
    placement.place_members(members, entities, rows, plan.area, seed, situation.settled_day(as_of))
    placement.register_members(members, organizations, entities, plan.area, seed)
    situation.tell_situations(members, people.birth[: len(members)], plan.area, seed, as_of)
    cast = None
    if plan.n_claims:
        outsiders = np.arange(len(members), first_worker)
        cast = choose_cast(members, organizations, entities, people, outsiders, as_of)
    _register_before_the_end(members)
    placement.settle_members(members, organizations, people.town, people.village)
    _age_employments(members, rows, as_of)
    is_namesake = _make_namesakes(people, members, first_worker, plan.area, seed)
    if cast is not None:
        name_the_cast(people, cast)
    dead = _name_the_dead(people, members, _persons_of(cast), plan.area, seed)
    staff.settle_families(rows, people, seed, first_worker)
    numbers = entity_ids(entities).to_numpy(dtype=object)
    return County(plan, seed, as_of, entities, numbers, organizations, people, rows, members, is_namesake, dead, cast)


def _persons_of(cast: Cast | None) -> Ints:
    return np.empty(0, dtype=np.int64) if cast is None else cast.on_rosters()


def _ages(members: pd.DataFrame, plan: CountyPlan, seed: int) -> Ints:
    """Working age for those who work, any adult age for the others."""
    rng = stream(seed, plan.area, "ages")
    works = (members["population"] != Population.ELSEWHERE).to_numpy()
    elsewhere = np.clip(rng.normal(49, 15, len(members)), 22, 92)
    working = np.clip(rng.normal(41, 10, len(members)), 22, 64)
    others = np.clip(rng.normal(37, 11, N_OUTSIDERS + plan.n_person_rows), 18, 65)
    others[:N_OUTSIDERS] = np.clip(others[:N_OUTSIDERS], 25, 60)
    return np.concatenate([np.where(works, working, elsewhere), others]).astype(np.int64)


def _register_before_the_end(members: pd.DataFrame) -> None:
    """Who left was registered before: a later registration would say that the person came back."""
    last = members["ended_on"] - pd.Timedelta(days=10)
    members["registered_on"] = members["registered_on"].where(~(members["registered_on"] > last), last)


def _age_employments(members: pd.DataFrame, rows: staff.Staff, as_of: date) -> None:
    """Hidden members worked there when the report was due, floating ones since the clock's last day at the latest."""
    settled = members.loc[members["case"].isin(placement.MUST_BE_REGISTERED), "staff_row"].to_numpy()
    rows.since[settled] = np.minimum(rows.since[settled], situation.settled_day(as_of))


def _make_namesakes(people: People, members: pd.DataFrame, first_worker: int, area: str, seed: int) -> Bools:
    """Some workers bear the name of a member, half of them in the member's town."""
    rng = stream(seed, area, "namesakes")
    n_workers = len(people) - first_worker
    n = min(max(int(len(members) * _NAMESAKE_SHARE), 4), n_workers)
    workers = first_worker + rng.permutation(n_workers)[:n]
    models = rng.integers(0, len(members), n)
    people.copy_name(workers, models)
    near = rng.random(n) < 0.5
    people.town[workers[near]] = people.town[models[near]]
    is_namesake = np.zeros(len(people), dtype=bool)
    is_namesake[workers] = True
    return is_namesake


def _name_the_dead(people: People, members: pd.DataFrame, cast: Ints, area: str, seed: int) -> list[tuple[int, int]]:
    """Some of the dead bear the name of a living member of the same town but of another branch."""
    rng = stream(seed, area, "dead namesakes")
    cases, branch = members["case"].to_numpy(), members["branch"].to_numpy()
    dead = np.flatnonzero(cases == Case.F04)
    living = rng.permutation(np.flatnonzero((cases == Case.NORMAL) & (members["population"] == Population.ELSEWHERE)))
    living = living[~np.isin(living, cast)]
    pairs: list[tuple[int, int]] = []
    for person in dead[: max(int(len(dead) * _DEAD_NAMESAKES), 1)]:
        near = living[(people.town[living] == people.town[person]) & (branch[living] != branch[person])]
        near = near[~np.isin(near, [model for model, _ in pairs])]
        if len(near):
            people.copy_name(np.array([person]), near[:1])
            pairs.append((int(near[0]), int(person)))
    return pairs
