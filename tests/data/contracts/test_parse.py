"""One cell of each type: text and whether it was a number -> canonical value, reason, status."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.contracts.column import read_column
from data.contracts.field import Field, ValueType
from data.contracts.parse import Context, code_table
from data.contracts.person_fields import CATEGORY
from data.model import IdStatus
from tests.data.sources.builders import AS_OF

CONTEXT = Context(AS_OF, {"party_body": (("1", "branch"),)})


def _read(text: str | None, type_: ValueType, *, is_number: bool = False, name: str = "x") -> tuple[object, object]:
    column = read_column(pd.Series([text], dtype=object), np.array([is_number]), Field(name, "列", type_), CONTEXT)
    reason = next(iter(column.reasons), None)
    return column.values.iloc[0], reason.code.split("_")[0] if reason else None


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("王　明", "王明", None),
        ("王某", "王某", "W309"),
        ("王*", "王*", "W309"),
        ("王(jie)", "王(jie)", "W309"),
        ("王海(女)", "王海", "W310"),
        ("1.王海", "王海", "W310"),
        ("王*(预备)", "王*", "W309"),
        ("50人", "50人", "W309"),
        ("12", None, "W309"),
        ("同上", None, None),
        (None, None, None),
    ],
)
def test_names(text: str | None, value: str | None, reason: str | None) -> None:
    assert _read(text, ValueType.NAME) == (value, reason)


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        *(("男", "男", None), ("女性", "女", None), (" 男 ", "男", None), ("1", "男", None), ("2", "女", None)),
        *(("0", None, None), ("无", None, None), ("是", None, "W308")),
    ],
)
def test_sex(text: str, value: str | None, reason: str | None) -> None:
    assert _read(text, ValueType.SEX) == (value, reason)


@pytest.mark.parametrize(
    ("text", "is_number", "value", "reason"),
    [
        ("1985.7", False, "1985-07", None),
        ("1985.1", False, "1985-01", None),
        ("1985.1", True, "1985", "W305"),
        ("1985.12", True, "1985-12", None),
        ("1985.7", True, "1985-07", None),
        ("31229", True, "1985-07-01", None),
        ("31229", False, None, "W304"),
        ("1985", True, "1985", None),
        ("198507", True, "1985-07", None),
        ("19850701", True, "1985-07-01", None),
        ("2016-06-16", False, "2016-06-16", None),
        ("约三十年前", False, None, "W304"),
        ("16.7", False, None, "W304"),
        ("1985.7.1（农历）", False, "1985", "W312"),
        ("—", False, None, None),
    ],
)
def test_dates(text: str, is_number: bool, value: str | None, reason: str | None) -> None:
    assert _read(text, ValueType.DATE, is_number=is_number) == (value, reason)


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("37985", "2003-12-30", None),
        ("20000", "1954-10-03", None),
        ("42537", "2016-06-16", None),
        ("42538", None, "W304"),
    ],
)
def test_a_serial_number_in_a_text_file_counts_up_to_the_day_of_the_run(
    text: str, value: str | None, reason: str | None
) -> None:
    field = Field("birth", "出生日期", ValueType.DATE)
    context = replace(CONTEXT, is_text_file=True)
    column = read_column(pd.Series([text], dtype=object), np.array([False]), field, context)
    found = next(iter(column.reasons), None)
    assert (column.values.iloc[0], found.code.split("_")[0] if found else None) == (value, reason)


def test_what_is_paid_ahead_may_be_of_next_year() -> None:
    ahead = Field("dues_to", "党费交至年月", ValueType.DATE, may_be_future=True)
    column = read_column(pd.Series(["16.12", "17.6"], dtype=object), np.array([False, False]), ahead, CONTEXT)
    assert column.values.tolist() == ["2016-12", "2017-06"]


@pytest.mark.parametrize(
    ("text", "type_", "name", "aside"),
    [
        ("王海(女)", ValueType.NAME, "name", "女"),
        ("王海", ValueType.NAME, "name", None),
        ("1.王海", ValueType.NAME, "name", None),
        ("0898-63330000", ValueType.PHONE, "mobile", "0898-63330000"),
        ("13900001234/0898-63330000", ValueType.PHONE, "mobile", "0898-63330000"),
        ("13900001234", ValueType.PHONE, "mobile", None),
    ],
)
def test_what_stands_beside_a_value_is_set_aside(text: str, type_: ValueType, name: str, aside: str | None) -> None:
    column = read_column(pd.Series([text], dtype=object), np.array([False]), Field(name, "列", type_), CONTEXT)
    assert (column.asides.tolist() if column.asides is not None else [None]) == [aside]


def test_a_mobile_column_keeps_mobiles_and_a_telephone_column_any_number() -> None:
    both = "0898-63330000/13900001234"
    assert _read(both, ValueType.PHONE, name="mobile") == ("13900001234", None)
    assert _read("0898-63330000", ValueType.PHONE, name="mobile") == (None, "W311")
    assert _read("1390000", ValueType.PHONE, name="mobile") == (None, "W306")
    assert _read("0898-63330000", ValueType.PHONE, name="tel") == ("0898-63330000", None)
    assert _read("无", ValueType.PHONE, name="tel") == (None, None)


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        *(
            ("12", "12", None),
            ("12人", "12", None),
            ("90天", "90", None),
            ("1,234", "1234", None),
            ("2015年", "2015", None),
        ),
        *(
            ("007", "7", None),
            ("12.0", "12", None),
            ("12.5", None, "W308"),
            ("-3", None, "W308"),
            ("若干", None, "W308"),
        ),
        ("无", None, None),
    ],
)
def test_integers(text: str, value: str | None, reason: str | None) -> None:
    assert _read(text, ValueType.INTEGER) == (value, reason)


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        *(
            ("是", "yes", None),
            ("是（2015.3）", "yes", None),
            ("√", "yes", None),
            ("1", "yes", None),
            ("y", "yes", None),
        ),
        *(("否", "no", None), ("未参加", "no", None), ("缺席", "no", None), ("0", "no", None), ("无", "no", None)),
        *(("2", None, "W308"), ("10", None, "W308"), ("待定", None, "W308"), ("不详", None, None), ("—", None, None)),
    ],
)
def test_yes_and_no(text: str, value: str | None, reason: str | None) -> None:
    assert _read(text, ValueType.YES_NO) == (value, reason)


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("９１４６９００５ＭＡ５Ｔ０００１０５", "91469005MA5T000105", None),
        ("469005 600012344", "469005600012344", None),
        ("91350203M0001QAY9B", "91350203M0001QAY9B", "W303"),
        ("12345", "12345", "W303"),
        ("无", None, None),
    ],
)
def test_numbers_of_enterprises(text: str, value: str | None, reason: str | None) -> None:
    assert _read(text, ValueType.CREDIT_CODE) == (value, reason)
    assert _read(text, ValueType.REG_NO) == (value, reason)


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("正式党员", "formal", None),
        ("正式 党员", "formal", None),
        ("正式党员（2010年转正）", "formal", None),
        ("中共预备党员", "probationary", None),
        ("中共党员（预备）", "probationary", None),
        ("民主党派", None, "W307"),
        ("无", None, None),
    ],
)
def test_codes_by_label(text: str, value: str | None, reason: str | None) -> None:
    column = read_column(pd.Series([text], dtype=object), np.array([False]), CATEGORY, CONTEXT)
    found = next(iter(column.reasons), None)
    assert (column.values.iloc[0], found.code.split("_")[0] if found else None) == (value, reason)


def test_the_code_table_of_the_source_goes_before_the_field() -> None:
    assert _read("1", ValueType.CODE, name="party_body") == ("branch", None)
    assert _read("2", ValueType.CODE, name="party_body") == (None, "W307")


def test_labels_are_compared_without_width_case_and_spaces() -> None:
    assert code_table((("吊销，未注销", "revoked"), ("a b", "x"))) == {"吊销,未注销": "revoked", "AB": "x"}


@pytest.mark.parametrize(
    ("text", "is_number", "value", "status", "reason"),
    [
        ("460022190001010010", False, "460022190001010010", IdStatus.VALID, None),
        ("460022000101001", False, "460022000101001", IdStatus.VALID, None),
        ("460022190001010011", False, "460022190001010011", IdStatus.CHECKSUM, "W302"),
        ("4.6002219000101e+17", True, "460022190001010***", IdStatus.PRECISION_LOSS, "W301"),
        ("460022000101001", True, "460022000101001", IdStatus.VALID, None),
        ("12", True, None, IdStatus.PRECISION_LOSS, "W301"),
        ("4.60022E+17", False, "460022************", IdStatus.PRECISION_LOSS, "W301"),
        ("460022********0010", False, "460022********0010", IdStatus.MASKED, None),
        ("无", False, None, IdStatus.MISSING, None),
        (None, False, None, IdStatus.MISSING, None),
    ],
)
def test_identity_numbers(
    text: str | None, is_number: bool, value: str | None, status: IdStatus, reason: str | None
) -> None:
    field = Field("id_no", "公民身份号码", ValueType.ID_NO)
    column = read_column(pd.Series([text], dtype=object), np.array([is_number]), field, CONTEXT)
    found = next(iter(column.reasons), None)
    assert column.statuses is not None
    assert column.statuses.tolist() == [status.value]
    assert (column.values.iloc[0], found.code.split("_")[0] if found else None) == (value, reason)


def test_the_same_text_as_number_and_as_text_is_read_apart() -> None:
    field = Field("birth", "出生日期", ValueType.DATE)
    texts = pd.Series(["31229", "31229", None, "31229"], dtype=object)
    column = read_column(texts, np.array([True, False, False, True]), field, CONTEXT)
    assert column.values.tolist() == ["1985-07-01", None, None, "1985-07-01"]
