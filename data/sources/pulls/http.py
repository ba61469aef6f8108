"""How is an endpoint pulled? Page by page to a certain end, resumed at the page that failed, never half.

Whatever hints at rows that were missed (a page twice, a total that moves, an end that does not come) stops the pull.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from data.contracts.reasons.pulls import DATA_MOVED, ENDLESS, KEY_TYPE, NOT_JSON, REDIRECTED, SAME_PAGE
from data.errors import ConfigError, SourceFileError
from data.settings import Settings
from data.sources.pull_spec import HttpPull
from data.sources.pulls.columns import AllowList, identity_of
from data.sources.pulls.documents import Json, at_path, chunk_of, newest, records_of
from data.sources.pulls.environment import address
from data.sources.pulls.feed import Chunk, StartAgain
from data.sources.pulls.http_page import Page, PageClient, Passing, is_same_host
from data.sources.pulls.http_progress import Progress
from data.sources.pulls.marks import Mark, earlier, marked, moment_of, unmarked
from data.sources.pulls.sealed import Note
from data.sources.pulls.values import text_of
from data.words import tr

#: Which page: a number, an offset, a cursor or an address; None for the first of a cursor or a link.
Place = Any
_BY_NUMBER = ("page", "offset")


class HttpFeed:
    """A JSON endpoint."""

    is_resumable = True

    def __init__(self, source: str, declared: HttpPull, allow: AllowList, settings: Settings) -> None:
        """Raises ConfigError when address or secret are missing in the environment."""
        self.source, self.where = source, allow.where
        self._declared, self._allow = declared, allow
        self._client = PageClient(source, allow.where, declared, settings)
        self._url = _url(source, declared)
        self.identity = identity_of(declared, allow, f"{self._url.scheme}://{self._url.netloc!r}{self._url.path}")

    def begin(self) -> Note:
        """Nothing to ask beforehand."""
        return {}

    def chunks(self, since: Mark | None, states: Sequence[Note]) -> Iterator[Chunk]:
        """One chunk a page. Behind earlier pages the last of them is fetched again, to see whether all still fits."""
        done = Progress(states)
        with self._client as client:
            if done.last is not None:
                self._check_last(client, since, done, done.last)
            while not done.is_over:
                place = done.last["next"] if done.last is not None else self._first()
                page, records = self._page(client, place, since, done)
                state = self._state(page, records, place, done)
                done.add(state)
                if done.has_moved(is_counted=self._declared.paging in _BY_NUMBER):
                    raise StartAgain(DATA_MOVED, expected=state["total"], found=done.n_rows)
                yield chunk_of(records, self._declared, self._allow, state)

    def watermark(self, begun: Note, states: Sequence[Note], seconds: float) -> Mark | None:
        """The newest change that was seen, less the time the pull took: a record may have changed behind its page."""
        texts = [state["newest"] for state in states if state["newest"]]
        if not texts:
            return None
        return marked(earlier(max(texts, key=_comparable), seconds + self._declared.overlap_seconds))

    def _first(self) -> Place:
        return {"page": self._declared.first_page, "offset": 0}.get(self._declared.paging)

    def _address(self, place: Place, since: Mark | None) -> httpx.URL:
        declared = self._declared
        if declared.paging == "link" and place is not None:
            target = self._url.join(place)
            if not is_same_host(self._url, target):
                raise REDIRECTED.refuse(self.source, self.where, host=target.host)
            return target
        params = dict(declared.params)
        if declared.size_param is not None:
            params[declared.size_param] = str(declared.page_size)
        if declared.watermark is not None and since is not None:
            params[declared.watermark.param] = str(unmarked(since))
        if place is not None:
            params[declared.place_param] = str(place)
        return self._url.copy_merge_params(params)

    def _page(
        self, client: PageClient, place: Place, since: Mark | None, done: Progress
    ) -> tuple[Page, list[dict[str, Json]]]:
        """The next page. Raises SourceFileError for pages without end and for one that came before."""
        number = done.n_pages + 1
        if done.n_pages >= self._declared.max_pages or done.has_place(place):
            raise ENDLESS.refuse(self.source, self.where, page=done.n_pages)

        def check(page: Page) -> None:
            # A cache may repeat a page once; an endpoint that ignores the paging does so every time.
            if done.has_content(_digest(self._records(page.document, number))):
                raise Passing(SAME_PAGE.refuse(self.source, self.where, page=number))

        page = client.fetch(self._address(place, since), number, check)
        return page, self._records(page.document, number)

    def _records(self, document: Json, number: int) -> list[dict[str, Json]]:
        records = records_of(document, self._declared.records)
        if records is None:
            raise NOT_JSON.refuse(self.source, self.where, page=number, path=self._declared.records or ".")
        return records

    def _state(self, page: Page, records: list[dict[str, Json]], place: Place, done: Progress) -> Note:
        total = text_of(at_path(page.document, self._declared.total)) if self._declared.total else None
        state = {
            "place": place,
            "n": len(records),
            "digest": _digest(records),
            "total": int(total) if total and total.isdigit() else None,
            "newest": self._newest(records),
        }
        return {**state, "next": self._next(page, state, done.n_rows + len(records))}

    def _next(self, page: Page, state: Note, n_so_far: int) -> Place:
        """The place of the next page; None at the end. A short page is no end: servers cap the size of pages."""
        declared = self._declared
        if declared.paging in _BY_NUMBER:
            if not state["n"] or (state["total"] is not None and n_so_far >= state["total"]):
                return None
            return state["place"] + (1 if declared.paging == "page" else state["n"])
        if declared.paging == "none":
            return None
        return (text_of(at_path(page.document, declared.next)) or None) if declared.next else page.link

    def _newest(self, records: list[dict[str, Json]]) -> str | None:
        if self._declared.watermark is None:
            return None
        field = self._declared.watermark.field
        texts = newest(records, field)
        if any(moment_of(text) is None for text in texts):
            told = tr("不是 ISO 8601 时间", "no time of ISO 8601")
            raise KEY_TYPE.refuse(self.source, self.where, column=field, type=told)
        return max(texts, key=_comparable, default=None)

    def _check_last(self, client: PageClient, since: Mark | None, done: Progress, last: Note) -> None:
        try:
            page = client.fetch(self._address(last["place"], since), done.n_pages, lambda _: None)
            digest = _digest(self._records(page.document, done.n_pages))
        except SourceFileError:
            # A cursor that has expired is refused; if all is refused, the first page says so.
            digest = ""
        if digest != last["digest"]:
            raise StartAgain(DATA_MOVED, expected=last["total"] or "?", found=done.n_rows)


def _digest(records: list[dict[str, Json]]) -> str:
    return hashlib.sha256(json.dumps(records, sort_keys=True).encode()).hexdigest()[:32]


def _comparable(text: str) -> datetime:
    moment = moment_of(text)
    assert moment is not None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _url(source: str, declared: HttpPull) -> httpx.URL:
    try:
        url = httpx.URL(address(source, declared.url, declared.url_env))
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host:
        told = declared.url_env or "url"
        raise ConfigError(
            tr(
                f"来源“{source}”：{told} 不是 http 或 https 地址",
                f"source “{source}”: {told} is no address of http or https",
            )
        )
    return url
