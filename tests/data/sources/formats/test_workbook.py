"""Workbooks of real writers: types, places, what is hidden, what was never calculated; and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from data.errors import SourceFileError
from data.sources.formats.workbook import read_workbook
from data.sources.grid import Grid
from tests.data.sources.builders import SAMPLES


def made(fill: Callable[[xlsxwriter.Workbook], object], **options: object) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, options) as book:
        fill(book)
    return target.getvalue()


def grids(data: bytes) -> list[Grid]:
    return list(read_workbook(data, "s", "f"))


def refusal(data: bytes) -> str:
    with pytest.raises(SourceFileError) as refused:
        grids(data)
    return str(refused.value)


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return target.getvalue()


_SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_one_workbook_reads_the_same_from_every_format(suffix: str) -> None:
    grid, hidden = grids((SAMPLES / f"roster.{suffix}").read_bytes())
    assert (grid.sheet, grid.is_hidden, hidden.sheet, hidden.is_hidden) == ("花名册", False, "隐藏表", True)
    assert [row[:5] for row in grid.cells.to_numpy().tolist()] == [
        ["龙楼镇党员花名册", None, None, None, None],
        ["序号", "姓名", "公民身份号码", "出生日期", "单位"],
        ["1", "王明", "460022190001010010", "1985-07-01", "椰林公司"],
        ["2", "李丽", "4.6002219000101e+17", "1990-01-02", "椰林公司"],
        ["3", "陈海", "460022190001010036", "1998.1", "椰林公司"],
    ]
    assert [row[:5] for row in grid.numeric.astype(int).tolist()][2:] == [
        [1, 0, 0, 0, 0],
        [1, 0, 1, 0, 0],
        [1, 0, 0, 1, 0],
    ]
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({4}), frozenset({2}))
    assert (grid.merged_across, grid.n_invisible) == (((1, 0, 4),), 1)
    if suffix == "xlsx":
        assert (grid.uncalculated, grid.errors) == (((3, 5), (3, 6)), ())
    else:
        assert (grid.uncalculated, grid.errors) == ((), ((3, 6),))


def test_formulas_that_wait_for_calculation_hold_nothing_and_others_their_value() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("甲")
        sheet.write_row(0, 0, ["a", 1])
        sheet.write_formula(0, 2, "=A1&B1")
        sheet.write_formula(0, 3, "=A1&B1", None, "a1")
        sheet.write_formula(0, 4, "=NA()", None, "#N/A")
        sheet.write_formula(2, 0, "=B1")

    data = made(fill)
    (grid,) = grids(data)
    assert grid.cells.to_numpy().tolist() == [["a", "1", None, "a1", None]]
    assert (grid.uncalculated, grid.errors) == (((1, 2), (3, 0)), ((1, 4),))
    # Excel itself says nothing of the kind: then a formula that gives 0 gives 0.
    (calculated,) = grids(with_part(data, "xl/workbook.xml", lambda part: part.replace(b' fullCalcOnLoad="1"', b"")))
    assert calculated.cells.to_numpy().tolist() == [["a", "1", "0", "a1", None], ["0", None, None, None, None]]
    assert calculated.uncalculated == ()


@pytest.mark.parametrize("is_1904", [False, True])
def test_both_date_bases(is_1904: bool) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_datetime(0, 0, date(1985, 7, 1), day)

    (grid,) = grids(made(fill, date_1904=is_1904))
    assert (grid.cells.iat[0, 0], grid.is_1904) == ("1985-07-01", is_1904)


def test_a_date_that_shows_no_day_has_none_unless_it_is_another_than_the_first() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for column, code in enumerate(['yyyy"年"m"月"', "[$-804]yyyy\\.mm", "yyyy-mm-dd", 'm"月"d"日"', "mmm-yy"]):
            form = book.add_format({"num_format": code})
            sheet.write_datetime(0, column, date(1985, 7, 1), form)
            sheet.write_datetime(1, column, date(1985, 7, 8), form)

    (grid,) = grids(made(fill))
    assert grid.cells.to_numpy().tolist() == [
        ["1985-07", "1985-07", "1985-07-01", "1985-07-01", "1985-07"],
        ["1985-07-08"] * 5,
    ]


def test_an_xls_tells_its_date_base() -> None:
    data = bytearray((SAMPLES / "roster.xls").read_bytes())
    assert not grids(bytes(data))[0].is_1904
    at = data.index(b"\x22\x00\x02\x00\x00\x00")
    data[at + 4] = 1
    grid = grids(bytes(data))[0]
    assert (grid.is_1904, grid.cells.iat[2, 3]) == (True, "1989-07-02")


def test_rows_hidden_by_a_filter_and_columns_by_a_group_are_hidden() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for row in range(5):
            sheet.write_row(row, 0, ["男" if row % 2 else "女", row, "x"])
        sheet.autofilter("A1:C5")
        sheet.filter_column("A", "x == 男")
        for row in (2, 4):
            sheet.set_row(row, options={"hidden": True})
        sheet.set_column("B:C", None, None, {"level": 1, "hidden": True})
        sheet.set_column("XFA:XFD", None, None, {"hidden": True})
        book.add_worksheet("更深").very_hidden()

    grid, deep = grids(made(fill))
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({3, 5}), frozenset({1, 2}))
    assert deep.is_hidden


def test_tags_with_a_prefix_and_rows_without_numbers_are_understood() -> None:
    book = openpyxl.Workbook()
    book.active["A2"] = "x"  # type: ignore[index]
    book.active["B2"] = "=A2"  # type: ignore[index]
    book.active.row_dimensions[2].hidden = True  # type: ignore[union-attr]
    target = io.BytesIO()
    book.save(target)

    def prefixed(part: bytes) -> bytes:
        for tag in (b"worksheet", b"sheetData", b"row", b"c", b"f", b"v", b"is", b"t"):
            for before, after in ((b"<" + tag + b" ", b"<x:" + tag + b" "), (b"<" + tag + b">", b"<x:" + tag + b">")):
                part = part.replace(before, after)
            part = part.replace(b"</" + tag + b">", b"</x:" + tag + b">")
        return part.replace(b"xmlns=", b"xmlns:x=")

    (grid,) = grids(with_part(target.getvalue(), _SHEET, prefixed))
    assert (grid.uncalculated, grid.hidden_rows) == (((2, 1),), frozenset({2}))
    (unnumbered,) = grids(with_part(target.getvalue(), _SHEET, lambda part: part.replace(b'<row r="2"', b"<row")))
    assert unnumbered.hidden_rows == frozenset()


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_password_is_told(suffix: str) -> None:
    assert "E105_PASSWORD" in refusal((SAMPLES / f"password.{suffix}").read_bytes())


def test_two_corners_are_refused_with_figures_and_one_corner_is_read() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("甲").write(1_048_575, 16_383, "x")

    (grid,) = grids(made(fill))
    assert (grid.row_numbers.tolist(), grid.cells.iat[0, 16_383]) == ([1_048_576], "x")
    message = refusal(made(lambda book: [fill(book), book.worksheets()[0].write(0, 0, "姓名")]))
    assert "E112_TOO_MANY_CELLS" in message
    assert "f【甲】" in message
    assert "XFD1048576" in message
    assert "17,179,869,184" in message


def test_more_filled_cells_than_the_budget_are_refused_before_they_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = made(lambda book: [book.add_worksheet().write_row(row, 0, range(10)) for row in range(1)])
    monkeypatch.setattr("data.sources.formats.limits.MAX_FILLED", 9)
    monkeypatch.setattr("data.sources.formats.workbook.CalamineWorkbook.get_sheet_by_name", None, raising=False)
    assert "E112_TOO_MANY_CELLS" in refusal(data)


def test_formatted_blank_rows_below_the_data_count_for_nothing() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_row(0, 0, ["姓名", "性别"])
        for row in range(1, 200_000):
            sheet.write_blank(row, 0, None, bold)
        sheet.write_blank(200_000, 16_383, None, bold)

    (grid,) = grids(made(fill, constant_memory=True))
    assert grid.cells.to_numpy().tolist() == [["姓名", "性别"]]


def test_repeated_ods_rows_are_counted_before_they_are_laid_out() -> None:
    def repeat(part: bytes) -> bytes:
        cell = b'<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        row = (
            b'<table:table-row table:number-rows-repeated="1048576">' + cell + b"</table:table-cell></table:table-row>"
        )
        return part.replace(b"</table:table>", row + b"</table:table>", 1)

    message = refusal(with_part((SAMPLES / "roster.ods").read_bytes(), "content.xml", repeat))
    assert "E112_TOO_MANY_CELLS" in message


def test_charts_without_cells_are_no_worksheet() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("数据")
        book.add_chartsheet("图")

    def only_chart(part: bytes) -> bytes:
        start = part.index(b"<sheet name=")
        return part[:start] + part[part.index(b"<sheet name=", start + 1) :]

    assert "E115_NO_WORKSHEET" in refusal(with_part(made(fill), "xl/workbook.xml", only_chart))


@pytest.mark.parametrize("name", ["Workbook too large", "rows backwards", "texts"])
def test_an_xls_that_claims_more_than_it_holds_is_damaged(name: str) -> None:
    """calamine would set terabytes aside for each of these and take the process with it."""
    data = bytearray((SAMPLES / "roster.xls").read_bytes())
    if name == "Workbook too large":
        entry = data.index("Workbook".encode("utf-16-le"))
        data[entry + 120 : entry + 124] = b"\xff\xff\xff\x7f"
    elif name == "rows backwards":
        at = data.index(b"\x00\x02\x0e\x00") + 4
        data[at : at + 4] = b"\x00\x00\x01\x00"
    else:
        at = data.index(b"\xfc\x00") + 8
        data[at : at + 4] = b"\xff\xff\xff\x7f"
    assert "E104_CORRUPT_WORKBOOK" in refusal(bytes(data))
