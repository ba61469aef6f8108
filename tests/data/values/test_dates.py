"""Ways of writing a date (domain §3.5) and the month vectors of domain §0."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.values.dates import (
    Doubt,
    ReadDate,
    add_months,
    earliest,
    from_serial,
    is_lunar,
    latest,
    months_between,
    parse_partial_date,
    read_date,
)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("1998.7", "1998-07"),
        ("199807", "1998-07"),
        ("1998年7月", "1998-07"),
        ("1998年7月份", "1998-07"),
        ("98.7", "1998-07"),
        ("1998-7-1", "1998-07-01"),
        ("1998/07/01", "1998-07-01"),
        ("1998. 7. 1", "1998-07-01"),
        ("1998年7月1日", "1998-07-01"),
        ("１９９８．７", "1998-07"),
        ("八五年七月", "1985-07"),
        ("一九八五年十二月三十一日", "1985-12-31"),
        ("二〇一五年十月", "2015-10"),
        ("19850701", "1985-07-01"),
        ("1985-07-01 00:00:00", "1985-07-01"),
        ("1998", "1998"),
        ("1998年", "1998"),
        ("15.3", "2015-03"),
        ("2015-02-30", "2015-02"),
        ("198513", None),
        ("1849-01-01", None),
        ("31229", None),
        ("二十", None),
        ("不详", None),
        ("", None),
        ("1985 7 1", "1985-07-01"),
        ("85 7 1", "1985-07-01"),
        ("1985 0701", "1985-07-01"),
        ("1 9 8 5 年", "1985"),
        ("1985.7.1生", "1985-07-01"),
        ("1985年7月1日出生", "1985-07-01"),
        ("生于1985年", "1985"),
        ("2005年7月入党", "2005-07"),
        ("1985.7.1（身份证）", "1985-07-01"),
        ("1985.7（1985.8）", None),
        ("1985—7—1", "1985-07-01"),
        ("1985·7", "1985-07"),
        ("1985、7", "1985-07"),
        ("1985--7--1", "1985-07-01"),
        ("1985.7.", "1985-07"),
        ("1985-07-00", "1985-07"),
        ("1985-00-00", "1985"),
        ("19850700", "1985-07"),
        ("1985-00-05", None),
        ("19850701.0", "1985-07-01"),
        ("198507.0", "1985-07"),
        ("1985.0", "1985"),
        ("民国三十五年七月", "1946-07"),
        ("民国35年", "1946"),
        ("民国元年", "1912"),
        ("12月5日", None),
        ("1985～1990", "1985"),
        ("85.07.01", "1985-07-01"),
        ("1985年7月1", "1985-07-01"),
        ("1985.7-", "1985-07"),
        ("1985.7-1990.8", "1985-07"),
        ("1985.7.1-1990.7.1", "1985-07-01"),
        ("2010年3月至今", "2010-03"),
        ("二〇〇三年", "2003"),
        ("二零零三年八月", "2003-08"),
        ("1998.10", "1998-10"),
        ("1998.1", "1998-01"),
        ("19980230", "1998-02"),
        ("一九八五年二月三十日", "1985-02"),
        ("1998.13", None),
        ("1998.6.45", None),
        ("01-7月-85", "1985-07-01"),
        ("1-Jul-1985", "1985-07-01"),
        ("Jul  1 1985 12:00AM", "1985-07-01"),
        ("1985/7/1 0:00", "1985-07-01"),
        ("1985-07-01T08:30:00.000Z", "1985-07-01"),
        ("1985-07-01 上午12:00:00", "1985-07-01"),
        ("13/07/1985", "1985-07-13"),
        ("07/13/1985", "1985-07-13"),
        ("04/04/1985", "1985-04-04"),
        ("32/01/1985", None),
        ("约1985年", "1985"),
        ("1985年7月上旬", "1985-07"),
        ("1985年底", "1985"),
        ("1985以前", None),
    ],
)
def test_parse_partial_date(written: str, iso: str | None) -> None:
    assert parse_partial_date(written) == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("25.3", "1925-03"),
        ("16.3", "2016-03"),
        ("16.6", "2016-06"),
        ("16.7", None),
        ("16.6.17", None),
        ("85.7", "1985-07"),
    ],
)
def test_a_two_digit_year_is_never_a_day_still_to_come(written: str, iso: str | None) -> None:
    assert parse_partial_date(written, newest=date(2016, 6, 16)) == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("1985.7.1（农历）", "1985"),
        ("农历1985年七月初一", "1985"),
        ("八五年正月", "1985"),
        ("1985.7.1(阴历)", "1985"),
        ("农历七月初一", None),
    ],
)
def test_a_lunar_date_gives_its_year_only(written: str, iso: str | None) -> None:
    assert is_lunar(written)
    assert parse_partial_date(written) == iso
    assert not is_lunar("1985.7.1(公历)")


@pytest.mark.parametrize(
    ("written", "iso", "doubt"),
    [
        ("1985-07-01", "1985-07-01", None),
        ("1985-07-00", "1985-07", None),
        ("1998-02-30", "1998-02", Doubt.IMPOSSIBLE_DAY),
        ("98.2.30", "1998-02", Doubt.IMPOSSIBLE_DAY),
        ("1985.7-1990.8", "1985-07", Doubt.RANGE),
        ("1985年7月1日至现在", "1985-07-01", Doubt.RANGE),
        ("03/04/1985", "1985", Doubt.DAY_OR_MONTH),
        ("农历1985年七月初一", "1985", Doubt.LUNAR),
        ("不详", None, None),
    ],
)
def test_what_was_in_doubt_is_told(written: str, iso: str | None, doubt: Doubt | None) -> None:
    assert read_date(written) == ReadDate(iso, doubt)


def test_no_way_of_writing_makes_a_two_digit_year_a_day_still_to_come() -> None:
    newest = date(2016, 6, 16)
    assert read_date("01-7月-16", newest=newest).iso is None
    assert read_date("16.6.31", newest=newest).iso == "2016-06"
    assert read_date("16.7.32", newest=newest).iso is None


@pytest.mark.parametrize(
    ("serial", "iso"),
    [(31229.0, "1985-07-01"), (42537.75, "2016-06-16"), (7305.0, None), (1998.0, None), (float("nan"), None)],
)
def test_from_serial(serial: float, iso: str | None) -> None:
    assert from_serial(serial) == iso


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-12", date(2016, 12, 1), date(2016, 12, 31)),
        ("2016-06-16", date(2016, 6, 16), date(2016, 6, 16)),
    ],
)
def test_bounds_of_a_partial_date(iso: str, first: date, last: date) -> None:
    assert (earliest(iso), latest(iso)) == (first, last)


@pytest.mark.parametrize(
    ("last_event", "six_months", "two_years"),
    [
        (date(2015, 8, 31), date(2016, 2, 29), date(2017, 8, 31)),
        (date(2015, 12, 16), date(2016, 6, 16), date(2017, 12, 16)),
        (date(2015, 12, 17), date(2016, 6, 17), date(2017, 12, 17)),
        (date(2014, 2, 28), date(2014, 8, 28), date(2016, 2, 28)),
    ],
)
def test_add_months(last_event: date, six_months: date, two_years: date) -> None:
    assert add_months(last_event, 6) == six_months
    assert add_months(last_event, 24) == two_years


@settings(max_examples=50)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_months_between_is_the_largest_number_that_fits(start: date, end: date) -> None:
    months = months_between(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)


@settings(max_examples=50)
@given(st.dates(date(1850, 1, 1), date(2100, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日"]))
def test_a_day_comes_back_from_every_way_of_writing_it(day: date, way: str) -> None:
    assert parse_partial_date(day.strftime(way)) == day.isoformat()


@settings(max_examples=50)
@given(st.text(max_size=12))
def test_any_text_gives_a_real_date_or_nothing(text: str) -> None:
    iso = parse_partial_date(text)
    assert iso is None or earliest(iso) <= latest(iso)
