"""Declarations of pulls, an invented roster in a database, and an endpoint that can misbehave; all on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
from sqlalchemy import create_engine, text

from data.model import FeedKind
from data.settings import Settings, load_settings
from data.sources.pulls.pull import pull
from data.sources.raw import RawTable
from data.sources.spec import SourceSpec

MANIFEST = {
    "controller": "文昌市委组织部",
    "purpose": "rectify_roster",
    "legal_basis": "党员教育管理工作条例",
    "retention_on": "2099-12-31",
    "contact": "党建办",
}
#: What must never be readable in a file: the name, the number and the mobile of everybody in the table.
ID_NO, NAME, MOBILE = "460022190001010010", "王小明", "13900001234"
COLUMNS = ["id", "name", "身份证号", "手机号码", "宗教信仰", "updated_at", "gone"]


def settings_in(folder: Path, **more: object) -> Settings:
    """Settings with their own var folder that do not wait between tries."""
    return load_settings().model_copy(update={"var_dir": folder / "var", "pull_wait_seconds": 0.0, **more})


def spec_of(kind: FeedKind = FeedKind.MEMBER_ROSTER, **more: object) -> SourceSpec:
    """A source with a whole manifest."""
    return SourceSpec.model_validate({"kind": kind, "area": "469005", "manifest": MANIFEST, **more})


def sql_spec(url: str, **more: object) -> SourceSpec:
    """The table `roster`, by key."""
    return spec_of(sql={"url": url, "table": "roster", "key": "id", **more})


def http_spec(url: str, columns: Mapping[str, str] | None = None, **more: object) -> SourceSpec:
    """Pages of records under `items`, by key."""
    return spec_of(columns=columns or {}, http={"url": url, "records": "items", "key": "id", **more})


def row(number: int, **more: object) -> dict[str, object]:
    """A row of the table: one of the people, changed in the minute of its number."""
    made: dict[str, object] = {
        "id": number,
        "name": f"{NAME}{number}",
        "身份证号": ID_NO,
        "手机号码": MOBILE,
        "宗教信仰": "无",
        "updated_at": f"2016-06-16 {number // 60 % 24:02d}:{number % 60:02d}:00",
        "gone": 0,
    }
    return {**made, **more}


def write_rows(url: str, rows: Sequence[Mapping[str, object]], *, is_new: bool = True) -> None:
    """The table `roster`, or rows of it that change (by id)."""
    engine = create_engine(url)
    frame = pd.DataFrame(list(rows), columns=COLUMNS)
    with engine.begin() as connection:
        if not is_new:
            ids = ",".join(str(number) for number in frame["id"])
            connection.execute(text(f"DELETE FROM roster WHERE id IN ({ids})"))
        frame.to_sql("roster", connection, index=False, if_exists="replace" if is_new else "append", chunksize=5000)
    engine.dispose()


def names(table: RawTable) -> list[str]:
    """The names of a pulled table, in its order."""
    header = next(position for position, text_ in enumerate(table.headers) if text_ in ("name", "姓名", "person.name"))
    return [str(name) for name in table.cells[header]]


def pulled(spec: SourceSpec) -> RawTable:
    """One pull."""
    return pull("registry", spec)


def texts_below(folder: Path) -> bytes:
    """Every byte of every file below a folder."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@dataclass
class Answer:
    """What the endpoint says to one request."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    #: Promise this length and send `body` only.
    length: int | None = None


def page(records: Sequence[Mapping[str, Any]], **more: object) -> Answer:
    """A whole page."""
    return Answer(json.dumps({"items": list(records), **more}, ensure_ascii=False).encode())


@dataclass(frozen=True)
class Request:
    """What was asked."""

    path: str
    params: dict[str, str]
    headers: dict[str, str]


Script = Callable[[Request, int], Answer]


@dataclass
class Endpoint:
    """A running endpoint and what it was asked."""

    url: str
    requests: list[Request]
    script: Script


@contextmanager
def endpoint(script: Script) -> Iterator[Endpoint]:
    """A server on 127.0.0.1 that answers by the script: (request, how many came before)."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            request = Request(parts.path, dict(parse_qsl(parts.query)), dict(self.headers.items()))
            served.requests.append(request)
            answer = served.script(request, len(served.requests) - 1)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(answer.length if answer.length is not None else len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
            self.close_connection = answer.length is not None

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Endpoint(f"http://127.0.0.1:{server.server_port}/api/leads", [], script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


#: Records of an endpoint.
N_ROWS = 35


def record(number: int, **more: object) -> dict[str, object]:
    made = {
        "id": number,
        "name": f"党员{number}",
        "身份证号": ID_NO,
        "religion": "x",
        "updated_at": "2016-06-16 08:00:00",
    }
    return {**made, **more}


ALL = [record(number) for number in range(1, N_ROWS + 1)]
NAMES = [f"党员{number}" for number in range(1, N_ROWS + 1)]
