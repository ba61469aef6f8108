"""Which cleaning steps can a column name? Each turns one text into another, or into None: nothing to compare.

A step may carry a number: `first:3`. Steps ending in keys (`words`, `deletions`) give several keys joined by `|`, for a
blocking rule's `any_of`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import jellyfish

from data.values.dates import parse_partial_date
from data.values.identifiers import clean_id
from data.values.text import NULL_WORDS, fold_width
from matching.characters import name_reading
from matching.spellings import canonical_name

Step = Callable[[str], str | None]
NumberedStep = Callable[[str, int], str | None]

_SPACES = re.compile(r"\s+")
_NO_WORD = re.compile(r"[\W_]+")


def null_words(text: str) -> str | None:
    """None for what people write into an empty cell: 无, n/a, none, —."""
    return None if text.strip().lower() in NULL_WORDS else text


def no_accents(text: str) -> str:
    """é as e; characters of other scripts stay."""
    apart = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFKC", "".join(c for c in apart if not unicodedata.combining(c)))


def partial_date(text: str) -> str:
    """ISO date of any usual way of writing it; a text that is no date stays as it is, slips and all."""
    return parse_partial_date(text) or text


def words(text: str) -> str:
    """Each distinct word a key."""
    return "|".join(dict.fromkeys(text.replace("|", " ").split()))


def deletions(text: str) -> str:
    """The text, and what is left of it without one of its characters: two texts one edit apart share a key."""
    plain = text.replace("|", " ")
    return "|".join(dict.fromkeys([plain, *(plain[:i] + plain[i + 1 :] for i in range(len(plain)) if len(plain) > 1)]))


def sound_key(text: str, encoder: Callable[[str], str]) -> str | None:
    """A key of how the Latin letters of a text sound; None without any: of 张伟 they would keep the surname alone."""
    letters = "".join(c for c in no_accents(text) if c.isascii() and (c.isalpha() or c == " "))
    return encoder(letters) if letters.strip() else None


#: Every step by name.
STEPS: dict[str, Step] = {
    "nfkc": fold_width,
    "strip": lambda text: _SPACES.sub(" ", text).strip(),
    "lower": str.lower,
    "upper": str.upper,
    "no_accents": no_accents,
    "no_spaces": lambda text: _SPACES.sub("", text),
    "no_punctuation": lambda text: _NO_WORD.sub(" ", text).strip(),
    "null_words": null_words,
    "digits": lambda text: "".join(c for c in text if c.isascii() and c.isdigit()),
    "letters": lambda text: "".join(c for c in text if c.isalpha()),
    "alphanumeric": lambda text: "".join(c for c in text if c.isalnum()),
    "sort_words": lambda text: " ".join(sorted(text.split())),
    "postcode": lambda text: "".join(c for c in text.upper() if c.isalnum()),
    "date": partial_date,
    "soundex": lambda text: sound_key(text, jellyfish.soundex),
    "nysiis": lambda text: sound_key(text, jellyfish.nysiis),
    "metaphone": lambda text: sound_key(text, jellyfish.metaphone),
    "chinese_name": canonical_name,
    "pinyin": lambda text: name_reading(canonical_name(text)),
    "identity_number": clean_id,
    "words": words,
    "deletions": deletions,
}

#: Steps that need a number.
NUMBERED_STEPS: dict[str, NumberedStep] = {
    "first": lambda text, n: text[:n],
    "last": lambda text, n: text[-n:],
    "at_least": lambda text, n: text if len(text) >= n else None,
}

#: What every column goes through unless it says otherwise.
USUAL_STEPS = ("nfkc", "null_words", "strip", "lower")


def is_step(name: str) -> bool:
    """Is it a step, with a number where one is needed and only there?"""
    plain, mark, number = name.partition(":")
    if mark:
        return plain in NUMBERED_STEPS and number.isdigit() and int(number) > 0
    return plain in STEPS


def apply_steps(text: str, steps: tuple[str, ...]) -> str | None:
    """The text after all steps; None as soon as nothing is left."""
    current: str | None = text
    for step in steps:
        if not current:
            return None
        name, _, number = step.partition(":")
        current = NUMBERED_STEPS[name](current, int(number)) if number else STEPS[name](current)
    return current or None
