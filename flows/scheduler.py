"""Asking Prefect's server for a run over HTTP: no Prefect is imported, and an answer is waited for.

An event that is emitted while the server is down is lost without a word; a request that fails is told.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from data.errors import LonglouError
from data.settings import Settings
from data.words import tr

#: The one user that Prefect's server knows.
USER = "longlou"
_TIMEOUT = 10.0
#: A token is asked for anew this long before it ends.
_MARGIN = 60.0


class SchedulerUnavailable(LonglouError):
    """Prefect's server did not answer or refused; whatever was to be started waits for the sweep."""

    def __init__(self, problem: str) -> None:
        super().__init__(tr(f"调度服务没有应答：{problem}", f"the scheduler does not answer: {problem}"))


def scheduler_of(settings: Settings) -> Scheduler | None:
    """The one of the settings, else the one that `longlou serve` runs over the same `var_dir`; None when none does."""
    if settings.prefect_api_url is not None:
        return Scheduler(settings.prefect_api_url, settings.prefect_auth)
    try:
        api = address_file(settings).read_text(encoding="ascii").strip()
        password = password_file(settings).read_text(encoding="ascii").strip()
    except OSError:
        return None
    return Scheduler(api, settings.prefect_auth or f"{USER}:{password}")


def address_file(settings: Settings) -> Path:
    """Where `longlou serve` notes the address of its scheduler while it runs."""
    return settings.var_dir.resolve() / "prefect" / "address"


def password_file(settings: Settings) -> Path:
    """The password of that scheduler, made at its first start."""
    return settings.var_dir.resolve() / "keys" / "prefect.password"


@dataclass
class Scheduler:
    """Prefect's HTTP interface. auth: `user:password`, None where the server asks for none."""

    api: str
    auth: str | None = field(default=None, repr=False)
    _client_id: str = field(default_factory=lambda: str(uuid4()), repr=False)
    _token: str | None = field(default=None, repr=False)
    _ends: float = 0.0

    def is_alive(self) -> bool:
        """Does the server say that it is well?"""
        try:
            return bool(self._request("GET", "/health").json() is True)
        except (SchedulerUnavailable, ValueError):
            return False

    def start(
        self, deployment: str, parameters: dict[str, Any], key: str, at: datetime | None = None
    ) -> tuple[str, bool]:
        """A run of `flow/deployment`, now or later; the same key never makes a second one. Its id, and is it new?"""
        found = self._request("GET", f"/deployments/name/{deployment}").json()
        body: dict[str, Any] = {"parameters": parameters, "idempotency_key": key}
        if at is not None:
            body["state"] = {"type": "SCHEDULED", "state_details": {"scheduled_time": at.isoformat()}}
        answer = self._request("POST", f"/deployments/{found['id']}/create_flow_run", body)
        return str(answer.json()["id"]), answer.status_code == httpx.codes.CREATED

    def is_served(self, deployment: str) -> bool:
        """Does a worker ask for its runs?"""
        try:
            return bool(self._request("GET", f"/deployments/name/{deployment}").json()["status"] == "READY")
        except SchedulerUnavailable:
            return False

    def reports_home(self) -> bool:
        """Does this very server send statistics to its makers? Raises SchedulerUnavailable."""
        return bool(self._request("GET", "/admin/settings").json()["server"]["analytics_enabled"])

    def next_start(self, deployment: str) -> datetime | None:
        """When the next scheduled run of a deployment begins; None when none is planned."""
        found = self._request("GET", f"/deployments/name/{deployment}").json()
        body = {
            "deployments": {"id": {"any_": [found["id"]]}},
            "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
            "sort": "EXPECTED_START_TIME_ASC",
            "limit": 1,
        }
        runs = self._request("POST", "/flow_runs/filter", body).json()
        return datetime.fromisoformat(runs[0]["expected_start_time"]) if runs else None

    def _request(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        headers = {} if method == "GET" else self._csrf()
        try:
            answer = httpx.request(
                method,
                f"{self.api.rstrip('/')}{path}",
                json=body,
                headers=headers,
                auth=self._basic(),
                timeout=_TIMEOUT,
            )
            answer.raise_for_status()
        except httpx.HTTPStatusError as error:
            raise SchedulerUnavailable(f"HTTP {error.response.status_code}") from None
        except httpx.HTTPError as error:
            raise SchedulerUnavailable(type(error).__name__) from None
        return answer

    def _csrf(self) -> dict[str, str]:
        """The header that a protected server wants; {} where protection is off."""
        if self._token is None or time.time() > self._ends - _MARGIN:
            try:
                url = f"{self.api.rstrip('/')}/csrf-token"
                answer = httpx.get(url, params={"client": self._client_id}, auth=self._basic(), timeout=_TIMEOUT)
            except httpx.HTTPError as error:
                raise SchedulerUnavailable(type(error).__name__) from None
            if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
                return {}
            if answer.is_error:
                raise SchedulerUnavailable(f"HTTP {answer.status_code}")
            told = answer.json()
            self._token = str(told["token"])
            self._ends = datetime.fromisoformat(told["expiration"].replace("Z", "+00:00")).timestamp()
        return {"Prefect-Csrf-Token": self._token, "Prefect-Csrf-Client": self._client_id}

    def _basic(self) -> tuple[str, str] | None:
        if self.auth is None:
            return None
        user, _, password = self.auth.partition(":")
        return user, password
