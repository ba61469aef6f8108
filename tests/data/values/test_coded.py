"""A coded column says what the plain one says, whatever is done to it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.values.coded import TEXT, Coded, as_texts, is_among, is_coded, places, text_array

TEXTS = st.lists(st.one_of(st.none(), st.sampled_from(["", "王伟", "a", "b", "ab", "龙楼"])), max_size=12)


def column(values: list[str | None]) -> pd.Series:
    return pd.Series(values, dtype=object)


@given(TEXTS, TEXTS)
@settings(max_examples=50, deadline=None)
def test_the_same_as_of_plain_columns(one: list[str | None], other: list[str | None]) -> None:
    first, second = Coded.of(column(one)), Coded.of(column(other))
    stacked = Coded.stacked([first, Coded.constant("a", 2), second])
    assert stacked.texts().tolist() == [*one, "a", "a", *other]
    assert len({*stacked.values.to_pylist()}) == len(stacked.values)
    assert first.map(lambda text: text[:1] or None).texts().tolist() == [
        text[:1] or None if text else None for text in one
    ]
    assert first.are("a", "王伟").tolist() == [text in ("a", "王伟") for text in one]
    assert Coded.of(first.series()).texts().tolist() == one
    n = min(len(one), len(other))
    both = first.take(np.arange(n)).or_else(second.take(np.arange(n)))
    assert both.texts().tolist() == [a if a is not None else b for a, b in zip(one[:n], other[:n], strict=True)]
    assert is_among(column(one), column(other)).tolist() == [text is not None and text in other for text in one]


@pytest.mark.parametrize(
    "values",
    [
        pa.array(["a", None, "b", "a"]),
        pa.array(["a", None, "b", "a"]).dictionary_encode(),
        pa.chunked_array([["a", None], ["b", "a"]]),
    ],
    ids=["plain", "dictionary", "chunks"],
)
def test_columns_in_arrow(values: pa.Array) -> None:
    coded = Coded.of(pd.Series(pd.arrays.ArrowExtensionArray(values)))
    assert coded.codes.tolist() == [0, -1, 1, 0]
    assert coded.values.type == pa.large_string()
    assert coded.texts().tolist() == ["a", None, "b", "a"]


@given(TEXTS, TEXTS)
@settings(max_examples=50, deadline=None)
def test_what_stands_at_the_place_of_a_text(one: list[str | None], other: list[str | None]) -> None:
    distinct = [*dict.fromkeys(text for text in other if text is not None)]
    found = places(column(one), column(distinct))
    assert found.tolist() == [distinct.index(text) if text in distinct else -1 for text in one]
    taken = Coded.of(column(distinct)).at(found)
    assert taken.texts().tolist() == [text if text in distinct else None for text in one]


def test_rows_are_put_in_place_and_what_nobody_has_is_gone() -> None:
    put = Coded.of(column(["a", "b", None])).put(np.array([0, 2]), Coded.of(column(["b", "c"])))
    assert put.texts().tolist() == ["b", "b", "c"]
    assert sorted(put.values.to_pylist()) == ["b", "c"]
    few = Coded.of(column(["a", "b", None, "c"])).where(np.array([False, True, True, False]))
    assert few.texts().tolist() == [None, "b", None, None]
    assert few.used().values.to_pylist() == ["b"]


def test_frames_of_texts_have_none_for_null() -> None:
    frame = pd.DataFrame({"name": Coded.of(column(["a", None, "c"])).series(), "row": [1, 2, 3]})
    assert [is_coded(frame[name]) for name in frame] == [True, False]
    assert as_texts(frame).to_dict("list") == {"name": ["a", None, "c"], "row": [1, 2, 3]}
    assert as_texts(frame, np.array([1])).to_dict("list") == {"name": [None], "row": [2]}
    assert as_texts(frame)["name"].dtype == object


def test_what_is_no_text_is_told_as_text() -> None:
    assert text_array(np.array(["\ud800", None, 7], dtype=object)).to_pylist() == ["?", None, "7"]


@pytest.mark.parametrize("rows", [[], [7], [3, -1, 3], [-1], list(range(10))])
def test_texts_that_no_row_has_go_whether_rows_are_few_or_many(rows: list[int]) -> None:
    texts = pa.array([f"甲{number}" for number in range(10)], TEXT)
    given = Coded(np.array(rows, dtype=np.int32), texts)
    found = given.used()
    assert list(found.texts()) == list(given.texts())
    assert found.values.to_pylist() == [f"甲{row}" for row in sorted({*rows} - {-1})]
    assert found.codes.dtype == np.int32
