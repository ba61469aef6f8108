"""What `prepare` makes of whole columns is what the functions for one text say of each."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.addresses import Address, parse_address
from matching.characters import surname_length
from matching.coding import coded
from matching.comparisons.address_parts import address_parts
from matching.comparisons.name_forms import NameLevel
from matching.comparisons.name_layout import CANONICAL, FORMS, LENGTH, SURNAME, lay_out
from matching.spellings import canonical_name, other_forms
from matching.texts import points_of, text_codes

TEXTS = st.lists(st.text("aé陈𠀀\0 ", max_size=5), max_size=8)
NAMES = st.lists(
    st.text("陈陳王木文玟弓长张三明日月·?某(女)阳欧曾用名jie", min_size=1, max_size=6), min_size=1, max_size=12
)
HOMES = st.lists(st.text("文昌市龙楼镇好圣村九百十号楼-室组第12３\0#A", max_size=16), min_size=1, max_size=6)
FORM_LEVELS = (NameLevel.ONE_MISSING, NameLevel.UNREADABLE, NameLevel.SWAPPED, NameLevel.FORMER_NAME)


@given(TEXTS)
@settings(max_examples=50)
def test_code_points_there_and_back(texts: list[str]) -> None:
    points = points_of(texts)
    assert points.texts().to_pylist() == texts
    assert points.lengths.tolist() == [len(text) for text in texts]
    backwards = np.arange(len(texts))[::-1]
    assert points.take(backwards).texts().to_pylist() == texts[::-1]


@given(st.lists(st.one_of(st.none(), st.text("ab陈", max_size=2)), max_size=9))
@settings(max_examples=50)
def test_codes_tell_the_column_whatever_holds_it(values: list[str | None]) -> None:
    column = pd.Series(values, dtype=object)
    # The categories of a part of a coded column stand in no row of it.
    for held in (column, coded(pd.concat([column, pd.Series(["never"], dtype=object)])).iloc[: len(values)]):
        codes, texts = text_codes(held)
        listed = texts.to_pylist()
        assert [None if code < 0 else listed[code] for code in codes] == values
        assert "never" not in listed


def test_values_that_are_no_text_are_told_as_text() -> None:
    codes, texts = text_codes(pd.Series([7, None, "7", 7, "\ud800"], dtype=object))
    assert codes.tolist() == [0, -1, 1, 0, 2]
    assert texts.to_pylist() == ["7", "7", "?"]


@given(HOMES)
@settings(max_examples=50, deadline=None)
def test_addresses_in_columns_are_parsed_as_one_by_one(homes: list[str]) -> None:
    parts = address_parts(pa.array(homes, type=pa.large_string()))
    found = [Address(*row) for row in zip(*(parts[part].to_pylist() for part in Address._fields), strict=True)]
    assert found == [parse_address(home) for home in homes]


@given(NAMES)
@settings(max_examples=50, deadline=None)
def test_names_in_columns_are_read_as_one_by_one(names: list[str]) -> None:
    laid = lay_out(pd.Series(names, dtype=object))
    dotted = [canonical_name(name) for name in names]
    texts = [name.replace("·", "") or name for name in dotted]
    shown = [(at, n) for n, at in enumerate(laid.starts) if at >= 0]
    assert [n for n, text in enumerate(texts) if text.strip("?")] == [n for _, n in shown]
    code_of = {texts[n]: int(laid.names[at + CANONICAL]) for at, n in shown}
    for at, n in shown:
        assert laid.names[at + LENGTH] == len(texts[n])
        for other, m in shown:
            assert (laid.names[at + CANONICAL] == laid.names[other + CANONICAL]) == (texts[n] == texts[m])
            same_surname = dotted[n][: surname_length(dotted[n])] == dotted[m][: surname_length(dotted[m])]
            assert (laid.names[at + SURNAME] == laid.names[other + SURNAME]) == same_surname
        place = int(laid.names[at + FORMS])
        entries = (
            laid.forms[place + 1 : place + 1 + 2 * laid.forms[place]].reshape(-1, 2).tolist() if place >= 0 else []
        )
        told = {
            (int(level), code_of[form.replace("·", "") or form])
            for level, forms in zip(FORM_LEVELS, other_forms(names[n]), strict=True)
            for form in forms
            if (form.replace("·", "") or form) in code_of
        }
        known = set(code_of.values())
        assert {(level, code) for level, code in entries if code in known} == told
