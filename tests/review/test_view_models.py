"""A card shows what was stored, nothing more."""

from __future__ import annotations

import json

import pytest

from data.model import QueueKind, QueueState
from review.view_models import Candidate, card
from tests.review.builders import stored


def test_card() -> None:
    found = card(stored("x", "y", shown=json.dumps({"name": "王晓明", "mobile": None, "row": 7})))
    assert (found.item_id, found.kind, found.state, found.version) == ("q1", QueueKind.MATCH, QueueState.OPEN, 1)
    assert found.shown == {"name": "王晓明", "row": 7}
    shown = {"name": "王小明", "id": "460025********1234"}
    assert found.candidates[1] == Candidate(2, "y", 3.5, 0.9, "+姓名", shown)


@pytest.mark.parametrize(("number", "expected"), [(0, None), (1, "x"), (2, "y"), (3, None), (-1, None)])
def test_candidate_by_key(number: int, expected: str | None) -> None:
    found = card(stored("x", "y")).candidate(number)
    assert (None if found is None else found.unique_id) == expected


def test_a_record_no_longer_in_the_feeds() -> None:
    gone = json.dumps([{"unique_id": "x", "weight": None, "probability": None, "match_key": "", "shown": None}])
    found = card(stored(candidates=gone, shown=None))
    assert found.shown == {}
    assert found.candidates == (Candidate(1, "x", None, None, "", {}),)
