"""What is written in bulk is read back as it was, nulls included."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, inspect, select
from sqlalchemy.exc import IntegrityError

from data.store import frames
from data.store.frames import read_frame, write_frame
from data.store.session import Store
from data.store.tables import LINKS, PERSONS, QUEUE_ITEMS, RUNS
from tests.data.store.builders import AREA, NOW, run

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(_TEXT, st.booleans(), st.none() | _TEXT), max_size=6, unique_by=lambda row: row[0]))
def test_round_trip(store: Store, rows: list[tuple[str, bool, str | None]]) -> None:
    frame = pd.DataFrame(rows, columns=["person_id", "is_member", "merged_into"], dtype=object)
    frame = frame.assign(run_area=AREA, minted_run="run-1", minted_seq=range(len(frame))).astype({"is_member": bool})
    with store.write() as connection:
        connection.execute(PERSONS.delete())
        assert write_frame(connection, PERSONS, frame) == len(frame)
        found = read_frame(
            connection, select(*(PERSONS.c[name] for name in frame.columns)).order_by(PERSONS.c.minted_seq)
        )
    assert found.to_dict("records") == frame.to_dict("records")
    assert list(found.columns) == list(frame.columns)


def test_moments_and_missing_values(store: Store) -> None:
    fixed = {"run_area": AREA, "kind": "match", "unique_id": "a", "candidates": "[]", "priority": 1, "reason": "r"}
    fixed |= {"first_run_id": "run-1", "content_hash": "h", "state": "open", "is_current": True, "version": 1}
    frame = pd.DataFrame(
        {"item_id": ["q1", "q2"], "leased_until": [pd.Timestamp(NOW), pd.NaT], "area": [None, float("nan")]}
    )
    with store.write() as connection:
        write_frame(connection, QUEUE_ITEMS, frame.assign(**fixed))
        rows = connection.execute(select(QUEUE_ITEMS).order_by(QUEUE_ITEMS.c.item_id)).all()
    assert [(row.leased_until, row.area) for row in rows] == [(NOW, None), (None, None)]


def test_columns_of_a_frame(store: Store) -> None:
    with store.write() as connection:
        connection.execute(RUNS.insert().values(**vars(run())))
        found = read_frame(connection, select(RUNS.c.run_id, RUNS.c.sources, RUNS.c.ended_at, RUNS.c.as_of))
    assert found.to_dict("records") == [
        {"run_id": "run-1", "sources": {"roster": "d1"}, "ended_at": None, "as_of": run().as_of}
    ]
    assert found.dtypes.eq(object).all()


def test_a_refused_row_refuses_all(store: Store) -> None:
    frame = pd.DataFrame({"person_id": ["P1", "P1"], "is_member": [True, True], "minted_seq": [1, 2]})
    with pytest.raises(IntegrityError) as caught, store.write() as connection:
        write_frame(connection, PERSONS, frame.assign(run_area=AREA, minted_run="run-of-somebody"))
    assert "somebody" not in str(caught.value)
    with store.read() as connection:
        assert read_frame(connection, select(PERSONS)).empty


@pytest.mark.parametrize("there", [0, 5])
def test_many_rows_find_their_indexes_again(store: Store, monkeypatch: pytest.MonkeyPatch, there: int) -> None:
    """More rows than the table has make its indexes anew on SQLite; PostgreSQL's readers would have to wait for that."""
    monkeypatch.setattr(frames, "_MANY", 2)
    said: list[str] = []
    with store.write() as connection:
        before = inspect(connection).get_indexes("persons") + inspect(connection).get_indexes("links")
        write_frame(connection, PERSONS, _persons("469021", max(there, 3)))
        write_frame(connection, LINKS, _links("469021", there))
        write_frame(connection, PERSONS, _persons(AREA, 3))
        event.listen(connection, "before_cursor_execute", lambda *call: said.append(call[2].split()[0]))
        write_frame(connection, LINKS, _links(AREA, 3))
    with store.read() as connection:
        assert inspect(connection).get_indexes("persons") + inspect(connection).get_indexes("links") == before
        assert len(read_frame(connection, select(LINKS).where(LINKS.c.run_area == AREA))) == 3
    assert ("DROP" in said) == ("CREATE" in said) == (there == 0 and connection.dialect.name == "sqlite")


def _persons(area: str, n: int) -> pd.DataFrame:
    ids = [f"P{number}" for number in range(n)]
    fixed = {"run_area": area, "minted_run": "run-1", "is_member": True}
    return pd.DataFrame({"person_id": ids, "minted_seq": range(n)}).assign(**fixed)


def _links(area: str, n: int) -> pd.DataFrame:
    ids = [f"P{number}" for number in range(n)]
    return pd.DataFrame({"unique_id": ids, "person_id": ids}, dtype=object).assign(run_area=area)
