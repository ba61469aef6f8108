"""Kernel of employers' names: codes of their parts decide most pairs, the brands' characters the others.

Numbers here are those of `EmployerLevel`; the plain code in `comparisons/employer.py` says the same in arrays.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.arrays import Levels
from matching.kernels.compiler import compiled, inlined

Numbers = npt.NDArray[np.int32]

#: Columns of the table of names. 0 is: not said. START, LENGTH: the brand's characters. HEAD: code, among those of
#: regions, of the county that the brand may begin with. TRADE, MORE_TRADE: kinds of trade as bits.
CORE, PROVINCE, REGION, TOWNSHIP, BRAND, READING, BRANCH, FORM = 0, 1, 2, 3, 4, 5, 6, 7
IS_EMPLOYER, IS_PRIVATE, START, LENGTH, HEAD, HEAD_LENGTH, TRADE, MORE_TRADE = 8, 9, 10, 11, 12, 13, 14, 15
N_COLUMNS = 16
_LONG_ENOUGH = 3
_EQUAL, _SAME_REGION, _REGION_MISSING, _NEAR, _DIFFERENT, _MISSING = 4, 3, 2, 1, 0, -1


@compiled
def employer_levels(
    table: Numbers, points: Numbers, codes: Numbers, former: Numbers, left: Numbers, right: Numbers
) -> Levels:
    """table: a row a name. codes: name of each record, -1 for null. former: former name of each name, -1 for none."""
    out = np.empty(len(left), dtype=np.int8)
    for pair in range(len(left)):
        a, b = codes[left[pair]], codes[right[pair]]
        if a < 0 or b < 0:
            out[pair] = _MISSING
            continue
        level = _level(table, points, a, b)
        if former[a] >= 0:
            level = max(level, _level(table, points, former[a], b))
        if former[b] >= 0:
            level = max(level, _level(table, points, a, former[b]))
            if former[a] >= 0:
                level = max(level, _level(table, points, former[a], former[b]))
        out[pair] = level
    return out


@inlined
def _level(table: Numbers, points: Numbers, a: int, b: int) -> int:
    if table[a, IS_EMPLOYER] == 0 or table[b, IS_EMPLOYER] == 0:
        return _MISSING
    if table[a, CORE] == table[b, CORE]:
        return _EQUAL
    if _wrong(table, a, b, PROVINCE) or _wrong(table, a, b, REGION) or _wrong(table, a, b, TOWNSHIP):
        return _DIFFERENT
    is_kind_right = _same_trade(table, a, b) and not _wrong(table, a, b, FORM)
    if _same(table, a, b, BRAND) and table[a, LENGTH] > 1:
        if not is_kind_right or table[a, BRANCH] != table[b, BRANCH]:
            return _NEAR
        only_province = table[a, REGION] == 0 and table[b, REGION] == 0 and _same(table, a, b, PROVINCE)
        is_stated = _same(table, a, b, REGION) or _same(table, a, b, TOWNSHIP) or only_province
        return _SAME_REGION if is_stated else _REGION_MISSING
    if not is_kind_right or table[a, IS_PRIVATE] == 0 or table[b, IS_PRIVATE] == 0:
        return _DIFFERENT
    if not (_same(table, a, b, READING) or _is_near(points, table[a], table[b])):
        return _DIFFERENT
    is_elsewhere = _is_elsewhere(points, table[a], table[b]) or _is_elsewhere(points, table[b], table[a])
    return _DIFFERENT if is_elsewhere else _NEAR


@inlined
def _same(table: Numbers, a: int, b: int, column: int) -> bool:
    return table[a, column] == table[b, column] and table[a, column] > 0  # type: ignore[no-any-return]


@inlined
def _wrong(table: Numbers, a: int, b: int, column: int) -> bool:
    one, other = table[a, column], table[b, column]
    return one != other and one > 0 and other > 0  # type: ignore[no-any-return]


@inlined
def _same_trade(table: Numbers, a: int, b: int) -> bool:
    """A name that tells no trade agrees with any."""
    if (table[a, TRADE] | table[a, MORE_TRADE]) == 0 or (table[b, TRADE] | table[b, MORE_TRADE]) == 0:
        return True
    return ((table[a, TRADE] & table[b, TRADE]) | (table[a, MORE_TRADE] & table[b, MORE_TRADE])) != 0  # type: ignore[no-any-return]


@inlined
def _is_near(points: Numbers, a: Numbers, b: Numbers) -> bool:
    """One slip apart, both three or more long, or one begins or ends the other."""
    n_a, n_b = a[LENGTH], b[LENGTH]
    n = min(n_a, n_b)
    start, end = 0, 0
    while start < n and points[a[START] + start] == points[b[START] + start]:
        start += 1
    while end < n and points[a[START] + n_a - 1 - end] == points[b[START] + n_b - 1 - end]:
        end += 1
    if start == n or end == n:
        return True
    if n < _LONG_ENOUGH or abs(n_a - n_b) > 1:
        return False
    if n_a != n_b:
        return bool(start + end >= n)
    if start + end == n - 1:
        return True
    one, other = a[START] + start, b[START] + start
    return bool(start + end == n - 2 and points[one] == points[other + 1] and points[one + 1] == points[other])


@inlined
def _is_elsewhere(points: Numbers, a: Numbers, b: Numbers) -> bool:
    """Does a's brand begin with a county's name and end with b's brand, and b state another county?"""
    n = b[LENGTH]
    if a[HEAD] == 0 or b[REGION] == 0 or b[REGION] == a[HEAD] or n < 2 or a[LENGTH] - a[HEAD_LENGTH] < n:
        return False
    for place in range(n):  # noqa: SIM110 - compiled
        if points[a[START] + a[LENGTH] - n + place] != points[b[START] + place]:
            return False
    return True
