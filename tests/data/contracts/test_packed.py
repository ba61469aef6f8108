from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.contracts.packed import objects, packed, unpacked

TEXT = st.none() | st.text(max_size=4)


def _rows(texts: list[str | None]) -> pd.DataFrame:
    n = len(texts)
    columns = {"unique_id": [f"u{n - i:03}" for i in range(n)], "text": texts, "same": ["红海村党支部"] * n}
    frame = pd.DataFrame(columns, dtype=object)
    return frame.assign(source_row=np.arange(n) + 2)


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=8))
def test_packing_loses_nothing_and_order_is_by_unique_id(texts: list[str | None]) -> None:
    rows = _rows(texts)
    again = unpacked([packed(rows)], list(rows.columns))
    pd.testing.assert_frame_equal(again, rows.iloc[::-1].reset_index(drop=True))
    assert all(value is None or isinstance(value, str) for value in again["text"])


def test_repeated_texts_are_kept_once() -> None:
    frame = packed(_rows(["a", "b", "c", "d"]))
    assert isinstance(frame["same"].dtype, pd.ArrowDtype)
    assert "dictionary" in str(frame["same"].dtype)
    assert "dictionary" not in str(frame["text"].dtype)
    first, *others = objects(frame["same"])
    assert all(value is first for value in others)


def test_a_column_that_begins_with_different_texts_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.contracts.packed._SAMPLE", 3)
    frame = packed(pd.DataFrame({"text": ["a", "b", "c", "c", "c", "c", "c"]}, dtype=object))
    assert "dictionary" not in str(frame["text"].dtype)
    assert objects(frame["text"]).tolist() == ["a", "b", "c", "c", "c", "c", "c"]


def test_half_a_surrogate_pair_stays_as_it_is() -> None:
    rows = _rows(["\ud83d", None])
    assert unpacked([packed(rows)], ["text"])["text"].tolist() == [None, "\ud83d"]


@pytest.mark.parametrize("pack", [packed, lambda frame: frame])
def test_several_frames_and_chosen_rows(pack: object) -> None:
    one = _rows(["a", "b"])
    other = _rows(["c", None]).assign(unique_id=["u000", "u900"])
    assert callable(pack)
    frames = [pack(one), pack(other)]
    found = unpacked(frames, ["text", "unique_id"], pd.Series(["u900", "u002", "nobody"], dtype=object))
    assert found["text"].tolist() == ["a", None]
    assert found["unique_id"].tolist() == ["u002", "u900"]
    assert unpacked(frames, ["text"], pd.Series([], dtype=object)).empty
