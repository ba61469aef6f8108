from __future__ import annotations

import numpy as np
import pytest

from matching.characters import (
    canonical_text,
    character_table,
    name_reading,
    near_name_reading,
    near_reading,
    near_readings,
    readings,
    surname_length,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("陳偉峯", "陈伟峰"),
        ("林堃", "林坤"),
        ("欧阳·娜", "欧阳·娜"),
        ("陈□*", "陈??"),
        ("陈\ue863", "陈?"),
        ("Li", "Li"),
    ],
)
def test_canonical_text_keeps_the_length(text: str, expected: str) -> None:
    assert canonical_text(text) == expected
    assert canonical_text(expected) == expected
    assert len(expected) == len(text)


@pytest.mark.parametrize(
    ("character", "expected"), [("伟", "wei"), ("吕", "lv"), ("绿", "lv"), ("女", "nv"), ("略", "lve")]
)
def test_readings_have_no_tones(character: str, expected: str) -> None:
    assert readings(character)[0] == expected


def test_all_readings_of_a_polyphone() -> None:
    assert set(readings("单")) == {"dan", "chan", "shan"}
    assert readings("A") == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("单雄", "shan xiong"), ("雄单", "xiong dan"), ("曾红", "zeng hong"), ("仇和", "qiu he"), ("陈?", "chen ?")],
)
def test_surnames_are_read_as_surnames(name: str, expected: str) -> None:
    assert name_reading(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("陈伟", 1), ("欧阳伟", 2), ("欧阳", 1), ("阿依古丽·买买提", 4), ("·伟", 1), ("", 0)]
)
def test_surname_length(name: str, expected: int) -> None:
    assert surname_length(name) == expected


def test_table_codes_what_characters_share() -> None:
    table = character_table(["未末", "伟玮"])
    wei, wei2, before, end = (table.rows[character] for character in "伟玮未末")
    assert table.readings[wei][0] == table.readings[wei2][0] > 0
    rows = np.array([[before, wei], [wei, before], [0, table.missing]])
    assert table.looks_alike(rows, np.array([[end, before], [wei2, 0], [0, table.missing]])).tolist() == [
        [True, False],
        [True, False],
        [False, False],
    ]
    assert table.sounds[wei] & table.sounds[wei2] > 0
    assert not table.readings[0].any()
    assert table.sounds[0] == table.sounds[table.missing] == 0


@pytest.mark.parametrize(
    ("syllable", "near"),
    [
        ("nian", "lian"),
        ("zhang", "zan"),
        ("sheng", "sen"),
        ("ying", "yin"),
        ("hua", "fa"),
        ("hui", "fei"),
        ("hu", "fu"),
        ("yue", "ye"),
        ("jun", "jin"),
        ("nv", "li"),
        ("lve", "lie"),
        ("rong", "ron"),
    ],
)
def test_near_reading(syllable: str, near: str) -> None:
    assert near_reading(syllable) == near
    assert near_reading(near) == near


def test_near_name_reading() -> None:
    assert near_name_reading("黄丽宁") == near_name_reading("范妮林") == "fan li lin"
    assert set(near_readings("黄")) & set(near_readings("王"))
    assert not set(near_readings("范")) & set(near_readings("王"))
