"""What `longlou serve` starts: Prefect's server, the process that runs flows, the review desk. All on this machine."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

import httpx
from filelock import FileLock, Timeout

from data.errors import ConfigError
from data.settings import Settings
from data.store.session import open_store
from data.whole_files import put_whole
from data.words import tr
from flows.children import Child, keep_alive
from flows.own_postgres import own_postgres
from flows.scheduler import USER, Scheduler, address_file, password_file
from flows.triggers import NIGHT

_PASSWORD_BYTES = 24


class Part(StrEnum):
    """What may run on a machine of its own."""

    SCHEDULER = "scheduler"
    WORKER = "worker"
    DESK = "desk"


@dataclass(frozen=True)
class Serving:
    """What is served: the sources and results of the nightly run, the parts, and the port of Prefect's server."""

    settings: Settings
    sources: Path
    out: Path
    parts: frozenset[Part]
    scheduler_port: int

    @property
    def api(self) -> str:
        """The address of Prefect's server: the one declared, else ours."""
        return self.settings.prefect_api_url or f"http://127.0.0.1:{self.scheduler_port}/api"


def serve(serving: Serving, on_ready: Callable[[], None]) -> None:
    """Run until SIGTERM or SIGINT. Raises LonglouError when a part does not start, ConfigError when it runs already."""
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    # The store is brought to its newest revision once, before several processes open it.
    open_store(serving.settings.database).close()
    with ExitStack() as stack:
        for part in sorted(serving.parts):
            stack.enter_context(_alone(serving.settings.var_dir.resolve() / "locks", part))
        keep_alive(children(serving, stack), over.is_set, on_ready)


def children(serving: Serving, stack: ExitStack) -> list[Child]:
    """The processes in the order in which they start; what they need besides (a database) is put on the stack."""
    settings, logs = serving.settings, serving.settings.var_dir.resolve() / "logs"
    auth = settings.prefect_auth or f"{USER}:{_password(password_file(settings))}"
    common = {**os.environ, **_client(serving, auth), "TMPDIR": str(_own_tmp(settings))}
    python, parts = sys.executable, []
    if Part.SCHEDULER in serving.parts and settings.prefect_api_url is None:
        url = settings.prefect_database_url or stack.enter_context(own_postgres(settings.var_dir.resolve() / "prefect"))
        command = [python, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
        command += ["--port", str(serving.scheduler_port), "--no-ui"]
        environment = {**common, **_server(url, auth, serving.scheduler_port)}
        stack.enter_context(_told(address_file(settings), serving.api))
        ready = Scheduler(serving.api, auth).is_alive
        parts.append(Child("scheduler", command, environment, logs / "scheduler.log", ready))
    if Part.WORKER in serving.parts:
        command = [python, "-m", "flows.runner", str(serving.sources.resolve()), str(serving.out.resolve())]
        served = partial(Scheduler(serving.api, auth).is_served, NIGHT)
        parts.append(Child("worker", command, common, logs / "worker.log", served))
    if Part.DESK in serving.parts:
        host, port = settings.web_host, settings.web_port
        command = [python, "-m", "uvicorn", "--factory", "longlou.desk:create_app", "--host", host]
        command += ["--port", str(port), "--no-access-log", "--log-level", "warning"]
        where = "127.0.0.1" if host in ("0.0.0.0", "::") else host
        parts.append(
            Child("desk", command, common, logs / "desk.log", lambda: _answers(f"http://{where}:{port}/healthz"))
        )
    return parts


def _client(serving: Serving, auth: str) -> Mapping[str, str]:
    """What every process is told: where Prefect is. That nothing is reported to anybody, `flows` itself has said."""
    return {
        "LONGLOU_PREFECT_API_URL": serving.api,
        "LONGLOU_PREFECT_AUTH": auth,
        "PREFECT_HOME": str(serving.settings.var_dir.resolve() / "prefect"),
        "PREFECT_API_URL": serving.api,
        "PREFECT_API_AUTH_STRING": auth,
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    }


def _server(url: str, auth: str, port: int) -> Mapping[str, str]:
    """What the server is told besides."""
    return {
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": url,
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        # Leases in memory would be lost with the server, and their slots with them, for ever.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "5",
    }


@contextmanager
def _alone(folder: Path, part: Part) -> Iterator[None]:
    """One of each part over a `var_dir`: a second would take the first one's database away."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / f"serve-{part}.lock", timeout=0):
            yield
    except Timeout:
        raise ConfigError(tr(f"{part} 已在运行", f"{part} is running already")) from None


@contextmanager
def _told(path: Path, address: str) -> Iterator[None]:
    """Other commands over the same `var_dir` find the scheduler while it runs."""
    put_whole(path, address)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _own_tmp(settings: Settings) -> Path:
    """Prefect makes a folder of a fixed name among temporary files; that of another user would keep ours out."""
    folder = settings.var_dir.resolve() / "tmp"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _password(path: Path) -> str:
    """The server's password, made at first use and kept."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(_PASSWORD_BYTES))
    return path.read_text(encoding="ascii").strip()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2).is_success
    except httpx.HTTPError:
        return False
