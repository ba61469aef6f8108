"""Moments and JSON mean the same on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, MetaData, Table, Text, select
from sqlalchemy.exc import StatementError

from data.store.clock import utc_now
from data.store.session import Store
from data.store.types import CanonicalJson, UtcDateTime, canonical_json

_MOMENTS = Table("moments", MetaData(), Column("key", Text), Column("at", UtcDateTime), Column("value", CanonicalJson))
_BEIJING = timezone(timedelta(hours=8))


def test_moments_and_json(store: Store) -> None:
    at = datetime(2016, 6, 17, 2, 0, 0, 123456, tzinfo=_BEIJING)
    rows = [{"key": "1", "at": at, "value": {"乙": [1, None], "a": "x"}}, {"key": "2", "at": None, "value": None}]
    with store.write() as connection:
        _MOMENTS.create(connection)
        connection.execute(_MOMENTS.insert(), rows)
        found = connection.execute(select(_MOMENTS).order_by(_MOMENTS.c.key)).all()
    assert [tuple(row) for row in found] == [("1", at, {"a": "x", "乙": [1, None]}), ("2", None, None)]
    assert found[0].at.tzinfo is UTC


def test_a_naive_moment_is_refused(store: Store) -> None:
    naive = _MOMENTS.insert().values(key="1", at=datetime(2016, 6, 17))
    with pytest.raises(StatementError, match="time zone"), store.write() as connection:
        connection.execute(naive)


def test_canonical_json() -> None:
    assert canonical_json({"乙": 1, "a": [True, None, "é"]}) == '{"a":[true,null,"é"],"乙":1}'
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(float("nan"))


def test_the_clock_has_a_zone() -> None:
    assert utc_now().tzinfo is UTC
