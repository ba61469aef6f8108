from __future__ import annotations

import pandas as pd
import pytest

from matching.link.evaluation import evaluate_links, true_pairs_of_clusters
from matching.link.pipeline import LinkResult
from tests.matching.link.builders import table


def result(links: list[tuple[str, str]], is_one: bool) -> LinkResult:
    pairs = pd.DataFrame(links, columns=["id_l", "id_r"], dtype=object).assign(grade="link")
    review = pd.DataFrame([("x", "y")], columns=["id_l", "id_r"]).assign(grade="review")
    return LinkResult(pd.concat([pairs, review]), table(id=[]) if is_one else None, 0, {}, {}, 0.0, {})


def test_reviews_are_no_links_and_order_counts_only_between_tables() -> None:
    truth = table(id_l=["a", "b", "c"], id_r=["b", "a", "d"])
    two = evaluate_links(result([("a", "b"), ("d", "c")], is_one=False), truth)
    assert (two.precision, two.recall, two.n_true) == (0.5, pytest.approx(1 / 3), 3)
    one = evaluate_links(result([("a", "b"), ("d", "c")], is_one=True), truth)
    assert (one.precision, one.recall, one.f1, one.n_true) == (1.0, 1.0, 1.0, 2)


def test_nothing_said_and_nothing_to_find() -> None:
    nothing = table(id_l=[], id_r=[])
    assert evaluate_links(result([], is_one=False), nothing).f1 == 1.0
    assert evaluate_links(result([("a", "b")], is_one=False), nothing).f1 == 0.0


def test_pairs_of_clusters() -> None:
    clusters = table(id=["1", "2", "3", "a", "b"], cluster=["p", "p", "q", "p", "q"])
    left, right = pd.Series(["1", "2", "3"]), pd.Series(["a", "b"])
    across = true_pairs_of_clusters(clusters, left, right)
    assert across.to_numpy().tolist() == [["1", "a"], ["2", "a"], ["3", "b"]]
    within = true_pairs_of_clusters(clusters, left, None)
    assert within.to_numpy().tolist() == [["1", "2"]]
