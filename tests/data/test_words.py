"""The reader's language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.words import language, set_language, tr


@pytest.fixture(autouse=True)
def _back_to_chinese() -> Iterator[None]:
    yield
    set_language("zh")


def test_chinese_unless_told_otherwise() -> None:
    assert tr("中", "en") == "中"
    set_language("en")
    assert (tr("中", "en"), language()) == ("en", "en")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="zh or en"):
        set_language("fr")
