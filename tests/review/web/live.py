"""A desk that listens on a port, and a Chromium that opens it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from tests.review.web.browser import PASSWORD


def chromium_path() -> str:
    """Debian's Chromium. REQUIRE_BROWSER=1 (CI) makes its absence a failure."""
    found = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    if found is not None:
        return found
    reason = "NOT TESTED IN A BROWSER: there is no chromium"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of the application, served on a free port from a thread."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def opened(chromium: Chromium, address: str, username: str, *, is_scripted: bool = True) -> Page:
    """A browser of its own, logged in."""
    context = chromium.new_context(java_script_enabled=is_scripted, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{address}/login")
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.click("main button")
    expect(page.locator("#username")).to_have_count(0)
    return page


def check_access(page: Page) -> None:
    """axe finds nothing on the page as it stands; what it found is said otherwise."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
