"""Verification work in the browser: take up, step by step, lists, the workbook back."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from data.store import audit
from data.store.publish import publish
from data.store.session import Store
from data.store.users import Role
from tests.data.store.builders import AREA, NOW, handed, item, run
from tests.review.test_call_sheets import fill, filled
from tests.review.web.browser import Browser
from tests.review.web.conftest import Enter

_PATH = f"/{AREA}/verification"
_CALL = {"done_on": "2016-06-16", "channel": "phone", "contacted_by": "陈录", "outcome": "not_reached"}


@pytest.fixture
def analyst(store: Store, enter: Enter) -> Browser:
    """At a book with a lost and a hidden member."""
    kinds = {"kind": "classification", "candidates": "[]"}
    asked = (item("q1", **kinds), item("q2", **kinds, unique_id="c", person_id="P2", township="文城镇"))
    publish(store, run(), handed(classes={"P1": "lost", "P2": "hidden"}, asked=asked), NOW)
    return enter(Role.ANALYST)


def case_of(browser: Browser, what: str) -> str:
    """Take up the members of a class; the address of the newest case."""
    before = set(re.findall(r"/verification/cases/\w+", browser.get(_PATH).text))
    assert browser.post(f"{_PATH}/open", what=what).headers["location"] == f"{_PATH}?opened=1"
    (made,) = set(re.findall(r"/verification/cases/\w+", browser.get(_PATH).text)) - before
    return f"/{AREA}{made}"


def call(browser: Browser, address: str) -> None:
    """Bring a new case to the calls."""
    for seen, state in enumerate(("check", "phone")):
        assert browser.post(f"{address}/step", state=state, seen=seen).status_code == 303


def test_a_case_step_by_step(analyst: Browser, store: Store) -> None:
    address = case_of(analyst, "lost")
    call(analyst, address)
    assert "须写明日期" in analyst.post(f"{address}/step", state="visit", seen=2).text
    assert analyst.post(f"{address}/step", state="visit", seen=2, **{**_CALL, "done_on": "昨天"}).status_code == 422
    assert analyst.post(f"{address}/step", state="visit", seen=1, **_CALL).status_code == 409
    assert analyst.post(f"{address}/step", state="visit", seen=2, **_CALL).status_code == 303
    page = analyst.get(address).text
    assert "电话 → 走访" in page
    assert "未联系上" in page
    assert analyst.post(f"{address}/step", state="nonsense", seen=3).status_code == 422
    assert audit.verify_chain(store).is_intact


def test_lists_and_the_workbook_leave_hidden_members_out(analyst: Browser, store: Store) -> None:
    for what in ("lost", "hidden"):
        call(analyst, case_of(analyst, what))
    page = analyst.get(f"{_PATH}/list?state=phone").text
    assert "龙楼镇" in page
    assert "文城镇" not in page
    book = load_workbook(BytesIO(analyst.get(f"{_PATH}/workbook").content))
    assert book.sheetnames == ["文昌市 龙楼镇"]
    assert (
        "仅由本人所在党支部联系"
        in analyst.get(
            re.findall(r'href="(/\w+/verification/cases/\w+)"', analyst.get(f"{_PATH}?township=文城镇").text)[0]
        ).text
    )


def test_the_workbook_comes_back(analyst: Browser) -> None:
    address = case_of(analyst, "lost")
    call(analyst, address)
    content = filled(analyst.get(f"{_PATH}/workbook").content, fill)
    data = {"csrf": analyst.token()}
    for expected in ("已登记 1 行", "有 1 处需要改正"):
        answer = analyst.client.post(f"{_PATH}/workbook", data=data, files={"file": ("单.xlsx", content)})
        assert (answer.status_code, expected in answer.text) == (200, True)
    answer = analyst.client.post(f"{_PATH}/workbook", data=data, files={"file": ("单.xlsx", b"nothing")})
    assert answer.status_code == 422
    assert analyst.post(f"{_PATH}/workbook").status_code == 422


def test_one_question_is_taken_up_from_its_card(analyst: Browser) -> None:
    card = f"/{AREA}/items/q1"
    assert "立核实案件" in analyst.get(card).text
    address = analyst.post(f"{card}/case").headers["location"]
    assert re.fullmatch(rf"{_PATH}/cases/\w+", address)
    # Opened again it is the same one, and the card leads to it.
    assert analyst.post(f"{card}/case").headers["location"] == address
    page = analyst.get(card).text
    assert f'href="{address}">打开该党员的核实案件：线索' in page
    assert "立核实案件" not in page
    assert analyst.get(address).status_code == 200
    assert analyst.post(f"/{AREA}/items/nothing/case").status_code == 404
    assert analyst.post(f"{_PATH}/open", what="normal").status_code == 422


def test_a_clerk_of_another_county_sees_none(analyst: Browser, enter: Enter, store: Store) -> None:
    publish(store, run("run-46", area="46"), handed(), NOW)
    address = case_of(analyst, "lost").replace(AREA, "46", 1)
    clerk = enter(Role.ANALYST, username="dingan", areas=("469021",))
    assert clerk.get(address).status_code == 404
    assert clerk.get(_PATH).status_code == 404
    assert "王晓明" not in clerk.get("/46/verification").text
