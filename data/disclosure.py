"""Which counts must be withheld lest a small one be worked out from its neighbours? (requirement P13)

One line at a time: parts, then their total. Tables of the reports and pages of the desk are systems of such lines.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

#: Cells under this many persons are not published (domain rules, requirement P13).
SMALLEST_CELL = 5

Cell = TypeVar("Cell", bound=Hashable)


def protected(line: Sequence[int], mask: Sequence[bool], smallest: int = SMALLEST_CELL) -> list[bool]:
    """The mask of one line (parts, then their total) with more withheld until nothing withheld can be worked out.

    One gap is a subtraction; several gaps that sum to less than `smallest` are nearly one.
    """
    done, last = list(mask), len(line) - 1
    while any(done) and not all(done) and not _is_safe(line, done, smallest):
        # The smallest open part that is not empty loses least; empty parts and the total come last.
        open_cells = [(j == last, line[j] == 0, line[j], j) for j in range(len(line)) if not done[j]]
        done[min(open_cells)[-1]] = True
    return done


def withheld(
    counts: Mapping[Cell, int], lines: Sequence[Sequence[Cell]], smallest: int = SMALLEST_CELL
) -> frozenset[Cell]:
    """The cells to withhold: small ones, and others until every line is safe. A cell may lie on several lines."""
    hidden = {cell for cell, n in counts.items() if 0 < n < smallest}
    n_before = -1
    while len(hidden) != n_before:
        n_before = len(hidden)
        for line in lines:
            mask = protected([counts[cell] for cell in line], [cell in hidden for cell in line], smallest)
            hidden.update(cell for cell, is_hidden in zip(line, mask, strict=True) if is_hidden)
    return frozenset(hidden)


def _is_safe(line: Sequence[int], mask: Sequence[bool], smallest: int) -> bool:
    n_hidden = sum(n for n, is_hidden in zip(line[:-1], mask[:-1], strict=True) if is_hidden)
    return sum(mask) >= 2 and not (not mask[-1] and n_hidden < smallest)
