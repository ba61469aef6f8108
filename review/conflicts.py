"""Would an answer give a person a second identity? What is asked before it is saved: one confirmed identity each.

Two records that somebody called the same person lead to all records that were called so with either of them. An answer
that brings together records of two published persons, or across a live negative judgement, is shown first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from data.errors import LonglouError
from data.model import Judgement
from data.store import ledger
from data.store.judged import Judged, live_about, persons_of
from data.store.tables import JUDGEMENTS
from data.words import tr
from review.choices import Choice
from review.view_models import Card


class Resolution(StrEnum):
    """What shall hold where an answer contradicts an earlier one."""

    REPLACE = "replace"
    NEITHER = "neither"
    ADJUDICATE = "adjudicate"


@dataclass(frozen=True)
class Claimed:
    """An earlier positive judgement that the answer contradicts. `here` is one of the answer's two records.

    is_denied: somebody judged the two outer records to be two people; else they belong to two published persons.
    """

    judged: Judged
    here: str
    there: str
    is_denied: bool


class IdentityTaken(LonglouError):
    """The answer would give somebody a second identity; the person who answers says what shall hold."""

    def __init__(self, claims: tuple[Claimed, ...], chosen: str) -> None:
        super().__init__(
            tr("其中一条记录已确认为另一人：请选择以哪个为准", "one of the records was confirmed as somebody else")
        )
        self.claims, self.chosen = claims, chosen


def claims_against(connection: Connection, area: str, asked: Card, choice: Choice) -> tuple[Claimed, ...]:
    """Live positive judgements that the answer contradicts, oldest first; none for answers that name no record."""
    chosen = choice.chosen(asked)
    if chosen is None:
        return ()
    ends = (asked.unique_id, chosen)
    near = [one for one in live_about(connection, area, ends) if one.judgement is Judgement.POSITIVE]
    paths = [
        (one, here, one.other(here)) for one in near for here in ends if here in (one.unique_id_l, one.unique_id_r)
    ]
    paths = [(one, here, there) for one, here, there in paths if there not in ends]
    if not paths:
        return ()
    about = {*ends, *(there for _, _, there in paths)}
    person = persons_of(connection, area, about)
    denied = {
        frozenset((one.unique_id_l, one.unique_id_r))
        for one in live_about(connection, area, about)
        if one.judgement is Judgement.NEGATIVE
    }
    found = []
    for one, here, there in paths:
        far = ends[0] if here == ends[1] else ends[1]
        are_two = there in person and far in person and person[there] != person[far]
        is_denied = frozenset((there, far)) in denied
        if are_two or is_denied:
            found.append(Claimed(one, here, there, is_denied))
    return tuple(found)


def withdraw_claims(
    connection: Connection, claims: tuple[Claimed, ...], reviewer: str, reason: str, now: datetime
) -> None:
    """The earlier answers no longer hold; a judgement of another book is withdrawn in that book."""
    for claim in claims:
        which = JUDGEMENTS.c.judgement_id == claim.judged.judgement_id
        ledger.withdraw(connection, claim.judged.run_area, which, reviewer, reason, now)
