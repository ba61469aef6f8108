"""How are digests written? So that nobody, and no search for numbers of persons, takes one for a number."""

from __future__ import annotations

import hashlib
import re
import secrets
from pathlib import Path

_DIGITS_ON_END = re.compile(r"([0-9]{7})([0-9])")
_LETTERS = "ghijklmnop"


def spelled(digest: str) -> str:
    """A digest in hexadecimal in which never eight digits stand together: each eighth becomes a letter beyond f.

    Also beside other digits (a county's code, another digest) it is then too short for an identity number. What was
    kept before this was so is brought to the same form by it, and what has the form stays as it is.
    """
    return _DIGITS_ON_END.sub(_with_letter, digest)


def _with_letter(found: re.Match[str]) -> str:
    return found[1] + _LETTERS[int(found[2])]


def digest_of(path: Path) -> str:
    """SHA-256 of a file, so written."""
    with path.open("rb") as file:
        return spelled(hashlib.file_digest(file, "sha256").hexdigest())


def random_id(n_bytes: int) -> str:
    """An id that nobody can guess, in the same form."""
    return spelled(secrets.token_hex(n_bytes))
