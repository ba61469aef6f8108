from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import IdStatus
from data.values.coded import as_texts, is_coded
from matching.coding import coded
from matching.normalise import DERIVED, name_parts, normalise, normalise_persons
from tests.matching.builders import County, frame, id_number, record

NUMBER = id_number("1900-01-02", 12)
VALUES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["陳偉", "陈?", "欧阳·娜", "?", None]),
        "id_no": st.sampled_from([NUMBER, NUMBER[:15] + "***", "123", None]),
        "birth": st.sampled_from(["1900", "1900-02", "1900-02-03", None]),
        "mobile": st.sampled_from(["13900000001", None]),
        "sex": st.sampled_from(["男", "女", None]),
    }
)


def one(**values: object) -> dict[str, object]:
    return dict(normalise(frame(record("a", **values))).iloc[0])


@given(st.lists(VALUES, max_size=6))
@settings(max_examples=40, deadline=None)
def test_keeps_rows_order_and_columns_and_may_be_applied_twice(rows: list[dict[str, str | None]]) -> None:
    records = frame(*(record(f"{i}", **row) for i, row in enumerate(reversed(rows))))
    once = normalise(records)
    pd.testing.assert_frame_equal(once[records.columns], records)
    assert set(once.columns) == {*records.columns, *DERIVED}
    pd.testing.assert_frame_equal(normalise(once)[once.columns], once)
    persons = normalise_persons(records.drop(columns="employer"))
    left_out = {"surname", "name_parts", "name_near", "employer_key", "employer_brand", "employer"}
    pd.testing.assert_frame_equal(persons, once[[name for name in once if name not in left_out]])
    derived = once[list(DERIVED)]
    assert derived.map(lambda value: value is None or (isinstance(value, str) and value != "")).all(axis=None)


def test_the_valid_number_decides_birth_and_sex() -> None:
    row = one(name="陈伟", id_no=NUMBER, birth="1950", sex="男")
    assert (row["birth_best"], row["sex_best"], row["id_settles"]) == ("1900-01-02", "女", "yes")


def test_a_failing_number_only_fills_gaps() -> None:
    failing = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")
    row = one(name="陈伟", id_no=failing, id_status=IdStatus.CHECKSUM, birth="1950", sex="男")
    assert (row["birth_best"], row["sex_best"], row["id_settles"]) == ("1950", "男", None)
    assert one(name="陈伟", id_no=failing, id_status=IdStatus.CHECKSUM)["birth_best"] == "1900-01-02"


@pytest.mark.parametrize(
    ("written", "status", "shown", "birth"),
    [
        (NUMBER[:6] + NUMBER[8:17], IdStatus.VALID, NUMBER[:17] + "*", "1900-01-02"),
        (NUMBER[:15] + "***", IdStatus.PRECISION_LOSS, NUMBER[:15] + "***", "1900-01-02"),
        (NUMBER[:15] + "000", IdStatus.PRECISION_LOSS, NUMBER[:15] + "***", "1900-01-02"),
        (NUMBER[:12] + "****" + NUMBER[16:], IdStatus.MASKED, NUMBER[:12] + "****" + NUMBER[16:], "1900-01"),
        (NUMBER[:10] + "****" + NUMBER[14:], IdStatus.MASKED, NUMBER[:10] + "****" + NUMBER[14:], "1900"),
        (NUMBER[:6] + "********" + NUMBER[14:], IdStatus.MASKED, NUMBER[:6] + "********" + NUMBER[14:], None),
        ("123", IdStatus.LENGTH, None, None),
    ],
)
def test_what_a_number_shows(written: str, status: IdStatus, shown: str | None, birth: str | None) -> None:
    row = one(name="陈伟", id_no=written, id_status=status)
    assert (row["id_shown"], row["birth_best"]) == (shown, birth)


def test_a_number_of_three_names_is_nobodys() -> None:
    names = ("陈伟", "王强", "李芳")
    rows = [record(f"{i}", name=name, mobile="13900000001") for i, name in enumerate(names)]
    assert normalise(frame(*rows))["mobile_own"].tolist() == [None, None, None]
    assert normalise(frame(*rows[:2]))["mobile_own"].tolist() == ["13900000001"] * 2
    # Homophones are one name by reading: a person with two typing errors keeps the number.
    slips = [record(f"{i}", name=name, mobile="13900000001") for i, name in enumerate(("陈伟", "陈玮", "陈纬"))]
    assert normalise(frame(*slips))["mobile_own"].tolist() == ["13900000001"] * 3


def test_of_coded_records_comes_the_same_coded() -> None:
    records, _ = County(1, 10, 20).build()
    rows = {name: coded(column) if column.dtype == object else column for name, column in records.items()}
    found = normalise(pd.DataFrame(rows).iloc[5:25])
    assert all(is_coded(found[name]) for name in DERIVED)
    # Of the other records no text is left.
    assert set(found["name"].cat.categories) == set(records["name"].iloc[5:25].dropna())
    expected = normalise(records.iloc[5:25]).reset_index(drop=True)
    pd.testing.assert_frame_equal(as_texts(found)[expected.columns], expected)


def test_does_not_touch_its_input() -> None:
    records, _ = County(1, 5, 10).build()
    before = records.copy(deep=True)
    normalise(records)
    pd.testing.assert_frame_equal(records, before)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("陈伟", "陈伟"),
        ("陈伟明", "陈伟明|伟明|陈明|陈伟"),
        ("陈小小", "陈小小|小小|陈小"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
    ],
)
def test_name_parts(name: str, parts: str) -> None:
    assert name_parts(name) == parts


@pytest.mark.parametrize(
    ("written", "key", "surname", "parts"),
    [
        ("陈小妹（曾用名陈妹）", "陈小妹", "陈", "陈小妹|小妹|陈妹|陈小"),
        ("陈小妹（曾用名李阿花）", "陈小妹", "陈", "陈小妹|小妹|陈妹|陈小|李阿花"),
        ("刘(吉吉)", "刘?", "刘", "刘?|刘哲"),
        ("弓长三", "弓长三", "弓", "弓长三|长三|弓三|弓长|张三"),
        ("阿依古丽·买买提", "阿依古丽买买提", "阿依古丽", "阿依古丽买买提|阿依古丽"),
        ("??", None, None, None),
    ],
)
def test_a_name_is_found_under_what_else_it_may_stand_as(
    written: str, key: str | None, surname: str | None, parts: str | None
) -> None:
    row = one(name=written)
    assert (row["name_key"], row["surname"], row["name_parts"]) == (key, surname, parts)


@pytest.mark.parametrize(
    ("employer", "brand"),
    [
        ("海南文昌鑫海源商贸有限公司", "鑫海源"),
        ("鑫海源商贸公司员工", "鑫海源"),
        ("务农", None),
        (None, None),
    ],
)
def test_employer_brand(employer: str | None, brand: str | None) -> None:
    assert normalise(frame(record("x", name="陈伟", employer=employer)))["employer_brand"].item() == brand
