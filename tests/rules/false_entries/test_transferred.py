"""Received elsewhere: which rows are stale, which letters change nothing."""

from __future__ import annotations

from datetime import date

import pytest

from data.model import FeedKind
from rules.case import Case
from rules.examples.build import Row, claim, roster
from rules.facts import facts_of
from rules.false_entries.transferred import find
from rules.params import load_params

AS_OF = date(2016, 6, 16)
HERE, THERE = {"branch": "红海村党支部"}, {"branch": "文建市场党支部", "township": "文城镇"}
FAR = "中共海口市委组织部"


def letter(to_org: str, received_on: str | None, n: int = 1) -> Row:
    return {
        "person_id": "p1",
        "unique_id": f"t{n}",
        "to_org": to_org,
        "issued_on": "2015-01-04",
        "received_on": received_on,
    }


def out(**known: object) -> Row:
    return {
        "person_id": "p1",
        "unique_id": "s1",
        "name": "符一心",
        "event": "transferred_out",
        "decided_on": "2015-03-02",
        **known,
    }


def struck(entries: list[Row], transfers: list[Row] | None = None, events: list[Row] | None = None) -> dict[str, bool]:
    tables = {"entries": entries, "transfers": transfers or [], "status_events": events or []}
    found = find(Case(facts_of(frozenset(FeedKind), tables), AS_OF, load_params(AS_OF)))
    return dict(zip(found["unique_id"], found["is_false_entry"], strict=True))


@pytest.mark.parametrize(
    ("entries", "to_org", "expected"),
    [
        ([roster(**HERE)], FAR, {"e1": True}),
        ([roster(**HERE)], "中共文昌市委组织部", {}),  # the county the branch lies in
        ([roster(**HERE)], "龙楼镇党委", {}),  # the committee above it
        ([roster(**HERE), roster(**THERE)], "文昌市文城镇文建市场党支部", {"e1": True}),
        (
            [roster(**HERE), roster("p2", **THERE)],
            "文城镇文建市场党支部",
            {"e1": False},
        ),  # its roster does not list him
        ([roster(**HERE, registered_on="2015-06-01")], FAR, {}),  # registered again since
        ([claim(branch=None)], FAR, {"e1": True}),
        ([claim(branch=None), roster(**THERE)], "文城镇文建市场党支部", {}),
        ([claim(**HERE), roster(**THERE)], "文城镇文建市场党支部", {"e1": True}),
    ],
)
def test_reception_elsewhere(entries: list[Row], to_org: str, expected: dict[str, bool]) -> None:
    assert struck(entries, [letter(to_org, "2015-02-01")]) == expected


@pytest.mark.parametrize("received_on", [None, "2016-06-17"])
def test_a_letter_on_its_way_changes_nothing(received_on: str | None) -> None:
    assert struck([roster(**HERE)], [letter(FAR, received_on)]) == {}


@pytest.mark.parametrize(
    ("entries", "event", "expected"),
    [
        ([roster(id_no=None, **HERE)], out(branch="红海村党支部"), {"e1": True}),
        ([roster(**HERE), roster(**THERE)], out(branch="红海村党支部"), {"e1": True}),
        ([roster(**HERE, registered_on="2015-09")], out(branch="红海村党支部"), {}),
        ([roster(**HERE), claim(branch=None)], out(branch="红海村党支部"), {"e1": True, "e2": True}),
        ([roster(**HERE), roster(**THERE), claim(branch=None)], out(branch="红海村党支部"), {"e1": True}),
    ],
)
def test_decision_of_transfer(entries: list[Row], event: Row, expected: dict[str, bool]) -> None:
    assert struck(entries, events=[event]) == expected


def test_a_claim_resting_on_stale_rows_alone_is_stale() -> None:
    stale = roster(**HERE, remark="2015.3转出")
    assert struck([stale, claim()]) == {"e1": True, "e2": True}
    assert struck([stale, roster(**THERE), claim()]) == {"e1": True}


def test_a_remark_on_a_claim_needs_a_second_ground() -> None:
    assert struck([claim(remark="2015.3转出"), roster(**HERE)]) == {"e1": False}
    assert struck([claim(remark="2015.3转出")]) == {"e1": True}
