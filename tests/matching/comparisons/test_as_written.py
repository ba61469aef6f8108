from __future__ import annotations

import pandas as pd
import pytest

from data.values.identifiers import check_digit_18
from matching.comparisons.as_written import WrittenIdentityNumberComparison, WrittenPlaceComparison
from matching.comparisons.identity_number import IdLevel
from matching.comparisons.simple import PlaceLevel

FIRST = "46000319850412" + "001"
NUMBER = FIRST + check_digit_18(FIRST)
OTHER = "46000319911130" + "042"
OTHER += check_digit_18(OTHER)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (NUMBER, f" {NUMBER.lower()} ", IdLevel.EXACT),
        (NUMBER, NUMBER[:6] + NUMBER[8:17], IdLevel.EXACT),
        (NUMBER, NUMBER[:8] + "00" + NUMBER[10:], IdLevel.TWO_SLIPS),
        (NUMBER, NUMBER[:16] + str((int(NUMBER[16]) + 1) % 10) + NUMBER[17], IdLevel.ONE_SLIP),
        (NUMBER, NUMBER[:6] + "********" + NUMBER[14:], IdLevel.COMPATIBLE),
        (NUMBER, OTHER, IdLevel.REALLY_DIFFERENT),
        (NUMBER, "无", -1),
    ],
)
def test_identity_number_of_one_column(left: str, right: str, expected: int) -> None:
    comparison = WrittenIdentityNumberComparison("a", "a")
    a, b = pd.Series([left], dtype=object), pd.Series([right], dtype=object)
    assert int(comparison._compute_vectorized(a, b)[0]) == expected
    assert int(comparison._compute_vectorized(b, a)[0]) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("文昌", "龙楼"), ("文昌", "龙楼"), PlaceLevel.SAME_TOWNSHIP),
        (("文昌", "龙楼"), ("文昌", "东郊"), PlaceLevel.SAME_AREA),
        (("文昌", "龙楼"), ("琼海", "龙楼"), PlaceLevel.OTHER_AREA),
        (("文昌", "龙楼"), ("文昌", None), -1),
    ],
)
def test_place_of_two_columns(left: tuple[str, str], right: tuple[str, str | None], expected: int) -> None:
    columns = [pd.Series([value], dtype=object) for value in (*left, *right)]
    assert int(WrittenPlaceComparison(["a", "b"], ["a", "b"])._compute_vectorized(*columns)[0]) == expected
