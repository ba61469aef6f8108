"""Sources are read and accepted one after the other, so that memory holds the raw rows of one of them."""

from __future__ import annotations

import gc
import weakref
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from data.errors import SourceFileError
from data.model import FeedKind
from data.settings import Settings
from data.sources.raw import RawTable
from data.sources.reader import read_source
from data.sources.spec import SourceSpec, load_sources
from flows.intake import take_sources
from flows.night_accepted import AcceptedFiles
from tests.data.sources.builders import AS_OF, HEADER, KEY, MANIFEST, person, rosters_declared, write_csv

_TOWNS = '[sources.towns]\nkind = "member_roster"\nlocation = "*.csv"\narea = "469005"\n'


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


def test_of_rows_that_nobody_asks_for_their_files_stay_and_of_claims_everything(tmp_path: Path) -> None:
    sources = _folder(tmp_path)
    text = sources.read_text(encoding="utf-8").replace('kind = "member_roster"', 'kind = "claims"', 1)
    sources.write_text(text, encoding="utf-8")
    taken = take_sources(load_sources(sources, date(2016, 7, 1)), KEY, AS_OF)
    claims = taken.rows(FeedKind.CLAIMS)
    taken.let_go()
    assert list(claims["name"]) == ["王明"]
    assert taken.rows(FeedKind.CLAIMS).equals(claims)
    assert taken.accepted["b"].rows.to_dict("list") == {"source_file": ["b.csv", "b.csv"]}
    assert taken.accepted["b"].n_read == 2


def test_rows_are_known_again_by_their_files_their_declaration_and_the_day_they_were_read(tmp_path: Path) -> None:
    _folder(tmp_path)
    sources = tmp_path / "sources.toml"
    settings = Settings(var_dir=tmp_path / "var")

    def known_by(as_of: date = AS_OF) -> str | None:
        spec = load_sources(sources, date(2016, 7, 1))
        return take_sources(spec, KEY, as_of, AcceptedFiles(settings, spec, as_of)).known_by(FeedKind.MEMBER_ROSTER)

    first = known_by()
    assert first
    assert known_by() == first == known_by(AS_OF + timedelta(1)), "kept of the day before, where the day says nothing"
    write_csv(tmp_path / "b.csv", [HEADER, person(1, "陈波"), person(2, "郭芳")])
    second = known_by()
    assert second not in (None, first)
    sources.write_text(sources.read_text(encoding="utf-8").replace('kind = "member_roster"', 'kind = "claims"', 1))
    assert known_by() not in (None, first, second)
    spec = load_sources(sources, date(2016, 7, 1))
    assert take_sources(spec, KEY, AS_OF).known_by(FeedKind.MEMBER_ROSTER) is None
    assert take_sources(spec, KEY, AS_OF).known_by(FeedKind.LEADS) == "", "no row of it on either night"


def test_of_a_source_of_several_files_only_those_that_changed_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _folder(tmp_path)
    (tmp_path / "sources.toml").write_text(MANIFEST + _TOWNS, encoding="utf-8")
    write_csv(tmp_path / "c.csv", [HEADER, person(1, "符海")])
    spec = load_sources(tmp_path / "sources.toml", date(2016, 7, 1))
    earlier = AcceptedFiles(Settings(var_dir=tmp_path / "var"), spec, AS_OF)
    write_csv(tmp_path / "a.csv", [HEADER, person(1, "陈波")])
    take_sources(spec, KEY, AS_OF, earlier)
    read: list[tuple[str, ...]] = []

    def watched(name: str, source: SourceSpec, base: Path) -> list[RawTable]:
        read.append(source.location)
        return read_source(name, source, base)

    def taken_alike() -> None:
        """What a night with a memory takes, and one without."""
        read.clear()
        found, whole = take_sources(spec, KEY, AS_OF, earlier), take_sources(spec, KEY, AS_OF)
        pd.testing.assert_frame_equal(found.rows(FeedKind.MEMBER_ROSTER), whole.rows(FeedKind.MEMBER_ROSTER))
        assert found.accepted["towns"].counts == whole.accepted["towns"].counts

    monkeypatch.setattr("flows.intake.read_source", watched)
    write_csv(tmp_path / "c.csv", [HEADER, person(1, "符海"), person(2, "郭芳")])
    (tmp_path / "b.csv").unlink()
    taken_alike()
    assert read == [("c.csv",), ("*.csv",)]
    write_csv(tmp_path / "c.csv", [HEADER, person(1, "陈波")])
    taken_alike()
    assert read == [("c.csv",), ("*.csv",), ("*.csv",)], "rows alike in two files"
    (tmp_path / "c.csv").write_bytes(b"")
    with pytest.raises(SourceFileError, match=r"c\.csv"):
        take_sources(spec, KEY, AS_OF, earlier)
