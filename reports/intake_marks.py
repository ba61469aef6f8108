"""Colours and comments in the clerk's own sheets: put in, and taken out again without a trace.

What a cell looked like before is remembered in its comment, which moves with the cell when rows are sorted or deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from reports.intake_first_sheet import give_look, look_of
from reports.intake_sheet import MAX_COMMENTS, TINTS, Mark, comment_size

#: Our part of a comment begins with this line; what stands above it is the clerk's own.
_OURS = "—— longlou ——"
_FILL_BEFORE = re.compile(r"\n\(fill (\w+)=(\S+) tint=(\S+)\)\Z")


def unmark(sheet: Worksheet) -> None:
    """Take out our comments, and give the cells with our colours the fill they had."""
    for cell in list(_cells(sheet)):
        own, ours = _parted(cell)
        if ours:
            author = cell.comment.author if cell.comment is not None else None
            cell.comment = Comment(own.rstrip("\n"), author or "") if own.strip() else None
        if cell.has_style and _is_tinted(cell.fill):
            cell.fill = _fill_before(ours)


def mark(sheet: Worksheet, problems: list[Mark]) -> None:
    """Colour the cells and give them comments; of cells merged into one, the visible one."""
    anchors = {
        place: (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        if merged.size["rows"] * merged.size["columns"] <= MAX_COMMENTS
        for place in merged.cells
    }
    tinted: dict[tuple[bytes, str], StyleArray] = {}
    for number, problem in enumerate(problems):
        place = (problem.row, problem.position + 1)
        cell = sheet.cell(*anchors.get(place, place))
        if isinstance(cell, MergedCell):
            continue
        look, before = (look_of(cell).tobytes(), problem.level), _solid(cell.fill)
        # A colour of the clerk's own that no comment remembers stays; so do patterns, which cannot be remembered.
        if cell.fill.fill_type is None or (before and number < MAX_COMMENTS):
            if look not in tinted:
                cell.fill = PatternFill("solid", fgColor=TINTS[problem.level])
                tinted[look] = look_of(cell)
            give_look(cell, tinted[look])
        if number < MAX_COMMENTS:
            _comment(cell, problem.text, before)


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    """The cells that the file holds; going by rows and columns would make all those between."""
    return (cell for cell in sheet._cells.values() if isinstance(cell, Cell))


def _parted(cell: Cell) -> tuple[str, str]:
    """The clerk's part of a comment and ours."""
    text = cell.comment.text if cell.comment is not None else ""
    own, _, ours = (text or "").partition(_OURS)
    return own, ours


def _comment(cell: Cell, text: str, before: str) -> None:
    own, ours = _parted(cell)
    if text in ours:
        # Rows of one merged cell have one and the same problem.
        return
    if not ours:
        own = f"{own}\n" if own else ""
    whole = f"{own}{_OURS}\n{text}{ours or before}"
    width, height = comment_size(whole)
    author = cell.comment.author if cell.comment is not None and own else "longlou"
    cell.comment = Comment(whole, author or "", width=width, height=height)


def _is_tinted(fill: Any) -> bool:  # noqa: ANN401 - openpyxl hands out a proxy of a fill
    color = fill.fgColor
    is_solid = fill.fill_type == "solid" and color is not None and color.type == "rgb"
    return is_solid and str(color.rgb)[-6:] in TINTS.values()


def _solid(fill: Any) -> str:  # noqa: ANN401 - openpyxl hands out a proxy of a fill
    """The clerk's own colour of the cell, in words that `_fill_before` reads, so that it can be given back."""
    color = fill.fgColor
    if fill.fill_type != "solid" or color is None or color.type not in ("rgb", "theme", "indexed"):
        return ""
    return f"\n(fill {color.type}={color.value} tint={color.tint})"


def _fill_before(ours: str) -> PatternFill:
    if (found := _FILL_BEFORE.search(ours)) is None:
        return PatternFill()
    color: dict[str, Any] = {found[1]: found[2] if found[1] == "rgb" else int(found[2])}
    return PatternFill("solid", fgColor=Color(**color, tint=float(found[3])))
