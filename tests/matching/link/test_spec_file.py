from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ConfigError
from data.words import set_language
from matching.link.spec_file import read_spec_file

GOOD = """
mode = "link"
id = "id"
[[blocking]]
columns = ["name"]
[[comparisons]]
kind = "exact"
column = "name"
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.replace('mode = "link"', 'mode = "linking"'), "mode"),
        (GOOD.replace('id = "id"', ""), "id"),
        (GOOD + "weight = 3", "没有这个键：comparisons[1].weight"),
        ("typo = 1\n" + GOOD, "没有这个键：typo"),
        (GOOD.replace('kind = "exact"', 'kind = "fuzzy"'), "comparisons[1]：没有比较方法“fuzzy”"),
        (GOOD + "thresholds = [0.9]", "“exact”没有选项“thresholds”"),
        (GOOD.replace('column = "name"', 'columns = ["a", "b"]'), "“exact”要 1 列"),
        (GOOD.replace('kind = "exact"', 'kind = "number"'), "absolute 或 relative"),
        (GOOD.replace('kind = "exact"', 'kind = "jaro_winkler"\nthresholds = []'), "“thresholds”不能为空"),
        (GOOD.replace('kind = "exact"', 'kind = "jaro_winkler"\nthresholds = [1.5]'), "comparisons[1].thresholds[1]"),
        (GOOD.replace('kind = "exact"', 'kind = "damerau_levenshtein"\ndistances = [0]'), "“distances”要有大于 0 的数"),
        (GOOD + '[[columns]]\nname = "x"\nsteps = ["wash"]', "没有清洗步骤“wash”"),
        (GOOD + '[[columns]]\nname = "x"\nleft = "y"\nfrom = ["z"]', "from 与 left、right 不能同用"),
        (GOOD.replace('columns = ["name"]', 'columns = ["name"]\nany_of = "x"'), "any_of “x”不在 columns 之中"),
        (
            GOOD + "[decision]\nlink_threshold = 5\nlink_probability = 0.9",
            "link_threshold 与 link_probability 只写一个",
        ),
        (GOOD + '[decision]\nlink_threshold = "high"', "decision.link_threshold"),
        (GOOD + "[decision]\nbreak_threshold = 1.0", "break_threshold 只用于"),
        (GOOD.replace('"link"', '"dedupe"') + "[decision]\none_to_one = true", "one_to_one 只用于"),
        (GOOD.replace('[[blocking]]\ncolumns = ["name"]', ""), "缺少 blocking"),
        ("mode = ", "不是正确的 TOML"),
    ],
)
def test_what_is_wrong_is_named(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_spec_file(path)
    assert "my.toml" in str(caught.value)
    assert told in str(caught.value)
    assert caught.value.exit_code == 2


def test_messages_in_english(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text("typo = 1\n" + GOOD, encoding="utf-8")
    set_language("en")
    try:
        with pytest.raises(ConfigError, match="unknown key: typo"):
            read_spec_file(path)
    finally:
        set_language("zh")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"无法读取 none\.toml"):
        read_spec_file(tmp_path / "none.toml")
