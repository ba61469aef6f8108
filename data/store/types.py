"""Column types that behave alike on SQLite and PostgreSQL: moments in UTC and canonical JSON text."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from data.digits import in_digits

#: 64 bits on PostgreSQL; SQLite numbers rows by itself only in a column declared INTEGER.
BIG_INTEGER = BigInteger().with_variant(Integer, "sqlite")


def text_column(name: str, *, nullable: bool = False, key: bool = False) -> Column[str]:
    """A column of text."""
    return Column(name, Text, nullable=nullable, primary_key=key)


def canonical_json(value: object) -> str:
    """One text per value: sorted keys, no white space, Han characters as they are, floats to twelve digits. NaN raises
    ValueError."""
    whole = in_digits(value)
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with time zone; a naive datetime is refused because nobody could say what it meant."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps text without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always with time zone UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CanonicalJson(TypeDecorator[object]):
    """Any JSON value, kept as canonical text so that equal values are equal bytes on both engines."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """To canonical text."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        """Back to the value."""
        return None if value is None else json.loads(value)
