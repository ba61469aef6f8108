from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import recordlinkage
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import TooManyPairs
from matching.blocking import ExactBlock, Meeting, Rule, first_rule, pair_maker, rules_of
from matching.link.comparing import meeting_of
from matching.link.spec import LinkSpec
from matching.link.tables import Tables, prepare_tables
from matching.shared_keys import AllKeys
from tests.matching.link.builders import spec, table

RULES = [{"columns": ["name"]}, {"columns": ["keys", "born"], "any_of": "keys"}]
KEYS = {"name": "keys", "from": ["name"], "steps": ["deletions"]}
NAME = st.sampled_from(["ab", "abc", "ac", "b", "xyz", None])
ROWS = st.lists(st.tuples(NAME, st.sampled_from(["1", "2", None])), min_size=1, max_size=9)
Row = tuple[str | None, str | None]


def tables_of(left: list[Row], right: list[Row] | None) -> Tables:
    made = [
        table(id=[str(i) for i in range(len(rows))], name=[a for a, _ in rows], born=[b for _, b in rows])
        for rows in (left, right)
        if rows is not None
    ]
    return prepare_tables([*made], rules(), ("l", "r"))


def rules(**model: object) -> LinkSpec:
    return spec(blocking=RULES, columns=[KEYS], model=model)


def keys_of(found: list[Rule]) -> AllKeys:
    return AllKeys.of([rule.keys for rule in found])


def made_by(tables: Tables, chunk: int) -> list[tuple[int, int, int]]:
    meeting = meeting_of(tables)
    found = rules_of(tables.columns, meeting, rules())
    out = []
    for number in range(len(found)):
        maker = pair_maker(keys_of(found), number, meeting)
        for part in maker.tasks(chunk):
            left, right = maker.pairs(part)
            out += [(number, int(a), int(b)) for a, b in zip(left, right, strict=True)]
    return out


def wanted(rows: list[Row], n_left: int, is_one: bool) -> set[tuple[int, int]]:
    found = set()
    for i in range(len(rows)):
        for j in range(i + 1, len(rows)):
            (name_i, born_i), (name_j, born_j) = rows[i], rows[j]
            if (not is_one and not i < n_left <= j) or name_i is None or name_j is None:
                continue
            if name_i == name_j or (deleted(name_i) & deleted(name_j) and born_i is not None and born_i == born_j):
                found.add((i, j))
    return found


def deleted(name: str) -> set[str]:
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)) if len(name) > 1)}


@pytest.mark.parametrize("chunk", [1, 3, 1000])
@given(left=ROWS, right=st.one_of(st.none(), ROWS))
@settings(max_examples=30, deadline=None)
def test_each_pair_once_whatever_the_size_of_the_chunks(chunk: int, left: list[Row], right: list[Row] | None) -> None:
    tables = tables_of(left, right)
    made = made_by(tables, chunk)
    pairs = [(a, b) for _, a, b in made]
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == wanted(left + (right or []), len(left), right is None)
    assert made == made_by(tables, 1000)


@given(rows=ROWS)
@settings(max_examples=30, deadline=None)
def test_the_first_rule_of_a_pair_is_the_one_that_makes_it(rows: list[Row]) -> None:
    tables = tables_of(rows, None)
    found = rules_of(tables.columns, meeting_of(tables), rules())
    made = {(a, b): number for number, a, b in made_by(tables, 1000)}
    left, right = np.triu_indices(len(rows), k=1)
    told = first_rule(found, left, right)
    assert told.tolist() == [made.get((a, b), 2) for a, b in zip(left.tolist(), right.tolist(), strict=True)]


def test_one_block_larger_than_a_chunk_is_split() -> None:
    tables = tables_of([("ab", None)] * 40, [("ab", None)] * 30)
    meeting = meeting_of(tables)
    maker = pair_maker(keys_of(rules_of(tables.columns, meeting, rules())), 0, meeting)
    parts = [maker.pairs(part) for part in maker.tasks(100)]
    assert [len(left) for left, _ in parts] == [100] * 12
    assert len({(int(a), int(b)) for left, right in parts for a, b in zip(left, right, strict=True)}) == 1200


def test_an_oversized_block_is_left_out_and_counted() -> None:
    tables = tables_of([("ab", None)] * 5 + [("xyz", None)] * 2, None)
    made = rules_of(tables.columns, meeting_of(tables), rules(max_block_pairs=9))
    assert (made[0].n_pairs, made[0].n_capped) == (1, 10)


def test_a_rule_over_the_budget_is_named() -> None:
    tables = tables_of([("ab", None)] * 5, None)
    with pytest.raises(TooManyPairs, match="name"):
        rules_of(tables.columns, meeting_of(tables), rules(pair_budget=9))


@given(left=st.lists(st.tuples(NAME, NAME), min_size=1, max_size=12), right=st.lists(st.tuples(NAME, NAME), min_size=1))
@settings(max_examples=30, deadline=None)
def test_engine_and_toolkit_make_the_same_pairs(left: list[Row], right: list[Row]) -> None:
    a, b = (pd.DataFrame(rows, columns=["x", "y"], dtype=object) for rows in (left, right))
    toolkit = recordlinkage.Index([ExactBlock(["x", "y"])]).index(a, b)
    whole = pd.concat([a, b], ignore_index=True)
    is_left = np.arange(len(whole)) < len(a)
    keys = ExactBlock(["x", "y"]).codes(whole).reshape(-1, 1)
    maker = pair_maker(AllKeys.of([keys]), 0, Meeting(is_left, ~is_left))
    rows, partners = maker.pairs(slice(0, maker.join.n_pairs))
    engine = set(zip(rows.tolist(), (partners - len(a)).tolist(), strict=True))
    assert engine == set(toolkit.to_list())
    assert len(rows) == len(toolkit)


def test_a_rule_may_have_a_cap_of_its_own_and_never_a_higher_one() -> None:
    spec = rules(max_block_pairs=9)
    low, high = (spec.blocking[0].model_copy(update={"max_block_pairs": cap}) for cap in (4, 99))
    assert [spec.block_cap(rule) for rule in (spec.blocking[0], low, high)] == [9, 4, 9]
    tables = tables_of([("ab", None)] * 4 + [("xyz", None)] * 2, None)
    made = rules_of(tables.columns, meeting_of(tables), spec.model_copy(update={"blocking": (low,)}))
    assert (made[0].n_pairs, made[0].n_capped) == (1, 6)
