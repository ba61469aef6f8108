from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from data.values.coded import Coded
from data.values.identifiers import birth_of, sex_of, to_id18
from matching.number_columns import id_shown, number_columns
from tests.matching.builders import id_number

VALID = id_number("1900-01-02", 12)
DAMAGED = (VALID[:17] + "9", VALID[:6] + VALID[8:17], VALID[:10] + "1399" + VALID[14:], VALID[:6] + "********1234")
NO_NUMBERS = ("460022209902301234", "12345", "字" * 18, VALID[:16] + "\ud83d\ud83d", None)
WRITTEN = st.sampled_from([VALID, *DAMAGED, *NO_NUMBERS])
FLAGS = st.sampled_from([(False, True), (True, False), (False, False)])


def _one_by_one(text: str | None, *, is_lost: bool, is_whole: bool) -> tuple[str | None, ...]:
    """The same, a row at a time."""
    id18 = to_id18(text) if is_whole else None
    shown = id_shown(text) if text else None
    if shown and is_lost:
        shown = shown[:-3] + "***"
    parts = [shown[:14], shown[6:17], shown[:6] + shown[14:17]] if shown else [None] * 3
    known = [None if part is None or "*" in part else part for part in parts]
    return (id18, shown, *known, birth_of(id18), sex_of(id18))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(WRITTEN, FLAGS), max_size=6))
def test_columns_say_what_each_number_says(rows: list[tuple[str | None, tuple[bool, bool]]]) -> None:
    written = pd.Series([text for text, _ in rows], dtype=object)
    is_lost, is_whole = (np.array([flags[place] for _, flags in rows], dtype=bool) for place in (0, 1))
    found = number_columns(Coded.of(written), is_lost, is_whole)
    columns = (found.id18, found.shown, found.head, found.body, found.ends, found.born, found.counted_sex)
    expected = [_one_by_one(text, is_lost=lost, is_whole=whole) for text, (lost, whole) in rows]
    assert list(zip(*(column.texts() for column in columns), strict=True)) == expected


def test_what_the_digits_show_of_a_birth() -> None:
    texts = [
        VALID,
        VALID[:10] + "1399" + VALID[14:],
        VALID[:10] + "0230" + VALID[14:],
        VALID[:12] + "****" + VALID[16:],
        None,
    ]
    none = np.zeros(len(texts), dtype=bool)
    shown = number_columns(Coded.of(pd.Series(texts, dtype=object)), none, none).shown_birth
    assert list(shown.texts()) == ["1900-01-02", "1900", "1900-02", "1900-01", None]
