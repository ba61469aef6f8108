"""How is a text file read? A strict ladder of encodings, the delimiter by the header, then pandas' C parser.

GB18030, not GBK: rare characters of names lie outside GBK. Everything stays text; nothing is taken for null.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import pandas as pd

from data.contracts.reasons.files import BAD_LINE, ENCODING
from data.sources.formats.typed_cells import grid_of_columns
from data.sources.grid import Grid

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
#: Delimiters to try, most usual first.
DELIMITERS = (",", "\t", ";", "|")
#: Two-byte text has a NUL in every comma; a damaged export has one here and there.
_MAX_NUL_SHARE = 0.01
#: The first records are looked for in so many characters, and the width of a file among so many records.
_TOP, _TOP_RECORDS = 2_000_000, 100
#: Records with so many filled cells are no titles.
_NO_TITLE = 3
#: How systems guard a number against spreadsheets: ="460022190001010010".
_GUARDED = re.compile(r'\A="(.*)"\Z')
_BIG5_WORDS = ("姓名", "性別", "號碼", "編號", "電話", "單位", "日期", "備註", "黨", "名稱", "時間", "註冊")
_BIG5_TOP = 2000
#: pandas names lines from one and the row where a string starts from nought.
_LINE = re.compile(r"line (\d+)")
_ROW = re.compile(r"row (\d+)")


def decode(data: bytes, source: str, where: str) -> str:
    """BOM (UTF-8 or UTF-16, which Excel calls Unicode text), then strict UTF-8, then strict GB18030.

    A few stray NULs are left to the caller. Raises SourceFileError for anything else.
    """
    encodings: tuple[str, ...]
    if data.startswith(_BOM):
        encodings = ("utf-8-sig",)
    elif data.startswith(_UTF16):
        encodings = ("utf-16",)
    elif b"\0" in data and data.count(0) > _MAX_NUL_SHARE * len(data):
        raise ENCODING.refuse(source, where)
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ENCODING.refuse(source, where)


def read_text(data: bytes, source: str, where: str, delimiter_of: Callable[[str], str]) -> Grid:
    """The records of a text file as a grid; `delimiter_of` gives the delimiter for its text.

    Raises SourceFileError for another encoding, and for quotes or columns gone wrong.
    """
    text = decode(data, source, where)
    # NULs would end cells for the parser; all other invisible characters come out with the cells.
    n_nuls = text.count("\0") if "\0" in text else 0
    if n_nuls:
        text = text.replace("\0", "")
    delimiter = delimiter_of(text)
    layout = _layout(text, delimiter, source, where)
    is_guarded = '="' in text
    packed = text.encode()
    # Large files: the text goes before the parser needs room for its cells.
    del text
    cells = _parse(packed, delimiter, *layout, source, where)
    del packed
    if is_guarded:
        cells = cells.replace(_GUARDED, r"\1", regex=True)
    grid = grid_of_columns([cells.pop(name).to_numpy(dtype=object) for name in list(cells.columns)])
    return replace(grid, n_invisible=grid.n_invisible + n_nuls)


def looks_like_big5(data: bytes) -> bool:
    """Is this no UTF-8 but, read as Big5, a text whose first lines hold words of a roster?

    Big5 bytes are also GB18030, of characters that nobody writes: to be asked of a text file without a header.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return False
    try:
        top = data.decode("big5hkscs")[:_BIG5_TOP]
    except UnicodeDecodeError:
        return False
    return any(word in top for word in _BIG5_WORDS)


def first_records(text: str, delimiter: str, n_records: int) -> list[list[str]]:
    """The first records as a spreadsheet counts them: quoted line breaks inside a cell do not end a record."""
    reader = csv.reader(io.StringIO(text[:_TOP], newline=""), delimiter=delimiter)
    try:
        return list(islice(reader, n_records))
    except csv.Error:
        return []


def _layout(text: str, delimiter: str, source: str, where: str) -> tuple[int, int]:
    """How many columns the first records have at most, and how many lines the text has.

    Raises SourceFileError for a record with a cell more than the others: a delimiter that no quotes protect shifts it.
    """
    records = first_records(text, delimiter, _TOP_RECORDS)
    if (row := _widened(records)) is not None:
        raise BAD_LINE.refuse(source, where, line=row + 1)
    return max(map(len, records), default=0) or 1, text.count("\n") + (not text.endswith("\n"))


def _widened(records: list[list[str]]) -> int | None:
    """Position of the first record with filled cells beyond the usual number of columns; titles are no measure."""
    filled = [(row, record) for row, record in enumerate(records) if sum(map(bool, record)) >= _NO_TITLE]
    counts = Counter(len(record) for _, record in filled)
    usual = min(counts, key=lambda width: (-counts[width], width), default=0)
    return next((row for row, record in filled if any(cell.strip() for cell in record[usual:])), None)


def _parse(packed: bytes, delimiter: str, width: int, n_lines: int, source: str, where: str) -> pd.DataFrame:
    try:
        cells = pd.read_csv(
            io.BytesIO(packed),
            sep=delimiter,
            header=None,
            names=range(width),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
            on_bad_lines="error",
            engine="c",
        )
    except pd.errors.ParserError as error:
        raise BAD_LINE.refuse(source, where, line=_line_of(str(error))) from None
    if n_lines > len(cells) and (row := _swallowed(cells, delimiter)) is not None:
        raise BAD_LINE.refuse(source, where, line=row + 1)
    return cells


def _line_of(problem: str) -> str:
    line, row = _LINE.search(problem), _ROW.search(problem)
    return line[1] if line else str(int(row[1]) + 1) if row else "?"


def _swallowed(cells: pd.DataFrame, delimiter: str) -> int | None:
    """Position of a row whose cell holds whole lines of the file: a quote opened there and closed much later."""
    many = max(len(cells.columns) - 1, 1)
    for name in cells.columns:
        broken = cells.loc[cells[name].str.contains("\n", regex=False, na=False), name]
        for position, cell in broken.items():
            if any(line.count(delimiter) >= many for line in str(cell).split("\n")):
                return int(str(position))
    return None
