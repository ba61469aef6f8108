"""Bars as text: the same as bar by bar, and they add up to the weight."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd

from matching.explain import bars_of
from matching.explain_bars import bar_texts
from matching.results import NO_BARS
from matching.spec import load_spec
from tests.matching.builders import SHOP, id_number, match, record

SPEC = load_spec()
MOBILE = "14200000001"


def _pairs() -> pd.DataFrame:
    """One woman's two records: certain. One number under two names: possible, whatever it weighs."""
    his, hers = id_number("1960-02-03", 1), id_number("1962-05-06", 2)
    return match(
        record("a1", name="陈大山", sex="男", id_no=his),
        record("a2", name="王建国", sex="男", id_no=his, mobile=MOBILE, **SHOP),
        record("b1", name="符小梅", sex="女", id_no=hers, mobile=MOBILE, **SHOP),
        record("b2", name="符小梅", sex="女", id_no=hers, mobile=MOBILE, **SHOP),
    ).pairs


def test_bars_are_those_of_each_pair_and_add_up() -> None:
    pairs = _pairs()
    assert len(pairs) > 1
    nothing = {name: np.full(len(pairs), "", dtype=object) for name in SPEC.names()}
    texts = bar_texts(pairs, SPEC, nothing)
    for text, (_, row) in zip(texts, pairs.iterrows(), strict=True):
        found = json.loads(text)
        assert sum(bits for _, _, bits in found) == row["match_weight"]
        assert found[0][0] == "先验"
        wanted = bars_of({**{str(name): value for name, value in row.items()}, "marks": "[]"}, SPEC)
        assert sorted(map(tuple, found)) == sorted((bar.title, bar.word, bar.bits) for bar in wanted)


def test_a_relation_in_words_beats_the_level_s_word() -> None:
    pairs = _pairs().iloc[:1]
    told = {"name": np.array(["曾用名"], dtype=object)}
    found = {title: word for title, word, _ in json.loads(bar_texts(pairs, SPEC, told)[0])}
    assert found["姓名"] == "曾用名"


def test_no_pairs_no_texts() -> None:
    assert bar_texts(_pairs().iloc[:0], SPEC, {}).tolist() == []


def test_only_pairs_that_are_asked_about_carry_them() -> None:
    pairs = _pairs()
    assert set(pairs["grade"]) == {"certain", "possible"}
    for _, pair in pairs.iterrows():
        assert (pair["bars"] == NO_BARS) == (pair["grade"] == "certain")
