"""The overview as each role sees it, and the files of the run."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from data.store.publish import publish
from data.store.session import Store
from data.store.statistics import note_folder
from data.store.tables import AUDIT
from data.store.users import Role
from tests.data.store.builders import AREA, NOW, candidate, handed, item, run
from tests.review.web.browser import Browser
from tests.review.web.conftest import Enter

_SEES_NAMES = ["links.csv", "党员信息台账.xlsx"]


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Path:
    """Two nights of the province, and the files of the second."""
    asked = (item("q1", candidate("x")),)
    publish(store, run("run-1", area="46"), handed(classes={"P1": "lost", "P2": "normal"}, asked=asked), NOW)
    later = NOW + timedelta(days=1)
    publish(store, run("run-2", area="46"), handed(classes={"P1": "normal", "P2": "normal"}, asked=asked), later)
    made = tmp_path / "out"
    made.mkdir()
    for name in (*_SEES_NAMES, "statistics.csv", "本支部联系任务.xlsx", "pairs.parquet"):
        (made / name).write_text(name, encoding="utf-8")
    (made / "summary.json").write_text(json.dumps({"run_id": "run-2"}), encoding="utf-8")
    note_folder(store, "run-2", made, NOW)
    return made


def links(browser: Browser) -> list[str]:
    """The files offered."""
    return re.findall(r'href="/46/files/[^"]+" download>([^<]+)<', browser.get("/46/overview").text)


@pytest.mark.usefixtures("folder")
def test_an_analyst_sees_every_number(enter: Enter) -> None:
    page = enter(Role.ANALYST).get("/46/overview").text
    assert "失联 1 → 0" in page
    assert "正常 1 → 2" in page
    assert page.count("<polyline") == 5
    assert "文昌市" in page
    assert re.search(r'<svg class="tiles"[^>]*aria-label="[^"]*文昌市 2;', page)
    assert "&lt;5" not in page


@pytest.mark.usefixtures("folder")
def test_a_statistician_sees_no_small_number(enter: Enter) -> None:
    page = enter(Role.STATISTICIAN).get("/46/overview").text
    assert "&lt;5" in page
    assert not re.search(r'<td class="n">[1-4]</td>', page)
    assert "→" not in page


@pytest.mark.usefixtures("folder")
def test_one_county_of_the_province(enter: Enter) -> None:
    clerk = enter(Role.ANALYST, areas=(AREA,))
    assert "未定位乡镇" in clerk.get(f"/46/overview?area={AREA}").text
    assert clerk.get("/46/overview?area=469021").status_code == 404
    assert clerk.get("/46/overview?area=4690055").status_code == 422
    other = enter(Role.ANALYST, username="dingan", areas=("469021",))
    assert "文昌市" not in other.get("/46/overview").text


@pytest.mark.usefixtures("folder")
def test_who_may_take_which_file(enter: Enter, store: Store) -> None:
    analyst = enter(Role.ANALYST)
    assert sorted(links(analyst)) == sorted([*_SEES_NAMES, "statistics.csv"])
    answer = analyst.get("/46/files/党员信息台账.xlsx")
    assert (answer.status_code, answer.text) == (200, "党员信息台账.xlsx")
    assert answer.headers["cache-control"] == "no-store"
    with store.read() as connection:
        last = connection.execute(select(AUDIT).order_by(AUDIT.c.seq.desc())).mappings().first()
    assert last is not None
    assert (last["actor"], last["action"], json.loads(last["details"])["name"]) == (
        "fuhe", "file taken", "党员信息台账.xlsx",
    )  # fmt: skip
    for browser in (
        enter(Role.STATISTICIAN, username="tongji"),
        enter(Role.ANALYST, username="wenchang", areas=(AREA,)),
    ):
        assert links(browser) == ["statistics.csv"]
        assert browser.get("/46/files/links.csv").status_code == 404
        assert browser.get("/46/files/statistics.csv").status_code == 200
    for name in ("本支部联系任务.xlsx", "summary.json", "pairs.parquet", "..", "%2e%2e%2flonglou.db", "nothing.csv"):
        assert analyst.get(f"/46/files/{name}").status_code == 404, name


def test_files_that_another_run_wrote_over_are_not_offered(enter: Enter, folder: Path) -> None:
    (folder / "summary.json").write_text(json.dumps({"run_id": "run-3"}), encoding="utf-8")
    browser = enter(Role.ANALYST)
    assert links(browser) == []
    assert "已被其他运行覆盖" in browser.get("/46/overview").text
    assert browser.get("/46/files/links.csv").status_code == 404


def test_before_the_first_run(enter: Enter) -> None:
    assert "还没有发布过核对结果" in enter(Role.ANALYST).get(f"/{AREA}/overview").text


def test_the_start_page_leads_on(enter: Enter, folder: Path) -> None:
    assert '<a href="/46/overview">海南省</a>' in enter(Role.ANALYST).get("/").text
    page = enter(Role.UPLOADER, username="chenlu").get("/").text
    assert '<a href="/46/uploads">海南省</a>' in page
    assert "/overview" not in page
