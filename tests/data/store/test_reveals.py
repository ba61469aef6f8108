"""A masked value is shown with a reason, within the quota, and never without the row that says who looked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import select

from data.errors import ConfigError
from data.store import audit
from data.store.audit import MACHINE
from data.store.keyring import Keyring, new_keyring
from data.store.reveals import QuotaUsedUp, reveal_value
from data.store.sealing import ClearValues, add_sealed
from data.store.session import Store
from data.store.tables import AUDIT
from data.store.tables_desk import REVEALS
from tests.data.store.builders import AREA, NOW

ID = "469901198507011233"


@pytest.fixture
def keyring(store: Store) -> Keyring:
    """Record `a` has a number and no mobile."""
    made = new_keyring()
    values = pd.DataFrame({"unique_id": ["a"], "id_no": [ID], "mobile": [None]}, dtype=object)
    with store.write() as connection:
        add_sealed(connection, AREA, None, ClearValues(values, made))
    return made


def _look(store: Store, keyring: Keyring, now: datetime = NOW, **changed: object) -> str:
    values = {"book": AREA, "unique_id": "a", "field": "id_no", "username": "王", "reason": "核对", "quota": 2}
    return reveal_value(store, keyring, now=now, **{**values, **changed})  # type: ignore[arg-type]


def _rows(store: Store) -> list[tuple[str, int]]:
    with store.read() as connection:
        query = select(REVEALS.c.username, REVEALS.c.n_today).order_by(REVEALS.c.reveal_id)
        return list(connection.execute(query).tuples().all())


def test_the_value_and_its_rows(store: Store, keyring: Keyring) -> None:
    assert _look(store, keyring) == ID
    assert _rows(store) == [("王", 1)]
    with store.read() as connection:
        told = connection.execute(select(AUDIT)).mappings().one()
    assert (told["actor"], told["action"], told["subject"]) == ("王", "revealed", f"record {AREA}/a")
    assert ID not in str(dict(told))
    assert audit.verify_chain(store).is_intact


def test_the_quota_is_a_person_s_and_of_one_day(store: Store, keyring: Keyring) -> None:
    for _ in range(2):
        _look(store, keyring)
    with pytest.raises(QuotaUsedUp, match="2"):
        _look(store, keyring, NOW + timedelta(hours=23))
    assert _look(store, keyring, username="李") == ID
    assert _look(store, keyring, NOW + timedelta(hours=24, seconds=1)) == ID
    assert _rows(store) == [("王", 1), ("王", 2), ("李", 1), ("王", 1)]


@pytest.mark.parametrize(
    "changed",
    [{"reason": " "}, {"username": MACHINE}, {"username": ""}, {"unique_id": "z"}, {"field": "mobile"}, {"book": "46"}],
)
def test_nothing_is_shown_and_nothing_noted(store: Store, keyring: Keyring, changed: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        _look(store, keyring, **changed)
    assert _rows(store) == []


def test_a_quota_of_none_shows_nothing(store: Store, keyring: Keyring) -> None:
    with pytest.raises(QuotaUsedUp):
        _look(store, keyring, quota=0)
    assert _rows(store) == []
