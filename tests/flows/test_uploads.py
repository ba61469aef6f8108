"""Files handed in as sources: which ones a run reads, where they stand afterwards, and what none of them can stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data.errors import ConfigError, SourceFileError
from data.model import FeedKind
from data.settings import Settings
from data.sources.spec import SourceSpec, SourcesSpec, UploadsSpec
from data.store.session import Store
from data.store.transitions import UploadState
from data.store.uploads import NewUpload, Upload, add_upload, get_upload, move_upload
from flows.uploads import is_declared, run_with_uploads, source_name, uploads_of_run, with_uploads
from tests.data.store.builders import AREA, NOW

_DONE = {"run_id": "run-1"}
_ROSTER = SourceSpec(kind=FeedKind.MEMBER_ROSTER, location=("roster.csv",), area=AREA)
_WAY = (UploadState.CHECKED, UploadState.ACCEPTED, UploadState.RUNNING, UploadState.DONE)


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=store_url, var_dir=tmp_path / "var")


def _spec(*kinds: FeedKind, area: str = AREA) -> SourcesSpec:
    uploads = UploadsSpec(kinds=kinds) if kinds else None
    return SourcesSpec(area=area, sources={"roster": _ROSTER}, uploads=uploads, base=Path("."))


def _upload(
    store: Store,
    upload_id: str,
    kind: FeedKind = FeedKind.MEMBER_ROSTER,
    name: str = "名册.csv",
    state: UploadState = UploadState.ACCEPTED,
    book: str = AREA,
    minutes: int = 0,
) -> Upload:
    new = NewUpload(upload_id, book, AREA, kind, name, f"digest-{upload_id}", 7)
    found = add_upload(store, new, "王", NOW + timedelta(minutes=minutes))
    for step in _WAY[: _WAY.index(state) + 1]:
        values = {"run_id": "run-0"} if step is UploadState.DONE else {}
        found = move_upload(store, upload_id, step, "王", now=NOW, **values)
    return found


def _reading(seen: list[list[str]]) -> Callable[[SourcesSpec], dict[str, Any]]:
    """A run that notes the names of its sources and succeeds."""

    def run(spec: SourcesSpec) -> dict[str, Any]:
        seen.append(sorted(spec.sources))
        return dict(_DONE)

    return run


def test_the_newest_of_each_name_is_read(store: Store) -> None:
    _upload(store, "old", state=UploadState.DONE)
    new = _upload(store, "new", minutes=1)
    other = _upload(store, "other", name="另一份.csv", minutes=2)
    _upload(store, "unasked", name="第三份.csv", state=UploadState.CHECKED)
    _upload(store, "elsewhere", book="469021")
    found = uploads_of_run(store, _spec(FeedKind.MEMBER_ROSTER))
    assert found == sorted([new, other], key=source_name)
    assert source_name(new) == source_name(get_upload(store, "old"))


def test_a_file_is_read_where_it_lies_and_told_by_its_own_name(store: Store, settings: Settings) -> None:
    upload = _upload(store, "x[1]")
    spec = with_uploads(_spec(FeedKind.MEMBER_ROSTER), [upload], settings)
    source = spec.sources[source_name(upload)]
    # A bracket of a path is no pattern.
    assert source.location == (str(settings.uploads_dir.resolve() / "x[[]1]"),)
    assert (source.shown_as, source.area, source.kind) == ("名册.csv", AREA, FeedKind.MEMBER_ROSTER)


def test_what_a_run_used_is_done(store: Store, settings: Settings) -> None:
    upload = _upload(store, "u1")
    seen: list[list[str]] = []
    assert run_with_uploads(settings, _spec(FeedKind.MEMBER_ROSTER), _reading(seen)) == _DONE
    assert seen == [["roster", source_name(upload)]]
    found = get_upload(store, "u1")
    assert (found.state, found.run_id) == (UploadState.DONE, "run-1")
    # The next night reads it again and leaves it where it stands.
    run_with_uploads(settings, _spec(FeedKind.MEMBER_ROSTER), _reading(seen))
    assert seen[1] == seen[0]


@pytest.mark.parametrize("kinds", [(), (FeedKind.MEMBER_ROSTER,)])
def test_a_kind_that_is_not_declared_fails_by_itself(
    store: Store, settings: Settings, kinds: tuple[FeedKind, ...], caplog: pytest.LogCaptureFixture
) -> None:
    claims = _upload(store, "u1", FeedKind.CLAIMS, "申报.csv")
    roster = _upload(store, "u2")
    left_behind = _upload(store, "u3", FeedKind.LEADS, "线索.csv", UploadState.RUNNING)
    seen: list[list[str]] = []
    spec = _spec(*kinds)
    assert run_with_uploads(settings, spec, _reading(seen)) == _DONE
    assert seen == [["roster", source_name(roster)] if kinds else ["roster"]]
    for upload in (claims, left_behind):
        found = get_upload(store, upload.upload_id)
        assert (found.state, is_declared(spec, found)) == (UploadState.FAILED, False)
        assert "[uploads] kinds" in (found.problem or "")
        assert "claims" in caplog.text
    assert get_upload(store, "u2").state is (UploadState.DONE if kinds else UploadState.FAILED)
    # Nobody has to do anything for the nights that follow.
    assert run_with_uploads(settings, spec, _reading(seen)) == _DONE


def test_a_kind_struck_from_the_list_is_left_out(store: Store, settings: Settings) -> None:
    _upload(store, "u1", FeedKind.CLAIMS, state=UploadState.DONE)
    seen: list[list[str]] = []
    run_with_uploads(settings, _spec(FeedKind.MEMBER_ROSTER), _reading(seen))
    assert seen == [["roster"]]
    assert get_upload(store, "u1").state is UploadState.DONE


def test_the_file_that_a_run_failed_on_fails_and_the_others_wait(store: Store, settings: Settings) -> None:
    bad, good = _upload(store, "u1"), _upload(store, "u2", name="另一份.csv")

    def run(_spec: SourcesSpec) -> dict[str, Any]:
        raise SourceFileError(source_name(bad), "名册.csv", "读不懂")

    with pytest.raises(SourceFileError):
        run_with_uploads(settings, _spec(FeedKind.MEMBER_ROSTER), run)
    assert get_upload(store, bad.upload_id).state is UploadState.FAILED
    assert "读不懂" in (get_upload(store, bad.upload_id).problem or "")
    assert get_upload(store, good.upload_id).state is UploadState.ACCEPTED


def test_a_run_that_failed_for_another_reason_takes_the_file_up_again(store: Store, settings: Settings) -> None:
    _upload(store, "u1")

    def run(_spec: SourcesSpec) -> dict[str, Any]:
        raise ConfigError("没有时点")

    with pytest.raises(ConfigError):
        run_with_uploads(settings, _spec(FeedKind.MEMBER_ROSTER), run)
    found = get_upload(store, "u1")
    assert (found.state, found.problem) == (UploadState.ACCEPTED, "没有时点")
