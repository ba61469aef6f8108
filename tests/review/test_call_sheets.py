"""The workbook of calls and visits: written, filled in with a spreadsheet program's library, read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.errors import ConfigError
from data.model import PrimaryClass
from data.store.cases import open_by_class
from data.store.publish import publish
from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from data.store.transitions import CaseState
from data.store.verification import CaseFilter, Step, get_case, list_cases, record_step, steps_of
from data.words import set_language
from review.call_columns import COLUMNS, checksum, codes_of
from review.call_sheets import CallRow, last_attempt, write_call_book
from review.call_sheets_back import ReadBack, read_call_book, read_day
from tests.data.store.builders import AREA, NOW, handed, item, run

KEY = b"a key of the tests"
_PLACES = {column.code: place for place, column in enumerate(COLUMNS, start=1)}
FILLED = {
    "done_on": date(2016, 6, 16),
    "channel": "电话",
    "contacted_by": "陈录",
    "outcome": "无人接听",
    "next": "走访",
}


@pytest.fixture
def cases(store: Store) -> list[str]:
    """Two cases waiting for a call, in two townships."""
    kinds = {"kind": "classification", "candidates": "[]"}
    asked = (item("q1", **kinds), item("q2", **kinds, unique_id="c", person_id="P2", township="文城镇"))
    publish(store, run(), handed(classes={"P1": "lost", "P2": "lost"}, asked=asked), NOW)
    open_by_class(store, AREA, PrimaryClass.LOST, "王", now=NOW)
    found = [str(case["case_id"]) for case in list_cases(store, AREA, CaseFilter())]
    for case_id in found:
        for state in (CaseState.CHECK, CaseState.PHONE):
            record_step(store, AREA, case_id, Step(state), "王", now=NOW)
    return found


def written(store: Store) -> bytes:
    rows = [CallRow(case, "") for case in list_cases(store, AREA, CaseFilter())]
    return write_call_book(AREA, rows, KEY, date(2016, 6, 17))


def filled(content: bytes, change: Callable[[Worksheet], None]) -> bytes:
    """The workbook after somebody worked on each sheet."""
    book, saved = load_workbook(BytesIO(content)), BytesIO()
    for sheet in book.worksheets:
        change(sheet)
    book.save(saved)
    book.close()
    return saved.getvalue()


def fill(sheet: Worksheet, row: int = 5, **values: object) -> None:
    for code, value in {**FILLED, **values}.items():
        sheet.cell(row, _PLACES[code]).value = value  # type: ignore[assignment]


def read(store: Store, content: bytes, scope: Scope = EVERYTHING) -> ReadBack:
    return read_call_book(store, AREA, content, KEY, "李", scope)


def test_there_and_back(store: Store, cases: list[str]) -> None:
    content = written(store)
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["文昌市 文城镇", "文昌市 龙楼镇"]
    assert [book.worksheets[0].column_dimensions[letter].hidden for letter in "AO"] == [False, True]
    done = read(store, filled(content, fill))
    assert (done.n_recorded, done.n_blank, done.problems) == (2, 0, [])
    for case_id in cases:
        assert get_case(store, AREA, case_id)["state"] == CaseState.VISIT
        last = steps_of(store, AREA, [case_id])[case_id][-1]
        assert (last["channel"], last["outcome"], last["recorded_by"]) == ("phone", "not_reached", "李")
        assert last_attempt([last]) == "2016-06-16 电话 陈录 未联系上"


def test_a_workbook_is_recorded_once(store: Store, cases: list[str]) -> None:
    content = filled(written(store), fill)
    read(store, content)
    again = read(store, content)
    assert again.n_recorded == 0
    assert [(one.row, one.column) for one in again.problems] == [(5, "M"), (5, "M")]
    assert len(steps_of(store, AREA, cases)[cases[0]]) == 3


@pytest.mark.parametrize(
    ("wrong", "columns"),
    [
        ({"done_on": "上周"}, ["I"]),
        ({"done_on": None, "outcome": "不知道"}, ["I", "L"]),
        ({"channel": "信鸽", "contacted_by": " ", "next": None}, ["J", "K", "M"]),
        ({"next": "确认"}, ["M"]),  # without a reason
        ({"done_on": date(2999, 1, 1)}, ["M"]),
    ],
)
def test_wrong_rows_are_told_by_row_and_column(
    store: Store, cases: list[str], wrong: dict[str, object], columns: list[str]
) -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet, **(wrong if "龙楼" in sheet.title else {}))

    done = read(store, filled(written(store), change))
    assert done.n_recorded == 1
    assert [(one.sheet, one.row, one.column) for one in done.problems] == [
        ("文昌市 龙楼镇", 5, column) for column in columns
    ]
    assert all(one.message and one.header for one in done.problems)


def test_blank_rows_say_nothing(store: Store, cases: list[str]) -> None:
    done = read(store, written(store))
    assert (done.n_recorded, done.n_blank, done.problems) == (0, 2, [])


def test_a_row_that_is_not_ours_is_refused(store: Store, cases: list[str]) -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet)
        sheet.cell(5, len(COLUMNS) + 1).value = cases[0]  # another case under this checksum

    done = read(store, filled(written(store), change))
    assert (done.n_recorded, len(done.problems)) == (1, 1)


def test_columns_may_be_moved_and_lines_put_above(store: Store, cases: list[str]) -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet)
        sheet.insert_cols(2)
        sheet.insert_rows(1)

    assert read(store, filled(written(store), change)).n_recorded == 2


def test_another_area_s_case_is_not_recorded(store: Store, cases: list[str]) -> None:
    done = read(store, filled(written(store), fill), Scope.of(["469021"]))
    assert (done.n_recorded, len(done.problems)) == (0, 2)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_refused(store: Store, content: bytes) -> None:
    with pytest.raises(ConfigError):
        read(store, content)


def test_a_workbook_of_somebody_else_is_refused(store: Store, cases: list[str]) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.delete_rows(1, 3)

    with pytest.raises(ConfigError):
        read(store, filled(written(store), change))


@pytest.mark.parametrize("text", ["2016-06-17", "2016.6.17", "2016/6/17", "2016年6月17日", date(2016, 6, 17)])
def test_days_as_people_write_them(text: object) -> None:
    assert read_day(text) == date(2016, 6, 17)


@pytest.mark.parametrize("text", ["2016-13-01", "2016", "17.6.2016", ""])
def test_no_days(text: str) -> None:
    with pytest.raises(ConfigError):
        read_day(text)


def test_words_of_both_languages_are_known() -> None:
    assert {codes_of("channel")[word] for word in ("电话", "phone", "微信")} == {"phone"}
    assert {codes_of("next")[word] for word in ("确认", "confirmed")} == {"confirmed"}
    set_language("en")
    try:
        assert codes_of("outcome")["停机"] == "not_reached"
    finally:
        set_language("zh")


def test_a_checksum_is_of_one_case_and_step() -> None:
    said = {checksum(KEY, *row) for row in ((AREA, "c1", 1), (AREA, "c1", 2), (AREA, "c2", 1), ("46", "c1", 1))}
    assert len(said | {checksum(b"another", AREA, "c1", 1)}) == 5
