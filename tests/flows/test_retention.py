"""A file handed in goes on the last day that the runs which read it noted, bytes and answer, and not before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.model import FeedKind
from data.settings import Settings
from data.store.publish import publish
from data.store.runs import start_run
from data.store.session import Store
from data.store.uploads import NewUpload, Upload, add_upload, answer_folder, file_of
from flows.retention import due_on, remove_due
from flows.uploads import source_name
from tests.data.store.builders import AREA, NOW, handed, run

LAST, NEXT = date(2016, 12, 31), date(2017, 1, 1)


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=store_url, var_dir=tmp_path / "var")


def _upload(store: Store, settings: Settings, upload_id: str, name: str) -> Upload:
    found = add_upload(store, NewUpload(upload_id, AREA, AREA, FeedKind.MEMBER_ROSTER, name, "d", 7), "王", NOW)
    answer_folder(settings.uploads_dir, upload_id).mkdir(parents=True)
    file_of(settings.uploads_dir, upload_id).write_bytes(b"x")
    return found


def _night(store: Store, retention: dict[str, str]) -> None:
    done = replace(run(), retention=retention)
    start_run(store, done)
    publish(store, done, handed(), NOW)


def test_uploads_go_on_their_own_last_day(store: Store, settings: Settings) -> None:
    mine, other = _upload(store, settings, "a", "甲.csv"), _upload(store, settings, "b", "乙.csv")
    assert due_on(settings, store, date(2100, 1, 1)) == []
    _night(store, {"roster": "2099-12-31", source_name(mine): "2016-12-31", source_name(other): "2099-12-31"})
    assert [item for item in due_on(settings, store, LAST) if item.kind == "upload"] == []
    done = remove_due(settings, store, NEXT, "王")
    gone = [item for item in done.due if item.kind == "upload"]
    assert [(item.subject, item.rule) for item in gone] == [("a", {source_name(mine): "2016-12-31"})]
    assert sorted(path.name for path in settings.uploads_dir.iterdir()) == ["b", "b.answer"]
    assert done.certificate is not None
    assert '"upload"' in done.certificate.read_text(encoding="utf-8")
    assert [item for item in due_on(settings, store, NEXT) if item.kind == "upload"] == []


def test_what_no_run_has_read_goes_with_the_first_last_day_of_the_book(store: Store, settings: Settings) -> None:
    _upload(store, settings, "a", "甲.csv")
    _night(store, {"roster": "2016-12-31", "claims": "2099-12-31"})
    due = [item for item in due_on(settings, store, NEXT) if item.kind == "upload"]
    assert [(item.subject, item.rule) for item in due] == [("a", {"roster": "2016-12-31"})]
