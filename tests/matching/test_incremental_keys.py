"""Blocks brought from night to night are those made anew; whom touched records meet is whom they share a key with."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.arrays import Mask
from matching.blocking import Meeting, Rule, rules_of
from matching.blocks import Blocks
from matching.coding import coded
from matching.engine_spec import BlockingRule
from matching.incremental_keys import capped_keys, partners, rules_tonight, some_keys
from tests.matching.builders import SPEC

RULES = (
    BlockingRule(name="name", columns=("name",), why="test"),
    BlockingRule(name="name_town", columns=("name", "town"), why="test"),
    BlockingRule(name="parts", columns=("town", "parts"), any_of="parts", why="test"),
)
SMALL = SPEC.model_copy(update={"blocking": RULES, "max_block_pairs": 3})
#: Name, town, parts of the name, and whether it is a member's.
ROW = st.tuples(
    st.sampled_from(["a", "b", None]),
    st.sampled_from(["t", "u", None]),
    st.sampled_from(["x", "x|y", "y|z|x", None]),
    st.booleans(),
)
Row = tuple[str | None, str | None, str | None, bool]
NIGHT = st.dictionaries(st.integers(0, 9), ROW, max_size=9)


def table_of(rows: dict[int, Row]) -> tuple[pd.DataFrame, Meeting]:
    ordered = [rows[one] for one in sorted(rows)]
    columns = {name: [row[place] for row in ordered] for place, name in enumerate(("name", "town", "parts"))}
    table = pd.DataFrame({name: coded(pd.Series(values, dtype=object)) for name, values in columns.items()})
    is_member = np.array([row[3] for row in ordered], dtype=bool)
    return table, Meeting(is_member, np.ones(len(ordered), dtype=bool))


def told(rules: list[Rule], meeting: Meeting) -> list[object]:
    """What of the rules somebody can see, whatever numbers their blocks have."""
    ids = np.array([f"{place:02d}" for place in range(len(meeting.is_left))], dtype=object)
    numbers = {name: column.tolist() for name, column in Blocks.of(ids, meeting, rules).columns().items()}
    counts = [(rule.name, rule.n_pairs, rule.n_capped) for rule in rules]
    return [numbers, counts, capped_keys(rules, len(ids)).tolist()]


@given(st.lists(NIGHT, min_size=2, max_size=5), st.data())
@settings(max_examples=50, deadline=None)
def test_brought_from_night_to_night_they_are_those_made_anew(
    nights: list[dict[int, Row]], data: st.DataObject
) -> None:
    before, (table, meeting) = nights[0], table_of(nights[0])
    rules = rules_of(table, meeting, SMALL)
    for rows in nights[1:]:
        places = {one: place for place, one in enumerate(sorted(before))}
        was_at = np.array([places.get(one, -1) for one in sorted(rows)], dtype=np.int64)
        # More rows may be read anew than those that changed.
        more = data.draw(st.sets(st.sampled_from(sorted(rows))) if rows else st.just(set()))
        again = np.array([rows[one] != before.get(one) or one in more for one in sorted(rows)], dtype=bool)
        table, meeting = table_of(rows)
        rules = rules_tonight(rules, table, was_at, again, meeting, SMALL)
        assert told(rules, meeting) == told(rules_of(table, meeting, SMALL), meeting)
        before = rows


def test_numbers_of_blocks_do_not_grow_for_ever() -> None:
    rows: dict[int, Row] = dict.fromkeys(range(2), ("a", "t", "x|y", True))
    table, meeting = table_of(rows)
    rules, everybody = rules_of(table, meeting, SMALL), np.ones(2, dtype=bool)
    for _ in range(40):
        rules = rules_tonight(rules, table, np.arange(2), everybody, meeting, SMALL)
    assert max(int(rule.keys.max()) for rule in rules) < 20


def test_partners_are_whom_a_touched_record_may_meet() -> None:
    rows: dict[int, Row] = {
        0: ("a", None, None, True),
        1: ("a", None, None, False),
        2: ("b", None, None, False),
        3: ("b", None, None, True),
        4: ("b", None, None, False),
        5: (None, None, None, True),
    }
    table, meeting = table_of(rows)
    rules = rules_of(table, meeting, SMALL)

    def met(*touched: int) -> list[int]:
        is_touched: Mask = np.isin(np.arange(len(rows)), touched)
        return list(partners(is_touched, meeting.is_left, rules))

    assert met(0) == [0, 1]
    # Two of enterprises do not meet one another, though they have a key in common.
    assert met(2) == [2, 3]
    assert met(3) == [2, 3, 4]
    assert met(5) == [5]
    assert met() == []
    few = some_keys(rules, np.array([2, 3]))
    assert few[0].keys.tolist() == [[0], [0]]
    assert rules[0].keys.shape == (6, 1)
