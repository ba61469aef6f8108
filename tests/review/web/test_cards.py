"""The card by plain requests, as a browser without scripts sends them."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from data.store import audit
from data.store.queue import claim_item, find_item
from data.store.readings import last_of
from data.store.session import Store
from data.store.tables_desk import REVEALS
from data.store.users import Role
from tests.data.store.builders import AREA
from tests.review.web.browser import Browser
from tests.review.web.cards import ID_NO, ask, keep_numbers, question, strike
from tests.review.web.conftest import Enter

#: Drawn for a second reader by its id, see test_policy; the others are not.
DRAWN = "q20"


def _start(browser: Browser, query: str = "") -> str:
    """Take the next question; its address."""
    answer = browser.post(f"/{AREA}/queue/next", filters=query)
    assert answer.status_code == 303
    return answer.headers["location"]


def _decide(browser: Browser, item_id: str, choice: str, reason: str = "", **more: object) -> str:
    page = browser.get(f"/{AREA}/items/{item_id}").text
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    values = {"choice": choice, "reason": reason, "seen": seen[1] if seen else "", **more}
    answer = browser.post(f"/{AREA}/items/{item_id}/decide", **values)
    return answer.headers.get("location", "") if answer.status_code == 303 else str(answer.status_code)


def test_an_answer_is_saved_and_leads_to_the_next_without_a_script(store: Store, enter: Enter) -> None:
    ask(store, [question("q1", priority=900), question("q2")])
    browser = enter(Role.ANALYST)
    assert _start(browser) == f"/{AREA}/items/q1"
    assert _decide(browser, "q1", "q1-2") == f"/{AREA}/items/q2"
    assert find_item(store, AREA, "q1")["choice"] == "2"
    assert _decide(browser, "q2", "0") == f"/{AREA}/queue"
    assert audit.verify_chain(store).is_intact


def test_undo_brings_the_same_card_back_to_its_reader(store: Store, enter: Enter) -> None:
    ask(store, [question("q1", priority=900), question("q2")])
    browser = enter(Role.ANALYST)
    first = browser.get(_start(browser)).text
    _decide(browser, "q1", "q1-1")
    back = browser.post(f"/{AREA}/undo", leaving="q2").headers["location"]
    assert back == f"/{AREA}/items/q1"
    again = browser.get(back).text
    assert 'value="q1-2"' in again
    assert 'value="q1-2"' in first
    assert find_item(store, AREA, "q2")["leased_by"] is None
    assert _decide(browser, "q1", "q1-2") == f"/{AREA}/items/q2"
    assert [reading.chosen for reading in last_of(store, AREA, "fuhe", 10)] == ["q1-2"]


def test_another_s_answer_is_not_undone(store: Store, enter: Enter) -> None:
    ask(store, [question("q1")])
    first, second = enter(Role.ANALYST), enter(Role.ANALYST, username="second")
    _start(first)
    _decide(first, "q1", "0")
    assert second.post(f"/{AREA}/items/q1/undo").status_code == 409


def test_a_question_that_changed_under_the_reader_is_not_answered(store: Store, enter: Enter) -> None:
    ask(store, [question("q1")])
    browser = enter(Role.ANALYST)
    page = browser.get(_start(browser)).text
    ask(store, [question("q1", n_candidates=3)], night=2)
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen is not None
    answer = browser.post(f"/{AREA}/items/q1/decide", choice="q1-1", seen=seen[1])
    assert answer.status_code == 409
    assert find_item(store, AREA, "q1")["state"] == "open"


def test_a_late_answer_is_refused_with_a_message(store: Store, enter: Enter) -> None:
    ask(store, [question("q1")])
    first, second = enter(Role.ANALYST), enter(Role.ANALYST, username="second")
    _start(first)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE queue_items SET leased_until = '2016-01-01 00:00:00'")
    _start(second)
    answer = first.post(f"/{AREA}/items/q1/decide", choice="0")
    assert answer.status_code == 409
    assert "second" in answer.text
    assert _decide(second, "q1", "0") == f"/{AREA}/queue"


def test_two_people_never_hold_one_question(store: Store, enter: Enter) -> None:
    ask(store, [question("q1", priority=900), question("q2")])
    first, second = enter(Role.ANALYST), enter(Role.ANALYST, username="second")
    assert {_start(first), _start(second)} == {f"/{AREA}/items/q1", f"/{AREA}/items/q2"}
    assert second.post(f"/{AREA}/items/q1/take").status_code == 409
    first.post(f"/{AREA}/items/q1/leave")
    assert second.post(f"/{AREA}/items/q1/take").status_code == 303


def test_a_second_reader_sees_neither_score_nor_verdict_and_a_third_settles(store: Store, enter: Enter) -> None:
    ask(store, [question(DRAWN)])
    first, second = enter(Role.ANALYST), enter(Role.ANALYST, username="second")
    third = enter(Role.ADJUDICATOR, username="third")
    shown = first.get(_start(first)).text
    assert "7.75" in shown
    assert "waterfall" in shown
    assert _decide(first, DRAWN, f"{DRAWN}-1", "王晓明本人") == f"/{AREA}/queue", "not asked again of the same person"
    first.post(f"/{AREA}/items/{DRAWN}/note", text="我看是同一人")
    assert find_item(store, AREA, DRAWN)["state"] == "open"
    blind = second.get(_start(second)).text
    for secret in ("7.75", "+7.8", "0.9", "waterfall", "+姓名", "fuhe", "王晓明本人", "我看是同一人"):
        assert secret not in blind, secret
    assert "fuhe" not in second.get(f"/{AREA}/items/{DRAWN}/history").text
    assert _decide(second, DRAWN, "0") == f"/{AREA}/queue"
    assert _start(first) == _start(second) == f"/{AREA}/queue"
    settled = third.get(_start(third)).text
    assert "王晓明本人" in settled
    assert "fuhe" not in settled.split("</header>")[1]
    assert first.post(f"/{AREA}/items/{DRAWN}/take").status_code == 409
    _decide(third, DRAWN, f"{DRAWN}-1")
    item = find_item(store, AREA, DRAWN)
    assert (item["state"], item["decided_by"]) == ("decided", "third")


def test_striking_out_takes_two_people(store: Store, enter: Enter) -> None:
    ask(store, [strike()])
    first, second = enter(Role.ANALYST), enter(Role.ANALYST, username="second")
    _start(first)
    assert _decide(first, "f", "uphold") == "422", "a reason is needed"
    _decide(first, "f", "uphold", "民政已核实")
    assert find_item(store, AREA, "f")["state"] == "open"
    assert first.post(f"/{AREA}/items/f/decide", choice="uphold", reason="民政已核实").status_code == 409
    _start(second)
    _decide(second, "f", "uphold", "火化证明")
    assert find_item(store, AREA, "f")["state"] == "decided"


def test_the_reader_undoes_what_waits_for_another(store: Store, enter: Enter) -> None:
    ask(store, [strike()])
    browser = enter(Role.ANALYST)
    _start(browser)
    _decide(browser, "f", "uphold", "民政已核实")
    assert browser.post(f"/{AREA}/undo").headers["location"] == f"/{AREA}/items/f"
    assert _decide(browser, "f", "dismiss", "证书有误") == f"/{AREA}/queue"
    assert find_item(store, AREA, "f")["choice"] == "dismiss"


def test_a_number_is_shown_with_a_reason_within_the_quota_and_never_otherwise(
    app: FastAPI, store: Store, enter: Enter
) -> None:
    ask(store, [question("q1")])
    keep_numbers(store, app.state.desk.settings, "a-q1")
    browser = enter(Role.ANALYST)
    assert ID_NO not in browser.get(_start(browser)).text
    asked = {"what": "id_no:a-q1", "reason": "核对材料"}
    page = browser.post(f"/{AREA}/items/q1/reveal", **asked)
    assert ID_NO in page.text
    assert page.headers["cache-control"] == "no-store"
    assert ID_NO not in browser.get(f"/{AREA}/items/q1").text
    assert browser.post(f"/{AREA}/items/q1/reveal", what="id_no:a-q1", reason=" ").status_code == 422
    assert browser.post(f"/{AREA}/items/q1/reveal", what="id_no:elsewhere", reason="x").status_code == 422
    assert browser.post(f"/{AREA}/items/q1/reveal", what="mobile:a-q1", reason="x").status_code == 422
    with store.read() as connection:
        rows = connection.execute(select(REVEALS)).mappings().all()
    assert [(row["username"], row["unique_id"], row["field"], row["reason"]) for row in rows] == [
        ("fuhe", "a-q1", "id_no", "核对材料")
    ]
    for _ in range(app.state.desk.settings.reveals_per_day - 1):
        assert browser.post(f"/{AREA}/items/q1/reveal", **asked).status_code == 200
    refused = browser.post(f"/{AREA}/items/q1/reveal", **asked)
    assert refused.status_code == 422
    assert ID_NO not in refused.text


@pytest.mark.parametrize("text", [ID_NO, ID_NO.lower(), "王晓", "文昌某"])
def test_search_finds_by_name_employer_and_whole_number(app: FastAPI, store: Store, enter: Enter, text: str) -> None:
    ask(store, [question("q1")])
    keep_numbers(store, app.state.desk.settings, "a-q1", "b")
    browser = enter(Role.ANALYST)
    _start(browser)
    page = browser.post(f"/{AREA}/items/q1/search", text=text).text
    assert 'value="found:b"' in page
    assert 'value="found:a-q1"' not in page, "the record itself is no answer"
    assert ID_NO.casefold() not in page.casefold()
    assert _decide(browser, "q1", "found:b") != "422"
    assert browser.post(f"/{AREA}/items/q1/search", text="无此人").status_code == 200


def test_search_is_inside_the_areas_of_the_reader(app: FastAPI, store: Store, enter: Enter) -> None:
    ask(store, [question("q1", area="469005")])
    keep_numbers(store, app.state.desk.settings, "b")
    browser = enter(Role.ANALYST, areas=("469005",))
    _start(browser)
    assert 'value="found:b"' in browser.post(f"/{AREA}/items/q1/search", text=ID_NO).text


def test_a_second_identity_is_shown_before_it_is_saved(store: Store, enter: Enter) -> None:
    asked = [question("d1", n_candidates=1, priority=900), question("d2", n_candidates=1)]
    for one in asked:
        one["unique_id"] = {"d1": "a", "d2": "c"}[str(one["item_id"])]
        one["candidates"] = str(one["candidates"]).replace("d1-1", "same").replace("d2-1", "same")
    ask(store, asked)
    browser = enter(Role.ANALYST)
    _start(browser)
    _decide(browser, "d1", "same")
    refused = browser.post(f"/{AREA}/items/d2/decide", choice="same")
    assert refused.status_code == 409
    assert "送裁决" in refused.text
    assert find_item(store, AREA, "d2")["state"] == "open"
    assert _decide(browser, "d2", "same", "原件在手", resolution="replace") == f"/{AREA}/queue"
    assert find_item(store, AREA, "d2")["choice"] == "1"
    assert audit.verify_chain(store).is_intact


def test_skipping_puts_the_question_behind_all_others(store: Store, enter: Enter) -> None:
    ask(store, [question("q1", priority=900), question("q2")])
    browser = enter(Role.ANALYST)
    _start(browser)
    assert browser.post(f"/{AREA}/items/q1/skip").headers["location"] == f"/{AREA}/items/q2"
    assert browser.post(f"/{AREA}/items/q2/skip").headers["location"] == f"/{AREA}/items/q1"


def test_assigned_questions_are_asked_of_that_person_first_and_of_nobody_else(store: Store, enter: Enter) -> None:
    ask(store, [question("q1", priority=900), question("q2"), strike()])
    lead, first = enter(Role.ADJUDICATOR, username="lead"), enter(Role.ANALYST)
    lead.post(f"/{AREA}/queue/assign", to="fuhe", n_items=1, filters="kind=match")
    assert _start(first) == f"/{AREA}/items/q1"
    assert claim_item(store, AREA, "q2", "lead")
    assert lead.post(f"/{AREA}/queue/assign", to="nobody", n_items=1).status_code == 422
    assert "fuhe 1" in lead.get(f"/{AREA}/queue").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=match", {"q1", "q2"}), ("reason=去世", {"f"}), ("township=文城镇", {"q2"}), ("days=30", {"q1", "q2", "f"}),
        ("branch=龙楼镇第一支部", {"f"}), ("area=460", set()), ("stage=second", set()), ("kind=&days=&reason=", {"q1", "q2", "f"}),
    ],
)  # fmt: skip
def test_filters(store: Store, enter: Enter, query: str, found: set[str]) -> None:
    ask(store, [question("q1"), question("q2", township="文城镇"), strike(person_id="P1")])
    page = enter(Role.ANALYST).get(f"/{AREA}/queue?{query}").text
    assert set(re.findall(rf"/{AREA}/items/(\w+)", page)) == found
    assert found or "这里没有待办" in page


def test_an_empty_queue_says_why(store: Store, enter: Enter) -> None:
    browser = enter(Role.ANALYST)
    assert "尚未发布" in browser.get(f"/{AREA}/queue").text
    ask(store, [question("q1")])
    assert "1 个问题" in browser.get(f"/{AREA}/queue?kind=formation").text
    other = enter(Role.ANALYST, username="second")
    _start(other)
    _decide(other, "q1", "0")
    assert "全部决定" in browser.get(f"/{AREA}/queue").text


def test_guidance_stands_above_every_card(store: Store, enter: Enter) -> None:
    ask(store, [question("q1")])
    lead = enter(Role.ADJUDICATOR)
    lead.post(f"/{AREA}/guidance", text="先看身份证 460025198507071234")
    page = lead.get(f"/{AREA}/items/q1").text
    assert "先看身份证 460025********1234" in page
