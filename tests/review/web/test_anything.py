"""Whatever is sent to any address, by whomever: an answer, never a fault of ours. DESK_EXAMPLES sets how much is sent."""

from __future__ import annotations

import os
import warnings

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from data.store.session import Store
from data.store.users import Role
from review.web.routes import ROUTES
from tests.review.web.conftest import Enter
from tests.review.web.counties import BOOK, OURS, case_ids, two_counties

with warnings.catch_warnings():
    # Its own dependencies are deprecated here and there; nothing of it runs in production.
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import Case, GenerationMode
    from schemathesis.schemas import APIOperation

#: Few in the suite; DESK_EXAMPLES=300 takes an hour.
_N = int(os.environ.get("DESK_EXAMPLES", "4"))
#: Parts of a request that the client takes, and the address that ends the session that sends: it comes last.
_SENT = ("method", "url", "params", "data", "files", "headers")
_LAST = "/logout"


@pytest.fixture
def known(app: FastAPI, store: Store, enter: Enter) -> tuple[FastAPI, dict[str, str]]:
    """The application with a book that has something of everything, and the headers of somebody with every role."""
    two_counties(store, app.state.desk.settings)
    enter(Role.ANALYST, username="other")
    browser = enter(*Role)
    cookie = "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items())
    return app, {"Cookie": cookie, "X-CSRF": browser.token()}


def test_no_address_fails(known: tuple[FastAPI, dict[str, str]], store: Store) -> None:
    app, headers = known
    document = app.openapi()
    # An address with a book that is there leads further in than one made up.
    there = {
        "book": [BOOK, OURS],
        "item_id": ["ours", "class-theirs"],
        "case_id": list(case_ids(store).values()),
        "upload_id": ["upload-ours"],
        "username": ["other"],
    }
    for operations in document["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path" and parameter["name"] in there:
                    parameter["schema"]["enum"] = [*there[parameter["name"]], "nothing"]
    schema = schemathesis.openapi.from_dict(document)
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False, raise_server_exceptions=False)
    asked = set()
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in sorted(operations, key=lambda one: one.path == _LAST):
        asked.add((operation.method.upper(), operation.path))
        if operation.path == _LAST:
            # Whoever sends was logged in all the way.
            assert client.get("/account", headers=headers).status_code == 200
        _send_all(operation, client, headers)
    assert asked == {(route.method, route.path) for route in ROUTES}


def _send_all(operation: APIOperation, client: TestClient, headers: dict[str, str]) -> None:
    """What the address asks for, and what it does not."""

    @settings(max_examples=_N, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)))
    def send(case: Case) -> None:
        sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
        sent = {name: sent[name] for name in _SENT if sent.get(name) is not None}
        kept = {name: value for name, value in dict(sent.get("headers", {})).items() if _is_header(name, value)}
        answer = client.request(**{**sent, "headers": {**kept, **headers}})
        assert answer.status_code < 500, (case.method, case.path, sent)

    send()


def _is_header(name: str, value: object) -> bool:
    """What a browser could send at all; the session's own stand."""
    return name.isascii() and str(value).isascii() and name.lower() not in ("cookie", "x-csrf", "host")
