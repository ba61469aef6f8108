"""Which rows of a sheet are data? Blank rows, repeated headers, subtitles and trailers are left out and counted."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.field import FeedContract, ValueType
from data.sources.header import HeaderMap, normalise_header
from data.values.columns import map_unique
from data.values.identifiers import clean_id

_TRAILER = re.compile(
    r"\s*(?:(?:合|小|总|共|累)\s*计|(?:制\s*表|填\s*表|填\s*报|审\s*核|复\s*核|经\s*办|报\s*送)"
    r"|(?:注|说明|备注|附注|单位负责人|负责人|联系人|联系电话|主管|盖章|单位)\s*[:：(（])"
)
_TOTAL = re.compile(r"\s*[合小总共累]\s*计\s*[:：]?\s*(?:\d+\s*[人名个]?)?\s*")
_COUNT = re.compile(r"\s*共?\s*\d+\s*[人名个]?\s*(?:[(（,，].*)?")
#: What a number of a record looks like: the places of an identity or registration number, or of a credit code.
_NUMBER = re.compile(r"[0-9*]{14}[0-9X*]|[0-9A-Z*]{18}")
_NUMBER_TYPES = (ValueType.ID_NO, ValueType.CREDIT_CODE, ValueType.REG_NO)
_MIN_REPEATED = 2
_BoolArray = npt.NDArray[np.bool_]


def dropped_rows(
    cells: pd.DataFrame, headers: list[str], header_map: HeaderMap, contract: FeedContract, banners: _BoolArray
) -> dict[str, _BoolArray]:
    """For the rows below a header: kind of row -> mask of the rows to leave out; no row has two kinds.

    blank: no text in any cell. repeated_header: at least two mapped columns hold their own header again.
    subtitle: one cell only, merged across or in a column that has no field. trailer: the first filled cell is a
    marker (合计, 制表人, 注： ...) or the name is 合计, no number column holds a number of 15 or 18 places, and the
    name is empty, a count or the marker itself.
    """
    filled = cells.notna().to_numpy()
    blank = ~filled.any(axis=1)
    repeated = ~blank & _repeats(cells, headers, header_map)
    marker = _first_texts(cells, filled)
    is_marked = marker.str.match(_TRAILER).eq(True).to_numpy() | _is_total(cells, header_map, contract)
    trailer = ~blank & ~repeated & is_marked
    trailer[trailer] = ~_is_record(cells[trailer], marker[trailer], header_map, contract)
    mapped = [position for positions in header_map.columns.values() for position in positions]
    alone = ~repeated & ~is_marked & (filled.sum(axis=1) == 1)
    subtitle = alone & (banners | ~filled[:, mapped].any(axis=1))
    return {"blank": blank, "repeated_header": repeated, "subtitle": subtitle, "trailer": trailer}


def _first_texts(cells: pd.DataFrame, filled: _BoolArray) -> pd.Series:
    """The first filled cell of each row."""
    if not len(cells.columns):
        return pd.Series(None, index=cells.index, dtype=object)
    positions = filled.argmax(axis=1)
    return pd.Series(cells.to_numpy()[np.arange(len(cells)), positions], index=cells.index, dtype=object)


def _repeats(cells: pd.DataFrame, headers: list[str], header_map: HeaderMap) -> _BoolArray:
    """Rows with their own header in two mapped columns, however spaced; only rows that begin alike are looked at."""
    words = {columns[0]: normalise_header(headers[columns[0]]) for columns in header_map.columns.values()}
    n_alike = np.zeros(len(cells), dtype=np.int64)
    for position, word in words.items():
        n_alike += cells[position].str.startswith((word[0], headers[position][0])).eq(True).to_numpy()
    repeated = np.asarray(n_alike >= _MIN_REPEATED)
    rows = np.flatnonzero(repeated)
    suspects = cells.iloc[rows]
    n_same = np.zeros(len(rows), dtype=np.int64)
    for position, word in words.items():
        n_same += map_unique(suspects[position], normalise_header).eq(word).to_numpy()
    repeated[rows] = n_same >= _MIN_REPEATED
    return repeated


def _is_total(cells: pd.DataFrame, header_map: HeaderMap, contract: FeedContract) -> _BoolArray:
    """Rows that have 合计 or 小计 where a name should be."""
    found = np.zeros(len(cells), dtype=bool)
    for position in _name_columns(header_map, contract):
        found |= cells[position].str.fullmatch(_TOTAL).eq(True).to_numpy()
    return found


def _name_columns(header_map: HeaderMap, contract: FeedContract) -> list[int]:
    names = [field.name for field in contract.required() if field.type is ValueType.NAME]
    return [position for name in names for position in header_map.columns.get(name, [])]


def _is_record(cells: pd.DataFrame, marker: pd.Series, header_map: HeaderMap, contract: FeedContract) -> _BoolArray:
    """Rows that begin with a marker word but hold a number or a name of their own (a count is no name)."""
    kept = np.zeros(len(cells), dtype=bool)
    for field in contract.fields:
        for position in header_map.columns.get(field.name, []) if field.type in _NUMBER_TYPES else []:
            kept |= map_unique(cells[position], clean_id).str.fullmatch(_NUMBER).eq(True).to_numpy()
    for position in _name_columns(header_map, contract):
        column = cells[position]
        is_no_name = column.str.fullmatch(_COUNT).eq(True) | column.str.fullmatch(_TOTAL).eq(True)
        kept |= (column.notna() & ~is_no_name & column.ne(marker)).to_numpy()
    return kept
