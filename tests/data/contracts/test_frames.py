"""Frames one below the other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.contracts.frames import stacked, without_nan


def _frame(names: list[str | None], rows: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"name": np.array(names, dtype=object), "row": np.array(rows, dtype=np.int64)})


def test_stacked_frames_keep_none_and_types() -> None:
    both = stacked([_frame(["a", None], [1, 2]), _frame([None, None], [3, 4]), _frame([], [])])
    assert both["name"].tolist() == ["a", None, None, None]
    assert both["row"].tolist() == [1, 2, 3, 4]
    assert both["row"].dtype == np.int64
    assert both.index.tolist() == [0, 1, 2, 3]


def test_without_nan_writes_none() -> None:
    frame = pd.DataFrame({"name": np.array(["a", float("nan")], dtype=object), "row": [1, 2]})
    assert without_nan(frame)["name"].tolist() == ["a", None]
