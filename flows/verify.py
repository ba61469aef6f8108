"""The Longlou check: a list of claims against rosters and whatever else is at hand; nothing is stored.

Steps 1 to 10 of the nightly run on few files, without Prefect: it must run on site, on a machine of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from data.contracts.frames import without_nan
from data.model import FeedKind, Verdict
from data.settings import Settings, record_key
from data.sources.adhoc import adhoc_sources
from data.words import tr
from flows.facts import gather_facts
from flows.intake import Taken, take_sources
from flows.models import choose_model
from flows.people import link_people, match_people, no_judgements, no_persons, people_of
from reports.claims_workbook import write_claims_workbook
from rules.catalogue import RULES
from rules.claims import verdicts
from rules.engine import run_rules


@dataclass(frozen=True)
class Checked:
    """The result of a check. claims: one row a line of the list, in its order: unique_id, source_file, source_sheet,
    source_row, name, employer, verdict, reason_code, evidence_grade, message, evidence, human_step.
    consulted: sources taken from a `sources.toml` beside the list; has_manifest: whether there was one."""

    claims: pd.DataFrame
    consulted: tuple[str, ...]
    has_manifest: bool
    as_of: date


def verify_claims(
    settings: Settings, claims: Path, against: Sequence[Path], as_of: date | None, today: date
) -> Checked:
    """Check every claim. Raises SourceFileError for a file that cannot be used, ConfigError for an unusable call."""
    found = adhoc_sources(claims, against, today)
    day = as_of or found.spec.as_of or today
    taken = take_sources(found.spec, record_key(settings), day)
    people = people_of(taken)
    chosen = choose_model(settings, found.spec.area)
    match = match_people(people, taken, chosen.spec, no_judgements(), no_persons(), chosen.model)
    facts = gather_facts(taken, link_people(taken, people, match))
    findings = run_rules(facts, day).findings
    told = verdicts(taken.rows(FeedKind.CLAIMS), findings, match.links, facts.members)
    return Checked(_in_order(taken, _with_evidence(told, findings)), found.consulted, found.has_manifest, day)


def write_check(out: Path, checked: Checked) -> Path:
    """Write the workbook of the check into `out` and return its path."""
    return write_claims_workbook(out, checked.claims, checked.as_of, tr("市场监管所", "market-supervision office"))


def _with_evidence(told: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Each verdict with the evidence of the finding that decided it and the step a person has to take."""
    evidence = findings[["unique_id", "rule_code", "evidence"]].drop_duplicates(["unique_id", "rule_code"])
    evidence = evidence.rename(columns={"rule_code": "reason_code"})
    steps = {rule.code: rule.human_step.here() for rule in RULES}
    titles = {rule.code: rule.title.here() for rule in RULES}
    return told.merge(evidence, on=["unique_id", "reason_code"], how="left").assign(
        human_step=lambda rows: rows["reason_code"].map(steps), reason=lambda rows: rows["reason_code"].map(titles)
    )


def _in_order(taken: Taken, told: pd.DataFrame) -> pd.DataFrame:
    """Verdicts beside the lines they speak of; a line that was rejected is shown too, for a person to look at."""
    lines = taken.rows(FeedKind.CLAIMS)[["unique_id", "source_file", "source_sheet", "source_row", "name", "employer"]]
    shown = lines.merge(told.drop(columns="source_row", errors="ignore"), on="unique_id", how="left")
    claims = {name for name, kind in taken.kinds.items() if kind is FeedKind.CLAIMS}
    refused = taken.rejected()
    refused = refused[refused["source"].isin(claims)].drop_duplicates(["source_file", "source_sheet", "source_row"])
    unread = refused.assign(verdict=Verdict.REVIEW.value).drop(columns=["source", "field"])
    both = pd.concat([shown, unread], ignore_index=True)
    return without_nan(both.sort_values(["source_file", "source_sheet", "source_row"], ignore_index=True))
