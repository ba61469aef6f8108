"""The page of messages says what the catalogue says."""

from __future__ import annotations

import re

from data.contracts.document import reasons_markdown
from data.contracts.reasons import REASONS


def test_every_reason_stands_in_its_section_once_with_all_its_texts() -> None:
    page = reasons_markdown()
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert [re.findall(r"`(\w+)`", row)[0] for row in rows] == [reason.code for reason in REASONS]
    for row, reason in zip(rows, REASONS, strict=True):
        assert all(text in row for text in (reason.zh, reason.en, reason.todo_zh, reason.todo_en))
        assert row.count(" | ") == 4
    sections = re.findall(r"^## (\w\d)xx", page, flags=re.MULTILINE)
    assert sections == sorted({reason.code[:2] for reason in REASONS})
