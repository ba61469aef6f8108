"""How alike are two citizen identity numbers? Exact, one or two slips, shown digits equal, neighbours, different."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from matching.arrays import Codes, Levels, Mask, Positions, distinct_pairs
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.comparisons.digits import Words, differences, digit_words, digits_of
from matching.kernels import are_compiled
from matching.texts import Coded, Codes32, text_codes

_WIDTH = 18
#: Fewer common digits than this (county code and sequence, or county code and a year) say nothing of two people.
_ENOUGH_DIGITS = 10
#: Lengths of whole numbers with one or two digits too many or too few.
_NEARLY_WHOLE = (13, 14, 16, 17, 19, 20)
#: 15-digit numbers never showed the check digit: 17 places are a whole number.
_WHOLE = 17
#: In the third word, behind places 17 and 18: is the number whole, valid, of no fixed layout? Then the code.
_FLAGS = (np.uint64(1 << 16), np.uint64(1 << 17), np.uint64(1 << 18))
_IS_ODD, _HAS_TEXT, _CODE_AT = _FLAGS[2], _FLAGS[0] | _FLAGS[2], np.uint64(32)


class IdLevel(IntEnum):
    """Levels of `IdentityNumberComparison`."""

    REALLY_DIFFERENT = 0
    DIFFERS = 1
    NEIGHBOUR = 2
    TWO_SLIPS = 3
    UNCHECKED_SLIP = 4
    COMPATIBLE = 5
    ONE_SLIP = 6
    EXACT = 7


@dataclass(frozen=True)
class Numbers:
    """words: three a record, its 18 places, flags (whole, valid, of no fixed layout) and the code of the text.

    codes: the same per record. written, whole: per code, the number as written and, when it is whole, in 18 places.
    """

    words: Words
    codes: Codes32
    written: pa.LargeStringArray
    whole: pa.LargeStringArray


class IdentityNumberComparison(LevelComparison[Numbers]):
    """Columns: id_no as written, id_shown (18 places, `*` unknown), id18 (whole numbers), sex_settled (VALID ones).

    A slip is a wrong, missing or extra digit or two neighbours swapped. really_different: both numbers pass their own
    checks and are more than two slips apart. differs: the same, but one is damaged, masked or fails its checks.
    neighbour: both pass, two slips apart: twins and people who registered together, rarely a slip. two_slips: two slips
    apart and one fails. one_slip: one slip apart and one fails, which tells whose slip it is (two numbers of 18 digits
    that both pass are never so near). unchecked_slip: one digit apart and both pass, because one has 15 digits, which
    are compared without check digit. compatible: all digits that both show agree: masked, or 15 of a spreadsheet.
    """

    LEVELS = IdLevel

    def prepare(self, *columns: pd.Series) -> Numbers:
        """Lay all numbers out in 18 places."""
        written, shown, whole, valid = columns
        return numbers_of(text_codes(written), text_codes(shown), text_codes(whole), valid.notna().to_numpy(dtype=bool))

    def levels(self, prepared: Numbers, left: Positions, right: Positions) -> Levels:
        """Place by place for all numbers of 18 places; edit distance for those with a digit too many or too few."""
        if are_compiled():
            from matching.kernels.compiler import rows32
            from matching.kernels.digits import ODD, identity_levels

            out = identity_levels(prepared.words, rows32(left), rows32(right))
            odd: Positions = np.flatnonzero(out == ODD)
        else:
            out, odd = _by_places(prepared, left, right)
        out[odd] = _by_edits(prepared, left[odd], right[odd])
        return out


def numbers_of(written: Coded, shown: Coded, whole: Coded, is_valid: Mask) -> Numbers:
    """The numbers of all records: as written, shown in 18 places, whole; is_valid: of each record."""
    codes, texts = written
    shown_codes, shown_texts = shown
    is_odd = (codes >= 0) & (shown_codes < 0) & _is_nearly_whole(texts)[codes]
    words = digit_words(shown_texts, _WIDTH)[shown_codes]
    for flag, is_so in zip(_FLAGS, (whole[0] >= 0, is_valid, is_odd), strict=True):
        words[:, 2] |= np.where(is_so, flag, np.uint64(0))
    words[:, 2] |= codes.astype(np.uint32).astype(np.uint64) << _CODE_AT
    return Numbers(words, codes, texts, _whole_of(codes, len(texts), *whole))


def _by_places(numbers: Numbers, left: Positions, right: Positions) -> tuple[Levels, Positions]:
    """Levels, and which pairs are to be told by their edits."""
    a, b = numbers.words[left], numbers.words[right]
    found = differences(digits_of(a, _WIDTH), digits_of(b, _WIDTH))
    both_whole, both_valid, _ = (a[:, 2] & b[:, 2] & flag > 0 for flag in _FLAGS)
    slip = (found.n_differ == 1) | found.is_swap
    two_slips = ~slip & ((found.n_differ == 2) | ((found.n_differ == 3) & found.has_swap))
    enough = found.n_known >= _ENOUGH_DIGITS
    out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
    # One shown digit that disagrees in a masked number is no evidence either way: a slip, or somebody else.
    out[enough & ~slip & (found.n_differ > 0)] = IdLevel.DIFFERS
    out[enough & (found.n_differ == 0)] = IdLevel.COMPATIBLE
    out[both_whole & both_valid & ~slip & (found.n_differ > 0)] = IdLevel.REALLY_DIFFERENT
    out[both_whole & two_slips] = IdLevel.TWO_SLIPS
    out[both_whole & both_valid & two_slips] = IdLevel.NEIGHBOUR
    out[both_whole & slip] = np.where(both_valid, IdLevel.UNCHECKED_SLIP, IdLevel.ONE_SLIP)[both_whole & slip]
    out[both_whole & (found.n_differ == 0) & (found.n_known >= _WHOLE)] = IdLevel.EXACT
    same_text = (a[:, 2] >> _CODE_AT == b[:, 2] >> _CODE_AT) & (found.n_known == _WIDTH)
    out[same_text] = IdLevel.EXACT
    has_text = (a[:, 2] & _HAS_TEXT > 0) & (b[:, 2] & _HAS_TEXT > 0)
    return out, np.flatnonzero(has_text & ((a[:, 2] | b[:, 2]) & _IS_ODD > 0))


def _by_edits(numbers: Numbers, left: Positions, right: Positions) -> Levels:
    low, high, which = distinct_pairs(numbers.codes[left], numbers.codes[right])
    used, where = np.unique(np.concatenate([low, high]), return_inverse=True)
    rows = pa.array(used, mask=used < 0)
    written, whole = (texts.take(rows).to_pylist() for texts in (numbers.written, numbers.whole))
    texts = [(full or "", text or "") for full, text in zip(whole, written, strict=True)]
    edits = np.minimum(
        _edits([full or text for full, text in texts], where),
        _edits([_old_form(full, text) for full, text in texts], where),
    )
    levels = np.array([IdLevel.EXACT, IdLevel.ONE_SLIP, IdLevel.TWO_SLIPS, IdLevel.DIFFERS], dtype=np.int8)
    return np.asarray(levels[edits][which])


def _edits(texts: list[str], where: Codes) -> Codes:
    """Edit distance of the texts at the first half of the places and at the second; 3 for more than two."""
    a, b = np.split(np.array(texts, dtype=object)[where], 2)
    return np.asarray(cpdist(a.tolist(), b.tolist(), scorer=OSA.distance, score_cutoff=2), dtype=np.int64)


def _old_form(whole: str, text: str) -> str:
    """In the form of 15 digits, for those that have it."""
    return whole[:6] + whole[8:17] if whole else text


def _whole_of(codes: Codes32, n_codes: int, whole_codes: Codes32, texts: pa.LargeStringArray) -> pa.LargeStringArray:
    """The first whole number given with each code; null for none."""
    rows = np.flatnonzero((codes >= 0) & (whole_codes >= 0))[::-1]
    first = np.full(n_codes, -1, dtype=np.int64)
    first[codes[rows]] = whole_codes[rows]
    return texts.take(pa.array(first, mask=first < 0))


def _is_nearly_whole(texts: pa.LargeStringArray) -> Mask:
    """One or two digits too many or too few for a number of 18 or of 15; a last item for null."""
    return np.append(np.isin(np.asarray(pc.utf8_length(texts)), _NEARLY_WHOLE), False)
