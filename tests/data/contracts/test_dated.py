"""What was accepted on one day stands on another only if it would be accepted there, to the last remark."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.contracts.accept import Accepted, accept
from data.contracts.dated import holds_on
from data.contracts.feeds import CONTRACTS
from data.model import FeedKind
from data.sources.reader import read_source
from data.values.identifiers import check_digit_18
from tests.data.sources.builders import AS_OF, HEADER, KEY, Cell, person, spec_of, write_csv

ROSTER, LIFE = CONTRACTS[FeedKind.MEMBER_ROSTER], CONTRACTS[FeedKind.ORG_LIFE]
LATER = AS_OF + timedelta(days=30)


def number(born: date) -> str:
    digits = f"460022{born:%Y%m%d}001"
    return digits + check_digit_18(digits)


def on(day: date, *rows: list[Cell], header: list[str] = HEADER, kind: FeedKind = FeedKind.MEMBER_ROSTER) -> Accepted:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        write_csv(path, [header, *rows])
        spec = spec_of(path.name, kind)
        return accept(read_source("roster", spec, path.parent), CONTRACTS[kind], spec, KEY, day)


SOON = AS_OF + timedelta(days=7)


@pytest.mark.parametrize(
    ("cells", "stands"),
    [
        ({}, True),
        ({"公民身份号码": "46002219000101001?"}, True),
        ({"公民身份号码": number(SOON)}, False),
        ({"公民身份号码": number(date(2099, 1, 1))}, True),
        ({"公民身份号码": number(SOON).replace("0", "O", 1)}, False),
        ({"公民身份号码": number(date(1900, 1, 1)).replace("0", "O", 1)}, True),
        ({"出生日期": SOON.isoformat()}, False),
        ({"出生日期": f"{SOON:%y.%m.%d}"}, False),
        ({"出生日期": "85.7"}, True),
        ({"出生日期": "不详的日子"}, False),
    ],
)
def test_only_what_depends_on_the_day_is_read_again(cells: dict[str, Cell], stands: bool) -> None:
    accepted = on(AS_OF, person(1), person(2, "李丽", **cells))
    assert holds_on(accepted, ROSTER, AS_OF, LATER) is stands
    assert holds_on(accepted, ROSTER, AS_OF, AS_OF)


def test_neither_an_earlier_day_nor_another_year_is_spoken_for() -> None:
    accepted = on(AS_OF, person(1))
    assert not holds_on(accepted, ROSTER, AS_OF, AS_OF - timedelta(days=1))
    assert not holds_on(accepted, ROSTER, AS_OF, date(AS_OF.year + 1, 1, 1))
    assert holds_on(accepted, ROSTER, AS_OF, date(AS_OF.year, 12, 31))


def test_a_row_that_was_rejected_for_its_date_is_read_again() -> None:
    header: list[str] = ["姓名", "日期", "活动类型"]
    rows: list[list[Cell]] = [["王明", "2016-05-01", "支部党员大会"], ["李丽", f"{SOON:%y.%m.%d}", "支部党员大会"]]
    accepted = on(AS_OF, *rows, header=header, kind=FeedKind.ORG_LIFE)
    assert len(accepted.rejected) == 1
    assert not holds_on(accepted, LIFE, AS_OF, LATER)
    assert holds_on(on(AS_OF, rows[0], header=header, kind=FeedKind.ORG_LIFE), LIFE, AS_OF, LATER)


DAYS = st.dates(AS_OF - timedelta(days=3), LATER + timedelta(days=3))
WRITTEN = st.one_of(
    DAYS.map(lambda day: f"{day:%y.%m.%d}"),
    DAYS.map(lambda day: f"{day:%y %m %d}"),
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: str((day - date(1899, 12, 30)).days)),
    st.sampled_from(["85.7", "1985年7月", "20 11 12", "民国30年", "?"]),
)
NUMBERS = st.one_of(DAYS.map(number), DAYS.map(lambda day: number(day).replace("0", "O", 1)), st.just("46002219000101"))


@settings(max_examples=40, deadline=None)
@given(written=st.lists(st.tuples(WRITTEN, NUMBERS), min_size=1, max_size=2), asked_on=st.dates(AS_OF, LATER))
def test_what_stands_is_what_would_be_accepted(written: list[tuple[str, str]], asked_on: date) -> None:
    rows = [person(n, 出生日期=born, 公民身份号码=id_no) for n, (born, id_no) in enumerate(written)]
    one, other = on(AS_OF, *rows), on(asked_on, *rows)
    if holds_on(one, ROSTER, AS_OF, asked_on):
        for frame in ("rows", "rejected", "notes"):
            assert getattr(one, frame).to_csv() == getattr(other, frame).to_csv()
