"""How much more does a rare value say than a common one? 符阿奇 more than 陈伟; the data themselves say how much."""

from __future__ import annotations

import numpy as np
import pandas as pd

from matching.arrays import Bits, Codes, Positions, encode
from matching.training import round_bits


class TermFrequency:
    """Credit in bits for agreeing on a value of one column, against agreeing on an average one.

    tf = (records with the value + strength x u) / (known records + strength): in a short list every name is rare,
    so the average u weighs in. A common value's malus never takes the level below the next lower one.
    """

    def __init__(self, column: pd.Series, u_top: float, strength: float) -> None:
        self.codes, values = encode(column)
        counts = np.bincount(self.codes[self.codes >= 0], minlength=len(values))
        tf = (counts + strength * u_top) / (counts.sum() + strength)
        self._credit = round_bits(np.append(np.log2(u_top / tf), 0.0))

    @property
    def most(self) -> float:
        """Bits that the rarest value earns."""
        return float(self._credit.max())

    def credit(self, left: Positions, right: Positions, floor: float) -> Bits:
        """Bits for pairs that agree on the value; at least `floor`."""
        shared: Codes = np.where(self.codes[left] == self.codes[right], self.codes[left], -1)
        return np.maximum(self._credit[shared], floor)
