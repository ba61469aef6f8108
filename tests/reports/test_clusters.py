"""The persons that may be two: which link is asked about, who stands on either side, and when nothing is."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contracts.frames import empty_frame
from reports.clusters import LARGE, doubtful_clusters
from reports.queue import review_queue
from tests.reports.builders import classifications, findings, frame, pair, pairs, record, records

_SURE, _DOUBTFUL = 0.999_999, 0.98


def _link(left: str, right: str, probability: float = _SURE, **values: object) -> dict[str, Any]:
    odds = probability / (1 - probability)
    given = {"match_probability": probability, "match_weight": float(np.log2(odds)), "grade": "certain"}
    return pair(*sorted((left, right)), **{**given, **values})


def _links(*ids: str, person: str = "P1") -> pd.DataFrame:
    return frame({}, [{"unique_id": unique_id, "person_id": person} for unique_id in ids])


#: a1, a2, a3 and b1, b2, b3 are sure among themselves; one doubtful pair makes one person of them.
_DUMBBELL = [
    *(_link(left, right) for side in "ab" for left, right in ((f"{side}1", f"{side}2"), (f"{side}2", f"{side}3"))),
    _link("a3", "b1", _DOUBTFUL),
]
_SIX = ("a1", "a2", "a3", "b1", "b2", "b3")


def _asked(edges: list[dict[str, Any]], links: pd.DataFrame) -> list[tuple[str, str]]:
    found = doubtful_clusters(pairs(*edges), links).links
    return list(zip(found["unique_id_l"], found["unique_id_r"], strict=True))


def _queue(edges: list[dict[str, Any]], links: pd.DataFrame) -> pd.DataFrame:
    people = records(*(record(unique_id, area="469005", township="龙楼镇") for unique_id in links["unique_id"]))
    nothing = empty_frame(["unique_id_l", "unique_id_r", "reason"])
    return review_queue(pairs(*edges), people, links, findings(), classifications(), nothing)


def test_a_doubtful_link_is_asked_about_with_both_sides() -> None:
    made = _queue(_DUMBBELL, _links(*_SIX))
    (item,) = made.to_dict("records")
    assert (item["kind"], item["unique_id"], item["person_id"], item["area"]) == ("cluster", "a3", "P1", "469005")
    assert item["reason"] == "6 条记录归为一人，靠一环相连（98.00%）：一边 3 条，一边 3 条"
    (candidate,) = json.loads(item["candidates"])
    assert (candidate["unique_id"], candidate["probability"]) == ("b1", 0.98)
    # The two of the link stand on the card already.
    assert {side: one["n"] for side, one in candidate["members"].items()} == {"record": 3, "candidate": 3}
    assert {side: len(one["shown"]) for side, one in candidate["members"].items()} == {"record": 2, "candidate": 2}
    assert candidate["members"]["record"]["shown"][0]["name"] == "王小明"
    assert set(json.loads(item["evidence"])["records"]) == {"a3", "b1"}


def test_the_question_stays_itself() -> None:
    links = _links(*_SIX)
    again = _queue(_DUMBBELL[::-1], links.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(again, _queue(_DUMBBELL, links))


@pytest.mark.parametrize(
    "edges",
    [
        pytest.param([*_DUMBBELL[:-1], _link("a3", "b1")], id="sure"),
        pytest.param([*_DUMBBELL, _link("a1", "b3")], id="a sure way round"),
        pytest.param([*_DUMBBELL[:-1], _link("a3", "b1", _DOUBTFUL, decided_by="analyst")], id="judged"),
        pytest.param([*_DUMBBELL[:-1], _link("a3", "b1", _DOUBTFUL, grade="possible")], id="not joined"),
    ],
)
def test_nothing_to_ask(edges: list[dict[str, Any]]) -> None:
    assert _asked(edges, _links(*_SIX)) == []


def test_two_records_are_a_pair_and_two_persons_are_no_cluster() -> None:
    assert _asked([_link("a1", "a2", _DOUBTFUL)], _links("a1", "a2")) == []
    apart = pd.concat([_links("a1", "a2", "a3"), _links("b1", "b2", "b3", person="P2")], ignore_index=True)
    assert _asked(_DUMBBELL, apart) == []


def test_of_two_doubtful_links_the_lighter_is_asked_first() -> None:
    chain = [_link("a1", "a2", 0.99), _link("a2", "a3", 0.98), _link("a3", "a4", 0.998)]
    assert _asked(chain, _links("a1", "a2", "a3", "a4")) == [("a2", "a3")]
    kept = [chain[0], _link("a2", "a3", 0.98, decided_by="analyst"), chain[2]]
    assert _asked(kept, _links("a1", "a2", "a3", "a4")) == [("a1", "a2")]


def test_a_large_cluster_is_looked_at_once() -> None:
    ids = [f"r{n:02}" for n in range(LARGE + 1)]
    chain = [_link(left, right) for left, right in pairwise(ids)]
    assert len(_asked(chain, _links(*ids))) == 1
    assert _asked(chain[:-1], _links(*ids[:-1])) == []
    seen = [{**chain[0], "decided_by": "analyst"}, *chain[1:]]
    assert _asked(seen, _links(*ids)) == []


@given(st.lists(st.sampled_from([0.97, 0.98, 0.99, 0.9999]), min_size=4, max_size=4))
def test_the_weakest_of_a_ring_is_never_its_lightest(weights: list[float]) -> None:
    """A ring holds without any one of its pairs: the lightest goes round, the second lightest decides."""
    ends = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]
    edges = [_link(*pair_, weight) for pair_, weight in zip(ends, weights, strict=True)]
    found = doubtful_clusters(pairs(*edges), _links("a", "b", "c", "d"))
    second = sorted(weights)[1]
    assert found.links["match_probability"].tolist() == ([second] if second < 0.999 else [])
    assert found.members["is_left"].isin([True, False]).all()
    assert len(found.members) == (4 if second < 0.999 else 0)
