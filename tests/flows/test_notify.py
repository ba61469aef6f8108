"""Messages about nights: to a receiver on this machine; counts and a link; quiet hours, tries, nobody told twice."""

from __future__ import annotations

import json
import logging
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from data.settings import Settings, load_settings
from flows.notify import about_failure, about_run, deliver, is_quiet, scheme, send, tell
from longlou.main import run

# Apprise imports it as long as Python has it.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

MORNING = datetime(2026, 11, 24, 2, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 19, tzinfo=UTC)


class Receiver(HTTPServer):
    """Keeps what it is told; answers 503 while it is out."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[dict[str, Any]] = []
        self.is_out = False

    @property
    def url(self) -> str:
        """As Apprise writes a receiver of JSON."""
        return f"json://secretuser:secretword@127.0.0.1:{self.server_port}/?retry=0"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.server.is_out:
            self.server.got.append(json.loads(body))
        self.send_response(503 if self.server.is_out else 200)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture(autouse=True)
def told_at_night(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages are put into the outbox before any of the moments at which they are delivered here."""
    monkeypatch.setattr("flows.notify.utc_now", lambda: NIGHT)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def settings(receiver: Receiver, tmp_path: Path) -> Settings:
    changed = {"var_dir": tmp_path / "var", "notify_urls": (receiver.url,), "desk_url": "https://desk.example/"}
    return load_settings().model_copy(update=changed)


def summary(**changed: object) -> dict[str, Any]:
    return {
        "run_id": "469005-1",
        "area": "469005",
        "as_of": "2026-11-24",
        "state": "held",
        "n_members": 1234,
        "n_false_entries": 19,
        "queue": {"match": 7, "finding": 5},
        "steps": [{"seconds": 60.0}, {"seconds": 30.0}],
        "checks": {"breaches": [{"message": "失联 3 → 900，电话 13812345678"}]},
        **changed,
    }


def test_a_held_night_is_told_in_counts_and_a_link(settings: Settings, receiver: Receiver) -> None:
    assert about_run(settings, summary())
    assert deliver(settings, MORNING).n_sent == 1
    (got,) = receiver.got
    assert "469005" in got["title"]
    for part in ("1,234", "19", "12", "1.5", "https://desk.example/"):
        assert part in got["message"]
    assert "13812345678" not in got["message"]
    assert not about_run(settings, summary())
    assert deliver(settings, MORNING) == deliver(settings, MORNING)
    assert len(receiver.got) == 1


def test_only_what_was_asked_for_is_told(settings: Settings, receiver: Receiver, tmp_path: Path) -> None:
    assert not about_run(settings, summary(state="published"))
    assert about_failure(settings, "核对", "attempt", "来源没有应答")
    nobody = settings.model_copy(update={"notify_urls": (), "var_dir": tmp_path / "other"})
    assert not about_failure(nobody, "核对", "attempt", "来源没有应答")
    assert not (tmp_path / "other").exists()


def test_quiet_hours_wait_for_the_morning(settings: Settings, receiver: Receiver) -> None:
    about_run(settings, summary())
    assert deliver(settings, NIGHT).n_waiting == 1
    assert receiver.got == []
    assert deliver(settings, MORNING).n_sent == 1


@pytest.mark.parametrize(
    ("hours", "utc_hour", "quiet"),
    [
        ("21:00-07:30", 13, True),
        ("21:00-07:30", 23, True),
        ("21:00-07:30", 0, False),
        ("21:00-07:30", 12, False),
        ("12:00-14:00", 5, True),
        ("12:00-14:00", 6, False),
        ("", 19, False),
    ],
)
def test_quiet_hours_are_those_of_beijing(settings: Settings, hours: str, utc_hour: int, quiet: bool) -> None:
    asked = settings.model_copy(update={"notify_quiet": hours})
    assert is_quiet(asked, datetime(2026, 12, 31, utc_hour, 0, tzinfo=UTC)) is quiet


def test_a_receiver_that_is_out_is_tried_again_and_given_up_in_the_end(
    settings: Settings, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    awake = settings.model_copy(update={"notify_quiet": ""})
    about_run(awake, summary())
    receiver.is_out = True
    now = MORNING
    assert deliver(awake, now).n_waiting == 1
    receiver.is_out = False
    assert deliver(awake, now + timedelta(minutes=1)).n_sent == 0
    assert deliver(awake, now + timedelta(minutes=6)).n_sent == 1
    receiver.is_out = True
    tell(awake, "failed", "again", "标题", ["正文"])
    for _ in range(14):
        assert deliver(awake, now).n_sent == 0
        now += timedelta(hours=7)
    with caplog.at_level(logging.ERROR, "longlou.notify"):
        assert deliver(awake, now).n_waiting == 0


def test_one_receiver_out_does_not_tell_the_other_twice(settings: Settings, receiver: Receiver) -> None:
    dead = "json://127.0.0.1:9/"
    both = settings.model_copy(update={"notify_urls": (dead, receiver.url), "notify_quiet": ""})
    about_run(both, summary())
    assert deliver(both, MORNING).n_sent == 1
    assert deliver(both, MORNING + timedelta(hours=1)).n_waiting == 1
    assert len(receiver.got) == 1
    gone = both.model_copy(update={"notify_urls": (receiver.url,)})
    assert deliver(gone, MORNING + timedelta(hours=2)).n_waiting == 0


def test_no_password_lies_in_the_outbox(settings: Settings, receiver: Receiver) -> None:
    about_run(settings, summary())
    for path in (settings.var_dir / "outbox").rglob("*.json"):
        assert "secretword" not in path.read_text(encoding="utf-8")
        assert path.stat().st_mode & 0o777 == 0o600
    assert scheme(receiver.url) == "json://***"


class _Mailbox(socketserver.StreamRequestHandler):
    """The few words of SMTP that one mail needs."""

    mails: list[bytes]

    def handle(self) -> None:
        self.wfile.write(b"220 mail\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.mails.append(mail)
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return


def test_mail_goes_to_a_server_of_the_house() -> None:
    handler = type("Mailbox", (_Mailbox,), {"mails": []})
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        place = f"127.0.0.1:{server.server_address[1]}"
        assert send(
            f"mailto://{place}?from=night@longlou.example&to=wang@longlou.example&mode=insecure", "标题", "12 条"
        )
        server.shutdown()
        thread.join()
    (mail,) = handler.mails
    assert b"wang@longlou.example" in mail


@pytest.mark.parametrize(
    "url",
    ["wecombot://0123456789abcdef-0123", "dingtalk://0123456789abcdef0123456789abcdef", "mailtos://u:p@mail.example"],
)
def test_urls_of_the_handbook_are_understood(url: str) -> None:
    from apprise import Apprise

    assert Apprise.instantiate(url) is not None


def test_the_command_tells_who_got_it(
    receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "var"))
    assert run(["notify", "test"]) == 2
    monkeypatch.setenv("LONGLOU_NOTIFY_URLS", json.dumps([receiver.url]))
    capsys.readouterr()
    assert run(["notify", "test", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"sent": [{"receiver": "json://***", "is_sent": True}]}
    monkeypatch.setenv("LONGLOU_NOTIFY_URLS", json.dumps([receiver.url, "nonsense://x"]))
    assert run(["notify", "test"]) == 1
    shown = capsys.readouterr()
    assert "secretword" not in shown.out + shown.err
