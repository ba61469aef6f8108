"""Whom did people call and visit? The attempts recorded at the desk, as rows of the feed contact_log."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import case, or_, select

from data.store.frames import read_frame
from data.store.session import Store
from data.store.tables_verification import CASES, STEPS

#: Of whom (the record asked about, and its person in this book), and the columns of the feed that rules read.
CONTACT_COLUMNS = ["unique_id", "person_id", "tried_on", "channel", "outcome", "contacted_by"]


def contact_log(store: Store, area: str) -> pd.DataFrame:
    """One row an attempt that concerns an area (CONTACT_COLUMNS, `tried_on` as ISO text), in order of recording.

    Attempts of books inside and around the area count too: they are about the same record. person_id is null there,
    for persons are numbered book by book.
    """
    around = [area[:length] for length in range(1, len(area) + 1)]
    concerns = or_(STEPS.c.run_area.startswith(area, autoescape=True), STEPS.c.run_area.in_(around))
    own_person = case((STEPS.c.run_area == area, CASES.c.person_id), else_=None).label("person_id")
    columns = (CASES.c.unique_id, own_person, STEPS.c.done_on, STEPS.c.channel, STEPS.c.outcome, STEPS.c.contacted_by)
    same = (CASES.c.run_area == STEPS.c.run_area) & (CASES.c.case_id == STEPS.c.case_id)
    query = select(*columns).join_from(STEPS, CASES, same).where(concerns, STEPS.c.channel.is_not(None))
    with store.read() as connection:
        found = read_frame(connection, query.order_by(STEPS.c.step_id)).rename(columns={"done_on": "tried_on"})
    days = pd.Series([day.isoformat() for day in found["tried_on"]], index=found.index, dtype=object)
    return found.assign(tried_on=days)[CONTACT_COLUMNS]
