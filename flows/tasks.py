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
from data.settings import Settings, record_key
from data.sources.spec import SourcesSpec
from data.store.frames import live_judgements
from data.store.persons import known_persons
from data.store.publish import Published, PublishTables, publish
from data.store.runs import RunInfo
from data.store.session import Store
from flows import people
from flows.facts import Linked, gather_facts
from flows.intake import Taken, take_sources
from flows.models import ChosenModel
from flows.people import People
from matching.pipeline import MatchResult
from reports.ledger_tables import LedgerTables
from reports.ledgers import write_ledgers
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
def intake(spec: SourcesSpec, settings: Settings, as_of: date) -> Taken:
    """Steps 1 and 2."""
    return take_sources(spec, record_key(settings), as_of)


@task(name="match", cache_policy=NO_CACHE)
def match(who: People, taken: Taken, chosen: ChosenModel, judgements: pd.DataFrame, known: pd.DataFrame) -> MatchResult:
    """Steps 3 to 8."""
    return people.match_people(who, taken, chosen.spec, judgements, known, chosen.model)


@task(name="link", cache_policy=NO_CACHE)
def link(taken: Taken, who: People, matched: MatchResult) -> Linked:
    """Step 9, and the enterprises of employer texts."""
    return people.link_people(taken, who, matched)


@task(name="classify", cache_policy=NO_CACHE)
def classify(taken: Taken, linked: Linked, as_of: date) -> tuple[Facts, RuleResult]:
    """Step 10."""
    facts = gather_facts(taken, linked)
    return facts, run_rules(facts, as_of)


@task(
    name="remember",
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=[1, 10],
    retry_condition_fn=_is_worth_retrying,
)
def remember(store: Store, area: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the store knows before matching: live judgements, and the persons minted so far."""
    return live_judgements(store, area), known_persons(store, area)


@task(name="write", cache_policy=NO_CACHE)
def write(out: Path, outputs: OutputTables, ledgers: LedgerTables, as_of: date, unit: str) -> None:
    """The tables and ledgers of the run, into the staging folder."""
    write_outputs(out, outputs)
    write_ledgers(out, ledgers, as_of, unit)


@task(
    name="publish", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=[1, 10], retry_condition_fn=_is_worth_retrying
)
def publish_run(store: Store, run: RunInfo, tables: PublishTables) -> Published:
    """Step 11: one transaction."""
    return publish(store, run, tables)
