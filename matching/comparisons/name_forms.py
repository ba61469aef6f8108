"""Which names stand under another form of themselves elsewhere? The surname last, parts read as one, cut, former."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matching.arrays import Mask
from matching.characters import MISSING, canonical_text
from matching.glyphs import characters_of_parts
from matching.spellings import other_forms
from matching.texts import Codes32, Points, Starts, all_of, points_of, starts_of

if TYPE_CHECKING:
    from matching.comparisons.name_layout import CanonicalNames


class NameLevel(IntEnum):
    """Levels of `NameComparison`."""

    DIFFERENT = 0
    SAME_SURNAME = 1
    ONE_OF_MANY = 2
    SAME_PART = 3
    ONE_MISSING = 4
    NEAR_READING = 5
    UNREADABLE = 6
    LOOK_ALIKE = 7
    SAME_READING = 8
    SWAPPED = 9
    FORMER_NAME = 10
    VARIANT = 11
    EXACT = 12


#: What it means that one name is another form of the other, in the order of `OtherForms`: cut, joined, turned, former.
_FORM_LEVELS = (NameLevel.ONE_MISSING, NameLevel.UNREADABLE, NameLevel.SWAPPED, NameLevel.FORMER_NAME)
_BITS = 21


class Form(NamedTuple):
    """Other forms of names: row of the name, the level that they give, code of the canonical name they stand under."""

    name: Starts
    level: Codes32
    code: Codes32


class _Told(NamedTuple):
    """Other forms as texts: row of the name, the level that they give, the form."""

    name: Starts
    level: NameLevel
    text: pa.LargeStringArray


def forms_of(names: CanonicalNames) -> Form:
    """All forms that some record's name is; a form that no record bears meets nothing."""
    is_missing = names.points.points == ord(MISSING)
    is_readable = all_of(names.points, ~is_missing) & names.is_plain
    rows = np.flatnonzero(is_readable & (names.n_surname < names.points.lengths))
    turned = _turned(names.points.take(rows), names.n_surname[rows])
    joined = [_joined(names.points, is_readable, n_parts) for n_parts in (2, 3)]
    told = [
        _Told(rows, NameLevel.SWAPPED, turned.texts()),
        *(_Told(owners, NameLevel.UNREADABLE, forms.texts()) for owners, forms in joined),
        *_other_forms(names),
    ]
    # One look-up for all: the index of a million names is made once.
    texts = pa.concat_arrays([each.text for each in told])
    code = np.asarray(pc.index_in(texts, value_set=names.distinct).fill_null(-1), dtype=np.int32)
    level = np.repeat(np.array([each.level for each in told], dtype=np.int32), [len(each.name) for each in told])
    is_known = code >= 0
    return Form(np.concatenate([each.name for each in told])[is_known], level[is_known], code[is_known])


def _other_forms(names: CanonicalNames) -> list[_Told]:
    """Of the names that are more than Han characters, one by one."""
    listed = [other_forms(name) for name in names.others]
    found = []
    for kind, level in enumerate(_FORM_LEVELS):
        pairs = [(row, form.replace("·", "") or form) for row, forms in enumerate(listed) for form in forms[kind]]
        owners = names.other_rows[np.array([row for row, _ in pairs], dtype=np.int64)]
        found.append(_Told(owners, level, pa.array([form for _, form in pairs], type=pa.large_string())))
    return found


def _turned(names: Points, n_surname: Starts) -> Points:
    """The surname put last."""
    owners = names.owners()
    turned = (names.places() + n_surname[owners]) % names.lengths[owners]
    return Points(names.points[names.starts[owners] + turned], names.starts)


def _joined(names: Points, is_able: Mask, n_parts: int) -> tuple[Starts, Points]:
    """Names with neighbours read as the parts of one character (弓长三: 张三), two characters or more left."""
    keys, made = _made_of(n_parts)
    is_first = np.zeros(0x110000, dtype=bool)
    is_first[keys >> (_BITS * (n_parts - 1))] = True
    where = np.flatnonzero(is_first[names.points])
    owner = np.searchsorted(names.starts, where, side="right") - 1
    rest = names.starts[owner + 1] - where
    is_able = is_able[owner] & (names.lengths[owner] > n_parts) & (rest >= n_parts)
    where, owner = where[is_able], owner[is_able]
    key = sum(names.points[where + n].astype(np.int64) << (_BITS * (n_parts - 1 - n)) for n in range(n_parts))
    found = np.searchsorted(keys, key)
    is_made = np.append(keys, -1)[found] == key
    where, owner, found = where[is_made], owner[is_made], found[is_made]
    length = names.lengths[owner] - n_parts + 1
    starts = starts_of(length)
    target = np.arange(starts[-1]) - np.repeat(starts[:-1], length)
    at = np.repeat(where - names.starts[owner], length)
    # Behind the joined character the name goes on after its parts.
    source = np.repeat(names.starts[owner], length) + target + np.where(target > at, n_parts - 1, 0)
    out = np.where(target == at, np.repeat(made[found], length), _again(names.points[source]))
    return owner, Points(out.astype(np.uint32), starts)


def _again(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Canonical characters put in canonical form once more, as a form is that was made of them."""
    used = np.unique(points)
    table = np.zeros(int(points.max(initial=0)) + 1, dtype=np.uint32)
    table[used] = points_of([canonical_text(chr(point)) for point in used]).points
    return table[points]


@cache
def _made_of(n_parts: int) -> tuple[Starts, Starts]:
    """Sorted keys of the part sequences that make one character, and the canonical character of each."""
    made = sorted((parts, character) for parts, character in characters_of_parts(n_parts).items())
    keys = [sum(ord(part) << (_BITS * (n_parts - 1 - n)) for n, part in enumerate(parts)) for parts, _ in made]
    points = [ord(canonical_text(character)) for _, character in made]
    order = np.argsort(np.array(keys, dtype=np.int64))
    return np.array(keys, dtype=np.int64)[order], np.array(points, dtype=np.int64)[order]
