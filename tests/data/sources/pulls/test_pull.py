"""One pull as a whole: by watermark the same as in full, nothing readable on the disk, one at a time, no right no pull."""

from __future__ import annotations

import logging
import os
import random
import stat
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data.errors import ManifestRefused, SourceFileError
from data.settings import Settings, use_settings
from data.sources.manifest import Manifest
from data.sources.pulls import pull as pulls
from data.sources.pulls import sql
from data.sources.pulls.retention import destroy_expired
from data.sources.pulls.table import content_digest
from data.sources.raw import RawTable
from tests.data.sources.pulls.builders import (
    ID_NO,
    MANIFEST,
    MOBILE,
    NAME,
    names,
    pulled,
    row,
    settings_in,
    sql_spec,
    texts_below,
    write_rows,
)

_BY_WATERMARK = {"watermark": "updated_at", "deleted": {"column": "gone", "value": 1}, "overlap_seconds": 0}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'register.db'}"


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows came from the database, chunk by chunk."""
    found: list[int] = []
    chunk = sql.SqlFeed._chunk

    def counted(self: sql.SqlFeed, rows: list[object], *args: object, **more: object) -> object:
        found.append(len(rows))
        return chunk(self, rows, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(sql.SqlFeed, "_chunk", counted)
    return found


def on_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(pulls, "utc_now", lambda: datetime(day.year, day.month, day.day, tzinfo=UTC))


def test_changes_join_the_last_snapshot(url: str, own: Settings, sizes: list[int]) -> None:
    write_rows(url, [row(number) for number in range(100)])
    declared = sql_spec(url, **_BY_WATERMARK)
    pulled(declared)
    later = {"updated_at": "2016-06-17 00:00:00"}
    write_rows(url, [row(5, name="改名", **later), row(7, gone=1, **later), row(200, **later)], is_new=False)
    sizes.clear()
    table = pulled(declared)
    assert sum(sizes) == 4, "three changes, and the newest row of the last time"
    assert len(table.cells) == 100
    assert names(table)[5:8] == ["改名", "王小明6", "王小明8"]
    assert names(table)[-1] == "王小明200"


def test_random_histories_end_like_a_full_pull(url: str, own: Settings, tmp_path: Path) -> None:
    """Whatever is inserted, changed and marked as deleted, in whatever steps: merging equals pulling everything."""
    chance = random.Random(4)
    declared = sql_spec(url, **_BY_WATERMARK)
    rows = {number: row(number) for number in range(40)}
    write_rows(url, list(rows.values()))
    for step in range(1, 7):
        pulled(declared)
        moment = datetime(2016, 6, 17) + timedelta(minutes=step)
        changed = {
            number: row(number, name=f"改{step}", gone=chance.randint(0, 1), updated_at=str(moment))
            for number in chance.sample(range(60), 9)
        }
        rows |= changed
        write_rows(url, list(changed.values()), is_new=False)
    merged = pulled(declared)
    with use_settings(settings_in(tmp_path / "anew")):
        whole = pulled(declared)
    assert merged.headers == whole.headers
    assert merged.cells.equals(whole.cells)
    assert content_digest([merged]) == content_digest([whole])
    assert names(whole) == [str(item["name"]) for _, item in sorted(rows.items()) if not item["gone"]]


def test_a_run_that_fails_later_loses_nothing(url: str, own: Settings, sizes: list[int]) -> None:
    write_rows(url, [row(number) for number in range(10)])
    declared = sql_spec(url, **_BY_WATERMARK)
    first = pulled(declared)
    again = pulled(declared)
    assert again.cells.equals(first.cells)
    assert sizes == [10, 1]


def test_what_vanished_is_noticed_when_everything_is_due(
    url: str, own: Settings, monkeypatch: pytest.MonkeyPatch, sizes: list[int]
) -> None:
    declared = sql_spec(url, **_BY_WATERMARK, full_every_days=3)
    write_rows(url, [row(number) for number in range(10)])
    found = []
    for day in (16, 17, 18, 19, 20):
        on_day(monkeypatch, date(2016, 6, day))
        found.append(len(pulled(declared).cells))
        if day == 16:
            write_rows(url, [row(number) for number in range(1, 10)])
    assert found == [10, 10, 10, 9, 9]
    assert sizes == [10, 1, 1, 9, 1]


def test_another_declaration_starts_anew(url: str, own: Settings, sizes: list[int]) -> None:
    write_rows(url, [row(number) for number in range(10)])
    pulled(sql_spec(url, **_BY_WATERMARK))
    pulled(sql_spec(url, **_BY_WATERMARK, where="id > 4"))
    assert sizes == [10, 5]


def test_a_damaged_snapshot_is_pulled_anew(url: str, own: Settings, sizes: list[int]) -> None:
    write_rows(url, [row(number) for number in range(10)])
    declared = sql_spec(url, **_BY_WATERMARK)
    first = pulled(declared)
    snapshot = own.pulls_dir / "registry" / "snapshot"
    for damage in (lambda data: data[:-5], lambda data: data[:40] + b"x" + data[41:], lambda data: b""):
        snapshot.write_bytes(damage(snapshot.read_bytes()))
        assert pulled(declared).cells.equals(first.cells)
    assert sizes == [10, 10, 10, 10]


def test_nobody_can_be_read_in_the_files(url: str, own: Settings, caplog: pytest.LogCaptureFixture) -> None:
    write_rows(url, [row(number) for number in range(50)])
    with caplog.at_level(logging.DEBUG):
        pulled(sql_spec(url, **_BY_WATERMARK))
    kept = texts_below(own.var_dir)
    assert len(kept) > 500
    for secret in (ID_NO, NAME, MOBILE, "宗教信仰"):
        assert secret.encode() not in kept
        assert secret.encode("utf-16-le") not in kept
        assert secret not in caplog.text
    assert "50" in caplog.text
    key = own.pull_keys_dir / "registry.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE((own.pulls_dir / "registry" / "snapshot").stat().st_mode) == 0o600
    assert stat.S_IMODE((own.pulls_dir / "registry").stat().st_mode) == 0o700


def test_without_a_watermark_nothing_of_the_rows_is_kept(url: str, own: Settings) -> None:
    write_rows(url, [row(1)])
    pulled(sql_spec(url))
    assert sorted(os.listdir(own.pulls_dir / "registry")) == ["retention_on"]


def test_a_query_that_turns_bad_leaves_the_snapshot(url: str, own: Settings) -> None:
    write_rows(url, [row(number) for number in range(10)])
    declared = sql_spec(url, **_BY_WATERMARK)
    first = pulled(declared)
    twice = {"updated_at": "2016-06-18 00:00:00"}
    write_rows(url, [row(3, **twice), row(3, name="又", **twice)], is_new=False)
    with pytest.raises(SourceFileError, match="E512_KEY_NOT_UNIQUE"):
        pulled(declared)
    write_rows(url, [row(number) for number in range(10)])
    assert pulled(declared).cells.equals(first.cells)


@pytest.mark.parametrize("manifest", [None, {**MANIFEST, "retention_on": "2016-06-15"}])
def test_without_a_right_nothing_is_asked_or_written(
    url: str, own: Settings, manifest: dict[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, date(2016, 6, 16))
    own_manifest = Manifest.model_validate(manifest) if manifest else None
    with pytest.raises(ManifestRefused) as refused:
        pulled(sql_spec(url).model_copy(update={"manifest": own_manifest}))
    assert refused.value.exit_code == 3
    assert not own.var_dir.exists()


def test_behind_the_last_day_the_key_is_gone_and_the_snapshot_with_it(
    url: str, own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_rows(url, [row(1)])
    on_day(monkeypatch, date(2016, 6, 16))
    ends = Manifest.model_validate({**MANIFEST, "retention_on": "2016-06-20"})
    declared = sql_spec(url, **_BY_WATERMARK).model_copy(update={"manifest": ends})
    pulled(declared)
    backup = (own.pulls_dir / "registry" / "snapshot").read_bytes()
    assert destroy_expired(date(2016, 6, 20)) == []
    on_day(monkeypatch, date(2016, 6, 21))
    with pytest.raises(ManifestRefused):
        pulled(declared)
    assert not (own.pull_keys_dir / "registry.key").exists()
    assert not (own.pulls_dir / "registry").exists()
    # A copy of the snapshot that somebody kept is of no use under a new key.
    on_day(monkeypatch, date(2016, 6, 16))
    (own.pulls_dir / "registry").mkdir()
    (own.pulls_dir / "registry" / "snapshot").write_bytes(backup)
    write_rows(url, [row(2)])
    assert names(pulled(declared)) == ["王小明2"]


def test_the_second_of_two_pulls_waits_for_the_first(url: str, own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    write_rows(url, [row(number) for number in range(10)])
    running, most = 0, 0
    fill = pulls._Pull.run

    def slow(self: pulls._Pull) -> RawTable:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.1)
        table = fill(self)
        running -= 1
        return table

    monkeypatch.setattr(pulls._Pull, "run", slow)
    declared, tables = sql_spec(url, **_BY_WATERMARK), []

    def one() -> None:
        with use_settings(own):
            tables.append(pulled(declared))

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert [len(table.cells) for table in tables] == [10, 10, 10]
