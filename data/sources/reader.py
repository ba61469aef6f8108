"""What does a source hold? Every file it names, read by its content and never by its extension, as raw tables.

Rules and measurements behind them: intake notes §3.1-3.2. One file that cannot be used raises SourceFileError.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.feeds import CONTRACTS
from data.contracts.field import FeedContract
from data.contracts.reasons.files import BIG5, EMPTY_FILE, NO_FILE, NOT_A_TABLE, UNREADABLE, WEB_PAGE
from data.contracts.reasons.headers import NO_HEADER, NO_ROWS
from data.model import FeedKind
from data.sources.delimited import DELIMITERS, decode, first_records, looks_like_big5, parse
from data.sources.header import HEADER_ROWS, find_header, map_headers, n_hits
from data.sources.raw import RawTable
from data.sources.rows import dropped_rows
from data.sources.spec import SourceSpec
from data.sources.workbook import read_sheets
from data.values.columns import blank_to_none, map_unique
from data.values.text import INVISIBLE, fold_width

__all__ = ["RawTable", "read_source"]

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_WEB_PAGES = (b"<htm", b"<!doctype", b"<?xml", b"<table", b"<workbook", b"<meta", b"<div", b"mime-version:")
_BINARY = (b"%pdf", b"rar!", b"7z\xbc\xaf", b"\x89png", b"\xff\xd8\xff", b"\x1f\x8b", b"sqlite format", b"{\\rtf")
#: Feeds of events may truly have none; a roster or a register without a row is an export that failed.
_MAY_BE_EMPTY = (FeedKind.TRANSFERS, FeedKind.ORG_LIFE, FeedKind.CONTACT_LOG, FeedKind.STATUS_EVENTS)


@dataclass(frozen=True)
class _Grid:
    """A sheet or a text file before its header is known; positions are rows from the top."""

    sheet: str
    cells: pd.DataFrame
    numeric: npt.NDArray[np.bool_]
    banners: frozenset[int]
    n_invisible: int


def read_source(name: str, spec: SourceSpec, base: Path) -> list[RawTable]:
    """Every table of every file of a source, ordered by file and sheet; `base` is the folder of `sources.toml`.

    Raises SourceFileError naming file and sheet for the first file that is missing, unreadable, empty, or without
    the columns of the contract. Sheets without a recognisable header are skipped and told, unless all are.
    """
    return [table for path in _files(name, spec, base) for table in _read_file(name, spec, path, _relative(path, base))]


def _files(name: str, spec: SourceSpec, base: Path) -> list[Path]:
    """Matches of all patterns, each file once, sorted; lock files of office programs are not data."""
    found: set[str] = set()
    for pattern in spec.location:
        # A file named 名册[1].xlsx is meant as it stands, not as a pattern.
        named = [pattern] if (base / pattern).is_file() else glob.glob(pattern, root_dir=base, recursive=True)
        matches = [match for match in named if _is_data(base / match)]
        if not matches:
            raise NO_FILE.refuse(name, pattern)
        found.update(matches)
    return [base / match for match in sorted(found)]


def _is_data(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(("~$", ".~"))


def _relative(path: Path, base: Path) -> str:
    return Path(os.path.relpath(path, base)).as_posix()


def _read_file(name: str, spec: SourceSpec, path: Path, where: str) -> list[RawTable]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UNREADABLE.refuse(name, where, why=error.strerror) from None
    contract = CONTRACTS[spec.kind]
    grids = [grid for grid in _grids(data, contract, spec, name, where) if grid.cells.notna().to_numpy().any()]
    if not grids:
        raise EMPTY_FILE.refuse(name, where)
    tables: list[RawTable] = []
    skipped: list[str] = []
    for grid in grids:
        position = find_header(_top(grid), contract, spec.columns)
        if position is None:
            skipped.append(grid.sheet)
        else:
            tables.append(_table(grid, position, contract, spec, name, where))
    if not tables:
        if not data.startswith(_WORKBOOKS) and looks_like_big5(data):
            raise BIG5.refuse(name, where)
        expected = "、".join(field.title for field in contract.required() or contract.fields[:3])
        raise NO_HEADER.refuse(name, where, n_rows=HEADER_ROWS, title=contract.title, expected=expected)
    if spec.kind not in _MAY_BE_EMPTY and not any(len(table.cells) for table in tables):
        raise NO_ROWS.refuse(name, where)
    return [replace(tables[0], skipped_sheets=tuple(skipped)), *tables[1:]]


def _grids(data: bytes, contract: FeedContract, spec: SourceSpec, name: str, where: str) -> Iterator[_Grid]:
    """The sheets of a file, by what its first bytes say it is."""
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if data.startswith(_WORKBOOKS):
        for sheet in read_sheets(data, name, where):
            cells, n_invisible = _visible(sheet.cells)
            yield _Grid(sheet.name, cells.apply(_stripped), sheet.numeric, sheet.banners, n_invisible)
    elif head.startswith(_WEB_PAGES):
        raise WEB_PAGE.refuse(name, where)
    elif head.startswith(_BINARY):
        raise NOT_A_TABLE.refuse(name, where)
    elif head:
        text, n_invisible = INVISIBLE.subn("", decode(data, name, where))
        cells = parse(text, _delimiter(text, contract, spec), name, where)
        yield _Grid("", cells.apply(_stripped), np.zeros(cells.shape, dtype=bool), frozenset(), n_invisible)


def _delimiter(text: str, contract: FeedContract, spec: SourceSpec) -> str:
    """The delimiter by which the best line of the top names most fields."""

    def score(delimiter: str) -> int:
        records = first_records(text, delimiter, HEADER_ROWS)
        return max((n_hits(record, contract, spec.columns) for record in records), default=0)

    return max(DELIMITERS, key=score)


def _top(grid: _Grid) -> list[list[str | None]]:
    rows: list[list[str | None]] = grid.cells.head(HEADER_ROWS).to_numpy().tolist()
    return rows


def _table(grid: _Grid, position: int, contract: FeedContract, spec: SourceSpec, name: str, where: str) -> RawTable:
    """The rows below the header, without those that are no records; title lines from above it."""
    top = _top(grid)
    place = f"{where}【{grid.sheet}】" if grid.sheet else where
    headers = [" ".join(fold_width(text).split()) if text else "" for text in top[position]]
    header_map = map_headers(headers, contract, spec.columns, source=name, where=place)
    cells = grid.cells.iloc[position + 1 :].reset_index(drop=True)
    banners = np.isin(np.arange(len(cells)) + position + 1, sorted(grid.banners))
    dropped = dropped_rows(cells, headers, header_map, contract, banners)
    kept = ~np.logical_or.reduce(list(dropped.values()))
    return RawTable(
        source=name,
        source_file=where,
        source_sheet=grid.sheet,
        headers=headers,
        cells=cells[kept].reset_index(drop=True),
        numeric=grid.numeric[position + 1 :][kept],
        source_row=(np.flatnonzero(kept) + position + 2).astype(np.int64),
        title_lines=[" ".join(text for text in row if text) for row in top[:position] if any(row)],
        n_dropped={kind: int(mask.sum()) for kind, mask in dropped.items()},
        n_invisible=grid.n_invisible,
    )


def _visible(cells: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The cells without control and zero-width characters (PostgreSQL holds no NUL), and how many there were."""
    n_found = 0
    for name in cells.columns:
        texts = [text for text in cells[name] if text]
        n_here = len(INVISIBLE.findall("".join(texts)))
        if n_here:
            cells[name] = map_unique(cells[name], lambda text: INVISIBLE.sub("", text))
            n_found += n_here
    return cells, n_found


def _stripped(column: pd.Series) -> pd.Series:
    return blank_to_none(column.str.strip())
