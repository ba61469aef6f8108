"""Files, verification and overview in Chromium: with and without JavaScript, and axe on every page."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect, sync_playwright

from data.settings import Settings
from data.store.progress import Origin, begin_attempt, note_step
from data.store.publish import publish
from data.store.session import Store, open_store
from data.store.tables_desk import USERS
from data.store.transitions import UploadState
from data.store.uploads import list_uploads, move_upload
from data.store.users import Role, add_user
from review.web.app import create_app
from tests.data.store.builders import AREA, NOW, candidate, handed, item, run
from tests.review.web.browser import PASSWORD
from tests.review.web.live import check_access, chromium_path, opened, served
from tests.review.web.test_uploads import _ROSTER

_EVERYTHING = (Role.UPLOADER, Role.ANALYST, Role.AUDITOR)
#: A file dragged onto the frame, as the browser tells of it.
_DROP = """text => {
  const moved = new DataTransfer();
  moved.items.add(new File([text], "名册.csv"));
  document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", {dataTransfer: moved, bubbles: true}));
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    path = chromium_path()
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A lost member, asked about, after two nights."""
    with open_store(f"sqlite:///{tmp_path / 'longlou.db'}") as made:
        add_user(made, "fuhe", "符和", _EVERYTHING, ["46"], PASSWORD, "root")
        add_user(made, "tongji", "统计", [Role.STATISTICIAN], ["46"], PASSWORD, "root")
        with made.write() as connection:
            connection.execute(USERS.update().values(must_change_password=False))
        asked = (item("q1", kind="classification", candidates="[]"),)
        for night in ("run-1", "run-2"):
            publish(made, run(night), handed(classes={"P1": "lost", "P2": "normal"}, asked=asked))
        publish(made, run("run-46", area="46"), handed())
        yield made


@pytest.fixture
def app(store: Store, tmp_path: Path) -> Iterator[FastAPI]:
    made = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'longlou.db'}", var_dir=tmp_path / "var"))
    yield made
    made.state.desk.store.close()


def test_a_dragged_file_becomes_questions(app: FastAPI, store: Store, chromium: Chromium) -> None:
    with served(app) as address:
        page = opened(chromium, address, "fuhe")
        outside = []
        page.on("request", lambda request: outside.append(request.url) if address not in request.url else None)
        page.goto(f"{address}/{AREA}/uploads")
        check_access(page)
        page.select_option("#kind", "member_roster")
        page.evaluate(_DROP, _ROSTER)
        page.get_by_role("button", name="上传并检查").click()
        expect(page.locator('[data-state="checked"]')).to_be_visible(timeout=60_000)
        check_access(page)
        page.get_by_role("button", name="确认使用可用的行").click()
        expect(page.locator('[data-state="accepted"]')).to_be_visible()
        (upload,) = list_uploads(store, AREA)
        # What the run does meanwhile shows by itself.
        attempt = begin_attempt(store, AREA, Origin.UPLOAD, "test", 9)
        note_step(store, attempt, "match", 4)
        move_upload(store, upload.upload_id, UploadState.RUNNING, "longlou")
        expect(page.get_by_text("第 4 步，共 9 步")).to_be_visible()
        check_access(page)
        publish(store, run("run-3"), handed(asked=(item("q9", candidate("x")),)), NOW)
        move_upload(store, upload.upload_id, UploadState.DONE, "longlou", run_id="run-3")
        page.get_by_role("link", name="去复核队列").click()
        expect(page.locator('a[href*="/items/q9"]')).to_be_visible()
        assert outside == []


def test_without_javascript(app: FastAPI, store: Store, chromium: Chromium, tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_text(_ROSTER, encoding="utf-8")
    with served(app) as address:
        page = opened(chromium, address, "fuhe", is_scripted=False)
        page.goto(f"{address}/{AREA}/uploads")
        page.select_option("#kind", "member_roster")
        page.set_input_files("#file", file)
        page.get_by_role("button", name="上传并检查").click()
        until = time.monotonic() + 60
        while page.locator('[data-state="checked"]').count() == 0 and time.monotonic() < until:
            page.get_by_role("link", name="刷新").click()
        page.get_by_role("button", name="确认使用可用的行").click()
        expect(page.locator('[data-state="accepted"]')).to_be_visible()


def test_verification_by_hand(app: FastAPI, chromium: Chromium) -> None:
    with served(app) as address:
        page = opened(chromium, address, "fuhe")
        page.goto(f"{address}/{AREA}/verification")
        check_access(page)
        page.get_by_role("button", name="立案（一次最多 500 件）").click()
        expect(page.get_by_text("已立案 1 件")).to_be_visible()
        check_access(page)
        page.locator('a[href*="/verification/cases/"]').click()
        check_access(page)
        for state in ("复核", "电话"):
            page.get_by_role("button", name=f"→ {state}").click()
        page.fill("#done_on", "2016-06-16")
        page.select_option("#outcome", "not_reached")
        page.get_by_role("button", name="→ 走访").click()
        expect(page.get_by_role("rowheader", name="电话 → 走访")).to_be_visible()
        check_access(page)
        page.goto(f"{address}/{AREA}/verification/list?state=visit")
        check_access(page)
        page.emulate_media(media="print")
        expect(page.locator("header.bar")).to_be_hidden()
        expect(page.get_by_role("rowheader", name="王晓明")).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_overview_for_two_readers(app: FastAPI, chromium: Chromium, language: str) -> None:
    with served(app) as address:
        for username in ("fuhe", "tongji"):
            page = opened(chromium, address, username)
            page.context.add_cookies([{"name": "language", "value": language, "url": address}])
            for path in ("/", f"/{AREA}/overview", "/46/overview", f"/46/overview?area={AREA}"):
                page.goto(f"{address}{path}")
                check_access(page)
