"""Questions whose answer is known: who is asked them, when they stop being gold, and who was right."""

from __future__ import annotations

import pytest

from data.errors import ConfigError
from data.store.gold import ask_gold, asked_item, gold_results, make_gold
from data.store.publish import publish
from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from review.readings import Given, answer, undo
from tests.data.store.builders import AREA, NOW, candidate, handed, item, run


def _ask(store: Store, *candidates: str, night: int = 1) -> None:
    asked = item("q1", *(candidate(one) for one in candidates), unique_id="r1", person_id=None)
    publish(store, run(f"run-{night}"), handed(asked=(asked,)), NOW)


@pytest.fixture
def golden(store: Store) -> Store:
    """The first reader said candidate 1, the adjudicator made it gold."""
    _ask(store, "b", "c")
    answer(store, AREA, "q1", Given("1", "王"), NOW)
    make_gold(store, AREA, "q1", "candidate", "b", "组长", NOW)
    return store


def _asked(store: Store, reviewer: str, scope: Scope = EVERYTHING) -> str | None:
    found = ask_gold(store, AREA, reviewer, scope, NOW)
    return None if found is None else str(found["item_id"])


def test_only_what_is_decided_becomes_gold_once(store: Store) -> None:
    _ask(store, "b")
    with pytest.raises(ConfigError):
        make_gold(store, AREA, "q1", "candidate", "b", "组长")
    answer(store, AREA, "q1", Given("1", "王"), NOW)
    make_gold(store, AREA, "q1", "candidate", "b", "组长")
    with pytest.raises(ConfigError):
        make_gold(store, AREA, "q1", "candidate", "b", "组长")


def test_neither_who_read_it_nor_who_made_it_is_asked(golden: Store) -> None:
    assert [_asked(golden, name) for name in ("王", "组长", "李")] == [None, None, "q1"]
    # Until answered it is the same one that waits.
    assert _asked(golden, "李") == "q1"
    with golden.read() as connection:
        assert asked_item(connection, AREA, "李", "q1") is not None
        assert asked_item(connection, AREA, "李", "q2") is None
        assert asked_item(connection, AREA, "陈", None) is None


def test_another_county_s_is_not_asked(golden: Store) -> None:
    publish(golden, run("46-1", "46"), handed(), NOW)
    assert _asked(golden, "李", Scope.of(["469021"])) is None


def test_an_answer_is_counted_and_changes_nothing(golden: Store) -> None:
    for name, choice in (("李", "1"), ("陈", "2")):
        _asked(golden, name)
        answer(golden, AREA, "q1", Given(choice, name), NOW)
        assert _asked(golden, name) is None
    assert [(one.reviewer, one.n_asked, one.n_right) for one in gold_results(golden, AREA)] == [
        ("李", 1, 1),
        ("陈", 1, 0),
    ]
    assert gold_results(golden, AREA, Scope.of(["469021"])) == []
    assert undo(golden, AREA, "q1", "王", "看错", NOW).state == "open"


def test_a_question_that_changed_is_gold_no_more(golden: Store) -> None:
    _ask(golden, "b", "c", "d", night=2)
    assert _asked(golden, "李") is None
