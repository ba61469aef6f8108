"""Whatever is sent to any address, by whomever: an answer, never a fault of ours. DESK_EXAMPLES sets how much is sent."""

from __future__ import annotations

import os
import warnings

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from data.store.publish import publish
from data.store.session import Store
from data.store.users import Role
from review.web.routes import ROUTES
from tests.data.store.builders import AREA, NOW, candidate, handed, item, run
from tests.review.web.conftest import Enter

with warnings.catch_warnings():
    # Its own dependencies are deprecated here and there; nothing of it runs in production.
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import Case, GenerationMode
    from schemathesis.schemas import APIOperation

#: Few in the suite; DESK_EXAMPLES=300 takes an hour.
_N = int(os.environ.get("DESK_EXAMPLES", "4"))
#: Parts of a request that the client takes, and where sending anything at all would end the session that sends.
_SENT = ("method", "url", "params", "data", "files", "headers")
_ENDS_THE_SESSION = ("/logout", "/account/password")


@pytest.fixture
def known(app: FastAPI, store: Store, enter: Enter) -> tuple[FastAPI, dict[str, str]]:
    """The application with a book, and the headers of somebody with every role."""
    asked = (item("q1", candidate("x")), item("q2", kind="classification", candidates="[]"))
    publish(store, run(), handed(asked=asked, classes={"P1": "lost", "P2": "normal"}), NOW)
    browser = enter(*Role)
    cookie = "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items())
    return app, {"Cookie": cookie, "X-CSRF": browser.token()}


def test_no_address_fails(known: tuple[FastAPI, dict[str, str]]) -> None:
    app, headers = known
    document = app.openapi()
    # An address with a book that is there leads further in than one made up.
    for operations in document["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "book":
                    parameter["schema"]["enum"] = [AREA, "46", "nothing"]
                if parameter["name"] == "item_id":
                    parameter["schema"]["enum"] = ["q1", "q2", "nothing"]
    schema = schemathesis.openapi.from_dict(document)
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False, raise_server_exceptions=False)
    asked = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in _ENDS_THE_SESSION:
            continue
        asked.add((operation.method.upper(), operation.path))

        _send_all(operation, client, headers)
    assert len(asked) == len(ROUTES) - len(_ENDS_THE_SESSION)


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
