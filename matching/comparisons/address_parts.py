"""What do a million addresses say? Those that differ in their numbers only are taken apart once for all.

好圣村12号 and 好圣村13号 are one form, 好圣村<>号: the parser sees a mark for each number and copies it into the parts.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matching.addresses import Address, parse_address
from matching.texts import Points, Starts, all_of, points_of, starts_of

_TEXT = pa.large_string()
#: Stands for a number in a form. For the parser it is a number too: the mark, then which number of the text it is.
_GAP = "\x00"
_MARK = "7" * 12
_MARKED = re.compile(rf"{_MARK}([0-9]{{5}})")


def address_parts(texts: pa.LargeStringArray) -> dict[str, pa.LargeStringArray]:
    """Each part of `Address`, one text an address, as `parse_address` tells it."""
    points = points_of(texts)
    is_known = ((points.points > 0) & (points.points < 0x80)) | ((points.points >= 0x3400) & (points.points <= 0x9FFF))
    # Digits of other scripts may join a number when they are put in normal form: such texts are parsed whole.
    is_plain = all_of(points, is_known)
    plain, others = np.flatnonzero(is_plain), np.flatnonzero(~is_plain)
    runs, of_text, forms = _numbers(points.take(plain))
    coded = forms.texts().dictionary_encode()
    form = np.asarray(coded.indices, dtype=np.int64)
    parsed = [parse_address(_marked(text)) for text in coded.dictionary.to_pylist()]
    whole = [parse_address(text) for text in texts.take(pa.array(others)).to_pylist()]
    place_of = np.empty(len(texts), dtype=np.int64)
    place_of[np.concatenate([plain, others])] = np.arange(len(texts))
    out = {}
    for place, part in enumerate(Address._fields):
        # What a form says of the part, with marks where numbers go.
        patterns = pa.array([address[place] for address in parsed], type=_TEXT).dictionary_encode()
        pattern = np.asarray(patterns.indices, dtype=np.int64)[form]
        filled = _filled(patterns.dictionary.to_pylist(), pattern, runs, of_text)
        told = pa.array([address[place] for address in whole], type=_TEXT)
        out[part] = pa.concat_arrays([filled, told]).take(pa.array(place_of))
    return out


def _numbers(points: Points) -> tuple[pa.LargeStringArray, Starts, Points]:
    """All numbers, where those of each text begin, and the texts with a gap for each number."""
    is_digit = (points.points >= ord("0")) & (points.points <= ord("9"))
    owners = points.owners()
    is_first = is_digit.copy()
    is_first[1:] &= ~is_digit[:-1] | (owners[1:] != owners[:-1])
    begins = np.flatnonzero(is_first)
    run = np.cumsum(is_first)[is_digit] - 1
    runs = Points(points.points[is_digit], starts_of(np.bincount(run, minlength=len(begins)))).texts()
    of_text = starts_of(np.bincount(owners[begins], minlength=len(points)))
    is_kept = ~is_digit | is_first
    shown = np.where(is_digit, np.uint32(ord(_GAP)), points.points)[is_kept]
    return runs, of_text, Points(shown, starts_of(np.bincount(owners[is_kept], minlength=len(points))))


def _marked(form: str) -> str:
    """A form with marks in its gaps."""
    first, *rest = form.split(_GAP)
    return first + "".join(f"{_MARK}{number:05d}{piece}" for number, piece in enumerate(rest))


def _filled(patterns: list[str], pattern: Starts, runs: pa.LargeStringArray, of_text: Starts) -> pa.LargeStringArray:
    """The pattern of each text with its own numbers at the marks."""
    order = np.argsort(pattern, kind="stable")
    bounds = np.searchsorted(pattern[order], np.arange(len(patterns) + 1))
    pieces = []
    for number, text in enumerate(patterns):
        rows = order[bounds[number] : bounds[number + 1]]
        split = _MARKED.split(text)
        if len(split) == 1:
            pieces.append(pa.repeat(pa.scalar(text, _TEXT), len(rows)))
            continue
        columns = [
            runs.take(pa.array(of_text[rows] + int(piece))) if nth % 2 else pa.scalar(piece, _TEXT)
            for nth, piece in enumerate(split)
        ]
        pieces.append(pc.binary_join_element_wise(*columns, pa.scalar("", _TEXT)))
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return pa.concat_arrays([*pieces, pa.array([], _TEXT)]).take(pa.array(back))
