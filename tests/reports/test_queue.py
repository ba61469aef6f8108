"""One question an item, asked once, under the same id every night."""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd
import pytest

from data.contracts.frames import empty_frame
from data.contracts.tables import REVIEW_QUEUE
from reports.queue import MOST_CANDIDATES, review_queue
from tests.reports.builders import (
    MEMBER_ID,
    MEMBER_MOBILE,
    classification,
    classifications,
    finding,
    findings,
    frame,
    pair,
    pairs,
    record,
    records,
)

PEOPLE = records(
    record("a1", area="469005", township="龙楼镇", id_no=MEMBER_ID, mobile=MEMBER_MOBILE),
    record("a2"),
    record("b1", "claims", source="claims"),
    *(record(f"c{i:02}", "enterprise_persons", source="persons", mobile=MEMBER_MOBILE) for i in range(12)),
)
LINKS = frame({}, [{"unique_id": "a1", "person_id": "P1"}, {"unique_id": "a2", "person_id": "P2"}])


def queue(
    *,
    pairs_: pd.DataFrame | None = None,
    findings_: pd.DataFrame | None = None,
    classified: pd.DataFrame | None = None,
    conflicts: list[dict[str, str]] | None = None,
    links: pd.DataFrame = LINKS,
) -> pd.DataFrame:
    return review_queue(
        pairs() if pairs_ is None else pairs_,
        PEOPLE,
        links,
        findings() if findings_ is None else findings_,
        classifications() if classified is None else classified,
        frame({"unique_id_l": None, "unique_id_r": None, "reason": None}, conflicts or []),
    )


def candidates(item: pd.Series) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(item["candidates"])
    return listed


def test_nothing_to_ask_is_an_empty_queue_with_all_columns() -> None:
    assert queue().empty
    assert set(REVIEW_QUEUE.columns) <= set(queue().columns)


def test_every_kind_of_item_meets_the_contract() -> None:
    made = queue(
        pairs_=pairs(pair("a1", "c00")),
        findings_=findings(finding(1, unique_id="b1")),
        classified=classifications(classification("P2", "lost")),
        conflicts=[{"unique_id_l": "a1", "unique_id_r": "a2", "reason": "两个有效号码不同"}],
    )
    REVIEW_QUEUE.validate(made)
    assert sorted(made["kind"]) == ["classification", "conflict", "false_entry", "match"]
    assert made["priority"].is_monotonic_decreasing
    assert made["priority"].between(0, 1000).all()


def test_one_item_a_record_with_its_candidates_best_first() -> None:
    made = queue(
        pairs_=pairs(
            pair("a1", "c01", match_weight=-1.0, match_probability=1 / 3),
            pair("a1", "c02", match_weight=2.0, match_probability=0.8),
            pair("a2", "c02", match_weight=0.0, match_probability=0.5),
        )
    )
    assert sorted(made["unique_id"]) == ["a1", "a2"]
    item = made[made["unique_id"] == "a1"].iloc[0]
    assert [c["unique_id"] for c in candidates(item)] == ["c02", "c01"]
    assert candidates(item)[0]["probability"] == pytest.approx(0.8)
    assert item["person_id"] == "P1"
    assert (item["area"], item["township"]) == ("469005", "龙楼镇")
    # odds 4, 0.5 and 1 for none: entropy 1.1 bits; a roster record: 150 + 300 * 0.87 + 200 * 0.82
    assert item["priority"] == pytest.approx(150 + 300 * (1 - 0.0958) + 200 * (1 - 1 / 5.5), abs=12)


@pytest.mark.parametrize(
    ("left", "right", "asked"), [("a1", "c00", "a1"), ("a1", "b1", "b1"), ("b1", "c00", "b1"), ("a1", "a2", "a1")]
)
def test_who_is_asked_about(left: str, right: str, asked: str) -> None:
    assert queue(pairs_=pairs(pair(left, right)))["unique_id"].tolist() == [asked]


def test_what_is_decided_or_already_one_person_is_not_asked() -> None:
    decided = pairs(pair("a1", "c00", grade="certain"), pair("a2", "c01", grade="certainly_not"))
    assert queue(pairs_=decided).empty
    same = frame({}, [{"unique_id": "a1", "person_id": "P1"}, {"unique_id": "c00", "person_id": "P1"}])
    assert queue(pairs_=pairs(pair("a1", "c00")), links=same).empty


def test_more_candidates_than_keys_are_counted() -> None:
    made = queue(pairs_=pairs(*(pair("a1", f"c{i:02}") for i in range(12))))
    assert len(candidates(made.iloc[0])) == MOST_CANDIDATES
    assert "另有 3 个未列出" in made.iloc[0]["reason"]


def test_an_entry_struck_twice_is_one_item_with_both_reasons() -> None:
    found = findings(
        finding(2, unique_id="b1", rule_code="F11", message="号码属于他人"),
        finding(1, unique_id="b1", rule_code="F04", message="已去世"),
        finding(3, unique_id="b1", rule_code="F10", is_false_entry=False, message="不是虚假"),
    )
    item = queue(findings_=found).iloc[0]
    assert item["reason"] == "F04 已去世；F11 号码属于他人"
    assert item["priority"] == 700


def test_only_classes_that_need_a_decision_are_asked() -> None:
    classified = classifications(*(classification(f"P{i}", name) for i, name in enumerate(
        ["normal", "lost", "pocket", "floating", "hidden", "unknown"])))  # fmt: skip
    links = frame({}, [{"unique_id": f"{kind}{i}", "person_id": f"P{i}"} for i in range(6) for kind in "zy"])
    people = records(
        *(record(f"{kind}{i}", "claims" if kind == "y" else "member_roster") for i in range(6) for kind in "zy")
    )
    made = review_queue(
        pairs(), people, links, findings(), classified, empty_frame(["unique_id_l", "unique_id_r", "reason"])
    )
    # The roster's record stands for the person although the claim's id is smaller.
    asked = sorted(zip(made["unique_id"], made["person_id"], strict=True))
    assert asked == [("z1", "P1"), ("z2", "P2"), ("z4", "P4")]
    assert made.iloc[0]["reason"] == "失联党员：依据"


def test_the_same_question_keeps_its_id_and_another_gets_its_own() -> None:
    first = queue(pairs_=pairs(pair("a1", "c01"), pair("a1", "c02")))
    again = queue(pairs_=pairs(pair("a1", "c02", match_weight=0.5, match_probability=0.6), pair("a1", "c01")))
    other = queue(pairs_=pairs(pair("a1", "c01"), pair("a1", "c03")))
    assert first["item_id"].tolist() == again["item_id"].tolist() != other["item_id"].tolist()


def test_the_order_of_the_rows_does_not_matter() -> None:
    table = pairs(pair("a1", "c01"), pair("a1", "c02"), pair("b1", "c02"), pair("a2", "c05"))
    pd.testing.assert_frame_equal(queue(pairs_=table), queue(pairs_=table.iloc[::-1]))


def test_no_number_of_a_person_is_in_the_queue() -> None:
    text = queue(
        pairs_=pairs(pair("a1", "c00")), conflicts=[{"unique_id_l": "a1", "unique_id_r": "b1", "reason": "相反的判断"}]
    ).to_csv()
    assert "469005********1239" in text
    assert MEMBER_MOBILE not in text
    assert not re.search(r"\d{17}[\dX]", text)
