"""`longlou serve` with real processes: a file handed in is in the queue soon after, whatever is killed in between."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url, select

from bench.serving import AREA, PARTS, Served, roster_files, wait_for
from data.model import RunState
from data.settings import load_settings
from data.store.audit import verify_chain
from data.store.progress import AttemptState, last_attempts
from data.store.runs import list_runs
from data.store.session import open_store
from data.store.tables import QUEUE_ITEMS
from data.store.transitions import UploadState
from data.store.uploads import list_uploads
from data.store.users import Role
from flows.triggers import ask_for_night
from tests import postgres

pytestmark = [pytest.mark.slow, pytest.mark.engine, pytest.mark.postgres, pytest.mark.timeout(900)]
_SECONDS = 300.0
NIGHT_ON = date(2016, 6, 16)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, postgres_server: URL) -> Iterator[Served]:
    """On the tests' own PostgreSQL: as root one of Served's own could not enter pytest's folder."""
    with postgres.database(postgres_server) as url:
        place = make_url(url).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
        environment = {"LONGLOU_PREFECT_DATABASE_URL": place}
        with Served(tmp_path_factory.mktemp("serve"), environment=environment) as running:
            yield running


@pytest.fixture(scope="module")
def rosters(served: Served, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return roster_files(served, tmp_path_factory.mktemp("rosters"), 4)


def _items(served: Served) -> set[str]:
    with open_store(served.database) as store, store.read() as connection:
        return set(connection.execute(select(QUEUE_ITEMS.c.item_id)).scalars())


def _are_done(served: Served) -> bool:
    with open_store(served.database) as store:
        return all(one.state is UploadState.DONE for one in list_uploads(store, AREA))


def _is_at_work(served: Served) -> bool:
    with open_store(served.database) as store:
        newest = last_attempts(store, AREA, 1)
    return any(one.state is AttemptState.RUNNING and (one.step == "match" or one.n_done > 3) for one in newest)


def _n_published(served: Served) -> int:
    with open_store(served.database) as store:
        return sum(run.state is RunState.PUBLISHED for run in list_runs(store, AREA))


def _drop_a_row(served: Served) -> None:
    """A night that finds nothing new makes no run."""
    register = next(served.sources.parent.glob("registration/persons-*.csv"))
    register.write_bytes(b"".join(register.read_bytes().splitlines(keepends=True)[:-1]))


def test_from_a_file_handed_in_to_the_item_on_the_page(served: Served, rosters: list[Path]) -> None:
    call = ("upload", str(rosters[0]), "--source", "member_roster", "--area", AREA, "--json")
    told = json.loads(served.run(*call))
    assert (told["state"], told["is_known"], told["n_accepted"]) == ("accepted", False, 1)
    assert told["run"]
    again = json.loads(served.run(*call))
    assert (again["upload_id"], again["is_known"], again["run"]) == (told["upload_id"], True, None)
    wait_for(lambda: _are_done(served), _SECONDS)
    before = _items(served)
    person = served.enter("fuhe", *Role)
    upload_id = person.hand_in(rosters[1])
    wait_for(lambda: person.sees(f"/{AREA}/uploads/{upload_id}", 'data-state="done"'), _SECONDS)
    new = _items(served) - before
    assert new
    assert all(person.client.get(f"/{AREA}/items/{item}").status_code == 200 for item in new)


def test_a_killed_worker_and_a_killed_scheduler_cost_time_and_nothing_else(served: Served, rosters: list[Path]) -> None:
    n_before = _n_published(served)
    served.run("upload", str(rosters[2]), "--source", "member_roster", "--area", AREA)
    wait_for(lambda: _is_at_work(served), _SECONDS)
    worker, scheduler = served.part("worker"), served.part("scheduler")
    assert worker is not None
    assert scheduler is not None
    # The flow's own process is of the worker's group.
    os.killpg(worker, signal.SIGKILL)
    os.kill(scheduler, signal.SIGKILL)
    wait_for(lambda: served.part("worker") not in (None, worker), _SECONDS)
    wait_for(lambda: _are_done(served), 2 * _SECONDS)
    assert served.part("scheduler") not in (None, scheduler)
    with open_store(served.database) as store:
        states = [attempt.state for attempt in last_attempts(store, AREA, 2)]
        assert states == [AttemptState.DONE, AttemptState.KILLED]
        assert verify_chain(store).first_broken is None
    assert _n_published(served) == n_before + 1


def test_a_run_outlives_its_scheduler(served: Served, rosters: list[Path]) -> None:
    n_before = _n_published(served)
    served.run("upload", str(rosters[3]), "--source", "member_roster", "--area", AREA)
    wait_for(lambda: _is_at_work(served), _SECONDS)
    scheduler = served.part("scheduler")
    assert scheduler is not None
    os.kill(scheduler, signal.SIGKILL)
    wait_for(lambda: _are_done(served), _SECONDS)
    wait_for(lambda: served.part("scheduler") not in (None, scheduler), _SECONDS)
    with open_store(served.database) as store:
        assert [attempt.state for attempt in last_attempts(store, AREA, 1)] == [AttemptState.DONE]
    assert _n_published(served) == n_before + 1


def test_a_night_cut_off_with_the_machine_is_done_once_after_the_next_start(served: Served) -> None:
    """Everything is killed at once in the middle of a night; the next `longlou serve` finds it and does it again."""
    n_before, settings = _n_published(served), load_settings().model_copy(update={"var_dir": served.var_dir})

    def nights() -> list[AttemptState]:
        with open_store(served.database) as store:
            return [one.state for one in last_attempts(store, AREA) if one.night_on == NIGHT_ON]

    _drop_a_row(served)
    wait_for(lambda: ask_for_night(settings, NIGHT_ON, "tonight") is not None, _SECONDS)
    wait_for(lambda: nights() != [] and _is_at_work(served), _SECONDS)
    served.kill()
    assert _n_published(served) == n_before
    served.start()
    wait_for(lambda: nights() == [AttemptState.DONE, AttemptState.KILLED], 2 * _SECONDS)
    assert _n_published(served) == n_before + 1
    with open_store(served.database) as store:
        assert verify_chain(store).first_broken is None


def test_it_stops_clean_and_leaves_no_process(served: Served) -> None:
    pids = [served.part(name) for name in PARTS]
    assert None not in pids
    assert served.stop() == 0
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
