"""Would these rows be accepted alike on a later day? So that a night need not read again what only grew a day older.

On the day of the snapshot depend: a date of two digits for the year, or of a number in a text file, that is still to
come (unreadable until then); a date in the future (remarked on until then); a birth in an identity number that is still
to come; and the century of two-digit years, which turns with the year. All the rest is read alike whenever it is read.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.contracts.accept import Accepted
from data.contracts.field import FeedContract, ValueType
from data.contracts.packed import objects
from data.contracts.reasons.cells import DATE_UNREADABLE
from data.contracts.reasons.rows import DATE_IN_FUTURE
from data.model import IdStatus
from data.values.identifiers import id_status, with_slip_undone

_OF_THE_DAY = (DATE_UNREADABLE.code, DATE_IN_FUTURE.code)
#: What a number may be said to be while its birth is still to come.
_UNBORN = (str(IdStatus.FUTURE), str(IdStatus.CHARSET))


def holds_on(accepted: Accepted, contract: FeedContract, read_on: date, asked_on: date) -> bool:
    """Is what was accepted of a source on one day, to the last remark, what would be accepted of it on another?

    No whenever it is not certain: for an earlier day, in another year, and where a date could not be read.
    """
    if read_on == asked_on:
        return True
    if asked_on < read_on or asked_on.year != read_on.year or accepted.notes["reason_code"].isin(_OF_THE_DAY).any():
        return False
    return not _lacks_a_date(accepted.rejected, contract) and not _comes_of_age(accepted.rows, read_on, asked_on)


def _lacks_a_date(rejected: pd.DataFrame, contract: FeedContract) -> bool:
    """Was a row rejected for a date? It may be one that is still to come."""
    dated = {field.name for field in contract.fields if field.type is ValueType.DATE}
    asked = [group[0] for group in contract.needs_one_of if dated & {*group}]
    return bool(rejected["field"].isin(asked).any())


def _comes_of_age(rows: pd.DataFrame, read_on: date, asked_on: date) -> bool:
    """Does any identity number say something else on the second day?"""
    if "id_status" not in rows:
        return False
    is_asked = np.isin(objects(rows["id_status"]).astype(str), _UNBORN)
    numbers = pd.unique(objects(rows["id_no"][is_asked]))
    return any(_said(number, read_on) != _said(number, asked_on) for number in numbers)


def _said(number: str | None, on: date) -> tuple[IdStatus, str | None]:
    return id_status(number, on), None if number is None else with_slip_undone(number, on)
