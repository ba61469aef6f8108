"""Kernel of addresses: codes of their parts, and the places' spelling where one may begin or end with the other.

Numbers here are those of `AddressLevel`; the plain code in `comparisons/address.py` says the same in arrays.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.arrays import Levels
from matching.kernels.compiler import compiled, inlined

Numbers = npt.NDArray[np.int32]

#: Columns of the table of addresses; 0 is: not said.
COUNTY, TOWNSHIP, PLACE, TEAM, HOUSE, ROOM = 0, 1, 2, 3, 4, 5
_APART, _BEGINS, _ENDS = 0, 1, 2


@compiled
def address_levels(
    table: Numbers, points: Numbers, starts: Numbers, codes: Numbers, left: Numbers, right: Numbers
) -> Levels:
    """table: a row an address; points, starts: letters of each place; codes: address of each record, -1 for null."""
    out = np.empty(len(left), dtype=np.int8)
    for pair in range(len(left)):
        a, b = codes[left[pair]], codes[right[pair]]
        out[pair] = -1 if a < 0 or b < 0 else _level(table, points, starts, a, b)
    return out


@inlined
def _level(table: Numbers, points: Numbers, starts: Numbers, a: int, b: int) -> int:
    if _differ(table, a, b, COUNTY) or _differ(table, a, b, TOWNSHIP):
        return 0
    one, other = table[a, PLACE], table[b, PLACE]
    if one == 0 or other == 0:
        return -1
    covers = _ENDS if one == other else _contained(points, starts, one, other)
    if covers == _APART:
        return 0
    if _differ(table, a, b, TEAM) or _differ(table, a, b, HOUSE) or _differ(table, a, b, ROOM):
        return 1
    same_house = table[a, HOUSE] == table[b, HOUSE] and table[a, HOUSE] > 0 and table[a, ROOM] == table[b, ROOM]
    return 3 if same_house and covers == _ENDS else 2


@inlined
def _differ(table: Numbers, a: int, b: int, column: int) -> bool:
    one, other = table[a, column], table[b, column]
    return one != other and one > 0 and other > 0  # type: ignore[no-any-return]


@inlined
def _contained(points: Numbers, starts: Numbers, one: int, other: int) -> int:
    """Does one place end with the other, or else begin with it?"""
    if starts[one + 1] - starts[one] > starts[other + 1] - starts[other]:
        one, other = other, one
    n = starts[one + 1] - starts[one]
    is_end, is_start = True, True
    for place in range(n):
        letter = points[starts[one] + place]
        is_end = is_end and letter == points[starts[other + 1] - n + place]
        is_start = is_start and letter == points[starts[other] + place]
        if not (is_end or is_start):
            return _APART
    return _ENDS if is_end else _BEGINS
