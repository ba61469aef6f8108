"""How a page is made: Jinja with everything escaped, the words of the reader's language, the frame around each page."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from data.store.users import Role
from data.words import language
from review.web import words

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


@cache
def environment() -> Environment:
    """Jinja's environment; a name that a template uses and nobody gave is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # The extension puts this method there when it is loaded.
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(day=words.day, moment=words.moment, number=words.number, percent=words.percent)
    made.globals.update(static=static_address, Role=Role)
    return made


def page(request: Request, template: str, *, status: int = 200, title: str, **values: object) -> HTMLResponse:
    """A whole page. Every template gets `user` (None on public pages), `csrf`, `book`, `here` and `lang`."""
    session = getattr(request.state, "session", None)
    frame = {
        "title": title,
        "user": None if session is None else session.user,
        "csrf": "" if session is None else session.csrf,
        "book": request.path_params.get("book"),
        "here": request.url.path,
        "lang": "zh-Hans" if language() == "zh" else "en",
    }
    # A page's own values win: an error page has no book.
    text = environment().get_template(template).render({**frame, **values})
    return HTMLResponse(text, status_code=status)


def svg(text: str) -> Markup:
    """Markup that our own code drew: every text inside has been escaped there."""
    return Markup(text)


@cache
def static_address(name: str) -> str:
    """The address of a file of ours with a digest of its content, so that browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
