"""Which pages have come? What tells a page that came before, a total that moved, and an end that does not come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.sources.pulls.sealed import Note


class Progress:
    """The states of the pages so far, with what has to be looked up for every further page."""

    def __init__(self, states: Iterable[Note]) -> None:
        self.n_pages, self.n_rows = 0, 0
        self.last: Note | None = None
        self._places: set[Any] = set()
        self._digests: set[str] = set()
        self._totals: set[int] = set()
        for state in states:
            self.add(state)

    @property
    def is_over(self) -> bool:
        """Whether the last page said that there is no next one."""
        return self.last is not None and self.last["next"] is None

    def add(self, state: Note) -> None:
        """One more page."""
        self.n_pages += 1
        self.n_rows += state["n"]
        self.last = state
        self._places.add(state["place"])
        if state["n"]:
            self._digests.add(state["digest"])
        if state["total"] is not None:
            self._totals.add(state["total"])

    def has_place(self, place: object) -> bool:
        """Whether the page at this place has come."""
        return place in self._places

    def has_content(self, digest: str) -> bool:
        """Whether a page with these very records has come; empty pages may repeat."""
        return digest in self._digests

    def has_moved(self, *, is_counted: bool) -> bool:
        """Whether records came or went meanwhile. Pages that are counted shift then: their total has to stand still and
        to come out; behind a cursor no record may be missing at the end."""
        if not self._totals:
            return False
        if is_counted:
            return len(self._totals) > 1 or (self.is_over and self.n_rows not in self._totals)
        return self.is_over and self.n_rows < min(self._totals)
