from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from bench.incremental import parse
from bench.incremental_changes import change_files

ROWS = [["姓名", "联系电话"], *([f"陈{i}", f"138000{i:05d}"] for i in range(300))]


def write(path: Path, encoding: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    csv.writer(text).writerows(ROWS)
    path.write_bytes(text.getvalue().encode(encoding))


def rows_of(path: Path, encoding: str) -> set[tuple[str, ...]]:
    return {tuple(row) for row in csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline=""))}


def test_so_many_rows_change_in_as_few_files_as_will_do(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "registration" / "persons-1.csv", tmp_path / "b" / "registration" / "persons-2.csv"
    write(first, "gb18030")
    write(second, "utf-8-sig")
    before = second.read_bytes()
    assert change_files(tmp_path, 0.05, 3, everywhere=False) == 30
    was, now = {tuple(row) for row in ROWS}, rows_of(first, "gb18030")
    # Ten rows gone, ten changed, ten more.
    assert (len(was - now), len(now - was)) == (20, 20)
    assert second.read_bytes() == before


def test_everywhere_means_every_file(tmp_path: Path) -> None:
    files = [tmp_path / f"{i}" / "rosters" / "r.csv" for i in range(3)]
    for file in files:
        write(file, "utf-8-sig")
    before = [file.read_bytes() for file in files]
    assert change_files(tmp_path, 0.03, 3, everywhere=True) == 27
    assert all(file.read_bytes() != was for file, was in zip(files, before, strict=True))


@pytest.mark.parametrize("arguments", [["--changed", "0"], ["--scale", "0"], ["--seed", "-1"], ["--changed", "0.5"]])
def test_options_that_make_no_sense_are_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(arguments)
    assert left.value.code == 2
