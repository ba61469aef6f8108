"""Sources read by several processes give what one process gives, errors included."""

from __future__ import annotations

import io
import pickle
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.errors import SourceFileError
from data.settings import Settings
from data.sources.spec import SourcesSpec, load_sources
from flows import intake, intake_apart
from flows.intake_apart import Task
from flows.intake_worker import serve
from flows.night_accepted import AcceptedFiles
from tests.data.sources.builders import AS_OF, HEADER, KEY, person, rosters_declared, write_csv


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path / "var", workers=2)


@pytest.fixture
def spec(tmp_path: Path) -> SourcesSpec:
    names = ("a", "b", "c")
    (tmp_path / "sources.toml").write_text(rosters_declared(*names), "utf-8")
    for number, name in enumerate(names):
        write_csv(tmp_path / f"{name}.csv", [HEADER, *(person(row, "王" * (row + 1)) for row in range(number + 1))])
    return load_sources(tmp_path / "sources.toml", date(2016, 7, 1))


def test_processes_accept_what_one_accepts_and_keep_it(
    settings: Settings, spec: SourcesSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = intake.take_sources(spec, KEY, AS_OF)
    monkeypatch.setattr(intake_apart, "_WORTH_IT", 1)
    with monkeypatch.context() as patched:
        patched.setattr(intake, "read_source", None)
        several = intake.take_sources(spec, KEY, AS_OF, AcceptedFiles(settings, spec, AS_OF))
        kept = intake.take_sources(spec, KEY, AS_OF, AcceptedFiles(settings, spec, AS_OF))
    assert list(several.accepted) == list(alone.accepted)
    for other in (several, kept):
        for kind in alone.feeds:
            pd.testing.assert_frame_equal(other.rows(kind), alone.rows(kind), check_exact=True)
        pd.testing.assert_frame_equal(other.rejected(), alone.rejected(), check_exact=True)
        assert [found.n_read for found in other.accepted.values()] == [1, 2, 3]
    (spec.base / "b.csv").write_bytes(b"")
    with pytest.raises(SourceFileError, match=r"b\.csv"):
        intake.take_sources(spec, KEY, AS_OF, AcceptedFiles(settings, spec, AS_OF, is_full=True))


def test_a_process_that_died_costs_time_and_nothing_else(
    settings: Settings, spec: SourcesSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_apart, "_WORTH_IT", 1)
    monkeypatch.setattr(intake_apart, "_WORKER", "flows.no_such_module")
    taken = intake.take_sources(spec, KEY, AS_OF, AcceptedFiles(settings, spec, AS_OF))
    assert {name: len(found.rows) for name, found in taken.accepted.items()} == {"a": 1, "b": 2, "c": 3}


def test_a_worker_answers_each_task_until_nobody_asks(settings: Settings, spec: SourcesSpec) -> None:
    (spec.base / "b.csv").unlink()
    earlier = AcceptedFiles(settings, spec, AS_OF)
    asked, told = io.BytesIO(), io.BytesIO()
    for name in ("a", "b"):
        pickle.dump(Task(name, earlier, KEY), asked)
    asked.seek(0)
    serve(asked, told)
    told.seek(0)
    first, second = pickle.load(told), pickle.load(told)
    assert len(first.rows) == 1
    assert second is None
    assert earlier.read("a", earlier.mark("a")) is not None
