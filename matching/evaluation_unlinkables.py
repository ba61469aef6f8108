"""Which member-side records could never be linked? Those too poor to reach the threshold even against themselves.

Needs no truth: it tells how much of a roster any threshold gives up before matching begins.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from data.model import MEMBER_SIDE
from matching.grading import any_guard
from matching.scoring import Scorer
from matching.spec import MatchSpec
from matching.vectors import Vectors


def unlinkables(normalised: pd.DataFrame, vectors: Vectors, scorer: Scorer, spec: MatchSpec) -> dict[str, Any]:
    """Member-side records compared with themselves.

    n_members; n_unlinkable: below the model's link_threshold; n_unguarded: at it, but without the second identifying
    field that `certain_when` asks for; by_source: n_unlinkable + n_unguarded of each source; curve: the number below
    each whole bit, from the poorest record to the richest.
    """
    members = np.flatnonzero(normalised["kind"].isin(MEMBER_SIDE).to_numpy())
    patterns = vectors.patterns(members, members)
    weight = scorer.score(members, members, patterns).match_weight
    is_below = weight < spec.link_threshold
    is_unguarded = ~is_below & ~any_guard(spec.certain_when, patterns.levels, spec)[patterns.of_pair]
    source = normalised["source"].to_numpy(dtype=object)[members]
    by_source = pd.Series(is_below | is_unguarded, dtype="int64").groupby(source).sum().sort_index()
    ordered = np.sort(weight)
    bits = np.arange(np.floor(ordered[0]), np.ceil(ordered[-1]) + 1) if len(ordered) else np.empty(0)
    return {
        "n_members": len(members),
        "n_unlinkable": int(is_below.sum()),
        "n_unguarded": int(is_unguarded.sum()),
        "by_source": {str(name): int(n) for name, n in by_source.items()},
        "curve": [
            {"threshold": float(bit), "n": int(n)} for bit, n in zip(bits, np.searchsorted(ordered, bits), strict=True)
        ],
    }
