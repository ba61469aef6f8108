from __future__ import annotations

import numpy as np
import pandas as pd
import recordlinkage

from matching.comparisons import COMPARISONS
from matching.normalise import normalise
from matching.spec import load_spec
from matching.vectors import Vectors
from tests.matching.builders import County


def test_engine_and_toolkit_give_the_same_levels() -> None:
    records, _ = County(5, 40, 120).build()
    normalised = normalise(records)
    spec = load_spec()
    generator = np.random.default_rng(3)
    left, right = generator.integers(0, len(records), (2, 900))
    patterns = Vectors(normalised, spec).patterns(left, right)
    compare = recordlinkage.Compare(
        [COMPARISONS[c.kind](list(c.columns), list(c.columns), label=c.name) for c in spec.comparisons],
        indexing_type="position",
    )
    table = compare.compute(pd.MultiIndex.from_arrays([left, right]), normalised)
    assert table.columns.tolist() == spec.names()
    assert (table.to_numpy() == patterns.levels[patterns.of_pair]).all()
    assert (patterns.levels[patterns.of_pair].max(axis=0)[:6] > 0).all()


def test_patterns_are_counted() -> None:
    normalised = normalise(County(6, 10, 20).build()[0])
    spec = load_spec()
    positions = np.zeros(4, dtype=np.int64)
    patterns = Vectors(normalised, spec).patterns(positions, positions)
    assert patterns.counts().tolist() == [4]


def test_no_pairs_no_patterns() -> None:
    normalised = normalise(County(6, 10, 20).build()[0])
    none = np.zeros(0, dtype=np.int64)
    patterns = Vectors(normalised, load_spec()).patterns(none, none)
    assert patterns.levels.shape == (0, len(load_spec().comparisons))
    assert len(patterns.counts()) == 0
