"""A reason: its level, and a message taken apart again."""

from __future__ import annotations

import re

import pytest

from data.contracts.reason import Level, Reason
from data.contracts.reasons import REASONS
from data.contracts.reasons.cells import CODE_UNKNOWN
from data.words import set_language


@pytest.fixture(params=["zh", "en"])
def _language(request: pytest.FixtureRequest) -> object:
    set_language(request.param)
    yield request.param
    set_language("zh")


@pytest.mark.usefixtures("_language")
@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: str(reason.code))
def test_every_message_comes_apart_where_it_was_joined(reason: Reason) -> None:
    facts = {name: f"甲（{name}）" for text in (reason.zh, reason.todo_zh) for name in re.findall(r"\{(\w+)\}", text)}
    wrong, todo = reason.split(reason.message(**facts))
    assert wrong in {reason.zh.format(**facts), reason.en.format(**facts)}
    assert todo in {reason.todo_zh.format(**facts), reason.todo_en.format(**facts)}


def test_a_strange_message_stays_whole() -> None:
    assert CODE_UNKNOWN.split("其他") == ("其他", "")


def test_levels_and_their_words() -> None:
    assert {reason.level for reason in REASONS if reason.code.startswith("E")} == {Level.REJECTED}
    assert {reason.level for reason in REASONS if reason.code.startswith("W")} == {Level.CHECK, Level.NOTE}
    assert [level.word for level in Level] == ["退回", "请核对", "提示"]
