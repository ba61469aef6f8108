"""A file's way through the store: received, checked, accepted, taken up; every move audited."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import InvalidTransition
from data.model import FeedKind
from data.store import audit
from data.store.scope import OutOfScope, Scope
from data.store.session import Store
from data.store.transitions import UploadState
from data.store.uploads import (
    N_PROBLEMS,
    NewUpload,
    add_upload,
    file_of,
    get_upload,
    keep_answer,
    list_uploads,
    move_upload,
    new_upload_id,
    same_file,
    uploads_in,
)
from tests.data.store.builders import AREA, NOW


def new(upload_id: str = "u1", area: str = AREA, digest: str = "d1", **changed: object) -> NewUpload:
    values = {"kind": FeedKind.MEMBER_ROSTER, "file_name": "名册.xlsx", "n_bytes": 12, **changed}
    return NewUpload(upload_id, AREA, area, digest=digest, **values)  # type: ignore[arg-type]


def test_from_received_to_done(store: Store) -> None:
    assert add_upload(store, new(), "王", NOW).state is UploadState.RECEIVED
    answer = {"n_read": 3, "problems": [{"row": 1}] * (N_PROBLEMS + 5), "refused": None}
    checked = keep_answer(store, "u1", answer, NOW)
    assert checked.state is UploadState.CHECKED
    assert checked.answer is not None
    assert len(checked.answer["problems"]) == N_PROBLEMS
    for state in (UploadState.ACCEPTED, UploadState.QUEUED, UploadState.RUNNING):
        move_upload(store, "u1", state, "王", now=NOW)
    assert [one.upload_id for one in uploads_in(store, [UploadState.RUNNING])] == ["u1"]
    done = move_upload(store, "u1", UploadState.DONE, audit.MACHINE, now=NOW, run_id="run-2")
    assert (done.state, done.run_id, done.uploaded_by) == (UploadState.DONE, "run-2", "王")
    with pytest.raises(InvalidTransition):
        move_upload(store, "u1", UploadState.ACCEPTED, "王", now=NOW)
    assert audit.verify_chain(store).n_rows == 6


def test_a_refused_file_says_why(store: Store) -> None:
    add_upload(store, new(), "王", NOW)
    refused = keep_answer(store, "u1", {"refused": {"message": "没有姓名列", "code": "E201"}}, NOW)
    assert (refused.state, refused.problem) == (UploadState.REFUSED, "没有姓名列")
    with pytest.raises(InvalidTransition):
        move_upload(store, "u1", UploadState.ACCEPTED, "王", now=NOW)


def test_the_same_bytes_are_known_by_kind_and_area_until_refused(store: Store) -> None:
    add_upload(store, new(), "王", NOW)
    assert same_file(store, "d1", FeedKind.MEMBER_ROSTER, AREA) is not None
    assert same_file(store, "d1", FeedKind.CLAIMS, AREA) is None
    assert same_file(store, "d1", FeedKind.MEMBER_ROSTER, "469021") is None
    assert same_file(store, "d2", FeedKind.MEMBER_ROSTER, AREA) is None
    move_upload(store, "u1", UploadState.REFUSED, "王", now=NOW)
    assert same_file(store, "d1", FeedKind.MEMBER_ROSTER, AREA) is None


def test_only_the_areas_of_the_person(store: Store) -> None:
    add_upload(store, NewUpload("u1", "46", "469005", FeedKind.CLAIMS, "a", "d1", 1), "王", NOW)
    add_upload(store, NewUpload("u2", "46", "469021", FeedKind.CLAIMS, "b", "d2", 1), "王", NOW)
    clerk = Scope.of(["469021"])
    assert [one.upload_id for one in list_uploads(store, "46", clerk)] == ["u2"]
    assert get_upload(store, "u2", "46", clerk).file_name == "b"
    for book, upload_id in (("46", "u1"), ("469021", "u2"), ("46", "nothing")):
        with pytest.raises(OutOfScope):
            get_upload(store, upload_id, book, clerk)


def test_a_number_in_a_file_name_is_masked(store: Store) -> None:
    kept = add_upload(store, new(file_name="王13800000000.xlsx"), "王", NOW)
    assert kept.file_name == "王138****0000.xlsx"


def test_names_on_disk_say_nothing(tmp_path: Path) -> None:
    names = {new_upload_id() for _ in range(20)}
    assert len(names) == 20
    assert all(file_of(tmp_path, name).parent == tmp_path for name in names)
