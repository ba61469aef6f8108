"""`python -m bench.reviewers`: reviewers decide as fast as they can while runs publish. Is a judgement ever lost?

Every reviewer is a thread with connections of its own, going through `review.service` as the desk does: take the next
question, answer it. Meanwhile nights are published that ask everything again and something new. At the end every
answer must be there as a reading, every decided question as a judgement, and the audit chain must be whole.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import create_engine, func, select

from bench.processes import machine, say
from data.model import QueueKind, QueueState
from data.store import audit, tables
from data.store.clock import utc_now
from data.store.publish import PublishTables, publish
from data.store.runs import RunInfo
from data.store.session import Store, open_store
from data.store.tables_readings import READINGS
from review.choices import parse_choice
from review.service import next_item, record_judgement

AREA = "469905"
#: More questions than twenty people answer in a minute; each publishing adds some.
N_QUESTIONS, N_MORE = 30_000, 200


@dataclass
class Tally:
    """What one reviewer did. seconds: of each decision, from asking for the question to the answer kept."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.reviewers", description=__doc__)
    parser.add_argument("--n", type=int, default=20, help="reviewers at once (20)")
    parser.add_argument("--seconds", type=float, default=60.0, help="for how long (60)")
    parser.add_argument("--questions", type=int, default=N_QUESTIONS, help=f"questions at the start ({N_QUESTIONS})")
    parser.add_argument("--database", help="URL of an EMPTY database; absent: a SQLite file")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    options = parser.parse_args(arguments)
    if options.n < 1 or options.seconds <= 0 or options.questions < 1:
        parser.error("--n and --questions at least 1, --seconds above 0")
    return options


def measure(url: str, n_reviewers: int, seconds: float, n_questions: int = N_QUESTIONS) -> dict[str, Any]:
    """Let them decide for so many seconds while nights are published; the document of `--json`."""
    with open_store(url) as store:
        publish(store, _run(0), _night(n_questions))
        until = time.monotonic() + seconds
        is_over: Callable[[], bool] = lambda: time.monotonic() > until  # noqa: E731 - one line, one meaning
        with ThreadPoolExecutor(n_reviewers + 1) as pool:
            night = pool.submit(_publish, url, n_questions, is_over)
            jobs = [pool.submit(_review, url, f"reviewer{number:02d}", is_over) for number in range(n_reviewers)]
            tallies = [job.result() for job in jobs]
            publishing = night.result()
        return _document(store, tallies, publishing, seconds)


def main(arguments: list[str]) -> int:
    """Run it; 1 when a judgement was lost or anything failed."""
    options = parse(arguments)
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        url = options.database or f"sqlite:///{Path(name) / 'longlou.db'}"
        if options.database and _has_tables(url):
            say("the database is not empty")
            return 2
        document = {"machine": machine(), **measure(url, options.n, options.seconds, options.questions)}
    print(json.dumps(document, ensure_ascii=False, indent=2) if options.json else _line(document))
    return 0 if document["n_lost"] == 0 and not document["errors"] and document["is_chain_whole"] else 1


def _review(url: str, reviewer: str, is_over: Callable[[], bool]) -> Tally:
    tally, choice = Tally(), parse_choice("none")
    with open_store(url) as store:
        while not is_over():
            began = time.perf_counter()
            try:
                card = next_item(store, AREA, reviewer)
                if card is None:
                    break
                record_judgement(store, AREA, card.item_id, choice, reviewer, "两人同名，住址不同")
            except Exception as error:  # noqa: BLE001 - every failure is counted and shown
                tally.errors.append(f"{type(error).__name__}: {error}"[:200])
                continue
            tally.seconds.append(time.perf_counter() - began)
    return tally


def _publish(url: str, n_questions: int, is_over: Callable[[], bool]) -> Tally:
    """Night after night, one at least; each asks everything again and a little more, as a real one does."""
    tally = Tally()
    with open_store(url) as store:
        while not (tally.seconds or tally.errors) or not is_over():
            number = len(tally.seconds) + 1
            began = time.perf_counter()
            try:
                publish(store, _run(number), _night(n_questions + N_MORE * number))
            except Exception as error:  # noqa: BLE001 - every failure is counted and shown
                tally.errors.append(f"{type(error).__name__}: {error}"[:200])
                break
            tally.seconds.append(time.perf_counter() - began)
    return tally


def _document(store: Store, tallies: list[Tally], publishing: Tally, seconds: float) -> dict[str, Any]:
    times = sorted(second for tally in tallies for second in tally.seconds)
    with store.read() as connection:
        n_readings = int(connection.execute(select(func.count()).select_from(READINGS)).scalar_one())
        judged = set(connection.execute(select(tables.JUDGEMENTS.c.item_id)).scalars())
        decided = tables.QUEUE_ITEMS.c.state == QueueState.DECIDED
        answered = set(connection.execute(select(tables.QUEUE_ITEMS.c.item_id).where(decided)).scalars())
        engine = connection.dialect.name
    cuts = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else [0.0] * 99
    return {
        "engine": engine,
        "n_reviewers": len(tallies),
        "seconds": seconds,
        "n_decisions": len(times),
        "n_readings": n_readings,
        "n_judged": len(judged),
        # An answer without its reading, a decision without its judgement, a judgement whose question is open again.
        "n_lost": abs(len(times) - n_readings) + len(answered ^ judged),
        "decisions_per_s": len(times) / seconds,
        "p50_ms": cuts[49] * 1000,
        "p95_ms": cuts[94] * 1000,
        "max_ms": max(times, default=0.0) * 1000,
        "n_published": len(publishing.seconds),
        "publish_s": statistics.median(publishing.seconds) if publishing.seconds else None,
        "is_chain_whole": audit.verify_chain(store).is_intact,
        "errors": sorted({error for tally in (*tallies, publishing) for error in tally.errors}),
    }


def _night(n: int) -> PublishTables:
    """n questions, each whether record a is record b: two persons of one record each."""
    ids = [f"{number:06d}" for number in range(n)]
    links = pd.DataFrame({"unique_id": [f"a{i}" for i in ids], "person_id": [f"P{i}" for i in ids]}, dtype=object)
    persons = links[["person_id"]].assign(is_member=True)
    place = {"area": AREA, "township": "龙楼镇"}
    classes = persons[["person_id"]].assign(primary_class="lost", flags="", population="elsewhere", **place)
    queue = pd.DataFrame({"item_id": [f"q{i}" for i in ids], "unique_id": links["unique_id"]}, dtype=object)
    shown = {"weight": 3.5, "probability": 0.9, "match_key": "+姓名", "shown": {"name": "王小明"}}
    candidates = [json.dumps([{"unique_id": f"b{i}", **shown}], ensure_ascii=False) for i in ids]
    queue = queue.assign(kind=str(QueueKind.MATCH), person_id=links["person_id"], candidates=candidates, shown=None)
    none = ["finding_id", "rule_code", "evidence_grade", "unique_id", "person_id", "message", "evidence"]
    findings = pd.DataFrame({name: pd.Series(dtype=object) for name in none}).assign(is_false_entry=False)
    return PublishTables(
        persons,
        links,
        classes.assign(branch="第一支部", entity_id=None, reason="半年无联系").astype(object),
        findings.astype({"is_false_entry": bool}),
        queue.assign(reason="是不是同一人", **place, priority=1).astype({"priority": "int64"}),
    )


def _run(number: int) -> RunInfo:
    first = RunInfo("bench", AREA, date(2016, 6, 16), utc_now(), "bench", "bench", "bench")
    return replace(first, run_id=f"bench-{number:04d}")


def _has_tables(url: str) -> bool:
    from sqlalchemy import inspect

    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    try:
        return bool(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def _line(found: dict[str, Any]) -> str:
    return (
        f"{found['engine']}: {found['n_reviewers']} reviewers, {found['n_decisions']} decisions "
        f"({found['decisions_per_s']:.1f}/s, p50 {found['p50_ms']:.0f} ms, p95 {found['p95_ms']:.0f} ms, "
        f"longest {found['max_ms']:.0f} ms), {found['n_published']} nights published meanwhile; "
        f"{found['n_lost']} lost, errors {found['errors'] or 'none'}, audit chain whole: {found['is_chain_whole']}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
