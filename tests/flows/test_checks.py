"""Each check holds what it is there for, leaves small numbers alone, and has nothing to say of a first night."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.contracts.frames import empty_frame
from data.contracts.tables import BALANCE, BALANCE_NUMBERS
from data.errors import ConfigError
from flows.checks import check_night, load_limits, night_counts
from flows.intake import Taken
from reports.outputs import OutputTables

NIGHT = {
    "accepted/roster": 1_000,
    "rejected/roster": 10,
    "class/normal": 600,
    "class/lost": 400,
    "members": 1_000,
    "persons": 1_200,
    "links": 2_000,
    "largest_person": 9,
    "large_persons": 0,
    "queue": 300,
    "balance/expected": 1_000,
    "balance/unexplained": 5,
    "balance/unequal": 0,
}
CASES = {
    "a source lost a fifth": ({"accepted/roster": 799}, ["input_lost"]),
    "a source is gone": ({"accepted/roster": 0, "rejected/roster": 0}, ["input_lost"]),
    "a source lost a little": ({"accepted/roster": 801}, []),
    "a file was handed in twice": ({"accepted/roster": 2_001}, ["input_grown"]),
    "more rows refused": ({"accepted/roster": 940, "rejected/roster": 70}, ["rejected_share"]),
    "fewer rows refused": ({"rejected/roster": 0}, []),
    "a class drifts": ({"class/normal": 480, "class/lost": 520}, ["class_drift", "class_drift"]),
    "a class moves a little": ({"class/normal": 550, "class/lost": 450}, []),
    "members go": ({"members": 899, "class/normal": 540, "class/lost": 359}, ["members"]),
    "members come": ({"members": 1_101, "class/normal": 660, "class/lost": 441}, ["members"]),
    "links go": ({"links": 1_599}, ["links"]),
    "persons swallow one another": ({"large_persons": 12}, ["cluster_size"]),
    "a few large persons": ({"large_persons": 9}, []),
    "the balance does not add up": ({"balance/unequal": 1}, ["balance_identity"]),
    "differences nobody explains": ({"balance/unexplained": 26}, ["balance"]),
    "fewer differences": ({"balance/unexplained": 0}, []),
    "the queue doubles": ({"queue": 601}, ["queue_growth"]),
    "the queue shrinks": ({"queue": 0}, []),
    "a new source": ({"accepted/claims": 5_000}, []),
}


@pytest.mark.parametrize("case", CASES)
def test_what_holds_a_night(case: str) -> None:
    changed, wanted = CASES[case]
    found = check_night({**NIGHT, **changed}, NIGHT, load_limits())
    assert [breach.check for breach in found] == wanted
    assert all(breach.why and breach.message and breach.was != breach.now for breach in found)


def test_small_numbers_alarm_nobody() -> None:
    small = {name: n // 100 for name, n in NIGHT.items()}
    gone = dict.fromkeys(small, 0)
    assert check_night(gone, small, load_limits()) == []


def test_the_first_night_is_only_checked_by_itself() -> None:
    limits = load_limits()
    assert check_night(NIGHT, None, limits) == []
    found = check_night({**NIGHT, "large_persons": 12, "balance/unequal": 2}, None, limits)
    assert [breach.check for breach in found] == ["balance_identity", "cluster_size"]


def _frame(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype=object)


def _balance(**changed: int) -> pd.DataFrame:
    numbers = {**dict.fromkeys(BALANCE_NUMBERS, 0), "opening": 9, "expected": 9, "listed": 10, "difference": 1}
    numbers |= {"unexplained": 1, **changed}
    places = dict.fromkeys(("area", "township", "branch"), "")
    line = {"level": "total", **places, "is_opening_stated": True, **numbers}
    return pd.DataFrame([line])[list(BALANCE.columns)]


@pytest.mark.parametrize(
    ("changed", "n_unequal"),
    [({}, 0), ({"listed": 11}, 1), ({"unexplained": 0}, 1), ({"unexplained": 0, "listed_double": 1}, 0)],
)
def test_the_identity_of_the_balance_is_checked(changed: dict[str, int], n_unequal: int) -> None:
    outputs = OutputTables(
        links=_frame(unique_id=["a", "b", "c"], person_id=["P1", "P1", "P2"]),
        pairs=empty_frame(["grade"]),
        classifications=_frame(person_id=["P1"], primary_class=["lost"]),
        findings=empty_frame(["finding_id"]),
        rejected_rows=empty_frame(["source"]),
        review_queue=_frame(kind=["match"]),
        record_keys=empty_frame(["unique_id"]),
        balance=_balance(**changed),
    )
    limits = load_limits()
    limits = limits.model_copy(update={"cluster_size": limits.cluster_size.model_copy(update={"most": 1})})
    assert night_counts(Taken("469005", {}, {}, {}), outputs, limits) == {
        "balance/expected": 9,
        "balance/unequal": n_unequal,
        "balance/unexplained": abs(int(outputs.balance["unexplained"].iloc[0])),
        "class/lost": 1,
        "large_persons": 1,
        "largest_person": 2,
        "links": 3,
        "members": 1,
        "persons": 2,
        "queue": 1,
        "queue/match": 1,
    }


@pytest.mark.parametrize(
    ("was", "becomes", "named"),
    [
        ("share = 0.20\nat_least = 20", "share = -1\nat_least = 20", "input_lost"),
        ("[members]", "[member]", "member"),
        ("[links]", "[links]\nshar = 1", "shar"),
        ("[links]", "[links", "own.toml"),
    ],
)
def test_limits_of_an_installation_are_validated(tmp_path: Path, was: str, becomes: str, named: str) -> None:
    shipped = Path(load_limits.__wrapped__.__code__.co_filename).with_name("checks.toml").read_text(encoding="utf-8")
    path = tmp_path / "own.toml"
    path.write_text(shipped, encoding="utf-8")
    assert load_limits(path) == load_limits()
    load_limits.cache_clear()
    path.write_text(shipped.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(ConfigError, match=named):
        load_limits(path)
