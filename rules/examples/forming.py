"""Vectors of forming and of size classes: what their functions give at every bound, and one below it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.contracts.frames import empty_frame
from rules.forming.grouping import by_place, grouped
from rules.forming.hosts import hosts
from rules.forming.run import worth_an_instructor
from rules.params import Params
from rules.rule import CHECK_DAY
from rules.surveys.size_classes import size_classes

#: Industry code and bounds (large, medium, small) of every sector: the rule a second time, beside the TOML.
_BOUNDS: dict[str, dict[str, tuple[int, int, int]]] = {
    "A": {"revenue": (20000, 500, 50)},
    "C": {"staff": (1000, 300, 20), "revenue": (40000, 2000, 300)},
    "E": {"revenue": (80000, 6000, 300), "assets": (80000, 5000, 300)},
    "51": {"staff": (200, 20, 5), "revenue": (40000, 5000, 1000)},
    "52": {"staff": (300, 50, 10), "revenue": (20000, 500, 100)},
    "54": {"staff": (1000, 300, 20), "revenue": (30000, 3000, 200)},
    "59": {"staff": (200, 100, 20), "revenue": (30000, 1000, 100)},
    "60": {"staff": (1000, 300, 20), "revenue": (30000, 2000, 100)},
    "61": {"staff": (300, 100, 10), "revenue": (10000, 2000, 100)},
    "62": {"staff": (300, 100, 10), "revenue": (10000, 2000, 100)},
    "63": {"staff": (2000, 100, 10), "revenue": (100000, 1000, 100)},
    "65": {"staff": (300, 100, 10), "revenue": (10000, 1000, 50)},
    "701": {"revenue": (200000, 1000, 100), "assets": (10000, 5000, 2000)},
    "702": {"staff": (1000, 300, 100), "revenue": (5000, 1000, 500)},
    "L": {"staff": (300, 100, 10), "assets": (120000, 8000, 100)},
    "O": {"staff": (300, 100, 10)},
}
_ENOUGH = 1e9
_CLASSES = ("large", "medium", "small", "micro")


def _measures() -> pd.DataFrame:
    """Every bound, then one below it; the other measures are beyond all bounds."""
    rows = [
        {"industry": code, "staff": _ENOUGH, "revenue": _ENOUGH, "assets": _ENOUGH, measure: float(bound - less)}
        for code, measures in _BOUNDS.items()
        for measure, bounds in measures.items()
        for bound in bounds
        for less in (0, 1)
    ]
    return pd.DataFrame(rows)


_MEASURES = _measures()
#: At a bound its own class, one below it the next lower one.
EXPECTED_SIZES = tuple(
    _CLASSES[place + less] for measures in _BOUNDS.values() for _ in measures for place in range(3) for less in (0, 1)
)


def sizes(params: Params) -> tuple[str, ...]:
    """The class of every row of bounds."""
    return tuple(size_classes(_MEASURES, CHECK_DAY, params)["size_class"])


def covered(params: Params) -> tuple[int, ...]:
    """Members covered where two, and where three, have one formal member each; and of six units where three have."""
    return tuple(_covered(params, formal) for formal in ([1, 1], [1, 1, 1], [1, 1, 1, 0, 0, 0]))


def _covered(params: Params, formal: list[int]) -> int:
    n = len(formal)
    units = pd.DataFrame(
        {
            "n_formal": formal,
            "n_members": np.ones(n, dtype=np.int64),
            "area": "469005",
            "township": "龙楼镇",
            "market": np.full(n, None),
            "village": np.full(n, None),
        }
    )
    return grouped(by_place(units, params.forming)).worth.covered


def room(params: Params) -> int:
    """The free places of a branch of 49 members."""
    branch = {"org_name": "红海村党支部", "org_kind": "village", "unit_name": None, "township": None, "area": "469005"}
    members = pd.DataFrame({"branch": ["红海村党支部"] * 49}, dtype=object)
    nobody = empty_frame(["branch", "entity_id"])
    found = hosts(pd.DataFrame([branch]).astype(object), empty_frame(["market"]), members, nobody, params.forming)
    return int(found["room"].iloc[0])


def instructed(params: Params) -> tuple[str, ...]:
    """Which of two enterprises without members, of 49 and 50 staff, get an instructor."""
    register = pd.DataFrame({"entity_id": ["49", "50"], "staff": [49.0, 50.0], "has_instructor": False})
    none = np.zeros(len(register), dtype=bool)
    least = params.forming.instructor_staff.value
    found = worth_an_instructor(register, none, empty_frame(["entity_id"]), pd.Series(dtype="int64"), least)
    return tuple(found["entity_id"])
