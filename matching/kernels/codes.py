"""Kernels of comparisons that ask whether codes are equal: any value, sex, place."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.arrays import Levels
from matching.kernels.compiler import compiled

Rows = npt.NDArray[np.int32]


@compiled
def settled_levels(codes: Rows, left: Rows, right: Rows) -> Levels:
    """The same of twice the code plus one where something stronger holds the value; both so: missing."""
    out = np.empty(len(left), dtype=np.int8)
    for pair in range(len(left)):
        a, b = codes[left[pair]], codes[right[pair]]
        out[pair] = -1 if (a | b) < 0 or (a & b & 1) else (a >> 1) == (b >> 1)
    return out


@compiled
def place_levels(places: Rows, left: Rows, right: Rows) -> Levels:
    """places: codes of the area and of the township of each record."""
    out = np.empty(len(left), dtype=np.int8)
    for pair in range(len(left)):
        area_a, area_b = places[left[pair], 0], places[right[pair], 0]
        town_a, town_b = places[left[pair], 1], places[right[pair], 1]
        if (area_a | area_b) < 0:
            out[pair] = -1
        elif (town_a | town_b) < 0:
            out[pair] = -1 if area_a == area_b else 0
        elif town_a == town_b:
            out[pair] = 2
        else:
            out[pair] = area_a == area_b
    return out
