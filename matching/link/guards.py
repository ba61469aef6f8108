"""Which pairs may never be a link, whatever they weigh? Twins, couples, brothers: as the specification declares."""

from __future__ import annotations

import numpy as np

from matching.arrays import Bits, Levels, Mask
from matching.grading import any_guard
from matching.link.spec import LinkSpec
from matching.scoring import match_probability
from matching.spec import Guard
from matching.vectors import Patterns

#: What a forbidden pair weighs where it is decided: it keeps any two groups apart. The weight told stays as it is.
_NEVER = -1e6


def forbidden(levels: Levels, spec: LinkSpec) -> Mask:
    """Which patterns meet a guard of `never_link_when` and none of its exceptions."""
    out = np.zeros(len(levels), dtype=bool)
    for guard in spec.never_link_when:
        exceptions = tuple(Guard(why=guard.why, at_least={name: level}) for name, level in guard.unless.items())
        out |= any_guard((guard,), levels, spec) & ~any_guard(exceptions, levels, spec)
    return out


def guarded(weight: Bits, patterns: Patterns, spec: LinkSpec) -> Bits:
    """What pairs weigh where they are decided."""
    if not spec.never_link_when:
        return weight
    return np.where(forbidden(patterns.levels, spec)[patterns.of_pair], _NEVER, weight)


def expected_of_guarded(weight: Bits, patterns: Patterns, spec: LinkSpec) -> float:
    """How many links the probabilities of the forbidden pairs promise: they are none."""
    if not spec.never_link_when:
        return 0.0
    return float(match_probability(weight[forbidden(patterns.levels, spec)[patterns.of_pair]]).sum())
