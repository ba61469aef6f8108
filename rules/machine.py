"""What may follow what? A state machine as one table of allowed transitions, walked over many histories at once.

Only an allowed step changes the state: after a step the table does not allow the state stays, and the step is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.int64]

#: In the table of codes: the step is not allowed.
NOT_ALLOWED = -1


class Transition(NamedTuple):
    """In state `before` the event may happen and leads to `after`; citation: the text that says so."""

    before: StrEnum
    event: StrEnum
    after: StrEnum
    citation: str


@dataclass(frozen=True)
class Machine:
    """The states, the events in the order they naturally happen (it decides between events of one day), and every
    allowed transition; whatever is not listed is not allowed. Raises ValueError for a transition listed twice."""

    states: type[StrEnum]
    events: type[StrEnum]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        steps = [(one.before, one.event) for one in self.transitions]
        if len(set(steps)) != len(steps):
            raise ValueError("a transition is listed twice")

    @cached_property
    def table(self) -> Codes:
        """State after, by state before and event (codes are positions in the enumerations), NOT_ALLOWED where none."""
        table = np.full((len(self.states), len(self.events)), NOT_ALLOWED, dtype=np.int64)
        state, event = self._places(self.states), self._places(self.events)
        for one in self.transitions:
            table[state[one.before], event[one.event]] = state[one.after]
        return table

    def state_codes(self, names: pd.Series) -> Codes:
        """Codes of states by name. Raises KeyError for a name the machine does not have."""
        return self._codes(names, self.states)

    def event_codes(self, names: pd.Series) -> Codes:
        """Codes of events by name. Raises KeyError for a name the machine does not have."""
        return self._codes(names, self.events)

    def state_names(self, codes: Codes) -> npt.NDArray[np.object_]:
        """Names of states by code."""
        return np.array([item.value for item in self.states], dtype=object)[codes]

    def _codes(self, names: pd.Series, words: type[StrEnum]) -> Codes:
        places = self._places(words)
        codes, distinct = pd.factorize(names)
        if (codes < 0).any():
            raise KeyError("a name is null")
        return np.array([places[name] for name in distinct], dtype=np.int64)[codes]

    @staticmethod
    def _places(words: type[StrEnum]) -> dict[str, int]:
        return {item.value: place for place, item in enumerate(words)}


class Walk(NamedTuple):
    """final: the state each history ends in. before: the state each step met; is_allowed: whether the table has it."""

    final: Codes
    before: Codes
    is_allowed: npt.NDArray[np.bool_]


def walk(machine: Machine, start: Codes, history: Codes, event: Codes) -> Walk:
    """Walk all histories from their `start` states; steps are aligned (`history`: position in `start`, `event`) and in
    order within each history, which need not stand together.

    The n-th steps of all histories are taken at once, so that the rounds are as many as the longest history has steps.
    """
    state = start.copy()
    before, is_allowed = np.zeros(len(event), dtype=np.int64), np.zeros(len(event), dtype=bool)
    turn = pd.Series(history).groupby(history).cumcount().to_numpy()
    order = np.argsort(turn, kind="stable")
    for rows in np.split(order, np.cumsum(np.bincount(turn))[:-1]) if len(turn) else []:
        who = history[rows]
        before[rows] = state[who]
        after = machine.table[state[who], event[rows]]
        is_allowed[rows] = after != NOT_ALLOWED
        state[who] = np.where(is_allowed[rows], after, state[who])
    return Walk(state, before, is_allowed)
