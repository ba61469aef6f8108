"""How is one page fetched? With retries that honour the server's wishes, within limits, from the declared host only."""

from __future__ import annotations

import email.utils
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)
from tenacity.wait import wait_base

from data.contracts.reasons.pulls import (
    BROKEN_DOCUMENT,
    HTTP_REFUSED,
    NOT_JSON,
    REDIRECTED,
    TOO_MUCH,
    UNREACHABLE,
)
from data.privacy import mask_text
from data.settings import Settings
from data.sources.pull_spec import HttpPull
from data.sources.pulls.documents import Json, parsed
from data.sources.pulls.environment import variable
from data.sources.pulls.feed import GaveUp
from data.words import tr

_TRANSIENT = frozenset((408, 425, 429))
_MAX_REDIRECTS = 5
_LONGEST_WAIT = 60.0
#: A server that wants to be left alone for longer is asked again by the next run.
_LONGEST_RETRY_AFTER = 300.0
_MB = 1024 * 1024
log = logging.getLogger("longlou.pull")


class Passing(Exception):
    """This request failed and may succeed the next time.

    error: what to raise when it never does. seconds: how long the server asks to wait.
    """

    def __init__(self, error: Exception, seconds: float = 0.0) -> None:
        super().__init__()
        self.error, self.seconds = error, seconds


@dataclass(frozen=True)
class Page:
    """A parsed page. link: the next one's address by the header Link (RFC 8288)."""

    document: Json
    link: str | None


class PageClient:
    """Fetches the pages of one source; a context manager."""

    def __init__(self, source: str, where: str, declared: HttpPull, settings: Settings) -> None:
        """Raises ConfigError when a secret is missing in the environment."""
        self._source, self._where, self._declared, self._settings = source, where, declared, settings
        headers = {name: variable(source, env) for name, env in declared.headers_env.items()}
        if declared.token_env is not None:
            headers["Authorization"] = f"Bearer {variable(source, declared.token_env)}"
        self._headers = {"Accept": "application/json", **headers}
        self._n_bytes = 0

    def __enter__(self) -> PageClient:
        timeout = httpx.Timeout(self._declared.timeout_seconds, connect=self._declared.connect_timeout_seconds)
        self._client = httpx.Client(headers=self._headers, timeout=timeout, follow_redirects=False)
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def fetch(self, url: httpx.URL, number: int, check: Callable[[Page], None]) -> Page:
        """Page `number`; `check` raises Passing for one that has to be asked for again.

        Raises GaveUp after all tries, SourceFileError when trying again would not help.
        """

        def once() -> Page:
            page = self._once(url, number)
            check(page)
            return page

        retrying = Retrying(
            stop=stop_after_attempt(self._settings.pull_attempts),
            wait=self._wait,
            retry=retry_if_exception_type(Passing),
            before_sleep=lambda state: log.warning(
                tr(
                    f"来源“{self._source}”第 {number} 页没有取到，第 {state.attempt_number} 次，稍后再试",
                    f"source “{self._source}”, page {number}: try {state.attempt_number} failed, trying again shortly",
                )
            ),
            reraise=True,
        )
        try:
            return retrying(once)
        except Passing as passing:
            raise passing.error from None

    def _wait(self, state: RetryCallState) -> float:
        """Doubling with jitter, and never less than the server asked for."""
        asked = 0.0
        if state.outcome is not None and isinstance(error := state.outcome.exception(), Passing):
            asked = error.seconds
        return max(asked, backoff(self._settings.pull_wait_seconds)(state))

    def _once(self, url: httpx.URL, number: int) -> Page:
        for _ in range(_MAX_REDIRECTS + 1):
            try:
                with self._client.stream("GET", url) as response:
                    if response.next_request is None:
                        return self._page(response, number)
                    target = response.next_request.url
            except (httpx.TransportError, httpx.DecodingError) as error:
                # Before a connection stands, the text of the error is about certificates and addresses only.
                about = f"：{mask_text(str(error))}" if isinstance(error, httpx.ConnectError) else ""
                raise self._passing(type(error).__name__ + about) from None
            if not is_same_host(url, target):
                raise REDIRECTED.refuse(self._source, self._where, host=target.host)
            url = target
        raise HTTP_REFUSED.refuse(self._source, self._where, status=tr("重定向太多", "too many redirects"), page=number)

    def _page(self, response: httpx.Response, number: int) -> Page:
        status = response.status_code
        if status in _TRANSIENT or status >= 500:
            seconds = _retry_after(response.headers.get("Retry-After"))
            passing = self._passing(f"HTTP {status}", seconds)
            if seconds > _LONGEST_RETRY_AFTER:
                raise passing.error
            raise passing
        if status != httpx.codes.OK:
            raise HTTP_REFUSED.refuse(self._source, self._where, status=status, page=number)
        body = self._body(response)
        try:
            document = parsed(body)
        except ValueError:
            if body.lstrip()[:1] not in (b"{", b"["):
                raise NOT_JSON.refuse(
                    self._source, self._where, page=number, path=self._declared.records or "."
                ) from None
            raise Passing(GaveUp(BROKEN_DOCUMENT, page=number, n_tries=self._settings.pull_attempts)) from None
        return Page(document, response.links.get("next", {}).get("url"))

    def _body(self, response: httpx.Response) -> bytes:
        parts = []
        for part in response.iter_bytes():
            self._n_bytes += len(part)
            if self._n_bytes > self._declared.max_mb * _MB:
                raise TOO_MUCH.refuse(self._source, self._where, max_mb=self._declared.max_mb)
            parts.append(part)
        return b"".join(parts)

    def _passing(self, why: str, seconds: float = 0.0) -> Passing:
        return Passing(GaveUp(UNREACHABLE, why=why, n_tries=self._settings.pull_attempts), seconds)


def backoff(first_seconds: float) -> wait_base:
    """Waits that double from the first one up to a minute, with jitter, so that not all come back at once."""
    return wait_exponential(multiplier=first_seconds, max=_LONGEST_WAIT) + wait_random(0, first_seconds)


def is_same_host(here: httpx.URL, there: httpx.URL) -> bool:
    """Whether credentials may go there: same host and port, or the same host with encryption added."""
    is_upgrade = (here.scheme, there.scheme) == ("http", "https")
    return here.host == there.host and (is_upgrade or (here.scheme, here.port) == (there.scheme, there.port))


def _retry_after(text: str | None) -> float:
    """Seconds, or a date (RFC 9110, 10.2.3); nought for anything else."""
    if text is None:
        return 0.0
    if text.strip().isdigit():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
