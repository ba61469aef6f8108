"""Small real files for tests: workbooks by XlsxWriter, text by plain bytes; every person in them is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from data.contracts.accept import Accepted, accept
from data.contracts.feeds import CONTRACTS
from data.model import FeedKind
from data.sources.reader import RawTable, read_source
from data.sources.spec import SourceSpec

#: Files of real writers; what is in them is told there.
SAMPLES = Path(__file__).parent / "samples"
AS_OF = date(2016, 6, 16)
KEY = b"a key for tests, thirty-two byte"
Cell = str | float | date | None
HEADER = ["序号", "姓 名", "性别", "公民身份号码", "出生日期", "所在党支部", "联系电话", "备注"]


MANIFEST = """
area = "469005"
[manifest]
controller = "合成数据，无数据控制者"
purpose = "rectify_roster"
legal_basis = "合成数据"
retention_on = 2099-12-31
contact = "test"
"""
_ROSTER = '[sources.{name}]\nkind = "member_roster"\nlocation = "{name}.csv"\narea = "469005"\n'


def rosters_declared(*names: str) -> str:
    """Text of a `sources.toml` with a roster a name, in the CSV file of the same name."""
    return MANIFEST + "".join(_ROSTER.format(name=name) for name in names)


def person(number: int, name: str = "王明", id_no: Cell = "460022190001010010", **cells: Cell) -> list[Cell]:
    """A roster row under HEADER."""
    row: dict[str, Cell] = {
        "序号": number,
        "姓 名": name,
        "性别": "男",
        "公民身份号码": id_no,
        "出生日期": "1900-01-01",
        "所在党支部": "龙楼社区党支部",
        "联系电话": "13900001234",
        "备注": None,
    }
    return list((row | cells).values())


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]], merged: Sequence[str] = ()) -> Path:
    """A workbook; `merged` are ranges of the first sheet, merged with the text of their first cell."""
    with xlsxwriter.Workbook(path, {"strings_to_urls": False, "strings_to_formulas": False}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(r, c, value, day)  # type: ignore[arg-type]
                    elif isinstance(value, int | float):
                        sheet.write_number(r, c, value)
                    elif value is not None:
                        sheet.write_string(r, c, value)
        first = workbook.worksheets()[0]
        rows = next(iter(sheets.values()))
        for area in merged:
            column, row = ord(area[0]) - ord("A"), int(area[1:].split(":")[0]) - 1
            first.merge_range(area, rows[row][column])
    return path


def write_csv(path: Path, rows: Sequence[Sequence[Cell]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A text file, quoted where needed."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def spec_of(location: str | tuple[str, ...], kind: FeedKind = FeedKind.MEMBER_ROSTER, **more: object) -> SourceSpec:
    """A source as `sources.toml` would declare it, in the county of Wenchang."""
    code_system = "text" if kind is FeedKind.ANNUAL_REPORTS else None
    declared = {"kind": kind, "location": location, "area": "469005", "code_system": code_system} | more
    return SourceSpec.model_validate(declared)


def read(path: Path, kind: FeedKind = FeedKind.MEMBER_ROSTER, **more: object) -> list[RawTable]:
    """The tables of one file."""
    return read_source("roster", spec_of(path.name, kind, **more), path.parent)


def take(path: Path, kind: FeedKind = FeedKind.MEMBER_ROSTER, **more: object) -> Accepted:
    """What the contract of a kind makes of one file."""
    spec = spec_of(path.name, kind, **more)
    return accept(read_source("roster", spec, path.parent), CONTRACTS[kind], spec, KEY, AS_OF)
