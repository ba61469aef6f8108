"""Where does a member work? The strongest active employment, and by it the population the report counts (小个专)."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EntityStatus, Population
from rules.clocks import NO_DAY, first_days, last_days

#: Statuses that end an entity. Revoked but not cancelled (吊销未注销) and moved out do not.
CLOSED = (EntityStatus.CANCELLED, EntityStatus.REVOKED_CANCELLED, EntityStatus.WITHDRAWN)

_HOW_RANK = {"register": 0, "employer_text": 1}
_POPULATION_RANK = {
    Population.SMALL_ENTERPRISE.value: 0,
    Population.HOUSEHOLD_BUSINESS.value: 1,
    Population.MARKET.value: 2,
}
_LAST_RANK = 9


def active_employments(employments: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Employments of known persons that run on `as_of`: begun, not ended, at an entity that is not closed.

    A missing start is taken as begun; a closed entity without a closing date is closed.
    """
    today = as_of.toordinal()
    ended = last_days(employments["until_on"])
    closed_on = last_days(employments["ended_on"])
    is_closed = np.asarray(employments["status"].isin(CLOSED), dtype=bool) & (closed_on <= today)
    is_over = (ended != NO_DAY) & (ended <= today)
    is_begun = first_days(employments["since_on"]) <= today
    is_running = ~is_closed & ~is_over & is_begun & employments["person_id"].notna().to_numpy(dtype=bool)
    return pd.DataFrame(employments[is_running])


def strongest_employments(employments: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """One row a person with an active employment; index person_id, columns of `employments`.

    The register comes before an employer's name in text; small enterprise before household business before market;
    then the later start, then the smaller entity_id.
    """
    active = active_employments(employments, as_of)
    ranked = active.assign(
        _how=active["how"].map(_HOW_RANK).fillna(_LAST_RANK),
        _population=active["population"].map(_POPULATION_RANK).fillna(_LAST_RANK),
        _since=-first_days(active["since_on"]),
    ).sort_values(["person_id", "_how", "_population", "_since", "entity_id", "unique_id"], kind="stable")
    first = ranked.drop_duplicates("person_id").set_index("person_id")
    return first.drop(columns=["_how", "_population", "_since"])


def populations(persons: pd.Index, strongest: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Population of each person, `elsewhere` without an active employment at a counted entity."""
    found = strongest["population"].reindex(persons)
    return found.where(found.isin(list(_POPULATION_RANK)), Population.ELSEWHERE.value).to_numpy(dtype=object)
