"""Which of a source's files need not be accepted anew? What was accepted of some, beside what is accepted of others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.contracts.accept import Accepted
from data.contracts.packed import objects, packed

_FRAMES = ("rows", "rejected", "notes")


def merged(former: Accepted, anew: Accepted | None, files: Sequence[str]) -> Accepted | None:
    """What a source gives whose files are now these, in this order: those of `anew`, and of `former` the others.

    The rows come packed. None where rows alike stand in several files: which of them counts first is then open.
    """
    sides = [former] if anew is None else [former, anew]
    if not all(side.is_apart for side in sides):
        return None
    of_side = {file: number for number, side in enumerate(sides) for file in side.counts}
    frames = {name: _joined([getattr(side, name) for side in sides], of_side, files) for name in _FRAMES}
    if frames["rows"]["unique_id"].duplicated().any():
        return None
    counts = {file: sides[of_side[file]].counts[file] for file in files}
    return Accepted(packed(frames["rows"]), frames["rejected"], frames["notes"], counts, is_apart=True)


def _joined(frames: Sequence[pd.DataFrame], of_side: dict[str, int], files: Sequence[str]) -> pd.DataFrame:
    """The rows of each file from its side, by the order of the files; within a file as they stand."""
    place = pd.Index(files).get_indexer(pd.Index(_both(frames, "source_file")))
    side = np.repeat(np.arange(len(frames)), [len(frame) for frame in frames])
    wanted = np.array([of_side[file] for file in files] + [-1])
    kept = np.flatnonzero((place >= 0) & (wanted[place] == side))
    order = kept[np.argsort(place[kept], kind="stable")]
    return pd.DataFrame({name: _both(frames, name)[order] for name in frames[0].columns}, copy=False)


def _both(frames: Sequence[pd.DataFrame], name: str) -> np.ndarray:
    return np.concatenate([objects(frame[name]) for frame in frames])
