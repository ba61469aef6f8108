"""The organisation code inside a credit code (domain §5.2)."""

from __future__ import annotations

import pandas as pd
import pytest

from data.contracts.entity_checks import is_org_code_wrong


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("91350200MA2YJ1XR9G", False),
        ("91350200776049653A", False),
        ("91440101MA5CJQ4N59", False),
        ("91330100799655058B", False),
        ("91469005MA5T000105", False),
        ("92469005MA5T00029Y", False),
        # This one fails its own check digit and was deployed as real: the inner code speaks for it.
        ("91350203M0001QAY9B", False),
        ("91350200MA2YJ1XR8G", True),
        ("91350200MA2YJ2XR9G", True),
        ("469005600012344", False),
        ("９１３５０２００MA2YJ1XR8G", False),
        (None, False),
    ],
)
def test_the_inner_code_is_a_second_check(code: str | None, wrong: bool) -> None:
    assert is_org_code_wrong(pd.Series([code, None], dtype=object)).tolist() == [wrong, False]


def test_a_column_without_rows() -> None:
    assert is_org_code_wrong(pd.Series([], dtype=object)).tolist() == []
