"""A row that was edited is known again; two rows that could be either are not guessed at."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.contracts.record_keys import JUDGED_FIELDS, KEYS, NO_KEY, field_hashes, record_key, record_keys, successors
from data.model import IdStatus
from tests.matching.builders import frame, id_number, record

KEY = b"longlou-tests-record-key-32bytes"
ID, OTHER_ID = id_number("1900-01-01", 1), id_number("1903-05-07", 24)
WHO = {"name": "符阿奇", "birth": "1900-01-01", "mobile": "13700000001", "branch": "龙楼镇第一支部", "id_no": ID}


def keys_of(*rows: dict[str, object]) -> pd.DataFrame:
    records = frame(*rows)
    return record_keys(records, np.ones(len(records), dtype=bool), KEY)


def kinds(keys: str) -> list[str]:
    """Names of the kinds of key that a row has."""
    return [rule.name for rule, found in zip(KEYS, keys.split(" "), strict=True) if found != NO_KEY]


def edited(before: dict[str, object], after: dict[str, object]) -> bool:
    """Is the row known again after the edit? A namesake stands by on both nights."""
    namesake = record("n", name=WHO["name"], birth="1905-05-05", branch="文城镇支部")
    was, now = keys_of(record("a", **before), namesake), keys_of(record("b", **after), namesake)
    found = successors(was[was["unique_id"] == "a"], now[now["unique_id"] == "b"])
    return found.to_numpy().tolist() == [["a", "b"]]


def test_kinds_in_order() -> None:
    keys = keys_of(record("a", **WHO))["keys"].item()
    assert kinds(keys) == ["id", "name_birth", "name_mobile", "birth_mobile", "name_post"]
    assert record_key(keys) == keys.split(" ")[0]
    assert record_key(keys_of(record("a"))["keys"].item()) is None


def test_no_value_and_nothing_without_the_key() -> None:
    keys = keys_of(record("a", **WHO))["keys"].item()
    assert not any(str(value) in keys for value in WHO.values())
    other = record_keys(frame(record("a", **WHO)), np.array([True]), b"another-key")["keys"].item()
    assert not set(keys.split()) & set(other.split())


@pytest.mark.parametrize(
    ("changes", "is_known"),
    [
        ({"mobile": "13900000009"}, True),
        ({"name": "符阿琦"}, True),
        ({"name": "符阿琦", "birth": "1901-01-01", "mobile": None, "branch": None}, True),  # the number stays
        ({"id_no": OTHER_ID}, True),  # a number corrected: name and birth stay
        ({"id_no": OTHER_ID, "birth": "1903-05-07"}, False),  # another number and birth: somebody else may have come
        ({"id_no": None, "birth": "1903-05-07"}, True),  # name and phone stay, no number speaks against it
        ({"id_no": None, "name": "符阿琦"}, True),  # birth and phone stay
        ({"id_no": None, "birth": None, "mobile": None}, True),  # name and branch stay
        ({"id_no": None, "birth": "1903-05-07", "mobile": None}, False),  # a namesake in the branch, born another day
        ({"id_no": None, "name": "王美丽", "mobile": "13900000009"}, False),
    ],
)
def test_what_survives_which_edit(changes: dict[str, object], is_known: bool) -> None:
    assert edited(WHO, {**WHO, **changes}) is is_known


def test_a_number_that_fails_its_check_is_no_key() -> None:
    keys = keys_of(record("a", id_no=ID, id_status=IdStatus.CHECKSUM))["keys"].item()
    assert kinds(keys) == []


def test_fifteen_and_eighteen_digits_are_one_number() -> None:
    old = ID[:6] + ID[8:17]
    assert keys_of(record("a", id_no=old))["keys"].item() == keys_of(record("b", id_no=ID))["keys"].item()


def test_a_number_in_both_forms_is_no_key_of_either_row() -> None:
    old, other = ID[:6] + ID[8:17], id_number("1904-05-06", 7)
    keys = keys_of(record("a", id_no=old), record("b", id_no=ID), record("c", id_no=other), record("d", id_no=old))
    assert ["id" in kinds(row) for row in keys["keys"]] == [False, False, True, False]


def test_a_key_is_one_only_where_no_other_row_of_the_source_has_it() -> None:
    twice = keys_of(record("a", **WHO), record("b", **{**WHO, "branch": "文城镇支部"}))["keys"]
    assert [kinds(keys) for keys in twice] == [["name_post"]] * 2
    elsewhere = keys_of(record("a", **WHO), record("b", **WHO, source="roster2"))["keys"]
    assert len(kinds(elsewhere[0])) == len(kinds(elsewhere[1])) == len(KEYS)
    assert not set(elsewhere[0].split()) & set(elsewhere[1].split())


def test_keys_of_some_rows_count_all_rows() -> None:
    records = frame(record("a", **WHO), record("b", **WHO))
    assert record_keys(records, np.array([True, False]), KEY)["keys"].tolist() == ["- - - - -"]


def test_two_that_could_be_either_have_no_successor() -> None:
    was = keys_of(record("a", name="王伟", mobile="13700000001"))
    now = pd.DataFrame({"unique_id": ["x", "y"], "keys": [was["keys"].item()] * 2}, dtype=object)
    assert successors(was, now).empty
    assert successors(now, was).empty
    nothing = pd.DataFrame({"unique_id": ["x"], "keys": [""]}, dtype=object)
    assert successors(nothing, nothing).empty


def test_field_hashes_see_a_change_and_nothing_else() -> None:
    rows = frame(record("a", **WHO), record("b", **{**WHO, "mobile": "13900000009"}))
    salt = pd.Series(["a", "a"])
    hashes = field_hashes(rows, salt, KEY)
    assert list(hashes.columns) == list(JUDGED_FIELDS)
    assert [name for name in hashes if hashes[name][0] != hashes[name][1]] == ["mobile"]
    assert hashes["home"].isna().all()
    # Equal values of two records are not seen to be equal.
    apart = field_hashes(rows, rows["unique_id"], KEY)
    assert apart["name"][0] != apart["name"][1]
