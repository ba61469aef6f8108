from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matching.link.blocking as module
from data.errors import TooManyPairs
from matching.link.blocking import pair_chunks, rules_of
from matching.link.spec import LinkSpec
from matching.link.tables import Tables, prepare_tables
from tests.matching.link.builders import spec, table

RULES = [{"columns": ["name"]}, {"columns": ["keys", "born"], "any_of": "keys"}]
KEYS = {"name": "keys", "from": ["name"], "steps": ["deletions"]}
NAME = st.sampled_from(["ab", "abc", "ac", "b", "xyz", None])
ROWS = st.lists(st.tuples(NAME, st.sampled_from(["1", "2", None])), min_size=1, max_size=9)


def tables_of(left: list[tuple[str | None, str | None]], right: list[tuple[str | None, str | None]] | None) -> Tables:
    made = [
        table(id=[str(i) for i in range(len(rows))], name=[a for a, _ in rows], born=[b for _, b in rows])
        for rows in (left, right)
        if rows is not None
    ]
    return prepare_tables(made[0], made[1] if len(made) > 1 else None, rules(), ("l", "r"))


def rules(**model: object) -> LinkSpec:
    return spec(blocking=RULES, columns=[KEYS], model=model)


def wanted(tables: Tables) -> set[tuple[int, int]]:
    frame, n = tables.columns, len(tables.ids)
    found = set()
    for i in range(n):
        for j in range(i + 1, n):
            if not tables.is_one and not i < tables.n_left <= j:
                continue
            name_i, name_j = frame["name"][i], frame["name"][j]
            if name_i is None or name_j is None:
                continue
            share = set(frame["keys"][i].split("|")) & set(frame["keys"][j].split("|"))
            same_day = frame["born"][i] is not None and frame["born"][i] == frame["born"][j]
            if name_i == name_j or (share and same_day):
                found.add((i, j))
    return found


@pytest.mark.parametrize("chunk", [1, 3, 1000])
@given(left=ROWS, right=st.one_of(st.none(), ROWS))
@settings(max_examples=30, deadline=None)
def test_each_pair_once_whatever_the_size_of_the_chunks(
    chunk: int, left: list[tuple[str | None, str | None]], right: list[tuple[str | None, str | None]] | None
) -> None:
    tables = tables_of(left, right)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CHUNK_PAIRS", chunk)
        chunks = list(pair_chunks(rules_of(tables, rules()), tables))
    pairs = [
        (int(a), int(b)) for _, left_rows, right_rows in chunks for a, b in zip(left_rows, right_rows, strict=True)
    ]
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == wanted(tables)


def test_an_oversized_block_is_left_out_and_counted() -> None:
    tables = tables_of([("ab", None)] * 5 + [("xyz", None)] * 2, None)
    made = rules_of(tables, rules(max_block_pairs=9))
    assert (made[0].n_pairs, made[0].n_capped) == (1, 10)


def test_a_rule_over_the_budget_is_named() -> None:
    tables = tables_of([("ab", None)] * 5, None)
    with pytest.raises(TooManyPairs, match="name"):
        rules_of(tables, rules(pair_budget=9))
