from __future__ import annotations

import pytest

from data.reference.divisions import county_name
from matching import enterprise_words as words


def test_kinds_of_trade_fit_into_an_integer() -> None:
    kinds = 0
    for bits, _ in words.TAIL_WORDS.values():
        kinds |= bits
    assert kinds < 1 << 62
    assert kinds & (kinds + 1) == 0
    for mask in words.SECTION_MASKS:
        assert mask & kinds == mask


def test_generic_words_are_known_trades() -> None:
    assert all(words.TAIL_WORDS[word][0] for word in words.GENERIC)


@pytest.mark.parametrize(("word", "form"), [("有限公司", words.COMPANY), ("药店", words.SHOP), ("厂", words.NO_FORM)])
def test_legal_forms(word: str, form: int) -> None:
    assert words.TAIL_WORDS[word][1] == form


def test_counties_have_names() -> None:
    assert all(county_name(code) for code in words.COUNTY_CODES)
