"""What do two Chinese characters have in common? Canonical form, readings and look-alikes, as arrays by character.

Readings come from pypinyin, traditional forms from OpenCC; look-alikes and leftover variants from
`character_words`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import opencc
from pypinyin.pinyin_dict import pinyin_dict

from matching.character_words import COMPOUND_SURNAMES, LOOK_ALIKES, SURNAME_READINGS, VARIANTS

#: What clerks and systems put where a character is missing; private-use characters count too.
MISSING_SIGNS = "?□■〓*�◻○×"
#: The one sign that stands for all of them in canonical text.
MISSING = "?"

_N_READINGS = 5
_N_LOOK_ALIKES = 4


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def canonical_character(character: str) -> str:
    """Simplified standard form of one character; a missing-character sign or a private-use character gives `?`."""
    if character in MISSING_SIGNS or unicodedata.category(character) == "Co":
        return MISSING
    simplified = _to_simplified().convert(character)
    simplified = simplified if len(simplified) == 1 else character
    return VARIANTS.get(simplified, simplified)


def canonical_text(text: str) -> str:
    """Each character in canonical form; the length stays the same, so positions can be compared."""
    return "".join(canonical_character(character) for character in text)


@cache
def readings(character: str) -> tuple[str, ...]:
    """All readings without tones, the most common first (单: dan, chan, shan); () for a character without any."""
    listed = pinyin_dict.get(ord(character), "")
    return tuple(dict.fromkeys(_toneless(reading) for reading in listed.split(","))) if listed else ()


def _toneless(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def surname_length(name: str) -> int:
    """How many characters of a canonical name are the surname: a compound one, what stands before a dot, or one."""
    if "·" in name:
        return max(name.index("·"), 1)
    return 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else min(len(name), 1)


def name_reading(name: str) -> str:
    """Preferred reading of a canonical name, syllables joined by spaces; a character without one stands for itself."""
    n_surname = surname_length(name)
    return " ".join(
        (SURNAME_READINGS.get(c) if position < n_surname else None) or next(iter(readings(c)), c)
        for position, c in enumerate(name)
    )


@dataclass(frozen=True)
class CharacterTable:
    """Arrays over a small alphabet of canonical characters; row 0 is the padding after a text's end.

    readings, look_alikes: code of each reading / look-alike group of a character, 0 where it has no more.
    missing: row number of the missing-character sign.
    """

    rows: dict[str, int]
    readings: npt.NDArray[np.int32]
    look_alikes: npt.NDArray[np.int32]
    missing: int


def character_table(texts: list[str]) -> CharacterTable:
    """The table for the characters of some canonical texts."""
    alphabet = sorted(set("".join(texts)) | {MISSING})
    sounds = sorted({reading for character in alphabet for reading in readings(character)})
    sound_code = {sound: code for code, sound in enumerate(sounds, start=1)}
    reading_codes = np.zeros((len(alphabet) + 1, _N_READINGS), dtype=np.int32)
    group_codes = np.zeros((len(alphabet) + 1, _N_LOOK_ALIKES), dtype=np.int32)
    groups = _look_alike_groups()
    for row, character in enumerate(alphabet, start=1):
        own = [sound_code[sound] for sound in readings(character)[:_N_READINGS]]
        reading_codes[row, : len(own)] = own
        shared = groups.get(character, ())[:_N_LOOK_ALIKES]
        group_codes[row, : len(shared)] = shared
    rows = {character: row for row, character in enumerate(alphabet, start=1)}
    return CharacterTable(rows, reading_codes, group_codes, rows[MISSING])


@cache
def _look_alike_groups() -> dict[str, tuple[int, ...]]:
    groups: dict[str, tuple[int, ...]] = {}
    for code, group in enumerate(LOOK_ALIKES, start=1):
        for character in group:
            groups[character] = (*groups.get(character, ()), code)
    return groups
