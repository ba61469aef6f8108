"""From a file dragged onto the page to the question that the run made of it: nothing is played, only the scheduler."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import expect
from sqlalchemy import select

from data.settings import use_settings
from data.store.progress import Origin
from data.store.session import Store
from data.store.tables import QUEUE_ITEMS
from data.store.transitions import UploadState
from data.store.uploads import list_uploads
from flows.attempts import Asked
from flows.reconcile import run_area
from tests.county import AS_OF
from tests.data.store.builders import AREA
from tests.review.web.chromium.conftest import Office, picture
from tests.review.web.chromium.test_work import DROP

_MS = 240_000


def _without_numbers(sources: Path) -> str:
    """A person of the county's own roster without numbers, so that somebody has to look."""
    (place,) = (sources / "rosters").glob("*.csv")
    with place.open(encoding="gb18030", newline="") as file:
        row = next(csv.DictReader(file))
    blank = {name: "" if "身份" in name or "手机" in name else value for name, value in row.items()}
    made = io.StringIO()
    writer = csv.DictWriter(made, list(blank))
    writer.writeheader()
    writer.writerow(blank)
    return made.getvalue()


def _items(store: Store) -> set[str]:
    with store.read() as connection:
        return set(connection.execute(select(QUEUE_ITEMS.c.item_id)).scalars())


@pytest.mark.slow
@pytest.mark.usefixtures("no_engine")
def test_from_a_dragged_file_to_a_new_question(
    office: Office, app: FastAPI, store: Store, county: Path, tmp_path: Path
) -> None:
    sources = shutil.copytree(county, tmp_path / "sources")
    with (sources / "sources.toml").open("a", encoding="utf-8") as file:
        file.write('\n[uploads]\nkinds = ["member_roster"]\n')
    desk = app.state.desk

    def reconcile(_digest: str = "") -> None:
        with use_settings(desk.settings):
            run_area(str(sources / "sources.toml"), str(tmp_path / "out"), AS_OF, asked=Asked(Origin.UPLOAD))

    reconcile()
    before = _items(store)
    app.state.desk = replace(desk, on_accepted=reconcile)
    page = office.enter("fuhe", f"/{AREA}/uploads")
    page.select_option("#kind", "member_roster")
    page.evaluate(DROP, _without_numbers(sources))
    page.get_by_role("button", name="上传并检查").click()
    expect(page.locator('[data-state="checked"]')).to_be_visible(timeout=_MS)
    page.get_by_role("button", name="确认使用可用的行").click()
    expect(page.locator('[data-state="done"]')).to_be_visible(timeout=_MS)
    assert [one.state for one in list_uploads(store, AREA)] == [UploadState.DONE]
    new = _items(store) - before
    assert new
    page.get_by_role("link", name="去复核队列").click()
    office.go(page, f"/{AREA}/items/{min(new)}")
    expect(page.get_by_text("名册.csv").first).to_be_visible()
    picture(page, "new-question")
