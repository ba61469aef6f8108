"""Which areas may somebody choose from? The 19 counties and cities of the province, inside the book and the scope."""

from __future__ import annotations

import re
from collections.abc import Mapping

from data.reference.divisions import county_name
from data.store.scope import Scope
from data.words import tr

#: The counties and cities with their place on the tile map: column and row. The map is a sketch of who is whose
#: neighbour, drawn by us; it shows no boundary.
TILES: Mapping[str, tuple[int, int]] = {
    "469024": (1, 0),
    "469023": (2, 0),
    "460100": (3, 0),
    "469005": (4, 0),
    "460400": (1, 1),
    "469022": (2, 1),
    "469021": (3, 1),
    "469002": (4, 1),
    "469026": (0, 2),
    "469025": (1, 2),
    "469030": (2, 2),
    "469006": (3, 2),
    "469007": (0, 3),
    "469001": (1, 3),
    "469029": (2, 3),
    "469028": (3, 3),
    "469027": (1, 4),
    "460200": (2, 4),
    "460300": (4, 5),
}
_AUTONOMY = re.compile("(黎族|苗族)+自治县$")


def area_name(code: str | None) -> str:
    """The name of an area as people say it; the code where it has none."""
    if not code:
        return tr("未定位", "not located")
    if code == "46":
        return tr("海南省", "Hainan")
    return county_name(code.ljust(6, "0")) or code


def tile_name(code: str) -> str:
    """The name as a tile has room for it: 琼中 for 琼中黎族苗族自治县."""
    return _AUTONOMY.sub("", area_name(code))


def areas_within(book: str, scope: Scope) -> dict[str, str]:
    """Codes and names of the areas that somebody may choose in a book: all of it first, if it is theirs."""
    is_known = book == "46" or county_name(book) is not None
    whole = [book] if is_known and scope.sees_all(book) else []
    inside = [code for code in sorted(TILES) if code.startswith(book) and code != book and scope.covers(code)]
    return {code: area_name(code) for code in whole + inside}
