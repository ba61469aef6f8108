"""recordlinkage as its guides use it: Index with blocks, Compare, ECMClassifier on binary features.

It is given our normalised columns: its own `clean` empties Chinese text, and its phonetic codes are for Latin letters.
Its guides end with the pairs; persons are the connected components of these.
"""

# mypy: disallow-untyped-calls=False, warn-return-any=False
from __future__ import annotations

import pandas as pd
import recordlinkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bench.answer import Answer, Clock
from bench.inputs import CountyInput
from data.model import MEMBER_SIDE
from matching.normalise import normalise

#: The guide of the classifiers makes features binary above 0.8; its guide of comparing uses 0.85 for Jaro-Winkler.
BINARY, _ALIKE = 0.8, 0.85
#: Two of 18 places: 1 - 2 / 18 is just above.
_TWO_EDITS = 0.88


def link(county: CountyInput) -> Answer:
    """Link the county; the candidate pairs are those of all blocking rules with a member-side record."""
    clock = Clock()
    with clock.step("normalise"):
        records = normalise(county.records)
    with clock.step("block"):
        pairs = candidate_pairs(records, county.blocking)
    with clock.step("compare"):
        features = comparison().compute(pairs, records)
    with clock.step("train"):
        classifier = recordlinkage.ECMClassifier()
        binary = (features > BINARY).astype(int)
        classifier.fit(binary)
    with clock.step("score"):
        probability = classifier.prob(binary).to_numpy()
    left, right = (pairs.get_level_values(side).to_numpy() for side in (0, 1))
    is_match = probability > 0.5
    with clock.step("link"):
        graph = coo_array((is_match[is_match], (left[is_match], right[is_match])), shape=(len(records), len(records)))
        _, person = connected_components(graph, directed=False)
    ids = records["unique_id"].to_numpy(dtype=object)
    said = {"unique_id_l": ids[left], "unique_id_r": ids[right], "match_probability": probability, "is_match": is_match}
    return Answer(len(pairs), clock.steps, pd.DataFrame(said), pd.DataFrame({"unique_id": ids, "person_id": person}))


def candidate_pairs(records: pd.DataFrame, blocking: tuple[tuple[str, ...], ...]) -> pd.MultiIndex:
    """Member-side records with each other and with all others, by position in `records`."""
    index = recordlinkage.Index()
    for columns in blocking:
        index.block(list(columns))
    is_member = records["kind"].isin(MEMBER_SIDE)
    members = records[is_member]
    within = index.index(members)
    across = index.index(members, records[~is_member])
    return within.append(across)


def comparison() -> recordlinkage.Compare:
    """The columns that our model compares."""
    compare = recordlinkage.Compare()
    compare.string("name_key", "name_key", method="jarowinkler", threshold=_ALIKE, label="name")
    compare.exact("name_reading", "name_reading", label="reading")
    compare.string("id_written", "id_written", method="levenshtein", threshold=_TWO_EDITS, label="id_no")
    compare.exact("birth_best", "birth_best", label="birth")
    compare.exact("sex_best", "sex_best", label="sex")
    compare.exact("mobile_own", "mobile_own", label="mobile")
    compare.exact("township_key", "township_key", label="place")
    compare.string("employer", "employer", method="jarowinkler", threshold=_ALIKE, label="employer")
    compare.string("home", "home", method="jarowinkler", threshold=_ALIKE, label="home")
    compare.exact("join_on", "join_on", label="join_on")
    return compare
