"""Values of databases as exact text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sources.pulls.values import text_column, text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (460022190001010010, "460022190001010010"),
        (Decimal("460022190001010010"), "460022190001010010"),
        (Decimal("5.00"), "5"),
        (Decimal("1998.10"), "1998.10"),
        (Decimal("1E+3"), "1000"),
        (Decimal("NaN"), None),
        (5.0, "5"),
        (0.1, "0.1"),
        (1e22, "10000000000000000000000"),
        (float("inf"), None),
        (True, "是"),
        (False, "否"),
        (date(1985, 7, 1), "1985-07-01"),
        (datetime(1985, 7, 1), "1985-07-01"),
        (datetime(1985, 7, 1, 8, 30, 1, 5), "1985-07-01 08:30:01"),
        (datetime(1985, 6, 30, 16, tzinfo=UTC), "1985-07-01"),
        (time(8, 30), "08:30:00"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (b"abc", None),
        (memoryview(b"abc"), None),
        ({"a": 1}, None),
        ([1, None, "x", {"a": 1}], "1；x"),
        ([], None),
        (object(), None),
    ],
)
def test_one_value(value: object, text: str | None) -> None:
    assert text_of(value) == text


def test_a_column_is_trimmed_and_cleared_of_what_nobody_sees() -> None:
    column, n_invisible = text_column([" 王明\u200b ", "", "  ", None, "a\x00b", 7])
    assert column.to_pylist() == ["王明", None, None, None, "ab", "7"]
    assert n_invisible == 2
    assert text_column([])[0].type == pa.string()


@given(st.lists(st.one_of(st.none(), st.text(st.characters()), st.integers(), st.booleans()), max_size=8))
def test_any_text_passes_and_null_stays_null(values: list[object]) -> None:
    column, _ = text_column(values)
    texts = column.to_pylist()
    assert len(texts) == len(values)
    assert all(text is None for text, value in zip(texts, values, strict=True) if value is None)
    assert all(text and "\x00" not in text and text == text.strip() for text in texts if text is not None)
