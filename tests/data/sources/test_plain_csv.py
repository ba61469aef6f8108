from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sources.plain_csv import read_plain_csv
from data.sources.plain_table import read_any_table


def comma(_: str) -> str:
    return ","


def fast(data: bytes) -> list[list[str | None]] | None:
    table = read_plain_csv(data, comma)
    return None if table is None else [list(row.values()) for row in table.to_pylist()]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ("编号,姓名\n1,陈伟\n2,\n".encode(), [["1", "陈伟"], ["2", None]]),
        ("\ufeff编号,姓名\r\n007,NA\r\n".encode(), [["007", "NA"]]),
        ("编号,姓名\n1, 陈 伟\u3000\n,\n ,—\n".encode(), [["1", "陈 伟"], [None, "—"]]),
        (b'id,name\n1,"a,b"\n', [["1", "a,b"]]),
    ],
)
def test_plain_tables_are_read(data: bytes, rows: list[list[str | None]]) -> None:
    assert fast(data) == rows


@pytest.mark.parametrize(
    "data",
    [
        b"id,name\n1\n",
        b"id,name\n1,2,3\n",
        b"id,id\n1,2\n",
        b"id,\n1,2\n",
        b"id\n1\n",
        b"id,name\n\n1,2\n",
        b'id,name\n1,"a\nb"\n',
        b'id,name\n1,"a\n2,b\n',
        b'id,name\n="1",2\n',
        b"id,name\n#REF!,2\n",
        b"id,name\r1,2\r",
        b"id,name\n1,\xff\n",
        b"id,name\n1,a\x00\n",
        "id,name\n1,a\u200bb\n".encode(),
        "id,name\n1,a\u00adb\n".encode(),
        b"<html>,b\n1,2\n",
    ],
)
def test_whatever_is_unusual_goes_the_long_way(data: bytes) -> None:
    assert fast(data) is None


CELL = st.text('a1张 \u3000—\u200b#"\u00e9,', max_size=4)


@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6))
@settings(max_examples=50, deadline=None)
def test_both_ways_read_the_same(rows: list[tuple[str, str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [("id", "name"), *rows]]
    data = ("\n".join(quoted) + "\n").encode()
    found = fast(data)
    table = read_any_table(data, "t.csv")
    if found is not None:
        assert table.astype(object).where(table.notna(), None).to_numpy().tolist() == found
    else:
        assert any(sign in cell for row in rows for cell in row for sign in ("\u200b", "##"))
