"""axe finds nothing on any page that the list of routes has: a page that is not in the table here fails the test."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from data.store.publish import PublishTables, publish
from data.store.session import Store
from review.areas import TILES
from review.web.routes import ROUTES
from tests.data.store.builders import AREA, NOW, classifications, handed, run
from tests.review.web.cards import ask, cluster, question
from tests.review.web.chromium.conftest import Office, picture
from tests.review.web.counties import BOOK, case_ids, two_counties
from tests.review.web.live import check_access

#: Page of the routes -> (who, address) of every state worth looking at. CASE stands for the case's id.
PAGES: Mapping[str, list[tuple[str, str]]] = {
    "/login": [("", "/login"), ("", "/login?after=/46/queue")],
    "/": [("fuhe", "/"), ("tongji", "/")],
    "/account": [("third", "/account")],
    "/users": [("guanli", "/users")],
    "/{book}/queue": [
        *(("third", f"/46/queue{query}") for query in ("", "?kind=classification", "?area=460100")),
        ("fuhe", "/46/queue"),
    ],
    "/{book}/items/{item_id}": [("third", "/46/items/ours"), ("third", "/46/items/class-theirs"), ("third", f"/{AREA}/items/k")],
    "/{book}/items/{item_id}/history": [("third", "/46/items/ours/history")],
    "/{book}/judging": [("third", "/46/judging")],
    "/{book}/agreement": [("third", "/46/agreement")],
    "/{book}/bulk": [("third", "/46/bulk"), ("third", "/46/bulk?batch=x&n=3")],
    "/{book}/overview": [
        *((who, f"/46/overview{query}") for who in ("fuhe", "tongji") for query in ("", f"?area={AREA}", "?tile=lost")),
        ("tongji", "/469021/overview"),
    ],
    "/{book}/uploads": [("fuhe", "/46/uploads")],
    "/{book}/uploads/{upload_id}": [("fuhe", "/46/uploads/upload-ours")],
    "/{book}/verification": [("third", "/46/verification"), ("fuhe", "/46/verification?state=lead")],
    "/{book}/verification/list": [("third", "/46/verification/list"), ("third", "/46/verification/list?state=visit")],
    "/{book}/verification/cases/{case_id}": [("third", "/46/verification/cases/CASE")],
}  # fmt: skip
_BOX = "one => (({x, y, width, height}) => ({x, y, width, height}))(one.getBBox())"
#: No page, or one that cannot stay: what comes instead is looked at in the tests named.
NO_PAGE = {
    "/healthz": "a word for machines",
    "/metrics": "numbers for machines",
    "/{book}/files/{name}": "a file",
    "/{book}/uploads/{upload_id}/workbook": "a file",
    "/{book}/verification/workbook": "a file",
    "/login/oidc": "leads away, see test_oidc",
    "/login/oidc/callback": "goes on by itself, see test_oidc",
}


def test_every_page_is_looked_at() -> None:
    assert set(PAGES) | set(NO_PAGE) == {route.path for route in ROUTES if route.method == "GET"}
    assert not set(PAGES) & set(NO_PAGE)


@pytest.fixture
def filled(store: Store, app: FastAPI) -> Store:
    """Something on every page: both counties, a cluster held by one link, an answer asked for again."""
    two_counties(store, app.state.desk.settings)
    ask(store, [cluster("k", priority=900), question("former", n_candidates=1)])
    return store


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_axe_finds_nothing(office: Office, filled: Store, language: str) -> None:
    case = case_ids(filled)["ours"]
    open_pages: dict[str, Page] = {}
    for path, looks in PAGES.items():
        for number, (who, address) in enumerate(looks):
            if who not in open_pages:
                open_pages[who] = _stranger(office) if not who else office.enter(who)
                cookie = {"name": "language", "value": language, "url": office.address}
                open_pages[who].context.add_cookies([cookie])
            page = open_pages[who]
            office.go(page, address.replace("CASE", case))
            expect(page.locator("main h1")).to_be_visible()
            check_access(page)
            picture(page, f"{language}-{path.strip('/').replace('/', '-') or 'home'}-{number}")


def test_what_comes_after_a_form(office: Office, filled: Store) -> None:
    """Pages without an address of their own: refusals, a search, a reveal, a preview, a first password."""
    page = office.enter("third", "/46/nothing")
    check_access(page)
    office.go(page, "/46/items/ours")
    page.get_by_role("button", name="处理此问题").click()
    page.fill("#search", "王")
    page.keyboard.press("Enter")
    expect(page.get_by_text("条记录").first).to_be_visible()
    check_access(page)
    office.go(page, "/46/bulk")
    page.locator('button[name="pattern"]').first.click()
    check_access(page)
    first = office.enter("guanli", "/users")
    first.fill("#new-name", "xinren")
    first.fill("#new-areas", "469005")
    first.locator('form[action="/users"] input[value="analyst"]').check()
    first.locator('form[action="/users"] button').click()
    expect(first.locator("code")).to_be_visible()
    check_access(first)
    assert filled is office.store


def test_the_map_holds_its_words(office: Office, store: Store) -> None:
    """All 19 counties and cities, each name and number inside its tile, no tile upon another."""
    people = {f"P{number}": area for number, area in enumerate(sorted(TILES))}
    tables = handed(dict.fromkeys(people, "P0") | {name: name for name in people})
    classes = classifications(dict.fromkeys(people, "lost"))
    classes["area"] = list(people.values())
    publish(store, run("46-1", BOOK), PublishTables(**{**vars(tables), "classifications": classes}), NOW)
    page = office.enter("fuhe", "/46/overview")
    check_access(page)
    page.locator("svg.tiles").scroll_into_view_if_needed()
    picture(page, "map")
    boxes = page.locator("svg.tiles rect").evaluate_all(f"found => found.map({_BOX})")
    texts = page.locator("svg.tiles text").evaluate_all(f"found => found.map(one => [one.textContent, ({_BOX})(one)])")
    places = {(box["x"], box["y"]) for box in boxes}
    assert len(places) == len(boxes) == len(TILES) == 19
    for word, box in texts:
        inside = [
            tile for tile in boxes
            if tile["x"] <= box["x"] and box["x"] + box["width"] <= tile["x"] + tile["width"]
            and tile["y"] <= box["y"] and box["y"] + box["height"] <= tile["y"] + tile["height"]
        ]  # fmt: skip
        assert len(inside) == 1, word


def _stranger(office: Office) -> Page:
    context = office.chromium.new_context()
    page = context.new_page()
    office.pages.append(page)
    return page
