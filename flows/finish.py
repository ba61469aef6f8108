"""The end of a run: files written aside, checked against the night before, archived, then published or held.

Whatever breaks off here leaves the published night as it was; what was committed can be had again from the archive.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from contextvars import copy_context
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import select

from data.model import RunState
from data.settings import Settings
from data.store.archive import Archive, Manifest
from data.store.clock import utc_now
from data.store.frames import read_frame
from data.store.holds import hold_run
from data.store.keyring import Keyring
from data.store.publish import Ready, Terms, checked
from data.store.runs import RunInfo
from data.store.session import Store
from data.store.shown import STORE, Shown, columns_of
from data.store.statistics import note_folder
from data.store.tables import CLASSIFICATIONS, FINDINGS, LINKS
from flows import tasks
from flows.books_apart import books_apart
from flows.checks import Breach, check_night, describe, load_limits, night_counts
from flows.forecast import note_run
from flows.memory import Memory
from flows.outcome import Outcome
from flows.steps import Step, StepClock, peak_mb
from reports.differences import LOOKED_AT, Night, differences, tally
from reports.differences_files import write_differences
from reports.outputs import OutputTables
from reports.staging import staged
from reports.summary import write_summary

#: The folder under OUT with the files of a run that was held: nobody takes them for the published ones.
HELD_FOLDER = "held"
KNOWN = "known/"
#: Tables and files put into the archive side by side: each of them lies in memory for that long.
_AT_ONCE = 3


@dataclass(frozen=True)
class Setting:
    """Where a run works and what it started from.

    before: the run published last, None for the first; memory: what the store told it, kept with the night.
    """

    settings: Settings
    store: Store
    out: Path
    clock: StepClock
    keyring: Keyring
    before: RunInfo | None
    memory: Memory
    mark: str

    @property
    def archive(self) -> Archive:
        """The archive of the installation."""
        return Archive.of(self.settings)


def finish_night(at: Setting, run: RunInfo, outcome: Outcome) -> dict[str, Any]:
    """Step 11: publish or hold the run; the content of its `summary.json`."""
    clock = at.clock
    outputs = outcome.outputs()
    with clock.step("check", "核对本夜与上次", "check the night against the last"):
        limits = load_limits(at.settings.checks_file)
        counts = night_counts(outcome.taken, outputs, limits)
        breaches = check_night(counts, None if at.before is None else at.before.counts, limits)
        shown = Shown.of(at.archive, at.before, at.memory.known)
        was = None if at.before is None else published_night(at.store, run.area, shown)
        found = differences(was, night_of(outcome))
    run = replace(run, counts=counts)
    state = RunState.HELD if breaches else RunState.PUBLISHED
    with (
        staged(at.out / HELD_FOLDER if breaches else at.out) as folder,
        ThreadPoolExecutor(1, thread_name_prefix="archive") as beside,
        ExitStack() as held,
    ):
        with clock.step("write", "写出台账和清单", "write ledgers and tables"):
            books = held.enter_context(books_apart(folder, outcome.books(found, run.as_of, run.area), at.settings))
            paths = write_tables(folder, outputs, found)
        with clock.step("archive", "存档", "archive"):
            ready = checked(outcome.published(outputs, at.keyring))
            # It is needed when the transaction is about to end: until then both go on.
            manifest = beside.submit(copy_context().run, _archived, at, run, paths, ready)
        told = {"state": state, "fingerprint": at.mark, "differences": tally(found)}
        told |= {"checks": describe(breaches, None if at.before is None else at.before.run_id)}
        sealing = _Sealing(at, run, outcome, outputs, folder, books, manifest, told)
        if breaches:
            summary = _hold(at, sealing, ready, breaches)
        else:
            with clock.step("publish", "发布", "publish"):
                sealing.started = time.perf_counter()
                terms = Terms((None if at.before is None else at.before.run_id,), seal=sealing, shown=shown)
                tasks.publish_run(at.store, run, ready, terms)
            summary = sealing.summary
    note_run(at.store, summary)
    if not breaches:
        note_folder(at.store, run.run_id, at.out)
        shutil.rmtree(at.out / HELD_FOLDER, ignore_errors=True)
    return summary


def write_tables(folder: Path, outputs: OutputTables, found: pd.DataFrame) -> list[Path]:
    """Every file of a night but its workbooks and its summary; their paths."""
    return [*tasks.write(folder, outputs), write_differences(folder, found)]


def night_of(outcome: Outcome) -> Night:
    """The tables of this run, for the difference to another night."""
    return Night(outcome.matched.links, outcome.ruled.classifications, outcome.ruled.findings)


def published_night(store: Store, area: str, shown: Shown | None) -> Night:
    """The tables that the book shows now: from the archive where they are there."""
    kept = [
        table.select(columns).to_pandas()
        for name, columns in LOOKED_AT.items()
        if (table := columns_of(shown, name)) is not None
    ]
    if len(kept) == len(LOOKED_AT):
        return Night(*kept)
    asked = FINDINGS.c.is_current.is_(True)
    with store.read() as connection:
        links, classes, findings = (
            read_frame(connection, select(table).where(table.c.run_area == area, *more))
            for table, more in ((LINKS, ()), (CLASSIFICATIONS, ()), (FINDINGS, (asked,)))
        )
    return Night(links, classes, findings)


def archived_night(archive: Archive, manifest: Manifest) -> Night:
    """The tables of a night that was archived."""
    return Night(*(archive.table(manifest, f"{STORE}{name}") for name in LOOKED_AT))


def _archived(at: Setting, run: RunInfo, paths: Sequence[Path], ready: Ready) -> Manifest:
    """Put the tables and these files into the archive, under a manifest that no run bears yet."""
    archive = at.archive
    frames = {f"{STORE}{name}": frame for name, frame in ready.frames().items()}
    frames |= {f"{KNOWN}{name}": frame for name, frame in at.memory.frames().items()}
    notes = {"fingerprint": at.mark, "out": str(at.out.resolve())}
    # Hashing, packing and waiting for the disk leave the interpreter to others.
    with archive.writing(), ThreadPoolExecutor(_AT_ONCE) as pool:
        tables = {name: pool.submit(archive.put_table, frame) for name, frame in sorted(frames.items())}
        files = {path.name: pool.submit(archive.put_file, path) for path in paths}
        manifest = Manifest(
            run.run_id,
            run.area,
            {name: put.result() for name, put in files.items()},
            {name: put.result() for name, put in tables.items()},
            notes,
        )
        archive.write(manifest)
    return manifest


@dataclass
class _Sealing:
    """Writes the summary and closes the archive, as the last act before a commit: the digest of the manifest.

    books: waits for the workbooks and gives their paths. manifest: of what is in the archive by then.
    """

    at: Setting
    run: RunInfo
    outcome: Outcome
    outputs: OutputTables
    folder: Path
    books: Callable[[], list[Path]]
    manifest: Future[Manifest]
    told: Mapping[str, Any]
    started: float | None = None

    def __post_init__(self) -> None:
        self.summary: dict[str, Any] = {}

    def __call__(self) -> str:
        books, manifest = self.books(), self.manifest.result()
        steps: Sequence[Step] = self.at.clock.steps
        if self.started is not None:
            steps = [*steps, Step("publish", time.perf_counter() - self.started, peak_mb())]
        self.summary = {**self.outcome.summary(self.run, self.outputs, steps, utc_now()), **self.told}
        if self.at.clock.expected is not None:
            self.summary["forecast"] = self.at.clock.expected.beside(steps)
        return seal_archive(self.at.archive, manifest, self.folder, self.summary, books)


def seal_archive(
    archive: Archive, manifest: Manifest, folder: Path, summary: Mapping[str, Any], more: Sequence[Path] = ()
) -> str:
    """Write the summary into the folder and the archive, `more` files of the folder too; the digest of the manifest."""
    paths = [*more, write_summary(folder, summary)]
    with archive.writing():
        files = {**manifest.files, **{path.name: archive.put_file(path) for path in paths}}
        return archive.write(replace(manifest, files=files))


def _hold(at: Setting, sealing: _Sealing, ready: Ready, breaches: Sequence[Breach]) -> dict[str, Any]:
    run = replace(sealing.run, archive=sealing())
    hold_run(at.store, run, [breach.message for breach in breaches], ready.tables.clear)
    return sealing.summary
