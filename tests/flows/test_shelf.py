"""What a step leaves for the next night is there only under the same marks, whole, and with its key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from data.settings import Settings, load_settings
from data.sources.pulls.retention import destroy_expired
from data.sources.pulls.sealed import SealedFile
from flows import shelf as shelves
from flows.shelf import Shelf

LAST_DAY = date(2099, 1, 1)
TABLES = {
    "one": pa.table({"text": pa.array(["a", None]), "number": [1, 2]}),
    "none": pa.table({"text": pa.array([], pa.string())}),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings().model_copy(update={"var_dir": tmp_path / "var"})


def of(settings: Settings, *, is_full: bool = False) -> Shelf:
    return Shelf(settings, "469005", LAST_DAY, is_full)


def put(settings: Settings, *marks: str | None) -> None:
    with of(settings) as shelf:
        shelf.put("employers", TABLES, *marks)


def put_and_fail(settings: Settings) -> None:
    with of(settings) as shelf:
        shelf.put("employers", TABLES, "a")
        raise ValueError("the step")


def test_what_was_put_is_there_under_the_same_marks(settings: Settings) -> None:
    assert of(settings).take("employers", "a", "b") is None
    put(settings, "a", "b")
    assert of(settings).take("employers", "a", "b") == TABLES
    for marks in (("a",), ("ab",), ("b", "a"), ("a", "c"), ("a", None)):
        assert of(settings).take("employers", *marks) is None
    assert of(settings).take("classes", "a", "b") is None
    assert of(settings, is_full=True).take("employers", "a", "b") is None


def test_a_full_night_puts_its_own(settings: Settings) -> None:
    put(settings, "a")
    with of(settings, is_full=True) as shelf:
        shelf.put("employers", {"one": pa.table({"text": ["new"]})}, "a")
    assert of(settings).take("employers", "a") == {"one": pa.table({"text": ["new"]})}


def test_what_cannot_be_known_again_is_not_kept(settings: Settings) -> None:
    put(settings, "a")
    put(settings, "a", None)
    assert of(settings).take("employers", "a") is None
    assert not list(settings.pulls_dir.rglob("employers.sealed"))


def test_another_language_or_code_takes_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    put(settings, "a")
    assert of(settings.model_copy(update={"language": "en"})).take("employers", "a") is None
    monkeypatch.setattr(shelves, "code_version", lambda: "another")
    assert of(settings).take("employers", "a") is None


def test_what_is_torn_counts_as_not_there(settings: Settings) -> None:
    put(settings, "a")
    (file,) = settings.pulls_dir.rglob("employers.sealed")
    assert b"text" not in file.read_bytes()
    whole = file.read_bytes()
    for n_bytes in (0, 10, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:n_bytes])
        assert of(settings).take("employers", "a") is None


def test_it_goes_with_the_last_day_of_the_feeds(settings: Settings) -> None:
    put(settings, "a")
    assert destroy_expired(date(2099, 1, 2), settings) == ["night%20469005"]
    assert of(settings).take("employers", "a") is None


def test_what_cannot_be_written_is_told_at_the_end(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(SealedFile, "replace", no_room)
    with pytest.raises(OSError, match="no room"):
        put(settings, "a")
    # Of two errors the step's own counts.
    with pytest.raises(ValueError, match="the step"):
        put_and_fail(settings)
