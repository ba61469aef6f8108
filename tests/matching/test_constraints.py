from __future__ import annotations

from tests.matching.builders import SHOP, are_linked, grade_of, id_number, judge, match, record

A, B = id_number("1900-01-01", 1), id_number("1903-05-07", 24)
REST = {"name": "符阿奇", "mobile": "13700000001", "birth": "1900-01-01", "township": "龙楼镇"}


def test_strong_evidence_against_keeps_two_people_apart_though_a_muddled_record_fits_both() -> None:
    cut = {"id_no": B[:15] + "***", "id_status": "precision_loss"}
    his = {"sex": "男", "birth": "1900-01-01", "join_on": "1930-07-01", "home": "龙楼镇好圣村12号"}
    hers = {"sex": "女", "id_no": B, "join_on": "1941-02-15", "home": "海口市美兰区蓝天路"}
    result = match(
        record("x1", name="陈明", mobile="13700000001", **his),
        record("x2", name="陈鸣", mobile="13700000001", **cut, **SHOP),
        record("x3", name="陈鸣", mobile="13712345678", source="roster2", **hers),
    )
    assert grade_of(result, "x1", "x3") == "certainly_not"
    assert not are_linked(result, "x1", "x3")
    assert "x2" in {*result.conflicts["unique_id_l"], *result.conflicts["unique_id_r"]}


def test_two_valid_numbers_never_meet_through_a_record_without_one() -> None:
    rest = {"name": "符阿奇", "mobile": "13700000001"}
    rows = [
        record("x1", **rest, id_no=A),
        record("x2", **rest, source="roster2"),
        record("x3", **rest, id_no=B, **SHOP),
    ]
    result = match(*rows)
    assert not are_linked(result, "x1", "x3")
    assert "x2" in {*result.conflicts["unique_id_l"], *result.conflicts["unique_id_r"]}


def test_numbers_that_an_analyst_joined_count_as_one_for_all_their_records() -> None:
    rest = {"name": "符阿奇", "mobile": "13700000001"}
    rows = [record("x1", **rest, id_no=A), record("x2", **rest, id_no=A, source="roster2")]
    rows += [record("x3", **rest, id_no=B, **SHOP)]
    assert not are_linked(match(*rows), "x1", "x3")
    assert are_linked(match(*rows, judgements=judge(("x1", "x3", "positive"))), "x1", "x2", "x3")


def test_two_rows_of_a_roster_never_meet_through_a_third_record() -> None:
    rows = [record("x1", **REST), record("x2", **REST, source_row=3)]
    result = match(*rows, record("x3", **REST, id_no=A, **SHOP))
    assert not are_linked(result, "x1", "x2")
    assert "x3" in {*result.conflicts["unique_id_l"], *result.conflicts["unique_id_r"]}


def test_an_owner_and_a_namesake_on_the_staff_are_not_joined_by_a_roster_row_that_fits_both() -> None:
    shop = {"name": "张忠锋", "sex": "男", "township": "会文镇", "employer": "文昌会文张忠锋药店"}
    roster = record("x1", **shop, id_no=A, mobile="13700000001")
    owner = record("x2", **shop, id_no=A, mobile="13700000001", **SHOP)
    namesake = record("x3", **shop, mobile="13712345678", source_row=9, **SHOP)
    result = match(roster, owner, namesake)
    assert are_linked(result, "x1", "x2")
    assert not are_linked(result, "x1", "x3")
    assert grade_of(result, "x1", "x3") == "possible"
    # The same row twice is one person, and so is a row of another list.
    assert are_linked(match(roster, owner, namesake | {"mobile": "13700000001"}), "x1", "x2", "x3")
    assert are_linked(match(roster, owner, namesake | {"source": "register"}), "x1", "x2", "x3")
