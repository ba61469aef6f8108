"""Rosters of several parts on one sheet: stacked townships, tables side by side, subtitles, totals, closing lines."""

from __future__ import annotations

from tests.corpus.case import Case
from tests.corpus.people import (
    CHEN,
    FU,
    HAN,
    HEADER,
    HUANG,
    LI,
    LIN,
    PAN,
    WANG,
    WU,
    Rows,
    roster,
    row,
)
from tests.corpus.workbook import Page, xlsx

_SHEET = ("花名册",)
_PLAIN = ("序号", "姓名", "性别", "身份证号码", "联系电话", "备注")


def _page(rows: Rows, *merged: str) -> bytes:
    return xlsx(Page("花名册", rows, merged))


def _stacked() -> bytes:
    second = ("姓名", "联系电话", "身份证号", "性别", "出生日期")
    third = ("序号", "公民身份号码", "姓名", "入党时间", "所在党支部")
    rows: Rows = [
        ["龙楼镇党员花名册"],
        HEADER,
        *roster(FU, CHEN, WANG),
        [],
        ["东郊镇党员花名册"],
        second,
        *(row(second, person) for person in (LI, LIN)),
        [],
        [],
        ["铺前镇党员花名册"],
        third,
        row(third, HUANG, 序号=1.0, 所在党支部="铺前社区党支部"),
        row(third, WU, 序号=2.0, 所在党支部="铺前社区党支部"),
        ["合计：2人"],
    ]
    return _page(rows, "A1:I1", "A7:E7", "A13:E13")


def _side_by_side() -> bytes:
    half = ("姓名", "身份证号码", "联系电话")
    left, right = (FU, CHEN, WANG), (LI, LIN, None)
    rows = [
        [*row(half, one), None, *(row(half, other) if other else [None] * 3)]
        for one, other in zip(left, right, strict=True)
    ]
    return _page([["昌洒镇党员花名册"], [*half, None, *half], *rows], "A1:G1")


def _subtitles() -> bytes:
    rows: Rows = [
        ["龙楼镇党员花名册"],
        _PLAIN,
        ["一、红海社区党支部（2人）"],
        *(row(_PLAIN, person, 序号=float(n)) for n, person in ((1, FU), (2, CHEN))),
        ["二、好圣村党支部（3人）"],
        *(row(_PLAIN, person, 序号=float(n)) for n, person in ((1, WANG), (2, LI), (3, LIN))),
    ]
    return _page(rows, "A1:F1", "A3:F3", "A6:F6")


def _totals(first: float, second: float, whole: str) -> bytes:
    rows: Rows = [
        HEADER,
        *roster(FU, CHEN),
        ["小计", None, None, None, None, None, None, first],
        *roster(WANG, LI, LIN, start=3),
        ["小计", None, None, None, None, None, None, second],
        ["合计", whole],
    ]
    return _page(rows)


def _closing_lines() -> bytes:
    rows: Rows = [
        HEADER,
        *roster(PAN, HAN),
        [],
        ["注：1.本表一式两份。", None, None],
        ["说明：出生日期以身份证为准。"],
        ["制表人：符海", None, None, None, "审核：陈山", None, None, "填表日期：2016年6月10日"],
        [None, None, None, None, None, "单位负责人（签字）：", None, None, "（盖章）"],
    ]
    return _page(rows)


def _total_named_person() -> bytes:
    """A member whose row begins with 合计 by a slip keeps his row: he has a name and a number."""
    rows: Rows = [HEADER, *roster(FU), row(HEADER, CHEN, 序号="合计"), ["合计", "2人"]]
    return _page(rows)


def _sums() -> bytes:
    header = ("注册号", "年报年度", "从业人数", "党员人数", "党组织建制", "法定代表人是否党员")
    rows: Rows = [
        header,
        ["469905000001007", 2015.0, 12.0, 3.0, "党支部", "是"],
        ["469905600007007", 2015.0, 2.0, 1.0, "未成立党组织", "是"],
        ["合计", None, 15.0, 4.0],
    ]
    return xlsx(Page("年报", rows))


CASES = (
    Case(
        "stacked/townships.xlsx",
        "three townships one below the other, each with its title, its own header and another order of columns",
        "XlsxWriter",
        _stacked,
        tables=_SHEET * 3,
        accepted=7,
        dropped={"blank": 3, "title": 2, "header": 2, "trailer": 1},
        rows={
            3: {"name": "符海生", "township": "龙楼镇"},
            9: {"name": "李丽", "mobile": LI.mobile, "birth": "1985-07-08", "township": "东郊镇"},
            10: {"name": "林文雄", "id_no": LIN.id_no, "sex": "男", "township": "东郊镇"},
            15: {"name": "黄玉兰", "id_no": HUANG.id_no, "join_on": "1984-12-10", "township": "铺前镇"},
            16: {"name": "吴多福", "mobile": None, "branch": "铺前社区党支部"},
        },
    ),
    Case(
        "stacked/side_by_side.xlsx",
        "the same three columns left and right of a blank one, five people in three rows",
        "XlsxWriter",
        _side_by_side,
        tables=("花名册", "花名册[E:G]"),
        accepted=5,
        dropped={"blank": 1},
        notes=("W117 花名册!2",),
        rows={
            "花名册!3": {"name": "符海生", "id_no": FU.id_no},
            "花名册[E:G]!3": {"name": "李丽", "mobile": LI.mobile},
            "花名册!5": {"name": "王明", "township": "昌洒镇"},
        },
    ),
    Case(
        "stacked/branches_by_subtitle.xlsx",
        "no column of branches: 一、红海社区党支部（2人） above its people says it",
        "XlsxWriter",
        _subtitles,
        tables=_SHEET,
        accepted=5,
        dropped={"subtitle": 2},
        rows={
            4: {"name": "符海生", "branch": "红海社区党支部", "township": "龙楼镇"},
            5: {"branch": "红海社区党支部"},
            7: {"name": "王明", "branch": "好圣村党支部"},
            9: {"branch": "好圣村党支部"},
        },
    ),
    Case(
        "stacked/totals_right.xlsx",
        "小计 below each group and 合计 at the end, all right",
        "XlsxWriter",
        lambda: _totals(2.0, 3.0, "5人"),
        tables=_SHEET,
        accepted=5,
        dropped={"trailer": 3},
        rows={5: {"name": "王明"}},
    ),
    Case(
        "stacked/totals_wrong.xlsx",
        "a 合计 of 6人 over five people is told with its row",
        "XlsxWriter",
        lambda: _totals(2.0, 3.0, "6人"),
        tables=_SHEET,
        accepted=5,
        dropped={"trailer": 3},
        notes=("W114 9",),
    ),
    Case(
        "stacked/closing_lines.xlsx",
        "注, 说明, 制表人, 审核 and a place for the seal below the rows",
        "XlsxWriter",
        _closing_lines,
        tables=_SHEET,
        accepted=2,
        dropped={"blank": 1, "trailer": 4},
        rows={2: {"name": "潘在安"}, 3: {"name": "韩春梅"}},
    ),
    Case(
        "stacked/total_by_slip.xlsx",
        "合计 in the first cell of a member's row drops nobody",
        "XlsxWriter",
        _total_named_person,
        tables=_SHEET,
        accepted=2,
        dropped={"trailer": 1},
        rows={3: {"name": "陈小虹", "id_no": CHEN.id_no}},
    ),
)
