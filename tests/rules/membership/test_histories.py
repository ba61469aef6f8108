"""Memberships through their states: decisions and the roster's dates, in whatever order the rows come."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import FeedKind, StatusEvent
from rules.case import Case
from rules.examples.build import MAN_1900, Row, roster
from rules.facts import facts_of
from rules.membership.histories import Memberships, memberships
from rules.membership.states import MemberState
from rules.params import load_params

AS_OF = date(2016, 6, 16)


def event(name: str, on: str | None, number: int = 1) -> Row:
    who = {"person_id": "p1", "unique_id": f"s{number}", "name": "符一心", "id_no": MAN_1900}
    return {**who, "event": name, "decided_on": on}


def walked(events: list[Row], **row: object) -> Memberships:
    entry = {**roster(id_no=MAN_1900), **row}
    facts = facts_of(frozenset(FeedKind), {"entries": [entry], "status_events": events})
    return memberships(Case(facts, AS_OF, load_params(AS_OF)))


DATES = {"join_on": "1990-07-01", "full_on": "1991-07-01"}


@pytest.mark.parametrize(
    ("events", "row", "state", "n_wrong"),
    [
        ([("suspended", "2015-01-05")], DATES, "suspended", 0),
        ([("suspended", "2015-01-05"), ("restored", "2015-09-05")], DATES, "restored", 0),
        ([("restored", "2015-09"), ("suspended", "2015-09-20")], DATES, "restored", 0),
        ([("removed", "2015-01-05"), ("restored", "2015-09-05")], DATES, "removed", 1),
        ([("removed", "2005-01-05")], {"join_on": "2010-07-01", "full_on": "2011-07-01"}, "formal", 0),
        ([("expelled", "2017-01-05")], DATES, None, 0),
        ([("converted", "2015-07-01")], {"join_on": "2014-07-01", "category": "probationary"}, "formal", 0),
        ([("probation_cancelled", "2015-01-05")], DATES, "formal", 1),
        ([("never_admitted", "2015-01-05")], {"category": "activist"}, "never_admitted", 0),
        ([("deceased", "2015-01-05"), ("transferred_out", "2015-09-05")], DATES, "deceased", 1),
        ([("transferred_out", "2015-09-05")], DATES, "formal", 0),
    ],
)
def test_state(events: list[tuple[str, str]], row: Row, state: str | None, n_wrong: int) -> None:
    found = walked([event(name, on, n) for n, (name, on) in enumerate(events)], **row)
    assert found.states.get("p1") == state
    assert (~found.steps["is_allowed"].astype(bool)).sum() == n_wrong


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from(list(StatusEvent)), st.sampled_from([None, "2014", "2015-03", "2015-03-02", "2016"])),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["formal", "probationary", "activist", None]),
    st.integers(0, 9),
)
def test_any_sequence_gives_a_state_and_the_order_of_rows_is_irrelevant(
    events: list[tuple[StatusEvent, str | None]], category: str | None, seed: int
) -> None:
    rows = [event(name.value, on, n) for n, (name, on) in enumerate(events)]
    found = walked(rows, category=category)
    assert found.states["p1"] in [item.value for item in MemberState]
    order = pd.Series(range(len(rows))).sample(frac=1, random_state=seed)
    again = walked([rows[at] for at in order], category=category)
    assert again.states.to_dict() == found.states.to_dict()
    pd.testing.assert_frame_equal(
        again.steps[["event", "before", "is_allowed"]], found.steps[["event", "before", "is_allowed"]]
    )
