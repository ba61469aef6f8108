from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from data.words import set_language
from matching.explain_refusal import WhyNot, why_not
from matching.pipeline import MatchResult
from tests.matching.builders import SHOP, SPEC, are_linked, frame, id_number, judge, match, record

A, B = id_number("1900-01-01", 1), id_number("1903-05-07", 24)
MINE = {"name": "符阿奇", "mobile": "13700000001", "birth": "1900-01-01", "township": "龙楼镇"}


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    yield
    set_language("zh")


def refusal(result: MatchResult, left: str = "x1", right: str = "x2", **more: pd.DataFrame) -> WhyNot:
    assert not are_linked(result, left, right)
    return why_not(result, left, right, SPEC, **more)


def codes(found: WhyNot) -> list[str]:
    return [obstacle.code for obstacle in found.obstacles]


def test_a_guard_is_told_with_its_bits() -> None:
    result = match(record("x1", **MINE, id_no=A), record("x2", **MINE, id_no=B, **SHOP))
    found = refusal(result)
    assert codes(found)[0] == "guard"
    assert found.obstacles[0].text == "不得自动认定：证件不同"
    bars = {bar.comparison: bar.bits for bar in found.bars}
    assert found.obstacles[0].bits == bars["id_no"] < 0
    assert sum(bars.values()) == found.match_weight
    assert "-证件" in found.match_key
    set_language("en")
    assert "two valid numbers belong to two people" in refusal(result).obstacles[0].text


def test_a_lack_of_weight_is_told_in_bits_and_so_is_the_lacking_field() -> None:
    common = {"name": "符阿奇", "sex": "男"}
    found = refusal(match(record("x1", **common), record("x2", **common, **SHOP)))
    assert codes(found)[0] == "weight"
    assert found.match_weight is not None
    assert found.obstacles[0].bits == SPEC.link_threshold - found.match_weight > 0
    lacking = next(obstacle for obstacle in found.obstacles if obstacle.code == "no_second_field")
    assert "手机" in lacking.text
    assert lacking.bits is None


def test_a_rival_is_told() -> None:
    rest = {"name": "陈小妹", "birth": "1900-01-01", "township": "龙楼镇"}
    result = match(record("x1", **rest), record("x2", **rest, source_row=3), record("x3", **rest, **SHOP))
    assert codes(refusal(result, "x1", "x3")) == ["left_out_tie"]
    assert "分不出高下" in refusal(result, "x1", "x3").obstacles[0].text


def test_two_rows_of_a_promising_source_are_told() -> None:
    result = match(record("x1", **MINE), record("x2", **MINE, source_row=3))
    assert codes(refusal(result)) == ["one_source"]


def test_judgements_are_told() -> None:
    rows = [record("x1", **MINE), record("x2", **MINE, **SHOP)]
    no = judge(("x2", "x1", "negative"))
    assert codes(refusal(match(*rows, judgements=no), judgements=no))[0] == "negative_judgement"
    perhaps = judge(("x1", "x2", "unsure"))
    assert codes(refusal(match(*rows, judgements=perhaps), judgements=perhaps)) == ["unsure_judgement"]


def test_every_pair_between_two_persons_is_looked_at() -> None:
    rows = [record("x1", name="符阿奇", id_no=A), record("x2", **MINE, id_no=A, source="roster2")]
    result = match(*rows, record("x3", **MINE, id_no=B, **SHOP))
    assert are_linked(result, "x1", "x2")
    found = refusal(result, "x1", "x3")
    assert found.heaviest == ("x2", "x3")
    assert found.person_id_l is not None
    assert found.person_id_r is None


def test_a_pair_below_review_was_compared_and_not_kept() -> None:
    rows = [
        record("x1", name="陈小妹", id_no=A, township="龙楼镇"),
        record("x2", name="陈小妹", id_no=B, township="龙楼镇", **SHOP),
    ]
    found = refusal(match(*rows))
    assert codes(found) == ["below_review"]
    assert (found.bars, found.match_weight, found.rules) == ((), None, ())


def test_a_pair_that_was_no_candidate_names_the_rules() -> None:
    rows: list[dict[str, Any]] = [
        record("x1", name="符阿奇", id_no=A, township="龙楼镇"),
        record("x2", name="王美丽", mobile="13700000002", township="龙楼镇", **SHOP),
    ]
    result = match(*rows)
    blind = refusal(result)
    assert codes(blind) == ["no_candidate"]
    assert {verdict.verdict for verdict in blind.rules} == {"unknown"}
    told = {rule.rule: rule.verdict for rule in refusal(result, records=frame(*rows)).rules}
    assert list(told) == [rule.name for rule in SPEC.blocking]
    assert (told["id18"], told["mobile"], told["name_township"]) == ("missing", "missing", "differ")


def test_a_block_that_was_too_large_is_named() -> None:
    spec = SPEC.model_copy(update={"max_block_pairs": 0})
    rows = [record("x1", name="符阿奇", township="龙楼镇"), record("x2", name="符阿奇", township="龙楼镇", **SHOP)]
    result = match(*rows)
    found = why_not(
        MatchResult(**{**vars(result), "blocks": replace(result.blocks, numbers={}), "pairs": result.pairs[:0]}),
        "x1",
        "x2",
        spec,
        records=frame(*rows),
    )
    verdicts = {rule.rule: rule for rule in found.rules}
    assert verdicts["name_township"].verdict == "too_many"
    assert "略去" in verdicts["name_township"].said()


def test_one_person_has_nothing_between_its_records() -> None:
    result = match(record("x1", **MINE, id_no=A), record("x2", **MINE, id_no=A, **SHOP))
    found = why_not(result, "x2", "x1", SPEC)
    assert found.is_one_person
    assert (found.obstacles, found.rules) == ((), ())
    assert (found.unique_id_l, found.unique_id_r) == ("x1", "x2")
