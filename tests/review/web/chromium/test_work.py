"""Files and verification in Chromium, with and without JavaScript."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.store.progress import Origin, begin_attempt, note_step
from data.store.publish import publish
from data.store.session import Store
from data.store.transitions import UploadState
from data.store.uploads import list_uploads, move_upload
from tests.data.store.builders import AREA, NOW, candidate, handed, item, run
from tests.review.web.chromium.conftest import Office
from tests.review.web.live import check_access
from tests.review.web.test_uploads import _ROSTER

#: A file dragged onto the frame, as the browser tells of it.
DROP = """text => {
  const moved = new DataTransfer();
  moved.items.add(new File([text], "名册.csv"));
  document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", {dataTransfer: moved, bubbles: true}));
}"""


@pytest.fixture(autouse=True)
def nights(store: Store) -> None:
    """A lost member, asked about, after two nights; and the province's book."""
    asked = (item("q1", kind="classification", candidates="[]"),)
    for night in ("run-1", "run-2"):
        publish(store, run(night), handed(classes={"P1": "lost", "P2": "normal"}, asked=asked))
    publish(store, run("run-46", area="46"), handed())


def test_a_dragged_file_becomes_questions(office: Office, store: Store) -> None:
    page = office.enter("fuhe", f"/{AREA}/uploads")
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if office.address not in request.url else None)
    check_access(page)
    page.select_option("#kind", "member_roster")
    page.evaluate(DROP, _ROSTER)
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


def test_without_javascript(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_text(_ROSTER, encoding="utf-8")
    page = office.enter("fuhe", f"/{AREA}/uploads", is_scripted=False)
    page.select_option("#kind", "member_roster")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="上传并检查").click()
    until = time.monotonic() + 60
    while page.locator('[data-state="checked"]').count() == 0 and time.monotonic() < until:
        page.get_by_role("link", name="刷新").click()
    page.get_by_role("button", name="确认使用可用的行").click()
    expect(page.locator('[data-state="accepted"]')).to_be_visible()


def test_verification_by_hand(office: Office) -> None:
    page = office.enter("fuhe", f"/{AREA}/verification")
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
    office.go(page, f"/{AREA}/verification/list?state=visit")
    check_access(page)
    page.emulate_media(media="print")
    expect(page.locator("header.bar")).to_be_hidden()
    expect(page.get_by_role("rowheader", name="王晓明")).to_be_visible()
