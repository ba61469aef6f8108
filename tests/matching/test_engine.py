"""The same bytes for any number of workers, any size of chunks, any budget of memory, any order of rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import recordlinkage
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.blocking import Meeting, rules_of
from matching.coding import code_columns
from matching.comparisons import COMPARISONS
from matching.engine import ComparedPairs, compare_pairs, keep_pairs
from matching.executor import InLine, Threads
from matching.learning import learn
from matching.link.pipeline import LinkResult, link_tables
from matching.normalise import normalise
from matching.pair_store import PairStore
from matching.pipeline import MatchResult, match_persons
from matching.resources import Resources
from matching.scoring import Scorer
from matching.spec import load_spec
from matching.vectors import Vectors
from tests.matching.builders import ONE_ROW, County, no_judgements, no_persons
from tests.matching.link.builders import febrl, shipped
from tests.matching.resources import Small

SPEC = load_spec()
RECORDS = County(11, 70, 140).build()[0]
NORMALISED = normalise(RECORDS.sort_values("unique_id", ignore_index=True))


def persons(resources: Resources, records: pd.DataFrame = RECORDS) -> MatchResult:
    return match_persons(records, SPEC, no_judgements(), no_persons(), ONE_ROW, None, resources)


WHOLE = persons(Resources())
FEBRL = febrl(1)[0][0]


def same(one: MatchResult, other: MatchResult) -> None:
    for name in ("pairs", "links", "conflicts"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    assert one.model == other.model
    assert pd.DataFrame(one.blocks.columns()).equals(pd.DataFrame(other.blocks.columns()))
    assert (one.n_pairs_by_rule, one.n_capped_by_rule) == (other.n_pairs_by_rule, other.n_capped_by_rule)


@given(n_workers=st.integers(1, 4), pairs=st.integers(150, 900), held=st.integers(0, 900), order=st.randoms())
@settings(max_examples=6, deadline=None)
def test_persons_are_the_same_to_the_byte(n_workers: int, pairs: int, held: int, order: object) -> None:
    rows = list(range(len(RECORDS)))
    order.shuffle(rows)  # type: ignore[attr-defined]
    executor = Threads(n_workers) if n_workers > 1 else InLine()
    found = persons(Small(executor=executor, pairs_at_work=pairs, pairs_held=held), RECORDS.iloc[rows])
    same(found, WHOLE)
    assert len(WHOLE.pairs) > 20


@pytest.mark.parametrize("name", ["febrl1", "febrl4"])
def test_tables_are_the_same_to_the_byte(name: str, tmp_path: Path) -> None:
    tables = (FEBRL, None) if name == "febrl1" else tuple(frame.head(400) for frame in febrl(4)[0])

    def linked(resources: Resources) -> LinkResult:
        return link_tables(*tables, shipped(name), resources=resources)

    whole = linked(Resources())
    for resources in (
        Small(executor=Threads(3), folder=tmp_path, pairs_at_work=50, pairs_held=100),
        Small(pairs_at_work=1000, pairs_held=10**6),
    ):
        found = linked(resources)
        pd.testing.assert_frame_equal(found.pairs, whole.pairs, check_exact=True)
        assert (found.link_threshold, found.model) == (whole.link_threshold, whole.model)
        assert found.n_pairs_by_rule == whole.n_pairs_by_rule
    assert list(tmp_path.iterdir()) == []
    assert len(whole.pairs) > 20


def compared(
    store: PairStore, resources: Resources, normalised: pd.DataFrame = NORMALISED
) -> tuple[ComparedPairs, Vectors]:
    coded, meeting = code_columns(normalised, SPEC), Meeting.of_persons(normalised)
    vectors = Vectors(coded, SPEC)
    return compare_pairs(rules_of(coded, meeting, SPEC), meeting, vectors, store, resources), vectors


def test_engine_and_toolkit_give_the_same_levels() -> None:
    records = County(12, 400, 900).build()[0]
    normalised = normalise(records.sort_values("unique_id", ignore_index=True))
    with PairStore(Small()) as store:
        pairs = compared(store, Small(pairs_at_work=64), normalised)[0].every()
    compare = recordlinkage.Compare(
        [COMPARISONS[c.kind](list(c.columns), list(c.columns), label=c.name) for c in SPEC.comparisons],
        indexing_type="position",
    )
    table = compare.compute(pd.MultiIndex.from_arrays([pairs.left, pairs.right]), normalised)
    assert (table.to_numpy() == pairs.patterns.levels[pairs.patterns.of_pair]).all()
    assert len(pairs.left) > 300


def test_what_is_dropped_early_would_have_been_dropped_late() -> None:
    resources = Small(pairs_at_work=64)
    with PairStore(resources) as store:
        found, vectors = compared(store, resources)
        every = found.every()
        scorer = Scorer(learn(found.counts, vectors, NORMALISED, SPEC), NORMALISED, SPEC)
        kept, expected = keep_pairs(found, scorer, SPEC.review_threshold, resources)
    weight = scorer.score(every.left, every.right, every.patterns).match_weight
    heavy = np.flatnonzero(weight >= SPEC.review_threshold)
    assert kept.left.tolist() == every.left[heavy].tolist()
    assert kept.right.tolist() == every.right[heavy].tolist()
    assert kept.rule.tolist() == every.rule[heavy].tolist()
    assert (scorer.most(every.patterns.levels)[every.patterns.of_pair] >= weight).all()
    assert expected == pytest.approx(float((1 / (1 + np.exp2(-weight))).sum()), rel=0.02)
    assert 0 < len(heavy) < len(weight)
