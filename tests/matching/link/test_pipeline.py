"""Two tables in, graded pairs out: FEBRL as it ships, Chinese tables, and what every result promises."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from matching.engine_spec import SharedCause
from matching.link.evaluation import evaluate_links
from matching.link.pipeline import LinkResult, link_tables
from tests.matching.link.builders import febrl, shipped, spec, table


@pytest.fixture(scope="module")
def febrl4() -> tuple[LinkResult, pd.DataFrame]:
    (left, right), truth = febrl(4)
    return link_tables(left, right, shipped("febrl4")), truth


@pytest.fixture(scope="module")
def febrl3() -> tuple[LinkResult, pd.DataFrame]:
    (left,), truth = febrl(3)
    return link_tables(left, None, shipped("febrl3")), truth


def test_febrl4(febrl4: tuple[LinkResult, pd.DataFrame]) -> None:
    scores = evaluate_links(*febrl4)
    assert scores.n_true == 5000
    assert scores.f1 >= 0.9998


def test_febrl3(febrl3: tuple[LinkResult, pd.DataFrame]) -> None:
    scores = evaluate_links(*febrl3)
    assert scores.n_true == 6538
    assert scores.f1 >= 0.999


@pytest.mark.parametrize("number", [1, 2])
def test_febrl1_and_2(number: int) -> None:
    (left,), truth = febrl(number)
    assert evaluate_links(link_tables(left, None, shipped(f"febrl{number}")), truth).f1 >= 0.999


def test_bars_sum_to_the_weight_exactly(febrl4: tuple[LinkResult, pd.DataFrame]) -> None:
    pairs = febrl4[0].pairs
    bars = pairs[[column for column in pairs if column.startswith("mw_")]]
    assert (bars.sum(axis=1) == pairs["match_weight"]).all()
    assert bars.filter(like="_tf").abs().to_numpy().max() > 0
    assert np.allclose(pairs["match_probability"], 1 / (1 + 2.0 ** -pairs["match_weight"]))


def test_one_partner_each(febrl4: tuple[LinkResult, pd.DataFrame]) -> None:
    links = febrl4[0].links
    assert not links["id_l"].duplicated().any()
    assert not links["id_r"].duplicated().any()


def test_links_of_one_table_are_the_pairs_of_its_clusters(febrl3: tuple[LinkResult, pd.DataFrame]) -> None:
    result = febrl3[0]
    assert result.clusters is not None
    assert len(result.clusters) == 5000
    sizes = result.clusters["cluster"].value_counts()
    assert len(result.links) == (sizes * (sizes - 1) // 2).sum()
    cluster = result.clusters.set_index("id")["cluster"]
    assert (result.links["id_l"].map(cluster) == result.links["id_r"].map(cluster)).all()


def test_the_order_of_the_rows_is_no_matter() -> None:
    (left,), _ = febrl(1)
    one = link_tables(left, None, shipped("febrl1"))
    other = link_tables(left.sample(frac=1, random_state=3), None, shipped("febrl1"))
    pd.testing.assert_frame_equal(one.pairs, other.pairs)


LEFT = table(
    id=["1", "2", "3", "4", "5"],
    name=["陈伟", "王㛃", "李明", "张三", "符阿奇"],
    phone=["13807650001", "13907650002", None, "13700000000", "13600000009"],
    employer=["文昌市龙楼镇好又多超市", "海南椰风食品有限公司", "文昌椰风食品", None, None],
)
RIGHT = table(
    id=["a", "b", "c", "d", "e"],
    name=["陈偉", "王jie", "李明", "赵六", "符阿其"],
    phone=["138 0765 0001", "13907650002", "13507650003", "13600000000", "13600000009"],
    employer=["好又多超市", "椰风食品有限公司", "海南文昌椰风食品有限公司", None, None],
)


def test_chinese_tables() -> None:
    made = spec(
        columns=[
            {"name": "phone", "steps": ["digits"]},
            {"name": "reading", "from": ["name"], "steps": ["pinyin"]},
        ],
        blocking=[{"columns": ["phone"]}, {"columns": ["reading"]}],
        comparisons=[
            {"kind": "name", "column": "name", "title": "姓名"},
            {"kind": "mobile", "column": "phone", "title": "手机"},
            {"kind": "employer", "column": "employer", "title": "单位"},
        ],
        decision={"one_to_one": True},
    )
    result = link_tables(LEFT, RIGHT, made)
    assert result.links.to_numpy().tolist() == [["1", "a"], ["2", "b"], ["3", "c"], ["5", "e"]]
    keys = dict(zip(result.pairs["id_l"], result.pairs["match_key"], strict=True))
    assert keys["1"].startswith("+姓名(异体)+手机")
    assert keys["2"].startswith("+姓名(音同)+手机")


def test_no_candidate_pair_at_all() -> None:
    result = link_tables(
        table(id=["1"], name=["ann"], born=["1990-01-01"]), table(id=["1"], name=["bob"], born=["1991-01-01"]), spec()
    )
    assert (result.n_pairs, len(result.pairs)) == (0, 0)
    assert {"id_l", "id_r", "match_weight", "grade", "match_key", "gamma_name", "mw_prior"} <= set(result.pairs)


def test_links_above_review_between() -> None:
    left = table(id=["1", "2"], name=["ann", "ann"], born=["1990-01-01", "1970-12-31"])
    right = table(id=["1"], name=["ann"], born=["1990-01-01"])
    always = spec(decision={"link_threshold": 3.0, "review_threshold": -20.0})
    result = link_tables(left, right, always)
    assert result.pairs["grade"].tolist() == ["link", "review"]
    weights = result.pairs["match_weight"].tolist()
    assert weights[0] >= 3.0 > weights[1] >= -20.0
    assert result.link_threshold == 3.0


def test_a_shared_cause_takes_its_part_of_pairs_and_of_groups(febrl3: tuple[LinkResult, pd.DataFrame]) -> None:
    (rows,), _ = febrl(3)
    cause = SharedCause(
        name="family",
        title="一家",
        why="one house",
        shares=("address", "suburb", "postcode"),
        share=0.001,
        strength=200,
    )
    found = link_tables(rows, None, shipped("febrl3").model_copy(update={"shared_causes": (cause,)})).pairs
    bars = found[[name for name in found if name.startswith("mw_")]]
    assert "mw_dependence" not in febrl3[0].pairs
    assert (bars.sum(axis=1) == found["match_weight"]).all()
    assert (found["mw_dependence"] <= 0).all()
    assert (found["mw_dependence"] < -1).any()
    assert (found["blocking_rule"] == "group").any()
