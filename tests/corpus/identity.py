"""Identity numbers as spreadsheets and clerks leave them: as numbers, with lost digits, written oddly, or wrong."""

from __future__ import annotations

from tests.corpus.case import Case
from tests.corpus.people import CHEN, FU, HAN, HUANG, LI, LIN, PAN, WANG, WU, XING, YUN, ZHENG, Cell, Person
from tests.corpus.text import delimited, lines
from tests.corpus.workbook import Page, xlsx

_SHEET = ("花名册",)
#: Her number ends in 000 and is right.
_XIU = Person("黄秀英", "女", "469905195003161000", "14320166001", "1975-07-01")
_HEADER = ("姓名", "性别", "身份证号码", "出生日期", "联系电话")


def _page(*people: tuple[Person, Cell]) -> bytes:
    rows = [[person.name, person.sex, number, person.birth, person.mobile] for person, number in people]
    return xlsx(Page("花名册", [_HEADER, *rows]))


def _lost(number: str | None, status: str = "precision_loss") -> dict[str, str | None]:
    return {"id_no": number, "id_status": status}


def _valid(number: str) -> dict[str, str | None]:
    return {"id_no": number, "id_status": "valid"}


_WRITTEN: tuple[tuple[Person, Cell], ...] = (
    (CHEN, "'469905196303050243"),
    (FU, "４６９９０５１９５２０７１４０１３Ｘ"),
    (WANG, "469905 19710921 0359"),
    (LI, "46990519850708046x"),
    (PAN, "46990519900228113Ⅹ"),
    (LIN, "身份证：469905196812300570"),
    (HUANG, "469905590101068"),
    (WU, "469905\u200b197704160798"),
    (ZHENG, "469905198211050915\t"),
    (HAN, "‘469905199405191227’"),
    (XING, "469905-19480810-1318"),
)
_WRONG: tuple[tuple[Person, Cell], ...] = (
    (FU, "46990519520714013"),
    (CHEN, "4699051963030502"),
    (WANG, "469905197109210350"),
    (PAN, "469905199002301137"),
    (HAN, "469905209905010011"),
    (LIN, "4699O5196812300570"),
    (HUANG, "469905********0685"),
    (WU, "无"),
    (ZHENG, "4699051982110509155"),
    (YUN, "469905196610201558（旧）"),
)

CASES = (
    Case(
        "identity/as_numbers.xlsx",
        "18 digits stored as numbers: three are gone for good, and the rest is a hint, never a number",
        "XlsxWriter",
        lambda: _page((WANG, 469905197109210000.0), (LIN, 469905196812300000.0), (CHEN, CHEN.id_no)),
        tables=_SHEET,
        accepted=3,
        notes=("W301 2 id_no", "W301 3 id_no"),
        rows={2: _lost("469905197109210***"), 3: _lost("469905196812300***"), 4: _valid(CHEN.id_no)},
    ),
    Case(
        "identity/old_as_numbers.xlsx",
        "15 digits stored as a number: a spreadsheet keeps every one of 15",
        "XlsxWriter",
        lambda: _page((HUANG, 469905590101068.0), (WANG, WANG.id_no)),
        tables=_SHEET,
        accepted=2,
        rows={2: _valid("469905590101068"), 3: _valid(WANG.id_no)},
    ),
    Case(
        "identity/lost_saved_as_text.xlsx",
        "numbers ruined before they became text: they end in 000 and fail the checksum; one ends in 000 and is right",
        "XlsxWriter",
        lambda: _page((WANG, "469905197109210000"), (WU, "469905197704160000"), (_XIU, _XIU.id_no)),
        tables=_SHEET,
        accepted=3,
        notes=("W301 2 id_no", "W301 3 id_no"),
        rows={2: _lost("469905197109210***"), 3: _lost("469905197704160***"), 4: _valid(_XIU.id_no)},
    ),
    Case(
        "identity/scientific.csv",
        "a CSV saved from a ruined sheet: 4.69905E+17",
        "text",
        lambda: delimited(
            [_HEADER, ["王明", "男", "4.69905E+17", "", WANG.mobile], ["李丽", "女", LI.id_no, "", LI.mobile]]
        ),
        accepted=2,
        notes=("W301 2 id_no",),
        rows={2: _lost("469905************"), 3: _valid(LI.id_no)},
    ),
    Case(
        "identity/guarded.csv",
        'numbers that an export guards against spreadsheets: ="4699…" and a tab before the number',
        "text",
        lambda: lines(
            ",".join(_HEADER),
            f'符海生,男,"=""{FU.id_no}""",1952-07-14,"=""{FU.mobile}"""',
            f"陈小虹,女,\t{CHEN.id_no},1963-03-05,{CHEN.mobile}",
        ),
        accepted=2,
        rows={2: {**_valid(FU.id_no), "mobile": FU.mobile}, 3: _valid(CHEN.id_no)},
    ),
    Case(
        "identity/written_oddly.xlsx",
        "apostrophe, full width, spaces, x, Ⅹ, 身份证：, 15 digits, a zero-width space, a tab, quotes, dashes",
        "XlsxWriter",
        lambda: _page(*_WRITTEN),
        tables=_SHEET,
        accepted=11,
        notes=("W102 1",),
        rows={
            2: _valid(CHEN.id_no),
            3: _valid(FU.id_no),
            4: _valid(WANG.id_no),
            5: _valid(LI.id_no),
            6: _valid(PAN.id_no),
            7: _valid(LIN.id_no),
            8: _valid("469905590101068"),
            9: _valid(WU.id_no),
            10: _valid(ZHENG.id_no),
            11: _valid(HAN.id_no),
            12: _valid(XING.id_no),
        },
    ),
    Case(
        "identity/wrong.xlsx",
        "17 and 16 and 19 digits, a wrong check digit, 30 February, a birth to come, O for 0, masked, 无, a note beside",
        "XlsxWriter",
        lambda: _page(*_WRONG),
        tables=_SHEET,
        accepted=10,
        notes=(
            "W316 2 id_no",
            "W316 3 id_no",
            "W302 4 id_no",
            "W302 5 id_no",
            "W302 6 id_no",
            "W302 7 id_no",
            "W317 7 id_no",
            "W302 10 id_no",
            "W318 11 id_no",
        ),
        rows={
            2: _lost("46990519520714013", "length"),
            3: _lost("4699051963030502", "length"),
            4: _lost("469905197109210350", "checksum"),
            5: _lost("469905199002301137", "date"),
            6: _lost("469905209905010011", "future"),
            7: _lost("4699O5196812300570", "charset"),
            8: _lost("469905********0685", "masked"),
            9: _lost(None, "missing"),
            10: _lost("4699051982110509155", "length"),
            11: _valid(YUN.id_no),
        },
    ),
    Case(
        "identity/contradicts_row.xlsx",
        "valid numbers whose sex or birth is not what the row says",
        "XlsxWriter",
        lambda: xlsx(
            Page(
                "花名册",
                [
                    _HEADER,
                    ["符海生", "女", FU.id_no, "1952-07-14", FU.mobile],
                    ["陈小虹", "女", CHEN.id_no, "1963-03", CHEN.mobile],
                    ["王明", "男", WANG.id_no, "1971-12", WANG.mobile],
                    ["李丽", "女", LI.id_no, "1985-07-18", LI.mobile],
                ],
            )
        ),
        tables=_SHEET,
        accepted=4,
        notes=("W410 2 sex", "W411 4 birth", "W411 5 birth"),
        rows={2: {"sex": "女", **_valid(FU.id_no)}, 4: {"birth": "1971-12"}},
    ),
)
