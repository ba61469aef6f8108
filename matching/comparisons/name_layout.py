"""How do personal names lie in memory for the kernel? As one row of numbers, made without a loop over names.

Only names that are more than Han characters (brackets, dots, letters, signs) are looked at one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from matching.character_words import COMPOUND_SURNAMES
from matching.characters import CharacterTable, character_table, surname_length
from matching.comparisons.name_forms import Form, forms_of
from matching.spellings import canonical_name
from matching.texts import Codes32, Points, Starts, all_of, points_of, starts_of, text_codes

#: A name is compared up to this many characters.
_WIDTH = 32
#: Numbers before the characters of a name: length, readable characters, surname, canonical name, place of its forms.
LENGTH, READABLE, SURNAME, CANONICAL, FORMS, HEAD = 0, 1, 2, 3, 4, 5
_HAN = (0x3400, 0x9FFF)
_SURNAME_BITS = 21
_IN_A_WORD, _BITS_A_CHARACTER = 4, 16


@dataclass(frozen=True)
class Names:
    """starts: where each record's name begins in `names`, -1 for null and for names without a readable character.

    words: two a record for the compiled kernel: the first four characters; surname, length and flags (0: no name).
    names: for each distinct name its head and its characters as rows of the table. forms: for each name that has other
    forms their number, then of each the level that it gives and the canonical name that it stands under.
    """

    starts: Codes32
    words: npt.NDArray[np.uint64]
    names: Codes32
    forms: Codes32
    table: CharacterTable


@dataclass(frozen=True)
class CanonicalNames:
    """Distinct names in canonical characters without dots. is_plain: written in Han characters only.

    code: number of the canonical name; distinct: the canonical names. n_surname: its characters. others: the names
    that are not plain, as written, at the rows `other_rows`.
    """

    points: Points
    code: Codes32
    distinct: pa.LargeStringArray
    n_surname: Starts
    surname: Codes32
    is_plain: npt.NDArray[np.bool_]
    other_rows: Starts
    others: list[str]


def lay_out(column: pd.Series) -> Names:
    """The names of all records."""
    codes, written = text_codes(column)
    names = canonical_names(written)
    table = _table(names.points)
    rows = np.zeros(0x110000, dtype=np.int32)
    for character, row in table.rows.items():
        rows[ord(character)] = row
    length = np.minimum(names.points.lengths, _WIDTH)
    is_kept = names.points.places() < _WIDTH
    characters = rows[names.points.points[is_kept]]
    inner = starts_of(length)
    n_readable = np.diff(np.concatenate([[0], np.cumsum(characters != table.missing)])[inner])
    starts = starts_of(length + HEAD)[:-1].astype(np.int32)
    forms, places = _form_lists(forms_of(names), len(length))
    out = np.empty(len(characters) + HEAD * len(length), dtype=np.int32)
    head = (length, n_readable, names.surname, names.code, places)
    for place, values in enumerate(head):
        out[starts + place] = values
    out[np.arange(len(characters)) + HEAD * (np.repeat(np.arange(len(length)), length) + 1)] = characters
    known = np.append(np.where(n_readable > 0, starts, -1), -1).astype(np.int32)
    return Names(known[codes], _words(out, starts, known)[codes], out, forms, table)


def _words(names: Codes32, starts: Codes32, known: Codes32) -> npt.NDArray[np.uint64]:
    """Two words of each name, and a row of nothing for null."""
    length, is_whole = names[starts + LENGTH], names[starts + READABLE] == names[starts + LENGTH]
    last = len(names) - 1
    first = [np.where(place < length, names[np.minimum(starts + HEAD + place, last)], 0) for place in range(_IN_A_WORD)]
    is_long = (length > _IN_A_WORD) | ~is_whole | (np.maximum.reduce(first) >= 1 << _BITS_A_CHARACTER)
    flags = (names[starts + FORMS] >= 0) + 2 * is_long.astype(np.int64)
    words = np.zeros((len(starts) + 1, 2), dtype=np.uint64)
    for place, characters in enumerate(first):
        words[:-1, 0] |= characters.astype(np.uint64) << np.uint64(_BITS_A_CHARACTER * place)
    words[:-1, 1] = names[starts + SURNAME] + (np.minimum(length, 7).astype(np.int64) << 32) + (flags << 40)
    words[known < 0] = 0
    return words


def canonical_names(written: pa.LargeStringArray) -> CanonicalNames:
    """Names as written in canonical form."""
    points = points_of(written)
    is_plain = all_of(points, (points.points >= _HAN[0]) & (points.points <= _HAN[1]))
    other_rows = np.flatnonzero(~is_plain)
    others = written.take(pa.array(other_rows)).to_pylist()
    dotted = [canonical_name(name) for name in others]
    dotless = points_of([name.replace("·", "") or name for name in dotted])
    both = Points(
        np.concatenate([canonical_points(points.points), dotless.points]),
        np.concatenate([points.starts, points.starts[-1] + dotless.starts[1:]]),
    )
    source = np.arange(len(points))
    source[other_rows] = len(points) + np.arange(len(other_rows))
    canonical = both.take(source)
    coded = canonical.texts().dictionary_encode()
    n_surname, surname = _surnames(canonical, is_plain, other_rows, dotted)
    code = np.asarray(coded.indices, dtype=np.int32)
    return CanonicalNames(canonical, code, coded.dictionary, n_surname, surname, is_plain, other_rows, others)


def canonical_points(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Canonical characters of single Han characters; anything else stays as it is."""
    table = np.arange(_HAN[1] + 1, dtype=np.uint32)
    is_han = (points >= _HAN[0]) & (points <= _HAN[1])
    for point in np.flatnonzero(np.bincount(points[is_han], minlength=len(table))):
        table[point] = ord(canonical_name(chr(point)))
    out = points.copy()
    out[is_han] = table[points[is_han]]
    return out


def _surnames(
    names: Points, is_plain: npt.NDArray[np.bool_], other_rows: Starts, dotted: list[str]
) -> tuple[Starts, Codes32]:
    """Length and number of each name's surname: of Han names by their first two characters."""
    padded = np.append(names.points, np.zeros(2, dtype=np.uint32)).astype(np.int64)
    first, second = padded[names.starts[:-1]], padded[names.starts[:-1] + 1]
    compound = np.array(
        [(ord(one) << _SURNAME_BITS) + ord(other) for one, other in map(tuple, sorted(COMPOUND_SURNAMES))]
    )
    is_compound = (names.lengths > 2) & np.isin((first << _SURNAME_BITS) + second, compound)
    length = np.where(is_compound, 2, np.minimum(names.lengths, 1))
    key = (np.where(length > 0, first, 0) << _SURNAME_BITS) + np.where(is_compound, second, 0)
    others = [name[: surname_length(name)] for name in dotted]
    length[other_rows] = [len(surname) for surname in others]
    long = {text: -1 - number for number, text in enumerate(dict.fromkeys(text for text in others if len(text) > 2))}
    key[other_rows] = [long.get(text, _surname_key(text)) for text in others]
    return length, pd.factorize(key)[0].astype(np.int32)


def _surname_key(text: str) -> int:
    padded = f"{text}\0\0"
    return (ord(padded[0]) << _SURNAME_BITS) + ord(padded[1])


def _table(names: Points) -> CharacterTable:
    return character_table([chr(point) for point in names.distinct()])


def _form_lists(forms: Form, n_names: int) -> tuple[Codes32, Codes32]:
    """All forms name by name, and where those of each name begin (-1: it has none)."""
    name, level, code = forms
    order = np.lexsort((code, level, name))
    count = np.bincount(name, minlength=n_names)
    begins = starts_of(np.where(count > 0, 1 + 2 * count, 0))
    out = np.zeros(begins[-1], dtype=np.int32)
    out[begins[:-1][count > 0]] = count[count > 0]
    # Behind a name's count its entries follow, two numbers each.
    nth = np.arange(len(order)) - starts_of(count)[:-1][name[order]]
    where = begins[:-1][name[order]] + 1 + 2 * nth
    out[where], out[where + 1] = level[order], code[order]
    return out, np.where(count > 0, begins[:-1], -1).astype(np.int32)
