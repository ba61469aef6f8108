"""Proposals from facts: each form, each block, missing data, and what must hold whatever the facts."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import FeedKind
from rules.engine import run_rules
from rules.facts import Facts, frame_of
from rules.forming.run import Formed, form
from rules.params import load_params
from tests.county import AS_OF

PARAMS = load_params(AS_OF)
BRANCH = "红海村党支部"
ORGS = (
    {"org_name": BRANCH, "org_kind": "village", "township": "龙楼镇", "unit_name": "红海村民委员会", "area": "469005"},
    {"org_name": "企业联合党支部", "org_kind": "non_public", "township": "文城镇", "area": "469005"},
    {"org_name": "中心学校党支部", "org_kind": "school", "township": "龙楼镇", "area": "469005"},
)


def unit(number: int, **known: Any) -> dict[str, Any]:
    base = {"entity_id": f"E{number:02}", "entity_name": f"单位{number}", "population": "small_enterprise"}
    place = {"area": "469005", "township": "龙楼镇", "market": None, "village": None, "section": "F"}
    rest = {"is_non_public": True, "status": "active", "ended_on": None, "staff": 5.0, "has_instructor": False}
    return {**base, **place, **rest, **known}


def person(name: str, at: int, **known: Any) -> dict[str, Any]:
    return {"person_id": name, "at": at, "category": "formal", "branch": BRANCH, "flags": "", "n_branches": 1,
            "primary_class": "normal", "township": "龙楼镇", **known}  # fmt: skip


def formed(units: list[dict[str, Any]], people: list[dict[str, Any]], orgs: tuple[dict[str, Any], ...] = ORGS,
           struck: tuple[str, ...] = (), possible: dict[str, int] | None = None) -> Formed:  # fmt: skip
    names = ("person_id", "category", "branch", "n_branches", "township")
    members = frame_of("members", [{"unique_id": f"u{p['person_id']}", "area": "469005",
                                    **{name: p[name] for name in names}} for p in people])  # fmt: skip
    at = {one["entity_id"]: one for one in units}
    jobs = [
        {"person_id": p["person_id"], "unique_id": "w" + p["person_id"], "entity_id": f"E{p['at']:02}", "how": "register",
         "population": at[f"E{p['at']:02}"]["population"], "status": at[f"E{p['at']:02}"]["status"]}
        for p in people
    ]  # fmt: skip
    facts = Facts(
        members=members,
        employments=frame_of("employments", jobs),
        organizations=frame_of("organizations", orgs),
        feeds=frozenset(FeedKind),
    )
    classes = pd.DataFrame(
        {name: pd.Series([p[name] for p in people], dtype=object) for name in
         ("person_id", "primary_class", "flags", "branch", "township")}
    ).assign(area="469005")  # fmt: skip
    findings = pd.DataFrame({"person_id": pd.Series(struck, dtype=object), "is_false_entry": True})
    n_possible = pd.Series(possible or {}, dtype="int64")
    register = pd.DataFrame(units).astype({"market": object, "village": object, "ended_on": object})
    return form(facts, classes, findings, register, n_possible, AS_OF, PARAMS)


def proposals(*args: Any, **kwargs: Any) -> list[tuple[str, str, str]]:
    table = formed(*args, **kwargs).proposed.proposals
    return sorted(zip(table["form"], table["units"], table["blocks"], strict=True))


def crew(at: int, n: int, **known: Any) -> list[dict[str, Any]]:
    return [person(f"p{at}-{i}", at, **known) for i in range(n)]


def test_three_formal_members_have_a_branch_of_their_own() -> None:
    assert proposals([unit(1)], crew(1, 3)) == [("own", "E01", "")]


def test_probationary_members_do_not_make_a_branch() -> None:
    people = [*crew(1, 2), person("q", 1, category="probationary")]
    assert proposals([unit(1)], people) == [("attached", "E01", "")]


def test_few_in_one_township_join_and_the_next_township_does_not() -> None:
    units = [unit(1), unit(2), unit(3, township="文城镇")]
    people = crew(1, 2) + crew(2, 1) + crew(3, 1)
    assert proposals(units, people) == [("area_joint", "E01|E02", ""), ("attached", "E03", "")]


def test_a_trade_needs_an_association() -> None:
    units = [unit(1), unit(2, township="文城镇"), unit(3, township="会文镇"), unit(4, township="东阁镇", section="C")]
    people = [*crew(1, 1), *crew(2, 1), *crew(3, 1), *crew(4, 1)]
    assert [kind for kind, _, _ in proposals(units, people)] == ["attached"] * 4
    association = {"org_name": "个体私营企业协会党支部", "org_kind": "social_organization", "area": "469005"}
    found = proposals(units, people, (*ORGS, association))
    assert found == [("attached", "E04", ""), ("trade_joint", "E01|E02|E03", "")]


def test_without_a_host_an_instructor_is_sent() -> None:
    assert proposals([unit(1)], crew(1, 1), orgs=()) == [("instructor", "E01", "")]
    assert proposals([unit(1)], crew(1, 1), orgs=ORGS[2:]) == [("instructor", "E01", "")]


@pytest.mark.parametrize(("staff", "n"), [(49.0, 0), (50.0, 1), (float("nan"), 0)])
def test_large_units_without_members_get_an_instructor(staff: float, n: int) -> None:
    assert len(proposals([unit(1, staff=staff), unit(2)], crew(2, 3))) == 1 + n
    assert len(proposals([unit(1, staff=staff, has_instructor=True), unit(2)], crew(2, 3))) == 1


@pytest.mark.parametrize(
    ("known", "block"),
    [
        ({"flags": "floating"}, "floating"),
        ({"flags": "letter_open"}, "letter_open"),
        ({"flags": "pocket"}, "letter_open"),
        ({"n_branches": 2}, "double_counted"),
    ],
)
def test_what_blocks_when_too_few_are_left(known: dict[str, Any], block: str) -> None:
    hindered = person("h", 1, **known)
    assert proposals([unit(1)], [*crew(1, 2), hindered]) == [("own", "E01", block)]
    assert proposals([unit(1)], [*crew(1, 3), hindered]) == [("own", "E01", "")]


def test_a_false_entry_finding_and_a_closing_unit_block() -> None:
    assert proposals([unit(1)], crew(1, 3), struck=("p1-0",)) == [("own", "E01", "false_entry")]
    assert proposals([unit(1, status="revoked")], crew(1, 3)) == [("own", "E01", "unit_closing")]
    assert proposals([unit(1, status="cancelled")], crew(1, 3)) == []


def test_members_still_to_be_confirmed_never_count_but_may_block() -> None:
    units, people = [unit(1), unit(2)], crew(1, 2) + crew(2, 1)
    assert proposals(units, people, possible={"E01": 1}) == [("area_joint", "E01|E02", "unconfirmed_members")]
    assert proposals([unit(1), unit(9)], crew(1, 3), possible={"E09": 5}) == [("own", "E01", "")]


@pytest.mark.parametrize("known", [{"primary_class": "lost"}, {"flags": "suspended"}, {"flags": "hidden|normal"}])
def test_the_lost_suspended_and_hidden_are_neither_counted_nor_named(known: dict[str, Any]) -> None:
    found = formed([unit(1)], [*crew(1, 2), person("x", 1, **known)])
    assert list(found.proposed.proposals["form"]) == ["attached"]
    assert "x" not in "|".join(found.proposed.proposals["members"]).split("|")


def test_units_with_an_organisation_are_left_alone() -> None:
    assert proposals([unit(1)], crew(1, 3, branch="企业联合党支部")) == []
    named = ({**ORGS[0], "org_name": "单位1党支部", "org_kind": "non_public", "unit_name": "单位1、单位7"},)
    assert proposals([unit(1)], crew(1, 3), orgs=named) == []
    dissolved = ({**named[0], "dissolved_on": "2016-06-16"},)
    assert proposals([unit(1)], crew(1, 3), orgs=dissolved) == [("own", "E01", "")]


@pytest.mark.parametrize(("n_there", "host"), [(48, BRANCH), (49, None)])
def test_hosts_take_in_up_to_fifty_members(n_there: int, host: str | None) -> None:
    # The one who attaches is of that branch already, as most are: the relation stays, and counts once.
    there = [person(f"v{i}", 2) for i in range(n_there)]
    units = [unit(1), unit(2, population="elsewhere", is_non_public=False)]
    assert list(formed(units, [*crew(1, 1), *there], orgs=ORGS[:1]).proposed.proposals["host"]) == [host]


def test_the_nearest_branch_is_of_the_village_then_the_township_then_the_county() -> None:
    people = [person("a", 1, branch=None), person("b", 2, branch=None), person("c", 3, branch=None)]
    units = [unit(1, village="红海村"), unit(2), unit(3, township="东阁镇")]
    nearest = formed(units, people).nearest.set_index("person_id")
    assert dict(nearest["level"]) == {"a": "village", "b": "township", "c": "county"}
    assert dict(nearest["host"]) == {"a": BRANCH, "b": BRANCH, "c": "企业联合党支部"}
    assert set(nearest["why"]) == {"no_branch"}


def test_who_has_a_branch_nearby_is_not_asked_and_the_unlisted_is() -> None:
    people = [person("a", 1), person("b", 1, branch="已撤销党支部"), person("c", 1, primary_class="lost", branch=None)]
    nearest = formed([unit(1)], people).nearest
    assert list(zip(nearest["person_id"], nearest["why"], strict=True)) == [("b", "branch_unlisted")]


def test_a_hidden_members_workplace_is_never_used() -> None:
    hidden = person("h", 1, branch=None, flags="hidden", township="文城镇")
    nearest = formed([unit(1, village="红海村")], [hidden]).nearest
    assert list(nearest["township"]) == ["文城镇"]


PEOPLE = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(["formal", "formal", "probationary"]),
              st.sampled_from(["", "floating", "hidden", "letter_open"])), max_size=18,
)  # fmt: skip


@settings(max_examples=12)
@given(PEOPLE, st.randoms(use_true_random=False))
def test_each_unit_once_each_member_once_and_order_does_not_matter(
    people: list[tuple[int, str, str]], rng: Any
) -> None:
    units = [
        unit(n, village="红海村" if n % 2 else None, township="文城镇" if n > 4 else "龙楼镇") for n in range(1, 7)
    ]
    crowd = [person(f"p{i}", at, category=kind, flags=flags) for i, (at, kind, flags) in enumerate(people)]
    found = formed(units, crowd)
    table = found.proposed.proposals
    named = [one for text in table["units"] for one in text.split("|")]
    members = [one for text in table["members"] if text for one in text.split("|")]
    assert len(named) == len(set(named))
    assert sorted(members) == sorted(p["person_id"] for p in crowd if p["flags"] != "hidden")
    assert (table.loc[table["form"] == "area_joint", "n_units"] <= 5).all()
    assert (table["is_blocked"] == (table["blocks"] != "")).all()
    rng.shuffle(crowd)
    rng.shuffle(units)
    pd.testing.assert_frame_equal(formed(units, crowd).proposed.proposals, table)


def test_the_rules_hand_on_what_forming_reads() -> None:
    """The flags that forming looks for are those the classes set."""
    roster = {"person_id": "p1", "unique_id": "e1", "name": "符一心", "category": "formal", "branch": BRANCH}
    facts = Facts(
        members=frame_of("members", [{**roster, "area": "469005", "n_branches": 1}]),
        entries=frame_of("entries", [{**roster, "kind": "member_roster", "source_row": 2}]),
        transfers=frame_of("transfers", [{"person_id": "p1", "unique_id": "t1", "from_org": BRANCH, "to_org": "他处党支部",
                                          "issued_on": "2016-01-04", "valid_days": "30"}]),
        feeds=frozenset(FeedKind),
    )  # fmt: skip
    flags = run_rules(facts, AS_OF, PARAMS).classifications["flags"].iloc[0].split("|")
    assert {"letter_open", "pocket"} <= set(flags)
