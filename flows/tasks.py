"""The steps of a run as Prefect tasks: one call each, retries where the world outside can fail, nothing cached.

Frames stay in the process (NO_CACHE, no persisted results); a task is a whole step, never a row or a pair.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from data.errors import SourceUnavailable, StoreUnavailable
from data.model import RunState
from data.settings import Settings, record_key
from data.sources.spec import SourcesSpec
from data.store.contacts import contact_log
from data.store.frames import live_rows
from data.store.known_records import known_records, seen_records
from data.store.publish import Ready, Terms, publish
from data.store.runs import RunInfo, get_run
from data.store.session import Store
from flows import people
from flows.facts import Linked, gather_facts
from flows.handover import Handover
from flows.intake import Taken, take_kept, take_sources
from flows.memory import Memory
from flows.models import ChosenModel
from flows.night_accepted import AcceptedFiles
from flows.people import People
from flows.shelf import Shelf
from matching.pipeline import MatchResult
from reports.outputs import OutputTables, write_outputs
from rules.engine import RuleResult, run_rules
from rules.facts import Facts


def _is_worth_retrying(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """The network, a share or the database may answer the next time; a bad file stays bad."""
    try:
        state.result()
    except (SourceUnavailable, StoreUnavailable, ConnectionError, TimeoutError):
        return True
    except Exception:  # noqa: BLE001 - every other failure is final
        return False
    return False


@task(
    name="intake",
    cache_policy=NO_CACHE,
    retries=3,
    retry_delay_seconds=[1, 5, 30],
    retry_condition_fn=_is_worth_retrying,
)
def intake(spec: SourcesSpec, settings: Settings, as_of: date, is_full: bool = False) -> Taken:
    """Steps 1 and 2; unless all is to be done anew, of sources whose files changed."""
    return take_sources(spec, record_key(settings), as_of, AcceptedFiles(settings, spec, as_of, is_full))


@task(name="kept", cache_policy=NO_CACHE)
def kept(spec: SourcesSpec, settings: Settings, run: RunInfo) -> Taken:
    """Instead of steps 1 and 2: what that run read. Raises NotKept."""
    return take_kept(AcceptedFiles(settings, spec, run.as_of), run.sources)


@task(name="match", cache_policy=NO_CACHE)
def match(
    who: People,
    taken: Taken,
    chosen: ChosenModel,
    judgements: pd.DataFrame,
    known: pd.DataFrame,
    handover: Handover | None = None,
) -> MatchResult:
    """Steps 3 to 8, of what changed since last night; without one, of everything, and nothing is kept of it."""
    if handover is None:
        return people.match_people(who, taken, chosen.spec, judgements, known, chosen.model)
    earlier = handover.recall()
    found = people.match_people(who, taken, chosen.spec, judgements, known, chosen.model, earlier, remembers=True)
    return handover.keep(found, taken)


@task(name="link", cache_policy=NO_CACHE)
def link(taken: Taken, who: People, matched: MatchResult, shelf: Shelf | None = None) -> Linked:
    """Step 9, and the enterprises of employer texts. shelf: where last night's lie and tonight's are put."""
    return people.link_people(taken, who, matched, shelf)


@task(name="classify", cache_policy=NO_CACHE)
def classify(
    taken: Taken, linked: Linked, contacts: pd.DataFrame, as_of: date, shelf: Shelf | None = None
) -> tuple[Facts, RuleResult]:
    """Step 10. shelf: where last night's lie and tonight's are put."""
    facts = gather_facts(taken, linked, contacts)
    return facts, run_rules(facts, as_of)


@task(
    name="remember",
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=[1, 10],
    retry_condition_fn=_is_worth_retrying,
)
def remember(store: Store, area: str) -> Memory:
    """What the store knows before matching: live judgements with their evidence, and which record was whose."""
    return Memory(
        live_rows(store, area), known_records(store, area), seen_records(store, area), contact_log(store, area)
    )


@task(name="write", cache_policy=NO_CACHE)
def write(out: Path, outputs: OutputTables) -> list[Path]:
    """The tables of the run, into the staging folder; their paths."""
    return write_outputs(out, outputs)


@task(
    name="publish", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=[1, 10], retry_condition_fn=_is_worth_retrying
)
def publish_run(store: Store, run: RunInfo, ready: Ready, terms: Terms) -> None:
    """Step 11: one transaction. Where the connection went away just after the commit, there is nothing left to do."""
    if get_run(store, run.run_id).state is not RunState.PUBLISHED:
        publish(store, run, ready, terms=terms)
