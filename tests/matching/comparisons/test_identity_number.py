from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.model import IdStatus
from matching.comparisons.identity_number import IdentityNumberComparison, IdLevel
from matching.normalise import normalise
from tests.matching.builders import frame, id_number, record

COLUMNS = ["id_written", "id_shown", "id18", "sex_settled"]
A = id_number("1900-01-01", 1)
B = id_number("1903-05-07", 24)
TWIN = id_number("1900-01-01", 3)
WRONG = A[:10] + ("9" if A[10] != "9" else "8") + A[11:]
TWO_WRONG = WRONG[:14] + ("7" if A[14] != "7" else "6") + WRONG[15:]
THREE_WRONG = ("5" if A[0] != "5" else "4") + TWO_WRONG[1:]
SWAPPED_AND_WRONG = WRONG[:1] + WRONG[2] + WRONG[1] + WRONG[3:]
OLD = A[:6] + A[8:17]
SWAPPED = A[:1] + A[2] + A[1] + A[3:]
VALID, CHECKSUM, MASKED, LOSS, LENGTH = (
    IdStatus.VALID,
    IdStatus.CHECKSUM,
    IdStatus.MASKED,
    IdStatus.PRECISION_LOSS,
    IdStatus.LENGTH,
)


def level(left: tuple[str | None, IdStatus], right: tuple[str | None, IdStatus]) -> int:
    rows = [record(f"r{i}", name="陈伟", id_no=n, id_status=s) for i, (n, s) in enumerate((left, right))]
    normalised = normalise(frame(*rows))
    a, b = normalised.iloc[[0]].reset_index(drop=True), normalised.iloc[[1]].reset_index(drop=True)
    comparison = IdentityNumberComparison(COLUMNS, COLUMNS)
    return int(comparison._compute_vectorized(*(a[c] for c in COLUMNS), *(b[c] for c in COLUMNS))[0])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((A, VALID), (A, VALID), IdLevel.EXACT),
        ((A[:6] + A[8:17], VALID), (A, VALID), IdLevel.EXACT),
        ((WRONG, CHECKSUM), (A, VALID), IdLevel.ONE_SLIP),
        ((SWAPPED, CHECKSUM), (A, VALID), IdLevel.ONE_SLIP),
        ((A[:-1], LENGTH), (A, VALID), IdLevel.ONE_SLIP),
        ((A[:5] + A[4:], LENGTH), (A, VALID), IdLevel.ONE_SLIP),
        # Fifteen digits with one wrong digit: its made-up check digit must not count as a second error, and nothing
        # tells the slip from a neighbour's number.
        ((A[:6] + WRONG[8:17], VALID), (A, VALID), IdLevel.UNCHECKED_SLIP),
        ((OLD, VALID), (WRONG[:6] + WRONG[8:17], VALID), IdLevel.UNCHECKED_SLIP),
        ((A[:15] + "***", LOSS), (A, VALID), IdLevel.COMPATIBLE),
        ((A[:15] + "000", LOSS), (A, VALID), IdLevel.COMPATIBLE),
        ((A[:6] + "********" + A[14:], MASKED), (A, VALID), IdLevel.COMPATIBLE),
        ((A[:6] + "XXXXXXXX" + A[14:], MASKED), (A, VALID), IdLevel.COMPATIBLE),
        ((A[:15] + "***", LOSS), (A[:6] + "********" + A[14:], MASKED), -1),
        ((A[:6] + "************", MASKED), (A, VALID), -1),
        ((B[:15] + "***", LOSS), (A, VALID), IdLevel.DIFFERS),
        ((A, VALID), (B, VALID), IdLevel.REALLY_DIFFERENT),
        ((A, VALID), (TWIN, VALID), IdLevel.NEIGHBOUR),
        ((TWO_WRONG, CHECKSUM), (A, VALID), IdLevel.TWO_SLIPS),
        ((SWAPPED_AND_WRONG, CHECKSUM), (A, VALID), IdLevel.TWO_SLIPS),
        ((A[:10] + A[12:], LENGTH), (A, VALID), IdLevel.TWO_SLIPS),
        ((WRONG[:-1], LENGTH), (A, VALID), IdLevel.TWO_SLIPS),
        # 15 digits, one or two of them lost.
        ((OLD[:-1], LENGTH), (A, VALID), IdLevel.ONE_SLIP),
        ((OLD[:3] + OLD[5:], LENGTH), (A, VALID), IdLevel.TWO_SLIPS),
        ((THREE_WRONG, CHECKSUM), (A, VALID), IdLevel.DIFFERS),
        ((WRONG, CHECKSUM), (B, VALID), IdLevel.DIFFERS),
        ((B[:-1], LENGTH), (A, VALID), IdLevel.DIFFERS),
        (("46002219", LENGTH), (A, VALID), -1),
        ((None, IdStatus.MISSING), (A, VALID), -1),
    ],
)
def test_level(left: tuple[str | None, IdStatus], right: tuple[str | None, IdStatus], expected: int) -> None:
    assert level(left, right) == expected
    assert level(right, left) == expected


@given(st.integers(0, 16), st.integers(1, 9), st.integers(1, 999))
@settings(max_examples=40, deadline=None)
def test_one_wrong_digit_anywhere_is_a_slip_never_another_person(at: int, by: int, sequence: int) -> None:
    number = id_number("1905-11-23", sequence)
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assume(not number.endswith("000") and not wrong.endswith("000"))
    assert level((number, VALID), (wrong, CHECKSUM)) == IdLevel.ONE_SLIP


#: A spreadsheet left fifteen digits and three zeros, and the check digit happens to pass.
CUT = next(
    number
    for number in (id_number(f"1900-01-{day:02d}", 100 * hundred) for day in range(1, 29) for hundred in range(10))
    if number.endswith("000")
)
WHOLE = id_number(f"{CUT[6:10]}-{CUT[10:12]}-{CUT[12:14]}", int(CUT[14]) * 100 + 37)


def test_three_zeros_that_pass_the_check_are_a_cut_number() -> None:
    assert WHOLE[:15] == CUT[:15]
    assert level((CUT, VALID), (WHOLE, VALID)) == IdLevel.COMPATIBLE
    # Twins whose numbers were both cut: equal as far as they tell, never the same for sure.
    assert level((CUT, VALID), (CUT, VALID)) == IdLevel.COMPATIBLE
    assert level((CUT, VALID), (B, VALID)) == IdLevel.DIFFERS
    row = normalise(frame(record("x", id_no=CUT, sex="男"))).iloc[0]
    assert (row["sex_best"], row["id18"], row["sex_settled"], row["id_settles"]) == ("男", None, None, "yes")


def test_a_filler_that_many_names_give_is_no_number() -> None:
    filler = "111111111111111111"
    names = ("陈伟", "王强", "李芳")
    rows = [record(f"r{i}", name=n, id_no=filler, id_status=CHECKSUM) for i, n in enumerate(names)]
    assert normalise(frame(*rows))["id_written"].tolist() == [None, None, None]
    assert normalise(frame(*rows[:2]))["id_written"].tolist() == [filler, filler]


def test_columns_of_unequal_frames_can_be_compared() -> None:
    empty = pd.Series([None], dtype=object)
    one = pd.Series([A], dtype=object)
    comparison = IdentityNumberComparison(COLUMNS, COLUMNS)
    assert comparison._compute_vectorized(one, one, one, one, empty, empty, empty, empty).tolist() == [-1]
