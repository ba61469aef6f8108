"""Independent random streams: one per (seed, area, part), so that neither order nor neighbours change a county."""

from __future__ import annotations

import zlib

import numpy as np


def stream(seed: int, area: str, part: str) -> np.random.Generator:
    """The generator of one part of one county; the same three arguments always give the same numbers."""
    return np.random.default_rng(np.random.SeedSequence([seed, int(area), zlib.crc32(part.encode())]))
