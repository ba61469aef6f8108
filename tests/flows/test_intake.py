"""Sources are read and accepted one after the other, so that memory holds the raw rows of one of them."""

from __future__ import annotations

import gc
import weakref
from datetime import date
from pathlib import Path

import pytest

from data.errors import SourceFileError
from data.sources.raw import RawTable
from data.sources.reader import read_source
from data.sources.spec import SourceSpec, load_sources
from flows.intake import take_sources
from tests.data.sources.builders import AS_OF, HEADER, KEY, person, rosters_declared, write_csv


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "sources.toml").write_text(rosters_declared("a", "b"), encoding="utf-8")
    write_csv(tmp_path / "a.csv", [HEADER, person(1)])
    write_csv(tmp_path / "b.csv", [HEADER, person(1), person(2, "李丽")])
    return tmp_path / "sources.toml"


def test_raw_tables_are_let_go_before_the_next_source_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alive: list[list[bool]] = []
    seen: list[weakref.ref[RawTable]] = []

    def watched(name: str, spec: SourceSpec, base: Path) -> list[RawTable]:
        gc.collect()
        alive.append([ref() is not None for ref in seen])
        tables = read_source(name, spec, base)
        seen.extend(weakref.ref(table) for table in tables)
        return tables

    monkeypatch.setattr("flows.intake.read_source", watched)
    taken = take_sources(load_sources(_folder(tmp_path), date(2016, 7, 1)), KEY, AS_OF)
    assert alive == [[], [False]]
    assert {name: len(accepted.rows) for name, accepted in taken.accepted.items()} == {"a": 1, "b": 2}
    assert taken.digests == {}


def test_the_first_file_that_cannot_be_used_stops_the_intake(tmp_path: Path) -> None:
    sources = _folder(tmp_path)
    (tmp_path / "a.csv").write_bytes(b"")
    with pytest.raises(SourceFileError, match=r"a\.csv"):
        take_sources(load_sources(sources, date(2016, 7, 1)), KEY, AS_OF)
