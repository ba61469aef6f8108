"""Vectors of functions that are no rules but read thresholds: what each must give under a rule set."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rules.examples import forming
from rules.params import Params


class Vector(NamedTuple):
    """What a function gives with the thresholds of a set, and what it must give under every set from `since` on."""

    name: str
    compute: Callable[[Params], object]
    expected: object
    since: str = "RS-2006"


#: Every vector; the tests run them and the mutation of thresholds needs them to break.
VECTORS: tuple[Vector, ...] = (
    Vector("size classes at every bound", forming.sizes, forming.EXPECTED_SIZES, "RS-2016"),
    Vector("forming: members covered", forming.covered, (0, 3, 5)),
    Vector("forming: room of a branch", forming.room, 1),
    Vector("forming: instructors", forming.instructed, ("50",)),
)
