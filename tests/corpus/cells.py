"""Phones, names and null words as rosters hold them."""

from __future__ import annotations

from collections.abc import Sequence

from tests.corpus.case import Case, Values
from tests.corpus.people import CHEN, FU, HEADER, LI, WANG, Cell, row
from tests.corpus.text import delimited
from tests.corpus.workbook import Page, xlsx

_SHEET = ("花名册",)

_PHONES: tuple[tuple[Cell, str | None, str | None], ...] = (
    (14220160000.0, "14220160000", None),
    ("14320161357/0898-93330022", "14320161357", "0898-93330022"),
    ("0898-93330033", None, "0898-93330033"),
    ("+86 154 2016 2714", "15420162714", None),
    ("8614220164071", "14220164071", None),
    ("1.4320165428E+10", "14320165428", None),
    ("15420166785 14220168142", "15420166785", None),
    ("13800138000", None, None),
    ("同上", None, None),
    ("142-2017-2213", "14220172213", None),
    ("14320173570（子）", "14320173570", None),
    ("1542017492", None, None),
    ("93330044", None, "93330044"),
    ("１４２２０１６０００１", "14220160001", None),
    ("14220160002\n14320160003", "14220160002", None),
)
_NAMES: tuple[tuple[str, str | None], ...] = (
    ("王 小 明", "王小明"),
    ("陈\u3000虹", "陈虹"),
    ("古丽·巴依", "古丽·巴依"),
    ("阿依古丽．买买提", "阿依古丽·买买提"),
    ("买买提•艾力", "买买提·艾力"),
    ("王海（预备）", "王海"),
    ("陳誌強", "陳誌強"),
    ("陈䶮", "陈䶮"),
    ("符𠅤", "符𠅤"),
    ("王\ue863", "王\ue863"),
    ("Wang Ming", "Wang Ming"),
    ("1.符海波", "符海波"),
    ("王某", "王某"),
    ("林*明", "林*明"),
    ("王？", "王?"),
    ("林(jie)", "林(jie)"),
    ("无", None),
)


def _phones() -> bytes:
    rows = [
        [f"王{letter}", cell] for letter, (cell, _, _) in zip("一二三四五六七八九十甲乙丙丁戊", _PHONES, strict=True)
    ]
    return xlsx(Page("花名册", [("姓名", "联系电话"), *rows]))


def _named() -> list[Sequence[Cell]]:
    return [("姓名", "出生日期"), *((name, f"19{60 + n}-01-02") for n, (name, _) in enumerate(_NAMES))]


def _numbers_of(column: int) -> dict[int | str, Values]:
    return {number: {"mobile": cells[1], "tel": cells[2]} for number, cells in enumerate(_PHONES, column)}


def _null_words() -> bytes:
    words = ("同上", "〃", "无", "—", "/", "不详", "-", "——")
    rows = [
        row(HEADER, FU),
        *(
            [*row(HEADER, CHEN, 姓名=f"陈{n}虹")[:2], *[word] * 7]
            for n, word in zip("一二三四五六七八", words, strict=True)
        ),
    ]
    return xlsx(Page("花名册", [HEADER, *rows]))


def _status_columns() -> bytes:
    header = (
        "姓名",
        "身份证号码",
        "人员类别",
        "党籍状态",
        "是否失联党员",
        "失去联系日期",
        "是否流动党员",
        "外出流向",
        "党费交至年月",
        "备注",
    )
    rows: list[list[Cell]] = [
        [FU.name, FU.id_no, "正式党员", "正常", "否", None, "是", "广东省深圳市", "2016.5", None],
        [
            CHEN.name,
            CHEN.id_no,
            "中共党员（预备）",
            "停止党籍",
            "是（2015年3月）",
            "2015.3",
            "×",
            None,
            "2016年12月",
            "2015.3转至东郊镇",
        ],
        [WANG.name, WANG.id_no, "入党积极分子", "1", "√", "2014", "无", None, "201412", "已去世"],
        [LI.name, LI.id_no, "党外人士", None, None, "2015.10", "外出", None, None, None],
    ]
    return xlsx(Page("花名册", [header, *rows]))


CASES = (
    Case(
        "cells/phones.xlsx",
        "numbers, two in a cell, landlines, +86, powers of ten, placeholders, ten digits, line breaks",
        "XlsxWriter",
        _phones,
        tables=_SHEET,
        accepted=15,
        notes=("W311 4 mobile", "W306 9 mobile", "W306 13 mobile", "W311 14 mobile"),
        rows=_numbers_of(2),
    ),
    Case(
        "cells/names.xlsx",
        "inner spaces, dots of every kind, notes, traditional, rare and private characters, pinyin, 某, *, ?, 无",
        "XlsxWriter",
        lambda: xlsx(Page("花名册", _named())),
        tables=_SHEET,
        accepted=16,
        rejected=("E401 18 name",),
        notes=("W310 7 name", "W310 13 name", "W309 14 name", "W309 15 name", "W309 17 name"),
        rows={n: {"name": name} for n, (_, name) in enumerate(_NAMES[:-1], 2)},
    ),
    Case(
        "cells/names.csv",
        "the same names in GB18030: 䶮 has four bytes, 𠅤 lies beyond the first plane",
        "text",
        lambda: delimited(_named(), "gb18030"),
        accepted=16,
        rejected=("E401 18 name",),
        notes=("W310 7 name", "W310 13 name", "W309 14 name", "W309 15 name", "W309 17 name"),
        rows={n: {"name": name} for n, (_, name) in enumerate(_NAMES[:-1], 2)},
    ),
    Case(
        "cells/null_words.xlsx",
        "同上, 〃, 无, —, /, 不详 are blanks in every column but the name",
        "XlsxWriter",
        _null_words,
        tables=_SHEET,
        accepted=9,
        rows={
            n: dict.fromkeys(("sex", "id_no", "birth", "branch", "join_on", "mobile", "remark")) for n in range(3, 11)
        },
    ),
    Case(
        "cells/status_columns.xlsx",
        "labels of categories and states, yes and no in many words, a code of unknown meaning, dues paid ahead",
        "XlsxWriter",
        _status_columns,
        tables=_SHEET,
        accepted=4,
        notes=("W307 4 party_status", "W307 5 category", "W415 5 lost_since", "W308 5 is_floating"),
        rows={
            2: {
                "category": "formal",
                "party_status": "normal",
                "is_lost": "no",
                "is_floating": "yes",
                "dues_to": "2016-05",
            },
            3: {
                "category": "probationary",
                "party_status": "suspended",
                "is_lost": "yes",
                "lost_since": "2015-03",
                "is_floating": "no",
                "dues_to": "2016-12",
                "remark": "2015.3转至东郊镇",
            },
            4: {
                "category": "activist",
                "party_status": None,
                "is_lost": "yes",
                "is_floating": "no",
                "lost_since": "2014",
            },
            5: {"category": None, "lost_since": "2015-10", "is_floating": None},
        },
    ),
)
