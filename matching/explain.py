"""Why do two records match? A line (`+姓名(音同)+证件(换位)-手机`), or bars in bits that sum exactly to the weight."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.arrays import distinct_rows
from matching.engine_spec import EngineComparison, EngineSpec
from matching.weights import round_bits

#: Bars that belong to no comparison of their own.
OTHER_TITLES = {"prior": "先验", "dependence": "同因扣减"}
RARITY_TITLE = "少见"


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, the level that the two values reach (None: prior, rarity), how they relate, and bits.

    relation: as `relations` found it, '' when the level says it all. word: the relation, else the level's word.
    """

    comparison: str
    title: str
    level: str | None
    relation: str
    word: str
    bits: float


def bars_of(pair: Mapping[str, Any], spec: EngineSpec) -> tuple[Bar, ...]:
    """The bars of one row of a graded frame; their bits sum to `match_weight` exactly, in any order.

    Weights that were written with nine decimals come back to their grain here. A bar without bits is left out, unless
    it is of two values that were compared.
    """
    bars = (_bar(str(name).removeprefix("mw_"), pair, spec) for name in pair if str(name).startswith("mw_"))
    return tuple(bar for bar in bars if bar.bits or bar.level)


def _bar(name: str, pair: Mapping[str, Any], spec: EngineSpec) -> Bar:
    bits = float(round_bits(pair[f"mw_{name}"]))
    title = bar_title(name, spec)
    level = int(pair.get(f"gamma_{name}", -1))
    if level < 0:
        return Bar(name, title, None, "", "", bits)
    found = spec.comparisons[spec.names().index(name)].levels[level]
    relation = next((mark[3] for mark in json.loads(pair.get("marks", "[]")) if mark[0] == name), "")
    return Bar(name, title, found.name, relation, relation or found.word, bits)


def bar_title(name: str, spec: EngineSpec) -> str:
    """The title of the bar `mw_<name>`: the comparison's, its rarity's, or that of a bar of no comparison."""
    titles = {comparison.name: comparison.title for comparison in spec.comparisons}
    of = name.removesuffix("_tf")
    if name in titles:
        return titles[name]
    return f"{titles[of]}{RARITY_TITLE}" if of in titles else OTHER_TITLES.get(name, name)


def match_key(pair: Mapping[str, Any], spec: EngineSpec, words: Mapping[str, str] | None = None) -> str:
    """The key of one pair from its `gamma_*` levels and `mw_*` bars; what is missing on either side is left out.

    The sign is that of the bar, so that the line never contradicts the weight; in brackets how the values relate: the
    word given for the comparison, else that of its level.
    """
    told = words or {}
    return "".join(
        _part(comparison, int(pair[f"gamma_{comparison.name}"]), pair[f"mw_{comparison.name}"], told)
        for comparison in spec.comparisons
    )


def match_keys(
    pairs: pd.DataFrame, spec: EngineSpec, words: Mapping[str, npt.NDArray[np.object_]] | None = None
) -> pd.Series:
    """The key of each row of a graded frame; each distinct pattern is worded once.

    words: per comparison a word for each row ('': the level's own), as `explain_values` finds them.
    """
    told = {name: pd.factorize(values) for name, values in (words or {}).items()}
    levels = [pairs[f"gamma_{name}"].to_numpy(dtype=np.int64) + 1 for name in spec.names()]
    which, first = distinct_rows(*levels, *(codes for codes, _ in told.values()))
    distinct = pairs.iloc[first].to_dict("records")
    keys = np.empty(len(first), dtype=object)
    for number, (row, pair) in enumerate(zip(first, distinct, strict=True)):
        said = {name: str(values[codes[row]]) for name, (codes, values) in told.items()}
        keys[number] = match_key({str(name): value for name, value in pair.items()}, spec, said)
    return pd.Series(keys[which], index=pairs.index, dtype=object)


def _part(comparison: EngineComparison, level: int, bits: float, words: Mapping[str, str]) -> str:
    if level < 0:
        return ""
    sign = "+" if bits >= 0 else "-"
    word = words.get(comparison.name) or comparison.levels[level].word
    # "-手机" says it all; "-手机(不同)" would say it twice.
    return f"{sign}{comparison.title}({word})" if word and level > 0 else f"{sign}{comparison.title}"
