"""How alike are two Chinese personal names? Exact, variant, sound- or look-alike, a character off, different."""

from __future__ import annotations

import pandas as pd

from matching.arrays import Levels, Positions
from matching.comparisons import name_plain
from matching.comparisons.base import LevelComparison
from matching.comparisons.name_forms import NameLevel
from matching.comparisons.name_layout import Names, lay_out
from matching.kernels import are_compiled

__all__ = ["NameComparison", "NameLevel"]


class NameComparison(LevelComparison[Names]):
    """Levels of two names as written.

    exact: equal, every character readable. variant: equal once traditional and variant characters, separators and
    spellings in pinyin are put in standard form. former_name: one is what the other says it was (曾用名). swapped: two
    neighbours have changed places, or the surname stands last. same_reading: at each position the characters share one
    of their readings. look_alike: one character is a look-alike of the other (`glyphs`). unreadable: a character is
    `?`, □, * or written by its parts, all others agree. near_reading: at each position one that southern speakers do
    not tell apart, a look-alike or an unreadable one. one_missing: one character missing or inserted. same_part: one
    differs, and the two have a part in common (怡 恰). one_of_many: one of three or more differs.
    """

    LEVELS = NameLevel
    EFFORT = 4

    def prepare(self, *columns: pd.Series) -> Names:
        """Distinct names in canonical characters, laid out for the kernel."""
        return lay_out(columns[0])

    def levels(self, prepared: Names, left: Positions, right: Positions) -> Levels:
        """Pair by pair where kernels are compiled; else each distinct pair once."""
        if not are_compiled():
            return name_plain.name_levels(prepared, left, right)
        from matching.kernels.compiler import rows32
        from matching.kernels.names import name_levels

        table = prepared.table
        return name_levels(
            prepared.words,
            prepared.starts,
            prepared.names,
            prepared.forms,
            table.signs,
            table.readings,
            table.near_readings,
            *table.neighbours,
            table.parts,
            table.missing,
            rows32(left),
            rows32(right),
        )
