"""How much may a browser send? A form is small, a file has its limit; more is refused before it is read."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.words import tr

_FORM_BYTES = 1024 * 1024
#: Addresses that take files, by their end.
_TAKES_FILES = ("/uploads", "/verification/workbook")
_MB = 1024 * 1024


class BodyLimit:
    """ASGI middleware: answers 413 to a body over the limit, whether its length was announced or not."""

    def __init__(self, app: ASGIApp, file_mb: int) -> None:
        self.app = app
        # The frame of the form and the other fields need room too.
        self.file_bytes = file_mb * _MB + _FORM_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what it sends."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.file_bytes if scope["path"].endswith(_TAKES_FILES) else _FORM_BYTES
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > limit:
            await PlainTextResponse(_too_much(limit), 413)(scope, receive, send)
            return
        n_bytes = 0

        async def counted() -> Message:
            nonlocal n_bytes
            message = await receive()
            n_bytes += len(message.get("body", b""))
            if n_bytes > limit:
                raise HTTPException(413, _too_much(limit))
            return message

        await self.app(scope, counted, send)


def _too_much(limit: int) -> str:
    size = limit // _MB
    return tr(f"请求超过 {size} MB", f"the request is larger than {size} MB")
