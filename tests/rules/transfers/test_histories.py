"""Letters through their states: what the columns and remarks of a register say by a day."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.facts import frame_of
from rules.transfers.histories import walk_letters
from rules.transfers.states import ARRIVED, VOID, WAITING, LetterState

TODAY = date(2016, 6, 16).toordinal()


def letter(number: int = 1, **known: object) -> dict[str, object]:
    base = {"person_id": "p1", "unique_id": f"t{number}", "letter_no": str(number), "issued_on": "2016-03-01"}
    return {**base, "from_org": "甲支部", "to_org": "乙支部", "valid_days": "30", **known}


def states(*letters: dict[str, object]) -> list[str]:
    return walk_letters(frame_of("transfers", letters), TODAY, 90).letters["state"].tolist()


@pytest.mark.parametrize(
    ("known", "state"),
    [
        ({}, "expired"),
        ({"valid_days": None, "issued_on": "2016-03-18"}, "issued"),
        ({"valid_days": None, "issued_on": "2016-03-17"}, "expired"),
        ({"mode": "electronic"}, "issued"),
        ({"received_on": "2016-03-09"}, "received"),
        ({"received_on": "2016-06-17"}, "expired"),
        ({"received_on": "2016-03-09", "assigned_on": "2016-03-10"}, "assigned"),
        ({"received_on": "2016-03-09", "receipt_on": "2016-03"}, "receipt_sent"),
        ({"received_on": "2016-03-09", "filed_on": "2016-04-09"}, "closed"),
        ({"rejected_on": "2016-03-09"}, "rejected"),
        ({"lost_on": "2016-03-09"}, "letter_lost"),
        ({"voided_on": "2016-03-09"}, "revoked"),
        ({"remark": "遗失，已补开"}, "reissued"),
        ({"remark": "遗失", "received_on": "2016-03-09"}, "received"),
        ({"received_on": "2016-02-01"}, "received"),
        ({"receipt_on": "2016-03-09"}, "expired"),
    ],
)
def test_state(known: dict[str, object], state: str) -> None:
    assert states({**letter(), **known}) == [state]


def test_a_letter_that_replaces_another_ends_it() -> None:
    assert states(letter(), letter(2, issued_on="2016-06-01", replaces_no="1")) == ["reissued", "issued"]
    assert states(letter(replaces_no="1")) == ["expired"]


def test_a_letter_to_come_is_not_there_yet() -> None:
    assert states(letter(issued_on="2016-06-17")) == []


def test_every_state_has_one_who_counts() -> None:
    groups = [*WAITING, *ARRIVED, *VOID]
    assert sorted(groups) == sorted(set(LetterState) - {LetterState.NOT_ISSUED})


DAYS = st.sampled_from([None, "2015-12", "2016", "2016-03-01", "2016-03-09", "2016-05-30", "2016-07-01"])
COLUMNS = ("issued_on", "received_on", "assigned_on", "receipt_on", "filed_on", "rejected_on", "lost_on", "voided_on")


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, DAYS)), max_size=4), st.randoms())
def test_any_register_gives_states_and_the_order_of_rows_is_irrelevant(
    rows: list[dict[str, object]], chance: object
) -> None:
    letters = [letter(number, **row) for number, row in enumerate(rows)]
    frame = frame_of("transfers", letters)
    found = walk_letters(frame, TODAY, 90)
    assert found.letters["state"].isin([item.value for item in LetterState]).all()
    shuffled = walk_letters(frame.sample(frac=1, random_state=7), TODAY, 90)
    pd.testing.assert_frame_equal(found.letters, shuffled.letters)
    pd.testing.assert_frame_equal(found.steps, shuffled.steps)
    # Without a reception no letter arrives, whatever else is on the register.
    arrived = found.letters.loc[found.letters["state"].isin(ARRIVED), "received_on"]
    assert arrived.notna().all()
