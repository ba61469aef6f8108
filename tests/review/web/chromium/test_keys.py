"""The desk in Chromium: work by keys alone, stray keys, second reading, adjudication."""

from __future__ import annotations

from fastapi import FastAPI
from playwright.sync_api import Page, expect

from data.store.queue import find_item
from data.store.readings import last_of
from data.store.session import Store
from data.store.tables_desk import USERS
from tests.data.store.builders import AREA
from tests.review.web.cards import ID_NO, ask, keep_numbers, question, strike
from tests.review.web.chromium.conftest import Office, picture
from tests.review.web.live import check_access


def _card(page: Page, item_id: str) -> None:
    """The card of the item is there, and its script, if any, has run."""
    expect(page.locator(f'[data-address="/{AREA}/items/{item_id}"]')).to_be_visible()
    page.wait_for_load_state("load")


def _settled(page: Page, item_id: str) -> None:
    _card(page, item_id)
    expect(page.locator("h1")).to_be_focused()


def test_twenty_questions_by_keys_alone(office: Office, store: Store) -> None:
    ask(store, [question(f"a{n:02}", priority=900 - n) for n in range(21)])
    page = office.enter("first")
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if "127.0.0.1" not in request.url else None)
    page.focus("#start")
    page.keyboard.press("Enter")
    _card(page, "a00")
    check_access(page)
    picture(page, "card")
    for n in range(20):
        page.keyboard.press(("1", "2", "0", "Numpad1")[n % 4])
        _settled(page, f"a{n + 1:02}")
    assert [find_item(store, AREA, f"a{n:02}")["choice"] for n in range(4)] == ["1", "2", "none", "1"]
    assert len(last_of(store, AREA, "first", 50)) == 20
    page.keyboard.press("z")
    _settled(page, "a19")
    assert find_item(store, AREA, "a19")["state"] == "open"
    page.keyboard.press("u")
    expect(page.locator('details[data-panel="u"]')).to_have_attribute("open", "")
    check_access(page)
    page.keyboard.press("9")
    _card(page, "a19")
    page.keyboard.press("1")
    _settled(page, "a20")
    assert last_of(store, AREA, "first", 1)[0].answer == "unsure"
    with page.expect_response(lambda answer: answer.request.method == "GET" and "/items/a20" in answer.url):
        page.keyboard.press("s")
    page.wait_for_timeout(300)
    _settled(page, "a20")
    page.keyboard.press("0")
    expect(page.locator("h1")).to_have_text("复核队列")
    check_access(page)
    picture(page, "empty")
    assert outside == []


def test_stray_keys_decide_nothing(office: Office, store: Store) -> None:
    ask(store, [question("q1", priority=900), question("q2")])
    page = office.enter("first")
    page.click("#start")
    _card(page, "q1")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("1 0 u s z")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.type("102z")
    page.keyboard.press("Escape")
    for keys in ("Control+1", "Alt+1", "Shift+1", "Backspace", "Delete", "Enter", "x"):
        page.keyboard.press(keys)
    sent = """(init) => document.dispatchEvent(new KeyboardEvent("keydown", Object.assign({bubbles: true}, init)))"""
    on_body = sent.replace("document.dispatch", "document.body.dispatch")
    for init in (
        {"code": "Digit1", "repeat": True},
        {"code": "Digit1", "isComposing": True},
        {"code": "Digit1", "keyCode": 229},
    ):
        page.evaluate(on_body, init)
    page.wait_for_timeout(300)
    _card(page, "q1")
    assert find_item(store, AREA, "q1")["state"] == "open"
    # Two presses at once: the second comes before the next card has settled.
    page.evaluate(f"() => {{ const press = {on_body}; press({{code: 'Digit1'}}); press({{code: 'Digit1'}}); }}")
    _settled(page, "q2")
    assert find_item(store, AREA, "q2")["state"] == "open"
    page.evaluate(on_body, {"code": "Digit2", "key": "Process"})
    expect(page.locator("h1")).to_have_text("复核队列")
    assert find_item(store, AREA, "q2")["choice"] == "2"


def test_keys_can_be_switched_off(office: Office, store: Store) -> None:
    ask(store, [question("q1")])
    page = office.enter("first")
    with store.write() as connection:
        connection.execute(USERS.update().values(has_shortcuts=False))
    page.click("#start")
    _card(page, "q1")
    page.keyboard.press("1")
    page.wait_for_timeout(300)
    assert find_item(store, AREA, "q1")["state"] == "open"
    page.click('button[data-key="1"]')
    expect(page.locator("h1")).to_have_text("复核队列")


def test_second_reading_and_adjudication(office: Office, store: Store) -> None:
    ask(store, [strike()])
    first = office.enter("first")
    first.click("#start")
    _card(first, "f")
    first.keyboard.press("1")
    expect(first.locator('details[data-panel="1"]')).to_have_attribute("open", "")
    check_access(first)
    picture(first, "strike")
    first.keyboard.press("2")
    expect(first.locator("h1")).to_have_text("复核队列")
    second = office.enter("second")
    second.click("#start")
    _card(second, "f")
    expect(second.get_by_text("独立复核")).to_be_visible()
    assert "组织部门已确认" not in second.locator(".why").inner_text()
    second.keyboard.press("0")
    second.keyboard.press("1")
    expect(second.locator("h1")).to_have_text("复核队列")
    third = office.enter("third")
    check_access(third)
    third.click("#start")
    _card(third, "f")
    expect(third.get_by_text("两位复核人的判定")).to_be_visible()
    check_access(third)
    picture(third, "adjudication")
    third.keyboard.press("1")
    third.keyboard.press("1")
    expect(third.locator("h1")).to_have_text("复核队列")
    assert find_item(store, AREA, "f")["decided_by"] == "third"
    third.goto(third.url.replace("/queue", "/agreement"))
    check_access(third)
    picture(third, "agreement")


def test_a_number_leaves_the_screen(office: Office, store: Store, app: FastAPI) -> None:
    ask(store, [question("q1")])
    keep_numbers(store, app.state.desk.settings, "a-q1", "b")
    page = office.enter("first")
    page.click("#start")
    _card(page, "q1")
    page.click('details[data-panel="r"] > summary')
    page.click('details[data-panel="r"] button')
    expect(page.locator(".clear")).to_have_text(ID_NO)
    check_access(page)
    picture(page, "revealed")
    page.clock.install()
    page.keyboard.press("/")
    page.keyboard.type("王晓")
    page.keyboard.press("Enter")
    expect(page.get_by_text("查到 1 条记录")).to_be_visible()
    expect(page.locator(".clear")).to_have_count(0)
    check_access(page)
    picture(page, "search")


def test_without_a_script_everything_is_saved(office: Office, store: Store) -> None:
    ask(store, [question("q1", priority=900), question("q2")])
    page = office.enter("first", is_scripted=False)
    page.click("#start")
    _card(page, "q1")
    page.click('button[data-key="1"]')
    _card(page, "q2")
    page.click('summary[data-key="u"]')
    page.click('details[data-panel="u"] button[data-sub="1"]')
    assert find_item(store, AREA, "q1")["choice"] == "1"
    assert last_of(store, AREA, "first", 1)[0].answer == "unsure"
