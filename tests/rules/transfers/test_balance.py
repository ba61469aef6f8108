"""应有数 = 实有数, or each difference explained: the lines add up whatever happened."""

from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from data.contracts.tables import BALANCE_NUMBERS
from data.model import FeedKind
from rules.engine import run_rules
from rules.examples.build import MAN_1900, Row, roster
from rules.facts import Facts, facts_of
from rules.transfers.balance import DECREASES, INCREASES, Balance, balance_totals
from tests.rules.longlou import longlou

AS_OF = date(2016, 6, 16)
ORG = {"org_name": "红海村党支部", "org_kind": "village", "township": "龙楼镇", "area": "469005"}


def balanced(**tables: list[Row]) -> Balance:
    return run_rules(facts_of(frozenset(FeedKind), tables), AS_OF).balance


def total(found: Balance) -> dict[str, int]:
    return {name: n for name, n in balance_totals(found).items() if n}


def test_longlou_lists_exactly_what_is_struck_from_the_rosters() -> None:
    facts, _ = longlou()
    result = run_rules(facts, AS_OF)
    rosters = set(facts.entries.loc[facts.entries["kind"] == FeedKind.MEMBER_ROSTER, "unique_id"])
    struck = set(result.findings.loc[result.findings["is_false_entry"], "unique_id"]) & rosters
    listed = result.balance.differences
    assert set(listed.loc[listed["kind"] != "suspended", "unique_id"]) == struck
    totals = balance_totals(result.balance)
    assert totals["listed"] - len(listed) == totals["expected"]
    assert totals["unexplained"] == 0


def test_movements_of_the_year() -> None:
    away = {"person_id": "p2", "unique_id": "t1", "to_org": "中共海口市委组织部", "received_on": "2016-03-20"}
    here = {"person_id": "p3", "unique_id": "t2", "to_org": "龙楼镇红海村党支部", "received_on": "2016-03-20"}
    found = balanced(
        entries=[
            roster("p1", join_on="2016-02-01", category="probationary"),
            roster("p2", name="韩三木"),
            roster("p3", name="林五石"),
            roster("p4", name="陈七水", join_on="2015-12-31"),
        ],
        transfers=[{**away, "issued_on": "2016-03-01"}, {**here, "issued_on": "2016-03-01"}],
    )
    assert total(found) == {
        "opening": 2, "developed": 1, "received": 1, "transferred": 1, "expected": 3, "listed": 4, "difference": 1,
        "listed_transferred": 1, "n_branches": 1, "n_with_difference": 1,
    }  # fmt: skip


def test_who_was_received_and_not_entered_is_missing() -> None:
    letter = {"person_id": None, "unique_id": "t1", "to_org": "龙楼镇红海村党支部", "issued_on": "2016-03-01"}
    found = balanced(entries=[roster()], transfers=[{**letter, "received_on": "2016-03-20"}])
    assert total(found) == {
        "opening": 1, "received": 1, "expected": 2, "listed": 1, "difference": -1, "uncounted": 1,
        "n_branches": 1, "n_with_difference": 1,
    }  # fmt: skip
    assert found.differences[["kind", "branch", "unique_id"]].to_numpy().tolist() == [
        ["uncounted", "红海村党支部", "t1"]
    ]


def test_a_stated_opening_shows_what_nothing_explains() -> None:
    dead = {"person_id": "p1", "unique_id": "s1", "name": "符一心", "id_no": MAN_1900, "event": "deceased"}
    tables = {"entries": [roster(id_no=MAN_1900), roster("p2", name="韩三木")]}
    events: list[Row] = [{**dead, "decided_on": "2016-02-01"}]
    found = balanced(**tables, status_events=events, organizations=[{**ORG, "n_last_year": "3"}])
    assert total(found) == {
        "opening": 3, "deceased": 1, "expected": 2, "listed": 2, "listed_deceased": 1, "unexplained": -1,
        "n_branches": 1,
    }  # fmt: skip
    assert found.table["is_opening_stated"].all()


STATUS = st.sampled_from(["normal", "deceased", "suspended", "transferred_out", "removed", None])
PLACES = st.sampled_from([("红海村党支部", "龙楼镇"), ("文建市场党支部", "文城镇"), (None, "文城镇")])
DATES = st.sampled_from([None, "2016-02-01", "1999-07"])


@st.composite
def rosters(draw: st.DrawFn) -> Facts:
    entries, letters = [], []
    for n in range(draw(st.integers(0, 6))):
        branch, township = draw(PLACES)
        person = f"p{draw(st.integers(0, 3))}"
        known = {"branch": branch, "township": township, "party_status": draw(STATUS), "join_on": draw(DATES)}
        entries.append({**roster(person, **known), "unique_id": f"r{n}"})
    for n in range(draw(st.integers(0, 3))):
        to_org = draw(st.sampled_from(["龙楼镇红海村党支部", "中共海口市委组织部"]))
        known = {"person_id": draw(st.sampled_from(["p1", "p9", None])), "received_on": draw(DATES)}
        letters.append({"unique_id": f"t{n}", "to_org": to_org, "from_org": "文城镇文建市场党支部",
                        "issued_on": "1999-06-01", **known})  # fmt: skip
    return facts_of(frozenset(FeedKind), {"entries": entries, "transfers": letters})


@settings(max_examples=8)
@given(rosters())
def test_the_lines_add_up_and_every_difference_is_a_line(facts: Facts) -> None:
    found = run_rules(facts, AS_OF).balance
    table = found.table
    change = table[list(INCREASES)].sum(axis=1) - table[list(DECREASES)].sum(axis=1)
    assert (table["opening"] + change == table["expected"]).all()
    explained = table.filter(regex="^listed_").sum(axis=1) - table["uncounted"]
    assert (table["listed"] - table["expected"] == explained).all()
    numbers = list(BALANCE_NUMBERS)
    sums = table.groupby("level")[numbers].sum()
    assert all((sums.loc[level] == sums.loc["branch"]).all() for level in sums.index)
    if len(sums):
        lines = found.differences["kind"].value_counts()
        assert lines.get("uncounted", 0) == sums.loc["total", "uncounted"]
        assert lines.sum() - lines.get("uncounted", 0) == sums.loc["total"].filter(regex="^listed_").sum()
    # Nobody counts twice: what counts is at most one row a person.
    differing = set(found.differences["unique_id"])
    counted = facts.entries[~facts.entries["unique_id"].isin(differing)]
    assert counted["person_id"].is_unique
    shuffled = Facts(
        feeds=facts.feeds,
        **{n: f.sample(frac=1, random_state=3) for n, f in vars(facts).items() if isinstance(f, pd.DataFrame)},
    )
    pd.testing.assert_frame_equal(run_rules(shuffled, AS_OF).balance.table, table)
