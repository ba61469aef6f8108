"""Incremental equals full: whatever is handed in and said, in any order, on both engines, with one worker or two."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from data.store.session import Store
from tests.flows.nights_in_any_order import NightsInAnyOrder

#: Sequences with ledger and persons in memory, and with both in each store.
N_SEQUENCES, N_IN_STORE = 165, 18


def _play(store: Store | None, n_sequences: int) -> None:
    machine = type("Machine", (NightsInAnyOrder,), {"store": store})
    unhurried = settings(
        max_examples=n_sequences, stateful_step_count=5, suppress_health_check=list(HealthCheck), deadline=None
    )
    run_state_machine_as_test(machine, settings=unhurried)
    assert machine.n_machines >= n_sequences


def test_a_night_of_what_changed_gives_the_bytes_of_a_full_one() -> None:
    _play(None, N_SEQUENCES)


def test_so_do_the_tables_of_the_store(store: Store) -> None:
    _play(store, N_IN_STORE)
