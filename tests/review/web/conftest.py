"""A desk over an empty store of each engine, and people of every role to work at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from data.settings import Settings
from data.store.session import Store
from data.store.tables_desk import USERS
from data.store.users import Role, add_user
from review.web.app import create_app
from tests.review.web.browser import PASSWORD, Browser

Enter = Callable[..., Browser]


@pytest.fixture
def app(store: Store, store_url: str, tmp_path: Path) -> Iterator[FastAPI]:
    """The application; the tables are there already."""
    made = create_app(Settings(database_url=store_url, var_dir=tmp_path / "var"))
    yield made
    made.state.desk.store.close()


@pytest.fixture
def stranger(app: FastAPI) -> Browser:
    """A browser without a session."""
    return Browser(TestClient(app, base_url="http://127.0.0.1", follow_redirects=False))


@pytest.fixture
def enter(app: FastAPI, store: Store) -> Enter:
    """Make a user of these roles and areas, and log in."""

    def make(*roles: Role, areas: tuple[str, ...] = ("46",), username: str = "fuhe", is_new: bool = False) -> Browser:
        add_user(store, username, f"{username}某", roles or (Role.ANALYST,), areas, PASSWORD, "root")
        if not is_new:
            with store.write() as connection:
                connection.execute(USERS.update().values(must_change_password=False))
        browser = Browser(TestClient(app, base_url="http://127.0.0.1", follow_redirects=False))
        browser.log_in(username)
        return browser

    return make
