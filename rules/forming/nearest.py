"""Where is the nearest suitable branch for a member without one, or far from it? (C29)"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import PrimaryClass
from data.values.columns import none_for_null
from rules.facts import Facts
from rules.forming.hosts import Places
from rules.forming.places import PLACE

#: Why a member is shown a branch; the first that holds is named.
REASONS = ("no_branch", "branch_unlisted", "letter_open", "floating")
NEAREST_COLUMNS = ("person_id", "why", "area", "township", "branch", "host", "level")


def nearest_branches(facts: Facts, classifications: pd.DataFrame, workplaces: pd.DataFrame,
                     organizations: pd.DataFrame, places: Places) -> pd.DataFrame:  # fmt: skip
    """One row a member who needs a branch nearby, sorted by person_id; columns NEAREST_COLUMNS, `host` and `level`
    null where nothing near has room.

    Who: members without a branch; whose branch no list of organisations in force has (if a list was supplied); whose
    letter nobody received; floating members who work here. The workplace (index person_id: market, village, township,
    area) says where, else the township the member lives in; a hidden member's workplace is never used (guard-rail 4).
    """
    flags = classifications["flags"].fillna("")
    is_gone = classifications["primary_class"].eq(PrimaryClass.LOST) | _says(flags, "suspended")
    rows = classifications[["person_id", "branch", "area", "primary_class"]].assign(flags=flags)[~is_gone]
    at_work = workplaces.loc[workplaces["area"].notna(), list(PLACE)]
    has_work = rows["person_id"].isin(at_work.index) & ~_says(rows["flags"], PrimaryClass.HIDDEN.value)
    known = rows["branch"].isin(organizations["org_name"]) | (len(organizations) == 0)
    why = np.select(
        [
            rows["branch"].isna(),
            ~known,
            _says(rows["flags"], "letter_open"),
            rows["primary_class"].eq(PrimaryClass.FLOATING) & has_work,
        ],
        REASONS,
        "",
    )
    found = rows.assign(why=why.astype(object), has_work=has_work)[why != ""].sort_values(
        "person_id", ignore_index=True
    )
    found = found[["person_id", "branch", "why"]].assign(**_places(found, at_work, facts.members))
    return pd.concat([found, places.seat_members(found)], axis=1)[list(NEAREST_COLUMNS)]


def _places(found: pd.DataFrame, at_work: pd.DataFrame, members: pd.DataFrame) -> dict[str, pd.Series]:
    """The place of each of these members, by column: of the workplace, or of the home."""
    work = at_work.reindex(found["person_id"]).set_axis(found.index)
    work[~found["has_work"]] = None
    members = members[members["person_id"].isin(found["person_id"])]
    homes = members.set_index("person_id")["township"].reindex(found["person_id"]).to_numpy(dtype=object)
    work["township"] = np.where(found["has_work"], work["township"], homes)
    work["area"] = np.where(found["has_work"], work["area"], found["area"])
    return {name: none_for_null(work[name]) for name in PLACE}


def _says(flags: pd.Series, word: str) -> np.ndarray:
    """Rows whose flags have the word in them; each distinct combination is looked at once."""
    return flags.map({text: word in text for text in flags.unique()}).to_numpy(dtype=bool)
