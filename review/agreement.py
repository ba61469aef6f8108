"""Do two people read alike? Cohen's kappa of every pair of readers, week by week, over the questions both read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from data.store.readings import FIRST, SECOND, Reading

_HERE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Agreement:
    """A pair of people (in order of name) in an ISO week such as 2016-W24.

    kappa is null where both gave one and the same answer throughout: chance alone would make them agree.
    """

    week: str
    reader: str
    other: str
    n: int
    n_agreeing: int
    kappa: float | None


def agreements(readings: Iterable[Reading]) -> list[Agreement]:
    """Over first and second readings; newest week first. The week is the later reading's, in Hainan."""
    by_question: dict[tuple[str, int], list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.stage in (FIRST, SECOND):
            by_question[reading.item_id, reading.version].append(reading)
    found: dict[tuple[str, str, str], list[tuple[Reading, Reading]]] = defaultdict(list)
    for both in by_question.values():
        if len(both) > 1:
            one, other = sorted(both[:2], key=lambda reading: reading.reviewer)
            later = max(reading.read_at for reading in both[:2]).astimezone(_HERE).isocalendar()
            found[f"{later.year}-W{later.week:02}", one.reviewer, other.reviewer].append((one, other))
    rows = [_agreement(*key, pairs) for key, pairs in found.items()]
    by_name = sorted(rows, key=lambda row: (row.reader, row.other))
    return sorted(by_name, key=lambda row: row.week, reverse=True)


def cohens_kappa(pairs: Sequence[tuple[str, str]], n_agreeing: int) -> float | None:
    """(observed - expected) / (1 - expected); the chance that both give the same kind of answer comes from how often
    each gives it. n_agreeing may be smaller than the equal pairs: two readers may name different records."""
    n = len(pairs)
    mine, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(mine[kind] * theirs[kind] for kind in mine) / n**2
    return None if expected == 1 else (n_agreeing / n - expected) / (1 - expected)


def _agreement(week: str, reader: str, other: str, pairs: list[tuple[Reading, Reading]]) -> Agreement:
    n_agreeing = sum(one.says() == two.says() for one, two in pairs)
    kappa = cohens_kappa([(one.answer, two.answer) for one, two in pairs], n_agreeing)
    return Agreement(week, reader, other, len(pairs), n_agreeing, kappa)
