"""Tables that add up, and a province's page that does not give away what a county's page withholds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.disclosure import SMALLEST_CELL
from data.model import Population, PrimaryClass
from data.store.statistics import Night
from review.overview import (
    AREA,
    CLASSES,
    OVERALL,
    POPULATIONS,
    TOTAL,
    TOWN,
    Shown,
    Tables,
    ages,
    changes,
    class_trend,
    queue_trend,
    tables_of,
)
from tests.data.store.builders import NOW

_KEYS = st.tuples(
    st.sampled_from(["469005", "469021", ""]),
    st.sampled_from(["龙楼镇", "文城镇", ""]),
    st.sampled_from([str(name) for name in Population]),
    st.sampled_from([str(name) for name in PrimaryClass]),
)
_COUNTS = st.dictionaries(_KEYS, st.integers(1, 15), max_size=25)


def _sum(tables: Tables, table: str, area: str, rows: list[str], name: str) -> int:
    return sum(tables.at(table, area, row, name).n or 0 for row in rows)


@given(_COUNTS)
def test_every_table_adds_up(counts: Mapping[tuple[str, str, str, str], int]) -> None:
    tables = tables_of(counts, is_exact=True)
    for name in CLASSES:
        whole = tables.at(AREA, "", TOTAL, name).n
        assert _sum(tables, AREA, "", tables.areas(), name) == whole
        assert _sum(tables, OVERALL, TOTAL, list(POPULATIONS), name) == whole
        for area in tables.areas():
            of_area = tables.at(AREA, "", area, name).n
            assert _sum(tables, TOWN, area, tables.townships(area), name) == of_area
            assert _sum(tables, OVERALL, area, list(POPULATIONS), name) == of_area
    assert tables.at(AREA, "", TOTAL, TOTAL).n == sum(counts.values())


@given(_COUNTS)
def test_nothing_small_is_shown_and_no_gap_stands_alone(counts: Mapping[tuple[str, str, str, str], int]) -> None:
    exact, shown = tables_of(counts, is_exact=True), tables_of(counts, is_exact=False)
    for cell in exact.counts:
        n = exact.at(*cell).n
        assert shown.at(*cell).n in (None, n)
        assert n is not None
        assert not 0 < n < SMALLEST_CELL or shown.at(*cell).n is None
    for area in shown.areas():
        for name in CLASSES:
            for table, rows in ((TOWN, shown.townships(area)), (OVERALL, list(POPULATIONS))):
                line = [shown.at(table, area, row, name) for row in rows] + [shown.at(AREA, "", area, name)]
                assert sum(cell.n is None for cell in line) != 1


def test_how_a_withheld_number_reads() -> None:
    counts = {("469005", "龙楼镇", "market", "lost"): 3, ("469005", "龙楼镇", "market", "normal"): 30}
    tables = tables_of(counts, is_exact=False)
    texts = {cell.text for cell in tables.line(AREA, "", "469005")}
    assert texts == {"<5", "*", "0", "33"}


def _night(run_id: str, **numbers: int) -> Night:
    found = {("class", "market", name): n for name, n in numbers.items()}
    return Night(run_id, date(2016, 6, 16), NOW, {**found, ("queue", "match", "open"): 7})


def test_by_night() -> None:
    nights = [_night("r1", lost=3, normal=50), _night("r2", lost=9, normal=44)]
    assert class_trend(nights, ["lost"], is_exact=True) == {"lost": [Shown(3, "3"), Shown(9, "9")]}
    assert class_trend(nights, ["lost"], is_exact=False) == {"lost": [Shown(None, "<5"), Shown(9, "9")]}
    assert [shown.n for shown in queue_trend(nights, is_exact=True)] == [7, 7]
    told = changes(*nights, is_exact=True)
    assert [(one.what, one.before.n, one.after.n) for one in told] == [("lost", 3, 9), ("normal", 50, 44)]
    assert changes(*nights, is_exact=False) == []


def test_ages_of_questions() -> None:
    found = [("match", NOW - timedelta(days=days), n) for days, n in ((0, 1), (1, 2), (29, 4), (90, 8))]
    assert ages(found, NOW) == {"match": [1, 2, 4, 0, 8]}
