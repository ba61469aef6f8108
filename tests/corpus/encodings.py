"""Text files: encodings, delimiters, line ends, quotes, and what is too broken to read."""

from __future__ import annotations

from tests.corpus.case import Case, Values
from tests.corpus.people import CHEN, FU, HEADER, LI, WANG, Rows, roster, row
from tests.corpus.text import delimited, lines

_RARE = [*roster(FU, CHEN), row(HEADER, WANG, 序号=3.0, 姓名="陈䶮", 备注="转入,2015年")]
_ROWS: Rows = [HEADER, *_RARE]
#: What every well-written file below must give.
_KNOWN: dict[int | str, Values] = {
    2: {"name": "符海生", "id_no": FU.id_no, "birth": "1952-07-14", "mobile": FU.mobile},
    4: {"name": "陈䶮", "id_no": WANG.id_no, "remark": "转入,2015年"},
}
_SHORT = ("姓名", "身份证号码", "备注")


def _well(file: str, why: str, data: bytes) -> Case:
    return Case(file, why, "text", lambda: data, accepted=3, rows=_KNOWN)


def _broken(file: str, why: str, data: bytes, code: str) -> Case:
    return Case(file, why, "text", lambda: data, refused=code)


def _quoted_breaks() -> bytes:
    people = [row(_SHORT, FU, 备注="2015年转入\n见附件"), row(_SHORT, CHEN, 备注='别名"阿虹"'), row(_SHORT, LI)]
    return delimited([["说明：第一行\n第二行"], _SHORT, people[0], [], *people[1:]])


def _late_quote() -> bytes:
    """A quote that nobody closes until another row opens one: a parser swallows the rows between without a word."""
    return lines(
        ",".join(_SHORT),
        f'符海生,{FU.id_no},"已转入',
        f"陈小虹,{CHEN.id_no},",
        f'王明,{WANG.id_no},"',
        f"李丽,{LI.id_no},",
    )


def _ragged() -> bytes:
    """An unquoted comma in the second cell shifts the number into another column."""
    return lines("姓名,备注,身份证号码", f"符海生,,{FU.id_no}", f"陈小虹,转入,2015年,{CHEN.id_no}", f"李丽,,{LI.id_no}")


CASES = (
    _well("text/gb18030.csv", "what Excel and WPS save as CSV in China", delimited(_ROWS, "gb18030")),
    _well("text/utf8.csv", "UTF-8 without a mark", delimited(_ROWS)),
    _well("text/utf8_mark.csv", "CSV UTF-8 as Excel saves it, with a mark", delimited(_ROWS, "utf-8-sig")),
    _well("text/utf16.txt", "Excel's “Unicode text”: UTF-16 with a mark, tabs", delimited(_ROWS, "utf-16", "\t")),
    _well("text/tabs.tsv", "tabs between columns, GB18030", delimited(_ROWS, "gb18030", "\t")),
    _well("text/semicolons.csv", "semicolons, a comma inside a remark", delimited(_ROWS, delimiter=";")),
    _well("text/pipes.txt", "pipes, as databases export", delimited(_ROWS, "gb18030", "|")),
    _well("text/lf.csv", "lines end in LF", delimited(_ROWS, newline="\n")),
    _well("text/cr.csv", "lines end in CR alone", delimited(_ROWS, newline="\r")),
    _well("text/named.xlsx", "a CSV under the name .xlsx", delimited(_ROWS, "gb18030")),
    Case(
        "text/quoted_breaks.csv",
        "line breaks and quotes inside quoted cells, and a blank line: rows are counted as a spreadsheet shows them",
        "text",
        _quoted_breaks,
        accepted=3,
        dropped={"blank": 1},
        rows={
            3: {"name": "符海生", "remark": "2015年转入 见附件"},
            5: {"name": "陈小虹", "remark": '别名"阿虹"'},
            6: {"name": "李丽"},
        },
    ),
    Case(
        "text/trailing_commas.csv",
        "three empty columns and five empty lines of commas at the end",
        "text",
        lambda: lines(
            "姓名,身份证号码,备注,,,", f"符海生,{FU.id_no},,,,", f"陈小虹,{CHEN.id_no},,,,", *([",,,,,"] * 5)
        ),
        accepted=2,
        rows={3: {"name": "陈小虹"}},
    ),
    Case(
        "text/short_rows.csv",
        "rows that end before the last columns",
        "text",
        lambda: lines(
            "姓名,身份证号码,联系电话,备注", f"符海生,{FU.id_no}", "陈小虹", f"李丽,{LI.id_no},{LI.mobile},无"
        ),
        accepted=3,
        rows={2: {"id_no": FU.id_no, "mobile": None}, 3: {"name": "陈小虹", "id_no": None}, 4: {"mobile": LI.mobile}},
    ),
    Case(
        "text/delimiter_line.csv",
        "sep=; on the first line, as some systems tell Excel",
        "text",
        lambda: lines("sep=;", ";".join(_SHORT), f"符海生;{FU.id_no};", f"李丽;{LI.id_no};转入"),
        accepted=2,
        rows={3: {"name": "符海生"}, 4: {"name": "李丽", "remark": "转入"}},
    ),
    Case(
        "text/nul.csv",
        "NULs where a system padded its fields: taken out and counted",
        "text",
        lambda: delimited([*_ROWS[:3], row(HEADER, LI, 姓名="李\0丽", 备注="转入\0\0" + "。" * 300)]),
        accepted=3,
        notes=("W102 1",),
        rows={4: {"name": "李丽"}},
    ),
    Case(
        "text/end_of_file_mark.csv",
        "the 0x1A that old programs write at the end",
        "text",
        lambda: lines(",".join(_SHORT), f"符海生,{FU.id_no},", encoding="gb18030") + b"\x1a",
        accepted=1,
        notes=("W102 1",),
        rows={2: {"name": "符海生"}},
    ),
    Case(
        "text/inner_quote.csv",
        "a quote in the middle of a cell is a character",
        "text",
        lambda: lines(",".join(_SHORT), f'符海生,{FU.id_no},又名"阿生"', f"李丽,{LI.id_no},"),
        accepted=2,
        rows={2: {"remark": '又名"阿生"'}, 3: {"name": "李丽"}},
    ),
    _broken(
        "text/big5.csv",
        "traditional Chinese in Big5",
        delimited([["姓名", "性別", "身份證號碼"], ["陳志強", "男", FU.id_no], ["林美玲", "女", CHEN.id_no]], "big5"),
        "E111",
    ),
    _broken(
        "text/mixed_encodings.csv",
        "a UTF-8 list with a GB18030 list pasted behind it",
        delimited(_ROWS) + delimited(roster(LI), "gb18030") + b"\xff\xff\r\n",
        "E108",
    ),
    _broken(
        "text/stray_quote.csv", "a quote opened and never closed", _late_quote()[:-20].replace(b',"\n', b",\n"), "E110"
    ),
    _broken("text/late_quote.csv", "a quote closed three rows later", _late_quote(), "E110"),
    _broken("text/too_many_columns.csv", "an unquoted comma in a remark shifts the number away", _ragged(), "E110"),
    _broken("text/single_column.csv", "names alone, under one header", lines("姓名", "符海生", "陈小虹"), "E201"),
    _broken("text/no_header.csv", "rows without a header", delimited(_RARE), "E201"),
    _broken("text/header_only.csv", "a header and nothing else", delimited([HEADER]), "E205"),
    _broken("text/empty.csv", "no bytes at all", b"", "E103"),
    _broken("text/blank.csv", "white space and commas", b"\xef\xbb\xbf\r\n ,,\r\n\r\n", "E103"),
)
