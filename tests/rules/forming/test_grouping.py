"""The grouping of units: rules of a joint branch, and three methods of which the proof is never beaten."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.forming.cores import cores
from rules.forming.exact import best_grouping
from rules.forming.greedy import nearest_first
from rules.forming.grouping import by_place, by_trade, grouped
from rules.forming.instance import NOWHERE, Instance, Ints, Worth
from rules.forming.local_search import improved
from rules.params import load_params
from tests.county import AS_OF

LIMITS = load_params(AS_OF).forming
_CORES = {(3, 5): {(0, 1, 1), (0, 0, 2), (0, 3, 0)}, (2, 5): {(0, 2)}, (3, 2): {(0, 1, 1), (0, 0, 2)}}


def instance(*units: tuple[int, int, int, int, int]) -> Instance:
    """Units as (formal, members, market, village, township); -1 is none."""
    rows = np.array(units, dtype=np.int64).reshape(-1, 5)
    pools = np.where(rows[:, 2:] < 0, NOWHERE, rows[:, 2:] + [0, 10, 20])
    return Instance(rows[:, 0], rows[:, 1], pools, 3, 5)


UNITS = st.tuples(st.sampled_from([0, 1, 1, 1, 2]), st.integers(0, 1), st.integers(-1, 1), st.integers(-1, 1)).map(
    lambda unit: (unit[0], max(unit[0], 1) + unit[1], unit[2], unit[3], 0)
)
COUNTIES = st.lists(
    st.tuples(UNITS, st.integers(0, 2)).map(lambda pair: (*pair[0][:2], -1, pair[0][3], pair[1])), max_size=30
)


@pytest.mark.parametrize(("limits", "expected"), _CORES.items())
def test_cores_are_the_minimal_sums(limits: tuple[int, int], expected: set[tuple[int, ...]]) -> None:
    assert set(cores(*limits)) == expected


@pytest.mark.parametrize(
    ("units", "n_branches"),
    [
        ([(1, 1, -1, -1, 0)] * 3, 1),
        ([(1, 1, -1, -1, 0)] * 2, 0),
        ([(2, 2, -1, -1, 0), (1, 1, -1, -1, 0)], 1),
        ([(2, 6, -1, -1, 0), (0, 1, -1, -1, 0)], 0),
        ([(1, 1, -1, -1, 0)] * 2 + [(1, 1, -1, -1, 1)], 0),
        ([(1, 1, -1, -1, -1)] * 3, 0),
        ([(1, 1, -1, -1, 0)] * 6, 2),
        ([(1, 1, -1, -1, 0)] * 5, 1),
    ],
)
def test_when_a_joint_branch_is_possible(units: list[tuple[int, int, int, int, int]], n_branches: int) -> None:
    for method in ("exact", "local_search", "greedy"):
        assert -grouped(instance(*units), method).worth.fewness == n_branches


def test_the_nearest_comes_first_and_places_are_filled() -> None:
    market, village = [(1, 1, 0, -1, 0)] * 3, [(1, 1, -1, 0, 0)] * 3
    found = grouped(instance(*market, *village, (0, 1, -1, -1, 0)))
    assert found.worth == Worth(covered=7, nearness=-(0 * 3 + 2 * 4), fewness=-2)
    assert found.is_proven
    assert found.gap == 0


def test_the_proof_finds_what_greedy_misses() -> None:
    # The market takes three single members and leaves the pair of the village without a third.
    units = [(1, 1, 0, -1, 0)] * 4 + [(2, 2, -1, 0, 0)] * 1
    best, quick = grouped(instance(*units)).worth, grouped(instance(*units), "greedy").worth
    assert best.covered == 6
    assert quick.covered == 4


def brute_force(county: Instance) -> Worth:
    """The best worth by trying every set of units."""

    @lru_cache(None)
    def best(left: tuple[int, ...]) -> tuple[int, int, int]:
        if not left:
            return (0, 0, 0)
        unit, rest = left[0], left[1:]
        found = best(rest)
        for size in range(1, county.max_units):
            for others in combinations(rest, size):
                rows = np.array((unit, *others))
                if county.is_branch(rows):
                    below = best(tuple(row for row in rest if row not in others))
                    n = int(county.members[rows].sum())
                    found = max(found, (below[0] + n, below[1] - n * county.level_of(rows), below[2] - 1))
        return found

    return Worth(*best(tuple(range(len(county)))))


@settings(max_examples=25)
@given(st.lists(UNITS, max_size=8))
def test_the_proof_is_the_best_of_all_groupings(units: list[tuple[int, int, int, int, int]]) -> None:
    county = instance(*units)
    assert grouped(county).worth == brute_force(county)


@settings(max_examples=25)
@given(COUNTIES)
def test_greedy_never_beats_local_search_nor_that_the_proof(units: list[tuple[int, int, int, int, int]]) -> None:
    county = instance(*units)
    greedy = nearest_first(county)
    better = improved(county, greedy)
    for group in (greedy, better, grouped(county).group):
        check(county, group)
    assert county.worth(greedy) <= county.worth(better) <= grouped(county).worth


def check(county: Instance, group: Ints) -> None:
    """Every group is a branch: two to five units of one place with three formal members; a unit is in at most one."""
    assert len(group) == len(county)
    for number in set(group[group != NOWHERE].tolist()):
        assert county.is_branch(np.flatnonzero(group == number))


def test_out_of_time_falls_back_on_the_local_search() -> None:
    county = instance(*[(1, 1, -1, n % 2, 0) for n in range(40)])
    part = best_grouping(county, 0.0, nowhere(county))
    assert part is None or not part.is_proven or part.gap == 0
    found = grouped(county, seconds=0.0)
    check(county, found.group)
    assert found.worth >= county.worth(improved(county, nearest_first(county)))


@settings(max_examples=25)
@given(COUNTIES)
def test_a_good_start_changes_nothing_of_the_proof(units: list[tuple[int, int, int, int, int]]) -> None:
    county = instance(*units)
    started, alone = (best_grouping(county, 10.0, start) for start in (nearest_first(county), nowhere(county)))
    assert started is not None
    assert alone is not None
    assert started.group.tolist() == alone.group.tolist()
    assert (started.is_proven, alone.is_proven) == (True, True)


def nowhere(county: Instance) -> Ints:
    """No unit in any group."""
    return np.full(len(county), NOWHERE, dtype=np.int64)


def test_pools_come_from_the_places() -> None:
    units = pd.DataFrame(
        {
            "area": ["469005"] * 3,
            "township": ["龙楼镇", "龙楼镇", None],
            "market": ["红海市场", None, "红海市场"],
            "village": [None, "红海村", "红海村"],
            "section": ["F", "F", None],
            "n_formal": [1, 1, 1],
            "n_members": [1, 2, 1],
        }
    )
    place = by_place(units, LIMITS)
    assert (place.pools != NOWHERE).tolist() == [[True, False, True], [False, True, True], [False] * 3]
    assert place.pools[0, 2] == place.pools[1, 2]
    assert (by_trade(units, LIMITS).pools[:, 0] != NOWHERE).tolist() == [True, True, False]
    assert (place.min_formal, place.max_units) == (3, 5)
