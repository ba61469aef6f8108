"""Handing a file in as a browser does it: the check runs in a process of its own, the answer is shown cell by cell."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook
from starlette.testclient import TestClient

from data.settings import Settings
from data.store.session import Store
from data.store.transitions import UploadState
from data.store.uploads import file_of, get_upload, list_uploads, move_upload
from data.store.users import Role
from review import intake_check
from review.web.app import create_app
from tests.review.web.browser import Browser
from tests.review.web.conftest import Enter

_PATH = "/469005/uploads"
_ROSTER = (
    "姓名,身份证号,出生年月,所在党支部,入党时间,奇怪的列\n"
    "王小明,46990519850101123,1985.07,龙楼镇第一支部,2005-07-01,x\n"
    "李四,,1990年13月,龙楼镇第一支部,2011-07-01,y\n"
)


def send(browser: Browser, text: str = _ROSTER, name: str = "名册.csv", **fields: str) -> str:
    """Where the browser is sent."""
    data = {"csrf": browser.token(), "kind": "member_roster", "area": "469005", **fields}
    answer = browser.client.post(_PATH, data=data, files={"file": (name, text.encode())})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def of(address: str) -> str:
    return address.split("/")[-1].split("?")[0]


def test_from_the_file_to_the_accepted_upload(enter: Enter, store: Store, app: FastAPI) -> None:
    browser = enter(Role.UPLOADER)
    address = send(browser)
    page = browser.get(address).text
    assert "名册.csv" in page
    assert "已检查，请确认" in page
    assert '<th scope="row">奇怪的列</th>' in page
    assert re.search(r"B2</th><td>身份证号</td><td>469905\*+1123</td>", page)
    assert "46990519850101123" not in page
    kept = file_of(app.state.desk.settings.uploads_dir.resolve(), of(address))
    assert kept.read_text(encoding="utf-8") == _ROSTER
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    book = load_workbook(BytesIO(browser.get(f"{address}/workbook").content))
    assert book.sheetnames[0] == "问题清单"
    assert browser.post(f"{address}/accept").status_code == 303
    assert get_upload(store, of(address)).state is UploadState.ACCEPTED
    assert browser.post(f"{address}/accept").status_code == 409
    assert browser.post(f"{address}/refuse").status_code == 409
    move_upload(store, of(address), UploadState.RUNNING, "longlou")
    move_upload(store, of(address), UploadState.DONE, "longlou", run_id="469005-1")
    assert "结果已进入复核队列" in browser.get(address).text


def test_the_owner_says_which_column_is_which(enter: Enter, store: Store) -> None:
    browser = enter(Role.UPLOADER)
    address = send(browser, _ROSTER.replace("出生年月", "生于何时"))
    assert 'name="column:生于何时"' in browser.get(address).text
    values = {"column:生于何时": "birth", "column:奇怪的列": "nonsense", "column:不存在": "name"}
    assert browser.post(f"{address}/columns", **values).status_code == 303
    upload = get_upload(store, of(address))
    assert (upload.state, upload.columns) == (UploadState.CHECKED, {"birth": "生于何时"})
    assert upload.answer is not None
    assert {"生于何时": "birth"}.items() <= {one["header"]: one["field"] for one in upload.answer["mapping"]}.items()


@pytest.fixture
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check says at once that all is well."""
    answer = {"n_read": 1, "n_accepted": 1, "n_to_check": 0, "n_rejected": 0, "n_dropped": 0, "refused": None}
    monkeypatch.setattr("review.uploads.check_upload", lambda *_: answer)


@pytest.mark.usefixtures("no_process")
def test_the_same_file_is_recognised(enter: Enter, store: Store, app: FastAPI) -> None:
    browser = enter(Role.UPLOADER)
    address = send(browser)
    assert send(browser, name="另一个名字.csv") == f"{address}?known=true"
    assert "同一文件已由" in browser.get(f"{address}?known=true").text
    assert len(list_uploads(store, "469005")) == 1
    files = [path for path in app.state.desk.settings.uploads_dir.iterdir() if path.is_file()]
    assert [path.name for path in files] == [of(address)]


@pytest.mark.usefixtures("no_process")
def test_what_is_taken_back_leaves_no_bytes(enter: Enter, store: Store, app: FastAPI) -> None:
    browser = enter(Role.UPLOADER)
    address = send(browser)
    assert browser.post(f"{address}/refuse").headers["location"] == _PATH
    assert not file_of(app.state.desk.settings.uploads_dir, of(address)).exists()
    assert get_upload(store, of(address)).answer is None
    assert browser.get(f"{address}/workbook").status_code == 404
    assert send(browser) != address


def test_a_file_without_names_is_refused_with_the_reason(enter: Enter, store: Store) -> None:
    browser = enter(Role.UPLOADER)
    address = send(browser, "单位,电话\n甲,1\n")
    assert get_upload(store, of(address)).state is UploadState.REFUSED
    assert 'class="problem"' in browser.get(address).text


@pytest.mark.usefixtures("no_process")
def test_another_person_sees_the_answer_but_takes_nothing(enter: Enter) -> None:
    address = send(enter(Role.UPLOADER))
    other = enter(Role.UPLOADER, username="chenlu")
    page = other.get(address)
    assert page.status_code == 200
    assert "确认使用可用的行" not in page.text
    assert other.get(f"{address}/workbook").status_code == 404
    for action in ("accept", "refuse", "columns"):
        assert other.post(f"{address}/{action}").status_code == 404
    elsewhere = enter(Role.UPLOADER, username="dingan", areas=("469021",))
    assert elsewhere.get(address).status_code == 404


@pytest.mark.parametrize(
    ("fields", "text", "status", "said"),
    [
        ({"kind": "nonsense"}, _ROSTER, 422, "请选择文件种类"),
        ({"kind": "annual_reports", "code_system": "nonsense"}, _ROSTER, 422, "请选择代码体系"),
        ({"area": "469021"}, _ROSTER, 404, "没有这个区划"),
        ({}, "", 422, "文件是空的"),
    ],
)
def test_what_is_not_taken_in(
    enter: Enter, app: FastAPI, fields: dict[str, str], text: str, status: int, said: str
) -> None:
    browser = enter(Role.UPLOADER, areas=("469005",))
    data = {"csrf": browser.token(), "kind": "member_roster", "area": "469005", **fields}
    answer = browser.client.post(_PATH, data=data, files={"file": ("x.csv", text.encode())})
    assert (answer.status_code, said in answer.text) == (status, True)
    folder = app.state.desk.settings.uploads_dir
    assert not folder.exists() or list(folder.iterdir()) == []


def test_without_a_file(enter: Enter) -> None:
    browser = enter(Role.UPLOADER)
    assert browser.post(_PATH, kind="member_roster", area="469005").status_code == 422
    assert browser.client.post(_PATH, content=b"--x", headers={"X-CSRF": browser.token()}).status_code == 422


def test_too_large_a_request_is_refused_before_it_is_read(store: Store, store_url: str, tmp_path: Path) -> None:
    settings = Settings(database_url=store_url, var_dir=tmp_path / "var", upload_mb=1)
    client = TestClient(create_app(settings), base_url="http://127.0.0.1", follow_redirects=False)
    with client:
        assert client.post(_PATH, content=b"x" * (2 * 1024 * 1024 + 1)).status_code == 413
        assert client.post("/login", content=b"x" * (1024 * 1024 + 1)).status_code == 413
        chunks = (b"x" * 65536 for _ in range(40))
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert client.post("/login", content=chunks, headers=kind).status_code == 413
        assert client.post(_PATH, content=b"x" * 1024).status_code == 303


@pytest.mark.parametrize("limits", [{"check_seconds": 5}, {"check_memory_mb": 512}])
def test_a_file_that_makes_the_check_go_wrong_is_refused(
    enter: Enter, app: FastAPI, store: Store, monkeypatch: pytest.MonkeyPatch, limits: dict[str, int]
) -> None:
    """The process is stopped by its limits; the desk goes on."""
    greedy = "import time\nx = []\nwhile True:\n    x.append(bytearray(2**26)); time.sleep(0.3)\n"
    monkeypatch.setattr(intake_check, "_command", lambda *_: [sys.executable, "-c", greedy])
    desk = app.state.desk
    app.state.desk = type(desk)(desk.store, desk.settings.model_copy(update={"check_seconds": 60, **limits}))
    browser = enter(Role.UPLOADER)
    address = send(browser)
    upload = get_upload(store, of(address))
    assert upload.state is UploadState.REFUSED
    assert upload.problem
    assert browser.get(address).status_code == 200
