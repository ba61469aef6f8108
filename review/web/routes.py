"""Every address of the desk with the roles that may use it. What is not in this list does not exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from data.store.users import Role
from review.web import (
    pages_account,
    pages_aside,
    pages_calls,
    pages_card,
    pages_home,
    pages_login,
    pages_metrics,
    pages_oidc,
    pages_overview,
    pages_queue,
    pages_readings,
    pages_uploads,
    pages_users,
    pages_verification,
)
from review.web.access import ANYBODY, PUBLIC

_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
_DECIDERS = frozenset({Role.ANALYST, Role.ADJUDICATOR})
_ADJUDICATORS = frozenset({Role.ADJUDICATOR})
_READERS = _DECIDERS | {Role.AUDITOR}
_OVERSEERS = _READERS | {Role.STATISTICIAN}
_UPLOADERS = frozenset({Role.UPLOADER})
_UPLOADS_READERS = _UPLOADERS | {Role.AUDITOR}


@dataclass(frozen=True)
class Route:
    """One method of one address. `roles`: who may use it; PUBLIC: anybody, without a session."""

    method: str
    path: str
    endpoint: Callable[..., Any]
    roles: frozenset[Role]


ROUTES: tuple[Route, ...] = (
    Route("GET", "/healthz", pages_home.health, PUBLIC),
    Route("GET", "/metrics", pages_metrics.metrics, PUBLIC),
    Route("GET", "/login", pages_login.form, PUBLIC),
    Route("POST", "/login", pages_login.submit, PUBLIC),
    Route("GET", "/login/oidc", pages_oidc.begin, PUBLIC),
    Route("GET", "/login/oidc/callback", pages_oidc.come_back, PUBLIC),
    Route("POST", "/language", pages_login.choose_language, PUBLIC),
    Route("POST", "/logout", pages_login.leave, ANYBODY),
    Route("GET", "/", pages_home.home, ANYBODY),
    Route("GET", "/account", pages_account.form, ANYBODY),
    Route("POST", "/account/password", pages_account.change_password, ANYBODY),
    Route("POST", "/account/preferences", pages_account.change_preferences, ANYBODY),
    Route("GET", "/users", pages_users.list_page, _ADMINISTRATORS),
    Route("POST", "/users", pages_users.add, _ADMINISTRATORS),
    Route("POST", "/users/{username}/lock", pages_users.lock, _ADMINISTRATORS),
    Route("POST", "/users/{username}/rights", pages_users.change_rights, _ADMINISTRATORS),
    Route("POST", "/users/{username}/reset", pages_users.reset, _ADMINISTRATORS),
    Route("GET", "/{book}/queue", pages_queue.list_page, _READERS),
    Route("POST", "/{book}/queue/next", pages_queue.take_next, _DECIDERS),
    Route("GET", "/{book}/items/{item_id}", pages_card.show, _READERS),
    Route("POST", "/{book}/items/{item_id}/decide", pages_card.decide, _DECIDERS),
    Route("POST", "/{book}/items/{item_id}/undo", pages_card.take_back, _DECIDERS),
    Route("POST", "/{book}/items/{item_id}/skip", pages_card.skip, _DECIDERS),
    Route("POST", "/{book}/items/{item_id}/heartbeat", pages_card.heartbeat, _DECIDERS),
    Route("POST", "/{book}/items/{item_id}/take", pages_card.take, _DECIDERS),
    Route("POST", "/{book}/items/{item_id}/leave", pages_card.leave, _DECIDERS),
    Route("POST", "/{book}/items/{item_id}/search", pages_aside.search, _DECIDERS),
    Route("POST", "/{book}/items/{item_id}/reveal", pages_aside.show_number, _DECIDERS),
    Route("POST", "/{book}/items/{item_id}/note", pages_aside.note, _DECIDERS),
    Route("GET", "/{book}/items/{item_id}/history", pages_aside.history, _READERS),
    Route("POST", "/{book}/items/{item_id}/gold", pages_aside.gold, _ADJUDICATORS),
    Route("POST", "/{book}/undo", pages_card.take_back_last, _DECIDERS),
    Route("GET", "/{book}/judging", pages_queue.rules_of_judging, _READERS),
    Route("POST", "/{book}/queue/assign", pages_queue.give, _ADJUDICATORS),
    Route("POST", "/{book}/guidance", pages_queue.guide, _ADJUDICATORS),
    Route("GET", "/{book}/agreement", pages_readings.agreement, _ADJUDICATORS | {Role.AUDITOR}),
    Route("GET", "/{book}/bulk", pages_readings.bulk, _DECIDERS),
    Route("POST", "/{book}/bulk/preview", pages_readings.bulk_preview, _DECIDERS),
    Route("POST", "/{book}/bulk/accept", pages_readings.bulk_accept, _DECIDERS),
    Route("POST", "/{book}/bulk/undo", pages_readings.bulk_undo, _DECIDERS),
    Route("GET", "/{book}/overview", pages_overview.show, _OVERSEERS),
    Route("GET", "/{book}/files/{name}", pages_overview.download, _OVERSEERS),
    Route("GET", "/{book}/uploads", pages_uploads.list_page, _UPLOADS_READERS),
    Route("POST", "/{book}/uploads", pages_uploads.receive, _UPLOADERS),
    Route("GET", "/{book}/uploads/{upload_id}", pages_uploads.show, _UPLOADS_READERS),
    Route("POST", "/{book}/uploads/{upload_id}/columns", pages_uploads.map_columns, _UPLOADERS),
    Route("POST", "/{book}/uploads/{upload_id}/accept", pages_uploads.accept, _UPLOADERS),
    Route("POST", "/{book}/uploads/{upload_id}/refuse", pages_uploads.refuse, _UPLOADERS),
    Route("GET", "/{book}/uploads/{upload_id}/workbook", pages_uploads.workbook, _UPLOADERS),
    Route("GET", "/{book}/verification", pages_verification.list_page, _READERS),
    Route("POST", "/{book}/verification/open", pages_verification.open_cases, _DECIDERS),
    Route("POST", "/{book}/items/{item_id}/case", pages_verification.open_one, _DECIDERS),
    Route("GET", "/{book}/verification/list", pages_calls.printed, _DECIDERS),
    Route("GET", "/{book}/verification/workbook", pages_calls.workbook, _DECIDERS),
    Route("POST", "/{book}/verification/workbook", pages_calls.read_back, _DECIDERS),
    Route("GET", "/{book}/verification/cases/{case_id}", pages_verification.show, _READERS),
    Route("POST", "/{book}/verification/cases/{case_id}/step", pages_verification.take_step, _DECIDERS),
)
