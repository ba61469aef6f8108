"""The end of a run: files written aside, checked against the night before, archived, then published or held.

Whatever breaks off here leaves the published night as it was; what was committed can be had again from the archive.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import select

from data.model import RunState
from data.reference.divisions import county_name
from data.settings import Settings
from data.store.archive import Archive, Manifest
from data.store.clock import utc_now
from data.store.frames import read_frame
from data.store.holds import hold_run
from data.store.keyring import Keyring
from data.store.publish import Ready, Terms, checked
from data.store.runs import RunInfo
from data.store.session import Store
from data.store.shown import STORE, Shown, table_of
from data.store.statistics import note_folder
from data.store.tables import CLASSIFICATIONS, FINDINGS, LINKS
from data.words import tr
from flows import tasks
from flows.checks import Breach, check_night, describe, load_limits, night_counts
from flows.forecast import note_run
from flows.memory import Memory
from flows.outcome import Outcome
from flows.steps import Step, StepClock, peak_mb
from reports.differences import Night, differences, tally
from reports.differences_files import write_differences
from reports.outputs import OutputTables
from reports.staging import SEAL, staged
from reports.summary import write_summary

#: The folder under OUT with the files of a run that was held: nobody takes them for the published ones.
HELD_FOLDER = "held"
KNOWN = "known/"
_OF_NIGHT = ("links", "classifications", "findings")


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
    with staged(at.out / HELD_FOLDER if breaches else at.out) as folder:
        with clock.step("write", "写出台账和清单", "write ledgers and tables"):
            write_files(folder, run, outcome, outputs, found)
        with clock.step("archive", "存档", "archive"):
            ready = checked(outcome.published(outputs, at.keyring))
            manifest = _archived(at, run, folder, ready)
        told = {"state": state, "fingerprint": at.mark, "differences": tally(found)}
        told |= {"checks": describe(breaches, None if at.before is None else at.before.run_id)}
        sealing = _Sealing(at, run, outcome, outputs, folder, manifest, told)
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


def write_files(folder: Path, run: RunInfo, outcome: Outcome, outputs: OutputTables, found: pd.DataFrame) -> None:
    """Every file of a night but its summary."""
    unit = county_name(run.area) or tr("海南省", "Hainan")
    tasks.write(folder, outputs, outcome.ledgers(), run.as_of, unit)
    names = outcome.facts.members.drop_duplicates("person_id").set_index("person_id")["name"]
    write_differences(folder, found, names, run.as_of, unit)


def night_of(outcome: Outcome) -> Night:
    """The tables of this run, for the difference to another night."""
    return Night(outcome.matched.links, outcome.ruled.classifications, outcome.ruled.findings)


def published_night(store: Store, area: str, shown: Shown | None) -> Night:
    """The tables that the book shows now: from the archive where they are there."""
    kept = [table for name in _OF_NIGHT if (table := table_of(shown, name)) is not None]
    if len(kept) == len(_OF_NIGHT):
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
    return Night(*(archive.table(manifest, f"{STORE}{name}") for name in _OF_NIGHT))


def _archived(at: Setting, run: RunInfo, folder: Path, ready: Ready) -> Manifest:
    """Put everything but the summary into the archive, under a manifest that no run bears yet."""
    archive = at.archive
    frames = {f"{STORE}{name}": frame for name, frame in ready.frames().items()}
    frames |= {f"{KNOWN}{name}": frame for name, frame in at.memory.frames().items()}
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    notes = {"fingerprint": at.mark, "out": str(at.out.resolve())}
    # Hashing, packing and waiting for the disk leave the interpreter to others.
    with archive.writing(), ThreadPoolExecutor() as pool:
        digests = pool.map(archive.put_file, paths)
        manifest = Manifest(
            run.run_id,
            run.area,
            {str(path.relative_to(folder)): digest for path, digest in zip(paths, digests, strict=True)},
            {name: archive.put_table(frame) for name, frame in sorted(frames.items())},
            notes,
        )
        archive.write(manifest)
    return manifest


@dataclass
class _Sealing:
    """Writes the summary and closes the archive, as the last act before a commit: the digest of the manifest."""

    at: Setting
    run: RunInfo
    outcome: Outcome
    outputs: OutputTables
    folder: Path
    manifest: Manifest
    told: Mapping[str, Any]
    started: float | None = None

    def __post_init__(self) -> None:
        self.summary: dict[str, Any] = {}

    def __call__(self) -> str:
        steps: Sequence[Step] = self.at.clock.steps
        if self.started is not None:
            steps = [*steps, Step("publish", time.perf_counter() - self.started, peak_mb())]
        self.summary = {**self.outcome.summary(self.run, self.outputs, steps, utc_now()), **self.told}
        if self.at.clock.expected is not None:
            self.summary["forecast"] = self.at.clock.expected.beside(steps)
        return seal_archive(self.at.archive, self.manifest, self.folder, self.summary)


def seal_archive(archive: Archive, manifest: Manifest, folder: Path, summary: Mapping[str, Any]) -> str:
    """Write the summary into the folder and the archive; the digest of the finished manifest."""
    path = write_summary(folder, summary)
    with archive.writing():
        files = {**manifest.files, SEAL: archive.put_file(path)}
        return archive.write(replace(manifest, files=files))


def _hold(at: Setting, sealing: _Sealing, ready: Ready, breaches: Sequence[Breach]) -> dict[str, Any]:
    run = replace(sealing.run, archive=sealing())
    hold_run(at.store, run, [breach.message for breach in breaches], ready.tables.clear)
    return sealing.summary
