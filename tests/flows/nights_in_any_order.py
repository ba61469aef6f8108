"""Sequences of what people hand in and say, played twice: comparing what changed, and comparing everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import select

from data.model import MEMBER_SIDE, Judgement
from data.store.frames import live_judgements, read_frame
from data.store.ledger import Statement, append_judgement
from data.store.persons import known_persons
from data.store.publish import publish
from data.store.session import Store
from data.store.tables import LINKS, PERSONS
from matching.executor import local_executor
from matching.incremental_memory import Memory
from matching.pipeline import MatchResult, match_persons
from matching.resources import Resources
from matching.training import Model
from tests.data.store.builders import classifications, handed, run
from tests.matching.builders import ONE_ROW, SPEC, County, id_number, record

#: Blocks so small that a row more or less takes them over the cap or back.
SPEC_OF_SMALL_BLOCKS = SPEC.model_copy(update={"max_block_pairs": 5})
NOW = datetime(2016, 6, 17, 2, 0, tzinfo=UTC)
SHARED_MOBILE, FILLER = "13900000000", "111111111111111111"
#: What an edit may bring: typing errors, values of somebody else, values that several share, nothing at all.
EDITS: tuple[dict[str, Any], ...] = (
    {"mobile": SHARED_MOBILE},
    {"id_no": FILLER, "id_status": "checksum"},
    {"name": "陈伟明", "township": "龙楼镇"},
    {"name": "陈玮明", "township": "龙楼镇", "birth": None},
    {"id_no": id_number("1901-02-03", 8)},
    {"mobile": None, "employer": "文昌龙楼海山商店"},
    {"employer": "龙楼海山商店", "birth": "1901-02-03"},
)
_FIELDS = ("unique_id", "source", "source_file", "source_sheet", "source_row")


@cache
def people() -> pd.DataFrame:
    """Some thirty rows of a dozen people in three sources."""
    return County(11, 16, 8).build()[0].sort_values("unique_id", ignore_index=True)


@cache
def first_night() -> tuple[Model, Memory]:
    """The model that the whole of them teaches, and the comparisons of the first twenty rows."""
    spec, said = SPEC_OF_SMALL_BLOCKS, _frame("unique_id_l", "unique_id_r", "judgement")
    nobody = _frame("unique_id", "person_id", "minted_seq")
    model = match_persons(people(), spec, said, nobody, ONE_ROW).night.model
    memory = match_persons(people().iloc[:20], spec, said, nobody, ONE_ROW, model, remembers=True).night.memory
    assert memory is not None
    return model, memory


def _frame(*columns: str) -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in columns}, dtype=object)


class Book:
    """A book of a sequence in a store: who was whom last night, and what analysts said."""

    def __init__(self, store: Store, area: str) -> None:
        self.store, self.area = store, area

    def match(self, records: pd.DataFrame, resources: Resources, memory: Memory | None) -> MatchResult:
        """A night's matching with what the book knows: the judgements in force, the persons minted so far."""
        said, known = live_judgements(self.store, self.area), known_persons(self.store, self.area)
        model, spec = first_night()[0], SPEC_OF_SMALL_BLOCKS
        return match_persons(records, spec, said, known, ONE_ROW, model, resources, memory, remembers=True)

    def publish(self, result: MatchResult, records: pd.DataFrame, number: int) -> None:
        """Persons and links of the night; everything else of a night follows from the same frames."""
        ids = sorted(set(result.links["person_id"]))
        of_members = records.loc[records["kind"].isin(MEMBER_SIDE), "unique_id"]
        members = set(result.links.loc[result.links["unique_id"].isin(of_members), "person_id"])
        persons = pd.DataFrame({"person_id": ids}, dtype=object)
        persons = persons.assign(is_member=persons["person_id"].isin(members))
        night = replace(handed({}), persons=persons, links=result.links)
        night = replace(night, classifications=classifications(dict.fromkeys(ids, "normal")))
        publish(self.store, run(f"{self.area}-{number}", self.area), night, NOW)

    def stored(self) -> str:
        """The book's tables as text, without its own name."""
        with self.store.read() as connection:
            frames = [
                read_frame(connection, select(table).where(table.c.run_area == self.area)) for table in (LINKS, PERSONS)
            ]
        texts = (frame.sort_values(list(frame.columns[1:3]), ignore_index=True).to_csv() for frame in frames)
        return "".join(texts).replace(self.area, "BOOK")

    def judge(self, left: str, right: str, judgement: Judgement) -> None:
        """An analyst's word."""
        append_judgement(self.store, self.area, Statement(left, right, judgement, {}), "li.wei", "核对原件", NOW)


def bytes_of(result: MatchResult) -> dict[str, object]:
    """Everything that a night hands on, as bytes."""
    frames = {name: getattr(result, name).to_csv() for name in ("pairs", "links", "conflicts")}
    counts = (result.n_pairs_by_rule, result.n_capped_by_rule, result.n_unmatched, result.model)
    blocks = pd.DataFrame(result.blocks.columns()).to_csv()
    return {**frames, "blocks": blocks, "counts": repr(counts)}


class NightsInAnyOrder(RuleBasedStateMachine):
    """Rows come, change and go, files too; analysts say what they say; nights compare what changed, or everything."""

    store: Store
    n_machines = 0

    @initialize()
    def begin(self) -> None:
        """Twenty rows, compared; two empty books."""
        type(self).n_machines += 1
        number = type(self).n_machines
        self.books = [Book(self.store, f"{side}{number:04d}") for side in (46, 47)]
        self.rows = {str(row["unique_id"]): row for row in people().iloc[:20].to_dict("records")}
        self.memory: Memory | None = first_night()[1]
        self.n_edits = self.n_nights = 0

    @rule(at=st.integers(20, 31), n=st.integers(1, 4))
    def hand_in(self, at: int, n: int) -> None:
        """A few rows more, or the same ones again, which changes nothing."""
        for row in people().iloc[at : at + n].to_dict("records"):
            self.rows[str(row["unique_id"])] = row

    @precondition(lambda self: self.rows)
    @rule(at=st.integers(0, 40), edit=st.sampled_from(EDITS), keeps_id=st.booleans())
    def change(self, at: int, edit: dict[str, Any], *, keeps_id: bool) -> None:
        """An edited row has another id; one whose employer the register renamed keeps it."""
        row = self._row(at)
        self.n_edits += 1
        self.rows.pop(str(row["unique_id"]))
        unique_id = row["unique_id"] if keeps_id else f"{row['unique_id']}e{self.n_edits}"
        kept = {name: row[name] for name in row if name not in ("unique_id", "id_status")}
        self.rows[str(unique_id)] = record(str(unique_id), **{**kept, "id_status": row["id_status"], **edit})

    @precondition(lambda self: self.rows)
    @rule(at=st.integers(0, 40))
    def remove(self, at: int) -> None:
        """A row goes."""
        self.rows.pop(str(self._row(at)["unique_id"]))

    @rule(source=st.sampled_from(("roster2", "shops")))
    def remove_file(self, source: str) -> None:
        """A whole file goes."""
        self.rows = {key: row for key, row in self.rows.items() if row["source"] != source}

    @precondition(lambda self: len(self.rows) > 1)
    @rule(a=st.integers(0, 40), b=st.integers(1, 40), judgement=st.sampled_from(list(Judgement)))
    def judge(self, a: int, b: int, judgement: Judgement) -> None:
        """The same word in both books, about any two rows."""
        keys = sorted(self.rows)
        left, right = keys[a % len(keys)], keys[(a + b) % len(keys)]
        if left != right:
            for book in self.books:
                book.judge(left, right, judgement)

    @rule(starts_anew=st.booleans(), n_workers=st.sampled_from((1, 2)))
    def night(self, *, starts_anew: bool, n_workers: int) -> None:
        """A night twice: from what is remembered (or anew), and everything with the other number of workers."""
        records = pd.DataFrame(list(self.rows.values()), columns=people().columns).astype({"source_row": "int64"})
        resources = [Resources(executor=local_executor(n)) for n in (n_workers, 3 - n_workers)]
        shuffled = records.iloc[np.argsort([key[::-1] for key in records["unique_id"]])]
        memory = None if starts_anew else self.memory
        changed = self.books[0].match(records, resources[0], memory)
        whole = self.books[1].match(shuffled, resources[1], None)
        assert changed.night.changed.is_full is (memory is None)
        assert bytes_of(changed) == bytes_of(whole)
        self.memory, self.n_nights = changed.night.memory, self.n_nights + 1
        for book, result in zip(self.books, (changed, whole), strict=True):
            book.publish(result, records, self.n_nights)
        assert self.books[0].stored() == self.books[1].stored()

    def teardown(self) -> None:
        """Every sequence ends with a night."""
        if hasattr(self, "rows"):
            self.night(starts_anew=False, n_workers=2)

    def _row(self, at: int) -> dict[str, Any]:
        keys = sorted(self.rows)
        return self.rows[keys[at % len(keys)]]
