"""A card shows what was stored, nothing more."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from data.model import QueueKind, QueueState
from reports.candidates import candidate_json, turned_marks
from review.view_models import Candidate, Mark, card
from tests.review.builders import stored


def test_card() -> None:
    found = card(stored("x", "y", shown=json.dumps({"name": "王晓明", "mobile": None, "row": 7})))
    assert (found.item_id, found.kind, found.state, found.version) == ("q1", QueueKind.MATCH, QueueState.OPEN, 1)
    assert found.shown == {"name": "王晓明", "row": 7}
    shown = {"name": "王小明", "id": "460025********1234"}
    assert found.candidates[1] == Candidate(2, "y", 3.5, 0.9, "+姓名", shown)


def test_marks_say_where_two_values_differ() -> None:
    marks = [["id_no", 11, 12, "换位", "r"], ["id_no", 12, 11, "换位", "r"], ["name", 1, None, "缺字", None]]
    marks.append(["birth", None, None, "缺日", None])
    kept = {
        "unique_id": "x",
        "weight": 9.5,
        "probability": 0.9,
        "match_key": "+证件(换位)",
        "shown": None,
        "marks": marks,
    }
    found = card(stored(candidates=json.dumps([kept]))).candidates[0]
    assert found.marks_of("id") == (Mark("id", 11, 12, "换位", "candidate"), Mark("id", 12, 11, "换位", "candidate"))
    assert found.marks_of("name") == (Mark("name", 1, None, "缺字", None),)
    assert found.marks_of("birth") == (Mark("birth", None, None, "缺日", None),)
    assert found.marks_of("mobile") == ()


def test_marks_of_a_run_reach_the_card() -> None:
    """What reports.candidates stores is what a card reads."""
    told = pd.DataFrame(
        {
            "other_id": ["y"],
            "match_weight": [9.5],
            "match_probability": [0.9],
            "match_key": ["+证件(错一位)"],
            "bars": ["[]"],
            "former": ["null"],
            "marks": turned_marks(pd.Series(['[["id_no",3,3,"错一位","l"]]'], dtype=object)),
            "other_shown": ["null"],
        }
    )
    found = card(stored(candidates=f"[{candidate_json(told).iloc[0]}]")).candidates[0]
    assert found.marks == (Mark("id", 3, 3, "错一位", "candidate"),)


@pytest.mark.parametrize(("number", "expected"), [(0, None), (1, "x"), (2, "y"), (3, None), (-1, None)])
def test_candidate_by_key(number: int, expected: str | None) -> None:
    found = card(stored("x", "y")).candidate(number)
    assert (None if found is None else found.unique_id) == expected


def test_a_record_no_longer_in_the_feeds() -> None:
    gone = json.dumps([{"unique_id": "x", "weight": None, "probability": None, "match_key": "", "shown": None}])
    found = card(stored(candidates=gone, shown=None))
    assert found.shown == {}
    assert found.candidates == (Candidate(1, "x", None, None, "", {}),)
