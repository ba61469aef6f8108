"""Coverage and the six surveys: definitions that part all enterprises, and counts that add up at every level."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.facts import Facts, frame_of
from rules.params import load_params
from rules.surveys.coverage import BY_ORGANIZATION, BY_WORK, COVERAGES, PARTS, counted, parts
from rules.surveys.six_surveys import INDICATORS, SURVEYS, surveyed
from tests.county import AS_OF
from tests.rules.forming.test_run import crew, formed, unit


def register(*rows: tuple[str, bool, bool, str | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["entity_id", "is_covered", "has_instructor", "township"])
    return table.astype({"entity_id": object, "township": object})


@pytest.mark.parametrize(
    ("is_covered", "has_instructor", "works", "expected"),
    [
        (True, False, True, {"covered", "reached"}),
        (True, True, False, {"covered", "reached"}),
        (False, True, True, {"members_only", "reached"}),
        (False, False, True, {"members_only", "unreached"}),
        (False, True, False, {"others", "reached"}),
        (False, False, False, {"others", "unreached"}),
    ],
)
def test_parts(is_covered: bool, has_instructor: bool, works: bool, expected: set[str]) -> None:
    found = parts(register(("E", is_covered, has_instructor, None)), pd.Series(["E"] if works else [], dtype=object))
    assert {name for name in PARTS if found[name].iloc[0]} == expected


def test_every_rate_is_named_versioned_and_of_one_way() -> None:
    keys = [(one.code, one.version) for one in COVERAGES]
    assert len(keys) == len(set(keys))
    for one in COVERAGES:
        assert set(one.numerator) < set(one.denominator)
        assert set(one.denominator) <= set(BY_ORGANIZATION) or set(one.denominator) <= set(BY_WORK)
        assert one.citation


ROWS = st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from(["龙楼镇", "文城镇", None]), st.booleans()))


@given(ROWS)
def test_each_enterprise_is_in_one_part_of_either_way_and_towns_add_up(
    rows: list[tuple[bool, bool, str, bool]],
) -> None:
    table = register(*[(f"E{i}", covered, sent, town) for i, (covered, sent, town, _) in enumerate(rows)])
    at_work = pd.Series([f"E{i}" for i, row in enumerate(rows) if row[3]], dtype=object)
    found = parts(table, at_work)
    for way in (BY_ORGANIZATION, BY_WORK):
        assert (found[list(way)].sum(axis=1) == 1).all()
    towns = counted(found, table["township"])
    assert dict(towns.sum()) == dict(found.astype("int64").sum())
    assert list(towns.index) == sorted(towns.index, key=lambda name: (name == "", name))


def surveys(units: list[dict[str, object]]) -> pd.DataFrame:
    rest = {"has_report": True, "agrees_to_host": None}
    found = formed([{**rest, **one} for one in units], crew(1, 2))
    life = [{"person_id": "p1-0", "event": "meeting", "held_on": "2016-03-01", "branch": "红海村党支部"},
            {"person_id": "p1-1", "event": "dues", "held_on": "2016-03-01", "branch": "红海村党支部"}]  # fmt: skip
    members = [
        {"person_id": f"p1-{i}", "category": "formal", "full_on": day}
        for i, day in enumerate(("2015-06-17", "2015-06-16"))
    ]
    entries = [{"unique_id": "e1", "person_id": None, "category": "activist", "area": "469005", "township": "龙楼镇"},
               {"unique_id": "e2", "person_id": None, "category": "formal", "area": "469005"}]  # fmt: skip
    facts = Facts(members=frame_of("members", members), org_life=frame_of("org_life", life),
                  entries=frame_of("entries", entries))  # fmt: skip
    classes = pd.DataFrame(
        {"person_id": ["p1-0", "p1-1"], "area": "469005", "township": "龙楼镇", "branch": "红海村党支部"}
    )
    return surveyed(found, facts, classes.astype(object), AS_OF, load_params(AS_OF))


def test_surveys_count_what_they_say() -> None:
    units = [
        unit(1, agrees_to_host="yes"),
        unit(2, township="文城镇", staff=float("nan"), has_report=False, has_instructor=True),
    ]
    found = surveys(units)
    totals = found.groupby("indicator")["n"].sum().to_dict()
    expected = {"n_entities": 2, "n_reporting": 1, "n_staff": 5, "n_members_at_work": 2, "n_instructed": 1, "n_branches": 1,
                "n_on_the_way": 1, "n_probationary": 0, "n_converted": 1, "n_present": 1, "n_silent_branches": 1,
                "n_alive_branches": 0, "n_venue_unknown": 1, "n_agreeing": 1, "n_refusing": 0, "n_consent_unknown": 1}  # fmt: skip
    assert {name: totals[name] for name in expected} == expected
    assert set(found["indicator"]) == {one.code for one in INDICATORS}
    assert {one.survey for one in INDICATORS} == set(SURVEYS)


@settings(max_examples=5)
@given(st.permutations(range(1, 5)))
def test_surveys_do_not_depend_on_the_order_of_the_register(order: list[int]) -> None:
    towns = {1: "龙楼镇", 2: "文城镇", 3: None, 4: "龙楼镇"}
    pd.testing.assert_frame_equal(
        surveys([unit(n, township=towns[n]) for n in order]), surveys([unit(n, township=towns[n]) for n in range(1, 5)])
    )
