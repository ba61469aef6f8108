"""How much more does a rare value say than a common one? 符阿奇 more than 陈伟; counts of records say how much.

Counts come from the run's own records, or frozen from a trained model's file: there values stand as keyed hashes, and
only those that several records share (guard-rails 2 and 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from data.privacy import keyed_hashes
from data.values.coded import Coded
from matching.arrays import Bits, Positions, Small, encode
from matching.weights import round_bits

Texts = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Frequencies:
    """How many records have a value. counts: of listed values; key: the values in `counts` are hashes with this key.

    n_records: records with any value. n_rest_records, n_rest_values: of values not listed; each counts as their mean.
    """

    counts: Mapping[str, int]
    n_records: int
    n_rest_records: int
    n_rest_values: int
    key: bytes | None = None

    @classmethod
    def of(cls, column: pd.Series, floor: int = 1) -> Frequencies:
        """Count the values of a column; those of fewer than `floor` records are not listed."""
        codes, values = encode(column)
        counts = np.bincount(codes[codes >= 0], minlength=len(values))
        # A coded column may know values that none of these records has.
        listed, rest = counts >= max(floor, 1), (counts > 0) & (counts < floor)
        named = {str(value): int(n) for value, n in zip(values[listed], counts[listed], strict=True)}
        return cls(named, int(counts.sum()), int(counts[rest].sum()), int(rest.sum()))

    def hashed(self, key: bytes) -> Frequencies:
        """The same without any value in clear."""
        texts = pd.Series(list(self.counts), dtype=object)
        hashes = keyed_hashes([texts], key).tolist() if len(texts) else []
        return replace(self, counts=dict(sorted(zip(hashes, self.counts.values(), strict=True))), key=key)

    @property
    def fewest(self) -> float:
        """Records of the rarest value."""
        rest = [self.n_rest_records / self.n_rest_values if self.n_rest_values else 1.0]
        return float(min([*rest, *self.counts.values()]))

    def of_values(self, values: Texts) -> Bits:
        """Records of each value."""
        names = pd.Series(values, dtype=object)
        if self.key is not None and len(names):
            names = keyed_hashes([names], self.key)
        rest = self.n_rest_records / self.n_rest_values if self.n_rest_values else 1.0
        found = names.map(self.counts) if len(names) else pd.Series(dtype=np.float64)
        return np.asarray(found.astype(np.float64).fillna(rest), dtype=np.float64)


def key_check(key: bytes) -> str:
    """Tells whether hashes were made with this key, without telling the key."""
    return str(keyed_hashes([pd.Series(["frequencies"], dtype=object)], key).iloc[0])


class TermFrequency:
    """Credit in bits for agreeing on a value of one column, against agreeing on an average one.

    tf = (records with the value + strength x u) / (known records + strength): in a short list every name is rare,
    so the average u weighs in. A common value's malus never takes the level below the next lower one.
    frequencies: from a trained model; the column's own when absent.
    """

    def __init__(
        self, column: pd.Series, u_top: float, strength: float, frequencies: Frequencies | None = None
    ) -> None:
        coded = Coded.of(column)
        self.codes, self._values = coded.codes, coded.values
        self._u_top, self._strength, self._frequencies = u_top, strength, frequencies
        if frequencies is None:
            n_of_value = np.bincount(self.codes[self.codes >= 0], minlength=len(self._values)).astype(np.float64)
            known = self._bits(n_of_value, int(n_of_value.sum()))
        else:
            # Told when somebody asks: hashes of all values would take longer than everything else.
            known = np.full(len(self._values), np.nan)
        self._credit = np.append(known, 0.0)

    @property
    def most(self) -> float:
        """Bits that the rarest value earns, of given frequencies any that there may be; 0 at least, which is what no
        value earns."""
        if self._frequencies is None or not len(self._values):
            return float(self._credit.max())
        fewest = np.array([self._frequencies.fewest])
        return max(0.0, float(self._bits(fewest, self._frequencies.n_records)[0]))

    def credit(self, left: Positions | Small, right: Positions | Small, floor: float) -> Bits:
        """Bits for pairs that agree on the value; at least `floor`."""
        own = self.codes[left]
        shared = np.where(own == self.codes[right], own, -1)
        if self._frequencies is not None:
            asked = np.unique(shared[np.isnan(self._credit[shared])])
            texts = self._values.take(pa.array(asked)).to_numpy(zero_copy_only=False)
            self._credit[asked] = self._bits(self._frequencies.of_values(texts), self._frequencies.n_records)
        return np.asarray(np.maximum(self._credit[shared], floor))

    def _bits(self, n_of_value: Bits, n_records: int) -> Bits:
        tf = (n_of_value + self._strength * self._u_top) / (n_records + self._strength)
        return round_bits(np.log2(self._u_top / tf))
