"""Applying a function once per distinct value."""

from __future__ import annotations

import pandas as pd

from data.values.columns import blank_to_none, map_unique, none_for_null


def test_the_function_runs_once_per_distinct_value_and_null_stays_none() -> None:
    seen: list[str] = []

    def shout(text: str) -> str | None:
        seen.append(text)
        return text.upper() if text != "c" else None

    column = pd.Series(["a", None, "b", "a", float("nan"), "c"], index=[5, 4, 3, 2, 1, 0], name="x", dtype=object)
    result = map_unique(column, shout)
    assert result.tolist() == ["A", None, "B", "A", None, None]
    assert result.index.tolist() == [5, 4, 3, 2, 1, 0]
    assert result.name == "x"
    assert sorted(seen) == ["a", "b", "c"]


def test_tuples_and_empty_columns_come_back_as_they_are() -> None:
    assert map_unique(pd.Series(["ab"], dtype=object), tuple).tolist() == [("a", "b")]
    assert map_unique(pd.Series([], dtype=object), len).tolist() == []


def test_nulls_are_none_and_blanks_may_be() -> None:
    column = pd.Series(["", float("nan"), None, "x"], dtype=object)
    assert none_for_null(column).tolist() == ["", None, None, "x"]
    assert blank_to_none(column).tolist() == [None, None, None, "x"]
