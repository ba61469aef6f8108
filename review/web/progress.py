"""How is it going? What a person answered today, how fast, and how far the queue is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from data.store.clock import utc_now
from data.store.readings import answered_since
from data.store.session import Store

_HERE = ZoneInfo("Asia/Shanghai")
#: A longer gap between two answers was a break, not work.
_BREAK = timedelta(minutes=5)


@dataclass(frozen=True)
class Today:
    """Answers since midnight in Hainan, and the median seconds from one to the next; null before the second."""

    n: int
    seconds: float | None


def today(store: Store, book: str, username: str, now: datetime | None = None) -> Today:
    """The person's day so far."""
    midnight = (now or utc_now()).astimezone(_HERE).replace(hour=0, minute=0, second=0, microsecond=0)
    times = answered_since(store, book, username, midnight)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    seconds = [gap.total_seconds() for gap in gaps if gap <= _BREAK]
    return Today(len(times), median(seconds) if seconds else None)


def day_of(moment: datetime) -> str:
    """The day in Hainan, as text."""
    return moment.astimezone(_HERE).date().isoformat()
