"""How do hundreds of thousands of lines get into a sheet in seconds? Each distinct cell is rendered once, then copied.

XlsxWriter renders a cell in some eight microseconds, three quarters of a province's time for ledgers. Here it renders
the distinct cells of a column, thousands of lines at a time; the lines are put together from them and go into its file
of rows as it would write them itself: a test holds both to the same bytes. The last line goes the usual way, which
tells the sheet how far it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any, Protocol, TextIO, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from data.values.columns import spread

#: Lines rendered and put together at a time: bounds the memory whatever the length of the sheet.
_BLOCK = 10_000
_PIXELS_PER_POINT = 4 / 3
_CELL = "<c"
_SAMPLE = "龙"
#: What a sheet may write otherwise than it reads: signs of XML, control characters, what looks like Excel's escapes.
_SPECIAL = re.compile(r"[&<>_\x00-\x1f\ufffe\uffff]")


class _Inner(Protocol):
    """What a sheet of XlsxWriter has inside: its version is pinned, and a test compares the bytes."""

    fh: TextIO
    xls_strmax: int

    def _write_single_row(self, row: int) -> None: ...
    def _escape_control_characters(self, text: str) -> str: ...
    def _xml_inline_string(self, text: str, preserve: bool) -> None: ...
    def _xml_number_element(self, number: float) -> None: ...


def write_lines(
    page: Worksheet,
    first_row: int,
    heights: NDArray[np.float64],
    columns: Sequence[Sequence[Any]],
    styles: Sequence[Sequence[Format]],
    style_of_line: NDArray[np.int64],
) -> None:
    """Write lines of cells below what the sheet (of a workbook with constant memory) has already.

    columns: text, number or None, one item a line each. heights in points. styles: formats of the columns in each of
    several looks; style_of_line: which look a line has.
    """
    n_lines = len(heights)
    if not n_lines:
        return
    last = first_row + n_lines - 1
    # What the sheet still holds of the line before is written; from here on it waits for the last line.
    inner = cast("_Inner", page)
    inner._write_single_row(last)
    numbers = _format_numbers(styles, style_of_line[:-1])
    for start in range(0, n_lines - 1, _BLOCK):
        stop = min(start + _BLOCK, n_lines - 1)
        block = [_rendered(inner, column[start:stop]).tolist() for column in columns]
        shown = _heights(heights[start:stop])
        inner.fh.writelines(_lines(first_row + start, shown, block, [numbers[k] for k in style_of_line[start:stop]]))
    page.set_row(last, float(heights[-1]))
    for place, (column, style) in enumerate(zip(columns, styles[style_of_line[-1]], strict=True)):
        write_cell(page, last, place, column[-1], style)


def write_cell(page: Worksheet, row: int, column: int, value: str | float | None, style: Format) -> None:
    """One cell: text as text, numbers as numbers, nothing as a blank with its format."""
    if value is None:
        page.write_blank(row, column, None, style)
    elif isinstance(value, str):
        page.write_string(row, column, value, style)
    else:
        page.write_number(row, column, float(value), style)


def _format_numbers(styles: Sequence[Sequence[Any]], style_of_line: NDArray[np.int64]) -> dict[int, list[str]]:
    """Number of each column's format in each look; they are given out in the order in which lines first need them."""
    looks = pd.unique(style_of_line).tolist()
    return {look: [f'" s="{style._get_xf_index()}"' for style in styles[look]] for look in looks}


def _rendered(page: _Inner, column: Sequence[Any]) -> NDArray[np.object_]:
    """What follows the place and the format in each cell of a column, rendered by the sheet, once a distinct value."""
    codes, values = pd.factorize(np.array([*column, None], dtype=object)[:-1], use_na_sentinel=True)
    own, page.fh = page.fh, StringIO()
    try:
        tails = np.array([*_tails(page, values), None], dtype=object)[:-1]
    finally:
        page.fh = own
    return spread(tails, codes, "/>")


def _tails(page: _Inner, values: Iterable[str | float]) -> Iterator[str]:
    """The cells of distinct values. Numbers and texts that need no escapes go into what the sheet renders of one."""
    before, after = _tail(page, _SAMPLE).split(_SAMPLE)
    opening, closing = _tail(page, 0.0).split("0")
    for value in values:
        if not isinstance(value, str):
            yield f"{opening}{value:.16G}{closing}"
        elif len(value) <= page.xls_strmax and value == value.strip() and not _SPECIAL.search(value):
            yield f"{before}{value}{after}"
        else:
            yield _tail(page, value)


def _tail(page: _Inner, value: str | float) -> str:
    page.fh.seek(0)
    page.fh.truncate()
    if isinstance(value, str):
        text = page._escape_control_characters(value[: page.xls_strmax])
        page._xml_inline_string(text, text != text.strip())
    else:
        page._xml_number_element(value)
    page.fh.seek(0)
    return page.fh.read().removeprefix(_CELL)


def _heights(points: NDArray[np.float64]) -> list[str]:
    """Heights as the sheet's file has them: whole pixels, in points again."""
    pixels = np.floor(points * _PIXELS_PER_POINT + 0.5)
    return [f'ht="{height:.16g}" customHeight="1">' for height in (pixels / _PIXELS_PER_POINT).tolist()]


def _lines(
    first_row: int, heights: list[str], columns: list[list[str]], format_numbers: list[list[str]]
) -> Iterator[str]:
    places = [f'{_CELL} r="{xl_col_to_name(place)}' for place in range(len(columns))]
    lines = zip(heights, format_numbers, zip(*columns, strict=True), strict=True)
    for row, (height, numbers, tails) in enumerate(lines, start=first_row + 1):
        cells = [f"{place}{row}{number}{tail}" for place, number, tail in zip(places, numbers, tails, strict=True)]
        yield f'<row r="{row}" {height}{"".join(cells)}</row>'
