"""The clerk's workbook handed back: which form it takes, what it is called, and that it overwrites nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from data.contracts.answer import Answer
from data.contracts.answer_sheet import SHEET_NAME, is_answer_sheet
from data.errors import ConfigError
from data.sources.grid import Grid
from data.sources.raw import RawTable
from data.words import tr
from reports.intake_copy import Copied, write_copy
from reports.intake_own import UNFIT, is_own_format, write_own

#: Above, the copy holds only the rows with problems.
MAX_COPIED_ROWS = 50_000
_TOP = 8
_MARK_IN_NAME = f".{SHEET_NAME}"


def write_answer(
    out: Path,
    answer: Answer,
    data: bytes,
    tables: Sequence[RawTable],
    grids: Callable[[], Iterable[Grid]],
    created_on: date,
) -> Path:
    """Write NAME.问题清单.xlsx (.xlsm with macros) into `out`, readable by its owner alone, and give its path.

    data: the file as delivered. grids: its sheets, read again only where they are needed. A file of that name is not
    touched: a number is added instead. Raises ConfigError where `out` cannot be written.
    """
    is_small = sum(len(table.cells) for table in tables) <= MAX_COPIED_ROWS
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".longlou-", dir=out) as folder:
            draft = Path(folder) / "answer.xlsx"
            if not (is_small and is_own_format(data) and _is_marked(data, answer, draft)):
                copied = _whole(answer, grids()) if is_small else _with_problems(answer, tables)
                write_copy(draft, answer, copied, created_on, _remark(is_whole=is_small))
            draft.chmod(0o600)
            suffix = ".xlsm" if b"xl/vbaProject.bin" in draft.read_bytes() else ".xlsx"
            target = _reserved(out, Path(answer.file).stem.removesuffix(_MARK_IN_NAME), suffix)
            return draft.replace(target)
    except OSError as error:
        raise ConfigError(tr(f"无法写入 {out}：{error.strerror}", f"cannot write to {out}: {error.strerror}")) from None


def _is_marked(data: bytes, answer: Answer, draft: Path) -> bool:
    """Mark the own workbook; false for one that only more forgiving programs can open."""
    try:
        write_own(data, answer, draft)
    except UNFIT:
        return False
    return True


def _reserved(out: Path, stem: str, suffix: str) -> Path:
    """The first free name, taken at once so that nobody else gets it."""
    number = 1
    while True:
        path = out / f"{stem}{_MARK_IN_NAME}{f'-{number}' if number > 1 else ''}{suffix}"
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            number += 1
        else:
            return path


def _remark(*, is_whole: bool) -> str:
    if is_whole:
        return tr(
            "原文件不能直接加注，以下各表是读到的内容（格式、公式未带入）。",
            "The file cannot be marked itself; the sheets below hold what was read (no formats, no formulas).",
        )
    return tr(
        f"文件超过 {MAX_COPIED_ROWS:,} 行，以下各表只有有问题的行，A 列是原行号；请在原文件里改。",
        f"The file has more than {MAX_COPIED_ROWS:,} rows: the sheets below hold those with problems only, column A "
        "says which; correct the original.",
    )


def _whole(answer: Answer, grids: Iterable[Grid]) -> list[Copied]:
    """Every sheet as read, each cell where it was."""
    headers: dict[str, set[int]] = {}
    for told in answer.columns:
        headers.setdefault(told.sheet, set()).add(told.header_row - 1)
    return [
        Copied(
            sheet=grid.sheet,
            name=grid.sheet or Path(answer.file).stem,
            cells=grid.cells,
            numeric=grid.numeric,
            rows=grid.row_numbers - 1,
            source_row=grid.row_numbers,
            header_rows=frozenset(headers.get(grid.sheet, ())),
        )
        for grid in grids
        if not is_answer_sheet(grid.cells.head(_TOP).to_numpy().tolist())
    ]


def _with_problems(answer: Answer, tables: Sequence[RawTable]) -> list[Copied]:
    """Header and rows with problems of each table, with the row number of the file before them."""
    copied = []
    for number, table in enumerate(tables):
        wanted = answer.problems.loc[answer.problems["table"].eq(number), "row"].to_numpy()
        lines = np.flatnonzero(np.isin(table.source_row, wanted))
        if not len(lines):
            continue
        numbers = table.source_row[lines]
        cells = pd.concat([pd.DataFrame([table.headers], dtype=object), table.cells.iloc[lines]], ignore_index=True)
        source_row = np.concatenate([[table.header_row], numbers])
        cells.insert(0, "row", [tr("原行号", "row of the file"), *map(str, numbers)])
        numeric = np.zeros(cells.shape, dtype=bool)
        numeric[1:, 0], numeric[1:, 1:] = True, table.numeric[lines]
        copied.append(
            Copied(
                sheet=table.sheet,
                table=number,
                name=table.sheet or Path(answer.file).stem,
                cells=cells,
                numeric=numeric,
                rows=np.arange(len(cells)),
                source_row=source_row,
                n_before=1,
                header_rows=frozenset((0,)),
            )
        )
    return copied
