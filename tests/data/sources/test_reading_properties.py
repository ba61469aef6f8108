"""Whatever stands in a cell, reading never crashes, never makes up a number, and loses no row."""

from __future__ import annotations

import io
import re
import time
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import openpyxl
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from data.contracts.accept import Accepted, accept
from data.contracts.feeds import CONTRACTS
from data.errors import SourceFileError
from data.model import FeedKind
from data.sources.raw import RawTable
from data.sources.reader import tables_of
from data.values.text import INVISIBLE
from tests.corpus.cases import CASES
from tests.corpus.people import Cell, Rows
from tests.corpus.text import delimited
from tests.corpus.workbook import Page, xlsx
from tests.data.sources.builders import AS_OF, KEY, spec_of

_HEADER = ("姓名", "身份证号码", "出生日期", "联系电话", "备注")
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")
_SECONDS = 20.0
#: Files from which broken copies are made: one of each format.
_FORMATS = ("roster.xlsx", "roster.xls", "roster.ods", "excel_page.xls", "excel_page.mht", "spreadsheet_2003.xml")
_ORIGINALS = [case.path.read_bytes() for case in CASES if case.path.name in (*_FORMATS, "gb18030.csv", "utf16.txt")]

_few = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
_words = st.sampled_from(
    ("合计", "小计：2人", "姓名", "身份证号码", "同上", "无", "例", "一、龙楼社区党支部（2人）", "注：", "共3人")
)
_digits = st.text("0123456789xX*０１２ -'：一O.", min_size=12, max_size=22)
_number = st.one_of(st.floats(-1e300, 1e300), st.integers(10**14, 10**18 - 1).map(float))
_day = st.dates(date(1900, 3, 1), date(2100, 1, 1))
_cell: st.SearchStrategy[Cell] = st.one_of(st.none(), _text, _words, _digits, _number, _day)
_row = st.lists(_cell, min_size=1, max_size=6)
_table = st.lists(_row, min_size=1, max_size=8)


def _taken(data: bytes, kind: FeedKind = FeedKind.MEMBER_ROSTER) -> tuple[list[RawTable], Accepted] | None:
    """The tables of a file and what the contract makes of them; None for a refusal. Anything else is raised."""
    spec = spec_of("any", kind)
    try:
        tables = tables_of(data, "any", "roster", spec)
        return tables, accept(tables, CONTRACTS[kind], spec, KEY, AS_OF)
    except SourceFileError:
        return None


def _by_openpyxl(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell for cell in cells])
        for cell in sheet[sheet.max_row]:
            if cell.data_type in "fe":
                cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@_few
@given(_table, st.sampled_from(list(FeedKind)))
@example([[None, "", ""]], FeedKind.MEMBER_ROSTER)
def test_any_text_in_any_cell_of_any_kind_of_feed(rows: Rows, kind: FeedKind) -> None:
    titles = [field.title for field in CONTRACTS[kind].fields]
    for data in (xlsx(Page("甲", rows)), xlsx(Page("甲", [titles, *rows])), _by_openpyxl([titles[:5], *rows])):
        _taken(data, kind)


@_few
@given(_table, st.sampled_from(_ENCODINGS), st.sampled_from(",\t;|"), st.sampled_from(("\r\n", "\n", "\r")))
def test_any_text_in_any_cell_of_a_text_file(rows: Rows, encoding: str, delimiter: str, newline: str) -> None:
    _taken(delimited(rows, encoding, delimiter, newline))
    _taken(delimited([_HEADER, *rows], encoding, delimiter, newline))


@_few
@given(st.binary(max_size=400), st.sampled_from((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<table>")))
def test_any_bytes(data: bytes, head: bytes) -> None:
    _taken(head + data)
    _taken(head + ",".join(_HEADER).encode() + b"\n" + data)


@_few
@given(st.lists(_row, min_size=1, max_size=10), st.integers(0, 4))
def test_no_identity_number_is_made_up(rows: Sequence[Sequence[Cell]], n_titles: int) -> None:
    """Every run of digits in an accepted number stands in the row it comes from; `*` stands for what is lost."""
    body = [["王明", *cells][:5] for cells in rows]
    lines: Rows = [*([["花名册"]] * n_titles), _HEADER, *body]
    for data in (xlsx(Page("甲", lines)), delimited(lines, "gb18030")):
        taken = _taken(data)
        if taken is None:
            continue
        for line in taken[1].rows.itertuples():
            written = "".join(_as_written(cell) for cell in lines[line.source_row - 1])
            for run in re.findall(r"\d+", line.id_no or ""):
                assert run in written, "a number that was not in the cell"


def _as_written(cell: Cell) -> str:
    """The letters and digits of a cell, half-width, and every digit of a number as a spreadsheet shows it."""
    if isinstance(cell, float):
        # XlsxWriter stores 16 digits, the text file six.
        shown = f"{Decimal(repr(cell)):f} {Decimal(f'{cell:.16G}'):f} {cell:g} "
        return shown.replace(".", "").replace("-", "")
    folded = unicodedata.normalize("NFKC", str(cell or ""))
    return "".join(character for character in folded if character.isalnum()) + " "


@_few
@given(_table, st.integers(0, 6), st.booleans())
def test_rows_are_accepted_rejected_or_left_out_and_counted(rows: Rows, n_titles: int, is_text: bool) -> None:
    people: Rows = [["王明", None, None, None, "甲"], ["李丽", None, "1985-07", None, "乙"]]
    lines: Rows = [*([["花名册"]] * n_titles), _HEADER, *people, *rows, ["林文雄", None, "1968-12", None, "丙"]]
    assume(not any(isinstance(cell, str) and "#" in cell for cells in rows for cell in cells))
    taken = _taken(delimited(lines) if is_text else xlsx(Page("甲", lines)))
    if taken is None:
        return
    tables, accepted = taken
    n_below = len(lines) - tables[0].header_row
    assert accepted.n_read == n_below
    assert len(accepted.rows) + accepted.n_rejected + sum(accepted.n_dropped.values()) == n_below
    n_blank = sum(all(_is_blank(cell) for cell in cells) for cells in lines[tables[0].header_row :])
    assert accepted.n_dropped["blank"] == n_blank


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not INVISIBLE.sub("", cell).strip())


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_broken_copies_of_real_files_are_read_or_refused_in_time(data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(_ORIGINALS))
    broken = bytearray(original)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(broken) - 1, 0)))
        piece = data.draw(st.binary(max_size=8))
        match data.draw(st.sampled_from(("change", "insert", "delete", "cut", "repeat"))):
            case "change":
                broken[at : at + len(piece)] = piece
            case "insert":
                broken[at:at] = piece
            case "delete":
                del broken[at : at + 1 + len(piece) * 40]
            case "cut":
                del broken[at + 1 :]
            case "repeat":
                broken[at:at] = broken[at : at + 400]
    started = time.monotonic()
    taken = _taken(bytes(broken))
    assert time.monotonic() - started < _SECONDS
    assert taken is None or len(taken[1].rows) + taken[1].n_rejected <= taken[1].n_read
