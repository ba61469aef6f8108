"""Cohen's kappa against figures worked out by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.store.readings import Reading
from review.agreement import agreements, cohens_kappa
from tests.data.store.builders import NOW


def _reading(item_id: str, stage: str, reviewer: str, answer: str, chosen: str | None = None, days: int = 0) -> Reading:
    at = NOW + timedelta(days=days)
    return Reading(0, item_id, 1, "match", stage, reviewer, answer, chosen, "", None, at)


def _both(item_id: str, one: str, other: str, days: int = 0) -> list[Reading]:
    return [_reading(item_id, "first", "李", one, days=days), _reading(item_id, "second", "王", other, days=days)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # The textbook table: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no.
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
        ([("y", "y"), ("n", "n")], 1.0),
        ([("y", "n"), ("n", "y")], -1.0),
        ([("y", "y")] * 5, None),
    ],
)
def test_kappa(table: list[tuple[str, str]], expected: float | None) -> None:
    kappa = cohens_kappa(table, sum(one == other for one, other in table))
    assert kappa is None if expected is None else kappa == pytest.approx(expected)


def test_by_week_and_pair_newest_first() -> None:
    readings = [*_both("q1", "none", "none"), *_both("q2", "none", "unsure"), *_both("q3", "none", "none", days=7)]
    readings.append(_reading("q4", "first", "李", "none"))
    readings.append(_reading("q2", "adjudication", "陈", "none"))
    found = agreements(readings)
    assert [(row.week, row.reader, row.other, row.n, row.n_agreeing) for row in found] == [
        ("2016-W25", "李", "王", 1, 1),
        ("2016-W24", "李", "王", 2, 1),
    ]


def test_two_different_records_are_no_agreement() -> None:
    both = [_reading("q", "first", "李", "candidate", "x"), _reading("q", "second", "王", "candidate", "y")]
    assert agreements(both)[0].n_agreeing == 0
