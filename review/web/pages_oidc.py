"""Logging in by an issuer: the browser is sent there with a signed cookie and comes back with a code."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from data.store.clock import utc_now
from data.store.external_logins import NotAUserHere, log_in_by_issuer
from data.store.scope import OutOfScope
from review.oidc import Asked, OidcRefused, OidcUnavailable, Provider
from review.oidc_state import LASTS, pack, unpack
from review.web.access import Desk, DeskHere
from review.web.pages_login import keep_session, login_page, own_address
from review.web.rendering import page
from review.web.words import gettext as _

_COOKIE = "longlou-oidc"
_PATH = "/login/oidc"
_MOST = 4000


def begin(request: Request, desk: DeskHere, after: str = "/") -> Response:
    """Off to the issuer. A page that is not there while no issuer is set up."""
    provider = _provider(desk)
    if request.state.session is not None:
        return RedirectResponse("/", 303)
    asked = Asked.anew(own_address(after)[: _MOST // 2])
    try:
        address = provider.address(asked)
    except OidcUnavailable as error:
        return login_page(request, desk, status=503, problem=str(error), after=asked.after)
    answer = RedirectResponse(address, 303)
    # Lax: the browser comes back from another site. It opens nothing by itself.
    answer.set_cookie(
        _COOKIE,
        pack(desk.settings, asked, utc_now()),
        int(LASTS.total_seconds()),
        path=_PATH,
        httponly=True,
        samesite="lax",
        secure=desk.settings.is_https,
    )
    return answer


def come_back(request: Request, desk: DeskHere) -> Response:
    """Back from the issuer: a session for the user whom it names, or the login page with the reason."""
    provider = _provider(desk)
    try:
        asked = unpack(desk.settings, request.cookies.get(_COOKIE, ""), utc_now())
        who = provider.identity(asked, request.query_params)
        address = request.client.host if request.client else ""
        browser = request.headers.get("user-agent", "")
        token, session = log_in_by_issuer(desk.store, who.issuer, who.subject, who.username, address, browser)
    except (OidcRefused, NotAUserHere, OidcUnavailable) as error:
        status = 503 if isinstance(error, OidcUnavailable) else 401
        answer: Response = login_page(request, desk, status=status, problem=str(error))
    else:
        # A page and no redirect: a strict cookie is not sent with a redirect that began on another site.
        answer = page(request, "signed_in.html", title=_("Logged in"), after=own_address(asked.after))
        keep_session(desk, answer, token, session)
    answer.delete_cookie(_COOKIE, path=_PATH, secure=desk.settings.is_https, httponly=True, samesite="lax")
    return answer


def _provider(desk: Desk) -> Provider:
    if desk.oidc is None:
        raise OutOfScope
    return desk.oidc
