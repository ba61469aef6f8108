"""Which characters are taken for one another? By sound from pypinyin, by form from OpenCC and lists of this benchmark.

Every function takes a text and a random whole number and gives the changed text, or None when it can't be changed so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from opencc import OpenCC
from pypinyin import lazy_pinyin

from data.synthetic import benchmark_words as words

Change = Callable[[str, int], str | None]

_INITIALS = tuple(
    pair
    for one, other in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"))
    for pair in ((one, other), (other, one))
)
_FINALS = (("ing", "in"), ("eng", "en"), ("ang", "an"), ("in", "ing"), ("en", "eng"), ("an", "ang"))
_FORMS = ("s2t", "s2tw", "s2hk", "s2t+t2jp")
#: One error in this many hits the surname.
_SURNAME_EVERY = 6


def surname_length(name: str) -> int:
    """1, or 2 for a compound surname."""
    return 2 if name[:2] in words.COMPOUND else 1


def homophone(name: str, draw: int) -> str | None:
    """One character replaced by one of the same toneless reading."""
    return _replace(name, draw, lambda character: _by_reading().get(_reading(character), ()))


def near_sound(name: str, draw: int) -> str | None:
    """One character replaced by one that a southern ear takes for it: n l, zh z, f h, in ing."""
    return _replace(name, draw, _near)


def glyph(name: str, draw: int) -> str | None:
    """One character replaced by one that looks like it."""
    return _replace(name, draw, lambda character: _groups(words.GLYPHS).get(character, ()))


def variant(name: str, draw: int) -> str | None:
    """One character in another form: traditional, of another region, or of an older register."""
    return _replace(name, draw, _variants)


def traditional(name: str, draw: int) -> str | None:
    """The whole name in traditional characters."""
    changed = _converter("s2t").convert(name)
    return changed if changed != name else None


def rare_mark(name: str, draw: int) -> str | None:
    """A rare character as ? or □, as a system without the font printed it."""
    return _rare(name, lambda _: "?□"[draw % 2])


def rare_pinyin(name: str, draw: int) -> str | None:
    """A rare character in pinyin."""
    return _rare(name, lambda character: lazy_pinyin(character)[0].upper() if draw % 2 else lazy_pinyin(character)[0])


def rare_split(name: str, draw: int) -> str | None:
    """A rare character written apart, in brackets or not."""
    return _rare(name, lambda c: f"（{words.SPLIT[c]}）" if draw % 3 else words.SPLIT[c])


def dot_form(name: str, draw: int) -> str | None:
    """The dot inside a name as another sign, or left out."""
    return name.replace("·", (*words.DOTS, "")[draw % (len(words.DOTS) + 1)]) if "·" in name else None


def swapped(name: str, draw: int) -> str | None:
    """Two neighbouring characters of the given name exchanged; of a short name the given name before the surname."""
    first = surname_length(name)
    if "·" in name or len(name) < 2:
        return None
    if len(name) - first < 2:
        return name[first:] + name[:first]
    place = first + draw % (len(name) - first - 1)
    changed = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return changed if changed != name else None


def missing(name: str, draw: int) -> str | None:
    """A character of a given name of two lost."""
    first = surname_length(name)
    if "·" in name or len(name) - first < 2:
        return None
    place = first + draw % (len(name) - first)
    return name[:place] + name[place + 1 :]


def inserted(name: str, draw: int) -> str | None:
    """A character too many in the given name."""
    if "·" in name or len(name) > 3:
        return None
    place = surname_length(name) + draw % (len(name) - surname_length(name) + 1)
    return name[:place] + words.GIVEN_MALE[draw // 7 % len(words.GIVEN_MALE)] + name[place:]


def _replace(name: str, draw: int, others: Callable[[str], tuple[str, ...]]) -> str | None:
    """One character replaced, rarely of the surname; the first place from a random one on that has another."""
    places = list(range(len(name))) if draw % _SURNAME_EVERY == 0 else list(range(surname_length(name), len(name)))
    start = draw // 11 % max(len(places), 1)
    for place in (*places[start:], *places[:start]):
        found = [other for other in others(name[place]) if other != name[place]]
        if found:
            return name[:place] + found[draw // 101 % len(found)] + name[place + 1 :]
    return None


def _rare(name: str, written: Callable[[str], str]) -> str | None:
    changed = "".join(written(character) if character in words.SPLIT else character for character in name)
    return changed if changed != name else None


@cache
def _pool() -> tuple[str, ...]:
    """Characters that names and brands are made of, and the 3,755 commonest of GB 2312."""
    common = (bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    surnames = "".join(c for c in words.SURNAMES if c.isalpha())
    given = words.GIVEN_MALE + words.GIVEN_FEMALE
    return tuple(dict.fromkeys([*given, *surnames, *words.BRAND_FIRST, *words.BRAND_SECOND, *"".join(common)]))


@cache
def _reading(character: str) -> str:
    return lazy_pinyin(character)[0]


@cache
def _by_reading() -> dict[str, tuple[str, ...]]:
    """Characters by their commonest toneless reading, likelier ones first; at most ten."""
    found: dict[str, list[str]] = {}
    for character in _pool():
        found.setdefault(_reading(character), []).append(character)
    return {reading: tuple(characters[:10]) for reading, characters in found.items()}


@cache
def _near(character: str) -> tuple[str, ...]:
    reading = _reading(character)
    heads = [
        new + reading[len(old) :] for old, new in _INITIALS if reading.startswith(old) and not _is_longer(reading, old)
    ]
    tails = [reading[: -len(old)] + new for old, new in _FINALS if reading.endswith(old)]
    return tuple(other for near in (*heads, *tails) for other in _by_reading().get(near, ()))


def _is_longer(reading: str, initial: str) -> bool:
    """Is the initial only the beginning of zh, ch, sh?"""
    return initial in ("z", "c", "s") and reading.startswith(initial + "h")


@cache
def _groups(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for group in text.split():
        for character in group:
            found.setdefault(character, []).extend(other for other in group if other != character)
    return {character: tuple(dict.fromkeys(others)) for character, others in found.items()}


@cache
def _variants(character: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*_groups(words.VARIANTS).get(character, ()), *_converted(character)]))


def _converted(character: str) -> Iterable[str]:
    for form in _FORMS:
        text = character
        for step in form.split("+"):
            text = _converter(step).convert(text)
        if text != character:
            yield text


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)
