"""Do the totals that a sheet states agree with its rows? Counts (合计 37 人) and sums of number columns.

Only what is surely a count or the sum of a known column is checked; a total of anything else (dues, ages) is silence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.field import FeedContract, Field, ValueType
from data.contracts.left_out import LINE_NUMBERS
from data.contracts.reasons.layout import COUNT_DIFFERS, SUM_DIFFERS
from data.sources.layout.header import HeaderMap, normalise_header
from data.sources.raw import Remark
from data.values.text import fold_width

_UNIT = "[人名个户家条]"
_MARK = re.compile(r"(?:本页|本表|全表|以上|总)?(?:[合小总共累]计|共有?(?=\d))")
_PARTIAL = re.compile(r"小计|本页")
#: 合计37人, 合计：共37名, 共37人; not 合计：男20人.
_IN_TEXT = re.compile(rf"(?:计|共有?)[:：]?(?:共有?|党员|人数|总数|[:：])*(\d+)(?:\.0)?(?:{_UNIT}|[(（,，。;；]|$)")
_COUNT = re.compile(rf"共?(\d+)(?:\.0)?({_UNIT}?)(?:[(（].*)?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Body:
    """The rows below one header, with what was made of them. numbers: row numbers; breaks: positions after which a
    part of the rows begins (subtitles, repeated headers)."""

    cells: pd.DataFrame
    numbers: npt.NDArray[np.int64]
    kept: BoolArray
    trailer: BoolArray
    breaks: BoolArray
    headers: Sequence[str]
    header_map: HeaderMap

    @cached_property
    def n_kept(self) -> npt.NDArray[np.int64]:
        """Rows kept above each position."""
        return np.concatenate([[0], np.cumsum(self.kept)])


@dataclass(frozen=True)
class _Total:
    """One row of totals. scopes: first and last position (not included) of the rows that it may be of."""

    position: int
    texts: tuple[str | None, ...]
    scopes: tuple[tuple[int, int], ...]


def check_totals(bodies: Sequence[Body], contract: FeedContract) -> list[list[Remark]]:
    """For each table of a sheet, in order, what its totals say otherwise than its rows.

    A 小计 may be of the rows since the last total, subtitle or header, a 合计 of the table or of all above it on the
    sheet: it is right if it is right for one of them.
    """
    n_sheet = sum(int(body.n_kept[-1]) for body in bodies)
    remarks, n_above = [], 0
    for body in bodies:
        n_above += int(body.n_kept[-1])
        also = {n_sheet, n_above}
        remarks.append([remark for total in _totals(body) for remark in _differing(total, body, contract, also)])
    return remarks


def _totals(body: Body) -> list[_Total]:
    values = body.cells.to_numpy(dtype=object)
    rows: list[tuple[int, tuple[str | None, ...], bool]] = []
    for position in np.flatnonzero(body.trailer).tolist():
        texts = tuple(_compact(text) for text in values[position])
        mark = next((text for text in texts if text and _MARK.match(text)), None)
        if mark is not None:
            rows.append((position, texts, _PARTIAL.search(mark) is not None))
    ends = sorted({*np.flatnonzero(body.breaks).tolist(), *(position for position, _, _ in rows)})
    found: list[_Total] = []
    last = last_whole = 0
    for position, texts, is_partial in rows:
        place = bisect_left(ends, position)
        section = ends[place - 1] if place else 0
        starts = (max(last, section), last, last_whole, 0) if is_partial else (0, last_whole, section)
        scopes = [(start, position) for start in starts]
        if body.n_kept[position] == body.n_kept[section]:
            # Nothing above it since the last heading: a total that stands at the top of its rows.
            following = ends[place + 1] if place + 1 < len(ends) else len(body.kept)
            scopes += [(position, following), (position, len(body.kept))]
        found.append(_Total(position, texts, tuple(dict.fromkeys(scopes))))
        last = position
        last_whole = last_whole if is_partial else position
    return found


def _compact(text: str | None) -> str | None:
    return re.sub(r"\s+", "", fold_width(text)) if text else None


def _differing(total: _Total, body: Body, contract: FeedContract, also: set[int]) -> Iterable[Remark]:
    row = int(body.numbers[total.position])
    sums = {field.name for field in contract.fields if field.type is ValueType.INTEGER and not field.is_required}
    by_position = {position: name for name, own in body.header_map.columns.items() for position in own}
    stated = _stated_count(total.texts, body, by_position, sums)
    counts = [int(body.n_kept[stop] - body.n_kept[start]) for start, stop in total.scopes]
    if stated is not None and stated not in {*counts, *also}:
        read = _nearest(stated, {*counts, *also})
        yield Remark(row, COUNT_DIFFERS, (("row", row), ("stated", stated), ("read", f"{read:.15g}")))
    for field in contract.fields:
        for position in body.header_map.columns.get(field.name, []) if field.name in sums else []:
            yield from _differing_sum(total, body, position, field, counts)


def _stated_count(texts: Sequence[str | None], body: Body, by_position: dict[int, str], sums: set[str]) -> int | None:
    """The number of rows that a total states: in its own words, else in the one other cell that can only be a count."""
    for text in texts:
        if text and _MARK.match(text) and (found := _IN_TEXT.search(text)):
            return int(found[1])
    found_counts = []
    for position, text in enumerate(texts):
        match = _COUNT.fullmatch(text) if text else None
        if match is None or by_position.get(position) in sums:
            continue
        is_of_rows = position in by_position or normalise_header(body.headers[position]) in LINE_NUMBERS
        if match[2] or is_of_rows or _is_after_mark(texts, position):
            found_counts.append(int(match[1]))
    return found_counts[0] if len(found_counts) == 1 else None


def _is_after_mark(texts: Sequence[str | None], position: int) -> bool:
    before = [text for text in texts[:position] if text]
    return position > 0 and len(before) == 1 and texts[position - 1] == before[0] and not any(texts[position + 1 :])


def _differing_sum(total: _Total, body: Body, position: int, field: Field, counts: Sequence[int]) -> Iterable[Remark]:
    text = total.texts[position]
    if not text or not _NUMBER.fullmatch(text):
        return
    stated = float(text)
    sums = []
    for start, stop in total.scopes:
        rows = body.cells[position].iloc[start:stop][body.kept[start:stop]].dropna()
        numbers = pd.to_numeric(rows.str.replace(",", ""), errors="coerce")
        if numbers.isna().any():
            return
        sums.append(float(numbers.sum()))
    if sums and stated not in {*sums, *map(float, counts)}:
        row = int(body.numbers[total.position])
        facts = (
            ("row", row),
            ("title", field.title),
            ("stated", f"{stated:.15g}"),
            ("read", f"{_nearest(stated, sums):.15g}"),
        )
        yield Remark(row, SUM_DIFFERS, facts, field.name)


def _nearest(stated: float, options: Iterable[float]) -> float:
    """Of what the rows may add up to, the number nearest to what is stated; the smaller of two."""
    return min(sorted(options), key=lambda option: abs(option - stated))
