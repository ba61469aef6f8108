"""Synthetic counties stand on the real map: names and towns agree with the reference tables."""

from __future__ import annotations

import pytest

from data.reference.divisions import county_name, townships_of
from data.synthetic import words_places
from data.synthetic.people import N_VILLAGES


@pytest.mark.parametrize("area", sorted(words_places.COUNTIES))
def test_names_and_towns_are_those_of_the_reference(area: str) -> None:
    assert words_places.county_name(area) == county_name(area)
    known = townships_of(area)
    assert not known or set(words_places.townships(area)) <= set(known)


@pytest.mark.parametrize("area", sorted(words_places.COUNTIES))
def test_villages_of_a_town_have_different_names(area: str) -> None:
    for town in range(len(words_places.townships(area))):
        assert len({words_places.village(town, number) for number in range(N_VILLAGES)}) == N_VILLAGES


def test_wenchang_has_seventeen_towns_and_longlou_is_the_tenth() -> None:
    assert len(words_places.townships("469005")) == 17
    assert words_places.townships("469005")[9] == "龙楼镇"


@pytest.mark.parametrize(("area", "name"), [("469005", "文昌市"), ("469027", "乐东县"), ("469028", "陵水县")])
def test_short_names(area: str, name: str) -> None:
    assert words_places.short_name(area) == name
