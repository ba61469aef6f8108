"""Which statements does a pull send? The declared query or table, asked for its columns, its newest change, its rows.

Everything is a selection from the declared query, so that columns outside the contract are never even fetched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    column,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.types import NullType

from data.sources.pull_spec import SqlPull

#: What `text` would take for a parameter: times and JSON paths in a query are none.
_COLON_NAME = re.compile(r"(?<![:\w\\]):(?=\w+(?!:))")


class Question:
    """The statements of one declaration. Values are compared as the database's own type: nothing is cast."""

    def __init__(self, declared: SqlPull) -> None:
        self._from = _asked(declared)
        self._keys: list[ColumnElement[Any]] = [column(name) for name in declared.key]
        self._changed: ColumnElement[Any] | None = column(declared.watermark) if declared.watermark else None

    def columns(self) -> Select[Any]:
        """No row: only the names of the columns."""
        return select(literal_column("*")).select_from(self._from).where(false())

    def newest(self) -> Select[Any]:
        """The watermark as it stands now."""
        assert self._changed is not None
        return select(func.max(self._changed)).select_from(self._from)

    def rows(self, names: Sequence[str], since: object | None, last: Sequence[object] | None) -> Select[Any]:
        """The named columns of the rows changed at or after `since`, from the one with the key `last` on, by key.

        Rows without a watermark always come, for nothing says that they did not change; so do rows with a null in the
        key, which no order could find again.
        """
        rows: Select[Any] = select(*(column(name) for name in names)).select_from(self._from).order_by(*self._keys)
        if since is not None and self._changed is not None:
            rows = rows.where(or_(self._changed >= _value(since), self._changed.is_(None)))
        if last is not None:
            rows = rows.where(or_(self._from_on(last), *(key.is_(None) for key in self._keys)))
        return rows

    def _from_on(self, last: Sequence[object]) -> ColumnElement[bool]:
        """Lexicographic: the first parts equal and the next one greater, or all equal."""
        equal = [key == _value(value) for key, value in zip(self._keys, last, strict=True)]
        greater = [key > _value(value) for key, value in zip(self._keys, last, strict=True)]
        return or_(*(and_(*equal[:place], greater[place]) for place in range(len(equal))), and_(*equal))


def _asked(declared: SqlPull) -> FromClause:
    if declared.query is not None:
        # The line break ends a comment in the last line.
        query = _literally(declared.query.strip().rstrip(";")) + "\n"
        return text(query).columns(column("any")).subquery("asked")
    schema, _, name = (declared.table or "").rpartition(".")
    rows: Select[Any] = select(literal_column("*")).select_from(table(name, schema=schema or None))
    if declared.where is not None:
        rows = rows.where(text(f"({_literally(declared.where)}\n)"))
    return rows.subquery("asked")


def _literally(sql: str) -> str:
    return _COLON_NAME.sub(r"\\:", sql)


def _value(value: object) -> ColumnElement[Any]:
    return literal(value, type_=NullType())
