"""How do the leads stand? Counts by way, channel and outcome, in both directions; nobody is named."""

from __future__ import annotations

import pandas as pd

from data.contracts.field import Codes
from data.contracts.lead_feed import LEAD_CHANNELS, LEAD_OUTCOMES, LEAD_WAYS

_SELF = "self"


def lead_counts(leads: pd.DataFrame) -> dict[str, int | dict[str, int]]:
    """Leads in all, those that speak of a member of a roster, those that came from the person (党员找组织, the others
    are 组织找党员), and how many by way, channel and outcome: every code is there, '' counts what was not stated."""
    return {
        "n": len(leads),
        "n_of_members": int(leads["person_id"].notna().sum()),
        "n_self_reported": int(leads["informant"].eq(_SELF).sum()),
        "by_way": _counts(leads["way"], LEAD_WAYS),
        "by_channel": _counts(leads["channel"], LEAD_CHANNELS),
        "by_outcome": _counts(leads["outcome"], LEAD_OUTCOMES),
    }


def _counts(column: pd.Series, codes: Codes) -> dict[str, int]:
    found = column.fillna("").value_counts()
    return {name: int(found.get(name, 0)) for name in (*dict.fromkeys(value for _, value in codes), "")}
