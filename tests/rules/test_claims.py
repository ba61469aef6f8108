"""The Longlou check on a list written by hand: exactly the 19, each with its reason, and no decoy."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd
import pytest

from data.model import FeedKind, Verdict
from rules.claims import verdicts
from rules.counts import balance, check_partition
from rules.engine import RuleResult, run_rules, struck_persons
from rules.examples.build import claim, roster
from rules.facts import Facts, facts_of
from tests.rules.longlou import longlou

AS_OF = date(2016, 6, 16)


def check(facts: Facts) -> tuple[RuleResult, pd.DataFrame]:
    result = run_rules(facts, AS_OF)
    claims = facts.entries[facts.entries["kind"] == FeedKind.CLAIMS]
    links = facts.entries.loc[facts.entries["person_id"].notna(), ["unique_id", "person_id"]]
    members = facts.entries.loc[facts.entries["kind"] == FeedKind.MEMBER_ROSTER, ["person_id"]]
    return result, verdicts(claims, result.findings, links, members)


def test_exactly_the_nineteen_are_struck_out_each_for_its_reason() -> None:
    facts, reasons = longlou()
    _, told = check(facts)
    false = told[told["verdict"] == Verdict.FALSE]
    assert dict(zip(false["source_row"], false["reason_code"], strict=True)) == reasons
    assert len(told) == 50
    assert len(reasons) == 19


def test_reasons_are_spread_as_the_domain_lists_them() -> None:
    _, reasons = longlou()
    assert Counter(reasons.values()) == Counter(
        F01=2, F03=2, F04=2, F05=1, F08=2, F09=1, F11=1, F12=1, F13=2, F14=1, F15=1, F17=2, F19=1
    )


def test_decoys_stand() -> None:
    facts, _ = longlou()
    _, told = check(facts)
    decoys = told.set_index("unique_id").loc[["c28", "c29", "c30", "c31"], ["verdict", "reason_code"]]
    assert decoys.to_numpy().tolist() == [
        ["review", "F02"],
        ["confirmed", "F07"],
        ["confirmed", "F10"],
        ["confirmed", "F15"],
    ]


def test_clean_claims_are_confirmed_without_a_reason() -> None:
    facts, _ = longlou()
    _, told = check(facts)
    clean = told[told["unique_id"] <= "c27"]
    assert set(clean["verdict"]) == {"confirmed"}
    assert clean["reason_code"].isna().all()


def test_before_less_removed_is_after() -> None:
    facts, _ = longlou()
    _, told = check(facts)
    counted = balance(told)
    assert (counted.n_before, sum(counted.n_removed.values()), counted.n_after) == (50, 19, 31)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_of_rows_changes_nothing(seed: int) -> None:
    facts, _ = longlou()
    tables = {
        name: frame.sample(frac=1, random_state=seed)
        for name, frame in vars(facts).items()
        if isinstance(frame, pd.DataFrame)
    }
    shuffled = Facts(feeds=facts.feeds, **tables)
    for ours, theirs in zip(check(facts), check(shuffled), strict=True):
        if isinstance(ours, RuleResult) and isinstance(theirs, RuleResult):
            pd.testing.assert_frame_equal(ours.findings, theirs.findings)
            pd.testing.assert_frame_equal(ours.classifications, theirs.classifications)
        else:
            pd.testing.assert_frame_equal(ours, theirs)


def test_struck_members_have_no_class_and_all_others_one() -> None:
    facts, _ = longlou()
    result, _ = check(facts)
    struck = struck_persons(facts, result.findings)
    check_partition(result.classifications, facts.members, struck)
    assert len(struck) + len(result.classifications) == len(facts.members)
    assert len(struck) == 6


def test_a_claim_without_any_roster_is_reviewed_never_false() -> None:
    facts = facts_of(
        frozenset(FeedKind) - {FeedKind.MEMBER_ROSTER}, {"entries": [claim(sex="女", id_no="469005190001010012")]}
    )
    _, told = check(facts)
    assert told["verdict"].tolist() == ["review"]


def test_stale_category_of_a_listed_member_is_confirmed_with_its_reason() -> None:
    facts = facts_of(frozenset(FeedKind), {"entries": [claim(category="activist"), roster()]})
    _, told = check(facts)
    assert told[["verdict", "reason_code", "evidence_grade"]].to_numpy().tolist() == [["confirmed", "F01", "C"]]
