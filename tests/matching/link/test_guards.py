"""Guards of a specification: what may never be a link, whatever it weighs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.errors import ConfigError
from matching.link.guards import forbidden
from matching.link.pipeline import LinkResult, link_tables
from matching.link.spec import LinkSpec
from matching.link.spec_file import SpecFile
from tests.matching.link.builders import shipped, spec, table

TWINS: dict[str, Any] = {"why": "twins", "exactly": {"born": "exact"}, "at_most": {"name": "different"}}
PEOPLE = table(
    record_id=["a1", "a2", "b1", "b2"],
    name=["陈伟明", "陈伟明", "陈伟强", "陈伟强"],
    id_no=["460022190001010010", "460022190001010010", "460022190001010037", "460022190001010037"],
    sex=["男"] * 4,
    birth=["1900-01-01"] * 4,
    mobile=["13700000001"] * 4,
    area=["469005"] * 4,
    township=["龙楼镇"] * 4,
    home=["龙楼镇好圣村51号"] * 4,
    employer=["文昌龙楼阿奇小吃店"] * 4,
    join_on=[None] * 4,
)


def guarded_spec(*guards: dict[str, Any], **changes: object) -> LinkSpec:
    return spec(never_link_when=list(guards), **changes)


def test_levels_and_exceptions() -> None:
    declared = guarded_spec(
        {**TWINS, "unless": {"name": "alike_0.8"}}, TWINS | {"at_most": {}, "exactly": {"born": "same_year"}}
    )
    levels = np.array([[0, 5], [0, 1], [1, 5], [-1, 5], [0, -1]], dtype=np.int8)
    assert forbidden(levels, declared).tolist() == [True, True, False, False, False]
    assert not forbidden(levels, spec()).any()


def links(result: LinkResult) -> set[tuple[str, str]]:
    return set(result.links.itertuples(index=False, name=None))


def test_twins_stay_two_people_and_bars_still_sum() -> None:
    with_guards = shipped("chinese_persons")
    without = with_guards.model_copy(update={"never_link_when": (), "link_threshold": 0.0})
    free = link_tables(PEOPLE, None, without)
    held = link_tables(PEOPLE, None, with_guards.model_copy(update={"link_threshold": 0.0}))
    assert ("a1", "b1") in links(free)
    assert links(held) == {("a1", "a2"), ("b1", "b2")}
    bars = held.pairs.filter(regex="^mw_")
    assert (bars.sum(axis=1) == held.pairs["match_weight"]).all()
    assert held.pairs["match_weight"].min() > -1000


def test_a_guard_holds_between_two_tables() -> None:
    left = table(id=["l1"], name=["smith"], born=["1900-01-01"])
    right = table(id=["r1"], name=["smith"], born=["1950-05-05"])
    open_spec = spec(decision={"link_threshold": -50.0, "review_threshold": -50.0})
    apart: dict[str, Any] = {"why": "another birth", "exactly": {"born": "different"}}
    closed = guarded_spec(apart, decision={"link_threshold": -50.0, "review_threshold": -50.0})
    assert link_tables(left, right, open_spec).pairs["grade"].tolist() == ["link"]
    found = link_tables(left, right, closed).pairs
    assert found["grade"].tolist() == ["review"]


def test_the_threshold_counts_no_forbidden_pair() -> None:
    """`auto` expects as many links as the probabilities promise; those of forbidden pairs promise nothing."""
    rows = [
        (f"{i}{side}", name, born) for i in range(30) for side, name, born in (("x", f"name{i}", f"19{10 + i}-01-01"),)
    ]
    twins = [(f"{i}y", f"other{i}", f"19{10 + i}-01-01") for i in range(30)]
    frame = pd.DataFrame([*rows, *twins], columns=["id", "name", "born"], dtype=object)
    found = link_tables(frame, None, guarded_spec(TWINS, mode="dedupe", blocking=[{"columns": ["born"]}]))
    assert found.links.empty
    assert found.link_threshold >= 0


@pytest.mark.parametrize(
    ("guard", "message"),
    [
        ({"why": "x", "exactly": {"name": "nonsense"}}, "nonsense"),
        ({"why": "x", "exactly": {"nobody": "exact"}}, "nobody"),
        ({"why": "x", "exactly": {"name": "exact"}, "unless": {"born": "half"}}, "half"),
    ],
)
def test_a_guard_that_names_what_is_not_there_is_refused(guard: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        guarded_spec(guard)


def test_a_guard_without_a_condition_is_refused() -> None:
    with pytest.raises(ValueError, match="at_least"):
        SpecFile.model_validate(
            {
                "mode": "link",
                "id": "id",
                "blocking": [{"columns": ["a"]}],
                "comparisons": [{"kind": "exact", "column": "a"}],
                "never_link_when": [{"why": "x", "unless": {"a": "exact"}}],
            }
        )
