from __future__ import annotations

import pytest

from matching.link.steps import NUMBERED_STEPS, STEPS, USUAL_STEPS, apply_steps, is_step


@pytest.mark.parametrize(
    ("steps", "text", "expected"),
    [
        (USUAL_STEPS, "　ＡＢ  c ", "ab c"),
        (USUAL_STEPS, " N/A ", None),
        (USUAL_STEPS, "无", None),
        (("digits",), "tel. (02) 6125-44", "02612544"),
        (("digits",), "none", None),
        (("letters",), "o'Brien 2", "oBrien"),
        (("alphanumeric",), "SW1A 2-AA", "SW1A2AA"),
        (("upper",), "ab", "AB"),
        (("no_accents",), "Zoë 陈", "Zoe 陈"),
        (("no_spaces",), "a b\tc", "abc"),
        (("no_punctuation",), "st. john's_", "st john s"),
        (("sort_words",), "ryde north", "north ryde"),
        (("postcode",), "sw1a 2aa", "SW1A2AA"),
        (("date",), "1956/4/9", "1956-04-09"),
        (("date",), "19991332", "19991332"),
        (("soundex",), "Rupert", "R163"),
        (("nysiis",), "Knight", "NAGT"),
        (("metaphone",), "Philip", "FLP"),
        (("soundex",), "张伟", None),
        (("chinese_name",), "陈偉", "陈伟"),
        (("identity_number",), "46000319850412001x", "46000319850412001X"),
        (("words",), "north ryde north", "north|ryde"),
        (("deletions",), "abc", "abc|bc|ac|ab"),
        (("deletions",), "a", "a"),
        (("first:3",), "abcdef", "abc"),
        (("last:2",), "abcdef", "ef"),
        (("at_least:3",), "ab", None),
        (("at_least:3",), "abc", "abc"),
        (("letters", "first:1", "lower"), "42 Main", "m"),
        ((), "as it is", "as it is"),
    ],
)
def test_steps(steps: tuple[str, ...], text: str, expected: str | None) -> None:
    assert all(is_step(step) for step in steps)
    assert apply_steps(text, steps) == expected


def test_names_that_sound_alike_share_a_pinyin() -> None:
    assert apply_steps("王杰", ("pinyin",)) == apply_steps("王洁", ("pinyin",))
    assert apply_steps("王杰", ("pinyin",)) != apply_steps("李明", ("pinyin",))


@pytest.mark.parametrize("name", ["fuzzy", "first", "first:0", "first:x", "lower:3", ""])
def test_what_is_no_step(name: str) -> None:
    assert not is_step(name)


def test_every_step_gives_text_or_none_for_any_text() -> None:
    for text in ("x", "陈伟", "1", "é", "a|b", "?", "-"):
        for step in (*STEPS, *(f"{name}:2" for name in NUMBERED_STEPS)):
            found = apply_steps(text, (step,))
            assert found is None or (isinstance(found, str) and found)
