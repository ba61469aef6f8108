"""Which enterprises have confirmed members and no organisation? The units that forming is about."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EntityStatus
from data.values.columns import none_for_null
from rules.clocks import first_days, last_days
from rules.forming.workers import OBSTACLES
from rules.populations import CLOSED

#: Statuses in which an enterprise is about to end or may have gone: nothing is founded there before that is settled.
CLOSING = (EntityStatus.REVOKED, EntityStatus.MOVED_OUT)
NON_PUBLIC_KINDS = ("non_public",)

#: Register columns that forming reads; key entity_id. staff is a float, NaN where no report says it.
REGISTER_COLUMNS = (
    "entity_id", "entity_name", "population", "is_non_public", "status", "ended_on", "market", "village", "township",
    "area", "section", "staff", "has_instructor",
)  # fmt: skip


def active_register(register: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Non-public enterprises, households and markets that are not closed on `as_of`, sorted by entity_id."""
    ended = np.asarray(register["status"].isin(CLOSED), dtype=bool)
    closed = ended & (last_days(register["ended_on"]) <= as_of.toordinal())
    rows = pd.DataFrame(register[~closed & register["is_non_public"].to_numpy(dtype=bool)])
    return rows.sort_values("entity_id", ignore_index=True)


def in_force(organizations: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Organisations not dissolved by `as_of`, each name once, sorted by it."""
    day = first_days(organizations["dissolved_on"])
    rows = pd.DataFrame(organizations[(day == 0) | (day > as_of.toordinal())])
    return rows.sort_values(["org_name", "org_kind", "township"], na_position="last").drop_duplicates(
        "org_name", ignore_index=True
    )


def covered(register: pd.DataFrame, organizations: pd.DataFrame, workers: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether each enterprise has an organisation: one in force names it as its unit, or a confirmed member who works
    there belongs to a branch in force of non-public enterprises (its own, or a joint one it is a unit of)."""
    named = organizations["unit_name"].dropna().str.split(r"[、,，;；]").explode().str.strip()
    names = register["entity_name"]
    is_named = names.isin(named) & ~names.duplicated(keep=False)
    branches = organizations.loc[organizations["org_kind"].isin(NON_PUBLIC_KINDS), "org_name"]
    theirs = workers.loc[workers["branch"].isin(branches), "entity_id"]
    return np.asarray(is_named | register["entity_id"].isin(theirs), dtype=bool)


def units(register: pd.DataFrame, is_covered: npt.NDArray[np.bool_], workers: pd.DataFrame,
          possible: pd.Series) -> pd.DataFrame:  # fmt: skip
    """Enterprises without an organisation that have confirmed members, sorted by entity_id.

    Adds n_members, n_formal, n_ready, n_possible, one count an obstacle among the formal members (`n_letter_open` ...)
    and is_closing.
    """
    formal = workers["is_formal"].to_numpy(dtype=bool)
    counts = pd.DataFrame({"n_members": 1, "n_formal": formal, "n_ready": workers["is_ready"].to_numpy(dtype=bool)})
    for name in OBSTACLES:
        counts[f"n_{name}"] = workers[name].to_numpy(dtype=bool) & (formal | (name == "category_unknown"))
    by_unit = counts.astype("int64").groupby(workers["entity_id"].to_numpy(dtype=object)).sum()
    found = register[~is_covered].merge(by_unit, left_on="entity_id", right_index=True)
    found["n_possible"] = found["entity_id"].map(possible).fillna(0).astype("int64")
    found["is_closing"] = found["status"].isin(CLOSING)
    place = {name: none_for_null(found[name]) for name in ("market", "village", "township", "area", "section")}
    return found.assign(**place).sort_values("entity_id", ignore_index=True)
