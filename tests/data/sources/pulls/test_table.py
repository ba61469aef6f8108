"""The digest of pulled rows: the same content, the same digest; anything else, another one."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from data.sources.pulls.table import content_digest, raw_table
from data.sources.raw import RawTable
from tests.data.sources.pulls.builders import spec_of

ROWS = [("王明", "男"), ("李红", None), ("李红", None)]


def made(rows: list[tuple[str, str | None]], headers: tuple[str, str] = ("姓名", "性别")) -> RawTable:
    names, sexes = zip(*rows, strict=True)
    table = pa.table({headers[0]: pa.array(names, pa.string()), headers[1]: pa.array(sexes, pa.string())})
    spec = spec_of(sql={"url": "sqlite://", "table": "t"})
    return raw_table("r", "sql:r", spec, table, n_invisible=0, n_untaken={})


def test_order_does_not_matter() -> None:
    assert content_digest([made(ROWS)]) == content_digest([made(ROWS[::-1])])
    parts = [made(ROWS[:1]), made(ROWS[1:])]
    assert content_digest(parts) == content_digest(parts[::-1])


@pytest.mark.parametrize(
    "other",
    [
        made(ROWS[:2]),
        made([*ROWS[:2], ("李红", "女")]),
        made([("王明", "男"), ("李红", "王明"), ("李红", None)]),
        made(ROWS, ("姓名", "备注")),
    ],
)
def test_any_change_matters(other: RawTable) -> None:
    assert content_digest([other]) != content_digest([made(ROWS)])


def test_null_is_none_and_nothing_is_a_number() -> None:
    table = made(ROWS)
    assert table.cells.dtypes.eq(object).all()
    assert table.cells.loc[1, 1] is None
    assert not table.numeric.any()
    pd.testing.assert_index_equal(table.cells.columns, pd.RangeIndex(2))
