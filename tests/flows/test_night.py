"""What a night leaves for the next: comparisons and accepted rows, sealed, and the model that it learned."""

from __future__ import annotations

import errno
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.errors import ConfigError, DiskFull
from data.model import RunState
from data.settings import Settings, load_settings, record_key, use_settings
from data.sources.pulls.retention import destroy_expired
from data.sources.spec import SourcesSpec, load_sources
from data.store.archive import Archive
from data.store.clock import utc_now
from data.store.runs import current_run, list_runs
from data.store.session import open_store
from flows import tasks
from flows.activation import activate
from flows.intake import take_sources
from flows.models import baseline, choose_model
from flows.night import model_in_use, own_model
from flows.night_accepted import AcceptedFiles
from flows.reconcile import reconcile
from tests.county import AS_OF, NUMBER, tables_of, with_numbers

pytestmark = pytest.mark.usefixtures("no_engine")
AREA = "469005"
#: Files that tell of the run itself, or of what is new since the one before.
OF_THE_RUN = {"summary.json", "differences.csv", "两次核对差异.xlsx"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings().model_copy(update={"var_dir": tmp_path / "var", "database_url": None})


@pytest.fixture
def sources(county: Path, tmp_path: Path) -> Path:
    """The county's files, to be written to."""
    folder = tmp_path / "sources"
    shutil.copytree(county, folder)
    return folder / "sources.toml"


def night(settings: Settings, sources: Path, out: Path, *, is_full: bool = False) -> dict[str, Any]:
    with use_settings(settings):
        summary = reconcile(sources=str(sources), out=str(out), is_full=is_full)
    assert isinstance(summary, dict)
    return summary


def equal_tables(one: Path, other: Path) -> bool:
    kept = [{name: data for name, data in tables_of(out).items() if name not in OF_THE_RUN} for out in (one, other)]
    assert len(kept[0]) > 10
    return kept[0] == kept[1]


def drop_rows(sources: Path, n: int) -> None:
    """The last rows of the register of persons are gone."""
    file = next(sources.parent.glob("registration/persons-*.csv"))
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-n]))


def test_a_night_compares_what_changed_and_gives_what_a_full_one_gives(
    settings: Settings, sources: Path, tmp_path: Path
) -> None:
    first = night(settings, sources, tmp_path / "first")
    assert first["night"]["mode"] == "full"
    assert first["model"]["is_frozen"] is False
    drop_rows(sources, 15)
    second = night(settings, sources, tmp_path / "second")
    told = second["night"]
    assert (told["mode"], told["n_added"], told["n_changed"], told["n_removed"]) == ("incremental", 0, 0, 15)
    assert told["n_pairs_compared"] < told["n_pairs_kept"]
    assert second["model"] == {**second["model"], "is_frozen": True, "is_activated": False, "learned_from": "em"}
    # With nothing new there is no run, though this night did not learn its model itself.
    assert night(settings, sources, tmp_path / "second")["run_id"] == second["run_id"]
    third = night(settings, sources, tmp_path / "third", is_full=True)
    assert third["night"]["mode"] == "full"
    assert third["model"]["digest"] == second["model"]["digest"]
    assert equal_tables(tmp_path / "second", tmp_path / "third")


def test_what_a_night_that_failed_compared_is_there_for_the_next(
    settings: Settings, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(settings, sources, tmp_path / "out")
    drop_rows(sources, 5)

    def fails(*_: object) -> None:
        raise ConfigError("no rules")

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "classify", fails)
        with pytest.raises(ConfigError, match="no rules"):
            night(settings, sources, tmp_path / "out")
    assert not list(settings.pulls_dir.glob("*/*.draft"))
    told = night(settings, sources, tmp_path / "out")["night"]
    assert (told["mode"], told["n_removed"], told["n_pairs_compared"]) == ("incremental", 0, 0)


def test_what_lies_on_disk_is_sealed_and_ends_with_its_key(settings: Settings, sources: Path, tmp_path: Path) -> None:
    night(settings, sources, tmp_path / "first")
    drop_rows(sources, 3)
    night(settings, sources, tmp_path / "first")
    assert with_numbers(settings.var_dir, tmp_path / "first") == []
    sealed = sorted(settings.pulls_dir.glob("*/*.sealed"))
    assert {path.name for path in sealed} == {"comparisons.sealed", "accepted.sealed"}
    assert NUMBER.search(next(sources.parent.glob("registration/persons-*.csv")).read_bytes())
    assert all(path.stat().st_mode & 0o077 == 0 for path in sealed)
    assert len(destroy_expired(date(2100, 1, 1), settings)) == len(list(settings.pulls_dir.iterdir())) + len(sealed)
    assert not list(settings.pull_keys_dir.iterdir())
    again = night(settings, sources, tmp_path / "second")
    assert again["night"]["mode"] == "full"
    assert again["model"]["is_frozen"] is True


def test_a_model_of_ones_own_stays_until_a_person_says_otherwise(
    settings: Settings, sources: Path, tmp_path: Path
) -> None:
    first = night(settings, sources, tmp_path / "first")
    own = own_model(settings, AREA)
    assert own is not None
    assert own.run_id == first["run_id"]
    assert choose_model(settings, AREA).file is None
    assert model_in_use(settings, AREA).name == own.name
    same = night(settings, sources, tmp_path / "first")
    assert same["run_id"] == first["run_id"]
    with open_store(settings.database) as store:
        let_go = activate(store, settings, AREA, baseline(settings), "王敏", "人数已大不相同", utc_now())
    assert let_go is not None
    assert let_go.name == own.name
    assert own_model(settings, AREA) is None
    drop_rows(sources, 3)
    anew = night(settings, sources, tmp_path / "second")
    assert anew["model"]["is_frozen"] is False
    assert anew["night"]["mode"] == "full"
    elsewhere = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'other.db'}"})
    assert night(elsewhere, sources, tmp_path / "third")["model"]["is_frozen"] is False


def read_spec(sources: Path) -> SourcesSpec:
    return load_sources(sources, date(2016, 6, 17))


def test_files_that_are_the_same_are_not_read_again(
    settings: Settings, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec, key = read_spec(sources), record_key(settings)
    fresh = take_sources(spec, key, AS_OF, AcceptedFiles(settings, spec, AS_OF))
    read: list[str] = []
    from flows import intake

    whole = intake.read_source
    monkeypatch.setattr(intake, "read_source", lambda name, *rest: (read.append(name), whole(name, *rest))[1])
    again = take_sources(spec, key, AS_OF, AcceptedFiles(settings, spec, AS_OF))
    assert read == []
    for name, accepted in fresh.accepted.items():
        for frame in ("rows", "rejected", "notes"):
            one, other = getattr(accepted, frame), getattr(again.accepted[name], frame)
            assert one.to_csv(index=False) == other.to_csv(index=False)
        assert again.accepted[name].n_read == accepted.n_read
        assert again.accepted[name].n_by_reason == accepted.n_by_reason
    for kind in fresh.feeds:
        pd.testing.assert_frame_equal(fresh.rows(kind), again.rows(kind), check_exact=True)
    pd.testing.assert_frame_equal(fresh.rejected(), again.rejected(), check_exact=True)
    drop_rows(sources, 1)
    take_sources(spec, key, AS_OF, AcceptedFiles(settings, spec, AS_OF))
    assert read == [f"enterprise_persons_{AREA}"]
    read.clear()
    take_sources(spec, key, AS_OF, AcceptedFiles(settings, spec, AS_OF, is_full=True))
    assert len(read) == len(spec.sources)
    read.clear()
    later = date(2016, 6, 17)
    grown_older = take_sources(spec, key, later, AcceptedFiles(settings, spec, later))
    assert len(read) < len(spec.sources)
    anew = take_sources(spec, key, later)
    for kind in anew.feeds:
        pd.testing.assert_frame_equal(grown_older.rows(kind), anew.rows(kind), check_exact=True)
    pd.testing.assert_frame_equal(grown_older.rejected(), anew.rejected(), check_exact=True)


def test_a_torn_or_foreign_file_counts_as_not_there(settings: Settings, sources: Path) -> None:
    spec = read_spec(sources)
    files = AcceptedFiles(settings, spec, AS_OF)
    taken = take_sources(spec, record_key(settings), AS_OF, files)
    name = sorted(taken.accepted)[0]
    mark = files.mark(name)
    assert files.read(name, mark) is not None
    assert files.read(name, "another") is None
    path = next(settings.pulls_dir.glob(f"*{name}/accepted.sealed"))
    path.write_bytes(path.read_bytes()[:-20])
    assert files.read(name, mark) is None


def test_an_archive_that_fails_beside_the_transaction_takes_the_night_back(
    settings: Settings, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_full(archive: Archive, frame: pd.DataFrame) -> str:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Archive, "put_table", is_full)
    with pytest.raises(DiskFull):
        night(settings, sources, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    with open_store(settings.database) as store:
        assert current_run(store, AREA) is None
        assert [run.state for run in list_runs(store)] == [RunState.FAILED]
