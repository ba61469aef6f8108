"""Forms that FastAPI must not read before the guard has: files, and fields whose names are not known beforehand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData


async def form_of(request: Request) -> AsyncIterator[FormData]:
    """The form of the request; FastAPI reads a declared form before it asks the guard who is sending it."""
    async with request.form() as form:
        yield form


FormHere = Annotated[FormData, Depends(form_of)]


def text_of(form: FormData, name: str) -> str:
    """A field's text without white space around it; '' when it is missing or a file."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""
