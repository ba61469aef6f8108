"""Which member-side records could never be linked? Those too poor to reach the threshold even against themselves.

Needs no truth: it tells how much of a roster any threshold gives up before matching begins.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from data.model import MEMBER_SIDE
from data.values.coded import Coded
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
    members = np.flatnonzero(Coded.of(normalised["kind"]).are(*MEMBER_SIDE))
    patterns = vectors.patterns(members, members)
    weight = scorer.score(members, members, patterns).match_weight
    is_below = weight < spec.link_threshold
    is_unguarded = ~is_below & ~any_guard(spec.certain_when, patterns.levels, spec)[patterns.of_pair]
    source = Coded.of(normalised["source"]).take(members).used()
    n_of_source = np.bincount(source.codes, is_below | is_unguarded, len(source.values)).astype(np.int64)
    ordered = np.sort(weight)
    bits = np.arange(np.floor(ordered[0]), np.ceil(ordered[-1]) + 1) if len(ordered) else np.empty(0)
    return {
        "n_members": len(members),
        "n_unlinkable": int(is_below.sum()),
        "n_unguarded": int(is_unguarded.sum()),
        "by_source": dict(sorted(zip(source.values.to_pylist(), n_of_source.tolist(), strict=True))),
        "curve": [
            {"threshold": float(bit), "n": int(n)} for bit, n in zip(bits, np.searchsorted(ordered, bits), strict=True)
        ],
    }
