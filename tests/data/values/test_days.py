"""Days of whole columns against one date at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.values.dates import add_months, earliest, latest
from data.values.days import first_days, last_days

_DAY = st.dates(min_value=pd.Timestamp(1850, 1, 1).date(), max_value=pd.Timestamp(2100, 12, 31).date())
_PARTIAL = st.builds(lambda day, length: day.isoformat()[:length], _DAY, st.sampled_from([4, 7, 10]))


@settings(max_examples=50)
@given(st.lists(st.none() | _PARTIAL | st.sampled_from(["2016-02-29", "2015-01-31", "1900-02"]), max_size=8))
@pytest.mark.parametrize("months", [0, 1, 216])
def test_a_column_of_days_is_its_dates(months: int, texts: list[str | None]) -> None:
    column = pd.Series(texts, dtype=object)
    for whole, one in ((first_days, earliest), (last_days, latest)):
        expected = [np.nan if text is None else add_months(one(text), months).toordinal() for text in texts]
        assert np.array_equal(whole(column, months), np.array(expected, dtype=float), equal_nan=True)
