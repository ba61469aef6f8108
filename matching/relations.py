"""How do two values relate, in a word (音同, 形近, 换位 ...), and at which places do they differ?

Told from the values before anything is masked; a relation holds words and places, never a character of a value.
"""

from __future__ import annotations

from typing import NamedTuple

import opencc
from rapidfuzz.distance import Levenshtein

from matching.characters import MISSING, near_readings, readings
from matching.comparisons.employer import readings_of_text
from matching.enterprise_names import former_name, normalise_text, parse_name
from matching.spellings import canonical_name

_OLD_LENGTH, _ID_LENGTH = 15, 18
_CENTURY = (6, 7)
#: What a character that does not sound alike is at a level that accounts for every character.
_OTHERWISE = {"look_alike": "形近", "near_reading": "形近", "same_part": "同偏旁"}
_NEAR_NUMBERS = frozenset({"one_slip", "unchecked_slip", "two_slips", "neighbour"})


class Mark(NamedTuple):
    """One place where two values differ, counted from 0 in the value as written; None: the side has nothing there.

    relation: seen from the left (缺字: the right lacks it, 多字: the left does). wrong: side (`l`, `r`) that the check
    digit says is mistaken, where it tells.
    """

    place_l: int | None
    place_r: int | None
    relation: str
    wrong: str | None = None


class Relation(NamedTuple):
    """Word for the whole value, the same from either side ('': the level's own word says it all), and the places."""

    word: str = ""
    marks: tuple[Mark, ...] = ()


class Number(NamedTuple):
    """An identity number: as written, in 18 places with `*` for what is not known, its status, and is it valid?"""

    written: str
    shown: str
    status: str
    is_valid: bool


def name_relation(left: str, right: str, level: str) -> Relation:
    """Of two names as written; `level` is the name of the level that the comparison gave.

    Places are told where both names are written character by character: within a spelling (王jie) or another order of
    the whole name they would mislead.
    """
    a, b = canonical_name(left), canonical_name(right)
    if level == "variant":
        return _spelling(left, right) if a == b and len(left) == len(right) == len(a) else Relation("异写")
    marks = _aligned_names(a, b, _OTHERWISE.get(level, "错字"))
    is_plain = len(a) == len(left) and len(b) == len(right) and level != "former_name"
    is_plain &= level != "swapped" or all(mark.relation == "换位" for mark in marks)
    is_mixed = level == "near_reading" and any(mark.relation == "形近" for mark in marks)
    word = "音形相近" if is_mixed else "缺字" if level == "one_missing" else ""
    return Relation(word, marks if is_plain else ())


def _spelling(left: str, right: str) -> Relation:
    """Of two names that differ in the form of characters only."""
    marks = tuple(Mark(i, i, _form(a, b)) for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b)
    return Relation("异体" if any(mark.relation == "异体" for mark in marks) else "繁简", marks)


def _form(a: str, b: str) -> str:
    return "繁简" if _SIMPLIFIED.convert(a) == _SIMPLIFIED.convert(b) else "异体"


_SIMPLIFIED = opencc.OpenCC("t2s")


def _aligned_names(a: str, b: str, otherwise: str) -> tuple[Mark, ...]:
    """Marks of two canonical names; a character that neither can show is one place too."""
    if a == b:
        return tuple(Mark(i, i, "缺字") for i, character in enumerate(a) if character == MISSING)
    return tuple(
        Mark(i, j, _characters(a[i], b[j], otherwise) if word == "错字" and i is not None and j is not None else word)
        for i, j, word in _aligned(a, b, ("错字", "缺字", "多字"))
    )


def _aligned(a: str, b: str, words: tuple[str, str, str]) -> list[tuple[int | None, int | None, str]]:
    """Places that differ: place by place where the lengths agree, two neighbours exchanged as such; else by edits.

    words: for another sign, for one missing on the right, for one missing on the left.
    """
    other, missing, extra = words
    if len(a) != len(b):
        kinds = {"replace": other, "delete": missing, "insert": extra}
        return [
            (
                None if edit.tag == "insert" else edit.src_pos,
                None if edit.tag == "delete" else edit.dest_pos,
                kinds[edit.tag],
            )
            for edit in Levenshtein.editops(a, b)
        ]
    found: list[tuple[int | None, int | None, str]] = []
    i = 0
    while i < len(a):
        is_swap = a[i] != b[i] and a[i : i + 2] == b[i : i + 2][::-1] and len(a[i : i + 2]) == 2
        if is_swap:
            found += [(i, i + 1, "换位"), (i + 1, i, "换位")]
        elif a[i] != b[i]:
            found.append((i, i, other))
        i += 2 if is_swap else 1
    return found


def _characters(a: str, b: str, otherwise: str) -> str:
    if MISSING in (a, b):
        return "缺字"
    if set(readings(a)) & set(readings(b)):
        return "音同"
    return "近音" if set(near_readings(a)) & set(near_readings(b)) else otherwise


def number_relation(left: Number, right: Number, level: str) -> Relation:
    """Of two identity numbers; the check digit tells whose slip it is where one of them passes and the other fails."""
    lengths = {len(left.written), len(right.written)}
    if level == "exact":
        return Relation("15位升18位" if lengths == {_OLD_LENGTH, _ID_LENGTH} else "")
    if level == "compatible":
        status = {left.status, right.status}
        return Relation("精度丢失" if "precision_loss" in status else "掩码相符" if "masked" in status else "")
    if level not in _NEAR_NUMBERS:
        return Relation()
    wrong = None if left.is_valid == right.is_valid else "r" if left.is_valid else "l"
    marks = tuple(mark._replace(wrong=wrong) for mark in _digits(left, right))
    return Relation(_slip(marks) if level == "one_slip" else "", marks)


def _digits(left: Number, right: Number) -> tuple[Mark, ...]:
    if not (left.shown and right.shown):
        return _aligned_digits(left.written, right.written)
    known = [i for i in range(_ID_LENGTH) if "*" not in (left.shown[i], right.shown[i])]
    a, b = ("".join(side.shown[i] if i in known else "*" for i in range(_ID_LENGTH)) for side in (left, right))
    return tuple(
        mark._replace(place_l=_written_at(mark.place_l, left), place_r=_written_at(mark.place_r, right))
        for mark in _aligned_digits(a, b)
    )


def _written_at(place: int | None, number: Number) -> int | None:
    """A place among 18 as a place in the number as written: 15 digits lack the century."""
    if place is None or len(number.written) == _ID_LENGTH:
        return place
    return None if place in _CENTURY else place - 2 * (place > _CENTURY[1])


def _aligned_digits(a: str, b: str) -> tuple[Mark, ...]:
    return tuple(Mark(*place) for place in _aligned(a, b, ("错一位", "缺一位", "多一位")))


def mobile_relation(left: str, right: str, level: str) -> Relation:
    """Of two mobile numbers."""
    marks = _aligned_digits(left, right) if level == "one_slip" else ()
    return Relation(_slip(marks), marks)


def _slip(marks: tuple[Mark, ...]) -> str:
    word = marks[0].relation if marks else ""
    return {"多一位": "缺一位"}.get(word, word)


def date_relation(left: str, right: str, level: str) -> Relation:
    """Of two ISO partial dates; without places, for a date is shown to the month only."""
    if level == "same_month":
        return Relation("缺日" if len(left) != len(right) else "")
    if level != "one_slip":
        return Relation()
    if len(left) == len(right) == 10 and left[:4] == right[:4] and (left[5:7], left[8:]) == (right[8:], right[5:7]):
        return Relation("月日颠倒")
    if left[4:] == right[4:] and abs(int(left[:4]) - int(right[:4])) == 1:
        return Relation("差一年")
    return Relation(_slip(_aligned_digits(left.replace("-", ""), right.replace("-", ""))))


def employer_relation(left: str, right: str, level: str) -> Relation:
    """Of two employers' names: what parts a near one, and whether a former name joins them."""
    present = (normalise_text(left), normalise_text(right))
    if level not in ("near", "different") and {former_name(left), former_name(right)} & set(present):
        return Relation("曾用名")
    if level != "near":
        return Relation("简称" if level == "region_missing" else "")
    a, b = parse_name(left), parse_name(right)
    if a.brand == b.brand:
        return Relation("分支机构" if a.branch != b.branch else "行业不同")
    if readings_of_text(a.brand) == readings_of_text(b.brand):
        return Relation("音同")
    short, long = sorted((a.brand, b.brand), key=len)
    return Relation("简称" if long.startswith(short) or long.endswith(short) else "错字")
