"""Where does each member's letter of introduction stand? Last reception and open letter per person (domain rules §1.7).

Only a reception changes the organisation; between issue and reception the sender still counts the member.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from rules.clocks import NO_DAY, first_days, last_days

#: A letter that was withdrawn, lost or replaced binds nobody.
_VOID = r"作废|撤销|撤回|遗失|补开|退回"


def _ordered(transfers: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Letters of known persons issued by `as_of`, with the days of issue and reception (0: not received by then)."""
    today = as_of.toordinal()
    received = last_days(transfers["received_on"])
    received = np.where(first_days(transfers["received_on"]) <= today, np.minimum(received, today), NO_DAY)
    known = transfers.assign(issued_day=last_days(transfers["issued_on"]), received_day=received)
    issued = first_days(known["issued_on"]) <= today
    return known[issued & known["person_id"].notna().to_numpy()]


def last_receptions(transfers: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The latest received letter of each person; index person_id, with `received_day`."""
    received = _ordered(transfers, as_of)
    received = received[received["received_day"] != NO_DAY]
    order = received.sort_values(["person_id", "received_day", "issued_day", "unique_id"], kind="stable")
    return order.drop_duplicates("person_id", keep="last").set_index("person_id")


def open_letters(transfers: pd.DataFrame, as_of: date, default_valid_days: int) -> pd.DataFrame:
    """The latest letter of each person if nobody has received it since; index person_id.

    Adds `issued_day`, `last_valid_day` (issue + validity, the default where none is stated) and `is_declared`
    (the member says to hold it). A letter issued before a later reception is settled by it.
    """
    letters = _ordered(transfers, as_of)
    received = letters.groupby("person_id")["received_day"].max()
    is_void = letters["remark"].fillna("").astype(str).str.contains(_VOID).to_numpy(dtype=bool)
    is_open = (letters["received_day"] == NO_DAY) & (letters["issued_day"] > letters["person_id"].map(received))
    waiting = letters[is_open.to_numpy(dtype=bool) & ~is_void]
    order = waiting.sort_values(["person_id", "issued_day", "unique_id"], kind="stable")
    latest = order.drop_duplicates("person_id", keep="last").set_index("person_id")
    valid_days = pd.to_numeric(latest["valid_days"], errors="coerce").fillna(default_valid_days).astype("int64")
    return latest.assign(
        last_valid_day=latest["issued_day"] + valid_days, is_declared=(latest["is_letter_in_hand"] == "yes")
    )
