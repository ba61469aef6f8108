from __future__ import annotations

import numpy as np
import pandas as pd

from matching.term_frequency import Frequencies, TermFrequency, key_check

NAMES = pd.Series(["陈伟"] * 60 + ["符阿奇"] * 2 + [f"名{i}" for i in range(38)] + [None], dtype=object)


def credit(left: int, right: int, strength: float = 100, floor: float = -99.0) -> float:
    frequency = TermFrequency(NAMES, u_top=0.05, strength=strength)
    return float(frequency.credit(np.array([left]), np.array([right]), floor)[0])


def test_a_rare_name_counts_more_than_a_common_one() -> None:
    assert credit(60, 61) > 0 > credit(0, 1)


def test_a_malus_stops_at_the_floor() -> None:
    assert credit(0, 1, floor=-0.25) == -0.25


def test_different_or_missing_values_get_no_credit() -> None:
    assert credit(0, 60) == 0
    assert credit(100, 100) == 0


def test_in_a_short_list_the_average_weighs_in() -> None:
    assert 0 < credit(60, 61, strength=10_000) < credit(60, 61, strength=100)


KEY = b"0123456789abcdef0123456789abcdef"


def test_values_below_the_floor_are_not_listed_and_count_as_their_mean() -> None:
    found = Frequencies.of(NAMES, floor=5)
    assert dict(found.counts) == {"陈伟": 60}
    assert (found.n_records, found.n_rest_records, found.n_rest_values) == (100, 40, 39)
    assert found.of_values(np.array(["陈伟", "符阿奇", "从未见过"], dtype=object)).tolist() == [60, 40 / 39, 40 / 39]


def test_hashed_counts_say_the_same_and_show_no_value() -> None:
    plain = Frequencies.of(NAMES)
    hashed = plain.hashed(KEY)
    values = np.array(["陈伟", "符阿奇", "名3", "从未见过"], dtype=object)
    assert hashed.of_values(values).tolist() == plain.of_values(values).tolist()
    assert not set(hashed.counts) & set(plain.counts)
    other = plain.hashed(KEY[::-1])
    assert not set(hashed.counts) & set(other.counts)
    assert key_check(KEY) != key_check(KEY[::-1])


def test_given_frequencies_take_the_place_of_the_columns_own() -> None:
    here = pd.Series(["陈伟", "陈伟", "符阿奇", "符阿奇"], dtype=object)
    given = TermFrequency(here, 0.05, 100, Frequencies.of(NAMES))
    there = TermFrequency(NAMES, 0.05, 100)
    for here_at, there_at in ((0, 0), (2, 60)):
        at = np.array([here_at]), np.array([here_at + 1])
        assert given.credit(*at, -99.0) == there.credit(np.array([there_at]), np.array([there_at + 1]), -99.0)


def test_nothing_counted_nothing_credited() -> None:
    nobody = pd.Series([None, None], dtype=object)
    frequency = TermFrequency(nobody, 0.05, 100, Frequencies.of(nobody).hashed(KEY))
    assert frequency.most == 0


def test_what_a_value_earns_does_not_hang_on_what_was_asked_before() -> None:
    hashed = Frequencies.of(NAMES).hashed(KEY)
    at_once, one_by_one = (TermFrequency(NAMES, 0.05, 100, hashed) for _ in range(2))
    rows = np.arange(len(NAMES))
    earned = at_once.credit(rows, rows, -99.0)
    assert [one_by_one.credit(rows[[row]], rows[[row]], -99.0)[0] for row in rows[::-1]] == earned[::-1].tolist()
    assert earned.tolist() == TermFrequency(NAMES, 0.05, 100).credit(rows, rows, -99.0).tolist()
    assert at_once.most == earned.max()
