from __future__ import annotations

import pytest

from matching.characters import MISSING, readings
from matching.spellings import canonical_name


@pytest.mark.parametrize("name", ["王jie", "王JIE", "王jié", "王(jie)", "王（jie）", "王ｊｉｅ"])
def test_a_syllable_is_one_character_that_reads_so(name: str) -> None:
    written = canonical_name(name)
    assert len(written) == 2
    assert readings(written[1]) == ("jie",)
    assert canonical_name(written) == written


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王xq", "王" + MISSING),
        ("王(女介)", "王" + MISSING),
        ("王（女介）英", "王" + MISSING + "英"),
        ("陈小[火+华]", "陈小" + MISSING),
        ("陳偉(黨員)", "陈伟"),
        ("陈伟（女）", "陈伟"),
        ("Wang Jie", "Wang Jie"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
    ],
)
def test_spellings(name: str, expected: str) -> None:
    assert canonical_name(name) == expected
