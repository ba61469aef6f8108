"""A finding moves only as its table says, only by a named person, only with a reason."""

from __future__ import annotations

import pytest

from data.errors import ConfigError, InvalidTransition
from data.store import audit, findings
from data.store.publish import publish
from data.store.session import Store
from data.store.transitions import FINDING_TRANSITIONS, FindingState
from tests.data.store.builders import AREA, NOW, finding, handed, run

P, U, D, W = FindingState.PROPOSED, FindingState.UPHELD, FindingState.DISMISSED, FindingState.WITHDRAWN

#: How to bring a finding into a state.
WAYS: dict[FindingState, tuple[FindingState, ...]] = {P: (), U: (U,), D: (D,), W: ()}


def _decide(store: Store, state: FindingState, reviewer: str = "王复核", reason: str = "已核实") -> None:
    with audit.changing(store) as connection:
        findings.decide(connection, AREA, "f1", state, reviewer, reason, NOW)


def _bring(store: Store, state: FindingState) -> None:
    publish(store, run(), handed(found=(finding(),)), NOW)
    for step in WAYS[state]:
        _decide(store, step)
    if state is W:
        publish(store, run("run-2"), handed(), NOW)


@pytest.mark.parametrize(
    ("state", "wanted", "is_allowed"),
    [
        (P, U, True), (P, D, True), (P, P, False),
        (U, P, True), (U, D, False), (U, U, False),
        (D, P, True), (D, U, False), (D, D, False),
        (W, P, True), (W, U, False), (W, D, False),
        (P, W, False), (U, W, False),
    ],
)  # fmt: skip
def test_every_move(store: Store, state: FindingState, wanted: FindingState, is_allowed: bool) -> None:
    _bring(store, state)
    if is_allowed:
        _decide(store, wanted)
        state = wanted
    else:
        with pytest.raises(InvalidTransition):
            _decide(store, wanted)
    found = findings.get(store, AREA, "f1")
    assert found is not None
    assert found["state"] == state
    assert (found["decided_by"] == "王复核") == (state in (U, D))


def test_the_table_names_every_state() -> None:
    assert set(FINDING_TRANSITIONS) == set(FindingState)


@pytest.mark.parametrize(
    ("reviewer", "reason"), [("", "r"), ("longlou", "r"), ("LONGLOU", "r"), ("王", ""), ("王", "  ")]
)
def test_the_machine_approves_nothing_and_a_reason_is_needed(store: Store, reviewer: str, reason: str) -> None:
    _bring(store, P)
    with pytest.raises(ConfigError):
        _decide(store, U, reviewer, reason)
    found = findings.get(store, AREA, "f1")
    assert found is not None
    assert found["state"] == P


def test_unknown_finding(store: Store) -> None:
    with pytest.raises(InvalidTransition):
        _decide(store, U)
    assert findings.get(store, AREA, "f1") is None


def test_nothing_is_deleted_by_striking_out(store: Store) -> None:
    _bring(store, U)
    found = findings.get(store, AREA, "f1")
    assert found is not None
    assert (found["evidence"], found["decision_reason"], found["decided_at"]) == (finding()["evidence"], "已核实", NOW)
    assert audit.verify_chain(store).n_rows == 2
