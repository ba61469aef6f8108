"""Where does each member's letter of introduction stand? Last reception and open letter per person (domain rules §1.7).

Only a reception changes the organisation; between issue and reception the sender still counts the member.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from rules.case import Case
from rules.clocks import NO_DAY, first_days, last_days
from rules.transfers.histories import walk_letters
from rules.transfers.states import WAITING


def _ordered(letters: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Letters of known persons, with the days of issue and reception (0: not received by then)."""
    today = as_of.toordinal()
    received = last_days(letters["received_on"])
    received = np.where(first_days(letters["received_on"]) <= today, np.minimum(received, today), NO_DAY)
    known = letters.assign(issued_day=last_days(letters["issued_on"]), received_day=received)
    issued = first_days(known["issued_on"]) <= today
    return known[issued & known["person_id"].notna().to_numpy()]


def last_receptions(transfers: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The latest received letter of each person; index person_id, with `received_day`."""
    received = _ordered(transfers, as_of)
    received = received[received["received_day"] != NO_DAY]
    order = received.sort_values(["person_id", "received_day", "issued_day", "unique_id"], kind="stable")
    return order.drop_duplicates("person_id", keep="last").set_index("person_id")


def receptions(case: Case) -> pd.DataFrame:
    """Last reception of each person; case.once(receptions)."""
    return last_receptions(case.facts.transfers, case.as_of)


def waiting_letters(transfers: pd.DataFrame, as_of: date, default_valid_days: int) -> pd.DataFrame:
    """Letters of known persons that nobody has received: issued or expired, not lost, rejected, reissued or revoked,
    and not settled by a later reception of the person.

    Adds `issued_day`, `last_valid_day` (issue + validity, the default where none is stated) and `is_declared` (the
    member says to hold the letter; an electronic transfer has none).
    """
    states = walk_letters(transfers, as_of.toordinal(), default_valid_days).letters
    letters = _ordered(states, as_of)
    received = letters.groupby("person_id")["received_day"].max()
    is_later = letters["issued_day"] > letters["person_id"].map(received)
    waiting = letters[is_later.to_numpy(dtype=bool) & letters["state"].isin(WAITING).to_numpy()]
    is_declared = (waiting["is_letter_in_hand"] == "yes") & (waiting["mode"] != "electronic")
    order = waiting.assign(is_declared=is_declared)
    return order.sort_values(["person_id", "issued_day", "unique_id"], kind="stable")


def open_letters(transfers: pd.DataFrame, as_of: date, default_valid_days: int) -> pd.DataFrame:
    """The latest waiting letter of each person (columns of `waiting_letters`); index person_id."""
    waiting = waiting_letters(transfers, as_of, default_valid_days)
    return waiting.drop_duplicates("person_id", keep="last").set_index("person_id")
