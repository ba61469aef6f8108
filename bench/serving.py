"""`longlou serve` as a process of its own over a small county: for the benchmark of latency and for its tests.

What a person in the bureau does is done by HTTP at the desk or by `longlou upload`; the parts are killed by signal.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx
import pandas as pd

from bench.processes import ROOT, ChildFailedError
from data.store.session import open_store
from data.store.tables_desk import USERS
from data.store.users import Role, add_user
from data.synthetic.generate import generate

AREA = "469005"
_START_SECONDS, _STOP_SECONDS = 240.0, 120.0
_PASSWORD = "correct horse 46"
_READY = ("ready; Ctrl-C stops", "已就绪")
#: What tells a part by its command line.
PARTS: Mapping[str, str] = {"scheduler": "prefect server", "worker": "flows.runner", "desk": "longlou.desk"}


@dataclass
class Served:
    """One `longlou serve` under `folder`; use as a context."""

    folder: Path
    scale: float = 0.01
    as_of: str | None = "2016-06-16"
    environment: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None
    _ports: tuple[int, int] = (0, 0)
    _people: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ports = free_port(), free_port()
        generate(AREA, self.folder / "in", seed=5, scale=self.scale, as_of=date(2016, 6, 16))
        path = self.folder / "in" / "sources.toml"
        text = path.read_text(encoding="utf-8") + '\n[uploads]\nkinds = ["member_roster", "claims"]\n'
        if self.as_of is None:
            text = re.sub(r"(?m)^as_of = .*\n", "", text)
        path.write_text(text, encoding="utf-8")

    @property
    def var_dir(self) -> Path:
        """Settings, database and logs of this installation."""
        return self.folder / "var"

    @property
    def database(self) -> str:
        """The store."""
        return f"sqlite:///{self.var_dir / 'longlou.db'}"

    @property
    def desk(self) -> str:
        """Address of the review desk."""
        return f"http://127.0.0.1:{self._ports[0]}"

    @property
    def sources(self) -> Path:
        """`sources.toml`."""
        return self.folder / "in" / "sources.toml"

    def surroundings(self) -> dict[str, str]:
        """The environment of every command of this installation."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "LONGLOU_"))}
        own = {
            "LONGLOU_VAR_DIR": str(self.var_dir),
            "LONGLOU_LANGUAGE": "en",
            "LONGLOU_WEB_PORT": str(self._ports[0]),
            "LONGLOU_TRIGGER_SECONDS": "3",
            "LONGLOU_SWEEP_MINUTES": "1",
        }
        return {**kept, **own, **self.environment}

    def __enter__(self) -> Served:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> float:
        """Seconds until it said that it is ready. Raises ChildFailedError with what it said instead."""
        began, log = time.monotonic(), self.folder / "serve.log"
        log.unlink(missing_ok=True)
        with log.open("ab") as output:
            call = ["serve", "--sources", str(self.sources), "--out", str(self.folder / "out")]
            self._process = self._begin(*call, "--scheduler-port", str(self._ports[1]), output=output)
        wait_for(lambda: _says_ready(log) or self._process is None or self._process.poll() is not None, _START_SECONDS)
        if not _says_ready(log):
            raise ChildFailedError(log.read_text(encoding="utf-8") + self.logs())
        return time.monotonic() - began

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        while self._people:
            self._people.pop().client.close()
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(_STOP_SECONDS)
        self._process = None
        return code

    def kill(self) -> None:
        """kill -9 of it and of every part with what it started, as when the machine loses its power."""
        assert self._process is not None
        groups = [pid for pid in map(self.part, PARTS) if pid is not None]
        self._process.kill()
        for group in groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def part(self, name: str) -> int | None:
        """Process id of a part while it lives."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text(encoding="ascii")
        for child in map(int, children.split()):
            if PARTS[name] in _command_line(child):
                return child
        return None

    def run(self, *arguments: str) -> str:
        """Another command of this installation; its standard output. Raises ChildFailedError."""
        call = [sys.executable, "-m", "longlou", *arguments]
        done = subprocess.run(call, env=self.surroundings(), cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise ChildFailedError(f"longlou {arguments[0]}: exit code {done.returncode}\n{done.stderr}")
        return done.stdout

    def logs(self) -> str:
        """The last lines of every part."""
        files = sorted((self.var_dir / "logs").glob("*.log"))
        return "".join(
            f"== {path.name}\n{path.read_text(encoding='utf-8', errors='replace')[-1500:]}\n" for path in files
        )

    def enter(self, username: str, *roles: Role) -> Person:
        """A new user of the desk, logged in."""
        with open_store(self.database) as store:
            add_user(store, username, username, roles, (AREA,), _PASSWORD, "bench")
            # As if the person had chosen it: the first page would ask for another.
            with store.write() as connection:
                connection.execute(USERS.update().values(must_change_password=False))
        person = Person(httpx.Client(base_url=self.desk, timeout=60))
        self._people.append(person)
        person.client.post("/login", data={"username": username, "password": _PASSWORD})
        return person

    def _begin(self, *arguments: str, output: object) -> subprocess.Popen[bytes]:
        call = [sys.executable, "-m", "longlou", *arguments]
        return subprocess.Popen(call, env=self.surroundings(), cwd=ROOT, stdout=output, stderr=output)  # type: ignore[call-overload, no-any-return]


@dataclass(frozen=True)
class Person:
    """Somebody at the desk, by HTTP."""

    client: httpx.Client

    def hand_in(self, file: Path, kind: str = "member_roster") -> str:
        """Put a file down, wait for the check, confirm it; the upload's id."""
        upload_id = self.put_down(file, kind)
        self.confirm(upload_id)
        return upload_id

    def put_down(self, file: Path, kind: str = "member_roster") -> str:
        """Send a file and wait for its check; the upload's id."""
        with file.open("rb") as content:
            answer = self.client.post(
                f"/{AREA}/uploads",
                data={"kind": kind, "area": AREA, "csrf": self._token(f"/{AREA}/uploads")},
                files={"file": (file.name, content)},
            )
        _see_other(answer)
        page = answer.headers["location"].partition("?")[0]
        wait_for(lambda: 'data-state="received"' not in self.client.get(page).text, 120)
        return str(page.rpartition("/")[2])

    def confirm(self, upload_id: str) -> None:
        """Say that the checked file is to be used."""
        page = f"/{AREA}/uploads/{upload_id}"
        _see_other(self.client.post(f"{page}/accept", data={"csrf": self._token(page)}))

    def sees(self, path: str, words: str) -> bool:
        """Are the words on that page?"""
        return words in self.client.get(path).text

    def _token(self, page: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get(page).text)
        if found is None:
            raise ChildFailedError("a page without a form: not logged in?")
        return found[1]


def roster_files(served: Served, folder: Path, n: int) -> list[Path]:
    """Rosters of people whom the county's own roster has with their numbers, here without: somebody has to look."""
    (place,) = (served.folder / "in" / "rosters").glob("*.csv")
    rows = pd.read_csv(place, dtype=str, encoding="gb18030")
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number in range(n):
        part = rows.iloc[[number % len(rows)]].copy()
        part[[name for name in part.columns if "身份" in name or "手机" in name]] = ""
        # The same person twice is another file: its bytes are not those of the first.
        part["备注"] = f"第{number}份"
        files.append(folder / f"名册{number}.xlsx")
        part.to_excel(files[-1], index=False)
    return files


def wait_for(is_so: Callable[[], bool], seconds: float) -> float:
    """Seconds until it is so. Raises ChildFailedError when it takes longer."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise ChildFailedError(f"not so within {seconds:.0f} s")
        time.sleep(0.2)
    return time.monotonic() - began


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _see_other(answer: httpx.Response) -> None:
    if answer.status_code != httpx.codes.SEE_OTHER:
        raise ChildFailedError(f"the desk answered {answer.status_code}")


def _says_ready(log: Path) -> bool:
    text = log.read_text(encoding="utf-8", errors="replace")
    return any(words in text for words in _READY)


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
