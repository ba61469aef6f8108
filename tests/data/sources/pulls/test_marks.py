"""Keys and watermarks come back as they were, and a little earlier where that has a meaning."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from data.sources.pulls.marks import earlier, marked, moment_of, unmarked


@pytest.mark.parametrize(
    "value",
    [
        7,
        2**70,
        "7",
        "龙楼",
        Decimal("1.10"),
        1.5,
        date(2016, 6, 16),
        datetime(2016, 6, 16, 8, 0, 0, 5),
        datetime(2016, 6, 16, tzinfo=UTC),
        UUID(int=7),
    ],
)
def test_there_and_back(value: object) -> None:
    back = unmarked(json.loads(json.dumps(marked(value))))
    assert (type(back), back) == (type(value), value)


@pytest.mark.parametrize("value", [None, b"x", [1], True])
def test_what_cannot_be_compared_is_no_mark(value: object) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        marked(value)


@pytest.mark.parametrize(
    ("value", "seconds", "found"),
    [
        (datetime(2016, 6, 16, 0, 0, 10), 20, datetime(2016, 6, 15, 23, 59, 50)),
        (date(2016, 6, 16), 20, date(2016, 6, 15)),
        (date(2016, 6, 16), 0, date(2016, 6, 16)),
        ("2016-06-16 00:00:10", 20, "2016-06-15 23:59:50"),
        ("2016-06-16T00:00:10Z", 20, "2016-06-15T23:59:50Z"),
        ("2016-06-16T00:00:10+08:00", 20, "2016-06-15T23:59:50+08:00"),
        ("2016-06-16", 20, "2016-06-15"),
        ("20160616", 20, "20160616"),
        ("v12", 20, "v12"),
        (12, 20, 12),
    ],
)
def test_a_little_earlier(value: object, seconds: float, found: object) -> None:
    assert earlier(value, seconds) == found


def test_what_is_a_moment() -> None:
    assert moment_of("2016-06-16T08:00:00Z") == datetime(2016, 6, 16, 8, tzinfo=UTC)
    assert moment_of("1466035200") is None
    assert moment_of("2016-13-01") is None
