from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import recordlinkage
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import TooManyPairs
from matching.blocking import ExactBlock, candidate_pairs
from matching.engine_spec import BlockingRule
from matching.normalise import normalise
from matching.spec import MatchSpec, load_spec
from tests.matching.builders import County, frame, record

RULES = (
    BlockingRule(name="by_name", columns=("name_key",), why="test"),
    BlockingRule(name="by_township_sex", columns=("township_key", "sex_best"), why="test"),
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["陈伟", "王强", None]),
        st.sampled_from(["男", "女", None]),
        st.sampled_from(["龙楼镇", None]),
        st.sampled_from(["member_roster", "claims", "enterprise_persons"]),
    ),
    max_size=10,
)


def spec_with(**changes: object) -> MatchSpec:
    return load_spec().model_copy(update={"blocking": RULES, **changes})


def ids_of(normalised: pd.DataFrame, spec: MatchSpec) -> list[tuple[str, str]]:
    found = candidate_pairs(normalised, spec)
    ids = normalised["unique_id"].to_numpy()
    return list(zip(ids[found.left], ids[found.right], strict=True))


def brute_force(normalised: pd.DataFrame) -> set[tuple[str, str]]:
    rows = normalised.sort_values("unique_id").to_dict("records")
    pairs = set()
    for i, a in enumerate(rows):
        for b in rows[i + 1 :]:
            keys = [[(r[c]) for c in rule.columns] for rule in RULES for r in (a, b)]
            meets = any(x == y and None not in x for x, y in zip(keys[::2], keys[1::2], strict=True))
            if meets and not a["kind"] == b["kind"] == "enterprise_persons":
                pairs.add((a["unique_id"], b["unique_id"]))
    return pairs


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_pairs_equal_brute_force_each_once_in_any_order(rows: list[tuple[str | None, ...]], random: object) -> None:
    records = [
        record(f"{i:02d}", name=name, sex=sex, township=township, kind=kind)
        for i, (name, sex, township, kind) in enumerate(rows)
    ]
    expected = brute_force(normalise(frame(*records)))
    random.shuffle(records)  # type: ignore[attr-defined]
    found = ids_of(normalise(frame(*records)), spec_with())
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_every_rule_counts_the_pairs_it_made_first() -> None:
    records = frame(
        record("a", name="陈伟", sex="男", township="龙楼镇"),
        record("b", name="陈伟", sex="男", township="龙楼镇"),
        record("c", name="王强", sex="男", township="龙楼镇", kind="enterprise_persons"),
    )
    found = candidate_pairs(normalise(records), spec_with())
    assert found.n_pairs_by_rule == {"by_name": 1, "by_township_sex": 2}
    assert found.rule.tolist() == [0, 1, 1]


def test_over_the_budget_is_an_error_that_names_the_rule() -> None:
    records = frame(*(record(f"{i}", name="陈伟") for i in range(5)))
    with pytest.raises(TooManyPairs, match="by_name") as caught:
        candidate_pairs(normalise(records), spec_with(pair_budget=9))
    assert caught.value.n_pairs == 10
    assert candidate_pairs(normalise(records), spec_with(pair_budget=10)).n_pairs_by_rule["by_name"] == 10


def test_an_oversized_block_is_left_out_and_reported() -> None:
    crowd = [record(f"c{i}", name="陈小妹", kind="enterprise_persons") for i in range(6)]
    records = frame(record("m1", name="陈小妹"), record("m2", name="王强"), record("n2", name="王强"), *crowd)
    found = candidate_pairs(normalise(records), spec_with(max_block_pairs=5))
    assert found.n_capped_by_rule == {"by_name": 6, "by_township_sex": 0}
    assert found.n_pairs_by_rule == {"by_name": 1, "by_township_sex": 0}


def test_no_records_no_pairs() -> None:
    assert len(candidate_pairs(normalise(frame()), spec_with()).left) == 0


def test_usable_with_the_toolkit() -> None:
    normalised = normalise(County(4, 30, 60).build()[0]).set_index("unique_id")
    index = recordlinkage.Index([ExactBlock("name_key"), ExactBlock(["birth_day", "surname"])])
    pairs = index.index(normalised)
    a, b = normalised.loc[pairs.get_level_values(0)], normalised.loc[pairs.get_level_values(1)]
    same_name = a["name_key"].to_numpy() == b["name_key"].to_numpy()
    same_birth = (a["birth_day"].to_numpy() == b["birth_day"].to_numpy()) & (
        a["surname"].to_numpy() == b["surname"].to_numpy()
    )
    assert len(pairs) > 0
    assert (same_name | same_birth).all()
    members, others = (normalised[normalised["kind"].eq("member_roster") == side] for side in (True, False))
    linked = ExactBlock("name_key").index(members, others)
    expected = members.reset_index().merge(others.reset_index(), on="name_key")
    assert len(linked) == len(expected)
    assert np.isin(linked.get_level_values(0), members.index).all()


NEAR = BlockingRule(name="near", columns=("township_key", "name_parts"), any_of="name_parts", why="test")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("陈伟明", "龙楼镇"), ("陈伟明", "龙楼镇"), True),
        (("陈伟明", "龙楼镇"), ("陈明", "龙楼镇"), True),
        (("陈伟明", "龙楼镇"), ("陈伟大明", "龙楼镇"), True),
        (("陈伟明", "龙楼镇"), ("陈炜明", "龙楼镇"), True),
        (("陈伟明", "龙楼镇"), ("陈明", "会文镇"), False),
        (("陈伟明", "龙楼镇"), ("陈志强", "龙楼镇"), False),
        # Two characters: the surname alone is no key.
        (("陈明", "龙楼镇"), ("陈强", "龙楼镇"), False),
        (("陈明", None), ("陈明", None), False),
        ((None, "龙楼镇"), (None, "龙楼镇"), False),
    ],
)
def test_one_common_key_is_enough(left: tuple[str | None, str], right: tuple[str | None, str], expected: bool) -> None:
    rows = [record(f"x{i}", name=name, township=town) for i, (name, town) in enumerate((left, right))]
    # A third record with more keys than both, who meets nobody.
    rows.append(record("x2", name="欧阳小海", township="铺前镇"))
    found = ids_of(normalise(frame(*rows)), spec_with(blocking=(NEAR,)))
    assert found == ([("x0", "x1")] if expected else [])


def test_several_common_keys_make_one_pair_and_later_rules_do_not_repeat_it() -> None:
    rows = [record(f"x{i}", name="陈小小", township="龙楼镇", sex="男") for i in range(3)]
    spec = spec_with(blocking=(NEAR, *RULES))
    found = candidate_pairs(normalise(frame(*rows)), spec)
    assert len(found.left) == 3
    assert found.n_pairs_by_rule == {"near": 3, "by_name": 0, "by_township_sex": 0}


@pytest.mark.parametrize(
    "short", ["鑫海源超市", "文昌市龙楼鑫海源超市", "文昌龙楼鑫海源超市经理", "龙楼鑫海源", "文昌市龙楼镇鑫海源超市"]
)
def test_short_forms_of_an_employer_meet(short: str) -> None:
    rows = [record("x0", name="陈伟", employer="文昌龙楼鑫海源超市"), record("x1", name="陈强", employer=short)]
    rule = next(rule for rule in load_spec().blocking if rule.name == "employer_surname")
    assert ids_of(normalise(frame(*rows)), spec_with(blocking=(rule,))) == [("x0", "x1")]
