"""A table written by columns has the bytes that pandas writes row by row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.csv_files import write_csv

_TEXT = st.none() | st.text(alphabet=st.sampled_from('陈a,"\n 𠮷=;\t'), max_size=5)
_ROWS = st.lists(st.tuples(_TEXT, st.floats(-1e9, 1e9), st.integers(0, 2**63 - 1), _TEXT), max_size=6)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=_ROWS)
def test_the_bytes_of_pandas(tmp_path: Path, rows: list[tuple[str | None, float, int, str | None]]) -> None:
    frame = pd.DataFrame(rows, columns=["name", "weight", 'a "b", c', "last"])
    frame = frame.astype({"name": object, "weight": "float64", 'a "b", c': "int64", "last": object})
    frame["weight"] += 0.0  # no minus zero
    write_csv(tmp_path / "ours.csv", frame)
    expected = frame.to_csv(index=False, lineterminator="\n", float_format="%.9f")
    assert (tmp_path / "ours.csv").read_bytes() == expected.encode()
    write_csv(tmp_path / "shortest.csv", frame, str)
    assert (tmp_path / "shortest.csv").read_bytes() == frame.to_csv(index=False, lineterminator="\n").encode()


def test_what_is_no_text_and_what_is_missing(tmp_path: Path) -> None:
    numbers = pd.Series([1, None, True], dtype=object)
    hashes = np.array([0, 1, 2**64 - 1], dtype=np.uint64)
    frame = pd.DataFrame({"mixed": numbers, "share": [0.5, np.nan, 1e-12], "hash": hashes, "nothing": None})
    write_csv(tmp_path / "t.csv", frame)
    lines = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()
    last = f"True,0.000000000,{2**64 - 1},"
    assert lines == ["mixed,share,hash,nothing", "1,0.500000000,0,", ",,1,", last]


@pytest.mark.parametrize("sign", ["\r", "\n", "\r\n"])
def test_a_line_end_inside_a_value_is_quoted(tmp_path: Path, sign: str) -> None:
    write_csv(tmp_path / "t.csv", pd.DataFrame({"a": [f"x{sign}y"], "b": ["z"]}, dtype=object))
    assert (tmp_path / "t.csv").read_bytes() == f'a,b\n"x{sign}y",z\n'.encode()
