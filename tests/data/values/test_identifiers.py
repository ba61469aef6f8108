"""The vectors of domain §5.1-5.3, each as a row of a table."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import IdStatus
from data.values import identifiers as ids

AS_OF = date(2016, 6, 16)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("11010519491231002X", IdStatus.VALID),
        ("440524188001010014", IdStatus.VALID),
        ("460022190001010010", IdStatus.VALID),
        ("46002219000101007X", IdStatus.VALID),
        ("460005190001020028", IdStatus.VALID),
        ("110105491231002", IdStatus.VALID),
        ("469005209901150130", IdStatus.FUTURE),
        ("469027209902290352", IdStatus.DATE),
        ("460022190001010011", IdStatus.CHECKSUM),
        ("460022190001010000", IdStatus.PRECISION_LOSS),
        ("4.60022E+17", IdStatus.PRECISION_LOSS),
        ("460022190001009984.0", IdStatus.PRECISION_LOSS),
        ("46002219000101001", IdStatus.LENGTH),
        ("4600221900010100100", IdStatus.LENGTH),
        ("11010519491231002", IdStatus.LENGTH),
        ("46002219O001010010", IdStatus.CHARSET),
        ("X60022190001010010", IdStatus.CHARSET),
        ("460022********0010", IdStatus.MASKED),
        ("460022XXXXXXXX0010", IdStatus.MASKED),
        (None, IdStatus.MISSING),
        ("", IdStatus.MISSING),
    ],
)
def test_id_status(written: str | None, status: IdStatus) -> None:
    assert ids.id_status(written, AS_OF) is status


def test_a_birth_on_the_day_itself_is_not_in_the_future() -> None:
    first17 = "46900520160616001"
    number = first17 + ids.check_digit_18(first17)
    assert ids.id_status(number, AS_OF) is IdStatus.VALID
    assert ids.id_status(number, date(2016, 6, 15)) is IdStatus.FUTURE


@pytest.mark.parametrize(
    ("fifteen", "eighteen"),
    [
        ("110105491231002", "11010519491231002X"),
        ("110105491231996", "110105184912319965"),
        ("460022000101001", "460022190001010010"),
        ("460022880101997", "460022188801019977"),
        ("460022190001010011", "460022190001010011"),
        ("460022190001010***", None),
        ("46002219000101001", None),
        (None, None),
    ],
)
def test_to_id18(fifteen: str | None, eighteen: str | None) -> None:
    assert ids.to_id18(fifteen) == eighteen


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
        ("'11010519491231002x", "11010519491231002X"),
        ("身份证：110105 1949 1231 002X", "11010519491231002X"),
        ("公民身份号码:11010519491231002X", "11010519491231002X"),
        ("110105-19491231-002X", "11010519491231002X"),
        ("11010519491231002×", "11010519491231002X"),
        ("\u200b110105491231002\t", "110105491231002"),
        ("46002219O001010010", "46002219O001010010"),
        ("4.60022e+17", "4.60022E+17"),
        ("110105491231002（旧）", "110105491231002"),
        ("(旧)110105491231002", "110105491231002"),
        ("11010519491231002X/户口", "11010519491231002X"),
        ("11010519491231002X,已换证", "11010519491231002X"),
        ("110105491231002（15位", "110105491231002"),
        ("户口：110105491231002", "110105491231002"),
        ("11010519491231002X(110105491231002)", "11010519491231002X(110105491231002)"),
        ("11010519491231002X(旧110105491231002)", "11010519491231002X(旧110105491231002)"),
        ("11010519491231002/X", "11010519491231002/X"),
        ("无", None),
        ("同上", None),
        (" ", None),
        (None, None),
    ],
)
def test_clean_id(written: str | None, clean: str | None) -> None:
    assert ids.clean_id(written) == clean


@pytest.mark.parametrize("first17", ["4600221900010100", "46002219000101001A", "４６００２２１９０００１０１００１"])
def test_a_check_digit_needs_17_digits(first17: str) -> None:
    with pytest.raises(ValueError, match="17 digits"):
        ids.check_digit_18(first17)


def test_birth_and_sex_come_from_the_digits() -> None:
    assert ids.birth_of("460022190001010010") == "1900-01-01"
    assert ids.birth_of("469027209902290352") is None
    assert ids.birth_of("460022190001010***") is None
    assert ids.sex_of("460022190001010010") == "男"
    assert ids.sex_of("460005190001020028") == "女"
    assert ids.sex_of(None) is None


@pytest.mark.parametrize(
    ("number", "left"),
    [
        (460022190001010010.0, "460022190001010***"),
        (110105491231002.0, "110105491231***"),
        (13900001234.0, None),
        (float("nan"), None),
        (float("inf"), None),
        (-4.6e17, None),
        # As programs write it, with all 18 digits: the nearest float, whose 15th digit is not to be rounded up.
        (469905197109210650.0, "469905197109210***"),
        (469905197109210010.0, "469905197109210***"),
    ],
)
def test_damaged_id_keeps_only_reliable_digits(number: float, left: str | None) -> None:
    assert ids.damaged_id(number) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("4.60022E+17", "460022" + "*" * 12),
        ("460022190001010000", "460022190001010***"),
        ("460022190001009984.0", "460022190001009***"),
        ("4.60022190001010010E+17", "460022190001010***"),
    ],
)
def test_mask_lost_digits(text: str, left: str) -> None:
    assert ids.mask_lost_digits(text) == left


@settings(max_examples=50)
@given(st.from_regex(r"[1-9][0-9]{17}", fullmatch=True))
def test_a_number_that_went_through_a_float_never_shows_a_wrong_digit(written: str) -> None:
    left = ids.damaged_id(float(written[:15] + "000"))
    assert left == written[:15] + "***"


@settings(max_examples=50)
@given(st.from_regex(r"[0-9]{17}", fullmatch=True), st.integers(0, 16), st.integers(1, 9))
def test_every_single_digit_error_is_caught(first17: str, position: int, shift: int) -> None:
    check = ids.check_digit_18(first17)
    wrong = first17[:position] + str((int(first17[position]) + shift) % 10) + first17[position + 1 :]
    assert ids.check_digit_18(wrong) != check


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350200MA2YJ1XR9G", True),
        ("91350200776049653A", True),
        ("91440101MA5CJQ4N59", True),
        ("91330100799655058B", True),
        ("91469005MA5T000105", True),
        ("92469005MA5T00029Y", True),
        ("91350100M000100Y4Z", False),
        ("91350203M0001QAY9B", False),
        ("91350200MA2YJ1XR9", False),
        ("9135020OMA2YJ1XR9G", False),
        (None, False),
    ],
)
def test_credit_code(code: str | None, valid: bool) -> None:
    assert ids.is_valid_uscc(code) is valid


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("110108000000016", True),
        ("310115600985533", True),
        ("110108000673293", True),
        ("500225017019686", True),
        ("469005000001239", True),
        ("469005600012344", True),
        ("469005000000090", True),
        ("310115600985535", False),
        ("11010800000001", False),
        ("１１０１０８０００００００１６", False),
        (None, False),
    ],
)
def test_registration_number(number: str | None, valid: bool) -> None:
    assert ids.is_valid_regno(number) is valid


def test_the_registration_number_that_a_library_gets_wrong() -> None:
    assert ids.regno_check_digit("46900500000009") == "0"


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("11010519491231002X（旧）", "旧"),
        ("11010519491231002X/户口", "户口"),
        ("(15位)110105491231002", "15位"),
        ("11010519491231002X（旧）,已换证", "旧；已换证"),
        ("身份证：11010519491231002X", None),
        ("１１０１０５１９４９１２３１００２ｘ", None),
        ("11010519491231002X", None),
        ("11010519491231002X/", None),
    ],
)
def test_words_beside_a_number(written: str, note: str | None) -> None:
    assert ids.id_note(written) == note


@pytest.mark.parametrize(
    ("number", "lacks"),
    [
        ("46002219000101001", True),
        ("4600221900010100", True),
        ("4600221900010101X", True),
        ("460022190001010010", False),
        ("460022000101001", False),
        ("46002219O0010100", False),
    ],
)
def test_a_number_that_lacks_digits(number: str, lacks: bool) -> None:
    assert ids.lacks_digits(number) is lacks


@pytest.mark.parametrize(
    ("written", "candidate"),
    [
        ("46002219O001010010", "460022190001010010"),
        ("46OO22190001010010", None),
        ("460022I90001010010", "460022190001010010"),
        ("46002219000101001O", "460022190001010010"),
        ("46002219B001010010", None),
        ("460022190001010010", None),
        ("11010519491231002X", None),
        ("1101051949I231002X", "11010519491231002X"),
        ("46900520990I150130", None),
        ("46OO2219000101001", None),
    ],
)
def test_one_letter_for_a_digit_has_a_candidate_only_if_it_is_valid(written: str, candidate: str | None) -> None:
    assert ids.with_slip_undone(written, AS_OF) == candidate


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("9135020OMA2YJ1XR9G", True),
        ("91350200MAZYJ1XR9G", True),
        ("91350200MA2YJ1XR9G", False),
        ("9135020OMA2YJ1XR9", False),
    ],
)
def test_letters_that_credit_codes_never_use(code: str, forbidden: bool) -> None:
    assert ids.has_forbidden_letter(code) is forbidden
