"""What does an error of a database mean: try again, or correct the declaration?

Its text may hold values, so little is told: its name, SQLSTATE, and the text only where it speaks of the query alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from data.contracts.reasons.pulls import QUERY_REFUSED, UNREACHABLE
from data.privacy import mask_text
from data.sources.pulls.feed import BrokenOff

#: SQLSTATE classes about the query or the account: 28 authorisation, 3D no such database, 42 syntax or access rule.
_OF_THE_QUERY = ("28", "3D", "42")
#: SQLite has one error for everything; these are the ones that pass.
_PASSING = ("locked", "busy", "i/o error", "unable to open")


@contextmanager
def translated(source: str, where: str) -> Iterator[None]:
    """Raise BrokenOff for a lost connection and SourceFileError for a query that is refused."""
    try:
        yield
    except DBAPIError as error:
        if _is_passing(error):
            raise BrokenOff(UNREACHABLE, why=_told(error)) from None
        raise QUERY_REFUSED.refuse(source, where, why=_told(error)) from None


def _is_passing(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    if not isinstance(error, OperationalError | InterfaceError) or _state(error).startswith(_OF_THE_QUERY):
        return False
    return not _is_sqlite(error) or any(word in str(error.orig).lower() for word in _PASSING)


def _told(error: DBAPIError) -> str:
    name, state = type(error.orig).__name__, _state(error)
    is_of_query = state.startswith(_OF_THE_QUERY) or _is_sqlite(error) or error.statement is None
    first_line = str(error.orig).strip().splitlines()[:1]
    parts = [name, state, mask_text(first_line[0]) if is_of_query and first_line else ""]
    return " ".join(part for part in parts if part)


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")


def _is_sqlite(error: DBAPIError) -> bool:
    return type(error.orig).__module__.startswith("sqlite3")
