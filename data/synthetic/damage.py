"""How does a mistake look? Names, numbers and phones as written, from the true ones and the kinds drawn.

All operations run over whole columns of code points; a kind that cannot change a row is not recorded for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.synthetic import numbers
from data.synthetic.errors import NONE, Bools, Drawn, Objects
from data.synthetic.numbers import Codes, Ints
from data.synthetic.people import PERSONS_PER_COUNTY, People, mobile_order, ymd
from data.synthetic.words_people import HOMOPHONES, LOOKALIKES, RARE, TRADITIONAL, VARIANTS

_N_CODE_POINTS = 0x30000
_FULL_WIDTH = 0xFEE0
_AREA_DIGITS, _LAST_SWAP = 6, 16
_N_AGENTS = 12
_LANDLINE = "/0898-99{:06d}"  # no local number on the island begins with 9


@dataclass
class Written:
    """Rows as an office wrote them. is_number: the identity number was typed into a number cell."""

    name: Objects
    id_no: Objects
    is_number: Bools
    mobile: Objects
    errors: Objects


def can_have(people: People, who: Ints) -> dict[str, Bools]:
    """Rows able to have the conditional kinds of mistakes."""
    name = people.name[who]
    return {
        "rare_lost": np.isin(name, [ord(c) for c in RARE]).any(axis=1),
        "name_spaced": (name[:, 1] != 0) & (name[:, 2] == 0),
        "id_lower_x": people.identity[who, 17] == ord("X"),
    }


def write(people: People, who: Ints, drawn: Drawn, rng: np.random.Generator, *, has_number_cells: Bools) -> Written:
    """The rows of persons `who` with the drawn mistakes made."""
    name, name_kind = _names(people, who, drawn.kinds["name"], rng)
    id_no, is_number, id_kind = _identities(people, who, drawn.kinds["id"], rng, has_number_cells)
    mobile, phone_kind = _phones(people, who, drawn.kinds["phone"], rng)
    return Written(name, id_no, is_number, mobile, join_kinds([name_kind, id_kind, phone_kind]))


def join_kinds(columns: list[Objects]) -> Objects:
    """Kinds of several columns as one text, joined by `|`, blanks left out."""
    joined = columns[0].copy()
    for column in columns[1:]:
        both = (joined != NONE) & (column != NONE)
        joined = joined + np.where(both, "|", "").astype(object) + column
    return joined


def _table(groups: str, step: int) -> Codes:
    """Replacement of each code point by another of its group; 0 where there is none."""
    table = np.zeros(_N_CODE_POINTS, dtype=np.uint32)
    for group in groups.split():
        for place, character in enumerate(group):
            other = group[(place + step) % len(group)]
            table[ord(character)] = ord(other) if other != character else 0
    return table


def _one_way(pairs: str) -> Codes:
    table = np.zeros(_N_CODE_POINTS, dtype=np.uint32)
    for common, other in (tuple(pair) for pair in pairs.split()):
        table[ord(common)] = ord(other) if other != common else 0
    return table


def _names(people: People, who: Ints, kinds: Objects, rng: np.random.Generator) -> tuple[Objects, Objects]:
    codes, lengths, made = people.name[who], people.surname_length[who], np.full(len(who), NONE, dtype=object)
    is_given = np.arange(4)[None, :] >= lengths[:, None]
    tables = {
        "homophone": (_table(HOMOPHONES, 1), _table(HOMOPHONES, -1)),
        "lookalike": (_table(LOOKALIKES, 1), _table(LOOKALIKES, -1)),
        "variant": (_one_way(VARIANTS), _one_way(VARIANTS)),
    }
    for kind, pair in tables.items():
        rows = np.flatnonzero(kinds == kind)
        other = np.where(rng.random((len(rows), 1)) < 0.5, pair[0][codes[rows]], pair[1][codes[rows]])
        place = np.argmax((other != 0) * is_given[rows] * rng.uniform(0.1, 1, other.shape), axis=1)
        able = (other[np.arange(len(rows)), place] != 0) & is_given[rows, place]
        codes[rows[able], place[able]] = other[np.arange(len(rows)), place][able]
        made[rows[able]] = kind
    rows = np.flatnonzero(kinds == "traditional")
    other = _one_way(TRADITIONAL)[codes[rows]]
    codes[rows] = np.where(other != 0, other, codes[rows])
    made[rows[(other != 0).any(axis=1)]] = "traditional"
    rows = np.flatnonzero(kinds == "rare_lost")
    mark = np.where(rng.random((len(rows), 1)) < 0.5, ord("?"), ord("□"))
    codes[rows] = np.where(np.isin(codes[rows], [ord(c) for c in RARE]), mark, codes[rows])
    made[rows] = "rare_lost"
    rows = np.flatnonzero((kinds == "char_missing") & (lengths == 1) & (codes[:, 2] != 0))
    codes[rows, 1], codes[rows, 2] = codes[rows, 2], 0
    made[rows] = "char_missing"
    texts = numbers.texts(codes)
    rows = np.flatnonzero(kinds == "name_spaced")
    texts[rows] = numbers.texts(codes[rows, :1]) + "　" + numbers.texts(codes[rows, 1:])
    made[rows] = "name_spaced"
    return texts, made


def _identities(
    people: People, who: Ints, kinds: Objects, rng: np.random.Generator, has_number_cells: Bools
) -> tuple[Objects, Bools, Objects]:
    codes, made = people.identity[who], np.full(len(who), NONE, dtype=object)
    rows = np.flatnonzero(kinds == "id_wrong_digit")
    place = rng.integers(_AREA_DIGITS, 17, len(rows))
    codes[rows, place] = ord("0") + (codes[rows, place] - ord("0") + rng.integers(1, 10, len(rows))) % 10
    made[rows] = "id_wrong_digit"
    rows = np.flatnonzero(kinds == "id_swapped")
    differs = codes[rows, _AREA_DIGITS:_LAST_SWAP] != codes[rows, _AREA_DIGITS + 1 : _LAST_SWAP + 1]
    place = _AREA_DIGITS + np.argmax(differs * rng.uniform(0.1, 1, differs.shape), axis=1)
    codes[rows, place], codes[rows, place + 1] = codes[rows, place + 1], codes[rows, place]
    made[rows] = "id_swapped"
    rows = np.flatnonzero(kinds == "id_full_width")
    codes[rows] += np.uint32(_FULL_WIDTH)
    made[rows] = "id_full_width"
    rows = np.flatnonzero(kinds == "id_lower_x")
    codes[rows, 17] = ord("x")
    made[rows] = "id_lower_x"
    texts = numbers.texts(codes)
    head, birth, tail = numbers.texts(codes[:, :6]), numbers.texts(codes[:, 6:14]), numbers.texts(codes[:, 14:])
    born_1900s = ymd(people.birth[who]) < 20_000_000
    is_number = (kinds == "id_numeric") & has_number_cells & (codes[:, 17] != ord("X"))
    for kind, able, text in (
        ("id_old15", born_1900s, head + numbers.texts(codes[:, 8:17])),
        ("id_masked", np.True_, head + "********" + tail),
        ("id_spaced", np.True_, head + " " + birth + " " + tail),
        ("id_missing", np.True_, np.full(len(who), "", dtype=object)),
        ("id_numeric", is_number, numbers.texts(codes[:, :15]) + "000"),
    ):
        rows = np.flatnonzero((kinds == kind) & able)
        texts[rows], made[rows] = text[rows], kind
    return texts, is_number, made


def _phones(people: People, who: Ints, kinds: Objects, rng: np.random.Generator) -> tuple[Objects, Objects]:
    texts, made = people.mobile[who], kinds.copy()
    first = mobile_order(people.area) + PERSONS_PER_COUNTY // 2
    rows = np.flatnonzero(kinds == "phone_changed")
    texts[rows] = numbers.mobile_numbers(first + who[rows])
    rows = np.flatnonzero(kinds == "phone_agent")
    texts[rows] = numbers.mobile_numbers(first + PERSONS_PER_COUNTY // 4 + rng.integers(0, _N_AGENTS, len(rows)))
    texts[kinds == "phone_missing"] = ""
    rows = np.flatnonzero(kinds == "phone_style")
    styles = rng.integers(0, 3, len(rows))
    texts[rows] = [_styled(text, style) for text, style in zip(texts[rows], styles, strict=True)]
    return texts, made


def _styled(mobile: str, style: int) -> str:
    if style == 0:
        return f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}"
    if style == 1:
        return f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}"
    return mobile + _LANDLINE.format(int(mobile[5:]))
