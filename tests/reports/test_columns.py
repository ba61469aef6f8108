"""Text columns stay object with None for null, empty or not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reports.columns import chosen, first_known, latest_of, looked_up, with_columns

LEFT = pd.Series(["a", None, np.nan], dtype=object)
RIGHT = pd.Series([1, "b", None], dtype=object)


def test_chosen() -> None:
    test = pd.Series([True, False, True])
    assert chosen(test, LEFT, RIGHT).tolist() == ["a", "b", None]
    assert chosen(test, "yes", None).tolist() == ["yes", None, "yes"]
    assert chosen(test[:0], "yes", "no").dtype == object


def test_first_known() -> None:
    assert first_known(LEFT, RIGHT).tolist() == ["a", "b", None]


@pytest.mark.parametrize("table", [pd.Series({"a": "x"}), pd.Series(dtype=object)])
def test_looked_up(table: pd.Series) -> None:
    assert looked_up(LEFT, table).tolist() == [table.get("a"), None, None]


def test_with_columns_adds_only_what_is_absent() -> None:
    made = with_columns(pd.DataFrame({"a": [1, 2]}), ["a", "b"])
    assert made["a"].tolist() == [1, 2]
    assert made["b"].tolist() == [None, None]


def test_the_latest_under_every_key_is_the_greatest_text() -> None:
    keys = pd.Series(["b", "a", "b", None, "a", "c"], index=[9, 8, 7, 6, 5, 4], dtype=object)
    days = pd.Series(["2016-01-01", None, "2016-06", "2016-07", "2015", None], index=keys.index, dtype=object)
    assert latest_of(keys, days).to_dict() == {"a": "2015", "b": "2016-06"}
    assert latest_of(keys[:0], days[:0]).to_dict() == {}
