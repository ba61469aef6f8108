"""How alike are two Chinese personal names? Exact, variant, same or near reading, a character off, different."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.arrays import CHUNK_PAIRS, Codes, Levels, Mask, Positions, chunks, distinct_pairs, encode
from matching.characters import CharacterTable, character_table, surname_length
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.spellings import canonical_name

#: Han names have 2-4 characters; longer ones (with a dot, in letters) take the wide path, cut off at its width.
_WIDTHS = (5, 32)


class NameLevel(IntEnum):
    """Levels of `NameComparison`."""

    DIFFERENT = 0
    SAME_SURNAME = 1
    ONE_OF_MANY = 2
    ONE_CHARACTER = 3
    NEAR_READING = 4
    SAME_READING = 5
    VARIANT = 6
    EXACT = 7


@dataclass(frozen=True)
class Names:
    """Distinct names as rows of characters: `codes` per record points into all other arrays."""

    codes: Codes
    canonical: Codes
    n_readable: npt.NDArray[np.int16]
    surname: Codes
    length: npt.NDArray[np.int16]
    from_start: npt.NDArray[np.int32]
    from_end: npt.NDArray[np.int32]
    table: CharacterTable


class NameComparison(LevelComparison[Names]):
    """Levels of two names as written.

    exact: equal, every character readable. variant: equal once traditional and variant characters are put in
    standard form. same_reading: at each position the characters share one of their readings. near_reading: they
    share one that southern speakers do not tell apart (n l, zh z, ing in, hu f). one_character: one
    character missing, inserted, unreadable (`?`, □, *) or a look-alike, or two neighbours swapped. one_of_many: one of
    three or more characters differs.
    """

    LEVELS = NameLevel

    def prepare(self, *columns: pd.Series) -> Names:
        """Distinct names in canonical characters, laid out from their start and from their end."""
        codes, values = encode(columns[0])
        texts = [canonical_name(str(value)) for value in values]
        table = character_table(texts)
        width = min(max((len(text) for text in texts), default=1), _WIDTHS[-1])
        from_start = np.zeros((len(texts), width), dtype=np.int32)
        from_end = np.zeros((len(texts), width), dtype=np.int32)
        for row, text in enumerate(texts):
            characters = [table.rows[character] for character in text[:width]]
            from_start[row, : len(characters)] = characters
            from_end[row, : len(characters)] = characters[::-1]
        canonical, _ = encode(pd.Series(texts, dtype=object))
        surname, _ = encode(pd.Series([text[: surname_length(text)] for text in texts], dtype=object))
        length = np.array([min(len(text), width) for text in texts], dtype=np.int16)
        readable = ((from_start > 0) & (from_start != table.missing)).sum(axis=1).astype(np.int16)
        # A name without one readable character says nothing: it is missing.
        codes = np.where(np.append(readable > 0, False)[codes], codes, -1)
        return Names(codes, canonical, readable, surname, length, from_start, from_end, table)

    def levels(self, prepared: Names, left: Positions, right: Positions) -> Levels:
        """Equal codes are exact; the kernel sees each other pair of distinct names once."""
        a, b = prepared.codes[left], prepared.codes[right]
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        both = (a >= 0) & (b >= 0)
        equal = np.flatnonzero(both & (a == b))
        is_whole = prepared.n_readable[a[equal]] == prepared.length[a[equal]]
        out[equal] = np.where(is_whole, NameLevel.EXACT, NameLevel.ONE_CHARACTER)
        unequal = both & (a != b)
        low, high, which = distinct_pairs(a[unequal], b[unequal])
        found = np.zeros(len(low), dtype=np.int8)
        longest = np.maximum(prepared.length[low], prepared.length[high])
        for narrower, width in zip((0, *_WIDTHS), _WIDTHS, strict=False):
            rows = np.flatnonzero((longest > narrower) & (longest <= width))
            for part in chunks(len(rows), CHUNK_PAIRS // 4):
                found[rows[part]] = _kernel(prepared, low[rows[part]], high[rows[part]], width)
        out[unequal] = found[which]
        return out


def _kernel(names: Names, a: Codes, b: Codes, width: int) -> Levels:
    """Levels of pairs of different names of at most `width` characters."""
    wide = min(width, names.from_start.shape[1])
    left, right = names.from_start[a, :wide], names.from_start[b, :wide]
    n_left, n_right = names.length[a], names.length[b]
    used = (left > 0) & (right > 0)
    same = (left == right) & used
    unreadable = used & ((left == names.table.missing) | (right == names.table.missing))
    sounds_same = same | _share(names.table.readings, left, right, used & ~same)
    looks_same = _share(names.table.look_alikes, left, right, used & ~same)
    is_even = n_left == n_right
    n_same = same.sum(axis=1)
    n_other = n_left - (same | unreadable).sum(axis=1)
    n_wrong = n_left - same.sum(axis=1)
    is_long = is_even & (n_left >= 3)
    # An unreadable character agrees with any, but some character must be readable on both sides.
    is_patched = is_even & (n_other == 0) & (n_same > 0)
    is_look_alike = is_even & (n_wrong == 1) & (looks_same & ~same).any(axis=1)
    slipped = is_patched | is_look_alike | _one_missing(names, a, b, wide) | _swapped(left, right, same, is_even)
    out = np.zeros(len(a), dtype=np.int8)
    out[names.surname[a] == names.surname[b]] = NameLevel.SAME_SURNAME
    out[is_long & (n_wrong == 1)] = NameLevel.ONE_OF_MANY
    out[slipped] = NameLevel.ONE_CHARACTER
    sounds_near = sounds_same | _share(names.table.near_readings, left, right, used & ~sounds_same)
    out[is_even & (sounds_near.sum(axis=1) == n_left) & ~unreadable.any(axis=1)] = NameLevel.NEAR_READING
    out[is_even & (sounds_same.sum(axis=1) == n_left) & ~unreadable.any(axis=1)] = NameLevel.SAME_READING
    is_whole = (names.n_readable[a] == n_left) & (names.n_readable[b] == n_right)
    out[is_whole & (names.canonical[a] == names.canonical[b])] = NameLevel.VARIANT
    return out


def _share(
    groups: npt.NDArray[np.int32], left: npt.NDArray[np.int32], right: npt.NDArray[np.int32], where: Mask
) -> Mask:
    """Where two characters have a group (a reading, a look) in common; computed only at the places asked for."""
    out = np.zeros(left.shape, dtype=bool)
    rows, columns = np.nonzero(where)
    a, b = groups[left[rows, columns]], groups[right[rows, columns]]
    found = np.zeros(len(rows), dtype=bool)
    for k in range(groups.shape[1]):
        found |= ((a == b[:, k : k + 1]) & (a > 0)).any(axis=1)
    out[rows, columns] = found
    return out


def _one_missing(names: Names, a: Codes, b: Codes, width: int) -> Mask:
    """One name is the other without one character (two or more remain): equal start and equal end cover it."""
    shorter = np.minimum(names.length[a], names.length[b])
    start = _n_leading(names.from_start[a, :width], names.from_start[b, :width])
    end = _n_leading(names.from_end[a, :width], names.from_end[b, :width])
    is_off_by_one = np.abs(names.length[a] - names.length[b]) == 1
    return np.asarray(is_off_by_one & (shorter >= 2) & (start + end >= shorter), dtype=bool)


def _n_leading(left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]) -> Codes:
    same = (left == right) & (left > 0)
    return np.asarray(np.cumprod(same, axis=1, dtype=np.int64).sum(axis=1))


def _swapped(left: npt.NDArray[np.int32], right: npt.NDArray[np.int32], same: Mask, is_even: Mask) -> Mask:
    """Two neighbouring characters have changed places, all others agree."""
    crossed = (left[:, :-1] == right[:, 1:]) & (left[:, 1:] == right[:, :-1]) & (left[:, :-1] > 0) & (right[:, :-1] > 0)
    crossed &= ~same[:, :-1] & ~same[:, 1:]
    n_wrong = ((left > 0) & ~same).sum(axis=1)
    return np.asarray(is_even & (n_wrong == 2) & crossed.any(axis=1), dtype=bool)
