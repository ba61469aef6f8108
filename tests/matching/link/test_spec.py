from __future__ import annotations

import numpy as np
import pytest

from data.errors import ConfigError
from matching.link.kinds import KINDS, even_beliefs
from matching.link.spec import shipped_specs, to_bits
from matching.spec import load_spec
from tests.matching.link.builders import shipped, spec

OPTIONS: dict[str, dict[str, object]] = {"number": {"relative": [0.1, 0.01]}}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_levels_with_shares_that_grow_in_weight(kind: str) -> None:
    columns = ["a", "b"][: KINDS[kind].n_columns]
    made = spec(comparisons=[{"kind": kind, "columns": columns, **OPTIONS.get(kind, {})}]).comparisons[0]
    assert tuple(level.name for level in made.levels) == made.feature().level_names()
    m, u = (np.array([getattr(level, part) for level in made.levels]) for part in ("m", "u"))
    assert m.sum() == pytest.approx(1, abs=0.02)
    assert u.sum() == pytest.approx(1, abs=0.02)
    assert np.log2(m[-1] / u[-1]) > 0 > np.log2(m[0] / u[0])


@pytest.mark.parametrize("n_levels", [2, 3, 5, 9])
def test_even_beliefs(n_levels: int) -> None:
    m, u = even_beliefs(n_levels)
    assert len(m) == len(u) == n_levels
    assert sum(m) == pytest.approx(1)
    assert sum(u) == pytest.approx(1)
    assert (np.diff(np.log2(np.array(m) / np.array(u))) > 0).all()


def test_chinese_kinds_start_with_what_the_person_model_believes() -> None:
    made = spec(comparisons=[{"kind": "name", "column": "name"}]).comparisons[0]
    assert made.levels == load_spec().comparison("name").levels


def test_columns_are_declared_or_taken_as_they_are_and_parts_come_first() -> None:
    made = spec(
        columns=[
            {"name": "key", "from": ["both"], "steps": ["first:3"]},
            {"name": "both", "from": ["name", "born"], "steps": []},
            {"name": "name", "left": "Name", "right": ["Vorname", "Rufname"]},
        ],
        comparisons=[
            {"kind": "exact", "column": "key"},
            {"kind": "swapped_pair", "columns": ["name", "born"], "term_frequency": True},
            {"kind": "exact", "column": "town", "term_frequency": True},
        ],
    )
    by_name = {column.name: column for column in made.columns}
    order = [column.name for column in made.columns]
    assert order.index("name") < order.index("both") < order.index("key")
    assert by_name["name"].right == ("Vorname", "Rufname")
    assert by_name["born"].left == ("born",)
    assert by_name["name+born"].parts == ("name", "born")
    assert made.comparisons[1].term_frequency == "name+born"
    assert made.comparisons[2].term_frequency == "town"


def test_columns_that_refer_to_each_other() -> None:
    with pytest.raises(ConfigError, match="互相引用"):
        spec(columns=[{"name": "a", "from": ["b"]}, {"name": "b", "from": ["a"]}])


def test_levels_may_be_said() -> None:
    made = spec(comparisons=[{"kind": "exact", "column": "name", "levels": {"exact": {"u": 0.001}}}])
    assert made.comparisons[0].levels[1].u == 0.001
    with pytest.raises(ConfigError, match="没有级别“equal”"):
        spec(comparisons=[{"kind": "exact", "column": "name", "levels": {"equal": {"u": 0.001}}}])


@pytest.mark.parametrize(
    "changes",
    [
        {"comparisons": [{"kind": "exact", "column": "a"}, {"kind": "date", "column": "a"}]},
        {"blocking": [{"columns": ["a"]}, {"columns": ["a"]}]},
        {"columns": [{"name": "a"}, {"name": "a"}]},
    ],
)
def test_names_stand_once(changes: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="“a”出现两次"):
        spec(**changes)


@pytest.mark.parametrize(
    ("decision", "link", "review"),
    [
        ({}, None, 0.0),
        ({"link_threshold": "auto", "review_threshold": -3.0}, None, -3.0),
        ({"link_threshold": 7.0}, 7.0, 0.0),
        ({"link_threshold": -2.0}, -2.0, -2.0),
        ({"link_probability": 0.8, "review_probability": 0.5}, 2.0, 0.0),
    ],
)
def test_thresholds(decision: dict[str, object], link: float | None, review: float) -> None:
    made = spec(decision=decision)
    assert made.link_threshold == (None if link is None else pytest.approx(link))
    assert made.review_threshold == pytest.approx(review)


def test_review_lies_below_link() -> None:
    with pytest.raises(ConfigError, match="门槛"):
        spec(decision={"link_threshold": 1.0, "review_threshold": 2.0})


def test_bits_of_a_probability() -> None:
    assert to_bits(0.5) == 0
    assert to_bits(0.8) == pytest.approx(2)


def test_the_shipped_specifications_are_complete() -> None:
    assert list(shipped_specs()) == ["chinese_persons", "febrl1", "febrl2", "febrl3", "febrl4"]
    for name in shipped_specs():
        assert shipped(name).mode == ("link" if name == "febrl4" else "dedupe")


CAUSE = {"name": "namesake", "why": "x", "shares": ["name"], "share": 0.00001, "levels": {"born": {"same_year": 0.04}}}


def test_a_shared_cause_has_a_title_and_a_strength() -> None:
    found = spec(shared_causes=[CAUSE]).shared_cause("namesake")
    assert (found.title, found.strength, found.levels) == ("namesake", 200.0, {"born": {"same_year": 0.04}})


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"shares": ["street"]}, "没有比较“street”"),
        ({"levels": {"street": {"same": 0.1}}}, "没有比较“street”"),
        ({"levels": {"born": {"same": 0.1}}}, "没有级别“same”"),
        ({"levels": {"name": {"exact": 0.1}}}, "“name”出现两次"),
    ],
)
def test_a_shared_cause_names_what_is_there(changes: dict[str, object], problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        spec(shared_causes=[{**CAUSE, **changes}])
