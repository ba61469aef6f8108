"""How does a log line look? Masked in any case; for people one line of text, for machines one JSON object.

What a line belongs to (run, area) is bound once and stands in every line after it.
"""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

from data.privacy import MaskingFormatter, mask_text

_bound: ContextVar[dict[str, str] | None] = ContextVar("log_context", default=None)


def bind(**values: str) -> None:
    """Every line of this context bears these from here on."""
    _bound.set({**(_bound.get() or {}), **values})


class JsonFormatter(logging.Formatter):
    """One object a line: at (UTC), level, logger, message, and what is bound; numbers that may be a person's masked."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. A traceback is told by the type of its error alone: its text may hold a value."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **(_bound.get() or {}),
            "message": mask_text(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__name__
        return json.dumps(told, ensure_ascii=False)


def formatter(kind: Literal["text", "json"], pattern: str, date_format: str | None = None) -> logging.Formatter:
    """The formatter that the settings ask for. pattern, date_format: of the text."""
    return JsonFormatter() if kind == "json" else MaskingFormatter(pattern, datefmt=date_format)
