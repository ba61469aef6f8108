"""The flows that nobody starts by hand: the night, what files and judgements ask for, sweep, proposals, upkeep.

Every flow takes paths and dates only. A run that finds nothing to do says so and ends: a missed trigger is made up by
the sweep, a doubled one costs a look. What a flow returns is counts and ids.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from prefect import flow, runtime

from data.errors import InputRefused, LonglouError, RunLocked
from data.logs import bind, formatter
from data.settings import Settings, load_settings
from data.sources.spec import SourcesSpec, load_sources
from data.store.audit import MACHINE
from data.store.backup import make_backup, remove_old
from data.store.clock import utc_now
from data.store.ledger import is_judged_since
from data.store.progress import Attempt, AttemptState, Origin, last_attempts
from data.store.runs import current_run
from data.store.session import Store, open_store
from data.store.uploads import uploads_in
from data.words import set_language, tr
from flows.attempts import MOST_KILLS, Asked, killed_attempts
from flows.guard import shielded
from flows.model_work import propose_model, read_material
from flows.models import active_models, model_path, save_model
from flows.night_accepted import NotKept
from flows.nights import beijing_day, is_done, is_superseded, missed_night
from flows.notify import about_failure, about_run, deliver
from flows.reconcile import run_area
from flows.retention import remove_due
from flows.triggers import NIGHT, REGRADE, ask_for_night, ask_for_regrade, trigger
from flows.uploads import WAITING

#: How long a run waits for another's end; longer than any night takes. After that the sweep asks again.
_WAIT_SECONDS = 4 * 3600.0
Told = dict[str, Any]


@flow(name=NIGHT.partition("/")[0], persist_result=False)
def night(sources: str, out: str, night_on: date | None = None) -> Told:
    """The reconciliation of one night. night_on: which; else the one that this run was scheduled for, however late.

    A night that a newer one supersedes is not made up for, and none is done twice.
    """
    with _at_work(sources) as (settings, spec), open_store(settings.database) as store:
        day = night_on or beijing_day(_scheduled())
        if night_on is None and is_superseded(settings.night_cron, day, utc_now()):
            return {"night_on": day.isoformat(), "skipped": "superseded"}
        if is_done(store, spec.area, day):
            return {"night_on": day.isoformat(), "skipped": "done"}
        as_of, shown = spec.as_of or day, current_run(store, spec.area)
        if shown is not None and shown.as_of > as_of:
            return {"night_on": day.isoformat(), "skipped": "newer published"}
    return _run(sources, out, as_of, Asked(Origin.NIGHT, day, _WAIT_SECONDS)) | {"night_on": day.isoformat()}


@flow(name="take-up", persist_result=False)
def take_up(sources: str, out: str) -> Told:
    """A reconciliation if a file waits for one; the run lists for itself what is new."""
    with _at_work(sources) as (settings, spec), open_store(settings.database) as store:
        n_waiting = len(uploads_in(store, WAITING, spec.area))
    if not n_waiting:
        return {"n_waiting": 0}
    day = spec.as_of or beijing_day(utc_now())
    return _run(sources, out, day, Asked(Origin.UPLOAD, wait_seconds=_WAIT_SECONDS)) | {"n_waiting": n_waiting}


@flow(name=REGRADE.partition("/")[0], persist_result=False)
def regrade(sources: str, out: str) -> Told:
    """The published night once more with the judgements since; no source is touched."""
    _ready()
    try:
        return _run(sources, out, None, Asked(Origin.REGRADE, wait_seconds=_WAIT_SECONDS))
    except NotKept as gone:
        return {"skipped": str(gone)}


@flow(name="sweep", persist_result=False)
def sweep(sources: str) -> Told:
    """Ask for what should be running and is not: a night that was missed or killed, files and judgements that wait.

    What died too often in a row is left to people and to the next night.
    """
    with _at_work(sources) as (settings, spec), open_store(settings.database) as store:
        deliver(settings)
        now = utc_now()
        killed = killed_attempts(settings, store, spec.area)
        waiting = uploads_in(store, WAITING, spec.area)
        told: Told = {"n_waiting": len(waiting), "n_killed": len(killed)}
        if len(killed) >= MOST_KILLS:
            problem = tr("连续被终止，等下一夜再试", "killed again and again: not begun again before the next night")
            about_failure(settings, spec.area, f"killed:{killed[0].attempt_id}", problem)
            return told | {"given_up": True}
        if killed and killed[0].night_on is not None:
            return told | {"night": ask_for_night(settings, killed[0].night_on, f"again:{killed[0].attempt_id}")}
        missed = missed_night(store, spec.area, settings.night_cron, now)
        if missed is not None:
            return told | {"night": ask_for_night(settings, missed, f"missed:{spec.area}:{missed}")}
        if waiting:
            return told | {"take_up": trigger(settings, waiting[-1].digest)}
        last = last_attempts(store, spec.area, 1)
        if last and _is_to_regrade(settings, store, last[0], now):
            return told | {"regrade": ask_for_regrade(settings, last[0].attempt_id)}
    return told


@flow(name="propose", persist_result=False)
def propose(sources: str) -> Told:
    """A model re-estimated from what analysts judged, kept and never put in force; nothing when there is too little."""
    with _at_work(sources) as (settings, spec), open_store(settings.database) as store:
        today = beijing_day(utc_now())
        material = read_material(settings, Path(sources), spec.as_of or today)
        name = material.default_name(f"-judged-{today:%Y%m%d}")
        if name in {active.name for active in active_models(settings).values()}:
            return {"skipped": "in force"}
        try:
            file, labelled = propose_model(settings, store, material, name)
        except InputRefused as refused:
            return {"skipped": str(refused)}
        save_model(model_path(settings, name), file)
        return {"model": name, "digest": file.digest, "n_judged": len(labelled.left)}


@flow(name="retention", persist_result=False)
def retention() -> Told:
    """What has passed its last day goes, with a certificate; while an area is at work, the next day."""
    settings = _ready()
    with shielded(), open_store(settings.database) as store:
        try:
            removed = remove_due(settings, store, beijing_day(utc_now()), MACHINE)
        except RunLocked as held:
            return {"held_by": held.holder}
    return {"n_due": len(removed.due), "certificate": None if removed.certificate is None else removed.certificate.name}


@flow(name="backup", persist_result=False)
def backup() -> Told:
    """The whole installation into `backup_dir`, if there is one; the oldest beyond `backup_keep` go."""
    settings = _ready()
    if settings.backup_dir is None:
        return {"skipped": "no backup_dir"}
    try:
        with shielded():
            made = make_backup(settings, settings.backup_dir, settings.backup_keys_dir, MACHINE)
            removed = remove_old(settings.backup_dir, settings.backup_keep)
    except LonglouError as error:
        about_failure(settings, tr("备份", "backup"), f"backup:{beijing_day(utc_now())}", str(error))
        raise
    return {"backup": made.name, "n_removed": len(removed)}


def _ready() -> Settings:
    """The settings; in a process that Prefect started for this run, its log goes masked to the worker's."""
    settings = load_settings()
    set_language(settings.language)
    log = logging.getLogger("longlou")
    if runtime.flow_run.id is not None and not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(formatter(settings.log_format, f"%(asctime)s  {runtime.flow_run.name}  %(message)s"))
        bind(flow_run=str(runtime.flow_run.name))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False
    return settings


@contextmanager
def _at_work(sources: str) -> Iterator[tuple[Settings, SourcesSpec]]:
    settings = _ready()
    with shielded():
        yield settings, load_sources(Path(sources), utc_now().date())


def _run(sources: str, out: str, as_of: date | None, asked: Asked) -> Told:
    settings = load_settings()
    try:
        summary = run_area(sources, out, as_of, asked=asked)
    except RunLocked as held:
        return {"held_by": held.holder}
    except NotKept:
        raise
    except LonglouError as error:
        about_failure(settings, tr("核对", "reconciliation"), f"{asked.origin}:{utc_now():%Y%m%dT%H}", str(error))
        deliver(settings)
        raise
    about_run(settings, summary)
    deliver(settings)
    return {"run_id": summary["run_id"], "state": summary["state"]}


def _scheduled() -> datetime:
    """When this run was to begin; it stays what it was when the run is late or tried again."""
    planned: datetime = runtime.flow_run.scheduled_start_time
    return planned


def _is_to_regrade(settings: Settings, store: Store, last: Attempt, now: datetime) -> bool:
    """People judged since the last attempt began, and they had some time to go on judging."""
    if not settings.regrade_minutes or last.state is AttemptState.RUNNING:
        return False
    is_time = now - last.began_at >= timedelta(minutes=settings.regrade_minutes)
    return is_time and is_judged_since(store, last.area, last.began_at)
