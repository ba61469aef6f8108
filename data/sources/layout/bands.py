"""Where does a header begin and end? One row, or two or three that make up one header, told from titles and data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from data.sources.grid import Grid
from data.sources.layout.blocks import blocks
from data.sources.layout.header import Vocabulary, normalise_header
from data.sources.layout.levels import NEUTRAL, OTHERS, Span, Texts, flatten, spans, stacked_levels

#: A header has up to so many rows.
_DEPTH = 3
#: Cells that no header has: numbers, days, numbers of persons, answers.
_DATA = re.compile(
    r"\d+(?:\.\d+)?|\d{6,}[\dXx*]*|\d{4}[-./年]\d{1,2}(?:[-./月](?:\d{1,2}日?)?)?|\d{4}年度?|[男女是否√×]"
)
#: Cells that stand in titles and never in headers.
TITLE = re.compile(
    r"花\s*名\s*册|名\s*册|名\s*单|统计表|登记表|信息表|一览表|汇总表|采集表|明细表|台\s*账|清\s*单|填表说明|续\s*表"
    r"|^\s*附\s*[件表]|(?:单位|日期|时间|部门|党委|支部|总支|镇|乡|街道|村|社区)\s*[:：]|^\s*截\s*[至止]"
)
#: A row that numbers the columns: 1 2 3, (1) (2) (3), 甲 乙 1 2.
_COLUMN_NUMBER = re.compile(r"[(（]?(\d{1,2})[)）]?|[甲乙丙丁戊]|[A-Z]栏?")
_MIN_NUMBERED = 3


@dataclass(frozen=True)
class Band:
    """A header. first, last: positions of its rows; headers: one a column, '' for none; fields: what they name.

    rows: the texts of its rows as they stand, by which it is known again further down.
    """

    first: int
    last: int
    headers: tuple[str, ...]
    fields: frozenset[str]
    rows: tuple[tuple[str | None, ...], ...]


class Bands:
    """Looks for headers on one grid."""

    def __init__(self, grid: Grid, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._values: npt.NDArray[np.object_] = grid.cells.to_numpy(dtype=object)
        self.merged: dict[int, list[Span]] = {}
        numbers = [number for number, _, _ in grid.merged_across]
        positions = np.searchsorted(grid.row_numbers, numbers).tolist()
        for position, (number, first, last) in zip(positions, grid.merged_across, strict=True):
            is_there = position < len(grid.row_numbers) and grid.row_numbers[position] == number
            if is_there and first < self._values.shape[1]:
                self.merged.setdefault(position, []).append((first, min(last, self._values.shape[1] - 1)))

    @property
    def n_rows(self) -> int:
        """Rows of the grid."""
        return len(self._values)

    def row(self, position: int) -> tuple[str | None, ...]:
        """The texts of one row."""
        return tuple(self._values[position])

    def at(self, position: int, floor: int) -> Band:
        """The best header that this row belongs to; rows above `floor` belong to something else.

        Of several ways the one that names what the contract needs, then one in levels, then the one with most fields.
        """
        end = len(self._values)
        options = [
            (first, last)
            for first in range(max(position - _DEPTH + 1, floor), position + 1)
            for last in range(position, min(first + _DEPTH, end))
        ]
        bands = [self._band(*option) for option in options if self._is_whole(*option)]
        return max(bands, key=self._rank)

    def is_sound(self, band: Band) -> bool:
        """Whether the header has all that the contract needs and no cell that only data have."""
        return self.vocabulary.is_complete(set(band.fields)) and not any(map(has_data, band.rows))

    def numbers_columns(self, position: int, headers: Sequence[str]) -> bool:
        """Whether the row below a header only numbers its columns."""
        if position >= len(self._values):
            return False
        texts = [text for text in self.row(position) if text]
        found = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
        numbers = [int(match[1]) for match in found if match and match[1]]
        is_run = all(later == earlier + 1 for earlier, later in pairwise(numbers))
        n_headers = sum(map(bool, headers))
        return all(found) and len(texts) >= max(_MIN_NUMBERED, n_headers // 2) and is_run and len(numbers) > 1

    def _rank(self, band: Band) -> tuple[bool, bool, int, int]:
        depth = band.last - band.first
        return self.vocabulary.is_complete(set(band.fields)), depth > 0, len(band.fields), depth

    def _band(self, first: int, last: int) -> Band:
        rows = tuple(self.row(position) for position in range(first, last + 1))
        merged = [self.merged.get(position, []) for position in range(first, last + 1)]
        headers = tuple(flatten(stacked_levels(rows, merged), self.vocabulary))
        return Band(first, last, headers, frozenset(self.vocabulary.fields(headers)), rows)

    def _is_whole(self, first: int, last: int) -> bool:
        """Whether the rows may be levels of one header: each belongs to the next, and none is a title or data."""
        rows = [self.row(position) for position in range(first, last + 1)]
        if len(rows) > 1 and any(has_data(row) or _has_title(row) for row in rows):
            return False
        if any(self.numbers_columns(position, ()) for position in range(first + 1, last + 1)):
            return False
        return all(
            self._belong(upper, lower, self.merged.get(first + depth, []))
            for depth, (upper, lower) in enumerate(pairwise(rows))
        )

    def _belong(self, upper: Texts, lower: Texts, merged: Sequence[Span]) -> bool:
        groups = [span for span in spans(upper, lower, merged) if span[1] > span[0]]
        grouped = {position for first, last in groups for position in range(first, last + 1)}
        both = [
            (a, b) for column, (a, b) in enumerate(zip(upper, lower, strict=True)) if a and b and column not in grouped
        ]
        n_same = sum(normalise_header(a) == normalise_header(b) for a, b in both)
        n_split = sum(self._is_split(a, b) for a, b in both)
        if n_same + n_split < len(both):
            return False
        is_beside = len(blocks(lower, self.vocabulary)) > 1
        if is_beside and not any(OTHERS.search(normalise_header(text)) for text in upper if text):
            return False
        wide = [span for span in groups if len({lower[column] for column in range(span[0], span[1] + 1)} - {None}) > 1]
        return n_same + n_split + len(wide) > 0 and not self._is_lone_title(upper, groups)

    def _is_lone_title(self, upper: Texts, groups: Sequence[Span]) -> bool:
        """One text alone, over any number of columns, is a title unless it is known to say what is below."""
        texts = [text for text in upper if text]
        return len(texts) == 1 and bool(groups) and not self._gathers(texts[0])

    def _gathers(self, text: str) -> bool:
        word = normalise_header(text)
        return self.vocabulary.field(text) is not None or bool(OTHERS.search(word) or NEUTRAL.fullmatch(word))

    def _is_split(self, upper: str, lower: str) -> bool:
        """A header that goes on in the row below: 身份证 / 号码, or with a note in brackets there."""
        if normalise_header(upper) == normalise_header(lower):
            return False
        is_note = normalise_header(upper + lower) == normalise_header(upper)
        return is_note or self.vocabulary.field(upper + lower) is not None


def has_data(row: Texts) -> bool:
    """Whether a cell of the row is a number, a day or an answer."""
    return any(text and _DATA.fullmatch(text) for text in row)


def _has_title(row: Texts) -> bool:
    return any(text and TITLE.search(text) for text in row)
