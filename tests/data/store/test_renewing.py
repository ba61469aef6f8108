"""A book's table becomes tonight's by what differs, whatever that is, and other books are left alone."""

from __future__ import annotations

import pandas as pd
import pytest
from sqlalchemy import event, select

from data.store.frames import read_frame, write_frame
from data.store.renewing import renew
from data.store.session import Store
from data.store.tables_readings import RECORD_CARDS
from tests.data.store.builders import AREA

_NAMES = ["unique_id", "name", "employer", "area", "shown"]


def cards(**names: str | None) -> pd.DataFrame:
    rows = [(unique_id, name, None, AREA, "{}") for unique_id, name in names.items()]
    return pd.DataFrame(rows, columns=_NAMES, dtype=object)


def shown(store: Store, area: str = AREA) -> dict[str, str | None]:
    asked = select(RECORD_CARDS.c.unique_id, RECORD_CARDS.c.name).where(RECORD_CARDS.c.run_area == area)
    with store.read() as connection:
        found = read_frame(connection, asked.order_by(RECORD_CARDS.c.unique_id))
    return dict(zip(found["unique_id"], found["name"], strict=True))


BEFORE = {"a": "王明", "b": "李丽", "c": None, "d": "陈云", "e": "吴海"}


@pytest.mark.parametrize(
    ("after", "n_written"),
    [
        (BEFORE, 0),
        (BEFORE | {"b": "李莉"}, 1),
        (BEFORE | {"c": "符强"}, 1),
        (BEFORE | {"f": "林波"}, 1),
        ({key: BEFORE[key] for key in "abde"}, 0),
        ({"a": "王明", "b": "李莉", "d": "陈韵", "z": "新"}, 4),
        ({}, 0),
    ],
)
def test_only_what_differs_is_written(store: Store, after: dict[str, str | None], n_written: int) -> None:
    with store.write() as connection:
        write_frame(connection, RECORD_CARDS, cards(**BEFORE).assign(run_area=AREA))
        write_frame(connection, RECORD_CARDS, cards(a="别处").assign(run_area="460100"))
        assert renew(connection, RECORD_CARDS, AREA, "unique_id", cards(**after)) == n_written
    assert shown(store) == dict(sorted(after.items()))
    assert shown(store, "460100") == {"a": "别处"}


def test_a_night_without_changes_writes_nothing(store: Store) -> None:
    with store.write() as connection:
        renew(connection, RECORD_CARDS, AREA, "unique_id", cards(**BEFORE))
        said: list[str] = []
        event.listen(connection, "before_cursor_execute", lambda *call: said.append(call[2]))
        renew(connection, RECORD_CARDS, AREA, "unique_id", cards(**BEFORE).iloc[::-1])
    assert [text.split()[0] for text in said] == ["SELECT"]
