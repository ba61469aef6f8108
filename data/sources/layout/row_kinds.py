"""Which rows of a table are data? Blank rows, repeated headers, subtitles and trailers are left out and counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.field import FeedContract, ValueType
from data.contracts.left_out import LINE_NUMBERS
from data.sources.layout.header import HeaderMap, normalise_header
from data.sources.layout.scan import filled_cells, first_characters, is_one_of
from data.values.columns import map_unique
from data.values.identifiers import clean_id

_TRAILER = re.compile(
    r"\s*(?:(?:本页|本表|全表|以上|总)?\s*(?:合|小|总|共|累)\s*计|(?:本页|本表|全表|以上|总)?\s*共\s*有?\s*\d+\s*[人名户家个条]"
    r"|第\s*\d+\s*页|以下(?:空白|无正文)|此页无正文"
    r"|(?:党|支部|书记|领导|单位|村|社区).{0,10}(?:签字|签名|签章|盖章)"
    r"|(?:制\s*表|填\s*表|填\s*报|审\s*核|复\s*核|经\s*办|报\s*送)"
    r"|(?:注|说明|备注|附注|单位负责人|负责人|联系人|联系电话|主管|盖章|单位)\s*[:：(（]).*",
    re.DOTALL,
)
_TRAILER_BEGINS = is_one_of("本全以总合小共累第此党支书领村社制填审复经报注说备附单负联主盖")
_TOTAL = re.compile(r"\s*(?:本页)?[合小总共累]\s*计\s*[:：]?\s*(?:\d+\s*[人名个]?)?\s*|共\s*\d+\s*[人名个户家]")
_TOTAL_BEGINS = is_one_of("本合小总共累")
_COUNT = re.compile(r"\s*共?\s*\d+\s*[人名个户家]?\s*(?:党员|人员)?\s*(?:[(（,，].*)?")
#: What a number of a record looks like: the places of an identity or registration number, or of a credit code.
_NUMBER = re.compile(r"[0-9*]{14}[0-9X*]|[0-9A-Z*]{18}")
_NUMBER_TYPES = (ValueType.ID_NO, ValueType.CREDIT_CODE, ValueType.REG_NO)
#: A lone cell that names a place or a branch is a subtitle wherever it stands.
_PLACE = re.compile(
    r".{0,30}(?:党支部|支部|党总支|总支|党委|(?:镇|乡|街道|村|社区)\s*[:：])\s*(?:[(（].*[)）])?\s*[:：]?"
)
_EXAMPLES = ("例", "例如", "示例", "样例", "范例", "举例", "填写示例", "填表示例", "(例)", "(示例)")
_EXAMPLE_BEGINS = is_one_of("例示样范举填(（")
#: Kinds of rows that are no data, in the order in which they are told.
KINDS = ("blank", "title", "header", "repeated_header", "subtitle", "example", "trailer")
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Sorted:
    """The rows below a header. kept: data; kinds: mask of each kind of row left out, no row in two."""

    kept: BoolArray
    kinds: dict[str, BoolArray]


def sort_rows(
    cells: pd.DataFrame,
    headers: Sequence[str],
    header_map: HeaderMap,
    contract: FeedContract,
    banners: BoolArray,
    known: dict[str, BoolArray],
) -> Sorted:
    """Data or not, for every row below a header; `known` are the kinds found already (header, repeated_header).

    blank: no text in any cell, or nothing but a running number. example: the first filled cell says 例. subtitle: one
    cell only, merged across, in a column that has no field, or naming a branch. trailer: the first filled cell is a
    marker (合计, 制表人, 注： ...) or the name is 合计, no number column holds a number of 15 or 18 places, and the
    name is empty, a count or the marker itself.
    """
    filled = filled_cells(cells)
    is_known = np.logical_or.reduce([*known.values(), np.zeros(len(cells), dtype=bool)])
    width = filled.sum(axis=1)
    free = ~is_known & (width > 0)
    marker, first = _first_texts(cells, filled)
    is_marked = free & (_matches(marker, first, _TRAILER_BEGINS, _TRAILER) | _is_total(cells, header_map, contract))
    trailer = is_marked.copy()
    trailer[is_marked] = ~_is_record(cells[is_marked], marker[is_marked], header_map, contract)
    example = free & ~trailer & (width > 1) & _is_example(marker, first)
    mapped = [position for positions in header_map.columns.values() for position in positions]
    alone = np.flatnonzero(free & ~is_marked & (width == 1))
    subtitle = np.zeros(len(cells), dtype=bool)
    subtitle[alone] = banners[alone] | ~filled[alone][:, mapped].any(axis=1) | _names_place(marker[alone])
    lines = [position for position, header in enumerate(headers) if normalise_header(header) in LINE_NUMBERS]
    blank = width == 0
    blank[alone] = filled[alone][:, lines].any(axis=1) & is_one_of("0123456789")[first[alone]]
    subtitle &= ~blank
    kinds = {"blank": blank, "subtitle": subtitle, "example": example, "trailer": trailer}
    kinds = {kind: {**kinds, **known}.get(kind, np.zeros(len(cells), dtype=bool)) for kind in KINDS}
    return Sorted(~np.logical_or.reduce(list(kinds.values())), kinds)


def _first_texts(cells: pd.DataFrame, filled: BoolArray) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.uint32]]:
    """The first filled cell of each row, and its first character."""
    values = cells.to_numpy(dtype=object)
    texts = values[np.arange(len(cells)), filled.argmax(axis=1)] if len(cells.columns) else np.full(len(cells), None)
    return texts, first_characters(texts)


def _matches(
    texts: npt.NDArray[np.object_], first: npt.NDArray[np.uint32], begins: BoolArray, pattern: re.Pattern[str]
) -> BoolArray:
    """Texts that match a pattern as a whole; its first character is one of a few, and only those are looked at."""
    found = np.zeros(len(texts), dtype=bool)
    suspects = np.flatnonzero(begins[first])
    codes, words = pd.factorize(texts[suspects], use_na_sentinel=True)
    matching = np.array([*(pattern.fullmatch(word) is not None for word in words), False])
    found[suspects] = matching[codes]
    return found


def _is_total(cells: pd.DataFrame, header_map: HeaderMap, contract: FeedContract) -> BoolArray:
    """Rows that have 合计 or 小计, or a count of persons, where a name should be."""
    found = np.zeros(len(cells), dtype=bool)
    for position in _name_columns(header_map, contract):
        texts = cells[position].to_numpy(dtype=object)
        found |= _matches(texts, first_characters(texts), _TOTAL_BEGINS, _TOTAL)
    return found


def _is_example(marker: npt.NDArray[np.object_], first: npt.NDArray[np.uint32]) -> BoolArray:
    found = np.zeros(len(marker), dtype=bool)
    suspects = np.flatnonzero(_EXAMPLE_BEGINS[first])
    if not len(suspects):
        return found
    words = pd.Series(marker[suspects], dtype=object).str.replace(r"[\s:：]+", "", regex=True)
    found[suspects] = words.str.replace("（", "(").str.replace("）", ")").isin(_EXAMPLES).to_numpy()
    return found


def _names_place(texts: npt.NDArray[np.object_]) -> BoolArray:
    return pd.Series(texts, dtype=object).str.fullmatch(_PLACE).eq(True).to_numpy()


def _name_columns(header_map: HeaderMap, contract: FeedContract) -> list[int]:
    names = [field.name for field in contract.required() if field.type is ValueType.NAME]
    return [position for name in names for position in header_map.columns.get(name, [])]


def _is_record(
    cells: pd.DataFrame, marker: npt.NDArray[np.object_], header_map: HeaderMap, contract: FeedContract
) -> BoolArray:
    """Rows that begin with a marker word but hold a number or a name of their own (a count is no name)."""
    kept = np.zeros(len(cells), dtype=bool)
    for field in contract.fields:
        for position in header_map.columns.get(field.name, []) if field.type in _NUMBER_TYPES else []:
            kept |= map_unique(cells[position], clean_id).str.fullmatch(_NUMBER).eq(True).to_numpy()
    for position in _name_columns(header_map, contract):
        column = cells[position]
        is_no_name = column.str.fullmatch(_COUNT).eq(True) | column.str.fullmatch(_TOTAL).eq(True)
        kept |= (column.notna() & ~is_no_name & column.ne(pd.Series(marker, index=column.index))).to_numpy()
    return kept
