"""Which columns were not read? Counted for every table, and told where somebody may have meant one of the contract.

Columns left out on purpose (ethnicity, education, household registration ...) are counted and not remarked on (P2).
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from data.contracts.field import FeedContract
from data.contracts.reason import Reason
from data.contracts.reasons.headers import COLUMNS_UNKNOWN, NO_STRONG_COLUMN
from data.model import PERSON_SIDE
from data.sources.header import HeaderMap, normalise_header
from data.sources.raw import RawTable
from data.words import tr

#: Running numbers of lines: no information, no column to report.
_LINE_NUMBERS = frozenset(("序号", "编号", "序", "行号", "项次", "排序", "NO.", "NO"))
#: Headers of forms and exports that the project does not take (PIPL article 6); hukou says where nobody may live.
LEFT_OUT = frozenset(
    (
        *("民族", "族别", "宗教信仰", "年龄", "周岁", "党龄", "党龄校正值", "工龄", "婚姻状况", "婚姻", "健康状况"),
        *("学历", "文化程度", "最高学历", "全日制学历", "学位", "毕业院校", "毕业学校", "专业", "所学专业"),
        *("户籍所在地", "户口所在地", "户籍地址", "户籍地", "户籍", "户口", "户口所在地派出所", "出生地"),
        *(
            "技术职称",
            "职称",
            "从事专业技术职务",
            "专业技术职务",
            "是否农民工",
            "新社会阶层类型",
            "一线情况",
            "培训情况",
        ),
        *("党员增加信息", "党员减少信息", "入党类型", "转正情况", "入党时所在支部", "延长预备期时间", "信息完整度"),
        *(
            "照片",
            "签名",
            "本人签名",
            "签字",
            "邮箱",
            "电子邮箱",
            "EMAIL",
            "微信",
            "微信号",
            "QQ",
            "QQ号",
            "邮编",
            "邮政编码",
        ),
        *(
            "注册资本",
            "注册资金",
            "出资额",
            "经营范围",
            "登记机关",
            "经营期限",
            "核准日期",
            "REGCAP",
            "OPSCOPE",
            "REGORG",
        ),
    )
)
_STRONG = ("id_no", "mobile", "birth")
#: What a column may be by the shape of its values: a hint in the message, never a guess.
_SHAPES = (
    ("公民身份号码", "identity number", r"\s*'?[1-9]\d{16}[\dXx]\s*|[1-9]\.\d+[Ee]\+17"),
    ("统一社会信用代码", "credit code", r"\s*[159][1239]\d{6}[0-9A-Z]{10}\s*"),
    ("手机号码", "mobile number", r"\s*(?:\+?86)?1[3-9]\d{9}\s*"),
    ("注册号或15位身份证号", "15-digit number", r"\s*\d{15}\s*"),
    ("日期", "date", r"\s*(?:19|20)\d{2}[-./年]\d{1,2}(?:[-./月](?:\d{1,2}日?)?)?\s*|\s*(?:19|20)\d{4}(?:\d{2})?\s*"),
)
_MIN_CELLS, _MIN_SHARE = 3, 0.9


def unknown_columns(table: RawTable, header_map: HeaderMap) -> Counter[str]:
    """Filled cells of the columns outside the contract, by header; nothing of them goes further (P2)."""
    counts: Counter[str] = Counter()
    for position in header_map.unknown:
        n_filled = int(table.cells[position].notna().sum())
        if n_filled and normalise_header(table.headers[position]) not in _LINE_NUMBERS:
            counts[table.headers[position] or f"({position + 1})"] += n_filled
    return counts


def unknown_note(table: RawTable, header_map: HeaderMap, contract: FeedContract) -> tuple[Reason, str] | None:
    """The reason and message about columns not understood; stronger where a table of persons has no column that
    tells people apart. None when every column is known or left out on purpose."""
    described = [_described(table, position) for position in header_map.unknown if _is_strange(table, position)]
    if not described:
        return None
    headers = "、".join(described)
    strong = [field for field in contract.fields if field.name in _STRONG]
    if contract.kind in PERSON_SIDE and not any(field.name in header_map.columns for field in strong):
        expected = "、".join(field.title for field in strong)
        return NO_STRONG_COLUMN, NO_STRONG_COLUMN.message(expected=expected, headers=headers)
    return COLUMNS_UNKNOWN, COLUMNS_UNKNOWN.message(headers=headers)


def _is_strange(table: RawTable, position: int) -> bool:
    word = normalise_header(table.headers[position])
    return word not in _LINE_NUMBERS and word not in LEFT_OUT and bool(table.cells[position].notna().any())


def _described(table: RawTable, position: int) -> str:
    """The header, and what nine tenths of its cells look like."""
    header = table.headers[position] or tr(f"第 {position + 1} 列（无表头）", f"column {position + 1} (no header)")
    shape = _shape(table.cells[position].dropna())
    return f"{header}{tr(f'（像{shape[0]}）', f' (looks like: {shape[1]})')}" if shape else header


def _shape(filled: pd.Series) -> tuple[str, str] | None:
    if len(filled) < _MIN_CELLS:
        return None
    shares = ((zh, en, filled.str.fullmatch(pattern).mean()) for zh, en, pattern in _SHAPES)
    return next(((zh, en) for zh, en, share in shares if share >= _MIN_SHARE), None)
