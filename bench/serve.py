"""`python -m bench.serve`: from a file handed in to the start of its run and to the item on the page; and a burst.

One `longlou serve` of its own, a small county, one person at the desk.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.processes import machine, say
from bench.serving import AREA, Person, Served, roster_files, wait_for
from data.store.progress import AttemptState, Origin, last_attempts
from data.store.session import open_store
from data.store.transitions import UploadState
from data.store.uploads import get_upload, list_uploads
from data.store.users import Role

_SECONDS = 600.0


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.serve", description=__doc__)
    parser.add_argument("--uploads", type=int, default=20, help="files handed in one after the other (20)")
    parser.add_argument("--burst", type=int, default=50, help="files handed in at once (50)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    options = parser.parse_args(arguments)
    if options.uploads < 1 or options.burst < 1:
        parser.error("--uploads and --burst at least 1")
    return options


def measure(n_uploads: int, n_burst: int, folder: Path) -> dict[str, Any]:
    """Seconds of every upload, and what became of the burst; the document of `--json`."""
    served = Served(folder)
    files = roster_files(served, folder / "rosters", n_uploads + n_burst)
    ready_s = served.start()
    try:
        person = served.enter("bench", *Role)
        alone = [_latency(served, person, file) for file in files[:n_uploads]]
        return {"machine": machine(), "ready_s": ready_s, **_spread(alone), "burst": _burst(served, files[n_uploads:])}
    finally:
        served.stop()


def _latency(served: Served, person: Person, file: Path) -> tuple[float, float, float]:
    """Seconds from the click that sends it: until it was checked and confirmed, its run began, its result shows."""
    began = time.monotonic()
    upload_id = person.hand_in(file)
    confirmed = time.monotonic()
    with open_store(served.database) as store:
        going = (UploadState.RUNNING, UploadState.DONE)
        wait_for(lambda: get_upload(store, upload_id).state in going, _SECONDS)
        started = time.monotonic()
    wait_for(lambda: person.sees(f"/{AREA}/uploads/{upload_id}", 'data-state="done"'), _SECONDS)
    say(f"{file.name}: run after {started - confirmed:.1f} s, done after {time.monotonic() - confirmed:.1f} s")
    return confirmed - began, started - confirmed, time.monotonic() - confirmed


def _burst(served: Served, files: list[Path]) -> dict[str, Any]:
    """Checked one by one, confirmed all at once, by several people; how many runs took them up, and was one lost?"""
    people = [served.enter(f"bench{number}", *Role) for number in range(4)]
    began = time.monotonic()
    with open_store(served.database) as store:
        earlier = {one.attempt_id for one in last_attempts(store, AREA, 1_000)}
        with ThreadPoolExecutor(len(people)) as pool:
            ids = list(pool.map(lambda each: people[each[0] % len(people)].put_down(each[1]), enumerate(files)))
            checked_s = time.monotonic() - began
            list(pool.map(lambda each: people[each[0] % len(people)].confirm(each[1]), enumerate(ids)))
        confirmed_s = time.monotonic() - began - checked_s

        def are_done() -> bool:
            found = list_uploads(store, AREA, limit=1_000)
            return all(one.state is UploadState.DONE for one in found)

        wait_for(are_done, _SECONDS)
        attempts = [one for one in last_attempts(store, AREA, 1_000) if one.attempt_id not in earlier]
        runs = {get_upload(store, upload_id).run_id for upload_id in ids}
    n_done = sum(one.state is AttemptState.DONE and one.origin is Origin.UPLOAD for one in attempts)
    done_s = time.monotonic() - began - checked_s
    told = {"n": len(ids), "checked_s": checked_s, "confirmed_s": confirmed_s, "done_s": done_s}
    return {**told, "n_lost": len(files) - len(set(ids)), "n_runs": len(runs), "n_attempts": n_done}


def _spread(rounds: list[tuple[float, float, float]]) -> dict[str, Any]:
    names = ("check_s", "to_run_s", "to_item_s")
    return {
        name: {
            "n": len(values),
            "min": round(min(values), 2),
            "median": round(statistics.median(values), 2),
            "max": round(max(values), 2),
        }
        for name, values in zip(names, zip(*rounds, strict=True), strict=True)
    }


def main(arguments: list[str]) -> int:
    """Run it; 1 when a file of the burst was lost."""
    options = parse(arguments)
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        # As root the scheduler's database runs under another user, who has to get through.
        Path(name).chmod(0o711)
        document = measure(options.uploads, options.burst, Path(name))
    print(json.dumps(document, indent=2) if options.json else _told(document))
    return 1 if document["burst"]["n_lost"] else 0


def _told(document: dict[str, Any]) -> str:
    burst = document["burst"]
    lines = [f"{name}: {document[name]}" for name in ("ready_s", "check_s", "to_run_s", "to_item_s")]
    return "\n".join([*lines, f"burst of {burst['n']}: {burst['n_runs']} runs, {burst['n_lost']} lost"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
