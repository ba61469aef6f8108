"""How many words do two texts share, in any order? Same words, one within the other, a share of them, different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array

from matching.arrays import Codes, Levels, Positions, distinct_pairs
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.comparisons.text import Columns, sorted_texts


@dataclass(frozen=True)
class WordSets:
    """Code per record (-1: no word), and per code its words as a row of ones."""

    codes: Codes
    words: csr_array
    n_words: npt.NDArray[np.int64]


class TokenSetComparison(LevelComparison[WordSets]):
    """Words between white space, order and repetition ignored. thresholds: shares of common words among all words.

    exact: the same words. inside: all words of the shorter text are in the longer one.
    """

    def __init__(
        self, left: Columns, right: Columns, thresholds: Sequence[float] = (0.5,), label: str | None = None
    ) -> None:
        super().__init__(left, right, label=label)
        self.thresholds = tuple(sorted(thresholds))

    def level_names(self) -> tuple[str, ...]:
        """different, shared_0.5, inside, exact."""
        return "different", *(f"shared_{threshold:g}" for threshold in self.thresholds), "inside", "exact"

    def prepare(self, *columns: pd.Series) -> WordSets:
        """Each distinct text as a set of words."""
        texts = sorted_texts(columns[0])[0]
        sets = [sorted(set(text.split())) for text in texts.values]
        n_words = np.array([len(words) for words in sets], dtype=np.int64)
        codes, vocabulary = pd.factorize(np.array([word for words in sets for word in words], dtype=object))
        starts = np.concatenate([[0], np.cumsum(n_words)])
        shape = (len(sets), max(len(vocabulary), 1))
        words = csr_array((np.ones(len(codes), dtype=np.int32), codes, starts), shape=shape)  # type: ignore[no-untyped-call]
        known = np.append(n_words > 0, False)[texts.codes]
        return WordSets(np.where(known, texts.codes, -1), words, n_words)

    def levels(self, prepared: WordSets, left: Positions, right: Positions) -> Levels:
        """Each distinct pair of texts once; common words by a product of rows."""
        a, b = prepared.codes[left], prepared.codes[right]
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        both = np.flatnonzero((a >= 0) & (b >= 0))
        low, high, which = distinct_pairs(a[both], b[both])
        common = np.asarray(prepared.words[low].multiply(prepared.words[high]).sum(axis=1)).ravel()
        n_low, n_high = prepared.n_words[low], prepared.n_words[high]
        share = common / np.maximum(n_low + n_high - common, 1)
        best = len(self.level_names()) - 1
        found = np.searchsorted(self.thresholds, share, side="right")
        found[common == np.minimum(n_low, n_high)] = best - 1
        found[(common == n_low) & (common == n_high)] = best
        out[both] = found[which]
        return out
