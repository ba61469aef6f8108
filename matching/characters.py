"""What do two Chinese characters have in common? Canonical form, readings and look-alikes, as arrays by character.

Readings come from pypinyin, traditional forms from OpenCC, look-alikes from `glyphs`; leftover variants from
`character_words`. Everything is compiled for the characters at hand, once, before the first pair is looked at.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import opencc

from matching.arrays import Codes, Mask
from matching.character_words import COMPOUND_SURNAMES, SURNAME_READINGS, VARIANTS
from matching.glyphs import look_alikes, telling_parts

#: pypinyin reads its many phrases when it is imported, unless this is set: only readings of single characters are asked
#: here, and the phrases cost half a second.
_NO_PHRASES = "PYPINYIN_NO_PHRASES"
_IS_OURS = _NO_PHRASES not in os.environ and "pypinyin" not in sys.modules
if _IS_OURS:
    os.environ[_NO_PHRASES] = "true"
from pypinyin.pinyin_dict import pinyin_dict  # noqa: E402 - after its switch is set

if _IS_OURS:
    del os.environ[_NO_PHRASES]

#: What clerks and systems put where a character is missing; private-use characters count too.
MISSING_SIGNS = "?□■〓*�◻○×"
#: The one sign that stands for all of them in canonical text.
MISSING = "?"

_N_READINGS, _N_PARTS = 5, 8
_FILTER_BITS = 64
_SIGNS = 0x100000
_RETROFLEX, _NASAL = re.compile(r"^([zcs])h"), re.compile(r"ng$")
_ROUNDED, _GLIDE = re.compile(r"^([jqxy])u"), re.compile(r"^yi(?=[ae])")
#: What follows hu where f would stand (湖 福, 辉 飞, 婚 分); other finals stay.
_AFTER_F = {"": "u", "i": "ei", "n": "en"}
#: 黄 and 王 are one sound in the south; 范, which is near to 黄, is not near to 王.
_AS_WELL = {"huang": "wan"}


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def canonical_character(character: str) -> str:
    """Simplified standard form of one character; a missing-character sign or a private-use character gives `?`."""
    if character in _syllable_of_sign():
        return character
    if character in MISSING_SIGNS or unicodedata.category(character) == "Co":
        return MISSING
    simplified = _to_simplified().convert(character)
    simplified = simplified if len(simplified) == 1 else character
    return VARIANTS.get(simplified, simplified)


class _CanonicalPoints(dict[int, int]):
    """Canonical form by code point, filled as characters are met: `str.translate` asks it without a loop in Python."""

    def __missing__(self, point: int) -> int:
        self[point] = found = ord(canonical_character(chr(point)))
        return found


_CANONICAL_POINTS = _CanonicalPoints()


def canonical_text(text: str) -> str:
    """Each character in canonical form; the length stays the same, so positions can be compared."""
    return text.translate(_CANONICAL_POINTS)


@cache
def readings(character: str) -> tuple[str, ...]:
    """All readings without tones, the most common first (单: dan, chan, shan); () for a character without any."""
    spelt = _syllable_of_sign().get(character)
    if spelt:
        return (spelt,)
    listed = pinyin_dict.get(ord(character), "")
    return tuple(dict.fromkeys(_toneless(reading) for reading in listed.split(","))) if listed else ()


def _toneless(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def near_reading(syllable: str) -> str:
    """What a southern speaker makes of a syllable.

    n is l; zh ch sh are z c s; hua is fa; ing eng ang are in en an; ü is i (玉 as 义: Hainanese and Hakka do not round
    it). r is left alone: here it becomes l, there y, and 荣 龙 or 仁 银 as one would join half a county; so do s, x.
    """
    unrounded = _GLIDE.sub("y", _ROUNDED.sub(r"\1i", syllable).replace("v", "i"))
    near = _NASAL.sub("n", _RETROFLEX.sub(r"\1", unrounded))
    if near.startswith("hu"):
        return "f" + _AFTER_F.get(near[2:], near[2:])
    return "l" + near[1:] if near.startswith("n") else near


@cache
def near_readings(character: str) -> tuple[str, ...]:
    """The near readings of a character; 黄 is 王 as well."""
    listed = readings(character)
    also = [_AS_WELL[syllable] for syllable in listed if syllable in _AS_WELL]
    return tuple(dict.fromkeys([*(near_reading(syllable) for syllable in listed), *also]))


@cache
def _sign_of_syllable() -> dict[str, str]:
    """A character of the last private plane for each syllable of pinyin: nobody's names use it."""
    spelt = {reading for listed in set(pinyin_dict.values()) for reading in listed.split(",")}
    syllables = {_toneless(reading) for reading in spelt}
    return {syllable: chr(_SIGNS + number) for number, syllable in enumerate(sorted(syllables))}


@cache
def _syllable_of_sign() -> dict[str, str]:
    return {sign: syllable for syllable, sign in _sign_of_syllable().items()}


def syllable_sign(letters: str) -> str:
    """One character that reads like these letters (jie, JIÉ, lü), or the missing-character sign when none does."""
    return _sign_of_syllable().get(_toneless(letters.lower()), MISSING)


def is_syllable(letters: str) -> bool:
    """Are these letters one syllable of pinyin?"""
    return _toneless(letters.lower()) in _sign_of_syllable()


def surname_length(name: str) -> int:
    """How many characters of a canonical name are the surname: a compound one, what stands before a dot, or one."""
    if "·" in name:
        return max(name.index("·"), 1)
    return 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else min(len(name), 1)


def name_reading(name: str) -> str:
    """Preferred reading of a canonical name, syllables joined by spaces; a character without one stands for itself."""
    return " ".join(_syllables(name))


def near_name_reading(name: str) -> str:
    """The same in near readings."""
    return " ".join(map(near_reading, _syllables(name)))


def _syllables(name: str) -> list[str]:
    n_surname = surname_length(name)
    return [*map(_surname_syllable, name[:n_surname]), *map(_syllable, name[n_surname:])]


@cache
def _syllable(character: str) -> str:
    return next(iter(readings(character)), character)


@cache
def _surname_syllable(character: str) -> str:
    return SURNAME_READINGS.get(character) or _syllable(character)


@dataclass(frozen=True)
class CharacterTable:
    """Arrays over a small alphabet of canonical characters; row 0 is the padding after a text's end.

    readings, near_readings: code of each (near) reading of a character, then 0. sounds: 64 bits a character; two that
    have none in common share no near reading. look_alikes: sorted keys (smaller row x size + larger row) of the pairs.
    parts: code of each part that tells something of a character, then 0.
    missing: row number of the missing-character sign.
    """

    rows: dict[str, int]
    readings: npt.NDArray[np.int32]
    near_readings: npt.NDArray[np.int32]
    sounds: npt.NDArray[np.uint64]
    look_alikes: Codes
    parts: npt.NDArray[np.int32]
    missing: int

    def looks_alike(self, left: Codes, right: Codes) -> Mask:
        """Are the characters of two arrays of rows look-alikes, place by place?"""
        keys = np.minimum(left, right) * len(self.sounds) + np.maximum(left, right)
        where = np.searchsorted(self.look_alikes, keys)
        return np.asarray(np.append(self.look_alikes, -1)[where] == keys)

    @cached_property
    def neighbours(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Where the look-alikes of each character begin in the second array, and all of them."""
        low, high = np.divmod(self.look_alikes, len(self.sounds))
        one, other = np.concatenate([low, high]), np.concatenate([high, low])
        order = np.lexsort((other, one))
        n_each = np.bincount(one, minlength=len(self.sounds))
        return np.concatenate([[0], np.cumsum(n_each)]).astype(np.int32), other[order].astype(np.int32)

    @cached_property
    def signs(self) -> npt.NDArray[np.uint64]:
        """Four words a character, no bit in common means no: the sounds of both; the first's own bit with those of the
        other's look-alikes; the parts of both."""
        starts, alike = self.neighbours
        own = np.uint64(1) << (np.arange(len(self.sounds)) % _FILTER_BITS).astype(np.uint64)
        of_alike = np.zeros(len(self.sounds), dtype=np.uint64)
        np.bitwise_or.at(of_alike, np.repeat(np.arange(len(own)), np.diff(starts)), own[alike])
        return np.stack([self.sounds, own, of_alike, _bits(self.parts)], axis=1)

    def sounds_alike(self, left: Codes, right: Codes) -> Mask:
        """Do they share a near reading?"""
        return _share(self.near_readings, left, right)

    def shares_part(self, left: Codes, right: Codes) -> Mask:
        """Do they share a part, or is one a part of the other?"""
        return _share(self.parts, left, right)


def _share(codes: npt.NDArray[np.int32], left: Codes, right: Codes) -> Mask:
    """Do two rows of codes have one above 0 in common?"""
    one = codes[left][:, :, None]
    return np.asarray(((one == codes[right][:, None, :]) & (one > 0)).any(axis=(1, 2)), dtype=bool)


def character_table(texts: list[str]) -> CharacterTable:
    """The table for the characters of some canonical texts."""
    alphabet = sorted(set("".join(texts)) | {MISSING})
    rows = {character: row for row, character in enumerate(alphabet, start=1)}
    near = _coded([near_readings(character) for character in alphabet], _N_READINGS)
    size = len(alphabet) + 1
    pairs = sorted(rows[one] * size + rows[other] for one, other in look_alikes(alphabet))
    return CharacterTable(
        rows,
        _coded([readings(character) for character in alphabet], _N_READINGS),
        near,
        _bits(near),
        np.array(pairs, dtype=np.int64),
        _coded([telling_parts(character) for character in alphabet], _N_PARTS),
        rows[MISSING],
    )


def _bits(codes: npt.NDArray[np.int32]) -> npt.NDArray[np.uint64]:
    """One bit for each code above 0 of a row, some codes sharing a bit."""
    bits = np.where(codes > 0, np.uint64(1) << (codes % _FILTER_BITS).astype(np.uint64), np.uint64(0))
    return np.asarray(np.bitwise_or.reduce(bits, axis=1))


def _coded(lists: list[tuple[str, ...]], width: int) -> npt.NDArray[np.int32]:
    """Codes from 1 of the words of each list, at most `width`; row 0 and what is left over are 0."""
    code = {word: number for number, word in enumerate(sorted({w for words in lists for w in words}), start=1)}
    out = np.zeros((len(lists) + 1, width), dtype=np.int32)
    for row, words in enumerate(lists, start=1):
        codes = [code[word] for word in words[:width]]
        out[row, : len(codes)] = codes
    return out
