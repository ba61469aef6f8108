from __future__ import annotations

import pytest

from data.errors import SourceFileError
from data.sources.formats.web_tables import read_web_page
from data.sources.grid import Grid
from tests.data.sources.builders import SAMPLES

_EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=gb2312>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>名册</x:Name>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></x:ExcelWorksheet></x:ExcelWorksheets>
</x:ExcelWorkbook></xml><![endif]--><style>.xl65 {mso-number-format:"\\@";} .xl66 {mso-number-format:0;}</style></head>
<body><table><tr><td class=xl65 x:num="460022190001010010">460022190001010010</td><td class=xl66 x:num="4.6002219E+17">
460022190000000000</td><td x:num="31229">1985/7/1</td><td x:num>5</td><td>13900001234</td>
<td style='mso-number-format:"\\@"' x:num>007</td><td style="vnd.ms-excel.numberformat:@" x:num>008</td></tr></table></body></html>"""


def pages(text: str, encoding: str = "utf-8") -> list[Grid]:
    return list(read_web_page(text.encode(encoding), "s", "f"))


def rows(grid: Grid) -> list[list[str | None]]:
    found: list[list[str | None]] = grid.cells.to_numpy().tolist()
    return found


def test_spans_titles_and_line_breaks() -> None:
    (grid,) = pages(
        "<html><body><h3>龙楼镇 党员\n名册</h3><table><tr><th rowspan=2>姓名<th colspan=2>联系</tr>"
        "<tr><td>手机<td>住址</tr><tr><td rowspan=2>王明<td>1<td>甲<br>乙</tr><tr><td>2<td></tr></table></body></html>"
    )
    assert rows(grid) == [
        ["龙楼镇 党员 名册", None, None],
        ["姓名", "联系", None],
        ["姓名", "手机", "住址"],
        ["王明", "1", "甲\n乙"],
        ["王明", "2", None],
    ]
    assert grid.merged_across == ((2, 1, 2),)
    assert grid.row_numbers.tolist() == [1, 2, 3, 4, 5]


def test_numbers_are_what_excel_says_and_text_formats_win() -> None:
    (grid,) = pages(_EXCEL, "gbk")
    assert rows(grid) == [
        ["460022190001010010", "4.6002219e+17", "1985/7/1", "5", "13900001234", "007", "008"],
    ]
    assert grid.numeric.tolist() == [[False, True, False, True, False, False, False]]
    assert (grid.sheet, grid.is_hidden) == ("名册", True)


def test_a_page_of_libreoffice() -> None:
    (grid,) = read_web_page((SAMPLES / "roster.html").read_bytes(), "s", "f")
    assert rows(grid)[2] == ["1", "王明", "1985-07-01", "椰林公司", "2", None, "1", None]
    assert rows(grid)[3][3] == "椰林公司"
    assert grid.errors == ((3, 5),)


def test_tables_stand_below_each_other_and_tables_in_cells_only_lay_out() -> None:
    (grid,) = pages(
        "<table><tr><td>菜单<td><table><tr><td>姓名</tr><tr><td>王明</tr></table></tr></table>"
        "<div>制表：<b>甲</b><table><tr><td>李丽</tr></table></div>"
    )
    assert rows(grid) == [["姓名"], ["王明"], ["制表：甲"], ["李丽"]]


def test_what_is_not_shown_is_hidden_but_read() -> None:
    (grid,) = pages("<table><tr><td>a<td style='display: none'>b</tr><tr style='display:none'><td>c</tr></table>")
    assert rows(grid) == [["a", "b"], ["c", None]]
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({2}), frozenset({1}))


def test_a_single_file_page_has_a_grid_per_sheet() -> None:
    book = "<html><x:ExcelWorksheet><x:Name>{}</x:Name></x:ExcelWorksheet><x:ExcelWorksheet><x:Name>{}</x:Name></x:ExcelWorksheet>"
    parts = [book.format("甲", "乙"), "<table><tr><td>王明</tr></table>", "<table><tr><td>李丽</tr></table>"]
    text = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    for part in parts:
        text += f'--b\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{part}\r\n'
    found = pages(text + "--b--\r\n")
    assert [(grid.sheet, rows(grid)) for grid in found] == [("甲", [["王明"]]), ("乙", [["李丽"]])]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<html><body>请重新登录</body></html>", "E106_WEB_PAGE"),
        ("<table><tr><td>王明</td></tr><tr><td>李", "E117_UNFINISHED"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\nnothing", "E106_WEB_PAGE"),
    ],
)
def test_no_table_and_half_a_table_are_refused(text: str, code: str) -> None:
    with pytest.raises(SourceFileError, match=code):
        pages(text)


def test_a_page_wider_than_any_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.sources.formats.limits.MAX_CELLS", 100)
    with pytest.raises(SourceFileError, match=r"E112_TOO_MANY_CELLS.*IV1"):
        pages("<table><tr><td colspan=99999>x</tr></table>")
