"""What the readings of a question lead to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import InvalidTransition
from data.model import Judgement
from data.store import audit
from data.store.frames import live_judgements
from data.store.gold import ask_gold, gold_results, make_gold
from data.store.ledger import Statement, append_judgement
from data.store.publish import publish
from data.store.queue import claim_next, find_item
from data.store.readings import ADJUDICATION, FIRST, SECOND, Reading, last_of, readings_of
from data.store.scope import EVERYTHING
from data.store.session import Store
from review.conflicts import IdentityTaken, Resolution
from review.readings import Given, answer, outcome, undo
from tests.data.store.builders import AREA, NOW, candidate, finding, handed, item, run

#: Drawn for a second reader, see test_policy.
DRAWN = "q20"


def _read(*answers: str, stage: str = FIRST) -> list[Reading]:
    """Readings of different people: `candidate:x` names a record."""
    split = [text.partition(":") for text in answers]
    return [
        Reading(n, "q", 1, "match", stage if n == len(answers) - 1 else FIRST, f"r{n}", said, of or None, "", None, NOW)
        for n, (said, _, of) in enumerate(split)
    ]


@pytest.mark.parametrize(
    ("answers", "n_needed", "expected"),
    [
        (["none"], 1, "none"),
        (["none"], 2, SECOND),
        (["none", "none"], 2, "none"),
        (["candidate:x", "candidate:x"], 2, "candidate"),
        (["candidate:x", "candidate:y"], 2, ADJUDICATION),
        (["candidate:x", "none"], 1, ADJUDICATION),
        (["unsure"], 1, SECOND),
        (["unsure", "unsure"], 1, "unsure"),
        (["unsure", "none"], 1, "none"),
        (["unsure", "none"], 2, SECOND),
        (["unsure", "none", "none"], 2, "none"),
        (["none", "unsure", "unsure"], 2, ADJUDICATION),
    ],
)
def test_outcome(answers: list[str], n_needed: int, expected: str) -> None:
    led_to = outcome(_read(*answers), n_needed)
    assert (led_to.answer if isinstance(led_to, Reading) else led_to) == expected


@given(
    st.lists(st.sampled_from(["none", "unsure", "candidate:x", "candidate:y"]), min_size=1, max_size=4),
    st.integers(1, 2),
)
def test_nothing_is_decided_against_a_reader_but_by_an_adjudicator(answers: list[str], n_needed: int) -> None:
    led_to = outcome(_read(*answers), n_needed)
    definite = {text for text in answers if text != "unsure"}
    if isinstance(led_to, Reading):
        assert len(definite) <= 1
        assert len([text for text in answers if text in definite]) >= (n_needed if definite else 0)
    settled = outcome(_read(*answers, stage=ADJUDICATION), n_needed)
    assert isinstance(settled, Reading)
    assert settled.reading_id == len(answers) - 1


def _ask(store: Store, *asked: dict[str, object], night: int = 1) -> None:
    publish(store, run(f"run-{night}"), handed(asked=asked, found=(finding("f1"),)), NOW)


def _answer(store: Store, item_id: str, text: str, reviewer: str, **more: object) -> None:
    answer(store, AREA, item_id, Given(text, reviewer, "理由", **more), NOW)  # type: ignore[arg-type]


def _live(store: Store) -> dict[tuple[str, str], str]:
    rows = live_judgements(store, AREA).itertuples(index=False)
    return {(row.unique_id_l, row.unique_id_r): row.judgement for row in rows}


def test_two_who_agree_decide_and_the_audit_names_both(store: Store) -> None:
    _ask(store, item(DRAWN, candidate("x")))
    _answer(store, DRAWN, "1", "王")
    assert _live(store) == {}
    assert claim_next(store, AREA, "王", now=NOW) is None
    with pytest.raises(InvalidTransition):
        _answer(store, DRAWN, "1", "王")
    _answer(store, DRAWN, "x", "李")
    assert _live(store) == {("a", "x"): "positive"}
    assert find_item(store, AREA, DRAWN)["decided_by"] == "李"
    assert audit.verify_chain(store).is_intact


def test_a_disagreement_goes_to_a_third_who_gave_neither_answer(store: Store) -> None:
    _ask(store, item(DRAWN, candidate("x")))
    _answer(store, DRAWN, "1", "王")
    _answer(store, DRAWN, "0", "李")
    assert claim_next(store, AREA, "陈", now=NOW) is None
    assert claim_next(store, AREA, "王", now=NOW, is_adjudicator=True) is None
    for reviewer, is_adjudicator in (("陈", False), ("王", True)):
        with pytest.raises(InvalidTransition):
            _answer(store, DRAWN, "1", reviewer, is_adjudicator=is_adjudicator)
    found = claim_next(store, AREA, "陈", now=NOW, is_adjudicator=True)
    assert found is not None
    _answer(store, DRAWN, "0", "陈", is_adjudicator=True)
    assert _live(store) == {("a", "x"): "negative"}


def test_undoing_the_second_reading_leaves_the_first(store: Store) -> None:
    _ask(store, item(DRAWN, candidate("x")))
    _answer(store, DRAWN, "1", "王")
    _answer(store, DRAWN, "0", "李")
    undo(store, AREA, DRAWN, "李", "按错了", NOW, is_held=True)
    with store.read() as connection:
        readings = readings_of(connection, find_item(store, AREA, DRAWN))
    assert [reading.reviewer for reading in readings] == ["王"]
    _answer(store, DRAWN, "1", "李")
    assert _live(store) == {("a", "x"): "positive"}
    undo(store, AREA, DRAWN, "王", "看错了", NOW + timedelta(seconds=5))
    assert _live(store) == {}
    assert last_of(store, AREA, "李", 10) == []


def test_a_reading_of_another_content_counts_for_nothing(store: Store) -> None:
    _ask(store, item(DRAWN, candidate("x")))
    _answer(store, DRAWN, "1", "王")
    _ask(store, item(DRAWN, candidate("y")), night=2)
    found = claim_next(store, AREA, "王", now=NOW)
    assert found is not None, "the question is another one: its first reader may read it"
    _answer(store, DRAWN, "1", "王")
    assert _live(store) == {}
    _answer(store, DRAWN, "1", "李")
    assert _live(store) == {("a", "y"): "positive"}


@pytest.mark.parametrize(
    ("resolution", "expected"),
    [
        (Resolution.REPLACE, {("a", "x"): "positive"}),
        (Resolution.NEITHER, {("a", "x"): "negative"}),
        (Resolution.ADJUDICATE, {("c", "x"): "positive"}),
    ],
)
def test_a_second_identity(store: Store, resolution: Resolution, expected: dict[tuple[str, str], str]) -> None:
    """x was called the same person as c, of person P2; now it shall be a, of person P1."""
    _ask(store, item("q1", candidate("x")))
    append_judgement(store, AREA, Statement("c", "x", Judgement.POSITIVE), "陈", "", NOW)
    with pytest.raises(IdentityTaken) as refused:
        _answer(store, "q1", "1", "王")
    assert [claim.there for claim in refused.value.claims] == ["c"]
    assert _live(store) == {("c", "x"): "positive"}
    _answer(store, "q1", "1", "王", resolution=resolution)
    assert _live(store) == expected
    assert (find_item(store, AREA, "q1")["state"] == "open") is (resolution is Resolution.ADJUDICATE)


def test_across_a_negative_judgement(store: Store) -> None:
    """b is of the same person as a, but somebody judged a and y to be two people, and b and y one."""
    _ask(store, item("q1", candidate("y")))
    append_judgement(store, AREA, Statement("b", "y", Judgement.POSITIVE), "陈", "", NOW)
    append_judgement(store, AREA, Statement("a", "b", Judgement.NEGATIVE), "陈", "", NOW)
    with pytest.raises(IdentityTaken) as refused:
        _answer(store, "q1", "1", "王")
    assert [claim.is_denied for claim in refused.value.claims] == [True]


def test_the_same_person_s_records_do_not_contradict(store: Store) -> None:
    _ask(store, item("q1", candidate("x")))
    append_judgement(store, AREA, Statement("b", "x", Judgement.POSITIVE), "陈", "", NOW)
    _answer(store, "q1", "1", "王")
    assert _live(store) == {("a", "x"): "positive", ("b", "x"): "positive"}


def test_gold_changes_nothing_and_is_counted(store: Store) -> None:
    _ask(store, item("q1", candidate("x")))
    _answer(store, "q1", "1", "王")
    make_gold(store, AREA, "q1", "candidate", "x", "陈", NOW)
    assert ask_gold(store, AREA, "王", EVERYTHING, NOW) is None, "who answered it is not asked"
    assert ask_gold(store, AREA, "陈", EVERYTHING, NOW) is None, "nor who made it"
    for reviewer, text in (("李", "1"), ("周", "0")):
        asked = ask_gold(store, AREA, reviewer, EVERYTHING, NOW)
        assert asked is not None
        _answer(store, "q1", text, reviewer)
        assert ask_gold(store, AREA, reviewer, EVERYTHING, NOW) is None
    assert _live(store) == {("a", "x"): "positive"}
    assert find_item(store, AREA, "q1")["decided_by"] == "王"
    assert {one.reviewer: (one.n_asked, one.n_right) for one in gold_results(store, AREA)} == {
        "李": (1, 1),
        "周": (1, 0),
    }
