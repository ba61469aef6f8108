"""Folders, keys and last days of what pulls keep."""

from __future__ import annotations

import stat
import threading
from datetime import date
from pathlib import Path

import pytest

from data.settings import Settings
from data.sources.pulls.retention import destroy, destroy_expired, folder_name, folder_of, key_file, open_folder


@pytest.mark.parametrize("name", ["../../etc", "..", ".", "a/b", "a b", "名册.x", "con:1"])
def test_no_name_of_a_source_leads_out_of_the_folder(name: str, own: Settings) -> None:
    assert folder_of(name, own).parent == own.pulls_dir
    assert not {"/", ".", " ", ":"} & set(folder_name(name))


def test_different_names_have_different_folders() -> None:
    assert folder_name("名册-1_a") == "名册-1_a"
    assert len({folder_name(name) for name in ("a.b", "a/b", "a%b", "ab")}) == 4


def test_a_key_is_made_once_and_for_its_owner(own: Settings) -> None:
    _, key = open_folder("r", date(2016, 6, 16), own)
    assert len(key) == 32
    assert open_folder("r", date(2016, 6, 16), own)[1] == key
    assert open_folder("s", date(2016, 6, 16), own)[1] != key
    assert stat.S_IMODE(key_file("r", own).stat().st_mode) == 0o600


def test_the_last_day_counts_and_may_be_extended(own: Settings) -> None:
    for source in ("r", "s", "t"):
        open_folder(source, date(2016, 6, 16), own)
    open_folder("s", date(2016, 7, 1), own)
    assert destroy_expired(date(2016, 6, 16), own) == []
    assert destroy_expired(date(2016, 6, 17), own) == ["r", "t"]
    assert destroy_expired(date(2016, 6, 17), own) == []
    assert [path.name for path in own.pull_keys_dir.iterdir()] == ["s.key"]


def test_the_bytes_of_a_key_are_overwritten_before_it_goes(own: Settings, tmp_path: Path) -> None:
    _, key = open_folder("r", date(2016, 6, 16), own)
    second_name = tmp_path / "link"
    second_name.hardlink_to(key_file("r", own))
    destroy("r", own)
    assert second_name.read_bytes() == bytes(32) != key
    assert not folder_of("r", own).exists()
    destroy("r", own)


def test_a_last_day_nobody_can_read_is_over(own: Settings) -> None:
    open_folder("r", date(2016, 6, 16), own)
    (folder_of("r", own) / "retention_on").write_text("", encoding="ascii")
    assert destroy_expired(date(2016, 6, 1), own) == ["r"]
    assert not key_file("r", own).exists()


def test_last_days_are_read_while_others_note_theirs(own: Settings) -> None:
    open_folder("r", date(2016, 6, 16), own)
    is_over = threading.Event()

    def extend() -> None:
        for number in range(200):
            open_folder("r", date(2016, 6, 16 + number % 2), own)
        is_over.set()

    writer = threading.Thread(target=extend)
    writer.start()
    while not is_over.is_set():
        assert destroy_expired(date(2016, 6, 1), own) == []
    writer.join()
