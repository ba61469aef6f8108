"""A link that held last night holds until clearly less speaks for it; new ones need more. Persons do not flap."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from matching.pipeline import MatchResult, match_persons
from tests.matching.builders import (
    ONE_ROW,
    SHOP,
    SPEC,
    County,
    are_linked,
    frame,
    grade_of,
    id_number,
    judge,
    no_judgements,
    no_persons,
    record,
)

A, B = id_number("1900-01-01", 1), id_number("1903-05-07", 24)
WHO = {"name": "符阿奇", "sex": "男", "employer": "文昌龙楼阿奇小吃店", "township": "龙楼镇"}
PAIR = [record("x1", **WHO), record("x2", **WHO, **SHOP)]


def night(
    rows: list[dict[str, Any]],
    known: pd.DataFrame | None = None,
    judgements: pd.DataFrame | None = None,
    **thresholds: float,
) -> MatchResult:
    """One night's run with a model of other thresholds."""
    records = pd.concat([frame(*rows), County(11, 40, 60).build()[0]], ignore_index=True)
    spec = SPEC.model_copy(update=thresholds)
    judged = no_judgements() if judgements is None else judgements
    return match_persons(records, spec, judged, no_persons() if known is None else known, ONE_ROW)


def published(result: MatchResult) -> pd.DataFrame:
    return result.links.assign(minted_seq=1)


@pytest.fixture(scope="module")
def weight() -> float:
    """What the pair weighs; known persons do not change it."""
    pairs = night(PAIR).pairs
    return float(pairs.loc[pairs["unique_id_l"] == "x1", "match_weight"].iloc[0])


def test_a_link_holds_below_the_weight_that_a_new_one_needs(weight: float) -> None:
    first = night(PAIR, link_threshold=weight, hold_threshold=weight - 2)
    assert are_linked(first, "x1", "x2")
    # The next night the same pair weighs a bit less than a link needs.
    less = {"link_threshold": weight + 1, "hold_threshold": weight - 1}
    assert not are_linked(night(PAIR, **less), "x1", "x2")
    held = night(PAIR, published(first), **less)
    assert are_linked(held, "x1", "x2")
    assert held.links.set_index("unique_id")["person_id"]["x1"] == first.links.set_index("unique_id")["person_id"]["x1"]
    again = night(PAIR, published(held), **less)
    pd.testing.assert_frame_equal(again.links, held.links)
    # Below the lower threshold it breaks, and then needs the higher one again.
    broken = night(PAIR, published(held), link_threshold=weight + 2, hold_threshold=weight + 1)
    assert not are_linked(broken, "x1", "x2")
    assert grade_of(broken, "x1", "x2") == "possible"
    assert not are_linked(night(PAIR, published(broken), **less), "x1", "x2")


def test_a_held_link_yields_to_a_judgement_and_to_a_guard(weight: float) -> None:
    known = published(night(PAIR))
    low = {"hold_threshold": SPEC.review_threshold}
    assert are_linked(night(PAIR, known, **low), "x1", "x2")
    assert not are_linked(night(PAIR, known, judge(("x1", "x2", "negative")), **low), "x1", "x2")
    assert not are_linked(night(PAIR, known, judge(("x1", "x2", "unsure")), **low), "x1", "x2")
    numbers = [record("x1", **WHO, id_no=A), record("x2", **WHO, id_no=B, **SHOP)]
    assert not are_linked(night(numbers, known, **low), "x1", "x2")


def test_only_the_person_of_last_night_counts(weight: float) -> None:
    less = {"link_threshold": weight + 1, "hold_threshold": weight - 1}
    known = pd.DataFrame(
        {"unique_id": ["x1", "x2", "gone"], "person_id": ["P1", "P2", "P1"], "minted_seq": [1, 2, 1]}, dtype=object
    )
    assert not are_linked(night(PAIR, known, **less), "x1", "x2")
    known["person_id"] = "P1"
    assert are_linked(night(PAIR, known, **less), "x1", "x2")


def test_the_order_of_rows_and_of_known_persons_changes_nothing() -> None:
    known = published(night(PAIR))
    straight = night(PAIR, known, hold_threshold=0.0)
    turned = night(PAIR[::-1], known.sample(frac=1, random_state=2), hold_threshold=0.0)
    pd.testing.assert_frame_equal(straight.links, turned.links)
    pd.testing.assert_frame_equal(straight.pairs, turned.pairs)


def test_a_new_rival_takes_no_record_from_the_person_that_held_it() -> None:
    rest = {"name": "陈小妹", "birth": "1900-01-01", "township": "龙楼镇"}
    mine, shop = record("x1", **rest), record("x3", **rest, **SHOP)
    rival = record("x2", **rest, source_row=3)
    first = night([mine, shop])
    assert are_linked(first, "x1", "x3")
    # Without a yesterday it is a tie and goes to review; with one the link stands and the newcomer is asked about.
    assert not are_linked(night([mine, rival, shop]), "x1", "x3")
    second = night([mine, rival, shop], published(first))
    assert are_linked(second, "x1", "x3")
    assert not are_linked(second, "x2", "x3")
    assert second.conflicts[["unique_id_l", "unique_id_r"]].to_numpy().tolist() == [["x2", "x3"]]
    # A rival that is clearly better takes it all the same.
    better = record("x2", **rest, id_no=A, source_row=3)
    shop_with_number = record("x3", **rest, id_no=A, **SHOP)
    third = night([mine, better, shop_with_number], published(first))
    assert are_linked(third, "x2", "x3")
