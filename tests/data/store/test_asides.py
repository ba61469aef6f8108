"""Notes, skips, assignments and guidance: what they keep, whom they bind, and how far a scope reaches."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.errors import ConfigError
from data.store.asides import (
    MOST_ASSIGNED,
    add_note,
    assign,
    assigned,
    guidance,
    notes_of,
    skip,
    unassign,
    write_guidance,
)
from data.store.publish import publish
from data.store.queue import QueueFilter, claim_next
from data.store.scope import Scope
from data.store.session import Store
from tests.data.store.builders import NOW, handed, item, run

BOOK = "46"
OURS, THEIRS = Scope.of(["469005"]), Scope.of(["469021"])


def _ask(store: Store) -> None:
    """Three questions of ours and one of theirs, the most urgent first."""
    asked = [item(f"q{n}", unique_id=f"r{n}", person_id=None, priority=900 - n) for n in range(3)]
    asked.append(item("t1", unique_id="t1", person_id=None, priority=950, area="469021"))
    publish(store, run("46-1", BOOK), handed(asked=tuple(asked)), NOW)


def _next(store: Store, reviewer: str, scope: Scope = OURS) -> str | None:
    found = claim_next(store, BOOK, reviewer, QueueFilter(scope=scope))
    return None if found is None else str(found["item_id"])


def test_notes_are_masked_and_in_order(store: Store) -> None:
    _ask(store)
    for minutes, text in enumerate(("已致电 13800000001", " 再看 ")):
        add_note(store, BOOK, "q0", "王", text, NOW + timedelta(minutes=minutes))
    assert [note["text"] for note in notes_of(store, BOOK, "q0")] == ["已致电 138****0001", "再看"]
    assert notes_of(store, BOOK, "q1") == []
    with pytest.raises(ConfigError):
        add_note(store, BOOK, "q0", "王", "  ")


def test_what_is_put_aside_comes_again_at_the_end(store: Store) -> None:
    _ask(store)
    assert _next(store, "王") == "q0"
    skip(store, BOOK, "q0", "王")
    assert _next(store, "李") == "q0"
    for expected in ("q1", "q2"):
        assert _next(store, "王") == expected
        skip(store, BOOK, expected, "王")
    # Held by somebody else is not there; then in the order they were put aside.
    assert _next(store, "王") == "q1"


def test_an_assignment_binds(store: Store) -> None:
    _ask(store)
    assert assign(store, BOOK, QueueFilter(scope=OURS), "王", 2, "组长") == 2
    assert assign(store, BOOK, QueueFilter(scope=OURS), "李", 2, "组长") == 1
    assert assigned(store, BOOK) == [("李", 1), ("王", 2)]
    assert (_next(store, "李"), _next(store, "王"), _next(store, "陈")) == ("q2", "q0", None)
    for n_items in (0, MOST_ASSIGNED + 1):
        with pytest.raises(ConfigError):
            assign(store, BOOK, QueueFilter(), "王", n_items, "组长")


def test_a_scope_takes_back_its_own(store: Store) -> None:
    _ask(store)
    assign(store, BOOK, QueueFilter(), "王", 4, "组长")
    assert assigned(store, BOOK, THEIRS) == [("王", 1)]
    assert unassign(store, BOOK, "王", "组长", scope=THEIRS) == 1
    assert assigned(store, BOOK) == [("王", 3)]
    assert unassign(store, BOOK, "王", "组长") == 3
    assert assigned(store, BOOK) == []


def test_the_newest_guidance_holds(store: Store) -> None:
    assert guidance(store, BOOK) == ""
    write_guidance(store, BOOK, "先看失联", "组长")
    write_guidance(store, BOOK, " 先看口袋 ", "组长")
    assert (guidance(store, BOOK), guidance(store, "469005")) == ("先看口袋", "")
    write_guidance(store, BOOK, "", "组长")
    assert guidance(store, BOOK) == ""
