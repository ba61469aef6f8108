"""`longlou upload`: what it says of a file, what it leaves in the store, and with which exit code it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store.session import Store, open_store
from data.store.transitions import UploadState
from data.store.uploads import file_of, list_uploads
from longlou.main import run

AREA = "469005"
_GOOD = {"n_read": 3, "n_accepted": 2, "n_to_check": 0, "n_rejected": 1, "n_dropped": 0, "refused": None}
_BAD = {"n_read": 0, "n_accepted": 0, "refused": {"code": "no_header", "message": "没有姓名一列"}}


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the check says, without the process that it runs in; changed by a test."""
    said: dict[str, object] = dict(_GOOD)
    monkeypatch.setattr("review.uploads.check_upload", lambda *_: said)
    return said


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "var"))
    with open_store(f"sqlite:///{tmp_path / 'var' / 'longlou.db'}") as store:
        yield store


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "名册.csv"
    path.write_text("姓名\n王小明\n", encoding="utf-8")
    return path


def _upload(file: Path, *more: str) -> int:
    return run(["upload", str(file), "--source", "member_roster", "--area", AREA, *more])


@pytest.mark.usefixtures("answer")
def test_an_accepted_file_waits_for_the_next_run(
    kept: Store, roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _upload(roster, "--by", "王") == 0
    said = capsys.readouterr().out
    assert "3 行中 2 行可用" in said
    # No scheduler is running here.
    assert "下一次核对时采用" in said
    (found,) = list_uploads(kept, AREA)
    assert (found.state, found.uploaded_by, found.file_name) == (UploadState.ACCEPTED, "王", "名册.csv")
    assert file_of(tmp_path / "var" / "uploads", found.upload_id).read_bytes() == roster.read_bytes()


@pytest.mark.usefixtures("answer")
def test_the_same_file_twice_is_one_upload(
    kept: Store, roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = []
    for _ in range(2):
        assert _upload(roster, "--json") == 0
        told.append(json.loads(capsys.readouterr().out))
    assert [one["is_known"] for one in told] == [False, True]
    assert told[0]["upload_id"] == told[1]["upload_id"]
    assert (told[0]["n_read"], told[0]["n_accepted"], told[0]["run"]) == (3, 2, None)
    assert len(list_uploads(kept, AREA)) == 1
    assert len(list((tmp_path / "var" / "uploads").iterdir())) == 1


@pytest.mark.usefixtures("answer")
def test_a_county_s_file_for_the_province_s_book(kept: Store, roster: Path) -> None:
    assert _upload(roster, "--book", "46") == 0
    assert list_uploads(kept, AREA) == []
    assert [(found.book, found.area) for found in list_uploads(kept, "46")] == [("46", AREA)]


def test_a_refused_file_says_why(
    kept: Store, roster: Path, answer: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    answer |= _BAD
    assert _upload(roster) == 3
    assert "没有姓名一列" in capsys.readouterr().err
    assert [found.state for found in list_uploads(kept, AREA)] == [UploadState.REFUSED]


@pytest.mark.usefixtures("answer")
def test_what_is_no_file_is_told(kept: Store, tmp_path: Path) -> None:
    assert _upload(tmp_path / "没有.csv") == 2
    empty = tmp_path / "空.csv"
    empty.touch()
    assert _upload(empty) == 2
    assert list_uploads(kept, AREA) == []
    assert list((tmp_path / "var" / "uploads").iterdir()) == []
