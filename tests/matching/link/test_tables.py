from __future__ import annotations

import pytest

from matching.link.tables import TableRefused, Tables, prepare_tables
from tests.matching.link.builders import spec, table

LEFT = table(id=["2", "1"], name=["Ann ", "无"], born=["1990-01-01", None])
RIGHT = table(id=["1", "7"], Vorname=["ANN", "Bob"], born=["1990-01-01", "x"])
NAMES = ("left.csv", "right.csv")


def told(made: Tables, column: str) -> list[str | None]:
    return made.columns[column].astype(object).where(made.columns[column].notna(), None).tolist()


COLUMNS = [{"name": "name", "right": ["first", "vorname"], "null": ["bob"], "steps": ["strip", "null_words", "lower"]}]


def test_one_frame_ordered_by_side_and_id() -> None:
    made = prepare_tables([LEFT, RIGHT], spec(columns=[{**COLUMNS[0], "left": "name", "null": ["Bob"]}]), NAMES)
    assert made.ids.tolist() == ["1", "2", "1", "7"]
    assert made.n_left == 2
    assert told(made, "name") == [None, "ann", "ann", None]
    assert not made.is_one


def test_joined_columns_are_missing_where_a_part_is() -> None:
    columns = [{"name": "both", "from": ["name", "born"], "steps": ["no_spaces"]}]
    made = prepare_tables([LEFT], spec(columns=columns, blocking=[{"columns": ["both"], "any_of": "both"}]), NAMES)
    assert made.is_one
    assert told(made, "both") == [None, "ann1990-01-01"]


def test_a_row_on_each_side_is_enough() -> None:
    columns = [{**COLUMNS[0], "left": "name"}]
    assert prepare_tables([LEFT.iloc[:1], RIGHT.iloc[:1]], spec(columns=columns), NAMES).ids.tolist() == ["2", "1"]


def test_a_column_may_be_read_twice_and_the_list_of_tables_is_emptied() -> None:
    given = [LEFT.copy()]
    columns = [{"name": "name"}, {"name": "again", "left": "name", "steps": ["first:1"]}]
    made = prepare_tables(given, spec(columns=columns, blocking=[{"columns": ["again", "name"]}]), NAMES)
    assert told(made, "name") == [None, "ann"]
    # Nobody looks at the texts of a column that is only blocked on: which are equal is all that is kept.
    assert made.columns["again"].cat.codes.tolist() == [1, 0]
    assert given == []


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (table(id=[], name=[], born=[]), "表“left.csv”：没有数据行"),
        (table(nr=["1"], name=["a"], born=[None]), "没有列“id”，现有：nr、name、born"),
        (table(id=["1"], name=["a"]), "没有列“born”"),
        (table(id=["1", "1"], name=["a", "b"], born=[None, None]), "编号列“id”有 2 条重复"),
        (table(id=["1", None], name=["a", "b"], born=[None, None]), "第 2 条数据没有编号"),
    ],
)
def test_a_table_that_does_not_fit(left: object, told: str) -> None:
    with pytest.raises(TableRefused, match=told) as caught:
        prepare_tables([left], spec(), NAMES)  # type: ignore[list-item]
    assert caught.value.exit_code == 3
