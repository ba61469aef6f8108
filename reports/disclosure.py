"""Which counts may leave the bureau? Small cells are withheld, and others lest they be worked out (P13)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.class_table import class_table, township_table

#: Cells under this many persons are not published (domain rules, requirement P13).
SMALLEST_CELL = 5

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


def statistics(classifications: pd.DataFrame, smallest: int = SMALLEST_CELL) -> pd.DataFrame:
    """The class tables as they may be published: `breakdown`, `row`, `primary_class`, `n` (text), one row a cell.

    `n` is the count, `<5` for a cell of one to four persons, or `*` for a cell withheld so that a neighbour cannot be
    worked out from the totals. Both breakdowns share their totals, so what one withholds there the other does too.
    """
    tables = {"population": class_table(classifications), "township": township_table(classifications)}
    masks = withheld([table.to_numpy() for table in tables.values()], smallest)
    parts = []
    for (breakdown, table), mask in zip(tables.items(), masks, strict=True):
        counts = table.to_numpy()
        shown = np.where(mask, np.where(is_small(counts, smallest), f"<{smallest}", "*"), counts.astype(str))
        rows, classes = np.repeat(table.index, table.shape[1]), np.tile(table.columns, table.shape[0])
        part = {"breakdown": breakdown, "row": rows, "primary_class": classes, "n": shown.ravel()}
        parts.append(pd.DataFrame(part, dtype=object))
    return pd.concat(parts, ignore_index=True)


def is_small(counts: Counts, smallest: int = SMALLEST_CELL) -> Mask:
    """Cells that stand for somebody, but for fewer than `smallest`."""
    return (counts > 0) & (counts < smallest)


def withheld(tables: list[Counts], smallest: int = SMALLEST_CELL, given: Sequence[Mask] = ()) -> list[Mask]:
    """Masks of the cells to withhold lest a small one be worked out; the last row and column of each table are totals,
    and the last row is common. given: cells that another table of the same subjects withholds, one mask a table."""
    masks = [is_small(counts, smallest) for counts in tables]
    for mask, other in zip(masks, given, strict=False):
        mask |= other
    while True:
        n_before = sum(int(mask.sum()) for mask in masks)
        for counts, mask in zip(tables, masks, strict=True):
            for i in range(len(counts)):
                _protect(counts[i], mask[i], smallest)
            for j in range(counts.shape[1]):
                _protect(counts[:, j], mask[:, j], smallest)
        totals = np.logical_or.reduce([mask[-1] for mask in masks])
        for mask in masks:
            mask[-1] = totals
        if sum(int(mask.sum()) for mask in masks) == n_before:
            return masks


def _protect(line: Counts, mask: Mask, smallest: int) -> None:
    """Withhold further cells of one line (parts, then their total) until what is withheld cannot be worked out.

    One gap is a subtraction; several gaps that sum to less than `smallest` are nearly one.
    """
    while mask.any() and not mask.all() and not _is_safe(line, mask, smallest):
        open_cells = np.flatnonzero(~mask)
        # The smallest open part that is not empty loses least; empty parts and the total come last.
        rank = [(j == len(line) - 1, line[j] == 0, int(line[j]), int(j)) for j in open_cells]
        mask[min(rank)[-1]] = True


def _is_safe(line: Counts, mask: Mask, smallest: int) -> bool:
    is_total_open = not mask[-1]
    return bool(mask.sum() >= 2 and not (is_total_open and line[:-1][mask[:-1]].sum() < smallest))
