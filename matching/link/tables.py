"""What do the rows of the two tables say in a form that can be compared? One frame for both sides, columns cleaned.

Raises TableRefused, naming table and column: a missing column, an empty table, an id that is blank or stands twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import InputRefused
from data.values.columns import map_unique, none_for_null
from data.words import tr
from matching.link.spec import LinkColumn, LinkSpec, Side
from matching.link.steps import apply_steps


class TableRefused(InputRefused):
    """A table that cannot be linked: which one, and what is wrong."""

    def __init__(self, table: str, problem: str) -> None:
        super().__init__(tr(f"表“{table}”：{problem}", f"table “{table}”: {problem}"))


@dataclass(frozen=True)
class Tables:
    """The rows of both tables as one frame, ordered by side and id: the same for any order of rows in the files.

    columns: the columns of the specification, cleaned text or None. ids: id of each row. n_left: rows before it are
    LEFT's; all of them when one table is deduplicated.
    """

    columns: pd.DataFrame
    ids: npt.NDArray[np.object_]
    n_left: int

    @property
    def is_one(self) -> bool:
        """One table, deduplicated."""
        return self.n_left == len(self.ids)


def prepare_tables(left: pd.DataFrame, right: pd.DataFrame | None, spec: LinkSpec, names: tuple[str, str]) -> Tables:
    """Clean both tables. left, right: text or None in every cell; `names` are told in messages."""
    parts = [_side(left, "left", spec, names[0])]
    if right is not None:
        parts.append(_side(right, "right", spec, names[1]))
    stacked = pd.concat([frame for frame, _ in parts], ignore_index=True)
    return Tables(
        pd.DataFrame(_cleaned(stacked, spec), index=stacked.index),
        np.concatenate([ids for _, ids in parts]),
        len(parts[0][1]),
    )


def _side(table: pd.DataFrame, side: Side, spec: LinkSpec, name: str) -> tuple[pd.DataFrame, npt.NDArray[np.object_]]:
    if table.empty:
        raise TableRefused(name, tr("没有数据行", "no rows"))
    ids = ids_of(table, side, spec, name).to_numpy(dtype=object)
    order = np.argsort(ids, kind="stable")
    raw = {
        column.name: table[_header(table, getattr(column, side), name)].to_numpy(dtype=object)[order]
        for column in spec.columns
        if not column.parts
    }
    return pd.DataFrame(raw, dtype=object), ids[order]


def ids_of(table: pd.DataFrame, side: Side, spec: LinkSpec, name: str) -> pd.Series:
    """Id of each row, as text. TableRefused when the column is missing, or an id is blank or stands twice."""
    column = table[_header(table, (spec.id_left if side == "left" else spec.id_right,), name)]
    text = none_for_null(column.astype(object))
    blank = np.flatnonzero(text.isna() | (text == ""))
    if len(blank):
        raise TableRefused(name, tr(f"第 {blank[0] + 1} 条数据没有编号", f"row {blank[0] + 1} has no id"))
    ids = text.map(str)
    twice = ids.duplicated(keep=False).to_numpy()
    if twice.any():
        rows = np.flatnonzero(twice)
        raise TableRefused(
            name,
            tr(
                f"编号列“{column.name}”有 {len(rows)} 条重复（如第 {rows[0] + 1} 条）",
                f"id column “{column.name}”: {len(rows)} rows share an id (such as row {rows[0] + 1})",
            ),
        )
    return ids


def _header(table: pd.DataFrame, synonyms: tuple[str, ...], name: str) -> str:
    """The header of the table that one of the synonyms names; case and outer spaces do not count."""
    folded = {str(header).strip().lower(): str(header) for header in reversed(table.columns)}
    for synonym in synonyms:
        if synonym.strip().lower() in folded:
            return folded[synonym.strip().lower()]
    wanted = tr("”或“", "” or “").join(synonyms)
    present = "、".join(str(header) for header in table.columns)
    raise TableRefused(name, tr(f"没有列“{wanted}”，现有：{present}", f"no column “{wanted}”, there are: {present}"))


def _cleaned(raw: pd.DataFrame, spec: LinkSpec) -> dict[str, pd.Series]:
    clean: dict[str, pd.Series] = {}
    for column in spec.columns:
        text = _joined([clean[part] for part in column.parts]) if column.parts else raw[column.name]
        clean[column.name] = none_for_null(_apply(none_for_null(text), column))
    return clean


def _apply(text: pd.Series, column: LinkColumn) -> pd.Series:
    null = frozenset(column.null)
    return map_unique(text, lambda value: None if str(value) in null else apply_steps(str(value), column.steps))


def _joined(parts: list[pd.Series]) -> pd.Series:
    """The parts with a space between; None where any is missing."""
    known = np.logical_and.reduce([part.notna().to_numpy() for part in parts])
    whole = parts[0].fillna("").astype(str)
    for part in parts[1:]:
        whole = whole + " " + part.fillna("").astype(str)
    return whole.astype(object).where(known)
