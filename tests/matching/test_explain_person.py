from __future__ import annotations

from matching.explain_person import why
from matching.pipeline import MatchResult
from tests.matching.builders import SHOP, are_linked, id_number, judge, match, record

A = id_number("1900-01-01", 1)
WHO = {"name": "符阿奇", "sex": "男"}


def chain() -> MatchResult:
    """A roster row with a number, a shop's with number and mobile, another list's with the mobile alone."""
    return match(
        record("x1", **WHO, id_no=A),
        record("x2", **WHO, id_no=A, mobile="13700000001", **SHOP),
        record("x3", **WHO, mobile="13700000001", source="roster2"),
    )


def test_a_person_is_held_together_by_its_strongest_pairs() -> None:
    result = chain()
    assert are_linked(result, "x1", "x2", "x3")
    found = why(result, "x1")
    assert found.records == ("x1", "x2", "x3")
    assert [(pair.unique_id_l, pair.unique_id_r) for pair in found.held_by] == [("x1", "x2"), ("x2", "x3")]
    assert found.held_by[0].match_key.startswith("+姓名+证件")
    assert found.weakest == found.held_by[1]
    assert found.n_other_pairs == 0


def test_the_way_starts_at_the_record_asked_about() -> None:
    assert [(p.unique_id_l, p.unique_id_r) for p in why(chain(), "x3").held_by] == [("x2", "x3"), ("x1", "x2")]


def test_a_stronger_pair_takes_the_place_of_a_weaker_one() -> None:
    rows = [record(f"x{i}", **WHO, id_no=A, source=source) for i, source in enumerate(("roster", "roster2", "claims"))]
    found = why(match(*rows), "x0")
    assert len(found.held_by) == 2
    assert found.n_other_pairs == 1


def test_a_pair_of_an_analyst_comes_first_and_is_never_the_weakest() -> None:
    rows = [record("x1", **WHO, id_no=A), record("x2", **WHO, id_no=A, **SHOP), record("x3", name="王美丽", **SHOP)]
    found = why(match(*rows, judgements=judge(("x1", "x3", "positive"))), "x1")
    assert {pair.decided_by for pair in found.held_by} == {"analyst", "model"}
    assert found.weakest is not None
    assert found.weakest.decided_by == "model"


def test_a_record_that_matched_nobody_stands_alone() -> None:
    found = why(match(record("x9", name="王美丽", **SHOP)), "x9")
    assert (found.person_id, found.records, found.held_by, found.weakest) == (None, ("x9",), (), None)
