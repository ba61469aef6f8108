"""Only a reception changes the formal organisation; until then the sender counts the member."""

from __future__ import annotations

from datetime import date

from data.model import FeedKind
from rules.case import Case
from rules.examples.build import Row, roster
from rules.facts import facts_of
from rules.params import load_params
from rules.transfers.formal import formal_organisations

AS_OF = date(2016, 6, 16)
LETTER = {"person_id": "p1", "unique_id": "t1", "to_org": "中共海口市委组织部", "issued_on": "2016-03-01"}


def formal(*letters: Row) -> tuple[str, str]:
    facts = facts_of(frozenset(FeedKind), {"entries": [roster()], "transfers": letters})
    found = formal_organisations(Case(facts, AS_OF, load_params(AS_OF))).loc["p1"]
    return str(found["formal_org"]), str(found["basis"])


def test_an_issued_letter_changes_nothing() -> None:
    assert formal(LETTER) == ("红海村党支部", "roster")


def test_a_rejected_or_revoked_letter_changes_nothing() -> None:
    assert formal({**LETTER, "rejected_on": "2016-03-09"}) == ("红海村党支部", "roster")
    assert formal({**LETTER, "voided_on": "2016-03-09"}) == ("红海村党支部", "roster")


def test_a_reception_does_and_the_last_one_counts() -> None:
    received = {**LETTER, "received_on": "2016-03-20"}
    back = {**LETTER, "unique_id": "t2", "to_org": "龙楼镇红海村党支部", "received_on": "2016-05-20"}
    assert formal(received) == ("中共海口市委组织部", "reception")
    assert formal(received, {**back, "issued_on": "2016-05-01"}) == ("红海村党支部", "roster")
