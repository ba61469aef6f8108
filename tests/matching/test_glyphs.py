from __future__ import annotations

from itertools import product

import pytest

from matching.glyphs import character_of_parts, corners, decompositions, look_alikes
from tests.matching.look_alike_cases import CONFUSED, NOT_CONFUSED

#: Of the pairs written down first; the table does not see that these are alike.
NOT_FOUND = {"枚玫", "宏宠", "浪朗", "淼水", "莹荧"}


def test_known_confusions_are_found() -> None:
    assert len(set(CONFUSED)) == 80
    found = {"".join(sorted(pair)) for pair in CONFUSED if len(look_alikes(pair)) == 1}
    assert found == {"".join(sorted(pair)) for pair in CONFUSED if pair not in NOT_FOUND}


def test_other_characters_are_not() -> None:
    assert {pair for pair in NOT_CONFUSED if look_alikes(pair)} == set()


def test_look_alikes_are_few() -> None:
    """The 3,755 commonest characters: were every twentieth like every other, the level would say nothing."""
    common = [bytes(pair).decode("gb2312") for pair in product(range(0xB0, 0xD7), range(0xA1, 0xFF))]
    share = 2 * len(look_alikes(common)) / len(common) ** 2
    assert 0.0005 < share < 0.002


def test_a_pair_does_not_hang_on_its_company() -> None:
    alphabet = "未末土士伟玮纬陈海梅清青每己已巳王玉"
    together = look_alikes(alphabet)
    alone = {pair for a in alphabet for b in alphabet if a < b for pair in look_alikes([a, b])}
    assert together == alone == look_alikes(reversed(alphabet))
    assert all(one < other for one, other in together)


def test_rare_characters_beyond_the_first_plane() -> None:
    assert ("口", "孟") in decompositions("𠵼")
    assert look_alikes("𠵼猛") == {("猛", "𠵼")}
    assert look_alikes(["\ue000", "A", "?", "伟"]) == set()
    assert corners("A") == ""


@pytest.mark.parametrize(
    ("parts", "made"),
    [("吉吉", "喆"), ("火火火", "焱"), ("弓长", "张"), ("木子", "李"), ("日月", "明"), ("伟伟", None)],
)
def test_character_of_parts(parts: str, made: str | None) -> None:
    assert character_of_parts(parts) == made
