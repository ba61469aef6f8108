"""A column read at once against the same cells read one by one."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.contracts.column import no_column, read_column
from data.contracts.field import Field, ValueType
from data.contracts.parse import Cell, Context, cell_reader
from data.model import IdStatus

CONTEXT = Context(date(2016, 6, 16), {})
FIELDS = [
    Field("mobile" if kind is ValueType.PHONE else "x", "列", kind, codes=(("正式党员", "formal"),))
    for kind in ValueType
]
#: Regular cells, cells that are nearly so, and cells with something beside their value.
CELLS = (
    *("王明", "王某", "王海(女)", "1.陳志強", "同上", "符□", "欧阳明海", "男", "女性", "是", "参加", "12", "12人"),
    *("469905195602290012", "46990519560229001X", "460022190001010010", "460022190001010011", "460022000101001"),
    *("46002219000101001O", "460022190001010010（旧）", "4.60022E+17", "460022190013010010", "91469905MA00000196"),
    *("14212345678", "13800138000", "0898-63330000", "14212345678/0898-63330000", "142 1234 5678", "142123456789"),
    *(
        "469905600000017",
        "469905600000018",
        "1985-07-01",
        "1985.7",
        "1985-02-30",
        "八五年七月",
        "2030-01-01",
        "正式党员",
    ),
    *("文昌市龙楼镇全美村1号", "ａｂ", "'1", " a ", "NULL", "无", "\ud83d"),
)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: str(field.type))
@settings(max_examples=25)
@given(
    cells=st.lists(
        st.tuples(st.none() | st.sampled_from(CELLS) | st.text(max_size=20), st.just(False))
        | st.tuples(st.integers(0, 10**18).map(str), st.booleans()),
        max_size=20,
    )
)
def test_a_column_is_its_cells(field: Field, cells: list[tuple[str | None, bool]]) -> None:
    texts = pd.Series([text for text, _ in cells], dtype=object)
    column = read_column(texts, np.array([is_number for _, is_number in cells], dtype=bool), field, CONTEXT)
    read = cell_reader(field, CONTEXT)
    nothing = Cell(None, status=IdStatus.MISSING if field.type is ValueType.ID_NO else None)
    expected = [nothing if text is None else read(text, is_number) for text, is_number in cells]
    none = [None] * len(cells)
    assert column.values.tolist() == [cell.value for cell in expected]
    assert (column.asides.tolist() if column.asides is not None else none) == [cell.aside for cell in expected]
    assert (column.statuses.tolist() if column.statuses is not None else none) == [cell.status for cell in expected]
    for place, cell in enumerate(expected):
        told = [reason for reason, mask in column.reasons.items() if mask[place]]
        assert told == ([cell.reason] if cell.reason else [])
    assert all(mask.any() for mask in column.reasons.values())


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: str(field.type))
def test_a_column_that_is_not_there_is_one_of_empty_cells(field: Field) -> None:
    index = pd.RangeIndex(2)
    texts = pd.Series([None, None], index=index, dtype=object)
    read, made = read_column(texts, np.zeros(2, dtype=bool), field, CONTEXT), no_column(index, field)
    pd.testing.assert_series_equal(made.values, read.values)
    assert made.values.tolist() == [None, None]
    assert (made.reasons, made.asides) == (read.reasons, read.asides) == ({}, None)
    statuses = [None if column.statuses is None else column.statuses.tolist() for column in (made, read)]
    assert statuses[0] == statuses[1]


def test_reasons_come_in_the_order_of_their_codes() -> None:
    texts = pd.Series(["460022190001010011", "12", "460022190001010011"], dtype=object)
    field = Field("id_no", "公民身份号码", ValueType.ID_NO)
    column = read_column(texts, np.array([False, True, False]), field, CONTEXT)
    found = {reason.code: mask.tolist() for reason, mask in column.reasons.items()}
    assert found == {"W301_ID_PRECISION_LOSS": [False, True, False], "W302_ID_INVALID": [True, False, True]}
    assert list(found) == sorted(found)
