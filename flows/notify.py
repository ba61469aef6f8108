"""Messages about nights by Apprise (mail, 企业微信, 钉钉 ...): counts and a link, never a name. Off by default.

A message lies in `var/outbox`, one file for each receiver, until it was taken: it waits for the end of the quiet hours
and is tried again with growing pauses. URLs hold passwords: a file names its receiver by digest.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from data.privacy import mask_text
from data.settings import Settings
from data.store.clock import utc_now
from data.whole_files import put_whole
from data.words import tr
from flows.nights import TIME_ZONE

log = logging.getLogger("longlou.notify")

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)
#: Tries before a message is given up: about two days.
_MOST_TRIES = 14
#: How long it is remembered what was told already.
_REMEMBERED = timedelta(days=30)


@dataclass(frozen=True)
class Message:
    """One message to one receiver (digest of its URL). due_at: not before."""

    receiver: str
    title: str
    body: str
    due_at: datetime
    n_tries: int = 0


@dataclass(frozen=True)
class Delivered:
    """What became of the messages that lay there."""

    n_sent: int = 0
    n_waiting: int = 0
    n_given_up: int = 0


def tell(settings: Settings, event: str, key: str, title: str, lines: list[str]) -> bool:
    """Put a message into the outbox of every receiver; False when nobody wants to know, or the key was told before.

    event: published, held or failed. key: what the message is about, so that nobody is told twice.
    """
    if not settings.notify_urls or event not in settings.notify_on:
        return False
    folder = _folder(settings)
    mark = folder / "told" / hashlib.sha256(f"{event}:{key}".encode()).hexdigest()[:24]
    mark.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    body = mask_text("\n".join([*lines, _link(settings)]))
    for url in settings.notify_urls:
        _keep(folder / f"{mark.name}-{_digest(url)}.json", Message(_digest(url), mask_text(title), body, utc_now()))
    return True


def deliver(settings: Settings, now: datetime | None = None) -> Delivered:
    """Send what is due; in the quiet hours everything waits. What nobody takes in two days is given up, and logged."""
    now = now or utc_now()
    folder, urls = _folder(settings), {_digest(url): url for url in settings.notify_urls}
    _forget_old(folder, now)
    waiting = list(_messages(folder))
    if is_quiet(settings, now):
        return Delivered(n_waiting=len(waiting))
    n_sent = n_given_up = 0
    for path, message in waiting:
        if message.receiver not in urls:
            path.unlink()
        elif message.due_at <= now:
            if send(urls[message.receiver], message.title, message.body):
                path.unlink()
                n_sent += 1
            elif message.n_tries + 1 >= _MOST_TRIES:
                log.error(tr("消息多次发送失败，已放弃", "a message was given up after many tries"))
                path.unlink()
                n_given_up += 1
            else:
                pause = min(_FIRST_PAUSE * 2**message.n_tries, _LONGEST_PAUSE)
                _keep(path, replace(message, n_tries=message.n_tries + 1, due_at=now + pause))
    return Delivered(n_sent, len(list(_messages(folder))), n_given_up)


def send(url: str, title: str, body: str) -> bool:
    """Send one message now; False when it was not taken, or the URL is none that Apprise knows."""
    # A second to import, and only installations that notify need it.
    from apprise import Apprise

    # What it logs may hold a URL, and so a password.
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    sender = Apprise()
    return bool(sender.add(url)) and bool(sender.notify(title=title, body=body))


def scheme(url: str) -> str:
    """What of a URL may be shown."""
    return f"{url.partition('://')[0]}://***"


def is_quiet(settings: Settings, now: datetime) -> bool:
    """Is it one of the quiet hours in Beijing?"""
    if not settings.notify_quiet:
        return False
    begins, ends = (time.fromisoformat(text) for text in settings.notify_quiet.split("-"))
    clock = now.astimezone(ZoneInfo(TIME_ZONE)).time()
    return begins <= clock < ends if begins <= ends else clock >= begins or clock < ends


def about_run(settings: Settings, summary: Mapping[str, Any]) -> bool:
    """Tell of a run that was published or held."""
    area, state = summary["area"], str(summary["state"])
    words = {"published": tr("已发布", "published"), "held": tr("待人工放行", "held for a person")}
    n_open, minutes = sum(summary["queue"].values()), sum(step["seconds"] for step in summary["steps"]) / 60
    lines = [
        tr(f"核对时点 {summary['as_of']}", f"as of {summary['as_of']}"),
        tr(f"党员 {summary['n_members']:,} 人", f"{summary['n_members']:,} members"),
        tr(f"虚假信息 {summary['n_false_entries']:,} 条", f"{summary['n_false_entries']:,} false entries"),
        tr(f"复核清单 {n_open:,} 条", f"{n_open:,} queue items"),
        tr(f"用时 {minutes:.1f} 分钟", f"{minutes:.1f} minutes"),
        *(breach["message"] for breach in summary["checks"]["breaches"]),
    ]
    title = tr(f"龙楼 {area}：核对{words.get(state, state)}", f"longlou {area}: {words.get(state, state)}")
    return tell(settings, state, summary["run_id"], title, lines)


def about_failure(settings: Settings, what: str, key: str, problem: str) -> bool:
    """Tell of something that did not come to its end. problem: the text of a LonglouError."""
    return tell(settings, "failed", key, tr(f"龙楼：{what}失败", f"longlou: {what} failed"), [problem])


def _link(settings: Settings) -> str:
    if settings.desk_url is not None:
        return settings.desk_url
    return f"{'https' if settings.is_https else 'http'}://{settings.web_host}:{settings.web_port}/"


def _folder(settings: Settings) -> Path:
    return settings.var_dir.resolve() / "outbox"


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def _messages(folder: Path) -> Iterator[tuple[Path, Message]]:
    for path in sorted(folder.glob("*.json")):
        with suppress(OSError, ValueError, TypeError):
            told = json.loads(path.read_text(encoding="utf-8"))
            yield path, Message(**{**told, "due_at": datetime.fromisoformat(told["due_at"])})


def _keep(path: Path, message: Message) -> None:
    told = {**asdict(message), "due_at": message.due_at.isoformat()}
    put_whole(path, json.dumps(told, ensure_ascii=False))


def _forget_old(folder: Path, now: datetime) -> None:
    for mark in (folder / "told").glob("*"):
        if now.timestamp() - mark.stat().st_mtime > _REMEMBERED.total_seconds():
            mark.unlink()
