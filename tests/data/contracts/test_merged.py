"""Files accepted at different times give what they give together."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.contracts.accept import Accepted
from data.contracts.merged import merged
from data.contracts.packed import objects
from tests.data.sources.builders import HEADER, Cell, person, take, write_csv

_TOWN = [HEADER, person(1, "王明"), person(2, "王明"), person(3, ""), person(4, "李丽", 所在党支部="红海村党支部")]
_OTHER = [[*HEADER, "党派"], [*person(1, "符海", 出生日期="1900.2"), "x"], [*person(2, "陈波", "12"), None]]


def _accepted(folder: Path, **files: list[list[Cell]]) -> Accepted:
    folder.mkdir()
    for name, rows in files.items():
        write_csv(folder / f"{name}.csv", rows)
    return take(folder / "*.csv")


def _same(one: Accepted, other: Accepted) -> None:
    for name in ("rows", "rejected", "notes"):
        left, right = getattr(one, name), getattr(other, name)
        plain = pd.DataFrame({title: objects(column) for title, column in left.items()}, copy=False)
        pd.testing.assert_frame_equal(plain, right, check_exact=True)
    assert (one.counts, one.is_apart) == (other.counts, other.is_apart)


def test_a_file_that_changed_a_new_one_and_one_that_is_gone(tmp_path: Path) -> None:
    former = _accepted(tmp_path / "former", a=_TOWN, b=_OTHER, d=[HEADER, person(1, "欧阳明海")])
    anew = _accepted(tmp_path / "anew", b=[*_OTHER, person(3, "郭芳")], c=[HEADER, person(1, "郭秀")])
    whole = _accepted(tmp_path / "whole", a=_TOWN, b=[*_OTHER, person(3, "郭芳")], c=[HEADER, person(1, "郭秀")])
    assert (len(whole.rejected), whole.n_read, whole.n_unknown_columns) == (1, 8, {"党派": 1})
    found = merged(former, anew, ["a.csv", "b.csv", "c.csv"])
    assert found is not None
    _same(found, whole)
    alone = merged(former, None, ["a.csv"])
    assert alone is not None
    _same(alone, _accepted(tmp_path / "alone", a=_TOWN))


def test_rows_alike_in_two_files_are_for_a_reader_of_all(tmp_path: Path) -> None:
    former = _accepted(tmp_path / "former", a=_TOWN, b=_OTHER)
    assert former.is_apart
    twin = _accepted(tmp_path / "twin", b=[HEADER, person(9, "李丽", 所在党支部="红海村党支部")])
    assert merged(former, twin, ["a.csv", "b.csv"]) is None
    both = _accepted(tmp_path / "both", a=_TOWN, b=_TOWN)
    assert not both.is_apart
    assert merged(both, None, ["a.csv"]) is None
