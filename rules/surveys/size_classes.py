"""How large is an enterprise by statistics? 工信部联企业〔2011〕300号 over columns; what is missing is not guessed.

The class is the lowest that staff, revenue or assets give. A missing measure may still leave the class certain (nine
people in a restaurant are micro whatever it earns); otherwise it is unknown, with the highest class still possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from rules.params import Params
from rules.params.sizes import Cuts, Sector
from rules.surveys.industries import UNKNOWN_INDUSTRY, Industry, edition, read_industry


class SizeClass(StrEnum):
    """Statistical size; `excluded`: the rule does not cover the industry; `unknown`: what is known does not decide."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"


#: By level, lowest first.
_LEVELS = (SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE)
_TOP = len(_LEVELS) - 1
_MEASURES = ("staff", "revenue", "assets")
Levels = npt.NDArray[np.int64]


def size_classes(measures: pd.DataFrame, as_of: date, params: Params) -> pd.DataFrame:
    """Columns `section` (letter or None), `size_class` (SizeClass), `at_most` (the highest class still possible, None
    where nothing is known) and `size_version`; index of `measures`.

    measures: industry (text or None), staff (persons), revenue and assets (ten thousand yuan), floats with NaN for
    unknown. Where the industry leaves several sectors open, the class is given if all of them agree.
    """
    codes, texts = pd.factorize(measures["industry"])
    # Null has the code -1: the last place.
    industries = [*(read_industry(text, edition(as_of)) for text in texts), UNKNOWN_INDUSTRY]
    low, high = _bounds(measures, codes, industries, params)
    names = np.array([str(level) for level in _LEVELS], dtype=object)
    is_open = (low != high).astype(bool)
    is_covered = np.array([bool(one.sectors) for one in industries], dtype=bool)[codes]
    is_stated = np.array([one.section is not None for one in industries], dtype=bool)[codes]
    has_rule = params.sizes is not None
    size = np.where(is_open | ~is_covered, str(SizeClass.UNKNOWN), names[low])
    size = np.where(is_stated & ~is_covered & has_rule, str(SizeClass.EXCLUDED), size).astype(object)
    return pd.DataFrame(
        {
            "section": np.array([one.section for one in industries], dtype=object)[codes],
            "size_class": size,
            "at_most": _where(is_covered & has_rule, names[high]),
            "size_version": np.full(len(measures), f"300-2011/GB4754-{edition(as_of)}" if has_rule else None, object),
        },
        index=measures.index,
    )


def _where(mask: npt.NDArray[np.bool_], values: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    found = values.copy()
    found[~mask] = None
    return found


def _bounds(
    measures: pd.DataFrame, codes: npt.NDArray[np.intp], industries: Sequence[Industry], params: Params
) -> tuple[Levels, Levels]:
    """Lowest and highest level possible for each row, over the sectors that may apply to its industry."""
    low, high = np.full(len(measures), _TOP), np.zeros(len(measures), dtype=np.int64)
    applies = np.zeros(len(measures), dtype=bool)
    for name, sector in (params.sizes.sectors() if params.sizes else {}).items():
        rows = np.array([name in one.sectors for one in industries], dtype=bool)[codes]
        if rows.any():
            below, above = _sector_bounds(sector, measures[rows])
            low[rows], high[rows] = np.minimum(low[rows], below), np.maximum(high[rows], above)
            applies |= rows
    low[~applies], high[~applies] = 0, _TOP
    return low.astype(np.int64), high


def _sector_bounds(sector: Sector, measures: pd.DataFrame) -> tuple[Levels, Levels]:
    high = np.full(len(measures), _TOP)
    is_known = np.ones(len(measures), dtype=bool)
    for name in _MEASURES:
        cuts: Cuts | None = getattr(sector, name)
        if cuts is not None:
            values = measures[name].to_numpy(dtype=float)
            bounds = [cuts.small.value, cuts.medium.value, cuts.large.value]
            level = np.searchsorted(bounds, np.nan_to_num(values, nan=0.0), side="right")
            high = np.where(np.isnan(values), high, np.minimum(high, level))
            is_known &= ~np.isnan(values)
    return np.where(is_known, high, 0).astype(np.int64), high.astype(np.int64)
