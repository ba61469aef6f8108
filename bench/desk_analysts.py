"""Many analysts at once over HTTP: each takes a question, reads it, answers it, and goes on to the next."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from bench.desk_keys import spread
from bench.desk_queue import BOOK, PASSWORD, name_of

_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_SEEN = re.compile(r'name="seen" value="([^"]+)"')


def work_together(address: str, n_analysts: int, seconds: float) -> dict[str, Any]:
    """What they did: answers, how long each took from the form to the next card, and what went wrong."""
    with ThreadPoolExecutor(n_analysts) as pool:
        began = time.monotonic()
        works = [pool.submit(_work, address, name_of(n + 1), began + seconds) for n in range(n_analysts)]
        done = [work.result() for work in works]
    took = time.monotonic() - began
    times = [each for found, _errors in done for each in found]
    errors = [error for _times, found in done for error in found]
    return {
        "n_analysts": n_analysts,
        "n_decisions": len(times),
        "per_second": len(times) / took,
        "n_errors": len(errors),
        "errors": sorted(set(errors))[:10],
        **(spread(times) if times else {"median_ms": 0.0, "p95_ms": 0.0}),
    }


def _work(address: str, username: str, until: float) -> tuple[list[float], list[str]]:
    times: list[float] = []
    errors: list[str] = []
    with httpx.Client(base_url=address, timeout=60) as client:
        client.post("/login", data={"username": username, "password": PASSWORD})
        listed = client.get(f"/{BOOK}/queue").text
        token = _found(_TOKEN, listed)
        page = client.post(f"/{BOOK}/queue/next", data={"csrf": token}, follow_redirects=True)
        while time.monotonic() < until and "/items/" in page.url.path:
            number = len(times) % 3
            item = page.url.path.rsplit("/", 1)[1]
            start = time.perf_counter()
            data = {"csrf": token, "choice": ("1", "2", "none")[number], "seen": _found(_SEEN, page.text)}
            page = client.post(f"/{BOOK}/items/{item}/decide", data=data, follow_redirects=True)
            if page.status_code != httpx.codes.OK:
                errors.append(f"{page.status_code}")
                page = client.post(f"/{BOOK}/queue/next", data={"csrf": token}, follow_redirects=True)
                continue
            times.append((time.perf_counter() - start) * 1000)
    return times, errors


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
