"""Workbooks of several sheets, hidden parts, merged cells, formulas, errors and cells far out."""

from __future__ import annotations

import re

from tests.corpus.case import Case
from tests.corpus.people import CHEN, FU, HAN, HEADER, HUANG, LI, LIN, PAN, WANG, WU, Formula, Rows, roster, row
from tests.corpus.workbook import Page, by_openpyxl, chart_only, parts, repacked, xlsx

_SHEET = ("花名册",)
_FOUR = roster(FU, CHEN, WANG, LI)


def _same_structure() -> bytes:
    return xlsx(Page("第一党支部", [HEADER, *roster(FU, CHEN)]), Page("第二党支部", [HEADER, *roster(WANG)]))


def _townships() -> bytes:
    other = ("姓名", "公民身份号码", "手机号码")
    return xlsx(
        Page("文城镇", [["花名册"], HEADER, *roster(FU)], ("A1:I1",)),
        Page("锦山镇", [other, row(other, LI), row(other, LIN)]),
        Page("Sheet3", []),
    )


def _code_table() -> bytes:
    table: Rows = [
        ["代码表"],
        ["性别", "人员类别", "党籍状态", "是否流动党员"],
        ["男", "正式党员", "正常", "是"],
        ["女", "预备党员", "停止党籍", "否"],
    ]
    return xlsx(
        Page("花名册", [HEADER, *roster(FU, CHEN)]), Page("代码表", table), Page("填表说明", [["一、填写要求"]])
    )


def _employers() -> bytes:
    header = ("工作单位", "姓名", "身份证号码", "联系电话")
    people = [row(header, person) for person in (FU, CHEN, WANG, LI, LIN)]
    for position, employer in ((0, "文昌海味加工厂"), (3, "清澜渔具店")):
        people[position][0] = employer
    return xlsx(Page("花名册", [header, *people], ("A2:A4", "A5:A6")))


def _formulas(*, is_calculated: bool) -> bytes:
    def formula(text: str, value: str) -> Formula:
        return Formula(text, value if is_calculated else None)

    people = [
        row(HEADER, person, 序号=float(n), 出生日期=formula(f'=TEXT(MID(D{n + 1},7,8),"0000-00-00")', person.birth))
        for n, person in enumerate((FU, CHEN), 1)
    ]
    return xlsx(Page("花名册", [HEADER, *people])) if is_calculated else by_openpyxl("花名册", [HEADER, *people])


def _uncalculated_names() -> bytes:
    header = ("姓名", "身份证号码", "联系电话")
    people = [row(header, person, 姓名=Formula("=CONCATENATE(F2,G2)")) for person in (FU, CHEN)]
    return by_openpyxl("花名册", [header, *people])


def _errors() -> bytes:
    def broken(error: str) -> Formula:
        return Formula("=VLOOKUP(A2,Z:Z,1,0)", error)

    people = [
        row(HEADER, FU, 序号=1.0, 身份证号码=broken("#N/A")),
        row(HEADER, CHEN, 序号=2.0, 出生日期=broken("#REF!")),
        row(HEADER, WANG, 序号=3.0, 姓名=broken("#NAME?")),
        row(HEADER, LI, 序号=4.0, 联系电话=broken("#DIV/0!")),
    ]
    return xlsx(Page("花名册", [HEADER, *people]))


def _with_blank_rows(n_rows: int) -> bytes:
    """Rows that only carry a format, as filling a column down to the end of the sheet leaves them."""
    made = xlsx(Page("花名册", [HEADER, *_FOUR]))
    sheet = parts(made)["xl/worksheets/sheet1.xml"].decode()
    blank = '<row ht="20" customHeight="1"><c s="0"/><c s="0"/></row>' * n_rows
    wide = re.sub(r'<dimension ref="[^"]*"/>', f'<dimension ref="A1:I{5 + n_rows}"/>', sheet)
    return repacked(made, {"xl/worksheets/sheet1.xml": wide.replace("</sheetData>", blank + "</sheetData>").encode()})


def _far_cell() -> bytes:
    made = xlsx(Page("花名册", [HEADER, *_FOUR]))
    sheet = parts(made)["xl/worksheets/sheet1.xml"].decode()
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    wide = re.sub(r'<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>', sheet)
    return repacked(made, {"xl/worksheets/sheet1.xml": wide.replace("</sheetData>", far).encode()})


CASES = (
    Case(
        "sheets/same_structure.xlsx",
        "two sheets of one structure are one roster",
        "XlsxWriter",
        _same_structure,
        tables=("第一党支部", "第二党支部"),
        accepted=3,
        rows={"第一党支部!3": {"name": "陈小虹"}, "第二党支部!2": {"name": "王明"}},
    ),
    Case(
        "sheets/sheet_per_township.xlsx",
        "a sheet for each township, named after it; other columns on the second, the third is empty",
        "XlsxWriter",
        _townships,
        tables=("文城镇", "锦山镇"),
        accepted=3,
        rows={
            "文城镇!3": {"name": "符海生", "township": "文城镇"},
            "锦山镇!2": {"name": "李丽", "id_no": LI.id_no, "mobile": LI.mobile, "township": "锦山镇"},
        },
    ),
    Case(
        "sheets/code_table.xlsx",
        "a sheet 代码表 has headers of the contract but no people; it and the instructions are told, not read",
        "XlsxWriter",
        _code_table,
        tables=_SHEET,
        accepted=2,
        notes=("W101 代码表!1", "W101 填表说明!1"),
        rows={"花名册!3": {"name": "陈小虹"}},
    ),
    Case(
        "sheets/hidden_column.xlsx",
        "the column of identity numbers is hidden: read, and told",
        "XlsxWriter",
        lambda: xlsx(Page("花名册", [HEADER, *_FOUR], hidden_columns=("D",))),
        tables=_SHEET,
        accepted=4,
        notes=("W112 1",),
        rows={2: {"id_no": FU.id_no}},
    ),
    Case(
        "sheets/hidden_rows.xlsx",
        "two rows are hidden: read, and told",
        "XlsxWriter",
        lambda: xlsx(Page("花名册", [HEADER, *_FOUR], hidden_rows=(3, 4))),
        tables=_SHEET,
        accepted=4,
        notes=("W111 1",),
        rows={3: {"name": "陈小虹"}, 4: {"name": "王明"}},
    ),
    Case(
        "sheets/filtered.xlsx",
        "a filter on 性别 was left on: the rows it hides are read, and told",
        "XlsxWriter",
        lambda: xlsx(Page("花名册", [HEADER, *_FOUR], filtered=("A1:I5", 2, "男"))),
        tables=_SHEET,
        accepted=4,
        notes=("W111 1",),
        rows={3: {"name": "陈小虹", "sex": "女"}, 5: {"name": "李丽"}},
    ),
    Case(
        "sheets/hidden_sheet.xlsx",
        "an old copy on a hidden sheet: read, and told",
        "XlsxWriter",
        lambda: xlsx(Page("花名册", [HEADER, *_FOUR]), Page("旧表", [HEADER, *roster(PAN)], hidden=1)),
        tables=("花名册", "旧表"),
        accepted=5,
        notes=("W113 旧表!1",),
        rows={"旧表!2": {"name": "潘在安"}},
    ),
    Case(
        "sheets/very_hidden_sheet.xlsx",
        "a sheet that no menu shows",
        "XlsxWriter",
        lambda: xlsx(Page("花名册", [HEADER, *_FOUR]), Page("导入", [HEADER, *roster(HAN)], hidden=2)),
        tables=("花名册", "导入"),
        accepted=5,
        notes=("W113 导入!1",),
    ),
    Case(
        "sheets/employer_merged_down.xlsx",
        "one employer cell merged over several people counts for each, and for nobody else",
        "XlsxWriter",
        _employers,
        tables=_SHEET,
        accepted=5,
        rows={
            2: {"employer": "文昌海味加工厂"},
            4: {"name": "王明", "employer": "文昌海味加工厂"},
            5: {"name": "李丽", "employer": "清澜渔具店"},
            6: {"name": "林文雄", "employer": "清澜渔具店"},
        },
    ),
    Case(
        "sheets/formulas.xlsx",
        "births computed from the numbers, with the values that Excel kept",
        "XlsxWriter",
        lambda: _formulas(is_calculated=True),
        tables=_SHEET,
        accepted=2,
        rows={2: {"birth": "1952-07-14"}, 3: {"birth": "1963-03-05"}},
    ),
    Case(
        "sheets/formulas_uncalculated.xlsx",
        "the same formulas as a program writes them, never calculated: each cell is told",
        "openpyxl",
        lambda: _formulas(is_calculated=False),
        tables=_SHEET,
        accepted=2,
        notes=("W330 2 birth", "W330 3 birth"),
        rows={2: {"id_no": FU.id_no, "birth": None}},
    ),
    Case(
        "sheets/names_uncalculated.xlsx",
        "formulas never calculated where the names should be",
        "openpyxl",
        _uncalculated_names,
        refused="E206",
    ),
    Case(
        "sheets/error_cells.xlsx",
        "#N/A, #REF!, #NAME? and #DIV/0! are no values; without a name the row is rejected",
        "XlsxWriter",
        _errors,
        tables=_SHEET,
        accepted=3,
        rejected=("E401 4 name",),
        notes=("W331 2 id_no", "W331 3 birth", "W331 4 name", "W331 5 mobile"),
        rows={2: {"name": "符海生", "id_no": None}, 3: {"birth": None}, 5: {"name": "李丽", "mobile": None}},
    ),
    Case(
        "sheets/blank_rows.xlsx",
        "a million rows that only carry a format, in a few kilobytes",
        "bytes",
        lambda: _with_blank_rows(1_000_000),
        tables=_SHEET,
        accepted=4,
        rows={2: {"name": "符海生"}, 5: {"name": "李丽"}},
    ),
    Case(
        "sheets/far_cell.xlsx",
        "a stray x in XFD1048576, the last cell there is",
        "bytes",
        _far_cell,
        refused="E112",
    ),
    Case(
        "sheets/chart_only.xlsx",
        "a workbook of one chart and no sheet",
        "XlsxWriter",
        chart_only,
        refused="E115",
    ),
    Case(
        "sheets/blank_sheets.xlsx",
        "two sheets without a cell",
        "XlsxWriter",
        lambda: xlsx(Page("Sheet1", []), Page("Sheet2", [])),
        refused="E103",
    ),
    Case(
        "sheets/sparse.xlsx",
        "rows apart: two people, nine blank rows, a third",
        "XlsxWriter",
        lambda: xlsx(Page("花名册", [HEADER, *roster(HUANG, WU), *([[]] * 9), *roster(LIN, start=3)])),
        tables=_SHEET,
        accepted=3,
        dropped={"blank": 9},
        rows={13: {"name": "林文雄"}},
    ),
)
