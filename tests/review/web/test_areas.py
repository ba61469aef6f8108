"""A county's people in the province's book: every address, with the ids of another county and with everything they may
send. Nothing of the other county is shown, nothing of it is changed."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pytest
from fastapi import FastAPI
from httpx import Response
from openpyxl import Workbook

from data.store.session import Store
from data.store.users import Role
from review.web.routes import ROUTES, Route
from tests.review.web.browser import Browser
from tests.review.web.conftest import Enter
from tests.review.web.counties import (
    BOOK,
    COLLEAGUE,
    FOREIGN,
    ID_NO,
    OURS,
    PATTERN,
    THEIRS,
    case_ids,
    rows_of_others,
    two_counties,
)

_INSIDE = [route for route in ROUTES if "{book}" in route.path]
_ITEM = "/{book}/items/{item_id}"
_CASE = "/{book}/verification/cases/{case_id}"
_UPLOAD = "/{book}/uploads/{upload_id}"
#: What every form is sent with, the other county's rows meant wherever a field can mean them.
_FORMS: Mapping[str, list[dict[str, object]]] = {
    "/{book}/queue/next": [{"filters": f"area={THEIRS}"}, {"filters": ""}],
    f"{_ITEM}/decide": [{"choice": "found:b", "reason": "x"}, {"choice": "far-ours", "reason": "x"}],
    f"{_ITEM}/undo": [{"reason": "x"}],
    f"{_ITEM}/skip": [{}],
    f"{_ITEM}/heartbeat": [{}],
    f"{_ITEM}/take": [{}],
    f"{_ITEM}/leave": [{}],
    f"{_ITEM}/search": [{"text": "王"}, {"text": FOREIGN}, {"text": ID_NO}],
    f"{_ITEM}/reveal": [{"what": f"id_no:{one}", "reason": "x"} for one in ("far-ours", "b", "r-theirs")],
    f"{_ITEM}/note": [{"text": "x"}],
    f"{_ITEM}/gold": [{}],
    f"{_ITEM}/case": [{}],
    "/{book}/undo": [{"leaving": "theirs"}],
    "/{book}/queue/assign": [
        {"to": "clerk", "n_items": 500},
        {"to": COLLEAGUE, "n_items": 0},
        {"to": "clerk", "n_items": 50, "filters": f"area={THEIRS}"},
    ],
    "/{book}/guidance": [{"text": "x"}],
    "/{book}/bulk/preview": [{"pattern": PATTERN}],
    "/{book}/bulk/accept": [{"pattern": PATTERN, "seen": "x"}],
    "/{book}/bulk/undo": [{"batch": "x"}],
    "/{book}/uploads": [{"kind": "member_roster", "area": THEIRS}],
    f"{_UPLOAD}/columns": [{}],
    f"{_UPLOAD}/accept": [{}],
    f"{_UPLOAD}/refuse": [{}],
    "/{book}/verification/open": [{"what": "lost"}, {"what": "lost", "area": THEIRS}, {"what": "unsure"}],
    "/{book}/verification/workbook": [{}],
    f"{_CASE}/step": [{"state": "check", "seen": 0}],
}
#: What every page is asked with.
_QUERIES: Mapping[str, list[str]] = {
    "/{book}/queue": ["", f"?area={THEIRS}", "?stage=second", f"?reason={FOREIGN}", f"?branch={FOREIGN}支部"],
    "/{book}/overview": ["", f"?area={OURS}"],
    "/{book}/bulk": ["", "?batch=x&n=1"],
    "/{book}/verification": ["", f"?area={THEIRS}"],
    "/{book}/verification/list": ["", f"?area={THEIRS}"],
    "/{book}/verification/workbook": ["", f"?area={THEIRS}"],
}


@pytest.fixture
def clerk(store: Store, app: FastAPI, enter: Enter) -> Browser:
    """Somebody of our county with every role, in a book where both counties have rows."""
    two_counties(store, app.state.desk.settings)
    enter(Role.ADJUDICATOR, username=COLLEAGUE, areas=(THEIRS,))
    return enter(*Role, username="clerk", areas=(OURS,))


def _address(route: Route, side: str, store: Store) -> str:
    values = {"book": BOOK, "item_id": side, "case_id": case_ids(store)[side], "upload_id": f"upload-{side}"}
    return route.path.format(**values, name="findings.csv")


def _sent(browser: Browser, token: str, route: Route, address: str) -> list[Response]:
    if route.method == "GET":
        return [browser.get(address + query) for query in _QUERIES.get(route.path, [""])]
    headers = {"X-CSRF": token}
    files = {"file": ("x.xlsx", _workbook())} if route.path.endswith(("/uploads", "/workbook")) else None
    return [browser.client.post(address, data=form, files=files, headers=headers) for form in _FORMS[route.path]]


def _workbook() -> bytes:
    content = BytesIO()
    Workbook().save(content)
    return content.getvalue()


def test_every_form_is_in_the_table() -> None:
    assert set(_FORMS) == {route.path for route in _INSIDE if route.method == "POST"}


def test_another_county_s_question_case_and_file_are_not_there(clerk: Browser, store: Store) -> None:
    before, token = rows_of_others(store), clerk.token()
    asked = [route for route in _INSIDE if route.path.count("{") > 1 and "{name}" not in route.path]
    assert len(asked) > 15
    for route in asked:
        for answer in _sent(clerk, token, route, _address(route, "theirs", store)):
            assert answer.status_code == 404, (route, answer.text)
            assert FOREIGN not in answer.text, route
    assert rows_of_others(store) == before


def test_no_page_and_no_form_of_ours_reaches_them(clerk: Browser, store: Store) -> None:
    before, token = rows_of_others(store), clerk.token()
    for route in _INSIDE:
        for answer in _sent(clerk, token, route, _address(route, "ours", store)):
            assert answer.status_code < 500, route
            text = answer.text + answer.headers.get("location", "")
            for marker in (FOREIGN, COLLEAGUE, ID_NO, "theirs"):
                # What somebody types stands in their own field again.
                assert marker not in text.replace(f'value="{marker}', ""), (route, marker)
    assert rows_of_others(store) == before


def test_ours_is_ours(clerk: Browser, store: Store) -> None:
    """The table above would prove nothing if nothing were shown."""
    assert "本县王" in clerk.get(f"/{BOOK}/queue").text
    assert clerk.post(f"/{BOOK}/items/ours/take").status_code == 303
    found = clerk.post(f"/{BOOK}/items/ours/search", text=ID_NO).text
    assert 'value="found:a"' in found
    assert 'value="found:b"' not in found
    assert ID_NO in clerk.post(f"/{BOOK}/items/ours/reveal", what="id_no:near-ours", reason="x").text
    refused = clerk.post(f"/{BOOK}/items/ours/reveal", what="id_no:far-ours", reason="x")
    assert (refused.status_code, "属于其他区划" in refused.text) == (422, True)
    assert "其他区划另有 1 条" in clerk.get(f"/{BOOK}/items/ours/history").text
    assert clerk.get(_address(next(r for r in _INSIDE if r.path == _CASE), "ours", store)).status_code == 200
    assert "本县.csv" in clerk.get(f"/{BOOK}/uploads").text


def test_an_administrator_of_a_county_stays_in_it(clerk: Browser, enter: Enter) -> None:
    enter(Role.ANALYST, username="sheng", areas=("46",))
    page = clerk.get("/users").text
    assert "sheng" not in page
    assert COLLEAGUE not in page
    for username in ("sheng", COLLEAGUE):
        assert clerk.post(f"/users/{username}/reset").status_code == 404
        assert clerk.post(f"/users/{username}/lock", is_locked="true").status_code == 404
        assert clerk.post(f"/users/{username}/rights", roles="analyst", areas=OURS).status_code == 404
    given = clerk.post("/users", username="neu", roles="analyst", areas=f"{OURS} 46")
    assert (given.status_code, "只能授予" in given.text) == (422, True)
    assert clerk.post("/users", username="neu", roles="analyst", areas=OURS).status_code == 200
    assert clerk.post("/users/neu/rights", roles="analyst", areas="46").status_code == 422
