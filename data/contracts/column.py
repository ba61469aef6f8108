"""How is a column of cells read? Regular cells all at once, the careful readers once for each other distinct cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.field import Field, ValueType
from data.contracts.parse import Cell, Context, cell_reader
from data.contracts.reason import Reason
from data.model import IdStatus
from data.values import regular
from data.values.columns import Codes, Objects, spread

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Column:
    """A column as read, all by row. values: text or None. reasons: each reason that some cell has, by code -> mask of
    the cells. statuses: for identity numbers, values of IdStatus. asides: text that belongs into another column, None
    where no cell holds any."""

    values: pd.Series
    reasons: dict[Reason, Mask]
    statuses: pd.Series | None = None
    asides: pd.Series | None = None


@dataclass(frozen=True)
class _Cells:
    """The distinct cells of a column, numbers and texts apart; codes: row -> position, -1 for null."""

    codes: Codes
    texts: Objects
    numeric: Mask


def read_column(texts: pd.Series, numeric: Mask, field: Field, context: Context) -> Column:
    """Read a column of cells: object text or None, and whether each was stored as a number."""
    cells = _distinct(texts.to_numpy(dtype=object), numeric)
    read = cell_reader(field, context)
    rest = np.flatnonzero(~_regular(cells, field, context.as_of))
    answers = [
        read(text, bool(is_number)) for text, is_number in zip(cells.texts[rest], cells.numeric[rest], strict=True)
    ]
    is_identity = field.type is ValueType.ID_NO
    values = cells.texts.copy()
    values[rest] = [answer.value for answer in answers]

    def column(of_cells: Objects, null: str | None = None) -> pd.Series:
        return pd.Series(spread(of_cells, cells.codes, null), index=texts.index, dtype=object)

    return Column(
        values=column(values),
        reasons=_reasons(answers, rest, cells),
        statuses=column(_statuses(answers, rest, cells), str(IdStatus.MISSING)) if is_identity else None,
        asides=column(_asides(answers, rest, cells)) if any(answer.aside for answer in answers) else None,
    )


def no_column(index: pd.Index, field: Field) -> Column:
    """A column that the sheet does not have, as if each of its cells were empty."""
    statuses = np.full(len(index), str(IdStatus.MISSING), dtype=object)
    return Column(
        values=pd.Series(np.full(len(index), None, dtype=object), index=index),
        reasons={},
        statuses=pd.Series(statuses, index=index) if field.type is ValueType.ID_NO else None,
    )


def _distinct(texts: Objects, numeric: Mask) -> _Cells:
    codes, uniques = pd.factorize(texts, use_na_sentinel=True)
    # Text k has slot 2k, or 2k+1 where it was a number; null has code -1 and takes the last slot.
    slots = np.where(codes < 0, -1, 2 * codes + numeric)
    is_there = np.zeros(2 * len(uniques) + 1, dtype=bool)
    is_there[slots] = True
    is_there[-1] = False
    positions = np.cumsum(is_there) - 1
    positions[-1] = -1
    there = np.flatnonzero(is_there)
    return _Cells(positions[slots], uniques[there // 2], there % 2 == 1)


def _regular(cells: _Cells, field: Field, as_of: date) -> Mask:
    """Distinct cells that their reader would give back as they are, without a remark."""
    match field.type:
        case ValueType.NAME:
            return regular.plain_names(cells.texts)
        case ValueType.TEXT:
            return regular.plain_texts(cells.texts)
        case ValueType.ID_NO:
            return regular.valid_identity_numbers(cells.texts, as_of) & ~cells.numeric
        case ValueType.PHONE:
            return regular.plain_mobiles(cells.texts)
        case ValueType.DATE:
            return regular.plain_days(cells.texts)
        case ValueType.CREDIT_CODE | ValueType.REG_NO:
            return regular.valid_business_numbers(cells.texts)
        case _:  # few distinct cells
            return np.zeros(len(cells.texts), dtype=bool)


def _reasons(answers: list[Cell], rest: Codes, cells: _Cells) -> dict[Reason, Mask]:
    remarked: dict[Reason, list[int]] = {}
    for position, answer in zip(rest.tolist(), answers, strict=True):
        if answer.reason is not None:
            remarked.setdefault(answer.reason, []).append(position)
    return {reason: _rows_of(remarked[reason], cells) for reason in sorted(remarked, key=lambda reason: reason.code)}


def _rows_of(positions: list[int], cells: _Cells) -> Mask:
    """Rows that hold one of the distinct cells."""
    is_one = np.zeros(len(cells.texts) + 1, dtype=bool)
    is_one[positions] = True
    return is_one[cells.codes]


def _statuses(answers: list[Cell], rest: Codes, cells: _Cells) -> Objects:
    statuses = np.full(len(cells.texts), str(IdStatus.VALID), dtype=object)
    statuses[rest] = [str(answer.status) for answer in answers]
    return statuses


def _asides(answers: list[Cell], rest: Codes, cells: _Cells) -> Objects:
    asides = np.full(len(cells.texts), None, dtype=object)
    asides[rest] = [answer.aside for answer in answers]
    return asides
