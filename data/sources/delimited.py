"""How is a text file read? A strict ladder of encodings, the delimiter by the header, then pandas' C parser.

GB18030, not GBK: rare characters of names lie outside GBK. Everything stays text; nothing is taken for null.
"""

from __future__ import annotations

import csv
import io
import re
from itertools import islice

import pandas as pd

from data.contracts.reasons.files import BAD_LINE, ENCODING

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
#: Delimiters to try, most usual first.
DELIMITERS = (",", "\t", ";", "|")
#: Two-byte text has a NUL in every comma; a damaged export has one here and there.
_MAX_NUL_SHARE = 0.01
_BIG5_WORDS = ("姓名", "性別", "號碼", "編號", "電話", "單位", "日期", "備註", "黨", "名稱", "時間", "註冊")
_BIG5_TOP = 2000
#: pandas names lines from one and the row where a string starts from nought.
_LINE = re.compile(r"line (\d+)")
_ROW = re.compile(r"row (\d+)")


def decode(data: bytes, source: str, where: str) -> str:
    """BOM, then strict UTF-8, then strict GB18030; a few stray NULs are left to the caller. Raises SourceFileError for
    anything else."""
    if data.startswith(_UTF16) or data.count(0) > _MAX_NUL_SHARE * len(data):
        raise ENCODING.refuse(source, where)
    if data.startswith(_BOM):
        encodings: tuple[str, ...] = ("utf-8-sig",)
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ENCODING.refuse(source, where)


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
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return list(islice(reader, n_records))
    except csv.Error:
        return []


def parse(text: str, delimiter: str, source: str, where: str) -> pd.DataFrame:
    """Every record of the text as a row of text cells, blank lines included, columns 0..n-1; missing cells are ''.

    Raises SourceFileError naming the line where quotes or the number of columns go wrong.
    """
    width = max((len(record) for record in first_records(text, delimiter, 100)), default=1)
    try:
        cells = pd.read_csv(
            io.BytesIO(text.encode()),
            sep=delimiter,
            header=None,
            names=range(max(width, 1)),
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
    if (row := _swallowed(text, cells, delimiter)) is not None:
        raise BAD_LINE.refuse(source, where, line=row + 1)
    return cells


def _line_of(problem: str) -> str:
    line, row = _LINE.search(problem), _ROW.search(problem)
    return line[1] if line else str(int(row[1]) + 1) if row else "?"


def _swallowed(text: str, cells: pd.DataFrame, delimiter: str) -> int | None:
    """Position of a row whose cell holds whole lines of the file: a quote opened there and closed much later."""
    if text.count("\n") - text.endswith("\n") < len(cells):
        return None
    many = max(len(cells.columns) - 1, 1)
    for name in cells.columns:
        broken = cells.loc[cells[name].str.contains("\n", regex=False, na=False), name]
        for position, cell in broken.items():
            if any(line.count(delimiter) >= many for line in str(cell).split("\n")):
                return int(str(position))
    return None
