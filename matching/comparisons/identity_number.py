"""How alike are two citizen identity numbers? Exact, one or two slips, shown digits equal, neighbours, different."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from matching.arrays import Codes, Levels, Mask, Positions, distinct_pairs, encode
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.comparisons.digits import Differences, Digits, differences, digit_matrix

_WIDTH = 18
#: Fewer common digits than this (county code and sequence, or county code and a year) say nothing of two people.
_ENOUGH_DIGITS = 10
#: Lengths of whole numbers with one or two digits too many or too few.
_NEARLY_WHOLE = frozenset({13, 14, 16, 17, 19, 20})
#: 15-digit numbers never showed the check digit: 17 places are a whole number.
_WHOLE = 17


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
    """Per record: code of the number as written, its 18 places, and is it whole / valid / of no fixed layout?

    values, whole: per code, the number as written and, when it is whole, in 18 places.
    """

    codes: Codes
    values: list[str]
    whole: list[str]
    digits: Digits
    is_whole: Mask
    is_valid: Mask
    is_odd: Mask


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
        codes, values = encode(written)
        shown_codes, shown_values = encode(shown)
        digits = digit_matrix(shown_codes, shown_values, _WIDTH)
        is_odd = (codes >= 0) & (shown_codes < 0) & _is_nearly_whole(codes, values)
        whole_values = pd.Series(whole.to_numpy(dtype=object)).groupby(codes).first().reindex(range(len(values)))
        return Numbers(
            codes,
            [str(value) for value in values],
            whole_values.fillna("").astype(str).tolist(),
            digits,
            whole.notna().to_numpy(),
            valid.notna().to_numpy(),
            is_odd,
        )

    def levels(self, prepared: Numbers, left: Positions, right: Positions) -> Levels:
        """Place by place for all numbers of 18 places; edit distance for those with a digit too many or too few."""
        found = differences(prepared.digits, left, right)
        out = _by_places(prepared, left, right, found)
        has_text = (prepared.is_odd[left] | prepared.is_whole[left]) & (
            prepared.is_odd[right] | prepared.is_whole[right]
        )
        odd = np.flatnonzero(has_text & (prepared.is_odd[left] | prepared.is_odd[right]))
        out[odd] = _by_edits(prepared, left[odd], right[odd])
        return out


def _by_places(numbers: Numbers, left: Positions, right: Positions, found: Differences) -> Levels:
    both_whole = numbers.is_whole[left] & numbers.is_whole[right]
    both_valid = numbers.is_valid[left] & numbers.is_valid[right]
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
    same_text = (numbers.codes[left] == numbers.codes[right]) & (found.n_known == _WIDTH)
    out[same_text] = IdLevel.EXACT
    return out


def _by_edits(numbers: Numbers, left: Positions, right: Positions) -> Levels:
    low, high, which = distinct_pairs(numbers.codes[left], numbers.codes[right])
    edits = np.minimum(_edits(numbers, low, high, is_old=False), _edits(numbers, low, high, is_old=True))
    levels = np.array([IdLevel.EXACT, IdLevel.ONE_SLIP, IdLevel.TWO_SLIPS, IdLevel.DIFFERS], dtype=np.int8)
    return np.asarray(levels[edits][which])


def _edits(numbers: Numbers, low: Codes, high: Codes, *, is_old: bool) -> Codes:
    """Edit distance of numbers, 3 for more than two; is_old: in the form of 15 digits, for those that have it."""
    texts = [
        _old_form(whole, text) if is_old else whole or text
        for whole, text in zip(numbers.whole, numbers.values, strict=True)
    ]
    found = cpdist([texts[a] for a in low], [texts[b] for b in high], scorer=OSA.distance, score_cutoff=2)
    return np.asarray(found, dtype=np.int64)


def _old_form(whole: str, text: str) -> str:
    return whole[:6] + whole[8:17] if whole else text


def _is_nearly_whole(codes: Codes, values: object) -> Mask:
    """One or two digits too many or too few for a number of 18 or of 15."""
    near = np.array([len(str(value)) in _NEARLY_WHOLE for value in np.asarray(values)] + [False], dtype=bool)
    return np.asarray(near[codes])
