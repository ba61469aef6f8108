"""Rosters whose difficulty is the top: titles, headers over several rows, notes in headers, strange headers."""

from __future__ import annotations

from tests.corpus.case import Case
from tests.corpus.people import BRANCH, CHEN, FU, HEADER, HUANG, LI, LIN, WANG, WU, Rows, roster, row
from tests.corpus.text import delimited
from tests.corpus.workbook import Page, by_openpyxl, xlsx

_SHEET = ("花名册",)


def _page(rows: Rows, *merged: str, **more: object) -> bytes:
    return xlsx(Page("花名册", rows, merged, **more))  # type: ignore[arg-type]


def _two_titles() -> bytes:
    title = [["龙楼镇党员花名册"], ["填报单位：龙楼镇党委", None, None, None, None, None, "填报日期：2016年6月10日"]]
    return _page([*title, HEADER, *roster(FU, CHEN, WANG, LI)], "A1:I1", "A2:F2")


def _merged_down() -> bytes:
    rows = [["东郊镇党员花名册"], HEADER, [], *roster(FU, CHEN)]
    return _page(rows, "A1:I1", *(f"{column}2:{column}3" for column in "ABCDEFGHI"))


_FLAT = ("序号", "姓名", "性别", "身份证号", "手机号码", "固定电话", "所在党支部", "入党时间", "转正时间")


def _two_levels() -> bytes:
    upper = ["序号", "基本情况", None, None, "联系方式", None, "组织关系", None, None]
    lower = [None, *_FLAT[1:]]
    people = [
        row(_FLAT, FU, 序号=1.0, 固定电话="0898-93330011", 转正时间="1976-07-01"),
        row(_FLAT, CHEN, 序号=2.0, 转正时间="1989-07-01"),
    ]
    rows = [["文教镇党员情况表"], upper, lower, *people]
    return _page(rows, "A1:I1", "A2:A3", "B2:D2", "E2:F2", "G2:I2")


def _employer_in_two_columns() -> bytes:
    upper = ["姓名", "身份证号码", "工作单位", None, "联系电话"]
    lower = [None, None, "名称", "统一社会信用代码", None]
    people = [
        [WANG.name, WANG.id_no, "文昌海味加工厂", "91469905MA0003005M", WANG.mobile],
        [LI.name, LI.id_no, "东郊椰子饮品店", "92469905MA0005000H", LI.mobile],
    ]
    return _page([upper, lower, *people], "A1:A2", "B1:B2", "C1:D1", "E1:E2")


def _contact_person() -> bytes:
    upper = ["党员", None, None, "紧急联系人", None]
    lower = ["姓名", "身份证号码", "手机号码", "姓名", "手机号码"]
    people = [
        [WU.name, WU.id_no, WU.mobile, HUANG.name, HUANG.mobile],
        [LIN.name, LIN.id_no, None, LI.name, LI.mobile],
    ]
    return _page([upper, lower, *people], "A1:C1", "D1:E1")


_INSTRUCTIONS = [
    "党员基本情况采集表",
    "填表说明：",
    "1.姓名：填写居民身份证上的姓名，少数民族党员姓名应写全。",
    "2.公民身份号码：填写18位号码，不得存为数字。",
    "3.出生日期：按身份证填写，精确到日。",
    "4.入党时间：填写支部大会通过为预备党员的日期。",
    "5.联系电话：填写手机号码；没有手机的填固定电话。",
]


def _instructions() -> bytes:
    rows = [*([text] for text in _INSTRUCTIONS), [None], HEADER, *roster(FU, LIN)]
    return _page(rows, *(f"A{number}:I{number}" for number in range(1, 8)))


def _written_headers() -> bytes:
    header = ["序 号", "姓    名\n（与身份证一致）", "性  别", "※公民身份号码（18位，必填）", "*出生\n年月日："]
    header += ["【必填】所在党支部", "加入党组织日期\n(年/月/日)", "手机号码1", "备 注"]
    people = [row(HEADER, person, 序号=n) for n, person in ((1.0, FU), (2.0, CHEN))]
    return _page([header, *people])


def _each_page() -> bytes:
    first, second, third = roster(FU, CHEN), roster(WANG, LI, start=3), roster(LIN, start=5)
    return _page([["会文镇党员花名册"], HEADER, *first, HEADER, *second, HEADER, *third], "A1:I1")


def _numbered_columns() -> bytes:
    numbers = [f"({number})" for number in range(1, 10)]
    return _page([HEADER, numbers, *roster(FU, CHEN)])


def _example_row() -> bytes:
    example = [
        "例",
        "张三",
        "男",
        "11010519491231002X",
        "1949-12-31",
        "某某党支部",
        "1970-01-01",
        "14200000000",
        "示例",
    ]
    return _page([HEADER, example, *roster(FU, CHEN)])


def _duplicate() -> bytes:
    return by_openpyxl("花名册", [["姓名", "身份证号", "姓名"], [FU.name, FU.id_no, CHEN.name]])


def _synonyms_twice() -> bytes:
    header = ["姓名", "身份证号码", "手机号码", "联系电话", "备注", "备注"]
    people = [
        row(header, FU, 联系电话=None),
        [CHEN.name, CHEN.id_no, None, CHEN.mobile, None, "党龄补计"],
    ]
    return by_openpyxl("花名册", [header, *people])


_NEAR = ("姓名", "性别", "身份正号码", "出生年曰", "联系电哈", "民族", "学历")


def _near_synonyms() -> bytes:
    people = [
        [person.name, person.sex, person.id_no, person.birth, person.mobile, "汉族", "高中"]
        for person in (FU, CHEN, WANG, LI)
    ]
    return _page([_NEAR, *people])


_NO_NAME = [("党员", "性别", "身份证号码", "备注"), ("甲", "男", FU.id_no, None)]
_KNOWN = {3: {"name": "符海生"}, 4: {"name": "陈小虹"}}

CASES = (
    Case(
        "rosters/two_titles.xlsx",
        "two title rows merged across; the title names the township",
        "XlsxWriter",
        _two_titles,
        tables=_SHEET,
        accepted=4,
        rows={
            4: {"name": "符海生", "id_no": "46990519520714013X", "birth": "1952-07-14", "township": "龙楼镇"},
            7: {"name": "李丽", "sex": "女", "mobile": "14220164071", "branch": BRANCH, "join_on": "2006-07-01"},
        },
    ),
    Case(
        "rosters/merged_header.xlsx",
        "every header cell merged over two rows",
        "XlsxWriter",
        _merged_down,
        tables=_SHEET,
        accepted=2,
        dropped={"blank": 1},
        rows={4: {"name": "符海生", "township": "东郊镇"}, 5: {"name": "陈小虹", "mobile": "14320161357"}},
    ),
    Case(
        "rosters/two_levels.xlsx",
        "header of two levels under merged groups",
        "XlsxWriter",
        _two_levels,
        tables=_SHEET,
        accepted=2,
        rows={
            4: {"name": "符海生", "tel": "0898-93330011", "mobile": "14220160000", "full_on": "1976-07-01"},
            5: {"name": "陈小虹", "tel": None, "branch": BRANCH, "join_on": "1988-07-01", "township": "文教镇"},
        },
    ),
    Case(
        "rosters/two_levels_employer.xlsx",
        "工作单位 over 名称 and 统一社会信用代码: only both levels together say which column is the employer",
        "XlsxWriter",
        _employer_in_two_columns,
        tables=_SHEET,
        accepted=2,
        notes=("W202 1",),
        rows={3: {"name": "王明", "employer": "文昌海味加工厂"}, 4: {"employer": "东郊椰子饮品店"}},
    ),
    Case(
        "rosters/two_levels_contact_person.xlsx",
        "党员 over 姓名 and 紧急联系人 over 姓名: the second name and mobile are somebody else's",
        "XlsxWriter",
        _contact_person,
        tables=_SHEET,
        accepted=2,
        notes=("W202 1",),
        rows={3: {"name": "吴多福", "mobile": "14220168142"}, 4: {"name": "林文雄", "mobile": None}},
    ),
    Case(
        "rosters/header_in_row_9.xlsx",
        "seven lines of 填表说明, each naming fields, and a blank row above the header",
        "XlsxWriter",
        _instructions,
        tables=_SHEET,
        accepted=2,
        rows={10: {"name": "符海生", "id_no": FU.id_no}, 11: {"name": "林文雄", "birth": "1968-12-30"}},
    ),
    Case(
        "rosters/header_notes.xlsx",
        "headers with inner spaces, line breaks, notes in brackets, ※ * and counters",
        "XlsxWriter",
        _written_headers,
        tables=_SHEET,
        accepted=2,
        rows={
            2: {"name": "符海生", "id_no": FU.id_no, "birth": "1952-07-14", "branch": BRANCH, "mobile": FU.mobile},
            3: {"name": "陈小虹", "join_on": "1988-07-01"},
        },
    ),
    Case(
        "rosters/header_on_each_page.xlsx",
        "the header repeated where each printed page begins",
        "XlsxWriter",
        _each_page,
        tables=_SHEET,
        accepted=5,
        dropped={"repeated_header": 2},
        rows={3: {"name": "符海生"}, 6: {"name": "王明"}, 9: {"name": "林文雄", "township": "会文镇"}},
    ),
    Case(
        "rosters/header_numbered.xlsx",
        "a row (1) (2) (3) below the header that numbers the columns",
        "XlsxWriter",
        _numbered_columns,
        tables=_SHEET,
        accepted=2,
        dropped={"header": 1},
        rows={3: {"name": "符海生"}, 4: {"name": "陈小虹"}},
    ),
    Case(
        "rosters/example_row.xlsx",
        "a first row 例 that shows how to fill the form in",
        "XlsxWriter",
        _example_row,
        tables=_SHEET,
        accepted=2,
        dropped={"example": 1},
        rows=_KNOWN,
    ),
    Case(
        "rosters/header_twice.xlsx",
        "姓名 stands twice and nothing tells which is meant",
        "openpyxl",
        _duplicate,
        refused="E203",
    ),
    Case(
        "rosters/synonyms_twice.xlsx",
        "手机号码 and 联系电话 fill each other's blanks; 备注 twice is free text",
        "openpyxl",
        _synonyms_twice,
        tables=_SHEET,
        accepted=2,
        notes=("W201 1 mobile", "W201 1 remark"),
        rows={2: {"mobile": FU.mobile, "remark": None}, 3: {"mobile": CHEN.mobile, "remark": "党龄补计"}},
    ),
    Case(
        "rosters/near_synonyms.xlsx",
        "misspelt headers (身份正号码, 联系电哈) are never guessed, and told; 民族 and 学历 are left out on purpose",
        "XlsxWriter",
        _near_synonyms,
        tables=_SHEET,
        accepted=4,
        notes=("W203 1",),
        rows={2: {"name": "符海生", "id_no": None, "birth": None, "mobile": None}},
    ),
    Case(
        "rosters/near_synonyms_declared.xlsx",
        "the same headers named under `columns` in sources.toml",
        "XlsxWriter",
        _near_synonyms,
        tables=_SHEET,
        accepted=4,
        options={"columns": {"id_no": "身份正号码", "birth": "出生年曰", "mobile": "联系电哈"}},
        rows={2: {"name": "符海生", "id_no": FU.id_no, "birth": "1952-07-14", "mobile": FU.mobile}},
    ),
    Case(
        "rosters/no_name_column.csv",
        "a roster without a column of names",
        "text",
        lambda: delimited(_NO_NAME),
        refused="E202",
    ),
    Case(
        "rosters/header_only.xlsx",
        "a header and not one row",
        "XlsxWriter",
        lambda: _page([HEADER]),
        refused="E205",
    ),
)
