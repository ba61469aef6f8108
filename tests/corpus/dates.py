"""Dates in every way they are written: as text, as numbers, as date cells of either epoch, and impossible ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.corpus.case import Case, Values
from tests.corpus.people import Cell, Formatted
from tests.corpus.text import delimited
from tests.corpus.workbook import Page, xlsx

_SHEET = ("花名册",)
_HEADER = ("姓名", "出生日期", "联系电话")
_NAMES = [
    "符海生",
    "陈小虹",
    "王明",
    "李丽",
    "林文雄",
    "黄玉兰",
    "吴多福",
    "郑有财",
    "潘在安",
    "韩春梅",
    "邢福山",
    "云大海",
]
_DAY = date(1985, 7, 8)

#: What the cell says, and what it means: the length of the date is its precision.
_WRITTEN: tuple[tuple[str, str | None], ...] = (
    ("1985.7", "1985-07"),
    ("1985.10", "1985-10"),
    ("1985年7月8日", "1985-07-08"),
    ("1985-7-8", "1985-07-08"),
    ("1985/07/08", "1985-07-08"),
    ("19850708", "1985-07-08"),
    ("198507", "1985-07"),
    ("85.7", "1985-07"),
    ("八五年七月", "1985-07"),
    ("一九八五年七月八日", "1985-07-08"),
    ("1985", "1985"),
    ("1985.07.08", "1985-07-08"),
    ("1985年07月生", "1985-07"),
    ("1985—7—8", "1985-07-08"),
    ("1985-07-00", "1985-07"),
    ("农历1985年七月初八", "1985"),
    ("民国三十五年", "1946"),
    ("１９８５．７．８", "1985-07-08"),
    ("1985 7 8", "1985-07-08"),
    ("1985-07-08 00:00:00", "1985-07-08"),
    ("8-Jul-85", "1985-07-08"),
    ("08/07/1985", "1985"),
    ("二〇〇五年十二月", "2005-12"),
    ("无", None),
)
_NUMBERS: tuple[tuple[Cell, str | None], ...] = (
    (1985.7, "1985-07"),
    (1985.1, "1985"),
    (1985.12, "1985-12"),
    (85.1, "1985"),
    (198507.0, "1985-07"),
    (19850708.0, "1985-07-08"),
    (1985.0, "1985"),
    (31236.0, "1985-07-08"),
)
_IMPOSSIBLE: tuple[tuple[Cell, str | None], ...] = (
    ("1985-02-30", "1985-02"),
    ("1985.6.31", "1985-06"),
    ("1985.13", None),
    ("19850732", None),
    ("待查", None),
    ("16.7", None),
    ("0000-00-00", None),
    (0.0, None),
    ("1985年7月8", "1985-07-08"),
    ("2016-12-01", "2016-12-01"),
)


def _page(cells: Sequence[Cell], *, date_1904: bool = False) -> bytes:
    return xlsx(Page("花名册", [_HEADER, *_people(cells)]), date_1904=date_1904)


def _people(cells: Sequence[Cell]) -> list[list[Cell]]:
    named = [(_NAMES[n % len(_NAMES)], f"142201{n:05d}") for n in range(len(cells))]
    return [[name, cell, mobile] for (name, mobile), cell in zip(named, cells, strict=True)]


def _births(pairs: Sequence[tuple[Cell, str | None]]) -> dict[int | str, Values]:
    return {row: {"birth": birth} for row, (_, birth) in enumerate(pairs, 2)}


CASES = (
    Case(
        "dates/written.xlsx",
        "1985.7, 1985.10, 85.7, 八五年七月, 19850708, 民国三十五年 and eighteen more, all as text",
        "XlsxWriter",
        lambda: _page([text for text, _ in _WRITTEN]),
        tables=_SHEET,
        accepted=24,
        notes=("W312 17 birth", "W315 23 birth"),
        rows=_births(_WRITTEN),
    ),
    Case(
        "dates/written.csv",
        "the same dates in a GB18030 CSV read alike",
        "text",
        lambda: delimited([_HEADER, *_people([text for text, _ in _WRITTEN])], "gb18030"),
        accepted=24,
        notes=("W312 17 birth", "W315 23 birth"),
        rows=_births(_WRITTEN),
    ),
    Case(
        "dates/numbers.xlsx",
        "1985.7 as a number is July, 1985.1 and 85.1 are January or October; a serial number is a day",
        "XlsxWriter",
        lambda: _page([cell for cell, _ in _NUMBERS]),
        tables=_SHEET,
        accepted=8,
        notes=("W305 3 birth", "W305 5 birth"),
        rows=_births(_NUMBERS),
    ),
    Case(
        "dates/serial.csv",
        "a CSV saved from a column of dates without their format: 31236",
        "text",
        lambda: delimited([_HEADER, *_people(["31236", "1985.1", "1985.10"])]),
        accepted=3,
        rows={2: {"birth": "1985-07-08"}, 3: {"birth": "1985-01"}, 4: {"birth": "1985-10"}},
    ),
    Case(
        "dates/cells.xlsx",
        "date cells in several formats are days",
        "XlsxWriter",
        lambda: _page(
            [
                _DAY,
                Formatted(_DAY, 'yyyy"年"m"月"d"日"'),
                Formatted(_DAY, "m/d/yyyy"),
                Formatted(_DAY, "[$-804]yyyy/m/d"),
            ]
        ),
        tables=_SHEET,
        accepted=4,
        rows=_births([(None, "1985-07-08")] * 4),
    ),
    Case(
        "dates/cells_month_only.xlsx",
        "1985年7月 typed into Excel becomes the first of July with a format that shows no day: the day was never said",
        "XlsxWriter",
        lambda: _page([Formatted(date(1985, 7, 1), 'yyyy"年"m"月"'), Formatted(date(1985, 7, 1), "mmm-yy"), _DAY]),
        tables=_SHEET,
        accepted=3,
        rows=_births([(None, "1985-07"), (None, "1985-07"), (None, "1985-07-08")]),
    ),
    Case(
        "dates/epoch_1904.xlsx",
        "a workbook that counts its days from 1904: date cells and bare serial numbers",
        "XlsxWriter",
        lambda: _page([_DAY, Formatted(_DAY, "yyyy/m/d"), 29774.0], date_1904=True),
        tables=_SHEET,
        accepted=3,
        rows=_births([(None, "1985-07-08")] * 3),
    ),
    Case(
        "dates/impossible.xlsx",
        "30 February keeps its month; month 13, day 32, words and 0 are no dates; a day to come is told",
        "XlsxWriter",
        lambda: _page([cell for cell, _ in _IMPOSSIBLE]),
        tables=_SHEET,
        accepted=10,
        notes=(
            "W313 2 birth",
            "W313 3 birth",
            "W304 4 birth",
            "W304 5 birth",
            "W304 6 birth",
            "W304 7 birth",
            "W304 8 birth",
            "W304 9 birth",
            "W414 11 birth",
        ),
        rows=_births(_IMPOSSIBLE),
    ),
)
