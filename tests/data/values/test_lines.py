"""Lines made of columns are those that a loop over the rows would make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.values import lines
from data.values.lines import lines_of, replaced, texts_of

_TEXT = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(rows=st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=7), null=st.sampled_from(["", "\\N"]))
def test_as_row_by_row(rows: list[tuple[str | None, str | None]], null: str) -> None:
    columns = [texts_of([row[place] for row in rows]) for place in (0, 1)]
    expected = "".join("\t".join(null if text is None else text for text in row) + "\n" for row in rows)
    assert b"".join(lines_of(columns, "\t", null)).decode() == expected


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = [texts_of([f"龙{number}" for number in range(7)]), texts_of([None, "b"] * 3 + [None])]
    whole = b"".join(lines_of(columns, ",", "-"))
    monkeypatch.setattr(lines, "_BLOCK", 3)
    blocks = [bytes(block) for block in lines_of(columns, ",", "-")]
    assert len(blocks) == 3
    assert b"".join(blocks) == whole


def test_escapes_follow_one_another() -> None:
    texts = texts_of(["a\\b", "c\td", None, "e"])
    assert replaced(texts, [("\\", "\\\\"), ("\t", "\\t")]).to_pylist() == ["a\\\\b", "c\\td", None, "e"]
