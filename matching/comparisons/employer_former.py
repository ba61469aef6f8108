"""Which employer texts state a former name beside the present one? Few; their characters rule out the others."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from matching.arrays import Mask
from matching.enterprise_names import former_name, normalise_text
from matching.texts import Codes32, all_of, points_of

#: Every way to state a former name (原, 曾用名, 前身, 更名前) has one of them.
_SIGNS = "原曾前更"


def former_names(texts: pa.LargeStringArray) -> tuple[Codes32, list[str]]:
    """Position of the former name of each text behind the texts themselves (-1: none), and these names."""
    rows = np.flatnonzero(_may_state(texts))
    told = [former_name(text) for text in texts.take(pa.array(rows)).to_pylist()]
    stated = [name for name in told if name is not None]
    position = np.full(len(texts), -1, dtype=np.int32)
    position[rows[np.array([name is not None for name in told], dtype=bool)]] = len(texts) + np.arange(len(stated))
    return position, stated


def _may_state(texts: pa.LargeStringArray) -> Mask:
    points = points_of(texts)
    tells = np.zeros(int(points.points.max(initial=0)) + 1, dtype=bool)
    for point in points.distinct():
        tells[point] = any(character in _SIGNS for character in normalise_text(chr(point)))
    return ~all_of(points, ~tells[points.points])
