"""Where do the lines and bars of a picture lie? Coordinates for the templates, which draw them as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.areas import TILES
from review.overview import Shown

WIDTH, HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 12, 28
_TILE, _GAP = 84, 4
#: Steps of the tiles' shades, by share of the largest.
N_SHADES = 5


@dataclass(frozen=True)
class Line:
    """A line of a chart: its points as SVG wants them, in one text; the number picks its dashes."""

    name: str
    points: str
    number: int
    dots: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True)
class Chart:
    """Lines over nights, with ticks: (place, word) below and beside."""

    lines: tuple[Line, ...]
    below: tuple[tuple[float, str], ...]
    beside: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM


def line_chart(series: Mapping[str, Sequence[Shown]], labels: Sequence[str]) -> Chart | None:
    """A chart of numbers by night; withheld ones are left out. None for fewer than two nights."""
    if len(labels) < 2:
        return None
    most = max([shown.n or 0 for values in series.values() for shown in values], default=0)
    top = _round_up(most)
    step = (WIDTH - _LEFT - _RIGHT) / (len(labels) - 1)

    def place(position: int, n: float) -> tuple[float, float]:
        return round(_LEFT + position * step, 1), round(HEIGHT - _BOTTOM - n / top * (HEIGHT - _TOP - _BOTTOM), 1)

    lines = []
    for number, (name, values) in enumerate(series.items()):
        dots = [(*place(at, shown.n), shown.text) for at, shown in enumerate(values) if shown.n is not None]
        lines.append(Line(name, " ".join(f"{x},{y}" for x, y, _ in dots), number, tuple(dots)))
    every = max(1, len(labels) // 6)
    below = tuple((place(at, 0)[0], label) for at, label in enumerate(labels) if at % every == 0)
    beside = tuple((place(0, top * share)[1], f"{round(top * share):,}") for share in (0, 0.5, 1))
    return Chart(tuple(lines), below, beside)


@dataclass(frozen=True)
class Tile:
    """A county on the map: its corner, its name, its number as shown, its shade (0 for none)."""

    code: str
    x: int
    y: int
    shown: Shown
    shade: int


def tiles(numbers: Mapping[str, Shown]) -> tuple[Tile, ...]:
    """The tiles of the counties that numbers are known of."""
    most = max([shown.n or 0 for shown in numbers.values()], default=0)
    return tuple(
        Tile(code, column * (_TILE + _GAP), row * (_TILE + _GAP), numbers[code], _shade(numbers[code].n, most))
        for code, (column, row) in TILES.items()
        if code in numbers
    )


#: Width and height of the whole map, and of a tile.
MAP_SIZE = (5 * (_TILE + _GAP), 6 * (_TILE + _GAP))
TILE_SIZE = _TILE


def _shade(n: int | None, most: int) -> int:
    if not n or not most:
        return 0
    return min(N_SHADES, 1 + int(N_SHADES * n / (most + 1)))


def _round_up(n: int) -> int:
    """The next 1, 2 or 5 with noughts behind it, two at least: the middle tick is a whole number."""
    size = 1
    while True:
        for first in (2, 5, 10):
            if n <= first * size:
                return first * size
        size *= 10
