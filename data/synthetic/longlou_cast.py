"""Who stands on the list of fifty? Chosen persons of the town of Longlou, put into place before anything is written.

31 claims stand (27 without trouble and 4 decoys), 19 are false, over the reasons of domain rules §8.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.model import Population, PrimaryClass
from data.synthetic.cases import Case
from data.synthetic.entities import LONGLOU_TOWN
from data.synthetic.numbers import Ints
from data.synthetic.organizations import VILLAGE
from data.synthetic.people import People

N_CLEAN = 27
_MOVED_DAYS_AGO = 460
#: Reasons whose persons are invented or unknown to every roster, in the order they take their persons.
OUTSIDERS = ("F02", "F01", "F09", "F11", "F12", "F13", "F13", "F14", "F15", "F19")


@dataclass(frozen=True)
class Cast:
    """Person numbers by what the list says of them; `outsiders` in the order of OUTSIDERS."""

    clean: Ints
    numeric: Ints
    suspended: Ints
    closed_decoy: Ints
    state: Ints
    impersonated: Ints
    namesakes: Ints
    applicant: Ints
    dead: Ints
    expelled: Ints
    moved: Ints
    outsiders: Ints

    def on_rosters(self) -> Ints:
        """Everybody of the cast who stands on a roster."""
        return np.concatenate([getattr(self, field.name) for field in fields(self) if field.name != "outsiders"])


def choose_cast(
    members: pd.DataFrame,
    organizations: pd.DataFrame,
    entities: pd.DataFrame,
    people: People,
    outsiders: Ints,
    as_of: date,
) -> Cast:
    """Choose the cast and register those without a workplace in the branches of Longlou (changes members, people)."""
    works = members[members["population"] != Population.ELSEWHERE]
    near = works[entities["town"].to_numpy()[works["entity"].to_numpy()] == LONGLOU_TOWN]
    normal = near.loc[near["klass"] == PrimaryClass.NORMAL, "person"].to_numpy()
    # The number that a spreadsheet ruins must be all digits: an X makes no number cell.
    numeric = normal[people.identity[normal, 17] != ord("X")][:1]
    at_home = members[(members["population"] == Population.ELSEWHERE) & (members["case"] == Case.NORMAL)][
        "person"
    ].to_numpy()
    stale = {
        case: members.loc[members["case"] == case, "person"].to_numpy()[::-1]
        for case in (Case.F01, Case.F04, Case.F05, Case.F08)
    }
    cast = Cast(
        clean=normal[normal != numeric][:N_CLEAN],
        numeric=numeric,
        suspended=near.loc[near["case"] == Case.LOST_SUSPENDED, "person"].to_numpy()[:1],
        closed_decoy=at_home[:1],
        state=at_home[1:3],
        impersonated=at_home[3:4],
        namesakes=at_home[4:6],
        applicant=stale[Case.F01][:1],
        dead=stale[Case.F04][:2],
        expelled=stale[Case.F05][:1],
        moved=stale[Case.F08][:2],
        outsiders=_strangers(people, outsiders, len(members)),
    )
    _register_in_longlou(members, organizations, cast)
    _let_the_roster_show(members, cast, as_of)
    return cast


def name_the_cast(people: People, cast: Cast) -> None:
    """Two outsiders bear the names of two members of the same branches."""
    people.copy_name(cast.outsiders[[place for place, code in enumerate(OUTSIDERS) if code == "F13"]], cast.namesakes)


def _strangers(people: People, outsiders: Ints, n_on_rosters: int) -> Ints:
    """Outsiders whose names no roster has."""
    known = set(people.names(np.arange(n_on_rosters)))
    names = people.names(outsiders)
    strange = np.array([name not in known for name in names]) & ~pd.Series(names).duplicated(keep=False).to_numpy()
    return outsiders[strange][: len(OUTSIDERS)]


def _register_in_longlou(members: pd.DataFrame, organizations: pd.DataFrame, cast: Cast) -> None:
    local = organizations[(organizations["town"] == LONGLOU_TOWN) & ~organizations["is_silent"]]
    villages = local.index[local["kind"] == VILLAGE].to_numpy()
    offices = [local.index[local["kind"] == kind][0] for kind in ("党政机关", "学校")]
    groups = (
        cast.closed_decoy,
        cast.impersonated,
        cast.namesakes,
        cast.applicant,
        cast.dead,
        cast.expelled,
        cast.moved,
    )
    persons = np.concatenate(groups)
    members.loc[persons, "branch"] = villages[np.arange(len(persons)) % len(villages)]
    members.loc[cast.state, "branch"] = offices


def _let_the_roster_show(members: pd.DataFrame, cast: Cast, as_of: date) -> None:
    """The rosters themselves tell why these are no members, so that a check against rosters alone can see it."""
    moved_on = as_of - timedelta(days=_MOVED_DAYS_AGO)
    members.loc[cast.moved, "ended_on"] = pd.Timestamp(moved_on)
    for persons, label, text in (
        (cast.dead, "死亡", "已去世"),
        (cast.expelled, "开除", "已开除党籍"),
        (cast.moved, "已转出", f"{moved_on.year}.{moved_on.month}转出至海口市"),
    ):
        members.loc[persons, ["party_status", "remark"]] = [label, text]
    members.loc[cast.dead[1:], "party_status"] = "正常"
    members.loc[cast.moved[1:], "remark"] = ""
    members.loc[cast.applicant, "category"] = "入党积极分子"
