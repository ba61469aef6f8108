"""The nightly run as one Prefect flow; its body reads as the table of docs/data-flow.md.

Parameters are paths, a date and switches: no member's value reaches Prefect (guard-rail 6).
"""

from __future__ import annotations

import logging
import time
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow

from data.errors import ConfigError, DiskFull, InvalidTransition, LonglouError, StoreUnavailable
from data.logs import bind
from data.memory import give_back_soon, give_columns_back
from data.model import RunState
from data.settings import Settings, load_settings, record_key
from data.sources.spec import SourcesSpec, load_sources
from data.store.clock import utc_now
from data.store.progress import Origin
from data.store.runs import RunInfo, current_run, fail_run, start_run
from data.store.sealed import keyring_of
from data.store.session import open_store
from data.store.transitions import UploadState
from data.words import set_language, tr
from flows import tasks
from flows.attempts import Asked, followed
from flows.counting import expected_of
from flows.finish import Setting, finish_night
from flows.forming import forming_of
from flows.guard import area_lock, shielded
from flows.handover import Handover
from flows.intake import Taken
from flows.lookback import check_rules, model_then, past_of, write_past
from flows.memory import Memory, recall, tell
from flows.models import ChosenModel
from flows.night import LastNight, digest_told, keep_learned, model_of_night
from flows.outcome import Outcome, new_run
from flows.people import people_of
from flows.resume import close_interrupted, remembered, same_night
from flows.shelf import Shelf
from flows.steps import Step, StepClock, peak_mb
from flows.uploads import run_with_uploads, uploads_of_run, with_uploads
from flows.versions import code_version, fingerprint, source_digests
from rules.params import load_params

N_STEPS = 11
log = logging.getLogger("longlou.run")


@flow(name="reconcile", persist_result=False, log_prints=False)
def reconcile(
    sources: str,
    out: str,
    as_of: date | None = None,
    is_full: bool = False,
    is_quiet: bool = True,
    called_at: float | None = None,
) -> dict[str, Any]:
    """Reconcile the sources of one area and return the content of `summary.json`.

    sources: path of `sources.toml`; out: folder of the results; as_of: date of the snapshot, else the one in
    `sources.toml`; is_full: run even if nothing changed since the run whose files lie in `out`; called_at: when the
    caller began (seconds since the epoch), so that the engine's own start is shown. Raises LonglouError, nothing else.
    """
    return run_area(sources, out, as_of, is_full=is_full, is_quiet=is_quiet, called_at=called_at)


def run_area(
    sources: str,
    out: str,
    as_of: date | None = None,
    *,
    is_full: bool = False,
    is_quiet: bool = True,
    called_at: float | None = None,
    asked: Asked = Asked(),  # noqa: B008 - frozen
) -> dict[str, Any]:
    """The body of every flow that reconciles: alone in its area, noted as an attempt from its first step to its end."""
    give_back_soon()
    give_columns_back()
    settings = load_settings()
    set_language(settings.language)
    clock = StepClock(N_STEPS, is_quiet)
    if called_at is not None:
        clock.steps.append(Step("prefect_start", time.time() - called_at, peak_mb()))
    with shielded(), clock.running():
        spec = load_sources(Path(sources), utc_now().date())
        with ExitStack() as held:
            held.enter_context(area_lock(settings, spec.area, asked.wait_seconds))
            attempt = held.enter_context(followed(settings, spec.area, asked, clock))
            if asked.origin is Origin.REGRADE:
                summary = _regrade(settings, spec, Path(out), clock)
            else:
                day = snapshot_day(spec, as_of)
                summary = run_with_uploads(
                    settings, spec, lambda whole: _reconcile(settings, whole, Path(out), day, clock, is_full=is_full)
                )
            attempt.run_id = summary["run_id"]
    return summary


def snapshot_day(spec: SourcesSpec, as_of: date | None) -> date:
    """The date of the snapshot: as asked, else as declared. Raises ConfigError when neither says one."""
    day = as_of or spec.as_of
    if day is None:
        raise ConfigError(
            tr(
                "没有核对时点：请用 --as-of 或在 sources.toml 写 as_of",
                "no date: give --as-of or as_of in sources.toml",
            )
        )
    return day


def _regrade(settings: Settings, spec: SourcesSpec, out: Path, clock: StepClock) -> dict[str, Any]:
    """The published night once more, with what people decided since. Raises NotKept when what it read is gone."""
    with open_store(settings.database) as store:
        before = current_run(store, spec.area)
        uploads = uploads_of_run(store, spec, (UploadState.DONE,))
    if before is None:
        raise ConfigError(tr(f"{spec.area} 还没有发布过的核对", f"nothing was published yet in {spec.area}"))
    whole = with_uploads(spec, uploads, settings)
    return _reconcile(settings, whole, out, before.as_of, clock, is_full=False, again=before)


def _reconcile(
    settings: Settings,
    spec: SourcesSpec,
    out: Path,
    as_of: date,
    clock: StepClock,
    *,
    is_full: bool,
    again: RunInfo | None = None,
) -> dict[str, Any]:
    """Steps 1 and 2 before the run is noted: a refused input makes no run. again: the run whose sources are taken."""
    started_at = utc_now()
    with clock.step("intake", "读取和接收来源", "read and accept the sources"):
        taken = tasks.intake(spec, settings, as_of, is_full) if again is None else tasks.kept(spec, settings, again)
    rule_set = load_params(as_of)
    sources = source_digests(spec, taken.digests) if again is None else dict(again.sources)
    with open_store(settings.database) as store:
        # A lost keyring is told before hours of work, not after.
        keyring = keyring_of(settings, store)
        close_interrupted(store, settings, spec.area)
        past = past_of(store, settings, spec.area, as_of, sources)
        chosen = model_of_night(store, settings, spec.area) if past is None else model_then(store, settings, past)
        versions = {"code": code_version(), "model": chosen.digest, "rules": rule_set.digest}
        run = new_run(spec, as_of, started_at, versions, sources)
        with clock.step("remember", "读取判定", "read the judgements"):
            memory = remembered(store, spec.area, past)
        if past is not None:
            check_rules(past, rule_set.digest)
            outcome = _judge(run, taken, chosen, memory, settings, clock)
            return write_past(store, settings, past, run, outcome, out, clock)
        before = current_run(store, spec.area)
        parts = (str(sources), code_version(), rule_set.digest, str(as_of), settings.language)
        whole = fingerprint(spec, *parts, memory.judgements, memory.contacts)
        at = Setting(settings, store, out, clock, keyring, before, memory, fingerprint(spec, whole, chosen.digest))
        # The night that learned the model noted another mark than those that went on with it.
        asked = replace(at, mark=fingerprint(spec, whole, digest_told(chosen, before)))
        if not is_full and (earlier := same_night(asked)) is not None:
            return earlier
        run = replace(run, built_on=None if at.before is None else at.before.run_id)
        return _run(at, run, taken, chosen, LastNight.of(settings, spec, run, is_full=is_full))


def _run(at: Setting, run: RunInfo, taken: Taken, chosen: ChosenModel, last_night: LastNight) -> dict[str, Any]:
    """The run itself: whatever it ends with stands in its row."""
    bind(run_id=run.run_id)
    at.clock.expected = expected_of(at.settings, at.store, taken)
    start_run(at.store, run)
    try:
        with Handover(last_night, chosen) as handover, last_night.shelf() as shelf:
            outcome = _judge(run, taken, chosen, at.memory, at.settings, at.clock, handover, shelf)
        summary = finish_night(at, run, outcome)
    except Exception as error:
        # A database that went away cannot be told that the run failed, the next run will; the error itself says so.
        with suppress(StoreUnavailable, DiskFull, InvalidTransition):
            fail_run(at.store, run.run_id, str(error) if isinstance(error, LonglouError) else type(error).__name__)
            at.archive.forget(run.run_id)
        raise
    if chosen.file is None and summary["state"] == RunState.PUBLISHED:
        keep_learned(at.settings, run, outcome.matched, taken)
    return summary


def _judge(
    run: RunInfo,
    taken: Taken,
    chosen: ChosenModel,
    memory: Memory,
    settings: Settings,
    clock: StepClock,
    handover: Handover | None = None,
    shelf: Shelf | None = None,
) -> Outcome:
    """Steps 3 to 10: pure, frame to frame. handover: of what was compared, shelf: of what else was worked out; None
    when a past day is looked at."""
    key = record_key(settings)
    with clock.step("records", "整理人员与主体", "records and entities"):
        who = people_of(taken)
        recalled = recall(memory, who.records, key)
    with clock.step("match", "分块、比较、归并", "block, compare, cluster"):
        matched = tasks.match(who, taken, chosen, recalled.judgements, recalled.known, handover)
    with clock.step("link", "单位对应、主记录", "employers and golden records"):
        linked = tasks.link(taken, who, matched, shelf)
        told = tell(recalled, memory, who.records, linked.records, matched, key)
    # Most of them are persons at enterprises who match nobody: nothing after this may need them (guard-rail 2).
    del who
    with clock.step("classify", "分类、查找虚假信息", "classes and false entries"):
        facts, ruled = tasks.classify(taken, linked, memory.contacts, run.as_of, shelf)
    with clock.step("form", "组建建议、覆盖、摸清", "forming, coverage, surveys"):
        forming = forming_of(taken, linked, facts, ruled, run.as_of, shelf)
    return Outcome.of(taken, matched, linked, facts, ruled, chosen.describe(), forming, told)
