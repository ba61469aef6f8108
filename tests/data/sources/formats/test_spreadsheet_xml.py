from __future__ import annotations

import pytest

from data.errors import SourceFileError
from data.sources.formats.spreadsheet_xml import read_spreadsheet_xml

_HEAD = (
    '<?xml version="1.0" encoding="GB2312"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)
_SHEETS = """<Worksheet ss:Name="名册"><Table><Column/><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>
<Row><Cell ss:MergeAcross="3"><Data ss:Type="String">题</Data></Cell></Row>
<Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">甲公司</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">460022190001010010</Data></Cell><Cell><Data ss:Type="String">007</Data></Cell></Row>
<Row ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="DateTime">1985-07-01T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=RC[-1]"/></Row>
</Table></Worksheet><Worksheet ss:Name="空"><Table/><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">
<Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>"""


def test_types_places_and_merges_as_declared() -> None:
    grid, empty = read_spreadsheet_xml(f"{_HEAD}{_SHEETS}</Workbook>", "s", "f")
    assert grid.cells.to_numpy().tolist() == [
        ["题", None, None, None, None],
        ["甲公司", None, "4.6002219000101e+17", "007", None],
        ["甲公司", "1985-07-01", "是", None, None],
    ]
    assert grid.numeric.sum() == 1
    assert (grid.row_numbers.tolist(), grid.n_blank) == ([1, 3, 4], 1)
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({4}), frozenset({2, 3}))
    assert (grid.errors, grid.uncalculated, grid.merged_across) == (((4, 3),), ((4, 4),), ((1, 0, 3),))
    assert (empty.sheet, empty.is_hidden, len(empty.cells)) == ("空", True, 0)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (_HEAD + _SHEETS[:500], "E117_UNFINISHED"),
        (_HEAD + "</Workbook>", "E106_WEB_PAGE"),
        ('<!DOCTYPE a [<!ENTITY x "y">]>' + _HEAD.partition("?>")[2] + "&z;</Workbook>", "E117_UNFINISHED"),
    ],
)
def test_half_a_workbook_and_one_without_sheets_are_refused(text: str, code: str) -> None:
    with pytest.raises(SourceFileError, match=code):
        list(read_spreadsheet_xml(text, "s", "f"))


def test_rows_at_the_end_of_the_sheet_cost_nothing() -> None:
    far = '<Worksheet ss:Name="a"><Table><Row ss:Index="1048576"><Cell ss:Index="300"><Data>x</Data></Cell></Row></Table></Worksheet>'
    (grid,) = read_spreadsheet_xml(f"{_HEAD}{far}</Workbook>", "s", "f")
    assert grid.row_numbers.tolist() == [1_048_576]
    assert grid.cells[299].tolist() == ["x"]
