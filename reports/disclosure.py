"""Which counts may leave the bureau? Small cells are withheld, and others lest they be worked out (P13)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.disclosure import SMALLEST_CELL, protected
from reports.class_table import class_table, township_table

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
                mask[i] = protected(counts[i].tolist(), mask[i].tolist(), smallest)
            for j in range(counts.shape[1]):
                mask[:, j] = protected(counts[:, j].tolist(), mask[:, j].tolist(), smallest)
        totals = np.logical_or.reduce([mask[-1] for mask in masks])
        for mask in masks:
            mask[-1] = totals
        if sum(int(mask.sum()) for mask in masks) == n_before:
            return masks
