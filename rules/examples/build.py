"""Builders that keep the examples short: a roster row, a claim, a member, with defaults. All persons are invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data.model import FeedKind, IdStatus
from rules.rule import CHECK_DAY, Example, Outcome, Text

Row = Mapping[str, object]

#: Feeds an example has unless it says otherwise: all of them.
ALL_FEEDS = frozenset(FeedKind)

#: Valid identity numbers with births in 1900-1905, so that nobody alive is hit: (number, sex, birth).
MAN_1900 = "469005190001010012"
WOMAN_1901 = "469005190102031023"
MAN_1902 = "469005190203040033"


def roster(person: str | None = "p1", **known: object) -> Row:
    """A roster row of a formal member of 红海村党支部."""
    base = {"kind": FeedKind.MEMBER_ROSTER.value, "name": "符一心", "category": "formal", "branch": "红海村党支部"}
    return _entry(person, base, known)


def claim(person: str | None = "p1", **known: object) -> Row:
    """A row of a list of claims."""
    return _entry(person, {"kind": FeedKind.CLAIMS.value, "name": "符一心", "category": "formal"}, known)


def _entry(person: str | None, base: Row, known: Row) -> Row:
    row = {"person_id": person, "township": "龙楼镇", "area": "469005", **base, **known}
    status = IdStatus.VALID if row.get("id_no") else IdStatus.MISSING
    return {"id_status": status.value, **row}


def member(**known: object) -> Row:
    """A member of 红海村党支部 in 龙楼镇."""
    base = {"person_id": "p1", "unique_id": "e1", "name": "符一心", "category": "formal", "branch": "红海村党支部"}
    return {**base, "org_township": "龙楼镇", "org_kind": "village", "area": "469005", "township": "龙楼镇", **known}


def work(**known: object) -> Row:
    """A running employment at a small enterprise in 龙楼镇."""
    base = {
        "person_id": "p1",
        "unique_id": "w1",
        "entity_id": "E1",
        "population": "small_enterprise",
        "status": "active",
    }
    return {**base, "township": "龙楼镇", "area": "469005", "role": "employee", "how": "register", **known}


def fires(
    zh: str,
    en: str,
    expected: Mapping[str, bool],
    feeds: frozenset[FeedKind] = ALL_FEEDS,
    as_of: date = CHECK_DAY,
    sets: tuple[str, ...] | None = None,
    **tables: tuple[Row, ...],
) -> Example:
    """An example in which the rule fires on `expected` (subject -> is_false_entry)."""
    return Example(Outcome.FIRES, Text(zh, en), tables, expected, feeds, as_of, sets)


def holds_back(
    zh: str,
    en: str,
    feeds: frozenset[FeedKind] = ALL_FEEDS,
    as_of: date = CHECK_DAY,
    sets: tuple[str, ...] | None = None,
    **tables: tuple[Row, ...],
) -> Example:
    """An example in which the rule has what it needs and does not fire."""
    return Example(Outcome.HOLDS_BACK, Text(zh, en), tables, {}, feeds, as_of, sets)


def lacks_data(
    zh: str,
    en: str,
    feeds: frozenset[FeedKind] = ALL_FEEDS,
    as_of: date = CHECK_DAY,
    sets: tuple[str, ...] | None = None,
    **tables: tuple[Row, ...],
) -> Example:
    """An example in which data are missing, so that the rule stays silent."""
    return Example(Outcome.LACKS_DATA, Text(zh, en), tables, {}, feeds, as_of, sets)
