"""What a browser may do with a page: nothing from outside, no frame, no cache; and the language of the request."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import get_args

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.words import Language, set_language

LANGUAGE_COOKIE = "language"

#: No inline script, no inline style, no other host: what is shown and run comes from our own files.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class PageHeaders:
    """ASGI middleware: sets the reader's language for the request and the headers of every answer."""

    def __init__(self, app: ASGIApp, is_https: bool = False) -> None:
        self.app = app
        self.is_https = is_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        set_language(asked_language(Headers(scope=scope).get("cookie", "")))

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if self.is_https:
                    headers["Strict-Transport-Security"] = "max-age=31536000"
                # Members' names stay in no cache; files of our own may, they bear their version in the address.
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, with_headers)


def asked_language(cookies: str) -> Language:
    """The language of the cookie; Chinese when it names none of ours."""
    found = SimpleCookie(cookies).get(LANGUAGE_COOKIE)
    return "en" if found is not None and found.value in get_args(Language) and found.value == "en" else "zh"
