"""Nights of a few records through memory, matching and store, without files, rules or Prefect."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import pandas as pd

from data.model import MEMBER_SIDE, Judgement
from data.store.frames import live_rows
from data.store.known_records import known_records, seen_records
from data.store.ledger import Statement, append_judgement
from data.store.publish import PublishTables, publish
from data.store.session import Store
from flows.memory import Memory, Recalled, Told, recall, tell
from matching.pipeline import MatchResult, match_persons
from matching.training import Model
from reports.queue import Remembered, review_queue
from tests.data.store.builders import AREA, classifications, findings, run
from tests.matching.builders import ONE_ROW, SPEC, County, frame, no_judgements, no_persons, record

KEY = b"longlou-tests-record-key-32bytes"
START = datetime(2016, 6, 17, 2, 0, tzinfo=UTC)


@lru_cache(maxsize=1)
def frozen_model() -> Model:
    """What a county taught; a night of ten records teaches nothing."""
    records, _ = County(11, 40, 60).build()
    return match_persons(records, SPEC, no_judgements(), no_persons(), ONE_ROW).night.model


class Nights:
    """A store, the rows handed in for the next night, and what the last night found."""

    def __init__(self, store: Store) -> None:
        self.store, self.number = store, 0
        self.rows: dict[str, dict[str, Any]] = {}
        self.recalled: Recalled | None = None
        self.result: MatchResult | None = None
        self.queue = pd.DataFrame()

    @property
    def now(self) -> datetime:
        return START + timedelta(days=self.number)

    def memory(self) -> Memory:
        store = self.store
        return Memory(live_rows(store, AREA), known_records(store, AREA), seen_records(store, AREA))

    def put(self, unique_id: str, **values: object) -> None:
        self.rows[unique_id] = record(unique_id, **values)

    def edit(self, was: str, now: str, **values: object) -> None:
        """The row bears another unique_id, for that is a hash of its content."""
        row = {name: value for name, value in self.rows.pop(was).items() if name not in ("unique_id", "id_status")}
        self.put(now, **{**row, **values})

    def judge(self, left: str, right: str, judgement: Judgement, evidence: dict[str, Any] | None = None) -> int:
        statement = Statement(left, right, judgement, evidence or {})
        return append_judgement(self.store, AREA, statement, "王复核", "", self.now)

    def run(self) -> dict[str, str]:
        """One night; person_id by unique_id."""
        self.number += 1
        records = frame(*self.rows.values()).sort_values("unique_id", ignore_index=True)
        # A night reads what the one before wrote, and nothing else: as an archive gives it back.
        memory = Memory.of(self.memory().frames())
        self.recalled = recall(memory, records, KEY)
        found = match_persons(records, SPEC, self.recalled.judgements, self.recalled.known, ONE_ROW, frozen_model())
        kept = [found.links["unique_id"], found.pairs["unique_id_l"], found.pairs["unique_id_r"]]
        told = tell(self.recalled, memory, records, records[records["unique_id"].isin(pd.concat(kept))], found, KEY)
        self.result = found
        self._publish(records, found, told)
        return dict(zip(found.links["unique_id"], found.links["person_id"], strict=True))

    def _publish(self, records: pd.DataFrame, found: MatchResult, told: Told) -> None:
        nothing, nobody = findings(), classifications({})
        again = Remembered(told.recalled.reopened, told.states)
        self.queue = review_queue(found.pairs, records, found.links, nothing, nobody, found.conflicts, again)
        ids = sorted(set(found.links["person_id"]))
        members = found.links.merge(records[records["kind"].isin(MEMBER_SIDE)], on="unique_id")["person_id"]
        persons = pd.DataFrame({"person_id": ids}, dtype=object)
        persons = persons.assign(is_member=persons["person_id"].isin(members))
        classes = classifications(dict.fromkeys(ids, "normal"))
        handed = PublishTables(persons, found.links, classes, nothing, self.queue)
        traces = {"known": told.records, "successors": told.recalled.successors, "seen": told.seen}
        publish(self.store, run(f"run-{self.number:03}"), PublishTables(**{**vars(handed), **traces}), self.now)
