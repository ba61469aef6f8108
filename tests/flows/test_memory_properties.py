"""Whatever people decide, take back and edit, night after night: ids stay, nobody is contradicted, all is explained."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import URL, select

from data.model import Judgement
from data.store import audit
from data.store.frames import live_rows, read_frame
from data.store.ledger import withdraw_judgement
from data.store.lineage import person_changes, person_lineage
from data.store.session import open_store
from data.store.tables import PERSONS
from tests import postgres
from tests.data.store.builders import AREA
from tests.flows.nights import Nights
from tests.matching.builders import SHOP, id_number

A, B = id_number("1900-01-01", 1), id_number("1903-05-07", 24)
FIRST = {
    "a": {"name": "符阿奇", "birth": "1900-01-01", "mobile": "13700000001", "branch": "龙楼镇支部", "id_no": A},
    "b": {"name": "符阿奇", "birth": "1900-01-01", "source": "claims", "kind": "claims", "employer": "龙楼小吃店"},
    "c": {"name": "符阿奇", "mobile": "13700000001", "entity_no": "469005600000018", **SHOP},
    "d": {"name": "符阿琪", "id_no": B, "mobile": "13700000004", "source": "roster2", "branch": "文城镇支部"},
}
ROWS = st.sampled_from(sorted(FIRST))
EDITS = st.sampled_from(
    [
        {},
        {"mobile": "13900000009"},
        {"township": "龙楼镇"},
        {"name": "符阿其"},
        {"employer": "文城超市"},
        {"home": "好圣村"},
    ]
)


class Machine(RuleBasedStateMachine):
    """Four rows that are edited, go and come back; `at` is the unique_id that each bears now, null while it is gone."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.server = postgres.database(self.pg) if self.pg is not None else None
        url = f"sqlite:///{Path(self.folder) / 'longlou.db'}" if self.server is None else self.server.__enter__()
        self.nights = Nights(open_store(url))
        self.n_edits = 0
        self.at: dict[str, str | None] = {}
        self.gone: dict[str, dict[str, object]] = {}
        for row, values in FIRST.items():
            self.nights.put(f"{row}0", **values)
            self.at[row] = f"{row}0"
        self.persons = self.nights.run()
        self.was_there = dict(self.at)

    pg: URL | None = None

    @rule(row=ROWS, values=EDITS)
    def edit(self, row: str, values: dict[str, object]) -> None:
        if (was := self.at[row]) is not None:
            self.n_edits += 1
            self.at[row] = f"{row}{self.n_edits}"
            self.nights.edit(was, f"{row}{self.n_edits}", **values)

    @rule(row=ROWS)
    def leave_or_return(self, row: str) -> None:
        if (was := self.at[row]) is None:
            unique_id = str(self.gone[row]["unique_id"])
            self.nights.rows[unique_id] = self.gone.pop(row)
            self.at[row] = unique_id
        elif len(self.nights.rows) > 1:
            self.gone[row], self.at[row] = self.nights.rows.pop(was), None

    @rule(left=ROWS, right=ROWS, judgement=st.sampled_from(list(Judgement)))
    def judge(self, left: str, right: str, judgement: Judgement) -> None:
        """Only what the last night showed can be judged."""
        one, other = self.was_there[left], self.was_there[right]
        if one is not None and other is not None and one != other:
            self.nights.judge(one, other, judgement)

    @precondition(lambda self: len(live_rows(self.nights.store, AREA)))
    @rule(which=st.integers(0, 9))
    def undo(self, which: int) -> None:
        live = live_rows(self.nights.store, AREA)["judgement_id"].tolist()
        withdraw_judgement(self.nights.store, AREA, live[which % len(live)], "李复核", "看错了", self.nights.now)

    @rule()
    def night(self) -> None:
        before, was_there = self.persons, self.was_there
        self.persons, self.was_there = self.nights.run(), dict(self.at)
        self._nobody_is_contradicted()
        self._lineage_explains(before, was_there)
        assert audit.verify_chain(self.nights.store).is_intact

    def _nobody_is_contradicted(self) -> None:
        result = self.nights.result
        assert result is not None
        questioned = {tuple(pair) for pair in result.conflicts[["unique_id_l", "unique_id_r"]].to_numpy().tolist()}
        live = live_rows(self.nights.store, AREA)
        for one, other, said in zip(live["unique_id_l"], live["unique_id_r"], live["judgement"], strict=True):
            if not {one, other} <= set(self.nights.rows):
                continue
            together = self.persons.get(one, one) == self.persons.get(other, other)
            if said == Judgement.NEGATIVE:
                assert not together
            elif said == Judgement.POSITIVE and one in self.persons:
                assert together or (one, other) in questioned

    def _lineage_explains(self, before: dict[str, str], was_there: dict[str, str | None]) -> None:
        store, run_id = self.nights.store, f"run-{self.nights.number:03}"
        lineage = person_lineage(store, AREA, run_id)
        assert self.nights.recalled is not None
        edited = dict(self.nights.recalled.successors.itertuples(index=False, name=None))
        moves: dict[tuple[str, str], int] = {}
        for unique_id, person in before.items():
            now = self.persons.get(edited.get(unique_id, unique_id))
            if now is not None and now != person:
                moves[person, now] = moves.get((person, now), 0) + 1
        told = lineage.dropna(subset=["from_person_id", "to_person_id"])
        rows = zip(told["from_person_id"], told["to_person_id"], told["n_records"], strict=True)
        assert {(was, now): n for was, now, n in rows} == moves
        alive, changed = set(self.persons.values()), person_changes(store, AREA, run_id)
        kinds = changed.groupby("person_id")["kind"].agg(set).to_dict()
        for person in alive - set(before.values()):
            assert kinds[person] & {"new", "revived", "split"}
        for person in set(before.values()) - alive:
            assert kinds[person] & {"gone", "merged"}
        with store.read() as connection:
            book = read_frame(connection, select(PERSONS).where(PERSONS.c.run_area == AREA))
        assert set(book.loc[book["retired_run"].isna(), "person_id"]) == alive
        assert book["minted_seq"].is_unique
        # A row that was there on both nights, edited or not, stays with its person unless the lineage says otherwise.
        for row, was in was_there.items():
            now = self.at[row]
            if was in before and now in self.persons and before[was] != self.persons[now]:
                assert (before[was], self.persons[now]) in moves or was not in edited

    def teardown(self) -> None:
        self.nights.store.close()
        if self.server is not None:
            self.server.__exit__(None, None, None)
        shutil.rmtree(self.folder)


def _run(machine: type[Machine], n_examples: int) -> None:
    run_state_machine_as_test(machine, settings=settings(max_examples=n_examples, stateful_step_count=12))


def test_any_sequence() -> None:
    _run(Machine, 12)


@pytest.mark.postgres
def test_any_sequence_on_postgresql(postgres_server: URL) -> None:
    _run(type("OnPostgresql", (Machine,), {"pg": postgres_server}), 3)
