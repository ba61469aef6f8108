"""recordlinkage as its guides use it, on the candidate pairs given: Compare, then ECM on features made binary."""

# mypy: disallow-untyped-calls=False
from __future__ import annotations

import pandas as pd
import recordlinkage

from bench.accuracy_data import AccuracyAnswer, AccuracyInput
from bench.recordlinkage_peer import BINARY, comparison


def link(given: AccuracyInput) -> AccuracyAnswer:
    """Probabilities of the candidate pairs; its guide calls a match what is likelier than not."""
    pairs = pd.MultiIndex.from_arrays([given.left, given.right])
    features = comparison().compute(pairs, given.normalised)
    binary = (features > BINARY).astype(int)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(binary)
    ids = given.normalised["unique_id"].to_numpy(dtype=object)
    score = classifier.prob(binary).reindex(pairs).to_numpy()
    said = {"unique_id_l": ids[given.left], "unique_id_r": ids[given.right], "score": score}
    return AccuracyAnswer(pd.DataFrame(said), 0.5)
