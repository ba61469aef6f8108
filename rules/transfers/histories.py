"""What has happened to each letter by `as_of`? Steps from the register's columns and remarks, walked through states.

Partial dates are read in the register's favour: a step is earlier than another only when its last possible day is.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from rules.case import Case
from rules.clocks import NO_DAY, Days, first_days, last_days
from rules.machine import walk
from rules.transfers.states import LETTER_MACHINE, LetterEvent

Mask = npt.NDArray[np.bool_]

#: Days that follow each other on a letter's way, in order; the others only follow the issue.
_ONWARD = (
    (LetterEvent.ISSUED, "issued_on"),
    (LetterEvent.RECEIVED, "received_on"),
    (LetterEvent.ASSIGNED, "assigned_on"),
    (LetterEvent.RECEIPT_SENT, "receipt_on"),
    (LetterEvent.RECEIPT_FILED, "filed_on"),
)
_ASIDE = (
    (LetterEvent.LETTER_LOST, "lost_on"),
    (LetterEvent.REJECTED, "rejected_on"),
    (LetterEvent.REVOKED, "voided_on"),
)
#: A remark that says what became of the letter, without a day of its own.
_REMARKS = (
    (LetterEvent.LETTER_LOST, r"遗失|丢失"),
    (LetterEvent.REJECTED, r"退回|拒收"),
    (LetterEvent.REVOKED, r"作废|撤销|撤回"),
    (LetterEvent.REISSUED, r"补开|重新开具"),
)
#: After one of these the validity no longer runs.
_SETTLING = (
    LetterEvent.RECEIVED,
    LetterEvent.LETTER_LOST,
    LetterEvent.REJECTED,
    LetterEvent.REVOKED,
    LetterEvent.REISSUED,
)
#: Read as "no limit": electronic transfers have no letter that could expire, and no other limit was found.
NO_LIMIT = np.iinfo(np.int64).max


def letters_in_force(transfers: pd.DataFrame, today: int) -> pd.DataFrame:
    """Letters issued by `today`, sorted by unique_id; an issue without a day is one of an unknown day."""
    is_issued = first_days(transfers["issued_on"]) <= today
    return transfers[is_issued].sort_values("unique_id", kind="stable").reset_index(drop=True)


def last_valid_days(letters: pd.DataFrame, default_valid_days: int) -> Days:
    """The last day each letter is valid: issue + validity, the default where none is stated; NO_LIMIT where electronic
    or of an unknown day of issue."""
    issued = last_days(letters["issued_on"])
    stated = pd.to_numeric(letters["valid_days"], errors="coerce").fillna(default_valid_days).astype("int64")
    is_bound = (issued != NO_DAY) & (letters["mode"] != "electronic").to_numpy()
    return np.where(is_bound, issued + stated.to_numpy(), NO_LIMIT)


class Histories(NamedTuple):
    """letters: those in force, sorted by unique_id, with `state` (LetterState) and `last_valid_day`. steps: one row a
    step by `as_of` in the order they happened: letter (position in letters), event, day (0 unknown), is_reversed (its
    date is before the step it follows), before (the state it met), is_allowed (whether the table has it)."""

    letters: pd.DataFrame
    steps: pd.DataFrame


def histories(case: Case) -> Histories:
    """Every letter of the case and what happened to it; case.once(histories)."""
    return walk_letters(case.facts.transfers, case.today, case.params.pocket.default_valid_days.value)


def walk_letters(transfers: pd.DataFrame, today: int, default_valid_days: int) -> Histories:
    """Letters issued by `today` and their steps, walked through LETTER_MACHINE."""
    letters = letters_in_force(transfers, today)
    letters = letters.assign(last_valid_day=last_valid_days(letters, default_valid_days))
    told = pd.concat([_told_steps(letters, today), _reissues(letters)], ignore_index=True)
    found = pd.concat([told, _expiries(letters, told, today)], ignore_index=True)
    found = found.assign(code=LETTER_MACHINE.event_codes(found["event"]))
    found = found.sort_values(["letter", "day", "code"], kind="stable").reset_index(drop=True)
    start = np.zeros(len(letters), dtype=np.int64)
    walked = walk(LETTER_MACHINE, start, found["letter"].to_numpy(dtype=np.int64), found["code"].to_numpy())
    steps = found.drop(columns="code").assign(
        before=LETTER_MACHINE.state_names(walked.before), is_allowed=walked.is_allowed
    )
    return Histories(letters.assign(state=LETTER_MACHINE.state_names(walked.final)), steps)


def _told_steps(letters: pd.DataFrame, today: int) -> pd.DataFrame:
    """Steps the register tells of, each on the first day its date can mean that is not before the step it follows.

    is_reversed: the date cannot mean such a day; the step is taken all the same, and told.
    """
    parts = []
    latest = np.zeros(len(letters), dtype=np.int64)
    for event, column in _ONWARD:
        found = _dated(event, letters[column], latest, today)
        parts.append(found)
        latest[found["letter"].to_numpy()] = found["day"].to_numpy()
    issued = np.where(first_days(letters["issued_on"]) <= today, first_days(letters["issued_on"]), NO_DAY)
    parts += [_dated(event, letters[column], issued, today) for event, column in _ASIDE]
    # What a remark says without a day came before nothing: of a letter that was received it says nothing.
    is_waiting = (first_days(letters["received_on"]) == NO_DAY) | (first_days(letters["received_on"]) > today)
    remarks, columns = letters["remark"].fillna("").astype(str), dict(_ASIDE)
    for event, pattern in _REMARKS:
        says = remarks.str.contains(pattern).to_numpy(dtype=bool) & is_waiting
        if event in columns:
            says &= letters[columns[event]].isna().to_numpy()
        parts.append(_rows(event, says, issued))
    undated = _rows(LetterEvent.ISSUED, (issued == NO_DAY) & letters["issued_on"].isna().to_numpy(), issued)
    return pd.concat([undated, *parts], ignore_index=True)


def _dated(event: LetterEvent, dates: pd.Series, earliest: Days, today: int) -> pd.DataFrame:
    """The step of one column where it was taken by `today`."""
    first, last = first_days(dates), last_days(dates)
    is_told = (last != NO_DAY) & (first <= today)
    return _rows(event, is_told, np.maximum(first, earliest), last < earliest)


def _reissues(letters: pd.DataFrame) -> pd.DataFrame:
    """A letter that names an earlier one as replaced ends it, on the day of its own issue."""
    newer = letters.loc[letters["replaces_no"].notna(), ["replaces_no", "from_org", "issued_on"]]
    older = letters[["letter_no", "from_org"]].assign(letter=np.arange(len(letters))).dropna(subset=["letter_no"])
    newer = newer.assign(newer=newer.index)
    both = older.merge(newer, left_on=["letter_no", "from_org"], right_on=["replaces_no", "from_org"])
    both = both[both["letter"] != both["newer"]]
    both = both.assign(day=last_days(both["issued_on"])).sort_values(["letter", "day"]).drop_duplicates("letter")
    return both.assign(event=LetterEvent.REISSUED.value, is_reversed=False)[["letter", "event", "day", "is_reversed"]]


def _expiries(letters: pd.DataFrame, told: pd.DataFrame, today: int) -> pd.DataFrame:
    """The validity ran out by `today` with nothing settled before."""
    settling = told[told["event"].isin(_SETTLING)]
    settled = np.full(len(letters), NO_LIMIT)
    np.minimum.at(settled, settling["letter"].to_numpy(dtype=np.int64), settling["day"].to_numpy(dtype=np.int64))
    last_valid = letters["last_valid_day"].to_numpy(dtype=np.int64)
    is_expired = (last_valid < today) & (settled > last_valid)
    return _rows(LetterEvent.EXPIRED, is_expired, np.where(is_expired, last_valid + 1, NO_DAY))


def _rows(event: LetterEvent, mask: Mask, day: Days, is_reversed: Mask | None = None) -> pd.DataFrame:
    letter = np.flatnonzero(mask)
    reversed_rows = np.zeros(len(letter), dtype=bool) if is_reversed is None else is_reversed[mask]
    events = np.full(len(letter), event.value, dtype=object)
    return pd.DataFrame({"letter": letter, "event": events, "day": day[mask], "is_reversed": reversed_rows})
