"""What is a clerk told about a file? What can be used, which column was taken for what, what to mend and where.

Pure: from the tables as read and what the contract made of them; the command line, the workbook and the web show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from openpyxl.utils import get_column_letter

from data.contracts.accept import Accepted
from data.contracts.answer_mapping import ColumnTold, columns_told
from data.contracts.answer_places import WHOLE_ROW, Mapped, with_places
from data.contracts.field import FeedContract
from data.contracts.reason import Level
from data.contracts.reasons import REASONS
from data.sources.layout.header import map_headers
from data.sources.raw import RawTable

#: Examples told of each reason, and problems told one by one; beyond, only counts.
N_EXAMPLES, MAX_LISTED = 3, 50_000
#: Columns of `Answer.problems`.
PROBLEM = (
    *("sheet", "row", "column", "cell", "table", "position", "header", "field"),
    *("code", "level", "message", "todo", "shown", "value_masked"),
)
_ORDER = {level.value: rank for rank, level in enumerate(Level)}
_REASONS = {reason.code: reason for reason in REASONS}


@dataclass(frozen=True)
class Answer:
    """What is told about one file.

    file: its name. kind, title: what it was taken for. n_read = n_accepted + n_rejected + all of n_dropped, in rows;
    n_to_check: accepted rows with a cell that somebody should look at. columns: the header of every table.
    n_unknown_columns: header -> filled cells not taken. reasons: code, level, n, ordered by level and n.
    problems: PROBLEM, by sheet, row and column, at most MAX_LISTED (the worst); table: position among the tables read,
    -1 for a sheet that was not; position: column from nought, -1 where the whole row or sheet is meant, and column,
    cell, header are '' then. shown: the value for the workbook of the owner only; value_masked: for anybody.
    """

    file: str
    kind: str
    title: str
    n_read: int
    n_accepted: int
    n_rejected: int
    n_dropped: dict[str, int]
    n_to_check: int
    columns: tuple[ColumnTold, ...]
    n_unknown_columns: dict[str, int]
    reasons: pd.DataFrame
    problems: pd.DataFrame
    n_problems: int

    def examples(self, code: str) -> pd.DataFrame:
        """The first problems of a code."""
        return self.problems[self.problems["code"] == code].head(N_EXAMPLES)


def answer(
    file: str,
    tables: Sequence[RawTable],
    accepted: Accepted,
    contract: FeedContract,
    columns: Mapping[str, str],
) -> Answer:
    """Put together what is told; `columns` are the overrides under which the tables were read."""
    mapped = [_mapped(table, contract, columns) for table in tables]
    said = pd.concat([accepted.rejected, accepted.notes], ignore_index=True)
    sheets = {table.source_sheet: table.sheet for table in tables}
    problems = _worded(with_places(_chosen(said), mapped, contract), sheets)
    return Answer(
        file=file,
        kind=contract.kind.value,
        title=contract.title,
        n_read=accepted.n_read,
        n_accepted=len(accepted.rows),
        n_rejected=accepted.n_rejected,
        n_dropped=accepted.n_dropped,
        n_to_check=_n_to_check(said, tables),
        columns=tuple(told for item in mapped for told in columns_told(item, contract)),
        n_unknown_columns=accepted.n_unknown_columns,
        reasons=_counted(said),
        problems=_in_order(problems),
        n_problems=len(said),
    )


def _chosen(said: pd.DataFrame) -> pd.DataFrame:
    """All, or if there are too many the worst: the first of every code, then the second of every code ..., so that a
    frequent one does not crowd out the others."""
    if len(said) <= MAX_LISTED:
        return said
    worst = said["reason_code"].map({code: _ORDER[reason.level.value] for code, reason in _REASONS.items()})
    turn = said.groupby("reason_code").cumcount()
    return said.iloc[np.sort(np.lexsort((turn.to_numpy(), worst.to_numpy()))[:MAX_LISTED])]


def _n_to_check(said: pd.DataFrame, tables: Sequence[RawTable]) -> int:
    """Rows of data that are not rejected and have a problem to look at."""
    level = said["reason_code"].map({code: reason.level.value for code, reason in _REASONS.items()})
    n = 0
    for table in tables:
        is_here = said["source_file"].eq(table.source_file) & said["source_sheet"].eq(table.source_sheet)
        to_check, rejected = (
            said.loc[is_here & level.eq(wanted.value), "source_row"].to_numpy(np.int64)
            for wanted in (Level.CHECK, Level.REJECTED)
        )
        n += len(np.setdiff1d(np.intersect1d(to_check, table.source_row), rejected))
    return n


def _mapped(table: RawTable, contract: FeedContract, columns: Mapping[str, str]) -> Mapped:
    header_map = map_headers(table.headers, contract, columns, source=table.source, where=table.source_file)
    return Mapped(table, header_map)


def _worded(placed: pd.DataFrame, sheets: Mapping[str, str]) -> pd.DataFrame:
    """The level, what is wrong and what to do apart; sheet and cell by the names that a spreadsheet shows."""
    joined = placed["reason_code"] + "\x1f" + placed["message"]
    codes, distinct = pd.factorize(joined)
    told = (text.split("\x1f", 1) for text in distinct)
    words = [(_REASONS[code].level.value, *_REASONS[code].split(message)) for code, message in told]
    texts = np.array(words, dtype=object).reshape(-1, 3)[codes]
    position = placed["position"].to_numpy()
    n_columns = int(position.max(initial=WHOLE_ROW)) + 1
    letters = np.array([*(get_column_letter(number + 1) for number in range(n_columns)), ""], dtype=object)[position]
    rows = placed["source_row"].astype(str).to_numpy(dtype=object)
    return placed.rename(columns={"source_row": "row", "reason_code": "code"}).assign(
        sheet=placed["source_sheet"].map(sheets).fillna(placed["source_sheet"]),
        level=texts[:, 0],
        message=texts[:, 1],
        todo=texts[:, 2],
        column=letters,
        cell=np.where(position == WHOLE_ROW, "", letters + rows),
    )


def _counted(said: pd.DataFrame) -> pd.DataFrame:
    """code, level, n: the worst level first, then the most frequent."""
    counts = said["reason_code"].value_counts()
    rows = [(str(code), _REASONS[str(code)].level.value, int(n)) for code, n in counts.items()]
    rows.sort(key=lambda row: (_ORDER[row[1]], -row[2], row[0]))
    return pd.DataFrame(rows, columns=["code", "level", "n"])


def _in_order(problems: pd.DataFrame) -> pd.DataFrame:
    """By sheet in the order of the file, sheets that were not read last; then by row and column."""
    is_unread = problems.groupby("sheet")["table"].transform("max").eq(-1)
    first = problems["table"].where(problems["table"] >= 0).groupby(problems["sheet"]).transform("min").fillna(-1)
    ordered = problems.assign(is_unread=is_unread, first=first)
    by = ["is_unread", "first", "sheet", "row", "position", "code"]
    return ordered.sort_values(by, kind="stable", ignore_index=True)[list(PROBLEM)]
