"""Which rows a person may see, as table and as SQL on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from data.store.tables import QUEUE_ITEMS
from tests.data.store.builders import item


@pytest.mark.parametrize(
    ("areas", "area", "covers"),
    [
        (["46"], "469005", True),
        (["469005"], "469005", True),
        (["469005"], "469021", False),
        (["469005"], "46", False),
        (["469005"], None, False),
        (["469005", "469021"], "469021", True),
        ([""], "460100", True),
        ([], "460100", False),
    ],
)
def test_covers(areas: list[str], area: str | None, covers: bool) -> None:
    assert Scope.of(areas).covers(area) is covers


@pytest.mark.parametrize(
    ("areas", "book", "opens"),
    [
        (["46"], "469005", True),
        (["469005"], "46", True),
        (["469005"], "469021", False),
        (["469005"], "44", False),
        ([], "46", False),
    ],
)
def test_opens(areas: list[str], book: str, opens: bool) -> None:
    scope = Scope.of(areas)
    assert scope.opens(book) is opens


def test_the_whole_book_needs_no_condition() -> None:
    assert EVERYTHING.rows("46", QUEUE_ITEMS.c.area) is None
    assert Scope.of(["469005"]).rows("469005", QUEUE_ITEMS.c.area) is None


def test_rows_of_a_county_in_the_province_s_book(store: Store) -> None:
    areas = {"a": "469005", "b": "469021", "c": None}
    with store.write() as connection:
        for name, area in areas.items():
            row = {**item(name), "run_area": "46", "area": area, "state": "open", "version": 1}
            known = {column.name for column in QUEUE_ITEMS.columns}
            row = {**row, "content_hash": "x", "is_current": True, "first_run_id": "r", "priority": 1}
            connection.execute(insert(QUEUE_ITEMS).values({key: row[key] for key in row if key in known}))
        condition = Scope.of(["469005", "44"]).rows("46", QUEUE_ITEMS.c.area)
        assert condition is not None
        found = connection.execute(select(QUEUE_ITEMS.c.item_id).where(condition)).scalars().all()
    assert found == ["a"]
