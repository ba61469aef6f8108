"""Merging by key: later rows win, deleted ones go, repeated ones count once, and a key that tells nothing is refused."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import SourceFileError
from data.sources.pulls.columns import DELETED, key_columns
from data.sources.pulls.merge import merged

ONE, TWO = key_columns(1), key_columns(2)


def table(rows: list[tuple[str | None, str, bool]]) -> pa.Table:
    keys, names, gone = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {
            "name": pa.array(names, pa.string()),
            ONE[0]: pa.array(keys, pa.string()),
            DELETED: pa.array(gone, pa.bool_()),
        }
    )


def merge(base: pa.Table | None, pulled: pa.Table, keys: list[str] = ONE) -> list[str]:
    names: list[str] = merged(base, pulled, keys, source="r", where="sql:r")["name"].to_pylist()
    return names


def kept(rows: list[tuple[str | None, str, bool]]) -> pa.Table:
    return merged(None, table(rows), ONE, source="r", where="sql:r")


def test_later_rows_win_and_deleted_ones_go() -> None:
    base = kept([("2", "b", False), ("10", "c", False), ("1", "a", False)])
    assert base["name"].to_pylist() == ["a", "b", "c"]
    assert merge(base, table([("2", "B", False), ("1", "a", True), ("3", "d", False)])) == ["B", "d", "c"]
    assert merge(base, table([])) == ["a", "b", "c"]


def test_keys_that_are_no_numbers_sort_by_code_point() -> None:
    assert merge(None, table([("乙", "c", False), ("10", "b", False), ("-9", "a", False)])) == ["a", "b", "c"]


def test_two_parts_are_one_key() -> None:
    rows = pa.table({"name": ["c", "a", "b"], TWO[0]: ["2", "1", "1"], TWO[1]: ["x", "x", "y"]})
    assert merge(None, rows, TWO) == ["a", "b", "c"]


def test_the_same_record_twice_counts_once() -> None:
    assert merge(None, table([("1", "a", False), ("1", "a", False), ("2", "b", False)])) == ["a", "b"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("1", "a", False), ("1", "b", False)], "0 行为空、1 行重复"),
        ([(None, "a", False), ("1", "b", False)], "1 行为空、0 行重复"),
    ],
)
def test_a_key_that_does_not_tell_apart_is_refused(rows: list[tuple[str | None, str, bool]], told: str) -> None:
    with pytest.raises(SourceFileError, match=f"E512_KEY_NOT_UNIQUE.*{told}"):
        merge(None, table(rows))


def test_a_new_column_is_null_in_older_rows() -> None:
    base = kept([("1", "a", False)])
    pulled = pa.table({"name": ["b"], "备注": ["x"], ONE[0]: ["2"]})
    assert merged(base, pulled, ONE, source="r", where="w")["备注"].to_pylist() == [None, "x"]


_STEP = st.dictionaries(st.integers(-20, 20), st.tuples(st.sampled_from("abc"), st.booleans()), max_size=10)


@given(st.lists(_STEP, min_size=1, max_size=5))
def test_merging_is_what_a_dictionary_does(steps: list[dict[int, tuple[str, bool]]]) -> None:
    base, expected = kept([]), {}
    for step in steps:
        rows = [(str(key), name, gone) for key, (name, gone) in step.items()]
        base = merged(base, table(rows), ONE, source="r", where="w")
        expected = {
            key: name for key, (name, gone) in ({k: (n, False) for k, n in expected.items()} | step).items() if not gone
        }
    assert dict(zip(base[ONE[0]].to_pylist(), base["name"].to_pylist(), strict=True)) == {
        str(key): expected[key] for key in sorted(expected)
    }
