"""Digests never look like numbers of persons, and what was written before is brought to the same form."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.digests import random_id, spelled

HEX = st.text("0123456789abcdef", min_size=10, max_size=64)
MOST_DIGITS = st.text("0123456789a", min_size=10, max_size=64)


@pytest.mark.parametrize(
    ("digest", "form"),
    [
        ("59937927671767485966", "5993792n6717674o5966"),
        ("ab142752199596346113", "ab1427521p9596346h13"),
        ("0123456", "0123456"),
        ("01234567", "0123456n"),
        ("f232239a91348336925a", "f232239a9134833m925a"),
    ],
)
def test_each_eighth_digit_on_end_becomes_a_letter(digest: str, form: str) -> None:
    assert spelled(digest) == form


@given(st.one_of(HEX, MOST_DIGITS), st.one_of(HEX, MOST_DIGITS))
@settings(max_examples=50)
def test_never_a_number_of_a_person_even_side_by_side(one: str, other: str) -> None:
    forms = [spelled(one), spelled(other)]
    assert [spelled(form) for form in forms] == forms
    assert (one == other) == (forms[0] == forms[1])
    assert not re.search(r"[0-9]{17}[0-9X]", "".join(forms))
    assert not re.search(r"[0-9]{17}[0-9X]", f"469005{forms[0]}")


def test_a_random_id_is_written_so_too() -> None:
    found = {random_id(16) for _ in range(200)}
    assert len(found) == 200
    assert all(len(one) == 32 and one == spelled(one) for one in found)
