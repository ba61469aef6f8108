"""What could be formed, on whose strength, and what stands in the way? Proposals for a person to decide, never facts.

The five forms of the report: 单独组建、区域联建、行业统建、挂靠组建、派员组建 (domain rules §2.2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.digests import spelled
from data.values.columns import none_for_null
from rules.forming.grouping import DEFAULT, SECONDS_PER_PART, Grouping, Method, by_place, by_trade, grouped
from rules.forming.hosts import Places
from rules.forming.instance import NOWHERE, Instance, Ints
from rules.forming.places import Level
from rules.forming.workers import OBSTACLES
from rules.params.forming import Forming


class Form(StrEnum):
    """How an organisation comes to an enterprise."""

    OWN = "own"
    AREA_JOINT = "area_joint"
    TRADE_JOINT = "trade_joint"
    ATTACHED = "attached"
    INSTRUCTOR = "instructor"


#: What blocks a proposal, beside the obstacles of its members (`rules.forming.workers.OBSTACLES`).
BLOCKS = (*OBSTACLES, "unconfirmed_members", "unit_closing", "too_many_members")

_COUNTS = ("n_members", "n_formal", "n_ready", *(f"n_{name}" for name in OBSTACLES))
PROPOSAL_COLUMNS = (
    "proposal_id", "form", "is_blocked", "blocks", "area", "township", "level", "n_units", "n_members", "n_formal",
    "n_ready", "host", "units", "members", "state_key",
)  # fmt: skip


@dataclass(frozen=True)
class Proposed:
    """proposals: one row a proposal, key proposal_id. units: entity_id, proposal_id of every unit. grouping: how the
    joint branches by place were found."""

    proposals: pd.DataFrame
    units: pd.DataFrame
    grouping: Grouping


def propose(units: pd.DataFrame, without_members: pd.DataFrame, workers: pd.DataFrame, places: Places,
            trade_areas: frozenset[str], limits: Forming, method: Method = DEFAULT,
            seconds: float = SECONDS_PER_PART) -> Proposed:  # fmt: skip
    """A proposal for every unit without an organisation, each unit in exactly one.

    units: `rules.forming.units.units`. without_members: enterprises without an organisation, a confirmed member or an
    instructor that are large enough for one (columns of the register). trade_areas: counties with an association that
    can hold branches of a trade. places: free places of hosts; what is given away here is gone for others.
    """
    rows = units.assign(form=None, number=NOWHERE, level=None, host=None).astype({"form": object, "host": object})
    is_own = (rows["n_formal"] >= limits.min_formal.value).to_numpy()
    _set(rows, is_own, Form.OWN, np.arange(int(is_own.sum())))
    # Joint branches keep to `max_members` whoever joins: five units of ten members each at the most.
    is_small = ~is_own & (rows["n_members"] <= limits.max_members.value // limits.max_units.value).to_numpy()
    area = _group(rows, is_small, Form.AREA_JOINT, by_place, limits, method, seconds)
    is_trade = is_small & rows["form"].isna().to_numpy() & rows["area"].isin(trade_areas).to_numpy()
    _group(rows, is_trade, Form.TRADE_JOINT, by_trade, limits, method, seconds)
    left = rows.index[rows["form"].isna()]
    found = places.attach_units(rows.loc[left])
    rows.loc[left, ["host", "level"]] = found[["host", "level"]]
    is_left = rows["form"].isna().to_numpy()
    has_host = rows["host"].notna().to_numpy()
    _set(rows, is_left & has_host, Form.ATTACHED, None)
    _set(rows, is_left & ~has_host, Form.INSTRUCTOR, None)
    rows = pd.concat([rows, _incubated(without_members)], ignore_index=True)
    _set(rows, rows["form"].eq(Form.INSTRUCTOR).to_numpy(), Form.INSTRUCTOR, None)
    proposals, member_of = _proposals(rows, workers, limits)
    return Proposed(proposals, member_of, area)


def _set(rows: pd.DataFrame, mask: npt.NDArray[np.bool_], form: Form, numbers: Ints | None) -> None:
    """Units of `mask` get the form and a proposal of their own, or the numbers given."""
    rows.loc[mask, "form"] = str(form)
    rows.loc[mask, "number"] = np.arange(int(mask.sum())) if numbers is None else numbers


def _group(
    rows: pd.DataFrame,
    mask: npt.NDArray[np.bool_],
    form: Form,
    instance_of: Callable[[pd.DataFrame, Forming], Instance],
    limits: Forming,
    method: Method,
    seconds: float,
) -> Grouping:
    """Joint branches among the units of `mask`; those that found none keep no form."""
    candidates = rows.index[mask]
    instance = instance_of(rows.loc[candidates], limits)
    grouping = grouped(instance, method, seconds)
    is_in = grouping.group != NOWHERE
    number = grouping.group[is_in]
    rows.loc[candidates[is_in], "form"], rows.loc[candidates[is_in], "number"] = str(form), number
    words = dict.fromkeys(np.unique(number).tolist(), "trade")
    if form is Form.AREA_JOINT:
        words = {g: Level(instance.level_of(np.flatnonzero(grouping.group == g))).name.lower() for g in words}
    rows.loc[candidates[is_in], "level"] = [words[g] for g in number]
    return grouping


def _incubated(entities: pd.DataFrame) -> pd.DataFrame:
    """Enterprises without confirmed members that get an instructor; all counts are 0."""
    zeros = {name: np.zeros(len(entities), dtype=np.int64) for name in _COUNTS}
    rows = entities.assign(form=str(Form.INSTRUCTOR), number=NOWHERE, level=None, host=None, **zeros)
    return rows.astype({"form": object, "level": object, "host": object})


def _proposals(rows: pd.DataFrame, workers: pd.DataFrame, limits: Forming) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = rows.sort_values("entity_id", ignore_index=True)
    own = rows["n_formal"] >= limits.min_formal.value
    # Confirming who is only possible, or settling a category, would give such a unit a branch of its own.
    may_be_own = rows["n_formal"] + rows["n_possible"] + rows["n_category_unknown"] >= limits.min_formal.value
    rows = rows.assign(n_may_be_own=(may_be_own & ~own & (rows["n_possible"] > 0)).astype("int64"))
    rows["n_unsettled"] = (may_be_own & ~own & (rows["n_category_unknown"] > 0)).astype("int64")
    rows["n_closing"] = rows["is_closing"].astype("int64")
    by = rows.groupby(["form", "number"], sort=True)
    found = by[[*_COUNTS, "n_may_be_own", "n_unsettled", "n_closing"]].sum()
    first = rows.drop_duplicates(["form", "number"]).set_index(["form", "number"])[
        ["area", "township", "level", "host"]
    ]
    found = found.join(first).assign(n_units=by.size(), units=by["entity_id"].agg("|".join))
    found = found.reset_index()
    at = rows.merge(found[["form", "number"]].assign(place=np.arange(len(found))), on=["form", "number"])
    people = workers.merge(at[["entity_id", "place"]], on="entity_id").sort_values(["place", "person_id"])
    found["members"] = people.groupby("place")["person_id"].agg("|".join).reindex(range(len(found))).fillna("")
    found["blocks"] = _blocks(found, limits)
    found["is_blocked"] = found["blocks"] != ""
    found["proposal_id"] = _digests(found, ("form", "units", "host"), "P")
    found["state_key"] = found["proposal_id"] + "." + _digests(found, ("members", "blocks"), "")
    joint = found["n_units"] > 1
    found["township"] = found["township"].mask(joint & found["level"].eq("trade"), None).astype(object)
    member_of = at[["entity_id", "place"]].assign(proposal_id=found["proposal_id"].to_numpy()[at["place"]])
    order = found.sort_values("proposal_id", ignore_index=True)
    texts = ("township", "level", "host", "area")
    order = order.assign(**{name: none_for_null(order[name]) for name in texts})
    return order[list(PROPOSAL_COLUMNS)], member_of[["entity_id", "proposal_id"]]


def _blocks(found: pd.DataFrame, limits: Forming) -> np.ndarray:
    """Codes of BLOCKS joined by `|`. An obstacle of a member blocks where too few are left without one: `min_formal`
    for a branch, one for a unit that attaches."""
    is_branch = found["form"].isin([Form.OWN, Form.AREA_JOINT, Form.TRADE_JOINT])
    needed = np.where(is_branch, limits.min_formal.value, np.where(found["n_formal"] > 0, 1, 0))
    is_short = (found["n_ready"] < needed).to_numpy()
    held = {name: is_short & (found[f"n_{name}"] > 0).to_numpy() for name in OBSTACLES}
    held["category_unknown"] = (found["n_unsettled"] > 0).to_numpy()
    held["unconfirmed_members"] = (found["n_may_be_own"] > 0).to_numpy()
    held["unit_closing"] = (found["n_closing"] > 0).to_numpy()
    held["too_many_members"] = (found["n_members"] > limits.max_members.value).to_numpy()
    texts = np.full(len(found), "", dtype=object)
    for name in BLOCKS:
        texts = np.where(held[name], np.where(texts == "", name, texts + "|" + name), texts)
    return texts


def _digests(rows: pd.DataFrame, names: tuple[str, ...], prefix: str) -> pd.Series:
    texts = ("\x1f".join("" if text is None else str(text) for text in row) for row in rows[list(names)].to_numpy())
    keys = [prefix + spelled(hashlib.blake2b(text.encode(), digest_size=8).hexdigest()) for text in texts]
    return pd.Series(keys, index=rows.index, dtype=object)
