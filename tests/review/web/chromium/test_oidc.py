"""Logging in by an issuer in a real browser: strict cookies, the policy of the pages, and the page in between."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from fastapi import FastAPI
from playwright.sync_api import expect

from data.settings_oidc import OidcSettings
from data.store.users import Role, add_user
from review.oidc import Provider
from tests.data.store.builders import AREA
from tests.review.web.browser import PASSWORD
from tests.review.web.chromium.conftest import Office
from tests.review.web.issuer import CLIENT_ID, SECRET, Issuer
from tests.review.web.live import check_access, served


def _is_account(address: str) -> bool:
    return urlsplit(address).path == "/account"


def test_a_browser_comes_in_by_the_issuer(office: Office, app: FastAPI) -> None:
    add_user(office.store, "fuhe", "符和", [Role.ANALYST], ["46"], PASSWORD, "root")
    issuer = Issuer()
    with served(issuer.app()) as address:
        issuer.address = address
        # Another site than the issuer's, as browsers count.
        desk_url = office.address.replace("127.0.0.1", "localhost")
        oidc = OidcSettings(issuer=address, client_id=CLIENT_ID, client_secret=SECRET, desk_url=desk_url)
        desk = app.state.desk
        settings = desk.settings.model_copy(update={"oidc": oidc})
        app.state.desk = replace(desk, settings=settings, oidc=Provider(oidc))
        context = office.chromium.new_context()
        page = context.new_page()
        page.goto(f"{desk_url}/{AREA}/queue")
        check_access(page)
        page.get_by_role("link", name="用单位账号登录").click()
        expect(page.locator("main h1")).to_have_text("复核队列")
        context.clear_cookies()
        # An answer without content leaves the page in between where it is.
        page.route(_is_account, lambda route: route.fulfill(status=204))
        page.goto(f"{desk_url}/login?after=/account")
        page.get_by_role("link", name="用单位账号登录").click()
        expect(page.locator("main h1")).to_have_text("已登录")
        check_access(page)
        expect(page.get_by_role("link", name="继续")).to_have_attribute("href", "/account")
        page.unroute(_is_account)
        page.goto(f"{desk_url}/account")
        expect(page.locator("main h1")).to_have_text("我的账号")
        check_access(page)
        context.close()
