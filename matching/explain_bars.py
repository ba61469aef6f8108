"""The bars of many pairs as JSON text, column by column: what the review desk draws, stored at scoring time."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.arrays import distinct_rows
from matching.engine_spec import EngineSpec
from matching.explain import bar_title
from matching.weights import round_bits

_Texts = npt.NDArray[np.object_]


def bar_texts(pairs: pd.DataFrame, spec: EngineSpec, words: Mapping[str, _Texts]) -> _Texts:
    """Per pair a JSON list of [title, word, bits], prior first; bits add up to `match_weight` exactly.

    pairs: rows of a graded frame with its `gamma_*` and `mw_*` columns. words: per comparison how the two values of a
    row relate ('': the level's own word says it). A bar without bits is left out, unless two values were compared.
    """
    names = [str(name).removeprefix("mw_") for name in pairs.columns if str(name).startswith("mw_")]
    texts = np.full(len(pairs), "", dtype=object)
    for name in sorted(names, key=lambda name: name != "prior"):
        texts = texts + _column(name, pairs, spec, words)
    return np.array([f"[{text.rstrip(',')}]" for text in texts], dtype=object)


def _column(name: str, pairs: pd.DataFrame, spec: EngineSpec, words: Mapping[str, _Texts]) -> _Texts:
    """The bars of one column, each with a comma behind; '' where there is none. Each distinct bar is written once."""
    bits = round_bits(pairs[f"mw_{name}"].to_numpy(dtype=np.float64))
    levels = _levels(name, pairs)
    told = words.get(name, np.full(len(pairs), "", dtype=object))
    by_bits, by_word = pd.factorize(bits)[0], pd.factorize(told)[0]
    which, first = distinct_rows(by_bits, levels + 1, by_word)
    distinct = np.array([_text(name, float(bits[n]), int(levels[n]), str(told[n]), spec) for n in first], dtype=object)
    return np.asarray(distinct[which], dtype=object)


def _levels(name: str, pairs: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Levels of a comparison; -1 for what is none (prior, rarity, shared causes)."""
    column = f"gamma_{name}"
    if column in pairs:
        return pairs[column].to_numpy(dtype=np.int64)
    return np.full(len(pairs), -1, dtype=np.int64)


def _text(name: str, bits: float, level: int, told: str, spec: EngineSpec) -> str:
    if level < 0 and not bits:
        return ""
    word = told or (spec.comparisons[spec.names().index(name)].levels[level].word if level >= 0 else "")
    return json.dumps([bar_title(name, spec), word, bits], ensure_ascii=False, separators=(",", ":")) + ","
