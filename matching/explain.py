"""Why do two records match, in one line? `+姓名(音同)+证件(错一位或换位)-手机`: what speaks for it, what against."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from matching.engine_spec import EngineComparison, EngineSpec


def match_key(pair: Mapping[str, float], spec: EngineSpec) -> str:
    """The key of one pair from its `gamma_*` levels and `mw_*` bars; what is missing on either side is left out.

    The sign is that of the bar, so that the line never contradicts the weight; in brackets how the values relate.
    """
    return "".join(
        _part(comparison, int(pair[f"gamma_{comparison.name}"]), pair[f"mw_{comparison.name}"])
        for comparison in spec.comparisons
    )


def match_keys(pairs: pd.DataFrame, spec: EngineSpec) -> pd.Series:
    """The key of each row of a graded frame; each distinct pattern is worded once."""
    gammas = pairs[[f"gamma_{name}" for name in spec.names()]].to_numpy(dtype=np.int8)
    _, first, which = np.unique(gammas, axis=0, return_index=True, return_inverse=True)
    keys = np.empty(len(first), dtype=object)
    keys[:] = [
        match_key({str(name): value for name, value in pair.items()}, spec)
        for pair in pairs.iloc[first].to_dict("records")
    ]
    return pd.Series(keys[which], index=pairs.index, dtype=object)


def _part(comparison: EngineComparison, level: int, bits: float) -> str:
    if level < 0:
        return ""
    sign = "+" if bits >= 0 else "-"
    word = comparison.levels[level].word
    # "-手机" says it all; "-手机(不同)" would say it twice.
    return f"{sign}{comparison.title}({word})" if word and level > 0 else f"{sign}{comparison.title}"
