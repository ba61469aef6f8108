"""Comparisons are read and written beside the other steps, and are whole when these are done, whatever they end with."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any, cast

import pytest

from data.settings import load_settings
from flows.handover import Handover
from flows.night import LastNight
from matching.results import MatchResult, Night

NOBODY: Any = None


def handover() -> Handover:
    return Handover(LastNight(load_settings(), NOBODY, date(2099, 1, 1), is_full=False), NOBODY)


def matched(memory: str = "tonight's") -> MatchResult:
    return cast(Any, MatchResult)(*[None] * 8, night=Night(NOBODY, NOBODY, cast(Any, memory)))


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was written, each once a moment has gone by."""
    found: list[str] = []

    def keep(self: LastNight, file: object, memory: str) -> None:
        threading.Event().wait(0.05)
        if memory == "none":
            raise OSError("no room")
        found.append(memory)

    monkeypatch.setattr(LastNight, "recall", lambda self, chosen: "last night's")
    monkeypatch.setattr(LastNight, "model_of", lambda self, *asked: None)
    monkeypatch.setattr(LastNight, "keep", keep)
    return found


def test_last_night_s_are_had_once_and_tonight_s_are_written_at_the_end(kept: list[str]) -> None:
    with handover() as both:
        assert cast(Any, both.recall()) == "last night's"
        assert both.recall() is None
        assert both.keep(matched(), NOBODY).night.memory is None
    assert kept == ["tonight's"]


def test_a_night_that_fails_later_leaves_them_whole(kept: list[str]) -> None:
    def fails_later() -> None:
        with handover() as both:
            both.keep(matched(), NOBODY)
            raise ValueError("later")

    with pytest.raises(ValueError, match="later"):
        fails_later()
    assert kept == ["tonight's"]


def test_what_cannot_be_written_fails_the_night(kept: list[str]) -> None:
    with pytest.raises(OSError, match="no room"), handover() as both:
        both.keep(matched("none"), NOBODY)
    assert kept == []
