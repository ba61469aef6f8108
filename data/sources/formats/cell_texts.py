"""Which text has a typed cell? Texts pass untouched, by whole columns; only what is no text costs a conversion."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import datetime, time
from itertools import repeat
from operator import is_
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from data.values.text import INVISIBLE

Objects = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]

#: Numbers below are exact as floats; above, a spreadsheet has lost digits already and repr keeps what is there.
_EXACT = 1e15
#: What a spreadsheet shows for a formula that failed, or (saved as text) for a column too narrow to show anything.
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|#{2,})")


class Tidied(NamedTuple):
    """Texts of cells with None for nothing; how many characters were invisible; positions of cells with errors."""

    texts: list[str | None]
    n_invisible: int
    errors: list[int]


def as_texts(values: Sequence[Any]) -> tuple[list[str], Flags]:
    """Text of each cell and whether it was a number. Texts pass untouched; only the others are converted."""
    numeric = np.zeros(len(values), dtype=bool)
    kinds = list(map(type, values))
    others = set(kinds) - {str}
    if not others:
        return list(values), numeric
    texts = objects(values)
    for kind in others:
        here = np.fromiter(map(is_, kinds, repeat(kind)), dtype=bool, count=len(kinds))
        # A truth value is an int to Python, but no number to a clerk.
        if kind in (int, float):
            numeric |= here
        texts[here] = objects(_WORDS.get(kind, _distinct)(texts[here].tolist()))
    return texts.tolist(), numeric


def tidy(texts: list[str]) -> Tidied:
    """The texts without invisible characters, outer white space and errors; the same list if nothing changes."""
    n_invisible = 0
    joined = "".join(texts)
    # Whatever is printable holds neither control characters nor zero widths: nothing to look for.
    if not joined.isprintable() and (n_invisible := len(INVISIBLE.findall(joined))):
        texts = [text if text.isprintable() else INVISIBLE.sub("", text) for text in texts]
    # Of white space only the plain blank is printable.
    if " " in joined or not joined.isprintable():
        texts = list(map(str.strip, texts))
    errors = (
        [at for at, text in enumerate(texts) if text[:1] == "#" and _ERROR.fullmatch(text)] if "#" in joined else []
    )
    if errors or "" in texts:
        wrong = set(errors)
        blanked = [text if text and at not in wrong else None for at, text in enumerate(texts)]
        return Tidied(blanked, n_invisible, errors)
    return Tidied(cast("list[str | None]", texts), n_invisible, errors)


def _numbers(values: list[float]) -> list[str]:
    """Shortest text: 5.0 -> 5. Whole numbers a float cannot hold exactly stay in the form that shows it."""
    floats = np.array(values, dtype=float)
    whole = np.isfinite(floats) & (np.abs(floats) < _EXACT)
    whole[whole] = floats[whole] == np.floor(floats[whole])
    if whole.all():
        return list(map(str, floats.astype(np.int64).tolist()))
    return [
        str(int(value)) if is_whole else repr(float(value)) if math.isfinite(value) else ""
        for value, is_whole in zip(values, whole.tolist(), strict=True)
    ]


def _distinct(values: list[Any]) -> list[str]:
    words = {value: _word(value) for value in set(values)}
    return list(map(words.__getitem__, values))


def _word(value: object) -> str:
    """A day without a time is a day; everything else as it prints."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    return str(value)


def _truths(values: list[bool]) -> list[str]:
    return ["是" if value else "否" for value in values]


_WORDS: dict[type, Callable[[list[Any]], list[str]]] = {int: _numbers, float: _numbers, bool: _truths}


def objects(values: Sequence[Any]) -> Objects:
    """An array of these values as they are, whatever they hold."""
    texts = np.empty(len(values), dtype=object)
    texts[:] = values
    return texts
