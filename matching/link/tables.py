"""What do the rows of the two tables say in a form that can be compared? One frame for both sides, columns cleaned.

Raises TableRefused, naming table and column: a missing column, an empty table, an id that is blank or stands twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.errors import InputRefused
from data.words import tr
from matching.arrays import Objects, Positions, Small, join_columns
from matching.coding import arrow_text, columns_read, of_codes, of_keys, stacked, texts_read
from matching.executor import Executor, InLine
from matching.link.cleaning import clean
from matching.link.spec import LinkColumn, LinkSpec, Side

_SIDES: tuple[Side, Side] = ("left", "right")
#: A column: code per row (-1 null), and the distinct texts in Arrow.
Coded = tuple[Small, pa.Array]


class TableRefused(InputRefused):
    """A table that cannot be linked: which one, and what is wrong."""

    def __init__(self, table: str, problem: str) -> None:
        super().__init__(tr(f"表“{table}”：{problem}", f"table “{table}”: {problem}"))


@dataclass(frozen=True)
class Tables:
    """The rows of both tables as one frame, ordered by side and id: the same for any order of rows in the files.

    columns: the columns that the specification reads, cleaned and coded (see `matching.coding`). ids: id of each row.
    n_left: rows before it are LEFT's; all of them when one table is deduplicated.
    """

    columns: pd.DataFrame
    ids: pa.Array
    n_left: int

    @property
    def n_rows(self) -> int:
        """Rows of both tables."""
        return len(self.ids)

    @property
    def is_one(self) -> bool:
        """One table, deduplicated."""
        return self.n_left == len(self.ids)

    def ids_at(self, rows: Positions | Small) -> Objects:
        """Ids of some rows."""
        found: Objects = self.ids.take(pa.array(rows)).to_numpy(zero_copy_only=False)
        return found


@dataclass(frozen=True)
class _Side:
    """One table: its rows in order of their ids."""

    table: pd.DataFrame
    order: Positions
    ids: pa.Array


def prepare_tables(
    tables: list[pd.DataFrame], spec: LinkSpec, names: tuple[str, str], executor: Executor | None = None
) -> Tables:
    """Clean the left table and, behind it, the right one if there is one; `names` are told in messages.

    tables: text or null in every cell. The list is emptied, and each column of texts let go of as soon as it is coded:
    where nobody else holds the tables, they and their codes are never in memory together.
    """
    sides = []
    for side, name in zip(_SIDES, names, strict=True):
        if tables:
            sides.append(_side(tables.pop(0), side, spec, name))
    plain = [column for column in spec.columns if not column.parts]
    done = (executor or InLine()).map(_column, [side.order for side in sides], _tasks(plain, sides, names))
    columns = {column.name: coded for column, coded in zip(plain, done, strict=True)}
    for column in spec.columns:
        if column.parts:
            columns[column.name] = cleaned(_joined([columns[part] for part in column.parts]), column)
    told = texts_read(spec)
    read = {
        name: of_codes(*columns.pop(name)) if name in told else of_keys(columns.pop(name)[0])
        for name in columns_read(spec)
    }
    return Tables(pd.DataFrame(read), pa.concat_arrays([side.ids for side in sides]), len(sides[0].ids))


@dataclass(frozen=True)
class _Task:
    """A column, and where it stands in the tables."""

    column: LinkColumn
    found: list[pd.Series]


def _column(orders: list[Positions], task: _Task) -> Coded:
    """A task: one column of both tables cleaned."""
    return cleaned(_stacked(task.found, orders), task.column)


def _tasks(columns: list[LinkColumn], sides: list[_Side], names: tuple[str, str]) -> Iterator[_Task]:
    """The columns one by one; a table lets go of each after the last that reads it. Every header is found first."""
    headers = [
        [
            _header(side.table, synonyms, name)
            for side, synonyms, name in zip(sides, (column.left, column.right), names, strict=False)
        ]
        for column in columns
    ]
    for number, (column, own) in enumerate(zip(columns, headers, strict=True)):
        later = headers[number + 1 :]
        yield _Task(
            column,
            [
                side.table[header] if any(header == other[place] for other in later) else side.table.pop(header)
                for place, (side, header) in enumerate(zip(sides, own, strict=True))
            ],
        )


def _side(table: pd.DataFrame, side: Side, spec: LinkSpec, name: str) -> _Side:
    if table.empty:
        raise TableRefused(name, tr("没有数据行", "no rows"))
    column, order = _ids(table, side, spec, name)
    return _Side(table.copy(deep=False), order.to_numpy().astype(np.int64), arrow_text(column).take(order))


def ids_of(table: pd.DataFrame, side: Side, spec: LinkSpec, name: str) -> pd.Series:
    """Id of each row, as text. TableRefused when the column is missing, or an id is blank or stands twice."""
    return _ids(table, side, spec, name)[0]


def _ids(table: pd.DataFrame, side: Side, spec: LinkSpec, name: str) -> tuple[pd.Series, pa.Array]:
    """The same, and which rows have the ids in ascending order."""
    column = table[_header(table, (spec.id_left if side == "left" else spec.id_right,), name)]
    blank = np.flatnonzero((column.isna() | (column == "")).to_numpy(dtype=bool))
    if len(blank):
        raise TableRefused(name, tr(f"第 {blank[0] + 1} 条数据没有编号", f"row {blank[0] + 1} has no id"))
    ids = arrow_text(column)
    order = pc.sort_indices(ids)
    if not _ascend(ids.take(order)):
        twice = np.flatnonzero(column.duplicated(keep=False).to_numpy())
        raise TableRefused(
            name,
            tr(
                f"编号列“{column.name}”有 {len(twice)} 条重复（如第 {twice[0] + 1} 条）",
                f"id column “{column.name}”: {len(twice)} rows share an id (such as row {twice[0] + 1})",
            ),
        )
    return column, order


def _ascend(ids: pa.Array) -> bool:
    """Is each less than the next? Then they are distinct, which takes ten times as long to count."""
    return bool(pc.all(pc.less(ids.slice(0, len(ids) - 1), ids.slice(1)), min_count=0).as_py())


def _header(table: pd.DataFrame, synonyms: tuple[str, ...], name: str) -> str:
    """The header of the table that one of the synonyms names; case and outer spaces do not count."""
    folded = {str(header).strip().lower(): str(header) for header in reversed(table.columns)}
    for synonym in synonyms:
        if synonym.strip().lower() in folded:
            return folded[synonym.strip().lower()]
    wanted = tr("”或“", "” or “").join(synonyms)
    present = "、".join(str(header) for header in table.columns)
    raise TableRefused(name, tr(f"没有列“{wanted}”，现有：{present}", f"no column “{wanted}”, there are: {present}"))


def _stacked(columns: list[pd.Series], orders: list[Positions]) -> Coded:
    """One column of both tables, one below the other, each in order of its ids."""
    codes, texts = stacked(columns)
    ends = np.cumsum([len(column) for column in columns])[:-1]
    ordered = [part[order] for part, order in zip(np.split(codes, ends), orders, strict=True)]
    return np.concatenate(ordered), texts


def cleaned(column: Coded, how: LinkColumn) -> Coded:
    """The column after its steps; texts that have become equal have one code."""
    codes, texts = column
    clean_texts = clean(texts, how)
    if clean_texts.equals(texts):
        return column
    made = clean_texts.dictionary_encode()
    new = np.append(made.indices.fill_null(-1).to_numpy(zero_copy_only=False), np.int32(-1)).astype(np.int32)
    return new[codes], made.dictionary


def _joined(parts: list[Coded]) -> Coded:
    """The parts with a space between; null where any is missing."""
    together = join_columns([codes for codes, _ in parts])
    known = np.flatnonzero(together >= 0)
    first = np.zeros(int(together.max(initial=-1)) + 1, dtype=np.int64)
    first[together[known[::-1]]] = known[::-1]
    texts = [values.take(pa.array(codes[first])) for codes, values in parts]
    return together, pc.binary_join_element_wise(*texts, pa.scalar(" ", pa.large_string()))
