"""What makes a record be compared again, case by case; that nothing else does; and that the result is the full one's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.values.coded import Coded
from matching.coding import coded
from matching.incremental_changes import read_anew, record_hashes, value_hashes
from matching.incremental_compared import Changed
from matching.incremental_memory import Memory, PairList, put_together
from matching.pipeline import MatchResult, match_persons
from matching.training import Model
from tests.matching.builders import ONE_ROW, SPEC, County, frame, judge, no_judgements, no_persons, record

SMALL_BLOCKS = SPEC.model_copy(update={"max_block_pairs": 3})
Rows = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def model() -> Model:
    records, _ = County(3, 60, 60).build()
    return match_persons(records, SPEC, no_judgements(), no_persons(), ONE_ROW).night.model


def night(rows: Rows, model: Model, memory: Memory | None = None, spec: Any = SPEC) -> MatchResult:
    records = frame(*rows.values())
    return match_persons(records, spec, no_judgements(), no_persons(), ONE_ROW, model, None, memory, remembers=True)


def people(n: int = 6) -> Rows:
    """Different people of one name and township, so that they meet."""
    return {
        f"u{i}": record(f"u{i}", name="陈伟明", township="龙楼镇", mobile=f"1380000000{i}", birth=f"190{i}-01-01")
        for i in range(n)
    }


def share_a_mobile(rows: Rows) -> None:
    for name, reading in (("u0", "陈伟明"), ("u1", "王海山"), ("u2", "李芳")):
        rows[name] = record(f"{name}x", name=reading, mobile=rows["u3"]["mobile"])


def share_a_filler(rows: Rows) -> None:
    for name, reading in (("u0", "陈伟明"), ("u1", "王海山"), ("u2", "李芳")):
        rows[name] = record(f"{name}x", name=reading, id_no="1" * 18, id_status="checksum")


def rename_employer(rows: Rows) -> None:
    rows["u0"] = {**rows["u0"], "employer": "文昌龙楼海山商店"}


#: What changes; records added, changed (same id, other words), removed, and unchanged ones compared again.
CASES: list[tuple[str, Callable[[Rows], object], tuple[int, int, int, int]]] = [
    ("nothing", lambda rows: None, (0, 0, 0, 0)),
    ("a row more", lambda rows: rows.update(new=record("new", name="符阿奇", township="铺前镇")), (1, 0, 0, 0)),
    ("a row less", lambda rows: rows.pop("u0"), (0, 0, 1, 0)),
    ("the register renamed an employer", rename_employer, (0, 1, 0, 0)),
    ("a mobile becomes an agent's: whoever has it reads otherwise", share_a_mobile, (3, 0, 3, 1)),
    ("a number becomes a filler", share_a_filler, (3, 0, 3, 0)),
]


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_compared_again(
    model: Model, change: Callable[[Rows], object], expected: tuple[int, int, int, int]
) -> None:
    rows = people()
    memory = night(rows, model).night.memory
    change(rows)
    result = night(rows, model, memory)
    changed = result.night.changed
    assert (changed.n_added, changed.n_changed, changed.n_removed, changed.n_again) == expected
    assert not changed.is_full
    assert_equal(result, night(rows, model))


@pytest.mark.parametrize("first", [2, 3], ids=["a block goes over the cap", "a block comes back under it"])
def test_a_block_that_crosses_the_cap_is_compared_again(model: Model, first: int) -> None:
    """Three pairs a block: three people of one name in one township are allowed, four are not."""
    rows = people(first + 1)
    extra = record("zz", name="陈伟明", township="龙楼镇", mobile="13900000000", birth="1909-09-09")
    if first == 3:
        memory = night(rows, model, spec=SMALL_BLOCKS).night.memory
        del rows["u3"]
    else:
        memory = night(rows, model, spec=SMALL_BLOCKS).night.memory
        rows["zz"] = extra
    result = night(rows, model, memory, SMALL_BLOCKS)
    assert result.night.changed.n_again == 3
    assert_equal(result, night(rows, model, spec=SMALL_BLOCKS))


def test_a_judgement_about_records_that_never_met_is_compared_and_remembered(model: Model) -> None:
    rows = {"a": record("a", name="陈伟明"), "b": record("b", name="符阿奇", mobile="13800000001")}
    memory = night(rows, model).night.memory
    records, said = frame(*rows.values()), judge(("a", "b", "positive"))
    for _ in range(2):
        found = match_persons(records, SPEC, said, no_persons(), ONE_ROW, model, None, memory, remembers=True)
        assert found.pairs["blocking_rule"].tolist() == ["judgement"]
        assert found.links["person_id"].nunique() == 1
        memory = found.night.memory
    assert memory is not None
    assert (0, 1) in set(zip(memory.weighed.left.tolist(), memory.weighed.right.tolist(), strict=True))


def test_what_is_gone_is_gone_from_the_memory_too(model: Model) -> None:
    rows = people()
    memory = night(rows, model).night.memory
    gone = rows.pop("u0")
    memory = night(rows, model, memory).night.memory
    assert memory is not None
    texts = {text for _, column in memory.coded.items() for text in column.cat.categories}
    assert rows["u1"]["mobile"] in texts
    assert gone["mobile"] not in texts


def test_without_a_frozen_model_everything_is_compared(model: Model) -> None:
    rows = people()
    memory = night(rows, model).night.memory
    records = frame(*rows.values())
    found = match_persons(records, SPEC, no_judgements(), no_persons(), ONE_ROW, None, None, memory)
    assert found.night.changed == Changed.everything(6, sum(found.n_pairs_by_rule.values()))
    assert found.night.memory is None


def test_a_larger_county_in_three_nights(model: Model) -> None:
    records, _ = County(21, 120, 200).build()
    parts = [records.iloc[:200], records.iloc[40:320], records.iloc[10:]]
    memory = None
    for part in parts:
        found = match_persons(part, SPEC, no_judgements(), no_persons(), ONE_ROW, model, None, memory, remembers=True)
        assert_equal(found, match_persons(part, SPEC, no_judgements(), no_persons(), ONE_ROW, model))
        memory = found.night.memory
    assert found.night.changed.n_pairs_kept > found.night.changed.n_pairs_compared


def test_where_a_row_stands_does_not_count_but_its_words_and_their_columns_do() -> None:
    one = frame(record("a", name="陈伟", employer="王海"))
    moved = one.assign(source_row=9, source_file="b.xlsx", unique_id="z")
    swapped = one.assign(name="王海", employer="陈伟")
    assert record_hashes(one)[0].tolist() == record_hashes(moved)[0].tolist()
    assert record_hashes(one)[0][0] != record_hashes(swapped)[0][0]
    assert record_hashes(one.assign(home=""))[0][0] != record_hashes(one)[0][0]


def test_rows_read_anew_are_closed_under_shared_values() -> None:
    rows = [("a", "1", None), ("b", "1", "x"), ("c", "2", "x"), ("d", "2", "y"), ("e", None, "z"), ("f", None, None)]
    records = frame(*(record(name, mobile=mobile, id_no=number) for name, mobile, number in rows))
    _, mobile, number = record_hashes(records)
    marks = night({"q": record("q", name="陈伟明", mobile="7")}, first_model(), None).night.memory
    assert marks is not None
    again = read_anew(np.array([True, *[False] * 5]), mobile, number, marks.marks)
    assert again.tolist() == [True, True, True, True, False, False]


def first_model() -> Model:
    return match_persons(frame(*people().values()), SPEC, no_judgements(), no_persons(), ONE_ROW).night.model


def test_coded_columns_are_put_together_over_one_vocabulary() -> None:
    old = coded(pd.Series(["甲", None, "乙", "甲"], dtype=object))
    new = coded(pd.Series(["丙", "甲", None], dtype=object))
    is_new = np.array([False, True, True, False, True])
    both = put_together(old, np.array([3, -1, -1, 1, -1]), new, is_new)
    assert [None if pd.isna(value) else value for value in both] == ["甲", "丙", "甲", None, None]
    assert sorted(both.cat.categories) == ["丙", "甲"]
    assert Coded.of(old.iloc[2:3]).used().series().cat.categories.tolist() == ["乙"]
    assert value_hashes(both)[2] == value_hashes(pd.Series(["甲"], dtype=object))[0]


def test_pairs_move_with_their_records() -> None:
    pairs = PairList(*(np.array(part, dtype=np.int32) for part in ([0, 1, 2], [2, 3, 3], [7, 8, 9])))
    moved = pairs.moved(np.array([5, -1, 6, 8]))
    assert (moved.left.tolist(), moved.right.tolist(), moved.number.tolist()) == ([5, 6], [6, 8], [7, 9])


def assert_equal(one: MatchResult, other: MatchResult) -> None:
    for name in ("pairs", "links", "conflicts"):
        assert getattr(one, name).to_csv() == getattr(other, name).to_csv()
    assert pd.DataFrame(one.blocks.columns()).to_csv() == pd.DataFrame(other.blocks.columns()).to_csv()
    assert one.n_pairs_by_rule == other.n_pairs_by_rule
    assert one.n_capped_by_rule == other.n_capped_by_rule
    assert one.model == other.model
