"""Reading a workbook back the way an office program would see it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from reports.workbook import HEADER_ROW


def values(path: Path, sheet: str) -> list[dict[str, object]]:
    """One dict a data row, by header."""
    head, *rows = (
        CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)[HEADER_ROW:]
    )
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def column(path: Path, sheet: str, title: str) -> list[object]:
    """One column by its header."""
    return [row[title] for row in values(path, sheet)]


def page(path: Path, sheet: str) -> Worksheet:
    """A sheet with its formats and print set-up."""
    found = load_workbook(path)[sheet]
    assert isinstance(found, Worksheet)
    return found


def all_text(path: Path) -> str:
    """Every part of the file as text."""
    with zipfile.ZipFile(path) as parts:
        return "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist())


def holds_number_of_a_person(path: Path) -> bool:
    """Whether an identity number or the mobile number of the made-up members is anywhere in the file."""
    text = all_text(path)
    return bool(re.search(r"(?<![\dA-Fa-f.])\d{17}[\dX](?![\dA-Fa-f])", text)) or "12900000001" in text
