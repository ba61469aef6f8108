"""What time is it? The one place of the store that looks at the wall clock; the rest takes `now` as a parameter."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The current moment, time zone UTC."""
    return datetime.now(UTC)
