from __future__ import annotations

import pandas as pd
import pytest

from matching.comparisons.owner import OwnerComparison, OwnerLevel
from matching.normalise import normalise
from tests.matching.builders import frame, id_number, record

MAN, WOMAN = id_number("1900-01-01", 1), id_number("1900-01-01", 2)
COLUMNS = ["id18", "sex_settled", "birth", "birth_best", "sex", "sex_best"]
MISSING = -1


def level(left: dict[str, object], right: dict[str, object]) -> int:
    normalised = normalise(frame(record("x1", **left), record("x2", **right)))
    first, second = (normalised.iloc[[i]].reset_index(drop=True) for i in (0, 1))
    columns = [*(first[name] for name in COLUMNS), *(second[name] for name in COLUMNS)]
    found = int(OwnerComparison(COLUMNS, COLUMNS)._compute_vectorized(*columns)[0])
    turned = [*(second[name] for name in COLUMNS), *(first[name] for name in COLUMNS)]
    assert found == int(OwnerComparison(COLUMNS, COLUMNS)._compute_vectorized(*turned)[0])
    return found


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"birth": "1900-01-01", "sex": "男"}, {"birth": "1900-01", "sex": "男"}, OwnerLevel.BORNE_OUT),
        ({"birth": "1900-01-01"}, {}, OwnerLevel.BORNE_OUT),
        ({"sex": "男"}, {}, OwnerLevel.BORNE_OUT),
        # A slip, or another day of the year, is no other owner.
        ({"birth": "1900-01-10"}, {}, OwnerLevel.BORNE_OUT),
        ({"birth": "1900-05-20"}, {"birth": "1900-01-01"}, OwnerLevel.BORNE_OUT),
        ({"birth": "1907-05-20"}, {}, OwnerLevel.CONTRADICTED),
        ({"birth": "1907-05-20"}, {"birth": "1900-01-01"}, OwnerLevel.CONTRADICTED),
        ({"sex": "女"}, {"sex": "男"}, OwnerLevel.CONTRADICTED),
        ({"birth": "1900-01-01", "sex": "女"}, {"birth": "1900-01-01"}, OwnerLevel.CONTRADICTED),
        # Both rows say the same of themselves: whatever the number says, it is one person's.
        ({"birth": "1907-05-20"}, {"birth": "1907-05-20"}, OwnerLevel.BORNE_OUT),
        # Nobody states anything: the number alone bears nothing out.
        ({}, {}, MISSING),
    ],
)
def test_rows_with_one_number(left: dict[str, object], right: dict[str, object], expected: int) -> None:
    assert level({"id_no": MAN, **left}, {"id_no": MAN, **right}) == expected


@pytest.mark.parametrize("other", [WOMAN, None, MAN[:15] + "***"])
def test_other_numbers_are_not_asked(other: str | None) -> None:
    assert level({"id_no": MAN, "sex": "男"}, {"id_no": other, "sex": "女"}) == MISSING


def test_a_column_of_nulls() -> None:
    empty = pd.Series([None], dtype=object)
    assert OwnerComparison(COLUMNS, COLUMNS)._compute_vectorized(*[empty] * 12).tolist() == [MISSING]
