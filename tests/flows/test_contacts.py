"""Attempts recorded at the desk are counted in the next run, for whoever has the record by then."""

from __future__ import annotations

import pandas as pd

from data.store.contacts import CONTACT_COLUMNS
from flows.facts import _contacts
from rules.facts import FACT_COLUMNS

_LINKS = pd.DataFrame({"unique_id": ["a", "b"], "person_id": ["P1", "P2"]}, dtype=object)
_FEED = pd.DataFrame(
    [{"person_id": "P2", "tried_on": "2016-05", "channel": "visit", "outcome": "reached", "contacted_by": "陈"}]
)


def _recorded(unique_id: str, person_id: str | None) -> pd.DataFrame:
    row = [unique_id, person_id, "2016-06-16", "phone", "not_reached", "王"]
    return pd.DataFrame([row], columns=CONTACT_COLUMNS, dtype=object)


def _persons(recorded: pd.DataFrame | None) -> list[str | None]:
    found = _contacts(_FEED, recorded, _LINKS)
    assert set(FACT_COLUMNS["contacts"]) <= set(found.columns)
    return list(found["person_id"])


def test_the_record_says_whose_attempt_it_is_now() -> None:
    assert _persons(_recorded("a", "P9")) == ["P2", "P1"]
    assert _persons(_recorded("b", "P1")) == ["P2", "P2"]


def test_of_an_edited_record_the_person_counts_if_still_there() -> None:
    assert _persons(_recorded("gone", "P1")) == ["P2", "P1"]
    assert _persons(_recorded("gone", "P9")) == ["P2", None]
    assert _persons(_recorded("gone", None)) == ["P2", None]


def test_without_any_the_feed_stands() -> None:
    assert _persons(None) == _persons(_recorded("a", "P1").head(0)) == ["P2"]
