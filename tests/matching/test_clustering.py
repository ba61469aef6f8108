from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matching import clustering
from matching.arrays import Codes
from matching.clustering import (
    CHAIN,
    DIFFERENT_NUMBERS,
    EVIDENCE_AGAINST,
    NEGATIVE_JUDGEMENT,
    SAME_SOURCE,
    TIE,
    Apart,
    Clusters,
    Edges,
    cluster_all,
    cluster_records,
    components,
)

Pair = tuple[int, int]


def array(values: list[int]) -> Codes:
    return np.array(values, dtype=np.int64)


def cluster(
    n: int,
    edges: list[tuple[int, int, float]],
    apart: list[tuple[int, int, int]] | None = None,
    analyst: tuple[Pair, ...] = (),
    held: tuple[Pair, ...] = (),
) -> Clusters:
    kept_apart = apart or []
    return cluster_records(
        n,
        Edges(
            array([a for a, _, _ in edges]),
            array([b for _, b, _ in edges]),
            np.array([w for _, _, w in edges]),
            np.array([(a, b) in analyst for a, b, _ in edges], dtype=bool),
            np.array([(a, b) in held for a, b, _ in edges], dtype=bool),
        ),
        Apart(
            array([a for a, _, _ in kept_apart]),
            array([b for _, b, _ in kept_apart]),
            array([r for _, _, r in kept_apart]),
        ),
        tie_margin=4.0,
    )


def test_without_contradiction_a_component_is_a_cluster() -> None:
    found = cluster(5, [(0, 1, 9.0), (1, 2, 9.0)])
    assert found.label.tolist() == [0, 0, 0, 3, 4]
    assert not found.left_out.any()


def test_a_path_across_a_negative_judgement_breaks_at_its_weakest_pair() -> None:
    found = cluster(3, [(0, 1, 20.0), (1, 2, 9.0)], apart=[(0, 2, NEGATIVE_JUDGEMENT)])
    assert found.label.tolist() == [0, 0, 2]
    assert found.left_out.tolist() == [0, NEGATIVE_JUDGEMENT]


def test_about_equal_rivals_are_a_tie_and_go_to_review() -> None:
    found = cluster(3, [(0, 2, 20.0), (1, 2, 18.0)], apart=[(0, 1, EVIDENCE_AGAINST)])
    assert found.label.tolist() == [0, 1, 2]
    assert found.left_out.tolist() == [TIE, TIE]


def test_an_enterprise_record_goes_to_the_clearly_better_of_two_rows_of_a_roster() -> None:
    found = cluster(3, [(0, 2, 20.0), (1, 2, 12.0)], apart=[(0, 1, SAME_SOURCE)])
    assert found.label.tolist() == [0, 1, 0]
    assert found.left_out.tolist() == [0, SAME_SOURCE]


def test_what_must_stay_apart_never_meets_through_a_third_record() -> None:
    apart = [(0, 3, DIFFERENT_NUMBERS), (1, 3, DIFFERENT_NUMBERS)]
    found = cluster(4, [(0, 1, 20.0), (1, 2, 9.0), (2, 3, 15.0)], apart=apart)
    assert found.label.tolist() == [0, 0, 2, 2]
    assert found.left_out.tolist() == [0, DIFFERENT_NUMBERS, 0]


def test_of_two_reasons_the_first_is_told() -> None:
    apart = [(0, 2, EVIDENCE_AGAINST), (0, 2, NEGATIVE_JUDGEMENT)]
    assert cluster(3, [(0, 1, 20.0), (1, 2, 9.0)], apart=apart).left_out.tolist() == [0, NEGATIVE_JUDGEMENT]
    assert cluster(3, [(0, 1, 20.0), (1, 2, 9.0)], apart=apart[::-1]).left_out.tolist() == [0, NEGATIVE_JUDGEMENT]


def test_an_analysts_word_comes_first() -> None:
    found = cluster(3, [(0, 2, 50.0), (1, 2, -5.0)], apart=[(0, 1, EVIDENCE_AGAINST)], analyst=((1, 2),))
    assert found.label.tolist() == [0, 1, 1]


def test_an_analyst_joins_what_the_records_part() -> None:
    found = cluster(2, [(0, 1, -9.0)], apart=[(0, 1, EVIDENCE_AGAINST)], analyst=((0, 1),))
    assert found.label.tolist() == [0, 0]


PAIRS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda p: p[0] < p[1]), max_size=14, unique=True
)


@given(PAIRS)
@settings(max_examples=50, deadline=None)
def test_clusters_are_connected_components_when_nothing_forbids(pairs: list[Pair]) -> None:
    found = cluster(9, [(a, b, 10.0) for a, b in pairs])
    graph = coo_array((np.ones(len(pairs)), tuple(array([p[i] for p in pairs]) for i in (0, 1))), shape=(9, 9))
    _, expected = connected_components(graph, directed=False)
    same = found.label[:, None] == found.label[None, :]
    assert (same == (expected[:, None] == expected[None, :])).all()


@given(PAIRS, PAIRS, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_no_cluster_holds_what_must_stay_apart(pairs: list[Pair], negative: list[Pair], random: object) -> None:
    edges = [(a, b, float(random.choice([8, 11, 14, 30]))) for a, b in pairs]  # type: ignore[attr-defined]
    apart = [(a, b, NEGATIVE_JUDGEMENT) for a, b in negative]
    found = cluster(9, edges, apart=apart)
    for a, b in negative:
        assert found.label[a] != found.label[b]
    for (a, b, _), reason in zip(edges, found.left_out, strict=True):
        assert (found.label[a] != found.label[b]) == bool(reason)
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert cluster(9, shuffled, apart=apart).label.tolist() == found.label.tolist()


@pytest.mark.parametrize("n", [0, 3])
def test_no_edges(n: int) -> None:
    none = array([])
    assert components(n, none, none).tolist() == list(range(n))
    assert cluster(n, []).label.tolist() == list(range(n))


def test_a_link_of_last_night_stands_against_a_new_rival_that_is_not_heavier() -> None:
    apart = [(0, 1, SAME_SOURCE)]
    found = cluster(3, [(0, 2, 20.0), (1, 2, 19.0)], apart=apart, held=((0, 2),))
    assert found.left_out.tolist() == [0, TIE]
    assert found.label.tolist() == [0, 1, 0]
    # Heavier, within the margin: nobody can tell; clearly heavier: the newcomer takes the record.
    assert cluster(3, [(0, 2, 20.0), (1, 2, 21.0)], apart=apart, held=((0, 2),)).left_out.tolist() == [TIE, TIE]
    assert cluster(3, [(0, 2, 20.0), (1, 2, 24.0)], apart=apart, held=((0, 2),)).left_out.tolist() == [SAME_SOURCE, 0]
    # Two that both held are as they were without a yesterday.
    both = cluster(3, [(0, 2, 20.0), (1, 2, 19.0)], apart=apart, held=((0, 2), (1, 2)))
    assert both.left_out.tolist() == [TIE, TIE]


def whole(edges: list[tuple[int, int, float]], analyst: tuple[Pair, ...] = ()) -> Clusters:
    n = 1 + max(max(a, b) for a, b, _ in edges)
    no = np.zeros(len(edges), dtype=bool)
    joined = Edges(
        array([a for a, _, _ in edges]),
        array([b for _, b, _ in edges]),
        np.array([w for _, _, w in edges]),
        np.array([(a, b) in analyst for a, b, _ in edges], dtype=bool),
        no,
    )
    none = array([])
    return cluster_all(n, joined, 5.0, 4.0, lambda _: Apart(none, none, none))


def test_an_endless_chain_is_cut_where_it_is_weakest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "MAX_COMPONENT", 4)
    chain = [(i, i + 1, 6.0 if i == 3 else 20.0) for i in range(7)]
    found = whole(chain)
    assert found.left_out.tolist() == [0, 0, 0, CHAIN, 0, 0, 0]
    assert found.label.tolist() == [0, 0, 0, 0, 4, 4, 4, 4]
    # What an analyst joined is never cut.
    assert whole(chain, analyst=tuple((a, b) for a, b, _ in chain)).label.tolist() == [0] * 8
    # A pair that was cut but whose records are together all the same is not left out.
    around = whole([*chain[:3], (0, 3, 5.5), (3, 4, 5.5)])
    assert around.left_out.tolist() == [0, 0, 0, 0, CHAIN]
