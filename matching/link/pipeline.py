"""Two tables in, graded pairs out: clean, block, compare, learn, weigh, decide. Pure; row order is no matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from matching.engine import compare_pairs, keep_pairs, make_ready
from matching.explain import match_keys
from matching.link.comparing import Weighed, learn, meeting_of
from matching.link.deciding import Decided, Run, clusters_of, decide
from matching.link.spec import LinkSpec
from matching.link.tables import Tables, prepare_tables
from matching.pair_store import PairStore
from matching.resources import Resources
from matching.results import learned_levels
from matching.scoring import Scorer, bars
from matching.training import Model

#: What stands in `blocking_rule` for a pair that only its group makes a link.
BY_GROUP = "group"
LINK, REVIEW = "link", "review"


@dataclass(frozen=True)
class LinkResult:
    """What was found.

    pairs: links and pairs to review: id_l, id_r, match_weight, match_probability, grade, match_key, blocking_rule,
    gamma_*, mw_*; sorted by both ids. clusters: id and cluster of every row of a deduplicated table, else None.
    n_pairs: candidate pairs compared; link_threshold: in bits, as used; model: what was learned.
    """

    pairs: pd.DataFrame
    clusters: pd.DataFrame | None
    n_pairs: int
    n_pairs_by_rule: dict[str, int]
    n_capped_by_rule: dict[str, int]
    link_threshold: float
    model: dict[str, Any]

    @property
    def links(self) -> pd.DataFrame:
        """id_l and id_r of the links."""
        return self.pairs.loc[self.pairs["grade"] == LINK, ["id_l", "id_r"]]


def link_tables(
    left: pd.DataFrame,
    right: pd.DataFrame | None,
    spec: LinkSpec,
    names: tuple[str, str] = ("LEFT", "RIGHT"),
    resources: Resources | None = None,
) -> LinkResult:
    """Link two tables of text, or find the duplicates of one (`right` None).

    resources: memory and workers; the result is the same for any. Raises TableRefused for a table that does not fit the
    specification, TooManyPairs naming the blocking rule.
    """
    resources = resources or Resources()
    tables = [left] if right is None else [left, right]
    return link_prepared(prepare_tables(tables, spec, names, resources.executor), spec, resources)


def link_prepared(tables: Tables, spec: LinkSpec, resources: Resources) -> LinkResult:
    """The same from the prepared tables: whoever needs the texts no more has let go of them. Raises TooManyPairs."""
    meeting = meeting_of(tables)
    rules, vectors = make_ready(tables.columns, meeting, spec, resources.executor)
    # What the texts were taken apart in is free now, and the pairs that come are not Arrow's.
    pa.default_memory_pool().release_unused()
    with PairStore(resources) as store:
        compared = compare_pairs(rules, meeting, vectors, store, resources)
        model = learn(compared, vectors, tables, spec)
        scorer = Scorer(model, tables.columns, spec)
        kept, expected_links = keep_pairs(compared, scorer, spec.review_threshold, resources)
    scores = scorer.score(kept.left, kept.right, kept.patterns)
    run = Run(tables, spec, rules, vectors, scorer)
    decided = decide(Weighed(kept, scores, expected_links), run)
    return LinkResult(
        _frame(decided, run, model),
        None if decided.group is None else clusters_of(decided.group, tables),
        compared.n_pairs,
        {rule.name: int(n) for rule, n in zip(rules, compared.n_by_rule, strict=True)},
        {rule.name: rule.n_capped for rule in rules},
        decided.threshold,
        {
            "spec": spec.digest,
            "probability_two_random_records_match": model.probability_two_random_records_match,
            "prior_bits": model.prior_bits,
            "comparisons": learned_levels(model, spec),
        },
    )


def _frame(decided: Decided, run: Run, model: Model) -> pd.DataFrame:
    """Links, and what an analyst should look at."""
    kept = np.flatnonzero(decided.is_link | (decided.scores.match_weight >= run.spec.review_threshold))
    kept = kept[np.lexsort((decided.pairs.right[kept], decided.pairs.left[kept]))]
    rules = np.array([*(rule.name for rule in run.spec.blocking), BY_GROUP], dtype=object)
    weights = bars(decided.pairs.patterns, kept, decided.scores, model, run.spec)
    head = pd.DataFrame(
        {
            "id_l": run.tables.ids_at(decided.pairs.left[kept]),
            "id_r": run.tables.ids_at(decided.pairs.right[kept]),
            "match_weight": weights.pop("match_weight"),
            "match_probability": weights.pop("match_probability"),
            "grade": np.where(decided.is_link[kept], LINK, REVIEW).astype(object),
            "match_key": match_keys(weights, run.spec),
            "blocking_rule": rules[decided.pairs.rule[kept]],
        }
    )
    return pd.concat([head, weights], axis=1)
