"""One run of an area at a time; unforeseen errors leave without their text."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from data.errors import LonglouError, RunLocked, SourceFileError
from data.settings import load_settings
from flows.guard import area_lock, shielded

SECRET = "469905190001010013"


def test_a_second_run_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    settings = load_settings().model_copy(update={"var_dir": tmp_path})
    with area_lock(settings, "469005"):
        with pytest.raises(RunLocked, match=str(os.getpid())), area_lock(settings, "469005"):
            pass
        with area_lock(settings, "469021"):
            pass
    with area_lock(settings, "469005"):
        pass


def _hold_and_die(folder: Path) -> None:
    with area_lock(load_settings().model_copy(update={"var_dir": folder}), "469005"):
        os._exit(1)


def test_a_killed_run_does_not_keep_the_lock(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_hold_and_die, args=(tmp_path,))
    process.start()
    process.join()
    with area_lock(load_settings().model_copy(update={"var_dir": tmp_path}), "469005"):
        pass


def test_own_errors_pass_and_others_lose_their_text() -> None:
    with pytest.raises(SourceFileError), shielded():
        raise SourceFileError("a", "b", "c")
    with pytest.raises(LonglouError) as caught, shielded():
        raise KeyError(SECRET)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert "KeyError" in str(caught.value)
