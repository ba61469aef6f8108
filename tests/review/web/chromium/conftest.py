"""A desk over SQLite that Chromium opens, and the people who sit before it. The engines are tested without a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright

from data.settings import Settings
from data.store.session import Store, open_store
from data.store.tables_desk import USERS
from data.store.users import Role, add_user, list_users
from review.web.app import create_app
from tests.data.store.builders import AREA
from tests.review.web.browser import PASSWORD
from tests.review.web.live import chromium_path, opened, served

#: Who there is; a person is made when they first come in.
PEOPLE = {
    "first": (Role.ANALYST,),
    "second": (Role.ANALYST,),
    "third": (Role.ADJUDICATOR,),
    "fuhe": (Role.UPLOADER, Role.ANALYST, Role.AUDITOR),
    "tongji": (Role.STATISTICIAN,),
    "guanli": (Role.ADMINISTRATOR,),
}


@dataclass
class Office:
    """The served desk. `pages`: what is open."""

    address: str
    store: Store
    chromium: Chromium
    pages: list[Page] = field(default_factory=list)

    def enter(self, username: str, path: str = f"/{AREA}/queue", *, is_scripted: bool = True) -> Page:
        """A browser of its own, logged in, at the page."""
        if username not in {user.username for user in list_users(self.store)}:
            add_user(self.store, username, username, PEOPLE[username], ["46"], PASSWORD, "root")
            with self.store.write() as connection:
                mine = USERS.c.username == username
                connection.execute(USERS.update().where(mine).values(must_change_password=False))
        page = opened(self.chromium, self.address, username, is_scripted=is_scripted)
        self.pages.append(page)
        self.go(page, path)
        return page

    def go(self, page: Page, path: str) -> None:
        """To another page of the desk."""
        page.goto(f"{self.address}{path}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """One browser for all; every person has a context of their own."""
    path = chromium_path()
    with sync_playwright() as playwright:
        # Chromium's sandbox does not start for root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """SQLite alone."""
    with open_store(f"sqlite:///{tmp_path / 'longlou.db'}") as opened_store:
        yield opened_store


@pytest.fixture
def app(store: Store, tmp_path: Path) -> Iterator[FastAPI]:
    """The application over it; the tables are there already."""
    made = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'longlou.db'}", var_dir=tmp_path / "var"))
    yield made
    made.state.desk.store.close()


@pytest.fixture
def office(app: FastAPI, store: Store, chromium: Chromium) -> Iterator[Office]:
    """The desk on a port."""
    with served(app) as address:
        made = Office(address, store, chromium)
        yield made
        for page in made.pages:
            page.context.close()


def picture(page: Page, name: str) -> None:
    """Keep a picture where TEST_PICTURES says, to be looked at."""
    folder = os.environ.get("TEST_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
