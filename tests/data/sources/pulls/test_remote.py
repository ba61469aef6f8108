"""Files by fsspec pattern: read as if they lay here, named without secrets, and clear words when they cannot be had."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from data.errors import ConfigError, ManifestRefused, SourceFileError, SourceUnavailable
from data.settings import Settings
from data.sources.pulls import remote
from data.sources.pulls.remote import remote_files
from data.sources.reader import read_source
from tests.data.sources.builders import HEADER, person, write_csv, write_xlsx
from tests.data.sources.pulls.builders import spec_of


@pytest.fixture
def shelf() -> Iterator[fsspec.AbstractFileSystem]:
    """A file system in memory with nothing on it before and after."""
    system = fsspec.filesystem("memory")
    yield system
    system.rm("/", recursive=True)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    write_xlsx(tmp_path / "龙楼.xlsx", {"名册": [HEADER, person(1), person(2, "李红")]})
    write_csv(tmp_path / "文城.csv", [HEADER, person(1, "张三")])
    return tmp_path


def test_files_in_memory(own: Settings, files: Path, shelf: fsspec.AbstractFileSystem) -> None:
    for name in ("龙楼.xlsx", "文城.csv"):
        shelf.pipe(f"/in/{name}", (files / name).read_bytes())
    shelf.pipe("/in/~$龙楼.xlsx", b"a lock")
    tables = read_source("roster", spec_of(location="memory://in/*"), files)
    assert [table.source_file for table in tables] == ["memory://in/文城.csv", "memory://in/龙楼.xlsx"]
    here = read_source("roster", spec_of(location=["文城.csv", "龙楼.xlsx"]), files)
    for there, other in zip(tables, here, strict=True):
        assert there.cells.equals(other.cells)
        assert there.source_row.tolist() == other.source_row.tolist()
    assert not own.var_dir.exists()


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("zip://*.xlsx::交来.zip", ["zip://龙楼.xlsx"]),
        ("zip://*/*.csv::交来.zip", ["zip://镇/文城.csv"]),
        ("zip://**::file://{folder}/交来.zip", ["zip://镇/文城.csv", "zip://龙楼.xlsx"]),
        ("file://{folder}/*.csv", ["file://{inside}/文城.csv"]),
    ],
)
def test_archives_and_absolute_places(own: Settings, files: Path, location: str, found: list[str]) -> None:
    with zipfile.ZipFile(files / "交来.zip", "w") as archive:
        archive.write(files / "龙楼.xlsx", "龙楼.xlsx")
        archive.write(files / "文城.csv", "镇/文城.csv")
    tables = read_source("roster", spec_of(location=location.format(folder=files)), files)
    inside = str(files).lstrip("/")
    assert [table.source_file for table in tables] == [name.format(inside=inside) for name in found]


@pytest.mark.parametrize(
    ("location", "error", "told"),
    [
        ("memory://nothing/*.csv", SourceFileError, "E101_NO_FILE"),
        ("zip://*.csv::nothing.zip", SourceFileError, "E101_NO_FILE"),
        ("zip://*.csv::文城.csv", SourceUnavailable, "E501_UNREACHABLE.*BadZipFile"),
        ("gopher://h/x", SourceFileError, "E102_UNREADABLE.*gopher"),
        ("s3://bucket/*.csv", ConfigError, "E514_NO_DRIVER|s3fs"),
        ("sftp://reader@host/in/*.csv", ConfigError, "paramiko"),
    ],
)
def test_what_cannot_be_had_is_told(
    own: Settings, files: Path, location: str, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told) as refused:
        list(remote_files("roster", spec_of(location=location), files))
    assert "reader@" not in str(refused.value)


def test_a_connection_that_fails_is_worth_another_try(
    own: Settings, files: Path, shelf: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.pipe("/in/a.csv", b"x")

    def broken(*_: object, **__: object) -> None:
        raise TimeoutError("460022190001010010")

    monkeypatch.setattr(type(shelf), "open", broken)
    with pytest.raises(SourceUnavailable, match=r"roster.*TimeoutError") as stopped:
        list(remote_files("roster", spec_of(location="memory://in/*"), files))
    assert "460022" not in str(stopped.value)


def test_options_come_from_the_environment(own: Settings, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, object] = {}

    def url_to_fs(_: str, **options: object) -> None:
        found.update(options)
        raise FileNotFoundError

    monkeypatch.setattr(remote, "url_to_fs", url_to_fs)
    named = {"key": "S3_KEY", "client_kwargs": "S3_CLIENT", "anon": "S3_ANON"}
    declared = spec_of(location="s3://bucket/*", options_env=named)
    with pytest.raises(ConfigError, match="S3_KEY"):
        list(remote_files("roster", declared, files))
    monkeypatch.setenv("S3_KEY", "12345678901234567890")
    monkeypatch.setenv("S3_CLIENT", '{"endpoint_url": "https://oss.example"}')
    monkeypatch.setenv("S3_ANON", "false")
    with pytest.raises(SourceFileError):
        list(remote_files("roster", declared, files))
    assert found == {
        "key": "12345678901234567890",
        "client_kwargs": {"endpoint_url": "https://oss.example"},
        "anon": False,
    }


def test_a_file_that_is_too_large_is_refused(
    own: Settings, files: Path, shelf: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.pipe("/in/a.csv", b"x" * 101)
    monkeypatch.setattr(remote, "_MAX_BYTES", 100)
    with pytest.raises(SourceFileError, match="E515_REMOTE_TOO_LARGE"):
        list(remote_files("roster", spec_of(location="memory://in/*"), files))


def test_without_a_right_nothing_is_fetched(own: Settings, files: Path) -> None:
    with pytest.raises(ManifestRefused):
        list(remote_files("roster", spec_of(location="memory://in/*", manifest=None), files))
