"""`python -m bench.faults`: kill -9 at random moments of a real night; is anything half published, anything lost?

One night is published, its sources change, and the next night is killed as often as asked, each time from the same
state and at another moment. After every kill the store must show the night before or the new one, whole; the run after
it must end with the very files and tables of a night that nobody disturbed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from bench.processes import ROOT, ChildFailedError, say
from data.store import tables
from data.store.runs import KILLED, list_runs
from data.store.session import open_store
from reports.summary import stable_part

#: How long a Prefect server may take: its first start runs its migrations.
_SERVER_SECONDS = 180
_SEAL = "summary.json"
_DAYS = ("2016-06-16", "2016-06-17")
#: Columns that say when and by which run; everything else must be the same.
_VOLATILE = ("run_id", "minted_run", "retired_run", "first_run_id", "decided_at")
_SHOWN = (tables.PERSONS, tables.LINKS, tables.CLASSIFICATIONS, tables.FINDINGS, tables.QUEUE_ITEMS)


@dataclass(frozen=True)
class Runner:
    """How the command line is started: the module, and what is added to the environment."""

    module: str = "longlou"
    environment: Mapping[str, str] = field(default_factory=dict)

    def begin(self, place: Path, *arguments: str) -> subprocess.Popen[bytes]:
        """A process of its own session; what it says goes to `place/log`."""
        place.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, **self.environment, "LONGLOU_VAR_DIR": str(place / "var")}
        with (place / "log").open("ab") as log:
            command = [sys.executable, "-m", self.module, *arguments]
            return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)

    def finish(self, place: Path, *arguments: str) -> float:
        """Run a command to its end; its seconds. ChildFailedError when it fails."""
        began = time.monotonic()
        code = self.begin(place, *arguments).wait()
        if code != 0:
            told = (place / "log").read_text(encoding="utf-8", errors="replace")[-2_000:]
            raise ChildFailedError(f"longlou {arguments[0]}: exit code {code}\n{told}")
        return time.monotonic() - began


@dataclass(frozen=True)
class Kill:
    """One killed night. at_s: when; is_committed: the new night stood already; next_s: what the run after it took."""

    at_s: float
    ended_itself: bool
    is_committed: bool
    is_intact: bool
    is_equal: bool
    is_noted: bool
    next_s: float


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=30, help="how often (30)")
    parser.add_argument("--scale", type=float, default=0.02, help="size of the county (0.02)")
    parser.add_argument("--seed", type=int, default=7, help="of the county and of the moments (7)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    options = parser.parse_args(arguments)
    if options.kills < 1 or options.seed < 0 or not 0 < options.scale <= 2:
        parser.error("--kills at least 1, --seed not negative, --scale above 0 and at most 2")
    return options


def measure(n_kills: int, scale: float, seed: int, folder: Path, run: Runner) -> dict[str, Any]:
    """Kill `n_kills` nights of a county under `folder`; the document of `--json`."""
    sources = folder / "sources"
    made = ("generate", "--area", "469005", "--scale", str(scale), "--seed", str(seed), "--out", str(sources))
    run.finish(folder, *made)
    start = folder / "start"
    run.finish(start, *_night(sources, start, _DAYS[0]))
    _change(sources)
    calm = folder / "calm"
    shutil.copytree(start, calm)
    duration = run.finish(calm, *_night(sources, calm, _DAYS[1]))
    before, after = _shown(start), _shown(calm)
    moments = random.Random(seed)
    kills = []
    for number in range(n_kills):
        # One moment in every n-th part of the night: no step of it is left out by chance.
        moment = duration * (number + moments.random()) / n_kills
        kills.append(_kill(run, folder / f"kill{number}", start, calm, sources, moment, (before, after)))
        say(f"{number + 1}/{n_kills}: {kills[-1]}")
        shutil.rmtree(folder / f"kill{number}")
    n_good = sum(kill.is_intact and kill.is_equal and kill.is_noted for kill in kills)
    n_killed = sum(not kill.ended_itself for kill in kills)
    rounds = [asdict(kill) for kill in kills]
    return {"n_kills": n_kills, "n_good": n_good, "n_killed": n_killed, "night_s": duration, "rounds": rounds}


def main(arguments: list[str]) -> int:
    """Run it; 1 when a kill left a trace."""
    options = parse(arguments)
    for name in [name for name in os.environ if name.startswith("LONGLOU_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name, _server(Path(name)) as url:
        run = Runner(environment={"LONGLOU_PREFECT_API_URL": url})
        document = measure(options.kills, options.scale, options.seed, Path(name), run)
    good, n = document["n_good"], document["n_kills"]
    print(json.dumps(document, indent=2) if options.json else f"{good} of {n} kills left everything whole")
    return 0 if good == n else 1


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """A Prefect server for all the nights, so that each is killed in its own work and not while it starts one."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PREFECT_HOME": str(folder / "prefect"), "DO_NOT_TRACK": "1"}
    command = [
        sys.executable,
        "-m",
        "prefect",
        "server",
        "start",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-ui",
    ]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        url = f"http://127.0.0.1:{port}/api"
        for _ in range(_SERVER_SECONDS):
            with suppress(httpx.HTTPError):
                if httpx.get(f"{url}/health", timeout=2).is_success:
                    break
            time.sleep(1)
        else:
            raise ChildFailedError("the Prefect server did not start")
        yield url
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _night(sources: Path, place: Path, day: str) -> tuple[str, ...]:
    return ("reconcile", "--sources", str(sources / "sources.toml"), "--out", str(place / "out"), "--as-of", day)


def _change(sources: Path) -> None:
    """A night's worth of change: a few rows of the register of persons go."""
    path = next((sources / "registration").glob("persons-*.csv"))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:1] + lines[6:]))


def _kill(
    run: Runner,
    place: Path,
    start: Path,
    calm: Path,
    sources: Path,
    moment: float,
    nights: tuple[dict[str, Any], dict[str, Any]],
) -> Kill:
    shutil.copytree(start, place)
    night = _night(sources, place, _DAYS[1])
    process = run.begin(place, *night)
    with suppress(subprocess.TimeoutExpired):
        process.wait(moment)
    ended_itself = process.poll() is not None
    # The whole session: the server that Prefect starts for a run dies with it.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    shown = _shown(place)
    is_intact = shown in nights and _is_sealed_right(place / "out", start / "out", calm / "out")
    n_started = _n_started(place)
    next_s = run.finish(place, *night)
    is_noted = n_started == 0 or _n_killed(place) == n_started
    is_equal = _shown(place) == nights[1] and _files(place / "out") == _files(calm / "out")
    return Kill(round(moment, 2), ended_itself, shown == nights[1], is_intact, is_equal, is_noted, round(next_s, 2))


def _shown(place: Path) -> dict[str, Any]:
    """What the store shows, without the marks of who wrote it when."""
    with open_store(f"sqlite:///{place / 'var' / 'longlou.db'}") as store, store.read() as connection:
        return {
            table.name: sorted(
                str([value for name, value in row.items() if name not in _VOLATILE])
                for row in connection.execute(select(table)).mappings()
            )
            for table in _SHOWN
        }


def _n_started(place: Path) -> int:
    with open_store(f"sqlite:///{place / 'var' / 'longlou.db'}") as store:
        return sum(run.state == "started" for run in list_runs(store))


def _n_killed(place: Path) -> int:
    with open_store(f"sqlite:///{place / 'var' / 'longlou.db'}") as store:
        return sum(run.reason == KILLED for run in list_runs(store))


def _is_sealed_right(out: Path, *nights: Path) -> bool:
    """Whoever finds a summary finds the files of that very night beside it."""
    if not (out / _SEAL).exists():
        return True
    found = _files(out)
    return any(found == _files(night) for night in nights)


def _files(out: Path) -> Mapping[str, Any]:
    """The files of a night, of its summary the part that two equal nights share."""
    found: dict[str, Any] = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    found[_SEAL] = stable_part(json.loads(found[_SEAL]))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
