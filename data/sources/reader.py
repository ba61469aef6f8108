"""What does a source hold? Every file it names, read by its content and never by its extension, as raw tables.

Rules and measurements behind them: intake notes §3.1-3.2. One file that cannot be used raises SourceFileError.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from data.contracts.answer_sheet import is_answer_sheet
from data.contracts.feeds import CONTRACTS, MAY_BE_EMPTY
from data.contracts.field import FeedContract
from data.contracts.reasons.files import BIG5, EMPTY_FILE, NO_FILE, UNREADABLE
from data.contracts.reasons.headers import NO_HEADER, NO_ROWS
from data.sources.formats.content import grids
from data.sources.formats.delimited import DELIMITERS, first_records, looks_like_big5
from data.sources.grid import Grid
from data.sources.layout.header import HEADER_ROWS, n_hits
from data.sources.layout.sheet_tables import tables_by_sheet
from data.sources.pulls.pull import pull
from data.sources.pulls.remote import remote_files
from data.sources.raw import RawTable
from data.sources.spec import SourceSpec

__all__ = ["RawTable", "read_grids", "read_source", "source_files", "tables_of"]


def read_source(name: str, spec: SourceSpec, base: Path) -> list[RawTable]:
    """Every table of every file of a source, ordered by file and sheet; `base` is the folder of `sources.toml`.

    Raises SourceFileError naming file and sheet for the first file that is missing, unreadable, empty, or without
    the columns of the contract. Sheets without a recognisable header are skipped and told, unless all are.
    A query or an endpoint is one table; a source that does not answer raises SourceUnavailable.
    """
    if spec.is_pulled:
        return [pull(name, spec)]
    if spec.is_remote:
        files = remote_files(name, spec, base)
        return [table for where, data in files for table in tables_of(data, where, name, spec)]
    places = source_files(name, spec, base)
    return [table for where, path in places for table in tables_of(_content(path, name, where), where, name, spec)]


def tables_of(data: bytes, where: str, name: str, spec: SourceSpec) -> list[RawTable]:
    """Every table in the bytes of one file, by sheet, top to bottom, left to right. Raises SourceFileError.

    where: what messages and `source_file` call the file; name: of the source; spec: its kind, area and `columns`.
    """
    contract = CONTRACTS[spec.kind]
    # The list of problems that an earlier check put in front is no table of the clerk's.
    sheets = [grid for grid in _grids(data, where, name, spec) if not is_answer_sheet(_top(grid))]
    if not sheets:
        raise EMPTY_FILE.refuse(name, where)
    found = tables_by_sheet(sheets, spec, name, where)
    tables = [table for _, own in found for table in own]
    if not tables:
        if looks_like_big5(data):
            raise BIG5.refuse(name, where)
        expected = "、".join(field.title for field in contract.required() or contract.fields[:3])
        raise NO_HEADER.refuse(name, where, n_rows=HEADER_ROWS, title=contract.title, expected=expected)
    if spec.kind not in MAY_BE_EMPTY and not any(len(table.cells) for table in tables):
        raise NO_ROWS.refuse(name, where)
    skipped = tuple(sheet for sheet, own in found if not own)
    return [replace(tables[0], skipped_sheets=skipped), *tables[1:]]


def read_grids(path: Path, spec: SourceSpec) -> list[Grid]:
    """The sheets of one file as they are, before any header is looked for. Raises SourceFileError."""
    return _grids(_content(path, path.name, path.name), path.name, path.name, spec)


def delimiter_by_headers(contracts: Iterable[FeedContract], overrides: Mapping[str, str]) -> Callable[[str], str]:
    """A function that finds the delimiter of a text: the one by which its best line names most fields."""
    known = list(contracts)

    def best(text: str) -> str:
        tops = {delimiter: first_records(text, delimiter, HEADER_ROWS) for delimiter in DELIMITERS}
        hits = {
            delimiter: max((n_hits(row, contract, overrides) for row in top for contract in known), default=0)
            for delimiter, top in tops.items()
        }
        return max(DELIMITERS, key=lambda delimiter: hits[delimiter])

    return best


def _grids(data: bytes, where: str, name: str, spec: SourceSpec) -> list[Grid]:
    """The sheets that hold anything."""
    delimiter_of = delimiter_by_headers([CONTRACTS[spec.kind]], spec.columns)
    return [grid for grid in grids(data, name, where, delimiter_of=delimiter_of) if len(grid.cells)]


def _top(grid: Grid) -> list[list[str | None]]:
    rows: list[list[str | None]] = grid.cells.head(HEADER_ROWS).to_numpy(dtype=object).tolist()
    return rows


def source_files(name: str, spec: SourceSpec, base: Path) -> list[tuple[str, Path]]:
    """Every file at hand of a source, behind its `source_file`: matches of all patterns, each file once, sorted.

    Lock files of office programs are not data. Raises SourceFileError for a pattern that nothing matches.
    """
    found: set[str] = set()
    for pattern in spec.location:
        # A file named 名册[1].xlsx is meant as it stands, not as a pattern.
        named = [pattern] if (base / pattern).is_file() else glob.glob(pattern, root_dir=base, recursive=True)
        matches = [match for match in named if _is_data(base / match)]
        if not matches:
            raise NO_FILE.refuse(name, pattern)
        found.update(matches)
    return [(spec.shown_as or _relative(base / match, base), base / match) for match in sorted(found)]


def _content(path: Path, name: str, where: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UNREADABLE.refuse(name, where, why=error.strerror) from None


def _is_data(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(("~$", ".~"))


def _relative(path: Path, base: Path) -> str:
    return Path(os.path.relpath(path, base)).as_posix()
