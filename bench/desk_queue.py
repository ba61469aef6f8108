"""The queue of the desk's benchmark: synthetic questions, people to answer them, and the desk as a process."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pandas as pd
from sqlalchemy import func, select

from data.contracts.frames import empty_frame
from data.contracts.tables import CLASSIFICATIONS, FINDINGS
from data.model import QueueKind
from data.store.publish import PublishTables, publish
from data.store.readings import FIRST, standing_readings
from data.store.runs import RunInfo
from data.store.session import open_store
from data.store.tables_desk import USERS
from data.store.tables_readings import READINGS
from data.store.users import Role, add_user

BOOK = "469005"
PASSWORD = "nineteen struck out"
_SHOWN = {
    "name": "王晓明", "id": "460025********1234", "birth": "1985-07", "mobile": "138****0001",
    "employer": "文昌某某商贸有限公司", "township": "龙楼镇", "source_file": "rosters/longlou.xlsx", "sheet": "党员",
}  # fmt: skip
_BARS = [["先验", "", -12.0], *([f"比较{n}", "相近", 1.5] for n in range(9))]


def name_of(number: int) -> str:
    """The user name of an analyst."""
    return f"analyst{number:03}"


def fill(url: str, n_items: int, n_people: int) -> None:
    """Publish a night with so many questions of three candidates each, and add the analysts."""
    shown = json.dumps(_SHOWN, ensure_ascii=False)
    numbers = range(n_items)
    queue = pd.DataFrame(
        {
            "item_id": [f"Q{number * 2654435761 % 2**32:08x}{number:08x}" for number in numbers],
            "kind": str(QueueKind.MATCH),
            "unique_id": [f"r{number:08}" for number in numbers],
            "person_id": None,
            "shown": shown,
            "candidates": [_candidates(number) for number in numbers],
            "priority": [300 + number * 7919 % 500 for number in numbers],
            "reason": "有 3 个可能的对应记录",
            "area": BOOK,
            "township": "龙楼镇",
        }
    ).astype({"priority": "int64"})
    now = datetime.now(UTC)
    run = RunInfo(f"{BOOK}-bench", BOOK, date(2016, 6, 16), now, "bench", "bench", "bench")
    no_one = pd.DataFrame({"person_id": [], "is_member": []}).astype({"person_id": object, "is_member": bool})
    no_links = pd.DataFrame({"unique_id": [], "person_id": []}, dtype=object)
    no_findings = empty_frame(list(FINDINGS.columns)).astype({"is_false_entry": bool})
    tables = PublishTables(no_one, no_links, empty_frame(list(CLASSIFICATIONS.columns)), no_findings, queue)
    with open_store(url) as store:
        publish(store, run, tables, now)
        for number in range(n_people):
            add_user(store, name_of(number), "", [Role.ANALYST], [BOOK], PASSWORD, "bench")
        with store.write() as connection:
            connection.execute(USERS.update().values(must_change_password=False))


@contextmanager
def serve(url: str, folder: Path) -> Iterator[str]:
    """The desk over this store, as `uvicorn --factory review.web.app:create_app` in a process; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "review.web.app:create_app", "--port", str(port)]
    environment = {**os.environ, "LONGLOU_DATABASE_URL": url, "LONGLOU_VAR_DIR": str(folder)}
    process = subprocess.Popen([*command, "--log-level", "error"], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def without_repeats(url: str) -> dict[str, Any]:
    """Read back from the store: answers kept, and questions that more than one person answered as the first."""
    query = standing_readings(READINGS.c.item_id, func.count().label("n")).where(READINGS.c.stage == FIRST)
    by_item = query.group_by(READINGS.c.item_id).subquery()
    columns = (func.coalesce(func.sum(by_item.c.n), 0), func.count().filter(by_item.c.n > 1))
    with open_store(url) as store, store.read() as connection:
        n_kept, n_twice = connection.execute(select(*columns)).one()
    return {"n_kept": int(n_kept), "n_twice": int(n_twice)}


def _candidates(number: int) -> str:
    made = [
        {
            "unique_id": f"e{number:08}-{k}",
            "weight": 6.5 - k,
            "probability": 0.9 - k / 10,
            "match_key": "+姓名(音同)+身份证(换位)-手机",
            "marks": [["name", 1, 1, "音同", None]],
            "bars": _BARS,
            "shown": {**_SHOWN, "name": "王小明", "row": number + 2},
        }
        for k in range(3)
    ]
    return json.dumps(made, ensure_ascii=False)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{address}/healthz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the desk did not start")
