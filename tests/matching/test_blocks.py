"""Block numbers tell which pairs were candidates: the same whatever the order of the rows, and back from a table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from matching.blocking import candidate_pairs
from matching.blocks import PREFIX, Blocks
from matching.evaluation_keys import pair_keys
from matching.normalise import normalise
from matching.pipeline import MatchResult, match_persons
from tests.matching.builders import ONE_ROW, SPEC, County, no_judgements, no_persons


@pytest.fixture(scope="module")
def records() -> pd.DataFrame:
    return County(13, 60, 120).build()[0].sort_values("unique_id", ignore_index=True)


def matched(records: pd.DataFrame) -> MatchResult:
    return match_persons(records, SPEC, no_judgements(), no_persons(), ONE_ROW)


def test_made_are_the_candidate_pairs_and_no_others(records: pd.DataFrame) -> None:
    blocks, ids = matched(records).blocks, records["unique_id"].to_numpy(dtype=object)
    pairs = candidate_pairs(normalise(records), SPEC)
    assert len(pairs.left) > 50
    left, right = np.triu_indices(len(ids), 1)
    told = blocks.made(ids[right], ids[left])
    wanted = np.isin(pair_keys(ids[left], ids[right]), pair_keys(ids[pairs.left], ids[pairs.right]))
    assert (told == wanted).all()


def test_nobody_meets_himself_or_a_stranger(records: pd.DataFrame) -> None:
    blocks = matched(records).blocks
    known = str(blocks.unique_ids[0])
    assert not blocks.made([known, known, "?"], [known, "?", "!"]).any()


def test_numbers_stand_in_order_of_appearance_and_come_back_from_a_table(records: pd.DataFrame) -> None:
    blocks, shuffled = matched(records).blocks, matched(records.sample(frac=1, random_state=5)).blocks
    columns = blocks.columns()
    assert {name.startswith(PREFIX) for name in columns} == {True}
    assert pd.DataFrame(columns).equals(pd.DataFrame(shuffled.columns()))
    for name, numbers in columns.items():
        met = numbers[numbers >= 0]
        # Of a rule of one key a record every number is one more than the largest before it, or was met before.
        if "." not in name and len(met):
            assert (met <= np.maximum.accumulate(np.append(-1, met[:-1])) + 1).all()
    table = pd.DataFrame(columns).astype("Int32").mask(lambda numbers: numbers < 0)
    back = Blocks.read(table.assign(unique_id=blocks.unique_ids)[::-1], blocks.meets_all[::-1])
    assert back is not None
    ids = records["unique_id"].to_numpy(dtype=object)
    left, right = np.triu_indices(len(ids), 1)
    assert (back.made(ids[left], ids[right]) == blocks.made(ids[left], ids[right])).all()


def test_a_table_without_blocks_tells_of_none() -> None:
    assert Blocks.read(pd.DataFrame({"unique_id": ["a"]}), np.ones(1, dtype=bool)) is None


def test_a_block_without_a_pair_has_no_number(records: pd.DataFrame) -> None:
    shops = records[records["kind"] == "enterprise_persons"]
    assert all((numbers < 0).all() for numbers in matched(shops).blocks.columns().values())
