"""Through Prefect's own engine: the pinned set works, a run is recorded, and no member's value gets into its database."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from tests.county import with_numbers

pytestmark = [pytest.mark.engine, pytest.mark.timeout(240)]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a user who knows nothing of Prefect."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "LONGLOU_"))}
    return {**kept, "LONGLOU_VAR_DIR": str(tmp_path / "var"), "HOME": str(tmp_path)}


def test_a_run_is_recorded_without_any_value_of_a_member(
    county: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    call = [
        sys.executable,
        "-m",
        "longlou",
        "reconcile",
        "--sources",
        str(county / "sources.toml"),
        "--out",
        "out",
        "--json",
    ]
    done = subprocess.run(call, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["steps"][0]["name"] == "prefect_start"
    assert not re.search(r"\d{17}[\dXx]", done.stderr)
    database = tmp_path / "var" / "prefect" / "prefect.db"
    with closing(sqlite3.connect(database)) as connection:
        states = connection.execute("SELECT state_type FROM flow_run").fetchall()
        dump = "\n".join(connection.iterdump())
    assert states == [("COMPLETED",)]
    # Value by value: in the file two of Prefect's random ids stand side by side, and now and then both show digits only.
    assert not re.search(r"[0-9]{17}[0-9X]", dump)
    assert [name for name in with_numbers(tmp_path / "var", tmp_path / "out") if name != database.name] == []
    truth = pd.read_csv(tmp_path / "out" / "classifications.csv", dtype=str)
    assert len(truth)
    assert not any(person_id in dump for person_id in truth["person_id"])
    assert not (tmp_path / ".prefect").exists()


def test_a_refused_file_is_told_once_and_in_plain_words(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "sources.toml").write_text(
        'area = "469005"\nas_of = 2016-06-16\n[manifest]\ncontroller = "甲"\npurpose = "rectify_roster"\n'
        'legal_basis = "乙"\nretention_on = 2099-12-31\ncontact = "丙"\n'
        '[sources.roster]\nkind = "member_roster"\nlocation = "absent.xlsx"\n',
        encoding="utf-8",
    )
    call = [sys.executable, "-m", "longlou", "reconcile", "--sources", "sources.toml", "--out", "out"]
    done = subprocess.run(call, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert done.stderr.count("absent.xlsx") == 1
    assert not (tmp_path / "out").exists()


@pytest.fixture
def server(tmp_path: Path, environment: dict[str, str]) -> Iterator[str]:
    """A Prefect server of the pinned set on loopback; its address."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**environment, "PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_SERVER_API_PORT": str(port),
           "DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}  # fmt: skip
    call = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(call, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        api = f"http://127.0.0.1:{port}/api"
        _wait_until(lambda: _answers(f"{api}/health"), 90)
        yield api
    finally:
        process.terminate()
        process.wait(30)


def test_the_pinned_set_schedules_a_cron(server: str, environment: dict[str, str]) -> None:
    """SQLAlchemy 2.1 silences the scheduler while everything else looks well: a run must appear by itself."""
    script = (
        "from prefect.client.orchestration import get_client\n"
        "from prefect.client.schemas.schedules import CronSchedule\n"
        "from prefect.client.schemas.actions import DeploymentScheduleCreate\n"
        "client = get_client(sync_client=True)\n"
        "flow_id = client.create_flow_from_name('nightly')\n"
        "schedule = DeploymentScheduleCreate(schedule=CronSchedule(cron='30 2 * * *', timezone='Asia/Shanghai'))\n"
        "client.create_deployment(flow_id, 'nightly', schedules=[schedule])\n"
    )
    env = {**environment, "PREFECT_API_URL": server, "DO_NOT_TRACK": "1"}
    subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True)
    _wait_until(lambda: _n_scheduled(server) > 0, 40)


def _n_scheduled(api: str) -> int:
    body = json.dumps({"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}).encode()
    request = urllib.request.Request(f"{api}/flow_runs/count", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return int(answer.read())


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _wait_until(holds: object, seconds: float) -> None:
    assert callable(holds)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.5)
    pytest.fail(f"did not happen within {seconds} s")
