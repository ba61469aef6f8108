from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.spec import load_spec
from matching.training import BIT_GRAIN, Model, random_positions, round_bits, sum_of_weights, train
from matching.vectors import Patterns

SPEC = load_spec()
N = len(SPEC.comparisons)
NAME, ID, SEX = (SPEC.names().index(name) for name in ("name", "id_no", "sex"))


def patterns(rows: list[list[int]], counts: list[int]) -> Patterns:
    return Patterns(np.array(rows, dtype=np.int8).reshape(-1, N), np.repeat(np.arange(len(rows)), counts))


def vector(**levels: int) -> list[int]:
    return [levels.get(name, -1) for name in SPEC.names()]


NOTHING = patterns([], [])


def trained(candidates: Patterns, random: Patterns, n_possible: int, n_members: int) -> Model:
    ruled_out = candidates.levels[:, ID] == 0
    return train(candidates, ruled_out, random, n_possible, n_members, SPEC)


def test_without_data_the_beliefs_stand() -> None:
    model = trained(NOTHING, NOTHING, 0, 0)
    for number, comparison in enumerate(SPEC.comparisons):
        believed = np.array([level.m for level in comparison.levels])
        assert model.m[number] == pytest.approx(believed / believed.sum())


def test_a_tiny_list_stays_with_the_beliefs_and_a_county_learns() -> None:
    link = vector(name=11, id_no=7, sex=0)
    other = vector(name=0, id_no=0, sex=0)
    small = trained(patterns([link, other], [30, 1000]), patterns([other], [1000]), 25_000, 50)
    large = trained(patterns([link, other], [8000, 100_000]), patterns([other], [300_000]), 480_000_000, 8000)
    # Every link in this odd county has the sexes apart.
    assert small.m[SEX][0] < 0.2
    assert large.m[SEX][0] > 0.95
    assert large.probability_two_random_records_match == pytest.approx(8000 / 480e6, rel=0.1)


def test_what_a_guard_forbids_teaches_nothing_about_links() -> None:
    # Namesakes with valid numbers of their own who share everything else: a thousand of them, and a hundred links.
    namesakes = vector(name=11, id_no=0, mobile=2, place=2, employer=4)
    link = vector(name=11, id_no=7, mobile=0, place=2, employer=0)
    data = patterns([link, namesakes], [100, 1000])
    model = trained(data, patterns([vector(name=0, id_no=0)], [300_000]), 10**8, 1000)
    # How often a link has two such numbers cannot be seen here: the belief stands.
    assert model.m[ID][0] == pytest.approx(SPEC.comparison("id_no").levels[0].m, rel=0.05)
    assert model.m[SPEC.names().index("mobile")][2] < 0.5


def test_u_of_identity_numbers_is_not_learned_from_the_links_themselves() -> None:
    link = vector(name=11, id_no=7)
    model = trained(patterns([link], [500]), patterns([link, vector(name=0, id_no=0)], [500, 300_000]), 10**6, 500)
    assert model.u[ID][7] == pytest.approx(SPEC.comparison("id_no").levels[7].u, rel=1e-3)


@given(st.lists(st.tuples(*[st.integers(-1, len(c.levels) - 1) for c in SPEC.comparisons]), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_a_higher_level_never_weighs_less(rows: list[tuple[int, ...]]) -> None:
    counts = [37 * (i + 1) for i in range(len(rows))]
    data = patterns([list(row) for row in rows], counts)
    model = trained(data, data, 10**6, 300)
    for table in model.weights:
        assert table[0] == 0
        assert (np.diff(table[1:]) >= 0).all()
        assert (table == round_bits(table)).all()


def test_sum_of_weights_adds_levels_and_skips_missing() -> None:
    model = trained(NOTHING, NOTHING, 0, 0)
    rows = np.array([vector(name=11), vector(), vector(name=11, sex=1)], dtype=np.int8)
    name, sex = model.weights[NAME][12], model.weights[SEX][2]
    assert sum_of_weights(rows, model.weights).tolist() == [name, 0, name + sex]


def test_sums_of_rounded_bits_are_exact_in_any_order() -> None:
    bits = round_bits(np.random.default_rng(1).normal(0, 9, 12))
    assert bits.sum() == bits[::-1].sum() == sum(sorted(bits.tolist()))
    assert (bits / BIT_GRAIN == np.round(bits / BIT_GRAIN)).all()


def test_random_positions_are_seeded_and_never_a_record_with_itself() -> None:
    members = np.array([0, 3])
    left, right = random_positions(5, members, SPEC)
    again, _ = random_positions(5, members, SPEC)
    assert (left == again).all()
    assert (left != right).all()
    assert set(left.tolist()) == {0, 3}
    assert set(right.tolist()) == {0, 1, 2, 3, 4}
    assert len(random_positions(1, np.array([0]), SPEC)[0]) == 0
    assert len(random_positions(3, np.array([], dtype=np.int64), SPEC)[0]) == 0
