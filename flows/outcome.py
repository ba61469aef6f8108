"""What a run hands on: tables for the files, for the ledgers and for the store, and the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import pandas as pd

from data.contracts.frames import without_nan
from data.contracts.tables import PROVENANCE
from data.digits import in_digits
from data.model import FeedKind
from data.reference.divisions import county_name
from data.sources.spec import SourcesSpec
from data.store.keyring import Keyring
from data.store.publish import PublishTables
from data.store.runs import RunInfo
from data.store.sealing import ClearValues
from data.words import tr
from flows.facts import Linked
from flows.intake import Taken
from flows.memory import Told
from flows.night import described
from flows.steps import Step
from matching.pipeline import MatchResult
from reports.books import Books
from reports.candidates import candidate_ids, record_cards
from reports.forming_tables import FormingTables, coverage_table, formation_items, forming_summary
from reports.ledger_tables import ENTITY_COLUMNS, LIFE_COLUMNS, MEMBER_COLUMNS, LedgerTables
from reports.outputs import OutputTables
from reports.queue import Remembered, review_queue
from reports.summary import RunFacts, SourceCounts, StepTime, build_summary
from rules.engine import RuleResult
from rules.facts import Facts
from rules.leads import lead_counts, report_leads
from rules.surveys.industries import SECTIONS
from rules.transfers.balance import balance_totals

#: Facts that ledgers, lists and the summary are made of.
_READ_LATER = ("members", "entities", "org_life", "leads", "annual_reports", "organizations")


@dataclass(frozen=True)
class Outcome:
    """Everything a run found, before anything is written, and nothing that only the rules read.

    linked: its records, record_keys and entities. model: which person model the run used; told: for the next run.
    """

    taken: Taken
    matched: MatchResult
    linked: Linked
    facts: Facts
    ruled: RuleResult
    model: dict[str, Any]
    forming: FormingTables
    told: Told

    @classmethod
    def of(
        cls,
        taken: Taken,
        matched: MatchResult,
        linked: Linked,
        facts: Facts,
        ruled: RuleResult,
        model: dict[str, Any],
        forming: FormingTables,
        told: Told,
    ) -> Outcome:
        """What is left of a run whose rules are through; half of a province's memory is free for writing it."""
        taken.let_go()
        nothing = {name: getattr(linked, name).head(0) for name in ("employers", "golden_records")}
        read_later = {name: getattr(facts, name) for name in _READ_LATER}
        return cls(
            taken,
            matched,
            replace(linked, **nothing),
            Facts(**read_later, feeds=facts.feeds),
            ruled,
            model,
            forming,
            told,
        )

    def outputs(self) -> OutputTables:
        """The tables of the CSV files."""
        places = self.linked.records[["unique_id", *PROVENANCE]]
        queue = review_queue(
            self.matched.pairs,
            self.linked.records,
            self.matched.links,
            self.ruled.findings,
            self.ruled.classifications,
            self.matched.conflicts,
            Remembered(self.told.recalled.reopened, self.told.states),
        )
        queue = pd.concat([queue, formation_items(self.forming.proposals)], ignore_index=True)
        return OutputTables(
            links=self.matched.links.merge(places, on="unique_id", how="left"),
            pairs=self.matched.pairs,
            classifications=self.ruled.classifications,
            findings=self.ruled.findings,
            rejected_rows=self.taken.rejected(),
            review_queue=queue,
            record_keys=self.linked.record_keys.assign(**self.matched.blocks.columns()),
            balance=self.ruled.balance.table,
            balance_differences=self.ruled.balance.differences,
            report_leads=self._report_leads,
            forming=self.forming,
        )

    def books(self, found: pd.DataFrame, as_of: date, area: str) -> Books:
        """What the workbooks are made of; found: the differences to the night before."""
        unit = county_name(area) or tr("海南省", "Hainan")
        return Books(self._ledgers(), self.forming, found, dict(SECTIONS), as_of, unit)

    def _ledgers(self) -> LedgerTables:
        """The frames behind the three ledgers."""
        claims = self.taken.rows(FeedKind.CLAIMS).merge(self.matched.links, on="unique_id", how="left")
        return LedgerTables(
            members=self.facts.members.filter(items=MEMBER_COLUMNS),
            classifications=self.ruled.classifications,
            entities=self.linked.entities.filter(items=ENTITY_COLUMNS),
            organizations=self.facts.organizations,
            org_life=self.facts.org_life.filter(items=LIFE_COLUMNS),
            claims=without_nan(claims),
            balance=self.ruled.balance.table,
            balance_differences=self.ruled.balance.differences,
            report_leads=self._report_leads,
        )

    @cached_property
    def _report_leads(self) -> pd.DataFrame:
        return report_leads(self.ruled.findings, self.facts.annual_reports, self.facts.entities)

    def published(self, outputs: OutputTables, keyring: Keyring) -> PublishTables:
        """The tables of the store; persons of claims alone are kept as persons, not as members."""
        members = set(self.facts.members["person_id"])
        persons = pd.DataFrame({"person_id": sorted(set(self.matched.links["person_id"]))}, dtype=object)
        return PublishTables(
            persons=persons.assign(is_member=persons["person_id"].isin(members)),
            links=self.matched.links,
            classifications=self.ruled.classifications,
            findings=self.ruled.findings,
            queue=outputs.review_queue,
            clear=ClearValues(self._numbers(outputs.review_queue), keyring),
            cards=record_cards(self.linked.records, self.matched.links),
            coverage=coverage_table(self.forming),
            known=self.told.records,
            successors=self.told.recalled.successors,
            seen=self.told.seen,
        )

    def _numbers(self, queue: pd.DataFrame) -> pd.DataFrame:
        """Numbers of the records that belong to a person or are asked about, candidates among them."""
        asked = pd.concat([self.matched.links["unique_id"], queue["unique_id"], candidate_ids(queue["candidates"])])
        records = self.linked.records
        return records.loc[records["unique_id"].isin(asked), ["unique_id", "id_no", "mobile"]]

    def summary(
        self, run: RunInfo, outputs: OutputTables, steps: Sequence[Step], finished_at: datetime
    ) -> dict[str, Any]:
        """The content of `summary.json`."""
        facts = RunFacts(
            run_id=run.run_id,
            as_of=run.as_of,
            area=run.area,
            started_at=run.started_at,
            finished_at=finished_at,
            versions={"model": run.model_digest, "rules": run.rules_digest, "code": run.code_version},
            steps=[StepTime(step.name, step.seconds, step.peak_mb) for step in steps],
        )
        summary = build_summary(facts, source_counts(self.taken), outputs, self.matched.n_pairs_by_rule)
        capped = {rule: n for rule, n in self.matched.n_capped_by_rule.items() if n}
        told = {
            **summary,
            "model": self.model,
            "night": described(self.matched),
            "n_warnings": self.taken.n_warnings() + len(self.matched.conflicts) + len(capped),
            "n_conflicts": len(self.matched.conflicts),
            "n_reopened": len(self.told.recalled.reopened),
            "n_judgements_at_rest": self.told.recalled.n_at_rest,
            "n_capped_by_rule": capped,
            "n_unmatched": self.matched.n_unmatched,
            "unlinkable": self.matched.model["unlinkable"],
            "leads": lead_counts(self.facts.leads),
            "balance": balance_totals(self.ruled.balance),
            "forming": forming_summary(self.forming),
            "intake": {
                name: {
                    "by_reason": dict(sorted(result.n_by_reason.items())),
                    "unknown_columns": result.n_unknown_columns,
                }
                for name, result in sorted(self.taken.accepted.items())
            },
        }
        whole: dict[str, Any] = in_digits(told)
        return whole


def source_counts(taken: Taken) -> list[SourceCounts]:
    """Rows read, accepted, rejected and dropped, per source."""
    counts = []
    for name, result in sorted(taken.accepted.items()):
        n_dropped = sum(result.n_dropped.values())
        counts.append(
            SourceCounts(
                name=name,
                kind=taken.kinds[name].value,
                files=tuple(sorted(result.rows["source_file"].unique())),
                n_read=result.n_read,
                n_accepted=len(result.rows),
                n_rejected=result.n_rejected,
                n_dropped=n_dropped,
            )
        )
    return counts


def new_run(
    spec: SourcesSpec, as_of: date, started_at: datetime, versions: dict[str, str], sources: dict[str, str]
) -> RunInfo:
    """The row of a run that begins; its id is the moment it began."""
    last_days = {name: source.manifest.retention_on for name, source in spec.sources.items() if source.manifest}
    return RunInfo(
        run_id=run_id(spec.area, started_at),
        area=spec.area,
        as_of=as_of,
        started_at=started_at,
        code_version=versions["code"],
        model_digest=versions["model"],
        rules_digest=versions["rules"],
        sources=sources,
        retention={name: day.isoformat() for name, day in sorted(last_days.items())},
    )


def run_id(area: str, started_at: datetime) -> str:
    """The id of a run that began at the moment; a letter ends it, so that what follows it makes no longer number."""
    return f"{area}-{started_at:%Y%m%dT%H%M%S%f}Z"
