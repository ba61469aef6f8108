"""What goes into the archive comes out byte for byte, equal contents lie there once, and damage is noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.digests import digest_of
from data.errors import ConfigError
from data.store.archive import Archive, ArchiveDamaged, Manifest

FRAME = pd.DataFrame(
    {
        "text": pd.Series(["文昌", None, ""], dtype=object),
        "n": [1, 2, 3],
        "is_it": [True, False, True],
        "nothing": pd.Series([None, None, None], dtype=object),
        "hash": np.array([0, 1, 2**64 - 1], dtype=np.uint64),
        "evidence": pd.Series([{"a": 1}, {}, None], dtype=object),
    }
)


def _kept(archive: Archive, run_id: str = "469005-1", text: bytes = b"x" * 100_000) -> tuple[Manifest, str]:
    archive.folder.parent.mkdir(exist_ok=True)
    path = archive.folder.parent / "links.csv"
    path.write_bytes(text)
    with archive.writing():
        files = {"links.csv": archive.put_file(path)}
        manifest = Manifest(run_id, "469005", files, {"store/links": archive.put_table(FRAME)}, {"out": "o"})
        return manifest, archive.write(manifest)


def _blobs(archive: Archive) -> list[Path]:
    return sorted((archive.folder / "blobs").glob("*/*"))


def test_tables_and_files_come_back(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "var" / "archive")
    manifest, digest = _kept(archive)
    found = archive.manifest("469005-1", digest)
    assert found == manifest
    pd.testing.assert_frame_equal(archive.table(found, "store/links"), FRAME)
    assert list(archive.tables(found, "store/")) == ["links"]
    [path] = archive.restore(found, tmp_path / "again")
    assert path.read_bytes() == b"x" * 100_000
    assert digest_of(path) == manifest.files["links.csv"]
    assert {file.stat().st_mode & 0o077 for file in _blobs(archive)} == {0}


def test_moments_come_back_as_moments(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    at = datetime(2016, 6, 17, 2, tzinfo=UTC)
    frame = pd.DataFrame({"at": pd.Series([at, at], dtype=object)})
    manifest = Manifest("r", "469005", {}, {"t": archive.put_table(frame)})
    assert archive.table(manifest, "t")["at"].tolist() == [at, at]


def test_equal_contents_lie_there_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    _kept(archive)
    before = _blobs(archive)
    _kept(archive, "469005-2")
    assert _blobs(archive) == before
    assert archive.run_ids() == ["469005-1", "469005-2"]


def test_what_lies_there_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path / "var" / "archive")
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    digest = archive.put_file(path)
    assert digest == digest_of(path)
    table = archive.put_table(FRAME)
    monkeypatch.setattr(Archive, "_draft", None)
    assert (archive.put_file(path), archive.put_table(FRAME)) == (digest, table)
    monkeypatch.undo()
    [again] = archive.restore(Manifest("469005-1", "469005", {"empty.csv": digest}), tmp_path / "again")
    assert again.read_bytes() == b""


def test_sweeping_takes_only_what_nobody_needs(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    _kept(archive)
    manifest, digest = _kept(archive, "469005-2", b"other")
    assert archive.sweep() == {}
    archive.forget("469005-1")
    assert len(archive.sweep()) == 1
    archive.restore(archive.manifest("469005-2", digest), tmp_path / "again")
    assert (tmp_path / "again" / "links.csv").read_bytes() == b"other"
    assert set(manifest.digests()) == {path.name for path in _blobs(archive)}


def test_a_draft_that_a_dead_writer_left_goes(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    _kept(archive)
    (archive.folder / "drafts" / "tmp1").write_bytes(b"half")
    archive.sweep()
    assert list((archive.folder / "drafts").iterdir()) == []


def test_a_later_manifest_does_not_spoil_the_one_in_force(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    manifest, digest = _kept(archive)
    archive.write(replace(manifest, notes={"out": "elsewhere"}))
    assert archive.manifest("469005-1", digest) == manifest


@pytest.mark.parametrize("where", ["blobs/*/*", "runs/*"])
def test_damage_is_noticed(tmp_path: Path, where: str) -> None:
    archive = Archive(tmp_path / "archive")
    _, digest = _kept(archive)
    for path in archive.folder.glob(where):
        data = path.read_bytes()
        path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    with pytest.raises(ArchiveDamaged, match="469005-1"):
        archive.restore(archive.manifest("469005-1", digest), tmp_path / "again")


def test_what_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    manifest, digest = _kept(archive)
    for path in _blobs(archive):
        path.unlink()
    with pytest.raises(ArchiveDamaged):
        archive.table(manifest, "store/links")
    archive.forget("469005-1")
    with pytest.raises(ArchiveDamaged):
        archive.manifest("469005-1", digest)
    with pytest.raises(ConfigError):
        archive.manifest("469005-1", None)


@pytest.mark.parametrize("run_id", ["../x", "a/b", "", "*"])
def test_a_run_id_is_no_path(tmp_path: Path, run_id: str) -> None:
    with pytest.raises(ConfigError):
        Archive(tmp_path).manifest(run_id, "0" * 64)
