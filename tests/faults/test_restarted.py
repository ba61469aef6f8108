"""What is worth trying again is tried again: a database restarted in the middle of a night, a source that is away."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import URL

from data.errors import DiskFull, InputRefused, SourceFileError, SourceUnavailable, StoreUnavailable
from data.model import RunState
from data.settings import load_settings, use_settings
from data.store.audit import verify_chain
from data.store.progress import AttemptState, last_attempts
from data.store.runs import list_runs
from data.store.session import open_store
from flows import tasks
from flows.reconcile import reconcile
from tests import postgres

AS_OF = date(2016, 6, 16)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.usefixtures("no_engine")
def test_a_database_restarted_in_the_middle_of_a_night_costs_nothing(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_postgres_server: URL
) -> None:
    """Between two steps every connection breaks, the one that holds the area's lock too."""
    real, url = tasks.match.fn, own_postgres_server.render_as_string(hide_password=False)
    settings = load_settings().model_copy(update={"var_dir": tmp_path / "var", "database_url": url})

    def match(*arguments: Any, **named: Any) -> Any:
        postgres.restart(own_postgres_server)
        return real(*arguments, **named)

    monkeypatch.setattr(tasks, "match", match)
    with use_settings(settings):
        summary = reconcile(str(county / "sources.toml"), str(tmp_path / "out"), as_of=AS_OF)
    assert summary["state"] == RunState.PUBLISHED
    with open_store(url) as store:
        assert [run.state for run in list_runs(store)] == [RunState.PUBLISHED]
        assert [attempt.state for attempt in last_attempts(store, summary["area"])] == [AttemptState.DONE]
        assert verify_chain(store).is_intact


def _state_of(error: Exception) -> Any:
    def result() -> None:
        raise error

    return SimpleNamespace(result=result)


@pytest.mark.parametrize(
    ("error", "is_tried_again"),
    [
        (SourceUnavailable("roster", "503"), True),
        (StoreUnavailable("restarting"), True),
        (ConnectionResetError(), True),
        (TimeoutError(), True),
        (SourceFileError("roster", "a.xlsx", "no table"), False),
        (InputRefused("too many rows"), False),
        (DiskFull("the disk"), False),
        (ValueError("a slip of ours"), False),
    ],
)
@pytest.mark.parametrize("task", [tasks.intake, tasks.remember, tasks.publish_run], ids=lambda task: task.name)
def test_only_what_may_mend_itself_is_tried_again(task: Any, error: Exception, is_tried_again: bool) -> None:
    assert task.retry_condition_fn(None, None, _state_of(error)) is is_tried_again


def test_pauses_between_tries_grow() -> None:
    """An endpoint or a share that is away for half a minute costs no night."""
    assert tasks.intake.retries == len(tasks.intake.retry_delay_seconds) == 3
    assert tasks.intake.retry_delay_seconds == sorted(tasks.intake.retry_delay_seconds)
    assert sum(tasks.intake.retry_delay_seconds) > 30
    assert tasks.publish_run.retries == 2
    # Neither reading nor writing the night's frames is tried again: a bad file stays bad.
    assert (tasks.match.retries, tasks.write.retries) == (0, 0)
