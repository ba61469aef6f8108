"""The report's figures, exact (domain rules §1.5, §9.1)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import Population, PrimaryClass
from data.synthetic.cases import member_cases
from data.synthetic.plan import PROVINCE, WENCHANG, apportion, areas_of, county_plan

PLANS = {area: county_plan(area, 1.0) for area in areas_of(PROVINCE)}


def _working(area: str) -> dict[Population, dict[PrimaryClass, int]]:
    found: dict[Population, dict[PrimaryClass, int]] = {}
    for (population, klass), n in PLANS[area].quotas.items():
        if population != Population.ELSEWHERE and n:
            found.setdefault(population, {})[klass] = n
    return found


def test_wenchang_is_the_partition_of_the_report() -> None:
    plan = PLANS[WENCHANG]
    assert (plan.n_small, plan.n_household, plan.n_members, plan.n_claims) == (4_181, 20_034, 7_800, 50)
    assert _working(WENCHANG) == {
        Population.SMALL_ENTERPRISE: {
            PrimaryClass.POCKET: 5,
            PrimaryClass.FLOATING: 48,
            PrimaryClass.LOST: 6,
            PrimaryClass.NORMAL: 127,
        },
        Population.HOUSEHOLD_BUSINESS: {PrimaryClass.FLOATING: 51, PrimaryClass.LOST: 4, PrimaryClass.NORMAL: 273},
    }


def test_the_province_adds_up_to_the_report() -> None:
    totals = [sum(getattr(plan, name) for plan in PLANS.values()) for name in ("n_small", "n_household", "n_market")]
    assert totals == [160_214, 364_120, 892]
    assert sum(plan.n_person_rows for plan in PLANS.values()) == 1_317_850
    assert sum(plan.n_members for plan in PLANS.values()) == 400_000
    working = {area: sum(sum(classes.values()) for classes in _working(area).values()) for area in PLANS}
    assert sum(working.values()) == 26_509
    assert (working[WENCHANG], working["469021"], working["469027"]) == (514, 333, 282)


def test_ledong_has_136_floating_pocket_or_hidden() -> None:
    group = (PrimaryClass.FLOATING, PrimaryClass.POCKET, PrimaryClass.HIDDEN)
    assert sum(classes.get(klass, 0) for classes in _working("469027").values() for klass in group) == 136


def test_nobody_is_hidden_in_wenchang_but_some_are_elsewhere() -> None:
    n_hidden = {a: sum(n for (_, k), n in plan.quotas.items() if k == PrimaryClass.HIDDEN) for a, plan in PLANS.items()}
    assert n_hidden[WENCHANG] == 0
    assert sum(n_hidden.values()) > 500


@pytest.mark.parametrize("scale", [0.001, 0.02, 0.3])
def test_a_small_county_keeps_every_class(scale: float) -> None:
    plan = county_plan(WENCHANG, scale)
    for key, n in PLANS[WENCHANG].quotas.items():
        assert 1 <= plan.quotas[key] <= max(n, 1)


def test_cases_fill_the_quotas_exactly() -> None:
    for area in (WENCHANG, "469027", "460300"):
        cases = member_cases(PLANS[area], 3)
        counted = cases[cases["klass"] != ""].groupby(["population", "klass"]).size().to_dict()
        assert counted == {key: n for key, n in PLANS[area].quotas.items() if n}
        assert cases.loc[cases["klass"] == "", "case"].value_counts().to_dict() == {
            code: n for code, n in PLANS[area].stale.items() if code != "F03"
        }


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.dictionaries(st.text(min_size=1), st.integers(0, 50), min_size=1))
def test_apportion_sums_exactly_and_stays_within_one(total: int, weights: dict[str, int]) -> None:
    whole = sum(weights.values())
    if whole == 0:
        return
    shares = apportion(total, weights)
    assert sum(shares.values()) == total
    assert all(abs(shares[key] - total * weight / whole) < 1 for key, weight in weights.items())
