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
    is_gone = classifications["primary_class"].eq(PrimaryClass.LOST) | flags.str.contains("suspended")
    rows = classifications.loc[~is_gone, ["person_id", "branch", "area", "primary_class", "flags"]]
    is_hidden = rows["flags"].str.contains(PrimaryClass.HIDDEN.value, regex=False)
    work = workplaces.reindex(rows["person_id"])[list(PLACE)].set_axis(rows.index)
    work[is_hidden] = None
    has_work = work["area"].notna().to_numpy()
    known = rows["branch"].isin(organizations["org_name"]) | (len(organizations) == 0)
    why = np.select(
        [
            rows["branch"].isna(),
            ~known,
            rows["flags"].str.contains("letter_open", regex=False),
            rows["primary_class"].eq(PrimaryClass.FLOATING) & has_work,
        ],
        REASONS,
        "",
    )
    homes = facts.members.set_index("person_id")["township"].reindex(rows["person_id"]).to_numpy(dtype=object)
    place = pd.DataFrame(
        {
            "market": work["market"],
            "village": work["village"],
            "township": np.where(has_work, work["township"], homes),
            "area": np.where(has_work, work["area"], rows["area"]),
        },
        dtype=object,
    )
    place = place.apply(none_for_null)
    found = rows[["person_id", "branch"]].assign(why=why.astype(object), **place)
    found = found[found["why"] != ""].sort_values("person_id", ignore_index=True)
    return pd.concat([found, places.seat_members(found)], axis=1)[list(NEAREST_COLUMNS)]
