"""`--as-of` a day that is past: that night once more, from what it knew then. Nothing is published by it.

What the store knew (judgements, persons) lies in the night's archive; its model and rule set are found by digest.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from data.digests import digest_of
from data.errors import ConfigError
from data.model import RunState
from data.settings import Settings
from data.store.archive import Archive, Manifest
from data.store.clock import utc_now
from data.store.runs import RunInfo, current_run, get_run, list_runs
from data.store.session import Store
from data.words import tr
from flows.books_apart import books_apart
from flows.checks import describe
from flows.finish import KNOWN, archived_night, night_of, write_tables
from flows.models import ChosenModel, baseline, load_model, model_files
from flows.night import model_of_night
from flows.outcome import Outcome
from flows.steps import StepClock
from reports.differences import Night, differences, tally
from reports.staging import SEAL, staged
from reports.summary import write_summary

log = logging.getLogger("longlou.run")

#: More runs than anybody has in one day; the ones looked for are among the newest of their day.
_MANY = 100_000


@dataclass(frozen=True)
class Past:
    """A day before the published one. run, manifest: the night of that day to be made again, None when none fits."""

    area: str
    archive: Archive
    run: RunInfo | None = None
    manifest: Manifest | None = None

    def known(self) -> dict[str, pd.DataFrame] | None:
        """What the store knew then, by name; None: what it knows now."""
        return None if self.manifest is None else self.archive.tables(self.manifest, KNOWN)


def past_of(store: Store, settings: Settings, area: str, as_of: date, sources: Mapping[str, str]) -> Past | None:
    """Whether the day lies before the published one (else None), and the last night published of it.

    A night fits when it read the same sources: their digests are in its row.
    """
    shown = current_run(store, area)
    if shown is None or as_of >= shown.as_of:
        return None
    archive = Archive.of(settings)
    was_published = (RunState.PUBLISHED, RunState.ROLLED_BACK)
    nights = [
        run
        for run in list_runs(store, area, _MANY)
        if run.as_of == as_of and run.state in was_published and run.republishes is None and run.archive
    ]
    for run in nights:
        if dict(run.sources) == dict(sources):
            return Past(area, archive, run, archive.manifest(run.run_id, run.archive))
    log.warning(
        tr(
            f"{as_of} 早于已发布的 {shown.as_of}，那天没有用这些来源发布过：按现有判定核对，不发布",
            f"{as_of} is before the published {shown.as_of} and no night of these sources was published then: "
            "reconciled with today's judgements, not published",
        )
    )
    return Past(area, archive)


def model_then(store: Store, settings: Settings, past: Past) -> ChosenModel:
    """The model of that night, by its digest. Raises ConfigError when it is not there any more."""
    now = model_of_night(store, settings, past.area)
    if past.run is None or now.digest == past.run.model_digest:
        return now
    if (shipped := baseline(settings)).digest == past.run.model_digest:
        return shipped
    for path in model_files(settings):
        if (found := load_model(settings, path.stem)).digest == past.run.model_digest:
            return found
    raise _not_the_same(past.run, tr("当时的匹配模型", "its matching model"))


def check_rules(past: Past, digest: str) -> None:
    """Raise ConfigError when the rule set of that day is not what that night used."""
    if past.run is not None and past.run.rules_digest != digest:
        raise _not_the_same(past.run, tr("当时的规则参数", "its rule set"))


def write_past(
    store: Store, settings: Settings, past: Past, run: RunInfo, outcome: Outcome, out: Path, clock: StepClock
) -> dict[str, Any]:
    """Write the files of the day into `out`; the content of `summary.json`, which tells whether they are the same."""
    outputs = outcome.outputs()
    found = differences(_night_before(store, past), night_of(outcome))
    with staged(out) as folder:
        with (
            clock.step("write", "写出台账和清单", "write ledgers and tables"),
            books_apart(folder, outcome.books(found, run.as_of, run.area), settings) as books,
        ):
            write_tables(folder, outputs, found)
            books()
        differing = None if past.manifest is None else _differing(folder, past.manifest)
        told = {
            "state": "unpublished" if past.run is None else "reproduced",
            "reproduces": None if past.run is None else past.run.run_id,
            "differing_files": differing,
            "differences": tally(found),
            "checks": describe([], None if past.run is None else past.run.built_on),
        }
        summary = {**outcome.summary(run, outputs, clock.steps, utc_now()), **told}
        write_summary(folder, summary)
    _tell(past, differing)
    return summary


def _night_before(store: Store, past: Past) -> Night | None:
    if past.run is None or past.run.built_on is None:
        return None
    before = get_run(store, past.run.built_on)
    return archived_night(past.archive, past.archive.manifest(before.run_id, before.archive))


def _differing(folder: Path, manifest: Manifest) -> list[str]:
    """Names of files that are not byte for byte those of the night, or are missing on one side."""
    paths = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    then = {name: digest for name, digest in manifest.files.items() if name != SEAL}
    now = {name: digest_of(path) for name, path in paths.items()}
    return sorted(name for name in {*then, *now} if then.get(name) != now.get(name))


def _tell(past: Past, differing: list[str] | None) -> None:
    if past.run is None or differing is None:
        return
    night = past.run.run_id
    if differing:
        names = "、".join(differing)
        told = tr(
            f"重现了 {night}，但有 {len(differing)} 个文件与当时不同（{names}）；没有发布。"
            f"当时的文件可用 longlou runs restore {night} 取回",
            f"{night} again, but {len(differing)} files differ from that night's ({names}); not published. "
            f"longlou runs restore {night} brings the files of that night back",
        )
        log.warning(told)
        return
    log.warning(tr(f"重现了 {night}，文件逐字节相同；没有发布", f"{night} again, byte for byte; not published"))


def _not_the_same(run: RunInfo, what: str) -> ConfigError:
    return ConfigError(
        tr(
            f"无法重现 {run.run_id}：{what}已不在；当时的文件可用 longlou runs restore {run.run_id} 取回",
            f"{run.run_id} cannot be made again: {what} is gone; longlou runs restore {run.run_id} has its files",
        )
    )
