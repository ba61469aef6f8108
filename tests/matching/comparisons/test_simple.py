from __future__ import annotations

import pandas as pd
import pytest

from matching.comparisons.simple import (
    MobileComparison,
    MobileLevel,
    PlaceComparison,
    PlaceLevel,
    SexComparison,
    SexLevel,
)


def series(*values: str | None) -> pd.Series:
    return pd.Series(list(values), dtype=object)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("13912345678", "13912345678", MobileLevel.EXACT),
        ("13912345678", "13912345679", MobileLevel.ONE_SLIP),
        ("13912345678", "13912354678", MobileLevel.ONE_SLIP),
        ("13912345678", "13912345699", MobileLevel.DIFFERENT),
        (None, "13912345678", -1),
    ],
)
def test_mobile(left: str | None, right: str | None, expected: int) -> None:
    comparison = MobileComparison("mobile_own", "mobile_own")
    assert comparison._compute_vectorized(series(left), series(right)).tolist() == [expected]
    assert comparison._compute_vectorized(series(right), series(left)).tolist() == [expected]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("469005", "469005/龙楼镇"), ("469005", "469005/龙楼镇"), PlaceLevel.SAME_TOWNSHIP),
        (("469005", "469005/龙楼镇"), ("469005", "469005/文城镇"), PlaceLevel.SAME_AREA),
        (("469005", "469005/龙楼镇"), ("460100", None), PlaceLevel.OTHER_AREA),
        (("469005", "469005/龙楼镇"), ("469005", None), -1),
        ((None, None), ("469005", None), -1),
    ],
)
def test_place(left: tuple[str | None, ...], right: tuple[str | None, ...], expected: int) -> None:
    comparison = PlaceComparison(["area", "township_key"], ["area", "township_key"])
    sides = [series(value) for value in (*left, *right)]
    assert comparison._compute_vectorized(*sides).tolist() == [expected]
    assert comparison._compute_vectorized(*sides[2:], *sides[:2]).tolist() == [expected]


def test_sex_counts_unless_two_numbers_settle_it() -> None:
    plain = SexComparison("sex", "sex")
    assert plain._compute_vectorized(series("男", "男", None), series("男", "女", "女")).tolist() == [
        SexLevel.SAME,
        SexLevel.DIFFERENT,
        -1,
    ]
    columns = ["sex", "settled"]
    settled = SexComparison(columns, columns)
    assert settled._compute_vectorized(
        series("男", "男"), series("yes", "yes"), series("男", "女"), series("yes", None)
    ).tolist() == [-1, SexLevel.DIFFERENT]
