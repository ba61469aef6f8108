"""The benchmark of concurrent reviewers: nothing is lost on either engine, and its figures hang together."""

from __future__ import annotations

import pytest

from bench.reviewers import main, measure


def test_nothing_is_lost_while_nights_are_published(store_url: str) -> None:
    found = measure(store_url, 4, 3.0, 300)
    assert found["errors"] == []
    assert found["n_lost"] == 0
    assert found["is_chain_whole"]
    assert found["n_decisions"] >= 4
    assert found["n_published"] >= 1
    assert 0 < found["p50_ms"] <= found["p95_ms"] <= found["max_ms"]


@pytest.mark.parametrize("arguments", [["--n", "0"], ["--seconds", "0"], ["--questions", "0"]])
def test_options_that_make_no_sense(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
