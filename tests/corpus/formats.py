"""One roster in every format that offices save, whatever the name of the file says."""

from __future__ import annotations

import quopri
from datetime import date

from tests.corpus.case import Case, Values
from tests.corpus.office import converted
from tests.corpus.people import CHEN, FU, HEADER, LI, WANG, Formatted, Rows, row
from tests.corpus.workbook import Page, xlsx

_DAY = date(1985, 7, 8)
_TITLE = "清澜社区党员花名册"
#: Title, header, four people: a number of 18 digits, a date cell, a serial date cell with time format, phones as numbers.
_ROWS: Rows = [
    [_TITLE],
    HEADER,
    row(HEADER, FU, 序号=1.0, 联系电话=14220160000.0),
    row(HEADER, CHEN, 序号=2.0, 身份证号码=469905196303050000.0),
    row(HEADER, LI, 序号=3.0, 出生日期=Formatted(_DAY, "yyyy/m/d")),
    row(HEADER, WANG, 序号=4.0, 姓名="陈䶮", 备注="转入\n见附件"),
]
_NOTES = ("W301 4 id_no",)
_KNOWN: dict[int | str, Values] = {
    3: {"name": "符海生", "id_no": FU.id_no, "mobile": FU.mobile, "birth": "1952-07-14"},
    4: {"name": "陈小虹", "id_no": "469905196303050***", "id_status": "precision_loss"},
    5: {"name": "李丽", "birth": "1985-07-08", "id_no": LI.id_no},
    6: {"name": "陈䶮", "remark": "转入 见附件"},
}


def _book() -> bytes:
    hidden = Page("旧表", [HEADER, row(HEADER, WANG)], hidden=1)
    return xlsx(Page("花名册", _ROWS, ("A1:I1",), hidden_columns=("H",)), hidden)


def _plain_book() -> bytes:
    return xlsx(Page("花名册", _ROWS, ("A1:I1",)))


def _good(file: str, why: str, by: str, suffix: str) -> Case:
    build = _book if suffix == "xlsx" else lambda: converted(_book(), suffix)
    hidden = ("W112 花名册!2", "W113 旧表!1")
    rows = {f"花名册!{number}": values for number, values in _KNOWN.items()}
    notes = tuple(note.replace(" 4 ", " 花名册!4 ") for note in _NOTES)
    return Case(file, why, by, build, tables=("花名册", "旧表"), accepted=5, notes=(*notes, *hidden), rows=rows)


def _html_row(cells: list[str], tag: str = "td", style: str = "") -> str:
    return "<tr>" + "".join(f"<{tag}{style}>{cell}</{tag}>" for cell in cells) + "</tr>"


_TEXT_ROWS = [[*row(HEADER, person)[1:4], person.birth, *row(HEADER, person)[5:8]] for person in (FU, CHEN, LI)]
_TEXT_HEADER = list(HEADER[1:8])


def _excel_page() -> bytes:
    """As Excel saves a web page: text kept by mso-number-format, numbers in x:num."""
    style = r""" style='mso-number-format:"\@"'"""
    rows = [_html_row([str(cell) for cell in cells], style=style) for cells in _TEXT_ROWS[:2]]
    ruined = [str(cell) for cell in _TEXT_ROWS[2]]
    cells = "".join(
        '<td align=right x:num="469905198507080000">4.69905E+17</td>' if n == 2 else f"<td{style}>{cell}</td>"
        for n, cell in enumerate(ruined)
    )
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>花名册</x:Name>
<x:WorksheetOptions/></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head>
<body><table border=0><tr><td colspan=7>{_TITLE}</td></tr>{_html_row(_TEXT_HEADER)}{"".join(rows)}<tr>{cells}</tr>
</table></body></html>""".encode("gb18030")


def _plain_page(charset: str) -> bytes:
    body = "".join(_html_row([str(cell) for cell in cells]) for cells in _TEXT_ROWS)
    return (
        f'<html><head><meta charset="{charset}"><title>导出</title><style>td{{color:#000}}</style></head><body>'
        f"<table><tr><td>导出时间：2016-06-10</td></tr></table>"
        f"<table>{_html_row(_TEXT_HEADER, 'th')}{body}</table></body></html>"
    ).encode("gb18030" if charset == "gb2312" else charset)


def _spans() -> bytes:
    """Employers over several rows, groups over several columns, entities and blanks."""
    return f"""<table border="1"><tr><th rowspan="2">工作单位</th><th colspan="3">党员基本情况</th></tr>
<tr><th>姓&nbsp;&nbsp;名</th><th>身份证号码</th><th>备注</th></tr>
<tr><td rowspan="2">文昌海味加工厂&amp;店</td><td>符海生</td><td>{FU.id_no}</td><td>转入<br>见附件</td></tr>
<tr><td>陈小虹</td><td>{CHEN.id_no}</td><td>&nbsp;</td></tr>
<tr><td>清澜渔具店</td><td>李丽</td><td>{LI.id_no}</td><td></td></tr></table>""".encode()


def _archive() -> bytes:
    page = quopri.encodestring(_excel_page(), quotetabs=False).decode("ascii")
    return (
        (
            'MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary="----=_P1"\n\n'
            "------=_P1\nContent-Location: file:///C:/book.htm\nContent-Transfer-Encoding: quoted-printable\n"
            f'Content-Type: text/html; charset="gb2312"\n\n{page}\n------=_P1--\n'
        )
        .replace("\n", "\r\n")
        .encode("ascii")
    )


def _xml_cell(value: object) -> str:
    match value:
        case None:
            return "<Cell/>"
        case float():
            return f'<Cell><Data ss:Type="Number">{value:.15g}</Data></Cell>'
        case Formatted():
            return '<Cell ss:StyleID="d"><Data ss:Type="DateTime">1985-07-08T00:00:00.000</Data></Cell>'
        case _:
            text = str(value).replace("\n", "&#10;")
            return f'<Cell><Data ss:Type="String">{text}</Data></Cell>'


def _spreadsheet_xml() -> bytes:
    """The XML spreadsheet of Excel 2003, which many systems write by hand and name .xls."""
    rows = "".join(f"<Row>{''.join(map(_xml_cell, cells))}</Row>" for cells in _ROWS[1:])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="d"><NumberFormat ss:Format="yyyy/m/d"/></Style></Styles>
<Worksheet ss:Name="花名册"><Table><Row><Cell ss:MergeAcross="8"><Data ss:Type="String">{_TITLE}</Data></Cell></Row>
{rows}</Table></Worksheet></Workbook>""".encode()


_PAGE: dict[int | str, Values] = {
    3: {"name": "符海生", "id_no": FU.id_no, "mobile": FU.mobile},
    5: {"name": "李丽", "id_no": "469905198507080***", "id_status": "precision_loss", "birth": "1985-07-08"},
}
_EXPORT: dict[int | str, Values] = {
    3: {"name": "符海生", "id_no": FU.id_no, "mobile": FU.mobile},
    5: {"name": "李丽", "birth": "1985-07-08", "join_on": "2006-07-01"},
}

CASES = (
    _good(
        "formats/roster.xlsx",
        "the same roster as xlsx: a hidden column of phones and a hidden sheet",
        "XlsxWriter",
        "xlsx",
    ),
    _good("formats/roster.xls", "the same as xls (BIFF8)", "LibreOffice", "xls"),
    _good("formats/roster.et", "the same as WPS names it: BIFF8 under .et", "LibreOffice", "xls"),
    _good("formats/roster.ods", "the same as ods", "LibreOffice", "ods"),
    _good("formats/named.csv", "xlsx under the name .csv", "XlsxWriter", "xlsx"),
    _good("formats/named_xlsx.xls", "xlsx under the name .xls", "XlsxWriter", "xlsx"),
    _good("formats/named_xls.xlsx", "xls under the name .xlsx", "LibreOffice", "xls"),
    Case(
        "formats/excel_page.xls",
        "a web page as Excel saves it (GB2312, mso-number-format, x:num): one number is ruined",
        "text",
        _excel_page,
        tables=("花名册",),
        accepted=3,
        notes=("W301 5 id_no",),
        rows=_PAGE,
    ),
    Case(
        "formats/excel_page.mht",
        "the same page in an archive (MHTML, quoted-printable)",
        "text",
        _archive,
        tables=("花名册",),
        accepted=3,
        notes=("W301 5 id_no",),
        rows=_PAGE,
    ),
    Case(
        "formats/plain_page.xls",
        "a bare table as a system exports it, with a small table above it",
        "text",
        lambda: _plain_page("utf-8"),
        accepted=3,
        rows=_EXPORT,
    ),
    Case(
        "formats/plain_page_gb2312.xls",
        "the same in GB2312 by its meta tag",
        "text",
        lambda: _plain_page("gb2312"),
        accepted=3,
        rows=_EXPORT,
    ),
    Case(
        "formats/page_with_spans.xls",
        "rowspan, colspan, entities and line breaks, and no html around the table",
        "text",
        _spans,
        accepted=3,
        rows={
            3: {"name": "符海生", "employer": "文昌海味加工厂&店", "remark": "转入 见附件"},
            4: {"name": "陈小虹", "employer": "文昌海味加工厂&店", "remark": None},
            5: {"name": "李丽", "employer": "清澜渔具店"},
        },
    ),
    Case(
        "formats/libreoffice_page.html",
        "the roster as a web page by LibreOffice",
        "LibreOffice",
        lambda: converted(_plain_book(), "html"),
        tables=("",),
        accepted=4,
        notes=_NOTES,
        rows={number: values for number, values in _KNOWN.items() if number != 5},
    ),
    Case(
        "formats/spreadsheet_2003.xml",
        "XML spreadsheet 2003: numbers, a date, a merged title, line breaks as entities",
        "text",
        _spreadsheet_xml,
        tables=("花名册",),
        accepted=4,
        notes=_NOTES,
        rows=_KNOWN,
    ),
    Case(
        "formats/spreadsheet_2003.xls",
        "the same under the name .xls",
        "text",
        _spreadsheet_xml,
        tables=("花名册",),
        accepted=4,
        notes=_NOTES,
        rows=_KNOWN,
    ),
)
