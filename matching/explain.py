"""Why do two records match, in one line? `+姓名(音同)+证件(错一位或换位)-手机`: what speaks for it, how, and what against."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from matching.arrays import Levels
from matching.spec import ComparisonSpec, MatchSpec


def match_key(levels: Mapping[str, int], spec: MatchSpec) -> str:
    """The key of one pair from its levels by comparison (`gamma_*` without the prefix); missing ones are not mentioned."""
    return "".join(_part(comparison, levels[comparison.name]) for comparison in spec.comparisons)


def match_keys(pairs: pd.DataFrame, spec: MatchSpec) -> pd.Series:
    """The key of each row of a frame with gamma_* columns; each distinct pattern is worded once."""
    columns = [f"gamma_{name}" for name in spec.names()]
    patterns, which = np.unique(pairs[columns].to_numpy(dtype=np.int8), axis=0, return_inverse=True)
    return pd.Series(_words(patterns, spec)[which], index=pairs.index, dtype=object)


def _words(patterns: Levels, spec: MatchSpec) -> np.ndarray:
    keys = [match_key(dict(zip(spec.names(), pattern.tolist(), strict=True)), spec) for pattern in patterns]
    out = np.empty(len(keys), dtype=object)
    out[:] = keys
    return out


def _part(comparison: ComparisonSpec, level: int) -> str:
    """A level speaks for the match when the model believed it likelier in links than in chance."""
    if level < 0:
        return ""
    chosen = comparison.levels[level]
    sign = "+" if chosen.m >= chosen.u else "-"
    is_plain = level == 0 or not chosen.word
    return f"{sign}{comparison.title}" if is_plain else f"{sign}{comparison.title}({chosen.word})"
