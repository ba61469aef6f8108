"""What every comparison of the person model promises, on records as normalise leaves them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import recordlinkage
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import IdStatus
from matching.comparisons import COMPARISONS
from matching.normalise import normalise
from matching.spec import load_spec
from tests.matching.builders import frame, id_number, record

SPEC = load_spec()
NUMBER = id_number("1905-03-04", 12)
WHOLE = {
    "name": [
        "陈伟",
        "陈玮",
        "陳偉",
        "陈小明",
        "小明陈",
        "林海",
        "林梅",
        "Chen Wei",
        "欧阳明",
        "弓长三",
        "王jie",
        "陈伟(曾用名陈阿妹)",
    ],
    "id_no": [NUMBER, NUMBER[:6] + NUMBER[8:17], id_number("1905-03-04", 14), id_number("1903-05-07", 25)],
    "birth": ["1905-03-04", "1905-04-03", "1906-03-04"],
    "sex": ["男", "女"],
    "mobile": ["13900000001", "13900000010", "15900000001"],
    "township": ["龙楼镇", "文城镇"],
    "employer": ["文昌鑫海源商贸有限公司", "鑫海源商贸", "海口鑫海源商贸有限公司", "文昌龙楼阿海商店"],
    "home": ["文昌市龙楼镇好圣村12号", "龙楼镇好胜村12号", "龙楼镇好圣村13号"],
    "join_on": ["1925-07-01", "1925-07-02"],
}
PARTIAL: dict[str, list[Any]] = {
    "name": [None, "陈?", "陈□明", "??", "陈伟(女)", "刘(吉吉)"],
    "id_no": [None, NUMBER[:6] + "********" + NUMBER[14:], NUMBER[:15] + "***", NUMBER[:-1], "123"],
    "birth": [None, "1905", "1905-03"],
    "sex": [None],
    "mobile": [None],
    "township": [None],
    "employer": [None, "务农"],
    "home": [None, "龙楼镇", "龙楼镇好圣村"],
    "join_on": [None, "1925", "1925-07"],
}
STATUS = {18: IdStatus.VALID, 15: IdStatus.VALID, 17: IdStatus.LENGTH, 3: IdStatus.LENGTH}


def rows_of(values: dict[str, list[Any]], size: tuple[int, int]) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.fixed_dictionaries({name: st.sampled_from(known) for name, known in values.items()})
    return st.lists(row, min_size=size[0], max_size=size[1])


def normalised(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return normalise(
        frame(*(record(f"{i:03d}", id_status=status_of(row["id_no"]), **row) for i, row in enumerate(rows)))
    )


def status_of(number: str | None) -> IdStatus:
    if number is None:
        return IdStatus.MISSING
    if number.endswith("***"):
        return IdStatus.PRECISION_LOSS
    return IdStatus.MASKED if "*" in number else STATUS[len(number)]


def levels(table: pd.DataFrame, kind: int, left: list[int], right: list[int]) -> list[int]:
    comparison = SPEC.comparisons[kind]
    feature = COMPARISONS[comparison.kind](list(comparison.columns), list(comparison.columns))
    prepared = feature.prepare(*(table[column] for column in comparison.columns))
    found = feature.levels(prepared, np.array(left, dtype=np.int64), np.array(right, dtype=np.int64))
    return [int(level) for level in found]


KINDS = range(len(SPEC.comparisons))
ANY = {name: [*WHOLE[name], *PARTIAL[name]] for name in WHOLE}


@given(rows_of(ANY, (2, 7)))
@settings(max_examples=30, deadline=None)
def test_symmetric_in_range_and_the_same_in_any_order_of_the_rows(rows: list[dict[str, Any]]) -> None:
    table, n = normalised(rows), len(rows)
    left, right = [list(map(int, side)) for side in np.divmod(np.arange(n * n), n)]
    backwards = table.iloc[::-1].reset_index(drop=True)
    for kind in KINDS:
        there = levels(table, kind, left, right)
        assert there == levels(table, kind, right, left)
        assert there == levels(backwards, kind, [n - 1 - a for a in left], [n - 1 - b for b in right])
        assert set(there) <= set(range(-1, len(SPEC.comparisons[kind].levels)))


@given(rows_of(WHOLE, (1, 5)))
@settings(max_examples=30, deadline=None)
def test_equal_whole_values_give_the_top_level(rows: list[dict[str, Any]]) -> None:
    # Without a number: birth and sex are counted by themselves, and a shared mobile number is no agent's.
    alone = [row | {"id_no": None, "mobile": f"1380000000{i}"} for i, row in enumerate(rows)]
    for table in (normalised([*rows, *rows]), normalised([*alone, *alone])):
        n = len(rows)
        for kind, comparison in enumerate(SPEC.comparisons):
            found = levels(table, kind, list(range(n)), list(range(n, 2 * n)))
            assert set(found) <= {len(comparison.levels) - 1, -1}, comparison.name
            if comparison.name in ("name", "place", "employer", "home", "join_on"):
                assert -1 not in found


@given(rows_of(ANY, (2, 6)))
@settings(max_examples=15, deadline=None)
def test_the_toolkit_gives_the_levels_of_the_engine(rows: list[dict[str, Any]]) -> None:
    table, n = normalised(rows), len(rows)
    left, right = np.divmod(np.arange(n * n), n)
    features = [COMPARISONS[c.kind](list(c.columns), list(c.columns), label=c.name) for c in SPEC.comparisons]
    compare = recordlinkage.Compare(features, indexing_type="position")
    told = compare.compute(pd.MultiIndex.from_arrays([left, right]), table)
    for kind, comparison in enumerate(SPEC.comparisons):
        expected = levels(table, kind, list(map(int, left)), list(map(int, right)))
        assert told[comparison.name].tolist() == expected
