"""No small cell is shown, and none follows from what is shown along any line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.disclosure import SMALLEST_CELL, protected, withheld


@pytest.mark.parametrize(
    ("line", "mask", "expected"),
    [
        ([10, 20, 30], [False, False, False], [False, False, False]),
        ([3, 20, 23], [True, False, False], [True, True, False]),
        ([3, 20, 40, 63], [True, False, False, False], [True, True, False, False]),
        ([1, 2, 40, 43], [True, True, False, False], [True, True, True, False]),
        ([3, 0, 3], [True, False, True], [True, False, True]),
        ([3, 3], [True, True], [True, True]),
    ],
)
def test_one_line(line: list[int], mask: list[bool], expected: list[bool]) -> None:
    assert protected(line, mask) == expected


def _gap(
    line: Sequence[tuple[int, int]], counts: dict[tuple[int, int], int], hidden: frozenset[tuple[int, int]]
) -> int:
    """What a reader works out of one line: the sum of its withheld parts where the total is shown."""
    return sum(counts[cell] for cell in line[:-1] if cell in hidden)


@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(st.integers(0, 12), min_size=n, max_size=n), min_size=2)))
def test_nothing_small_is_shown_or_left_alone(rows: list[list[int]]) -> None:
    wide = [[*row, sum(row)] for row in rows]
    wide.append([sum(row[j] for row in wide) for j in range(len(wide[0]))])
    counts = {(i, j): n for i, row in enumerate(wide) for j, n in enumerate(row)}
    lines = [[(i, j) for j in range(len(wide[0]))] for i in range(len(wide))]
    lines += [[(i, j) for i in range(len(wide))] for j in range(len(wide[0]))]
    hidden = withheld(counts, lines)
    assert all(cell in hidden for cell, n in counts.items() if 0 < n < SMALLEST_CELL)
    for line in lines:
        n_hidden = sum(cell in hidden for cell in line)
        assert n_hidden != 1
        if n_hidden and n_hidden < len(line) and line[-1] not in hidden:
            assert _gap(line, counts, hidden) >= SMALLEST_CELL
