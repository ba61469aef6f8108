"""Asking for runs over HTTP: one planned run serves a burst, and a scheduler that is down costs nobody anything."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from data.settings import Settings, load_settings
from flows.scheduler import Scheduler, SchedulerUnavailable, address_file, password_file, scheduler_of
from flows.triggers import ask_for_night, trigger


class Prefect(ThreadingHTTPServer):
    """So much of Prefect's interface as is asked for: a password, CSRF tokens, runs by idempotency key."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.runs: dict[str, dict[str, Any]] = {}
        self.n_tokens = 0
        self.is_failing = False


class _Handler(BaseHTTPRequestHandler):
    server: Prefect

    def do_GET(self) -> None:
        if self.server.is_failing:
            return self._answer(503, {})
        if self.path.startswith("/api/csrf-token"):
            self.server.n_tokens += 1
            ends = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
            return self._answer(200, {"token": "t", "expiration": ends})
        if self.headers["Authorization"] != "Basic bG9uZ2xvdTpzZWNyZXQ=":
            return self._answer(401, {})
        if self.path == "/api/health":
            return self._answer(200, True)
        name = self.path.removeprefix("/api/deployments/name/")
        return self._answer(200, {"id": name.replace("/", "."), "status": "READY" if "night" in name else "NOT_READY"})

    def do_POST(self) -> None:
        if self.headers["Prefect-Csrf-Token"] != "t":
            return self._answer(403, {})
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/api/flow_runs/filter":
            (wanted,) = body["deployments"]["id"]["any_"]
            found = [run for run in self.server.runs.values() if run["deployment"] == wanted]
            return self._answer(200, found[:1])
        key = body["idempotency_key"]
        is_new = key not in self.server.runs
        at = body.get("state", {}).get("state_details", {}).get("scheduled_time", "2017-01-01T00:00:00+00:00")
        made = {"id": f"run-{len(self.server.runs)}", "expected_start_time": at, "parameters": body["parameters"]}
        run = self.server.runs.setdefault(key, made | {"deployment": self.path.split("/")[3]})
        return self._answer(201 if is_new else 200, run)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the library
        """Nothing on stderr."""

    def _answer(self, status: int, value: object) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def prefect() -> Iterator[Prefect]:
    with Prefect() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def settings(prefect: Prefect, tmp_path: Path) -> Settings:
    api = f"http://127.0.0.1:{prefect.server_address[1]}/api"
    changed = {"var_dir": tmp_path, "prefect_api_url": api, "prefect_auth": "longlou:secret"}
    return load_settings().model_copy(update=changed)


def test_a_burst_shares_one_planned_run(prefect: Prefect, settings: Settings) -> None:
    assert trigger(settings, "a" * 64) == "run-0"
    assert [trigger(settings, digest * 64) for digest in "bcd"] == [None, None, None]
    (run,) = prefect.runs.values()
    planned = datetime.fromisoformat(run["expected_start_time"]) - datetime.now(UTC)
    assert timedelta(seconds=settings.trigger_seconds - 10) < planned <= timedelta(seconds=settings.trigger_seconds)


def test_the_same_key_is_the_same_run(prefect: Prefect, settings: Settings) -> None:
    first = ask_for_night(settings, date(2017, 1, 1), "missed:469005:2017-01-01")
    assert first == ask_for_night(settings, date(2017, 1, 1), "missed:469005:2017-01-01")
    assert [run["parameters"] for run in prefect.runs.values()] == [{"night_on": "2017-01-01"}]


def test_one_token_serves_many_requests(prefect: Prefect, settings: Settings) -> None:
    scheduler = scheduler_of(settings)
    assert scheduler is not None
    assert scheduler.start("night/nightly", {}, "a") == ("run-0", True)
    assert scheduler.start("night/nightly", {}, "a") == ("run-0", False)
    assert prefect.n_tokens == 1
    assert (scheduler.is_served("night/nightly"), scheduler.is_served("take-up/on-upload")) == (True, False)


def test_a_scheduler_that_fails_or_is_away_is_no_error_of_the_upload(prefect: Prefect, settings: Settings) -> None:
    prefect.is_failing = True
    assert trigger(settings, "a" * 64) is None
    gone = settings.model_copy(update={"prefect_api_url": "http://127.0.0.1:1/api"})
    assert trigger(gone, "a" * 64) is None
    assert not Scheduler("http://127.0.0.1:1/api").is_alive()
    with pytest.raises(SchedulerUnavailable) as caught:
        Scheduler("http://127.0.0.1:1/api", "longlou:secret").start("night/nightly", {}, "a")
    assert "secret" not in str(caught.value)


def test_a_wrong_password_is_a_refusal(settings: Settings) -> None:
    wrong = settings.model_copy(update={"prefect_auth": "longlou:wrong"})
    assert trigger(wrong, "a" * 64) is None
    assert settings.prefect_api_url is not None
    assert not Scheduler(settings.prefect_api_url, "longlou:wrong").is_alive()


def test_other_commands_find_the_scheduler_of_the_same_folder(prefect: Prefect, settings: Settings) -> None:
    bare = settings.model_copy(update={"prefect_api_url": None, "prefect_auth": None})
    assert scheduler_of(bare) is None
    assert trigger(bare, "a" * 64) is None
    for path, text in ((address_file(bare), str(settings.prefect_api_url)), (password_file(bare), "secret\n")):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="ascii")
    assert trigger(bare, "a" * 64) == "run-0"
