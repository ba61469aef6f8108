"""A real endpoint on loopback that fails half-way, hurries nobody, cuts documents short and pages without end."""

from __future__ import annotations

import email.utils
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from data.errors import ConfigError, SourceFileError, SourceUnavailable
from data.settings import Settings, use_settings
from tests.data.sources.pulls.builders import (
    ALL,
    ID_NO,
    N_ROWS,
    NAMES,
    Answer,
    Request,
    Script,
    endpoint,
    http_spec,
    names,
    page,
    pulled,
    record,
    texts_below,
)

_PAGED = {"paging": "page", "size_param": "size", "page_size": 10}


def paged(request: Request, rows: Sequence[dict[str, object]] = ALL, *, cap: int = 100, **more: object) -> Answer:
    """The page that was asked for, by number, offset or cursor; never more than `cap` rows."""
    size = min(int(request.params.get("size", "10")), cap)
    start = int(request.params.get("offset", "0")) + int(request.params.get("cursor", "0"))
    start += (int(request.params.get("page", "1")) - 1) * size
    following = start + size if start + size < len(rows) else None
    return page(rows[start : start + size], next=following, **more)


def linked(request: Request, _: int) -> Answer:
    start = int(request.params.get("start", "0"))
    answer = page(ALL[start : start + 10])
    if start + 10 < N_ROWS:
        answer.headers["Link"] = (
            f'<{request.path}?start={start + 10}>; rel="next", <https://other.example/>; rel="self"'
        )
    return answer


def linked_inside(request: Request, _: int) -> Answer:
    start = int(request.params.get("start", "0"))
    following = f"?start={start + 10}" if start + 10 < N_ROWS else None
    return page(ALL[start : start + 10], paging={"next": following})


@pytest.mark.parametrize(
    ("declared", "script", "n_requests"),
    [
        (_PAGED, lambda request, _: paged(request), 5),
        (_PAGED | {"total": "total"}, lambda request, _: paged(request, total=N_ROWS), 4),
        (_PAGED | {"page_size": 1000}, lambda request, _: paged(request, cap=10), 5),
        (_PAGED | {"paging": "offset", "page_size": 1000}, lambda request, _: paged(request, cap=10), 5),
        (_PAGED | {"paging": "cursor", "next": "next"}, lambda request, _: paged(request), 4),
        ({"paging": "link"}, linked, 4),
        ({"paging": "link", "next": "paging.next"}, linked_inside, 4),
        ({}, lambda *_: page(ALL), 1),
        ({"records": None}, lambda *_: Answer(json.dumps(ALL).encode()), 1),
    ],
)
def test_every_kind_of_paging_brings_every_record(
    own: Settings, declared: dict[str, object], script: Script, n_requests: int
) -> None:
    with endpoint(script) as served:
        table = pulled(http_spec(served.url, **declared))
    assert names(table) == NAMES
    assert (table.source_file, table.source_sheet, table.source_row.tolist()) == (
        "http:registry",
        "",
        list(range(1, N_ROWS + 1)),
    )
    assert table.headers == ["name", "身份证号"]
    assert table.n_untaken == {"religion": N_ROWS, "updated_at": N_ROWS}
    assert len(served.requests) == n_requests


def failing(how: Sequence[Answer]) -> Script:
    """The third request and the next ones fail in these ways; then all is well."""

    def script(request: Request, n_before: int) -> Answer:
        return how[n_before - 2] if 2 <= n_before < 2 + len(how) else paged(request)

    return script


_CUT = json.dumps({"items": ALL[:10]}).encode()[:200]


@pytest.mark.parametrize(
    "how",
    [
        [Answer(status=503), Answer(status=500), Answer(status=502)],
        [Answer(status=429), Answer(status=408)],
        [Answer(_CUT)],
        [Answer(_CUT, length=5000)],
        [Answer(b"", length=10), Answer(_CUT)],
        [page(ALL[:10])],
    ],
    ids=["5xx", "busy", "cut document", "cut connection", "nothing comes", "a page repeated once"],
)
def test_what_passes_is_tried_again(own: Settings, how: list[Answer]) -> None:
    with endpoint(failing(how)) as served:
        assert names(pulled(http_spec(served.url, **_PAGED))) == NAMES
    assert [request.params["page"] for request in served.requests] == ["1", "2", *["3"] * (len(how) + 1), "4", "5"]


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_the_server_says_how_long_to_wait(own: Settings, form: str) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=2)
    asked = "1" if form == "seconds" else email.utils.format_datetime(moment, usegmt=True)
    with endpoint(failing([Answer(status=429, headers={"Retry-After": asked})])) as served:
        start = time.monotonic()
        assert names(pulled(http_spec(served.url, **_PAGED))) == NAMES
    assert time.monotonic() - start >= (1 if form == "seconds" else 0.9)


def test_a_server_that_wants_to_be_left_alone_is(own: Settings) -> None:
    with endpoint(failing([Answer(status=429, headers={"Retry-After": "86400"})])) as served:
        with pytest.raises(SourceUnavailable, match="HTTP 429"):
            pulled(http_spec(served.url, **_PAGED))
        assert len(served.requests) == 3


def test_the_next_run_goes_on_at_the_page_that_failed(own: Settings) -> None:
    with endpoint(failing([Answer(status=503)] * 50)) as served:
        with pytest.raises(SourceUnavailable, match=r"registry.*E501_UNREACHABLE.*HTTP 503.*5 次.*20 行"):
            pulled(http_spec(served.url, **_PAGED))
        kept = texts_below(own.pulls_dir)
        assert (own.pulls_dir / "registry" / "spool").exists()
        assert ID_NO.encode() not in kept
        assert "党员".encode() not in kept
        served.requests.clear()
        served.script = lambda request, _: paged(request)
        assert names(pulled(http_spec(served.url, **_PAGED))) == NAMES
        # The last page is asked for again, to see whether the pages have shifted.
        assert [request.params["page"] for request in served.requests] == ["2", "3", "4", "5"]
    assert not (own.pulls_dir / "registry" / "spool").exists()


@pytest.mark.parametrize("change", ["a row goes", "the cursor expires", "a day later"])
def test_a_later_run_begins_anew_when_the_pages_have_moved(own: Settings, change: str) -> None:
    declared = _PAGED | ({"paging": "cursor", "next": "next"} if change == "the cursor expires" else {})
    with endpoint(failing([Answer(status=503)] * 50)) as served:
        with pytest.raises(SourceUnavailable):
            pulled(http_spec(served.url, **declared))
        served.requests.clear()

        def moved(request: Request, n_before: int) -> Answer:
            if change == "the cursor expires" and n_before == 0:
                return Answer(status=410)
            return paged(request, ALL[1:] if change == "a row goes" else ALL)

        served.script = moved
        hours = 0 if change == "a day later" else 24
        with use_settings(own.model_copy(update={"pull_resume_hours": hours})):
            table = pulled(http_spec(served.url, **declared))
    assert names(table) == (NAMES[1:] if change == "a row goes" else NAMES)


def test_a_total_that_moves_starts_the_pull_again_and_is_never_half(own: Settings) -> None:
    rows = list(ALL)

    def script(request: Request, n_before: int) -> Answer:
        if n_before == 1:
            # A row of the first page goes while the second one is fetched: a row slips from page three to two.
            del rows[0]
        return paged(request, rows, total=len(rows))

    with endpoint(script) as served:
        assert names(pulled(http_spec(served.url, **_PAGED, total="total"))) == NAMES[1:]
        served.script = lambda request, n: paged(request, total=100 + n)
        with pytest.raises(SourceUnavailable, match="E502_DATA_MOVED"):
            pulled(http_spec(served.url, **_PAGED, total="total"))
        served.script = lambda request, n: paged(request, total=N_ROWS + 1)
        with pytest.raises(SourceUnavailable, match=r"E502_DATA_MOVED.*共 36 条，取得 35 条"):
            pulled(http_spec(served.url, **_PAGED, total="total"))


def looping(request: Request, _: int) -> Answer:
    number = int(request.params.get("cursor", "0"))
    return page([record(number)], next=(number + 1) % 3 or 3 if number < 3 else 1)


@pytest.mark.parametrize(
    ("declared", "script", "told"),
    [
        ({"paging": "cursor", "next": "next"}, looping, "E507_ENDLESS.*第 4 页"),
        (
            {"paging": "cursor", "next": "next", "max_pages": 20},
            lambda request, n: page([record(n)], next=n + 1),
            "E507_ENDLESS.*第 20 页.*max_pages",
        ),
        ({"paging": "page"}, lambda *_: page(ALL), "E508_SAME_PAGE.*第 2 页"),
        ({"max_mb": 1}, lambda *_: page([record(1, name="名" * 2_000_000)]), "E509_TOO_MUCH.*1 MB"),
        ({}, lambda *_: Answer(status=401), "E505_HTTP_REFUSED.*401"),
        ({}, lambda *_: Answer(status=404), "E505_HTTP_REFUSED.*404"),
        ({}, lambda *_: Answer(b"<html>login</html>"), "E504_NOT_JSON"),
        ({}, lambda *_: Answer(b'{"data": []}'), "E504_NOT_JSON.*items"),
        ({}, lambda *_: Answer(b'{"items": [1, 2]}'), "E504_NOT_JSON"),
        ({}, lambda *_: page([]), "E205_NO_ROWS"),
        ({}, lambda *_: page([{"id": 1, "religion": "x"}] * 2), "E202_MISSING_COLUMN.*姓名"),
        ({}, lambda *_: page([record(1), record(1, name="另一人")]), "E512_KEY_NOT_UNIQUE"),
        ({"key": "pk"}, lambda *_: page(ALL), "E512_KEY_NOT_UNIQUE.*35 行为空"),
        ({}, lambda *_: Answer(status=302, headers={"Location": "http://127.0.0.2:1/x"}), "E506.*127.0.0.2"),
        ({}, lambda request, _: Answer(status=302, headers={"Location": request.path}), "E505_HTTP_REFUSED.*重定向"),
        (
            {"paging": "link"},
            lambda *_: Answer(page(ALL).body, headers={"Link": '<https://other.example/2>; rel="next"'}),
            "E506.*other.example",
        ),
    ],
)
def test_what_cannot_be_right_is_refused(own: Settings, declared: dict[str, object], script: Script, told: str) -> None:
    with endpoint(script) as served:
        with pytest.raises(SourceFileError, match=f"registry.*http:registry.*{told}") as refused:
            pulled(http_spec(served.url, **declared))
        assert len(served.requests) <= 25
    assert refused.value.exit_code == 3
    assert ID_NO not in str(refused.value)
    assert not (own.pulls_dir / "registry" / "spool").exists()


def test_a_document_that_stays_broken_is_told_as_such(own: Settings) -> None:
    with (
        endpoint(lambda *_: Answer(_CUT)) as served,
        pytest.raises(SourceUnavailable, match=r"E503_BROKEN_DOCUMENT.*5 次"),
    ):
        pulled(http_spec(served.url))


def test_a_redirect_on_the_same_host_is_followed_with_the_credentials(
    own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script(request: Request, _: int) -> Answer:
        is_there = request.path == "/api/new"
        return page(ALL) if is_there else Answer(status=307, headers={"Location": "/api/new"})

    monkeypatch.setenv("LEADS_TOKEN", "s3cret")
    monkeypatch.setenv("LEADS_KEY", "k3y")
    with endpoint(script) as served:
        pulled(http_spec(served.url, token_env="LEADS_TOKEN", headers_env={"X-Api-Key": "LEADS_KEY"}))
    assert [request.headers.get("Authorization") for request in served.requests] == ["Bearer s3cret"] * 2
    assert [request.headers.get("X-Api-Key") for request in served.requests] == ["k3y"] * 2


def test_a_secret_that_is_not_there_is_named_before_anything_is_written(own: Settings) -> None:
    with pytest.raises(ConfigError, match=r"registry.*LEADS_TOKEN"):
        pulled(http_spec("http://127.0.0.1:1/", token_env="LEADS_TOKEN"))
    assert not own.var_dir.exists()
