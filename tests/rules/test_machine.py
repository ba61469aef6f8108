"""The walk through a table of transitions: the same as walking each history alone, whatever the order of histories."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.machine import NOT_ALLOWED, Machine, Transition, walk
from rules.membership.states import MEMBERSHIP_MACHINE
from rules.transfers.states import LETTER_MACHINE

MACHINES = [LETTER_MACHINE, MEMBERSHIP_MACHINE]


def alone(machine: Machine, start: int, events: list[int]) -> tuple[int, list[bool]]:
    """One history, step by step."""
    state, told = start, []
    for event in events:
        after = int(machine.table[state, event])
        told.append(after != NOT_ALLOWED)
        state = after if told[-1] else state
    return state, told


@pytest.mark.parametrize("machine", MACHINES)
@given(data=st.data())
def test_any_sequence_gives_a_state_and_tells_each_step(machine: Machine, data: st.DataObject) -> None:
    event = st.integers(0, len(machine.events) - 1)
    histories = data.draw(st.lists(st.lists(event, max_size=6), min_size=1, max_size=5))
    start = np.array([data.draw(st.integers(0, len(machine.states) - 1)) for _ in histories], dtype=np.int64)
    steps = [(who, code) for who, events in enumerate(histories) for code in events]
    # Histories are dealt in turn, so that they do not stand together; the order within each stays.
    mixed = sorted(range(len(steps)), key=lambda at: sum(steps[at][0] == who for who, _ in steps[:at]))
    who = np.array([steps[at][0] for at in mixed], dtype=np.int64)
    code = np.array([steps[at][1] for at in mixed], dtype=np.int64)
    walked = walk(machine, start, who, code)
    for place, events in enumerate(histories):
        final, told = alone(machine, int(start[place]), events)
        assert walked.final[place] == final
        assert walked.is_allowed[who == place].tolist() == told


def test_a_transition_listed_twice_is_refused() -> None:
    class Way(StrEnum):
        HERE = "here"
        THERE = "there"

    one = Transition(Way.HERE, Way.HERE, Way.THERE, "text")
    with pytest.raises(ValueError, match="twice"):
        Machine(Way, Way, (one, one))


@pytest.mark.parametrize("machine", MACHINES)
def test_every_transition_is_cited_and_every_state_can_be_reached(machine: Machine) -> None:
    assert all(one.citation for one in machine.transitions)
    first = next(iter(machine.states))
    reached = {first, *(one.after for one in machine.transitions)}
    starts = {"unstated", "applicant", "activist", "development_target"}
    assert set(machine.states) - reached <= starts
