"""The answer for machines: one JSON document of a fixed shape, for files that were read and files that were refused."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from data.contracts.answer import Answer
from data.contracts.answer_mapping import Taken
from data.errors import SourceFileError

_CODE = re.compile(r"\[([EW]\d{3}_[A-Z_0-9]+)\]\s*")
_TOLD = ("sheet", "row", "column", "cell", "header", "field", "code", "level", "message", "todo", "value_masked")
_EMPTY: dict[str, Any] = {
    "n_read": 0,
    "n_accepted": 0,
    "n_rejected": 0,
    "n_to_check": 0,
    "n_dropped": 0,
    "dropped": {},
    "unknown_columns": {},
    "mapping": [],
    "reasons": [],
    "n_problems": 0,
    "problems": [],
    "refused": None,
    "workbook": None,
}


def answer_document(answer: Answer, refusal: SourceFileError | None = None) -> dict[str, Any]:
    """What `docs/intake.md` describes; no value of a cell unmasked, names masked too. `workbook` is null.

    refusal: why the file as a whole is refused although it could be read, because most rows are rejected.
    """
    return {
        **_EMPTY,
        "file": answer.file,
        "source": answer.kind,
        "n_read": answer.n_read,
        "n_accepted": answer.n_accepted,
        "n_rejected": answer.n_rejected,
        "n_to_check": answer.n_to_check,
        "n_dropped": sum(answer.n_dropped.values()),
        "dropped": dict(answer.n_dropped),
        "unknown_columns": dict(answer.n_unknown_columns),
        "mapping": _mapping(answer),
        "reasons": [
            {"code": code, "level": level, "n": int(n), "examples": _records(answer.examples(code))}
            for code, level, n in answer.reasons.itertuples(index=False)
        ],
        "n_problems": answer.n_problems,
        "problems": _records(answer.problems),
        "refused": _refusal(refusal, None) if refusal else None,
    }


def refused_document(file: str, kind: str, error: SourceFileError, suggested_source: str | None) -> dict[str, Any]:
    """The same keys for a file that cannot be used at all; suggested_source: the kind its headers look like."""
    return {**_EMPTY, "file": file, "source": kind, "refused": _refusal(error, suggested_source)}


def _refusal(error: SourceFileError, suggested_source: str | None) -> dict[str, Any]:
    found = _CODE.search(error.problem)
    return {
        "code": found[1] if found else "",
        "message": _CODE.sub("", error.problem),
        "where": error.where,
        "suggested_source": suggested_source,
    }


def _mapping(answer: Answer) -> list[dict[str, Any]]:
    return [
        {
            "sheet": told.sheet,
            "header_row": told.header_row,
            "column": told.column,
            "header": told.header,
            "taken": told.taken.value,
            "field": told.field or None,
            "title": told.title or None,
            "suggested_field": told.suggested_field or None,
        }
        for told in answer.columns
        if told.taken is not Taken.EMPTY or told.header
    ]


def _records(problems: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(_TOLD, row, strict=True)) for row in problems[list(_TOLD)].itertuples(index=False)]
