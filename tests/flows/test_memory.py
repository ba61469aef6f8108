"""Judgements and persons follow a row that was edited; what a judgement rests on decides whether it is asked again."""

from __future__ import annotations

import json

import pytest

from data.digests import spelled
from data.model import Judgement
from data.store import audit, queue
from data.store.ledger import history
from data.store.lineage import person_lineage
from data.store.session import Store
from review.choices import parse_choice
from review.effects import carry_out
from review.service import queue_page
from tests.data.store.builders import AREA
from tests.flows.nights import Nights
from tests.matching.builders import SHOP, grade_of, id_number

ID = id_number("1900-01-01", 1)
MEMBER = {
    "name": "符阿奇",
    "birth": "1900-01-01",
    "mobile": "13700000001",
    "township": "龙楼镇",
    "branch": "龙楼镇支部",
}
OPERATOR = {"name": "符阿琪", "mobile": "13700000009", "township": "龙楼镇", "entity_no": "469005600000018", **SHOP}


@pytest.fixture
def nights(store: Store) -> Nights:
    made = Nights(store)
    made.put("m1", **MEMBER)
    made.put("e1", **OPERATOR)
    made.put("m2", name="王美丽", birth="1903-05-07", mobile="13700000002", branch="龙楼镇支部")
    made.put("m3", name="陈大文", id_no=ID, branch="文城镇支部")
    return made


def obeyed(nights: Nights) -> list[tuple[str, str, str]]:
    assert nights.recalled is not None
    return [tuple(row) for row in nights.recalled.judgements.itertuples(index=False)]


def reopened(nights: Nights) -> list[tuple[str, str, str, str]]:
    assert nights.recalled is not None
    names = ["unique_id_l", "unique_id_r", "judgement", "changed"]
    return [tuple(row) for row in nights.recalled.reopened[names].itertuples(index=False)]


def grade(nights: Nights, left: str, right: str) -> str:
    assert nights.result is not None
    return grade_of(nights.result, left, right)


def reason_about(nights: Nights, unique_id: str) -> str:
    return str(nights.queue.loc[nights.queue["unique_id"] == unique_id, "reason"].item())


def test_an_unchanged_record_is_never_contradicted(nights: Nights) -> None:
    nights.run()
    nights.judge("m1", "e1", Judgement.POSITIVE)
    for _ in range(3):
        persons = nights.run()
        assert persons["m1"] == persons["e1"]
        assert obeyed(nights) == [("e1", "m1", "positive")]
        assert reopened(nights) == []


def test_an_edit_that_the_judgement_does_not_rest_on_changes_nothing(nights: Nights) -> None:
    """Dues, remarks: the row has another hash, and nothing that anybody compared is different."""
    nights.run()
    nights.judge("m1", "e1", Judgement.POSITIVE)
    first = nights.run()
    nights.edit("m1", "m1b")
    second = nights.run()
    assert obeyed(nights) == [("e1", "m1b", "positive")]
    assert (reopened(nights), grade(nights, "m1b", "e1")) == ([], "certain")
    assert second["m1b"] == second["e1"] == first["m1"]


def test_an_edit_it_rests_on_reopens_it_and_says_what_changed(nights: Nights) -> None:
    nights.run()
    nights.judge("m1", "e1", Judgement.POSITIVE)
    nights.run()
    nights.edit("m1", "m1b", mobile="13900000000", township="文城镇")
    nights.run()
    assert obeyed(nights) == [("e1", "m1b", "reopened_positive")]
    assert reopened(nights) == [("e1", "m1b", "positive", "mobile|township")]
    assert grade(nights, "m1b", "e1") == "possible"
    assert "王复核 2016-06-18 判为“同一人”，此后手机、乡镇已变" in reason_about(nights, "m1b")
    # Whoever answers anew settles it for the row as it is now; the former answer stays as history.
    nights.judge("m1b", "e1", Judgement.NEGATIVE)
    nights.run()
    assert (obeyed(nights), reopened(nights)) == ([("e1", "m1b", "negative")], [])
    assert [row["judgement"] for row in history(nights.store, "m1", "e1")] == ["positive"]


def test_a_former_no_keeps_apart_until_somebody_answers(nights: Nights) -> None:
    nights.put("c1", name="符阿奇", birth="1900-01-01", mobile="13700000001", source="claims", kind="claims")
    assert (persons := nights.run())["m1"] == persons["c1"]
    nights.judge("m1", "c1", Judgement.NEGATIVE)
    assert (persons := nights.run())["m1"] != persons["c1"]
    nights.edit("c1", "c1b", employer="文昌龙楼小吃店")
    persons = nights.run()
    assert reopened(nights) == [("c1b", "m1", "negative", "employer")]
    assert persons["m1"] != persons["c1b"]
    assert grade(nights, "m1", "c1b") == "possible"
    assert "不是同一人" in reason_about(nights, "c1b")


def test_a_former_yes_that_the_machine_shares_is_asked_all_the_same(nights: Nights) -> None:
    nights.put("c1", name="符阿奇", birth="1900-01-01", mobile="13700000001", source="claims", kind="claims")
    nights.run()
    nights.judge("m1", "c1", Judgement.POSITIVE)
    before = nights.run()
    nights.edit("c1", "c1b", employer="文昌龙楼小吃店")
    persons = nights.run()
    # Nobody is torn apart for the edit of a workplace, and somebody looks at it.
    assert persons["m1"] == persons["c1b"] == before["m1"]
    assert "单位已变" in reason_about(nights, "c1b")


def test_an_edit_taken_back_restores_the_judgement(nights: Nights) -> None:
    nights.run()
    nights.judge("m1", "e1", Judgement.POSITIVE)
    nights.run()
    nights.edit("m1", "m1b", mobile="13900000000")
    nights.run()
    nights.edit("m1b", "m1", mobile=MEMBER["mobile"])
    nights.run()
    assert (obeyed(nights), reopened(nights)) == ([("e1", "m1", "positive")], [])


def test_a_judgement_survives_edits_night_after_night_that_leave_no_key_in_common(nights: Nights) -> None:
    """Phone, then name, then birth: no key of the last row was one of the first's."""
    nights.run()
    nights.judge("m1", "e1", Judgement.NEGATIVE)
    first = nights.run()["m1"]
    edits = [{"mobile": "13900000000"}, {"name": "符奇"}, {"birth": "1901-02-02", "branch": "文城镇支部"}]
    names = ["m1b", "m1c", "m1d"]
    for was, now, values in zip(["m1", *names], names, edits, strict=False):
        nights.edit(was, now, **values)
        assert nights.run()[now] == first
    assert reopened(nights) == [("e1", "m1d", "negative", "name|birth|mobile")]


def test_who_is_gone_for_a_while_comes_back_as_the_same_person(nights: Nights) -> None:
    first = nights.run()["m2"]
    row = nights.rows.pop("m2")
    assert "m2" not in nights.run()
    nights.run()
    nights.put("m2b", **{name: value for name, value in row.items() if name not in ("unique_id", "mobile")})
    assert nights.run()["m2b"] == first
    lineage = person_lineage(nights.store, AREA, f"run-{nights.number:03}")
    assert lineage.to_numpy().tolist() == [["revived", None, first, 1]]


def test_a_judgement_nobody_noted_the_grounds_of_is_reopened_without_naming_them(nights: Nights) -> None:
    nights.run()
    nights.judge("m1", "e1", Judgement.POSITIVE)
    nights.edit("m1", "m1b", mobile="13900000000")
    nights.run()
    assert reopened(nights) == [("e1", "m1b", "positive", "")]
    assert "此后记录已改" in reason_about(nights, "m1b")


def test_unsure_is_asked_again_with_any_edit(nights: Nights) -> None:
    nights.run()
    nights.judge("m1", "e1", Judgement.UNSURE)
    nights.run()
    assert reopened(nights) == []
    nights.edit("m1", "m1b")
    nights.run()
    assert reopened(nights) == [("e1", "m1b", "unsure", "")]


def test_a_decision_at_the_desk_takes_its_grounds_along(nights: Nights) -> None:
    nights.put("c1", name="符阿奇", birth="1900-01", source="claims", kind="claims", employer="文城小吃店")
    nights.run()
    card = next(shown for shown in queue_page(nights.store, AREA).cards if shown.unique_id == "c1")
    number = next(candidate.number for candidate in card.candidates if candidate.unique_id == "m1")
    with audit.changing(nights.store) as connection:
        item = queue.item_for_change(connection, AREA, card.item_id)
        carry_out(connection, AREA, item, parse_choice(str(number)), "李复核", "", nights.now)
    (row,) = history(nights.store, "m1", "c1")
    found = row["evidence"]
    assert (row["run_id"], row["item_id"]) == ("run-001", card.item_id)
    assert (found["model_digest"], found["rules_digest"], found["weight"]) == (
        "m1",
        "r1",
        card.candidates[number - 1].weight,
    )
    assert found["levels"]["mobile"] == -1
    assert set(found["records"]) == {"m1", "c1"}
    assert "mobile" in found["records"]["m1"]["fields"]
    assert not any(str(value) in json.dumps(found, ensure_ascii=False) for value in MEMBER.values())
    nights.edit("c1", "c1b", employer="海口美兰商行")
    nights.run()
    assert reopened(nights) == [("c1b", "m1", "positive", "employer")]
    cards = {shown.unique_id: shown for shown in queue_page(nights.store, AREA).cards}
    former = next(candidate.former for candidate in cards["c1b"].candidates if candidate.unique_id == "m1")
    assert former is not None
    assert (former.judgement, former.reviewer, former.changed) == (Judgement.POSITIVE, "李复核", ("employer",))


def test_a_judgement_about_a_record_that_is_gone_rests_and_is_counted(nights: Nights) -> None:
    nights.run()
    nights.judge("m1", "e1", Judgement.POSITIVE)
    row = nights.rows.pop("e1")
    nights.run()
    assert nights.recalled is not None
    assert (obeyed(nights), nights.recalled.n_at_rest) == ([], 1)
    nights.rows["e1"] = row
    nights.run()
    assert (obeyed(nights), nights.recalled.n_at_rest) == ([("e1", "m1", "positive")], 0)


def test_what_was_kept_under_the_former_spelling_of_an_id_is_known_again(nights: Nights) -> None:
    """Two of one name have no key to be known by; the id itself says which is which."""
    former, today = "59937927671767485966", spelled("59937927671767485966")
    nights.put(former, name="林阿明")
    nights.put("m5", name="林阿明")
    before = nights.run()
    nights.judge(former, "m5", Judgement.NEGATIVE)
    nights.edit(former, today)
    after = nights.run()
    assert (after[today], after["m5"]) == (before[former], before["m5"])
    assert obeyed(nights) == [(today, "m5", "negative")]
    assert reopened(nights) == []
