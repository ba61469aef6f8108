from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from data.contracts.tables import GRADED_PAIRS, LINKS
from matching.coding import coded
from matching.pipeline import MatchResult, match_persons
from tests.matching.builders import (
    ONE_ROW,
    SHOP,
    SPEC,
    County,
    are_linked,
    frame,
    grade_of,
    id_number,
    judge,
    match,
    no_judgements,
    no_persons,
    record,
)

A, B = id_number("1900-01-01", 1), id_number("1903-05-07", 24)


@pytest.fixture(scope="module")
def county() -> tuple[pd.DataFrame, pd.Series, MatchResult]:
    records, truth = County(8, 400, 2000).build()
    return records, truth, match_persons(records, SPEC, no_judgements(), no_persons(), ONE_ROW)


def true_pairs(labels: pd.Series, records: pd.DataFrame) -> set[tuple[str, str]]:
    side = records.set_index("unique_id")["kind"] != "enterprise_persons"
    groups = labels.groupby(labels).groups.values()
    pairs = ((a, b) for group in groups for a in group for b in group if a < b)
    return {(a, b) for a, b in pairs if side[a] or side[b]}


def n_candidates(result: MatchResult) -> int:
    ids = result.blocks.unique_ids
    left, right = np.triu_indices(len(ids), 1)
    return int(result.blocks.made(ids[left], ids[right]).sum())


def test_finds_nearly_all_and_nothing_else(county: tuple[pd.DataFrame, pd.Series, MatchResult]) -> None:
    records, truth, result = county
    expected = true_pairs(truth, records)
    found = true_pairs(result.links.set_index("unique_id")["person_id"], records)
    assert len(expected) > 100
    assert len(found & expected) / len(found) >= 0.99
    assert len(found & expected) / len(expected) >= 0.95
    left, right = zip(*sorted(expected), strict=True)
    assert result.blocks.made(left, right).mean() >= 0.99


def test_tables_keep_their_contracts(county: tuple[pd.DataFrame, pd.Series, MatchResult]) -> None:
    records, _, result = county
    GRADED_PAIRS.validate(result.pairs)
    LINKS.validate(result.links)
    members = records.loc[records["kind"] == "member_roster", "unique_id"]
    assert set(members) <= set(result.links["unique_id"])
    assert (result.pairs["unique_id_l"] < result.pairs["unique_id_r"]).all()
    assert n_candidates(result) == sum(result.n_pairs_by_rule.values())
    assert json.loads(json.dumps(result.model))["digest"] == SPEC.digest
    assert set(result.n_unmatched) == {"roster", "roster2", "shops"}


def test_bars_sum_to_the_weight_exactly(county: tuple[pd.DataFrame, pd.Series, MatchResult]) -> None:
    pairs = county[2].pairs
    bars = [column for column in pairs.columns if column.startswith("mw_")]
    assert "mw_prior" in bars
    assert "mw_name_tf" in bars
    assert (pairs[bars].sum(axis=1) == pairs["match_weight"]).all()
    assert (pairs[bars[::-1]].sum(axis=1) == pairs["match_weight"]).all()


def test_neither_order_of_rows_nor_how_texts_are_held_changes_anything(
    county: tuple[pd.DataFrame, pd.Series, MatchResult],
) -> None:
    records, _, result = county
    shuffled = records.sample(frac=1, random_state=5).reset_index(drop=True)
    for name in shuffled.columns.difference(["unique_id", "source_row"]):
        shuffled[name] = coded(shuffled[name])
    again = match_persons(shuffled, SPEC, no_judgements(), no_persons(), ONE_ROW)
    pd.testing.assert_frame_equal(again.pairs, result.pairs, check_exact=True)
    pd.testing.assert_frame_equal(again.links, result.links)
    pd.testing.assert_frame_equal(again.conflicts, result.conflicts)
    assert again.model == result.model
    assert again.blocks.columns().keys() == result.blocks.columns().keys()
    for name, numbers in again.blocks.columns().items():
        assert numbers.tolist() == result.blocks.columns()[name].tolist()


def test_person_ids_live_on(county: tuple[pd.DataFrame, pd.Series, MatchResult]) -> None:
    records, _, result = county
    known = result.links.assign(minted_seq=1)
    known["person_id"] = "Q" + known["person_id"]
    again = match_persons(records, SPEC, no_judgements(), known, ONE_ROW)
    assert (again.links["person_id"] == "Q" + result.links["person_id"]).all()


def test_one_number_under_two_names_is_at_most_possible() -> None:
    result = match(record("x1", name="陈伟", id_no=A, mobile="13700000001"), record("x2", name="王强", id_no=A, **SHOP))
    assert grade_of(result, "x1", "x2") == "possible"
    assert not are_linked(result, "x1", "x2")


def test_one_name_under_two_valid_numbers_is_for_an_analyst() -> None:
    shared = {"name": "符阿奇", "mobile": "13700000001", "township": "龙楼镇", "employer": "文昌阿奇小吃店"}
    result = match(record("x1", id_no=A, **shared), record("x2", id_no=B, **shared, **SHOP))
    assert grade_of(result, "x1", "x2") == "possible"
    assert not are_linked(result, "x1", "x2")
    namesakes = match(record("x1", name="陈小妹", id_no=A), record("x2", name="陈小妹", id_no=B, **SHOP))
    assert grade_of(namesakes, "x1", "x2") == "certainly_not"
    judged = match(
        record("x1", id_no=A, **shared),
        record("x2", id_no=B, **shared, **SHOP),
        judgements=judge(("x2", "x1", "positive")),
    )
    assert are_linked(judged, "x1", "x2")


def test_a_rare_name_alone_is_never_certain() -> None:
    result = match(
        record("x1", name="符阿奇", township="龙楼镇"), record("x2", name="符阿奇", township="龙楼镇", **SHOP)
    )
    assert not are_linked(result, "x1", "x2")


def test_a_family_in_one_business_stays_apart() -> None:
    shared = {"mobile": "13700000001", "home": "龙楼镇好圣村12号", "township": "龙楼镇", "employer": "文昌阿陈小吃店"}
    result = match(
        record("x1", name="陈伟明", sex="男", **shared),
        record("x2", name="陈伟强", sex="男", **shared, **SHOP),
        record("x3", name="陈美玉", sex="女", **shared, **SHOP),
    )
    assert not are_linked(result, "x1", "x2")
    assert not are_linked(result, "x1", "x3")


def test_twins_stay_apart_even_where_a_spreadsheet_cut_their_numbers() -> None:
    twin = id_number("1900-01-01", 3)
    shared = {"mobile": "13700000001", "township": "龙楼镇", "sex": "男", "birth": "1900-01-01"}
    cut = {"id_no": A[:15] + "***", "id_status": "precision_loss"}
    result = match(
        record("x1", name="陈伟明", id_no=A, **shared),
        record("x2", name="陈伟强", id_no=twin, **shared, **SHOP),
        record("x3", name="陈伟强", **cut, **shared, source="shops", kind="enterprise_persons"),
    )
    assert not are_linked(result, "x1", "x2")
    assert not are_linked(result, "x1", "x3")


def test_an_agents_mobile_weighs_nothing() -> None:
    agent = "13700000009"
    clients = [record(f"y{i}", name=name, mobile=agent, **SHOP) for i, name in enumerate(("吴一", "李二芳", "林三"))]
    result = match(
        record("x1", name="符阿奇", mobile=agent), record("x2", name="符阿奇", mobile=agent, **SHOP), *clients
    )
    assert not are_linked(result, "x1", "x2")
    alone = match(record("x1", name="符阿奇", mobile=agent), record("x2", name="符阿奇", mobile=agent, **SHOP))
    assert are_linked(alone, "x1", "x2")


def test_a_masked_or_missing_number_is_judged_by_the_rest() -> None:
    rest = {"name": "符阿奇", "birth": "1900-01-01", "township": "龙楼镇", "sex": "男"}
    masked = {"id_no": A[:6] + "********" + A[14:], "id_status": "masked"}
    result = match(record("x1", **rest, id_no=A), record("x2", **rest, **SHOP), record("x3", **rest, **masked, **SHOP))
    assert are_linked(result, "x1", "x2", "x3")


def test_judgements_win_and_are_kept_apart_even_by_a_path() -> None:
    rest = {"name": "符阿奇", "mobile": "13700000001", "birth": "1900-01-01", "township": "龙楼镇"}
    rows = [record("x1", **rest), record("x2", **rest, **SHOP), record("x3", **rest, source="roster2")]
    assert are_linked(match(*rows), "x1", "x2", "x3")
    split = match(*rows, judgements=judge(("x1", "x2", "negative")))
    assert not are_linked(split, "x1", "x2")
    assert grade_of(split, "x1", "x2") == "certainly_not"
    assert len(split.conflicts) >= 1
    assert {"x3"} <= {*split.conflicts["unique_id_l"], *split.conflicts["unique_id_r"]}


def test_a_judged_pair_that_no_rule_made_is_linked() -> None:
    rows = [record("x1", name="符阿奇"), record("x2", name="王美丽", **SHOP)]
    result = match(*rows, judgements=judge(("x1", "x2", "positive")))
    pair = result.pairs[result.pairs["unique_id_l"] == "x1"].iloc[0]
    assert (pair["blocking_rule"], pair["grade"], pair["decided_by"]) == ("judgement", "certain", "analyst")
    assert are_linked(result, "x1", "x2")
    assert n_candidates(result) == sum(result.n_pairs_by_rule.values())


def test_one_record_between_two_namesakes_of_a_roster_goes_to_nobody() -> None:
    rest = {"name": "陈小妹", "birth": "1900-01-01", "township": "龙楼镇"}
    result = match(record("x1", **rest, id_no=None), record("x2", **rest, source_row=3), record("x3", **rest, **SHOP))
    assert not are_linked(result, "x1", "x3")
    assert not are_linked(result, "x2", "x3")
    assert grade_of(result, "x1", "x3") == "possible"
    assert set(result.conflicts["reason"]) == {"tie"}


def test_the_same_person_on_two_rosters_or_twice_on_one_is_one_person() -> None:
    rest = {"name": "符阿奇", "id_no": A}
    result = match(record("x1", **rest), record("x2", **rest, source="roster2"), record("x3", **rest, source_row=9))
    assert are_linked(result, "x1", "x2", "x3")


@pytest.mark.parametrize("rows", [[], [record("x1", name="陈伟")], [record("x1", name="陈伟", **SHOP)]])
def test_almost_nothing_to_match(rows: list[dict[str, object]]) -> None:
    result = match_persons(frame(*rows), SPEC, no_judgements(), no_persons(), ONE_ROW)
    GRADED_PAIRS.validate(result.pairs)
    assert result.pairs.empty
    assert result.links["unique_id"].tolist() == [row["unique_id"] for row in rows if row["kind"] == "member_roster"]


def test_a_short_list_of_claims_is_matched_with_sane_weights() -> None:
    records, truth = County(21, 300, 0).build()
    result = match_persons(records, SPEC, no_judgements(), no_persons(), ONE_ROW)
    found = true_pairs(result.links.set_index("unique_id")["person_id"], records)
    expected = true_pairs(truth, records)
    assert found <= expected
    assert len(found) >= 0.9 * len(expected)


SHOP_OF = {"employer": "文昌龙楼阿奇小吃店", "township": "龙楼镇"}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        # The staff list has no number and another telephone; the roster shortens the shop's name.
        ({"name": "符阿奇", "sex": "男"} | SHOP_OF, {"name": "符阿奇", "sex": "男"} | SHOP_OF),
        (
            {"name": "吳阿奇", "sex": "男"} | SHOP_OF,
            {"name": "吴阿奇", "sex": "男"} | SHOP_OF | {"employer": "阿奇小吃店"},
        ),
        ({"name": "王阿jie", "mobile": "13700000001"}, {"name": "王阿㛃", "mobile": "13700000001"}),
        (
            {"name": "符阿奇", "sex": "男", "home": "文昌市龙楼镇好圣村12号", "township": "龙楼镇"},
            {"name": "符阿奇", "sex": "男", "home": "好圣村委会12", "township": "龙楼镇"},
        ),
        # A character lost, no number: they meet in the township.
        (
            {"name": "符永阿奇", "birth": "1900-01-01", "sex": "男"} | SHOP_OF,
            {"name": "符阿奇", "birth": "1900-01", "sex": "男"} | SHOP_OF,
        ),
    ],
)
def test_staff_without_a_number_are_found(left: dict[str, str], right: dict[str, str]) -> None:
    assert are_linked(match(record("x1", **left, id_no=A), record("x2", **right, **SHOP)), "x1", "x2")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        # A neighbour of the same name; father and son; a couple on one licence; a namesake in the next shop.
        (
            {"name": "陈小妹", "sex": "女", "home": "龙楼镇好圣村51号", "township": "龙楼镇"},
            {"name": "陈小妹", "sex": "女", "home": "龙楼镇好圣村57号", "township": "龙楼镇"},
        ),
        (
            {"name": "陈明", "sex": "男", "home": "龙楼镇好圣村51号"} | SHOP_OF,
            {"name": "陈伟明", "sex": "男", "home": "龙楼镇好圣村51号"} | SHOP_OF,
        ),
        (
            {"name": "陈伟", "sex": "男", "mobile": "13700000001"} | SHOP_OF,
            {"name": "符小妹", "sex": "女", "mobile": "13700000001"} | SHOP_OF,
        ),
        (
            {"name": "陈小妹", "sex": "女"} | SHOP_OF,
            {"name": "陈小妹", "sex": "女"} | SHOP_OF | {"employer": "文昌龙楼阿强小吃店"},
        ),
    ],
)
def test_relatives_and_neighbours_are_not_taken_for_one_another(left: dict[str, str], right: dict[str, str]) -> None:
    assert not are_linked(match(record("x1", **left, id_no=A), record("x2", **right, **SHOP)), "x1", "x2")
