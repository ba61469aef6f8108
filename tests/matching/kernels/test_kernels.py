"""Compiled kernels and plain array code give the same levels, for whatever the columns hold."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import kernels
from matching.coding import coded
from matching.comparisons import COMPARISONS, LevelComparison
from matching.kernels import SWITCH, are_compiled
from matching.kernels.compiler import rows32

DIGITS = st.text("0123456789", min_size=17, max_size=17).map(lambda text: f"{text}X")
NUMBERS = st.one_of(
    st.sampled_from(["469900190503040021", "469900190503040012", "469900050304002", "46990019050304002"]),
    st.text("04*X", min_size=13, max_size=20),
    DIGITS,
)
NAMES = st.text("陈程王伟玮明鸣强未末?某·峰峯欧阳吉弓长三()曾用名jie𠀀", max_size=7)
EMPLOYERS = st.one_of(
    st.sampled_from(["务农", "文昌鑫海源商贸有限公司", "鑫海源商贸", "甲公司(原鑫海源商贸有限公司)"]),
    st.text("文昌海口东方龙楼鑫源金商行店有限公司原(（)）分1", max_size=9),
)
HOMES = st.text("文昌市龙楼镇好圣胜村号栋12３-室路组〇三十第之\0#七", max_size=14)
DATES = st.one_of(
    st.sampled_from(["1905", "1905-03", "1905-04-03", "1905-03-04", "1906-03-04"]), st.text("19-", max_size=11)
)
YES = st.sampled_from([None, "yes"])

#: Columns of each comparison of the person model.
COLUMNS: dict[str, tuple[st.SearchStrategy[str | None], ...]] = {
    "name": (NAMES,),
    "identity_number": (NUMBERS, NUMBERS, NUMBERS, YES),
    "date": (DATES, YES),
    "sex": (st.sampled_from(["男", "女"]), YES),
    "mobile": (st.text("13９", max_size=12),),
    "place": (st.sampled_from(["469900", "469901"]), st.sampled_from(["a", "b"])),
    "employer": (EMPLOYERS,),
    "address": (HOMES,),
}


def columns_of(kind: str) -> st.SearchStrategy[list[pd.Series]]:
    row = st.tuples(*(st.one_of(st.none(), values) for values in COLUMNS[kind]))
    return st.lists(row, min_size=2, max_size=9).map(
        lambda rows: [pd.Series(list(column), dtype=object) for column in zip(*rows, strict=True)]
    )


def comparison(kind: str) -> LevelComparison[Any]:
    names = [str(number) for number in range(len(COLUMNS[kind]))]
    return COMPARISONS[kind](names, names)


def all_pairs(n: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    left, right = np.divmod(np.arange(n * n), n)
    return left, right


@pytest.mark.parametrize("kind", COLUMNS)
def test_compiled_and_plain_give_the_same_levels(kind: str) -> None:
    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(columns_of(kind))
    def holds(columns: list[pd.Series]) -> None:
        feature = comparison(kind)
        left, right = all_pairs(len(columns[0]))
        prepared = feature.prepare(*columns)
        assert are_compiled()
        fast = feature.levels(prepared, left, right)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(SWITCH, "plain")
            plain = feature.levels(prepared, left, right)
        assert fast.dtype == plain.dtype == np.int8
        assert fast.tolist() == plain.tolist()
        again = feature.levels(feature.prepare(*map(coded, columns)), left, right)
        assert again.tolist() == fast.tolist()

    holds()


@pytest.mark.parametrize("kind", COLUMNS)
def test_positions_of_any_type_and_from_many_threads(kind: str) -> None:
    column = pd.Series(["469900190503040021", "陈伟明", "文昌龙楼好圣村12号", None, "陈玮明"] * 40, dtype=object)
    feature = comparison(kind)
    prepared = feature.prepare(*[column] * len(COLUMNS[kind]))
    left, right = all_pairs(len(column))
    expected = feature.levels(prepared, left, right).tolist()
    frozen = left.astype(np.int32)
    frozen.setflags(write=False)
    assert feature.levels(prepared, frozen, right.astype(np.int32)).tolist() == expected
    assert feature.levels(prepared, left[::2], right[::2]).tolist() == expected[::2]
    assert feature.levels(prepared, left[:0], right[:0]).tolist() == []
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: feature.levels(prepared, left, right).tolist(), range(8)):
            assert found == expected


def test_without_numba_the_plain_code_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "find_spec", lambda name: None)
    kernels._has_numba.cache_clear()
    try:
        assert not are_compiled()
    finally:
        monkeypatch.undo()
        kernels._has_numba.cache_clear()
    assert are_compiled()


def test_the_compiler_is_not_loaded_before_the_first_pair() -> None:
    code = "import sys, matching.pipeline; print('numba' in sys.modules, end='')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False"


def test_positions_are_taken_as_they_are_where_they_fit() -> None:
    positions = np.arange(5, dtype=np.int32)
    assert rows32(positions) is positions
    assert rows32(np.arange(5)).dtype == np.int32
