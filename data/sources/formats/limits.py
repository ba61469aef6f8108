"""How large may a sheet be? One budget for every reader, and one answer beyond it."""

from __future__ import annotations

from data.contracts.reasons.files import TOO_MANY_CELLS

#: Cells laid out from A1 on (some 40 bytes each), and cells that hold anything (some 120): 2 GB or less either way.
MAX_CELLS = 40_000_000
MAX_FILLED = 16_000_000


def refuse_size(n_cells: int, n_filled: int, *, last: tuple[int, int], source: str, where: str) -> None:
    """Raises SourceFileError beyond the budget. last: rows and columns of the sheet, which name its farthest cell."""
    if n_cells > MAX_CELLS or n_filled > MAX_FILLED:
        n_rows, n_columns = last
        raise TOO_MANY_CELLS.refuse(
            source,
            where,
            last=f"{column_name(n_columns - 1)}{n_rows}",
            n=f"{n_cells:,}",
            filled=f"{n_filled:,}",
            limit=f"{MAX_CELLS:,}",
            filled_limit=f"{MAX_FILLED:,}",
        )


def column_name(position: int) -> str:
    """The letters a spreadsheet shows: 0 -> A, 25 -> Z, 26 -> AA."""
    name = ""
    position += 1
    while position > 0:
        position, letter = divmod(position - 1, 26)
        name = chr(65 + letter) + name
    return name
