"""The generator of `bench scale`: nobody real, one truth, the slips that it promises, the same bytes for one seed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from bench.scale_files import make_province
from bench.scale_people import COUNTY_CODES
from bench.scale_rules import EMPLOYED, FACTS, MEMBERS, RULES, TRUTH
from data.values.identifiers import check_digit_18
from matching.comparisons.name import NameComparison, NameLevel

Sides = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def read(folder: Path) -> Sides:
    return (
        pd.read_parquet(folder / EMPLOYED),
        pd.read_parquet(folder / MEMBERS),
        pd.read_csv(folder / TRUTH),
    )


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Sides:
    folder = tmp_path_factory.mktemp("province")
    make_province(folder, 30_000, 10_000, seed=5)
    return read(folder)


def test_every_identity_number_is_one_that_nobody_has(province: Sides) -> None:
    for side in province[:2]:
        numbers = side["id_no"].dropna()
        assert len(numbers) > 5_000
        assert set(numbers.str[:6]) <= {str(code) for code in COUNTY_CODES}
        assert numbers.str.startswith("4699").all()
        plain = side["id_key"].dropna()
        is_valid = plain.map(lambda number: check_digit_18(number[:17]) == number[17])
        # A slip breaks the check digit, and only a slip does.
        assert 0.95 < is_valid.mean() < 1


def test_true_numbers_are_each_one_persons(province: Sides) -> None:
    employed = province[0]["id_key"].dropna()
    is_valid = employed.map(lambda number: check_digit_18(number[:17]) == number[17])
    # Ten slips in a million make another valid number.
    assert employed[is_valid].duplicated().sum() <= 2


def test_true_links_are_unique_and_of_one_person(province: Sides) -> None:
    left, right, truth = province
    assert len(truth) == round(10_000 * 26_509 / 400_000)
    assert truth["id_l"].is_unique
    assert truth["id_r"].is_unique
    one, other = (side.iloc[truth[key] - 1].reset_index(drop=True) for side, key in ((left, "id_l"), (right, "id_r")))
    assert (one["sex"] == other["sex"]).all()
    both = one["id_key"].notna() & other["id_key"].notna()
    assert 0.9 < (one["id_key"] == other["id_key"])[both].mean() < 1
    assert 0.9 < (one["name"] == other["name"]).mean() < 1


def test_names_go_wrong_as_names_do(province: Sides) -> None:
    left, right, truth = province
    pairs = pd.DataFrame(
        {"l": left["name"].iloc[truth["id_l"] - 1].to_numpy(), "r": right["name"].iloc[truth["id_r"] - 1].to_numpy()}
    )
    wrong = pairs[pairs["l"] != pairs["r"]]
    comparison = NameComparison("name", "name")
    levels = comparison._compute_vectorized(wrong["l"].reset_index(drop=True), wrong["r"].reset_index(drop=True))
    assert {NameLevel.SAME_READING, NameLevel.LOOK_ALIKE, NameLevel.ONE_MISSING} <= {NameLevel(int(v)) for v in levels}


def test_every_kind_of_number_and_date_is_there(province: Sides) -> None:
    left, right, _ = province
    written = right["id_no"].dropna()
    assert {15, 18} == set(written.str.len())
    assert written.str.contains("*", regex=False).any()
    assert {7, 10} == set(right["birth"].dropna().str.len())
    assert right["birth_day"].dropna().str.len().eq(10).all()
    assert left["phone"].dropna().value_counts().max() >= 20, "an agent's phone"
    assert left["phone"].dropna().str.fullmatch("1(42|43|54)[0-9]{8}").mean() > 0.98
    short = ~left["employer"].str[:3].isin(set(left["county"].str[:3]))
    assert 0.25 < short.mean() < 0.45, "the region left out"


def test_surnames_are_as_concentrated_as_on_the_island(province: Sides) -> None:
    shares = province[0]["surname"].value_counts(normalize=True)
    assert shares.index[0] == "陈"
    assert 0.08 < shares.iloc[0] < 0.15
    assert shares.head(10).sum() > 0.4


def test_one_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        (tmp_path / name).mkdir()
        make_province(tmp_path / name, 2_000, 1_000, seed)
    for file in (EMPLOYED, MEMBERS, TRUTH, FACTS):
        first, again, other = ((tmp_path / name / file).read_bytes() for name in "abc")
        assert first == again
        assert first != other


def test_rules_read_columns_that_the_files_have(province: Sides) -> None:
    columns = {column for rules in RULES.values() for rule in rules for column in rule}
    assert columns <= set(province[0]) & set(province[1])
