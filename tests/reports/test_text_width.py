"""Room for a text."""

from __future__ import annotations

import pytest

from reports.text_width import text_width


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc 1", 5), ("龙楼镇", 6), ("A龙，", 5), ("䶮", 2), ("𠮷", 2)])
def test_text_width(text: str, width: int) -> None:
    assert text_width(text) == width
