"""Which confirmed members work where, and what stands in the way of counting them? Never an inferred membership.

A member is on a roster; the workplace is a certain or analyst-confirmed link to a person at the enterprise, or an
employer's name on the roster that certainly means it. Hidden members are left out altogether: a proposal lists its
members to others, and theirs is a private matter of their own branch (guard-rail 4).
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.model import PrimaryClass
from rules.facts import Facts
from rules.populations import strongest_employments

#: Why a member does not count yet, in the order in which a reader should settle it.
OBSTACLES = ("false_entry", "double_counted", "letter_open", "floating", "category_unknown")

WORKER_COLUMNS = ("person_id", "entity_id", "branch", "is_formal", "is_ready", *OBSTACLES)


def workers(facts: Facts, classifications: pd.DataFrame, findings: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """One row a member who may be counted at an enterprise, sorted by person_id; columns WORKER_COLUMNS.

    Left out: lost, hidden and suspended members, and those whose every entry is proposed to be struck out (they have no
    classification). is_formal: 正式党员. is_ready: formal and without any obstacle; the obstacles are booleans.
    """
    work = strongest_employments(facts.employments, as_of)["entity_id"].rename("entity_id").reset_index()
    flags = classifications["flags"].fillna("")
    known = classifications[["person_id", "primary_class", "branch"]].assign(
        has_left=_has(flags, "suspended") | classifications["primary_class"].eq(PrimaryClass.LOST).to_numpy(),
        is_hidden=_has(flags, PrimaryClass.HIDDEN.value),
        letter_open=_has(flags, "letter_open", PrimaryClass.POCKET.value),
        floating=_has(flags, PrimaryClass.FLOATING.value),
    )
    known = known[~known["has_left"] & ~known["is_hidden"]]
    members = facts.members[["person_id", "category", "n_branches"]]
    found = work.merge(known, on="person_id").merge(members, on="person_id")
    struck = findings.loc[findings["is_false_entry"].astype(bool), "person_id"].dropna()
    found = found.assign(
        false_entry=found["person_id"].isin(struck),
        double_counted=found["n_branches"] > 1,
        category_unknown=~found["category"].isin(["formal", "probationary"]),
        is_formal=found["category"].eq("formal"),
    )
    hindered = found[list(OBSTACLES)].to_numpy(dtype=bool).any(axis=1)
    found = found.assign(is_ready=found["is_formal"].to_numpy() & ~hindered)
    return found[list(WORKER_COLUMNS)].sort_values("person_id", ignore_index=True)


def possible_members(pairs: pd.DataFrame, links: pd.DataFrame, members: pd.Series, staff: pd.Series) -> pd.Series:
    """How many members might work at an enterprise but are not confirmed there; index entity_id.

    pairs: GRADED_PAIRS. links: LINKS. members: person_ids on rosters. staff: entity_id of every record of a person at
    an enterprise, index unique_id.
    """
    open_pairs = pairs.loc[pairs["grade"] == "possible", ["unique_id_l", "unique_id_r"]]
    turned = open_pairs.rename(columns={"unique_id_l": "unique_id_r", "unique_id_r": "unique_id_l"})
    both = pd.concat([open_pairs, turned], ignore_index=True)
    person = links.set_index("unique_id")["person_id"]
    both = both.assign(
        person_id=both["unique_id_l"].map(person),
        other=both["unique_id_r"].map(person),
        entity_id=both["unique_id_r"].map(staff.dropna()),
    )
    both = both[both["person_id"].isin(members) & both["entity_id"].notna() & (both["other"] != both["person_id"])]
    return both.drop_duplicates(["person_id", "entity_id"]).groupby("entity_id").size().rename("n_possible")


def _has(flags: pd.Series, *names: str) -> np.ndarray:
    """Rows whose flags have any of the names; each distinct combination is looked at once."""
    hits = {text: any(name in text.split("|") for name in names) for text in flags.unique()}
    return flags.map(hits).to_numpy(dtype=bool)
