"""What do queries and endpoints have in common? Each is a feed that yields chunks of allowed columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from data.contracts.reason import Reason
from data.errors import SourceUnavailable
from data.sources.pulls.marks import Mark
from data.sources.pulls.sealed import Note


@dataclass(frozen=True)
class Chunk:
    """Some rows: allowed columns as text, the key's columns, DELETED where declared; and the point to resume from.

    state: where the pull stands after this chunk, as JSON values; the feed alone understands it.
    n_invisible: characters taken out. n_untaken: name of a column outside the contract -> its filled cells.
    """

    table: pa.Table
    state: Note
    n_invisible: int = 0
    n_untaken: dict[str, int] = field(default_factory=dict)


class PullStopped(Exception):
    """A pull cannot go on by itself. The facts hold no value of a record."""

    def __init__(self, reason: Reason, **facts: object) -> None:
        super().__init__(reason.code)
        self.reason, self.facts = reason, facts

    def told(self, source: str, n_tries: int, n_rows: int) -> SourceUnavailable:
        """The error that the user meets."""
        facts = {"n_tries": n_tries, "n_rows": f"{n_rows:,}", **self.facts}
        return SourceUnavailable(source, f"[{self.reason.code}] {self.reason.message(**facts)}")


class BrokenOff(PullStopped):
    """The connection failed; what was yielded stands, and the pull may be resumed at once."""


class StartAgain(PullStopped):
    """What was pulled so far does not fit what comes now: the pull has to begin anew."""


class GaveUp(PullStopped):
    """The connection failed again and again; what was yielded stands for a later run."""


class Feed(Protocol):
    """A declared query or endpoint."""

    @property
    def where(self) -> str:
        """As provenance shows it: `sql:<source>` or `http:<source>`."""

    @property
    def identity(self) -> str:
        """Digest of what decides whether kept rows still fit: declaration, contract, address without secrets."""

    @property
    def is_resumable(self) -> bool:
        """Whether `chunks` can go on behind earlier ones."""

    def begin(self) -> Note:
        """Asked once when a pull begins; kept with it. Raises BrokenOff."""

    def chunks(self, since: Mark | None, states: Sequence[Note]) -> Iterator[Chunk]:
        """The rows changed since (None: all), from where the last of `states` stands.

        Raises PullStopped, or SourceFileError when trying again would not help.
        """

    def watermark(self, begun: Note, states: Sequence[Note], seconds: float) -> Mark | None:
        """From where the next pull has to ask, after one that took so many seconds; None if nothing says."""
