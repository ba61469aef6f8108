"""Every state is in its table, and the manual shows the tables as they are."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest

from data.errors import InvalidTransition
from data.model import QueueState, RunState
from data.store.transitions import (
    VALID_TRANSITIONS,
    CaseState,
    FindingState,
    UploadState,
    check_transition,
    diagram,
)

STATES: dict[str, type[StrEnum]] = {
    "run": RunState,
    "finding": FindingState,
    "queue item": QueueState,
    "upload": UploadState,
    "verification case": CaseState,
}


@pytest.mark.parametrize("kind", sorted(STATES))
def test_every_state_is_in_the_table_and_can_be_reached(kind: str) -> None:
    table = VALID_TRANSITIONS[kind]
    assert set(table) == set(STATES[kind])
    first = next(iter(table))
    assert {first, *(state for targets in table.values() for state in targets)} == set(STATES[kind])


def test_a_move_outside_the_table_names_the_subject() -> None:
    check_transition("queue item", "q1", QueueState.OPEN, QueueState.DECIDED)
    with pytest.raises(InvalidTransition, match="q1"):
        check_transition("queue item", "q1", QueueState.WITHDRAWN, QueueState.DECIDED)


@pytest.mark.parametrize("kind", sorted(STATES))
def test_the_manual_shows_the_table(kind: str) -> None:
    manual = Path(__file__).parents[3] / "docs" / "store.md"
    assert f"```mermaid\n{diagram(kind)}\n```" in manual.read_text(encoding="utf-8")
