"""What a person's browser does, without one: gets pages, sends forms with the token that the page gave."""

from __future__ import annotations

import re
from dataclasses import dataclass

from httpx import Response
from starlette.testclient import TestClient

PASSWORD = "correct horse 46"


@dataclass
class Browser:
    """A client with its cookies."""

    client: TestClient

    def get(self, path: str) -> Response:
        return self.client.get(path)

    def log_in(self, username: str, password: str = PASSWORD) -> Response:
        return self.client.post("/login", data={"username": username, "password": password})

    def token(self) -> str:
        """The token of the session, as the account page carries it."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/account").text)
        assert found is not None
        return found[1]

    def post(self, path: str, token: str | None = None, **values: object) -> Response:
        """Send a form; `token` '' sends none."""
        data = {**values, "csrf": self.token() if token is None else token}
        return self.client.post(path, data=data)
