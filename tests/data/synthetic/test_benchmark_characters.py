from __future__ import annotations

from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from data.synthetic import benchmark_characters as characters
from data.synthetic import benchmark_words as words

NAMES = ("陈伟强", "王志宏", "吴丽", "欧阳慧", "李翀", "阿依古丽·买买提", "符堃", "张明华")
DRAWS = st.integers(0, 2**31 - 1)
ONE_CHARACTER = (characters.homophone, characters.near_sound, characters.glyph, characters.variant)


def _differing(a: str, b: str) -> list[tuple[str, str]]:
    return [(x, y) for x, y in zip_longest(a, b, fillvalue="") if x != y]


@given(st.sampled_from(ONE_CHARACTER), st.sampled_from(NAMES), DRAWS)
def test_replacements_change_exactly_one_character(change: characters.Change, name: str, draw: int) -> None:
    changed = change(name, draw)
    if changed is not None:
        assert len(_differing(name, changed)) == 1
        assert len(changed) == len(name)


@given(st.sampled_from(NAMES), DRAWS)
def test_homophones_sound_alike_and_near_sounds_do_not(name: str, draw: int) -> None:
    for change, is_same in ((characters.homophone, True), (characters.near_sound, False)):
        changed = change(name, draw)
        for before, after in _differing(name, changed) if changed else []:
            assert (lazy_pinyin(before) == lazy_pinyin(after)) is is_same


@given(st.sampled_from([name for name in NAMES if "·" not in name]), DRAWS)
def test_lengths_of_lost_added_and_exchanged_characters(name: str, draw: int) -> None:
    missing, inserted, swapped = (
        change(name, draw) for change in (characters.missing, characters.inserted, characters.swapped)
    )
    assert missing is None or len(missing) == len(name) - 1
    assert inserted is None or len(inserted) == len(name) + 1
    assert swapped is not None
    assert sorted(swapped) == sorted(name)
    assert swapped != name


@pytest.mark.parametrize(
    ("change", "name", "draw", "expected"),
    [
        (characters.traditional, "陈伟强", 0, "陳偉強"),
        (characters.traditional, "王志宏", 0, None),
        (characters.rare_mark, "符堃", 0, "符?"),
        (characters.rare_mark, "符堃", 1, "符□"),
        (characters.rare_mark, "陈伟", 0, None),
        (characters.rare_pinyin, "符堃", 0, "符kun"),
        (characters.rare_pinyin, "符堃", 1, "符KUN"),
        (characters.rare_split, "符堃", 1, "符（方方土）"),
        (characters.rare_split, "符堃", 0, "符方方土"),
        (characters.dot_form, "阿依古丽·买买提", 0, "阿依古丽・买买提"),
        (characters.dot_form, "阿依古丽·买买提", len(words.DOTS), "阿依古丽买买提"),
        (characters.dot_form, "陈伟", 0, None),
        (characters.swapped, "吴丽", 0, "丽吴"),
        (characters.swapped, "欧阳慧", 0, "慧欧阳"),
        (characters.missing, "陈伟强", 0, "陈强"),
        (characters.missing, "吴丽", 0, None),
    ],
)
def test_what_is_written(change: characters.Change, name: str, draw: int, expected: str | None) -> None:
    assert change(name, draw) == expected


def test_a_rare_character_is_made_of_what_it_is_split_into() -> None:
    assert all(len(character) == 1 and len(parts) >= 2 for character, parts in words.SPLIT.items())
    assert not set(words.SPLIT) & set(words.GIVEN_MALE + words.GIVEN_FEMALE)


@pytest.mark.parametrize("table", [words.GLYPHS, words.VARIANTS])
def test_groups_hold_different_characters(table: str) -> None:
    for group in table.split():
        assert len(set(group)) == len(group) >= 2, group
