"""The application: its routes, its guard, its headers and its error pages.

Alone: `uvicorn --factory review.web.app:create_app`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from data.errors import ConfigError, InvalidTransition, LonglouError
from data.settings import Settings, load_settings
from data.store.logins import TooManyLogins
from data.store.scope import OutOfScope
from data.store.session import open_store
from data.words import tr
from review.oidc import Provider
from review.web.access import Desk, LoginNeeded, guard, token_guard
from review.web.headers import PageHeaders
from review.web.limits import BodyLimit
from review.web.rendering import STATIC, page
from review.web.routes import ROUTES

_STATUS: tuple[tuple[type[LonglouError], int], ...] = (
    (OutOfScope, HTTPStatus.NOT_FOUND),
    (TooManyLogins, HTTPStatus.TOO_MANY_REQUESTS),
    (InvalidTransition, HTTPStatus.CONFLICT),
    (ConfigError, HTTPStatus.UNPROCESSABLE_ENTITY),
)


def create_app(
    settings: Settings | None = None, on_accepted: Callable[[str], object] = lambda _digest: None
) -> FastAPI:
    """The desk over the store of these settings (else those in force); the store is closed when the server stops.

    on_accepted: called with the digest of every file that its owner confirms, after the answer was sent.
    """
    settings = settings or load_settings()
    store = open_store(settings.database)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        store.close()

    # No interactive documentation: its page would load scripts from another host.
    app = FastAPI(title="longlou", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    oidc = None if settings.oidc is None else Provider(settings.oidc)
    app.state.desk = Desk(store, settings, on_accepted, oidc)
    for route in ROUTES:
        app.add_api_route(
            route.path,
            route.endpoint,
            methods=[route.method],
            dependencies=[Depends(guard(route.roles)), Depends(token_guard)],
            response_model=None,
        )
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(BodyLimit, file_mb=settings.upload_mb)
    app.add_middleware(PageHeaders, is_https=settings.is_https)
    app.add_exception_handler(LoginNeeded, _to_login)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(DataError, _not_storable)
    app.add_exception_handler(LonglouError, _own_error)
    return app


async def _to_login(request: Request, _error: Exception) -> Response:
    if request.method != "GET":
        return RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    after = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?{urlencode({'after': after})}", HTTPStatus.SEE_OTHER)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.headers and "Location" in error.headers:
        return RedirectResponse(error.headers["Location"], error.status_code)
    standard = HTTPStatus(error.status_code).phrase
    text = tr("没有这个页面", "there is no such page") if error.status_code == HTTPStatus.NOT_FOUND else error.detail
    return _error_page(request, error.status_code, text if text != standard else tr("无法处理这个请求", standard))


async def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = "、".join(sorted({str(problem["loc"][-1]) for problem in error.errors()}))
    text = tr(f"请求不完整或写法不对：{fields}", f"the request is incomplete or badly written: {fields}")
    return _error_page(request, HTTPStatus.UNPROCESSABLE_ENTITY, text)


async def _not_storable(request: Request, _error: Exception) -> Response:
    """PostgreSQL takes no character zero in a text, and no number beyond its column."""
    text = tr("有的内容数据库不能接受", "the database cannot take some of what was sent")
    return _error_page(request, HTTPStatus.UNPROCESSABLE_ENTITY, text)


async def _own_error(request: Request, error: Exception) -> Response:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.SERVICE_UNAVAILABLE)
    return _error_page(request, status, str(error))


def _error_page(request: Request, status: int, text: str) -> HTMLResponse:
    return page(request, "error.html", status=status, title=tr("出错了", "Error"), message=text, code=int(status))
