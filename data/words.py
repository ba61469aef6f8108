"""Which language does the reader want? Chinese unless told otherwise; both texts stand side by side in the code."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Literal, get_args

Language = Literal["zh", "en"]

_language: ContextVar[Language] = ContextVar("language", default="zh")


def set_language(language: str) -> None:
    """Choose the language of messages for this context: `zh` or `en`; anything else raises ValueError."""
    if language not in get_args(Language):
        raise ValueError(f"language {language!r}: zh or en")
    _language.set("en" if language == "en" else "zh")


def language() -> Language:
    """The language in force."""
    return _language.get()


def tr(zh: str, en: str) -> str:
    """The text in the reader's language."""
    return zh if _language.get() == "zh" else en
