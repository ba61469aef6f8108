"""The strongest employment, and who has none."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from rules.examples.build import Row, work
from rules.facts import frame_of
from rules.populations import populations, strongest_employments

AS_OF = date(2016, 6, 16)


def population(*jobs: Row) -> str:
    strongest = strongest_employments(frame_of("employments", jobs), AS_OF)
    return str(populations(pd.Index(["p1"]), strongest)[0])


MARKET = {"population": "market", "entity_id": "E2"}
HOUSEHOLD = {"population": "household_business", "entity_id": "E3"}


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        ((), "elsewhere"),
        ((work(),), "small_enterprise"),
        ((work(**MARKET), work(**HOUSEHOLD)), "household_business"),
        ((work(**HOUSEHOLD), work()), "small_enterprise"),
        ((work(how="employer_text"), work(**MARKET)), "market"),
        ((work(status="cancelled"),), "elsewhere"),
        ((work(status="cancelled", ended_on="2016-06-17"),), "small_enterprise"),
        ((work(status="withdrawn", ended_on="2016-06-16"),), "elsewhere"),
        ((work(status="revoked", ended_on="2014-01-01"),), "small_enterprise"),
        ((work(status="moved_out"),), "small_enterprise"),
        ((work(until_on="2016-06-16"),), "elsewhere"),
        ((work(until_on="2016-06-17"),), "small_enterprise"),
        ((work(since_on="2016-06-17"),), "elsewhere"),
        ((work(person_id=None),), "elsewhere"),
        ((work(population="elsewhere", is_non_public=False),), "elsewhere"),
    ],
)
def test_population(jobs: tuple[Row, ...], expected: str) -> None:
    assert population(*jobs) == expected
    assert population(*reversed(jobs)) == expected
