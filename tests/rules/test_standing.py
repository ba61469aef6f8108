"""Statuses of persons: what a document needs to agree with, and what takes a status back."""

from __future__ import annotations

from datetime import date

import pytest

from data.model import FeedKind
from rules.case import Case
from rules.examples.build import MAN_1900, MAN_1902, Row, claim, roster
from rules.facts import facts_of
from rules.params import load_params
from rules.standing import marks

AS_OF = date(2016, 6, 16)


def event(kind: str = "deceased", **known: object) -> Row:
    base = {"person_id": "p1", "unique_id": "s1", "name": "符一心", "id_no": MAN_1900, "event": kind}
    return {**base, "decided_on": "2015-03-02", "branch": "红海村党支部", **known}


def grades(entries: list[Row], events: list[Row]) -> dict[str, str]:
    facts = facts_of(frozenset(FeedKind), {"entries": entries, "status_events": events})
    found = marks(Case(facts, AS_OF, load_params(AS_OF)))
    return dict(zip(found["unique_id"], found["grade"], strict=True))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, {"e1": "A"}),
        ({"id_no": "469005190001010021"}, {"e1": "A"}),  # two neighbours of the number swapped
        ({"name": "符一新"}, {"e1": "A"}),
        ({"name": None}, {"e1": "A"}),
        ({"id_no": MAN_1902}, {}),
        ({"id_no": None}, {"e1": "A"}),
        ({"id_no": None, "branch": None}, {"e1": "B"}),
        ({"id_no": None, "branch": "文建市场党支部"}, {"e1": "B"}),
        ({"name": "韩三木"}, {"e1": "B"}),
        ({"decided_on": "2016-06-17"}, {}),
        ({"decided_on": None}, {"e1": "A"}),
        ({"event": None}, {}),
    ],
)
def test_agreement_of_a_document(known: Row, expected: dict[str, str]) -> None:
    assert grades([roster(id_no=MAN_1900)], [event(**known)]) == expected


def test_a_status_spreads_over_all_entries_of_the_person_only() -> None:
    entries = [roster(id_no=MAN_1900), claim(id_no=MAN_1900), roster("p2", id_no=MAN_1902)]
    assert grades(entries, [event()]) == {"e1": "A", "e2": "A"}


@pytest.mark.parametrize(
    ("kind", "restored_on", "stands"),
    [
        ("removed", "2015-03-02", False),
        ("removed", "2015-03-01", True),
        ("removed", None, False),
        ("suspended", "2016-01-01", False),
        ("deceased", "2016-01-01", True),
    ],
)
def test_a_later_restoration_takes_back(kind: str, restored_on: str | None, stands: bool) -> None:
    restored = event("restored", unique_id="s2", decided_on=restored_on)
    assert bool(grades([roster(id_no=MAN_1900)], [event(kind), restored])) is stands


def test_a_remark_on_a_row_without_a_person_marks_that_row_alone() -> None:
    entries = [roster(None, remark="已去世"), roster(None)]
    assert grades(entries, []) == {"e1": "A"}


def test_a_remark_on_a_claim_is_no_document() -> None:
    assert grades([claim(remark="已去世"), roster()], []) == {"e1": "B"}
