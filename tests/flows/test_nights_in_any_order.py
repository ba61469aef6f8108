"""Incremental equals full: whatever is handed in and said, in any order, on both engines, with one worker or two."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from data.store.session import Store
from tests.flows.nights_in_any_order import NightsInAnyOrder

#: Sequences in each store: two hundred in all.
N_SEQUENCES = 100


def test_a_night_of_what_changed_gives_the_bytes_of_a_full_one(store: Store) -> None:
    machine: type[NightsInAnyOrder] = type("Machine", (NightsInAnyOrder,), {"store": store})
    unhurried = settings(
        max_examples=N_SEQUENCES, stateful_step_count=5, suppress_health_check=list(HealthCheck), deadline=None
    )
    run_state_machine_as_test(machine, settings=unhurried)
    assert machine.n_machines >= N_SEQUENCES
