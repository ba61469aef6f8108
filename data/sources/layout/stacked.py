"""Which tables does a sheet hold, one below the other? Each with its titles, its header and the rows up to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from data.sources.grid import Grid
from data.sources.layout.bands import TITLE, Band, Bands, has_data
from data.sources.layout.header import HEADER_ROWS, Vocabulary, normalise_header
from data.sources.layout.scan import filled_cells, header_rows

#: A row of that many known headers is a header, even when it lacks a column that the contract needs.
_SURELY_HEADER = 3
#: Title rows have few cells: the title, the unit that reports, the day.
_MAX_TITLE_CELLS = 4
#: Rows that close a table and open none.
CLOSING = re.compile(
    r"\s*(?:(?:合|小|总|共|累)\s*计|制\s*表|审\s*核|复\s*核|经\s*办|(?:注|说明|备注|附注)\s*[:：]|共\s*\d)"
)
#: What only a record holds: the places of an identity number, a registration number or a mobile.
_NUMBER = re.compile(r"\d{11}|\d{15}|[0-9A-Za-z]{18}")


@dataclass
class Part:
    """One table of a sheet; positions are rows of the grid.

    first_title: where its title lines begin (band.first if it has none). end: where its rows end. repeats: positions of
    its own header met again. numbering: positions of rows below a header that only number the columns.
    """

    band: Band
    first_title: int
    end: int
    repeats: list[int] = field(default_factory=list)
    numbering: list[int] = field(default_factory=list)

    @property
    def body(self) -> slice:
        """Its rows below the header."""
        return slice(self.band.last + 1, self.end)


def parts_of(grid: Grid, vocabulary: Vocabulary) -> list[Part]:
    """The tables of a sheet from top to bottom; none if no row names two fields of the contract."""
    filled = filled_cells(grid.cells)
    candidates = header_rows(grid.cells, filled, vocabulary)
    bands = Bands(grid, vocabulary)
    top = _first(bands, candidates)
    if top is None:
        return []
    part = Part(top, 0, len(grid.cells))
    parts = [part]
    _note_numbering(bands, part, top.last + 1)
    widths = filled.sum(axis=1)
    below = top.last
    for position in candidates[candidates > top.last].tolist():
        if position <= below:
            continue
        found = _again(bands, part.band, position) or bands.at(position, below + 1)
        is_same = _is_same(found, part.band)
        if not is_same and not _opens_table(bands, found):
            continue
        first_title = _titles_above(bands, part.band, widths, found.first, below + 1)
        if is_same and first_title == found.first:
            part.repeats.extend(range(found.first, found.last + 1))
        else:
            part.end = first_title
            part = Part(found, first_title, len(grid.cells))
            parts.append(part)
        _note_numbering(bands, part, found.last + 1)
        below = found.last
    return parts


def _first(bands: Bands, candidates: npt.NDArray[np.intp]) -> Band | None:
    """The first header with all that the contract needs; else the one that names most fields, for the message."""
    near = [bands.at(position, 0) for position in candidates[candidates < HEADER_ROWS].tolist()]
    sound = next((band for band in near if bands.is_sound(band)), None)
    return sound or max(near, key=lambda band: len(band.fields), default=None)


def _opens_table(bands: Bands, band: Band) -> bool:
    """A header further down: complete, or so full of known headers that its lack must be told."""
    return bands.is_sound(band) or (len(band.fields) >= _SURELY_HEADER and not any(map(has_data, band.rows)))


def _again(bands: Bands, band: Band, position: int) -> Band | None:
    """The very same rows as the header in force, at this position."""
    depth = len(band.rows)
    for offset in range(depth):
        first = position - offset
        if tuple(bands.row(row) for row in range(first, min(first + depth, bands.n_rows))) == band.rows:
            return Band(first, first + depth - 1, band.headers, band.fields, band.rows)
    return None


def _is_same(band: Band, other: Band) -> bool:
    """Whether every column of the header has the same word as in the other, or none."""
    pairs = zip(band.headers, other.headers, strict=True)
    return all(not own or normalise_header(own) == normalise_header(word) for own, word in pairs)


def _note_numbering(bands: Bands, part: Part, position: int) -> None:
    if bands.numbers_columns(position, part.band.headers):
        part.numbering.append(position)


def _titles_above(bands: Bands, above: Band, widths: npt.NDArray[np.intp], position: int, floor: int) -> int:
    """Position of the first of the title rows right above a header, `position` itself if there are none.

    above: the header in force there; a lone cell in one of its fields may be a record of which only that is known.
    """
    fields = [bands.vocabulary.field(header) for header in above.headers]
    first = position
    while first > floor and widths[first - 1] <= _MAX_TITLE_CELLS and _is_title(bands, first - 1, fields):
        first -= 1
    return first


def _is_title(bands: Bands, position: int, fields: Sequence[str | None]) -> bool:
    filled = [(text, field) for text, field in zip(bands.row(position), fields, strict=True) if text]
    texts = [text for text, _ in filled]
    if not texts or CLOSING.match(texts[0]) or any(map(_NUMBER.fullmatch, texts)):
        return False
    if any(TITLE.search(text) for text in texts):
        return True
    return len(texts) == 1 and not has_data(texts) and (filled[0][1] is None or position in bands.merged)
