"""Which mistakes are made, and how often? One table of kinds with their rates; the draw of kinds for rows.

Every kind that changed a row is recorded in truth/persons.csv, so that accuracy can be told per kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from data.synthetic.numbers import Ints

Bools = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Kind:
    """One kind of mistake. group: name, id or phone (at most one of a group a row); rates per row."""

    name: str
    group: str
    roster: float
    register: float


KINDS: tuple[Kind, ...] = (
    Kind("homophone", "name", 0.020, 0.020),
    Kind("lookalike", "name", 0.012, 0.012),
    Kind("variant", "name", 0.015, 0.010),
    Kind("traditional", "name", 0.012, 0.008),
    Kind("rare_lost", "name", 0.300, 0.300),  # of the names with a rare character
    Kind("char_missing", "name", 0.004, 0.004),
    Kind("name_spaced", "name", 0.060, 0.000),  # of the names of two characters
    Kind("id_swapped", "id", 0.010, 0.010),
    Kind("id_wrong_digit", "id", 0.015, 0.015),
    Kind("id_old15", "id", 0.030, 0.015),
    Kind("id_numeric", "id", 0.020, 0.000),  # in workbooks only
    Kind("id_masked", "id", 0.004, 0.010),
    Kind("id_missing", "id", 0.015, 0.080),
    Kind("id_full_width", "id", 0.006, 0.004),
    Kind("id_spaced", "id", 0.006, 0.003),
    Kind("id_lower_x", "id", 0.200, 0.100),  # of the numbers that end in X
    Kind("phone_changed", "phone", 0.060, 0.080),
    Kind("phone_missing", "phone", 0.080, 0.100),
    Kind("phone_agent", "phone", 0.000, 0.030),
    Kind("phone_style", "phone", 0.050, 0.000),
)
#: Mistakes that need their own candidates: the rate is of the rows that can have them.
CONDITIONAL = ("rare_lost", "name_spaced", "id_lower_x")
EMPLOYER_SHORT, EMPLOYER_RENAMED = 0.45, 0.30
#: Recorded by the parts that make them rather than drawn here.
STRUCTURAL = (
    *("employer_short", "employer_renamed", "birth_month_only", "namesake", "family", "stale"),
    *("two_rosters", "floating_double"),
)
HARD_NAME = ("homophone", "lookalike", "variant", "rare_lost", "char_missing")
ID_LOST = ("id_numeric", "id_masked", "id_missing")
ID_WRONG = ("id_swapped", "id_wrong_digit")
GROUPS = ("name", "id", "phone")
NONE = ""


@dataclass
class Drawn:
    """The kind drawn for each row, per group ('' for none)."""

    kinds: dict[str, Objects] = field(default_factory=dict)

    def drop(self, group: str, rows: Bools, kinds: tuple[str, ...] | None = None) -> None:
        """Forget the kinds of a group in some rows (all kinds when none are named)."""
        column = self.kinds[group]
        column[rows if kinds is None else rows & np.isin(column, kinds)] = NONE


def draw(rng: np.random.Generator, n: int, side: str, can: dict[str, Bools]) -> Drawn:
    """Kinds for `n` rows of one side, `roster` or `register`; `can` tells the rows able to have a conditional kind."""
    drawn = Drawn()
    for group in GROUPS:
        column = np.full(n, NONE, dtype=object)
        free = rng.random(n)
        low = 0.0
        for kind in (k for k in KINDS if k.group == group and k.name not in CONDITIONAL):
            rate = kind.roster if side == "roster" else kind.register
            column[(free >= low) & (free < low + rate)] = kind.name
            low += rate
        for kind in (k for k in KINDS if k.group == group and k.name in CONDITIONAL):
            rate = kind.roster if side == "roster" else kind.register
            column[can[kind.name] & (column == NONE) & (rng.random(n) < rate)] = kind.name
        drawn.kinds[group] = column
    return drawn


def keep_recognisable(sides: list[tuple[Drawn, Ints]], n_protected: int) -> None:
    """Take back mistakes that together would leave no clerk a way to recognise a person of a roster.

    `sides`: the draws of each feed with the person of each row; persons below `n_protected` are on a roster.
    Where a person's number is lost in one row, name and phone stay whole in all; where it is wrong, the phone does.
    """
    lost, wrong = np.zeros(n_protected, dtype=bool), np.zeros(n_protected, dtype=bool)
    for drawn, person in sides:
        known = person < n_protected
        for flags, kinds in ((lost, ID_LOST), (wrong, ID_WRONG)):
            flags[person[known & np.isin(drawn.kinds["id"], kinds)]] = True
    for drawn, person in sides:
        safe = np.minimum(person, n_protected - 1)
        is_protected = person < n_protected
        drawn.drop("name", is_protected & lost[safe], HARD_NAME)
        drawn.drop("phone", is_protected & (lost | wrong)[safe])
