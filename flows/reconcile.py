"""The nightly run as one Prefect flow; its body reads as the table of docs/data-flow.md.

Parameters are paths, a date and switches: no member's value reaches Prefect (guard-rail 6).
"""

from __future__ import annotations

import json
import logging
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from prefect import flow

from data.errors import ConfigError, LonglouError, StoreUnavailable
from data.reference.divisions import county_name
from data.settings import Settings, load_settings
from data.sources.spec import SourcesSpec, load_sources
from data.store.clock import utc_now
from data.store.runs import RunInfo, fail_run, start_run
from data.store.session import Store, open_store
from data.words import set_language, tr
from flows import tasks
from flows.guard import area_lock, shielded
from flows.intake import Taken
from flows.models import ChosenModel, choose_model
from flows.outcome import Outcome, new_run
from flows.people import people_of
from flows.steps import Step, StepClock, peak_mb
from flows.versions import code_version, fingerprint, source_digests
from reports.staging import SEAL, staged
from reports.summary import write_summary
from rules.params import load_params

N_STEPS = 8
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
    settings = load_settings()
    set_language(settings.language)
    clock = StepClock(N_STEPS, is_quiet)
    if called_at is not None:
        clock.steps.append(Step("prefect_start", time.time() - called_at, peak_mb()))
    with shielded(), clock.running():
        spec = load_sources(Path(sources), utc_now().date())
        day = snapshot_day(spec, as_of)
        with area_lock(settings, spec.area):
            return _reconcile(settings, spec, Path(out), day, clock, is_full=is_full)


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


def _reconcile(
    settings: Settings, spec: SourcesSpec, out: Path, as_of: date, clock: StepClock, *, is_full: bool
) -> dict[str, Any]:
    """Steps 1 and 2 before the store is opened: a refused input leaves no trace."""
    started_at = utc_now()
    with clock.step("intake", "读取和接收来源", "read and accept the sources"):
        taken = tasks.intake(spec, settings, as_of)
    rule_set = load_params(as_of)
    chosen = choose_model(settings, spec.area)
    versions = {"code": code_version(), "model": chosen.digest, "rules": rule_set.digest}
    run = new_run(spec.area, as_of, started_at, versions, source_digests(spec, taken.digests))
    with open_store(settings.database) as store:
        with clock.step("remember", "读取判定", "read the judgements"):
            judgements, known = tasks.remember(store, spec.area)
        mark = fingerprint(spec, str(run.sources), str(versions), str(as_of), settings.language, judgements)
        if not is_full and (earlier := _same_run(out, mark)) is not None:
            log.info(
                tr(
                    "没有任何变化，沿用上次结果（--full 可重跑）",
                    "nothing changed, the last result stands (--full runs anyway)",
                )
            )
            return earlier
        start_run(store, run)
        try:
            outcome = _judge(taken, chosen, judgements, known, as_of, clock)
            return _publish(store, run, outcome, out, clock, mark)
        except Exception as error:
            # A database that went away cannot be told that the run failed; the error itself says so.
            with suppress(StoreUnavailable):
                fail_run(store, run.run_id, str(error) if isinstance(error, LonglouError) else type(error).__name__)
            raise


def _judge(
    taken: Taken, chosen: ChosenModel, judgements: pd.DataFrame, known: pd.DataFrame, as_of: date, clock: StepClock
) -> Outcome:
    """Steps 3 to 10: pure, frame to frame."""
    with clock.step("records", "整理人员与主体", "records and entities"):
        who = people_of(taken)
    with clock.step("match", "分块、比较、归并", "block, compare, cluster"):
        matched = tasks.match(who, taken, chosen, judgements, known)
    with clock.step("link", "单位对应、主记录", "employers and golden records"):
        linked = tasks.link(taken, who, matched)
    with clock.step("classify", "分类、查找虚假信息", "classes and false entries"):
        facts, ruled = tasks.classify(taken, linked, as_of)
    return Outcome(taken, matched, linked, facts, ruled, chosen.describe())


def _publish(store: Store, run: RunInfo, outcome: Outcome, out: Path, clock: StepClock, mark: str) -> dict[str, Any]:
    """Step 11: files written aside, one transaction in the store, then the files in place, `summary.json` last."""
    unit = county_name(run.area) or tr("海南省", "Hainan")
    with staged(out) as folder:
        with clock.step("write", "写出台账和清单", "write ledgers and tables"):
            outputs = outcome.outputs()
            tasks.write(folder, outputs, outcome.ledgers(), run.as_of, unit)
        with clock.step("publish", "发布", "publish"):
            tasks.publish_run(store, run, outcome.published(outputs))
        summary = {**outcome.summary(run, outputs, clock.steps, utc_now()), "fingerprint": mark}
        write_summary(folder, summary)
    return summary


def _same_run(out: Path, mark: str) -> dict[str, Any] | None:
    """The summary of the run whose files lie in `out`, if it had the same fingerprint."""
    seal = out / SEAL
    if not seal.is_file():
        return None
    summary: dict[str, Any] = json.loads(seal.read_text(encoding="utf-8"))
    return summary if summary.get("fingerprint") == mark else None
