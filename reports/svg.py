"""How is a chart drawn as SVG? A plane with axes, lines and marks: no script, no font, no file beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 640, 380
LEFT, RIGHT, TOP, BOTTOM = 56, 130, 48, 48
#: Told apart without colour too: the lines are dashed differently.
STYLES = (("#1b5e9b", ""), ("#b3541e", "7 4"), ("#2e7d46", "2 3"))
BAR = "#1b5e9b"
Point = tuple[float, float]
Ticks = Sequence[tuple[float, str]]


class Plot:
    """A plane with axes: points of the data to points of the picture."""

    def __init__(self, x: Point, y: Point) -> None:
        self._x, self._y = x, y

    def at(self, point: Point) -> Point:
        """Where a point stands."""
        across = (point[0] - self._x[0]) / (self._x[1] - self._x[0])
        up = (point[1] - self._y[0]) / (self._y[1] - self._y[0])
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    def axes(self, below: str, beside: str, ticks: tuple[Ticks, Ticks] | None = None) -> list[str]:
        """Axes, grid, ticks and their words. ticks: of x and of y; by default six even ones each."""
        (left, bottom), (right, top) = self.at((self._x[0], self._y[0])), self.at((self._x[1], self._y[1]))
        on_x, on_y = ticks or (_even(self._x, 1), _even(self._y, 10))
        parts = [f'<path d="M{left:.1f} {top:.1f}V{bottom:.1f}H{right:.1f}" fill="none" stroke="#333"/>']
        for y, word in on_y:
            at_y = self.at((self._x[0], y))[1]
            parts.append(f'<path d="M{left:.1f} {at_y:.1f}H{right:.1f}" stroke="#ddd"/>')
            parts.append(text(left - 6, at_y + 4, word, "end"))
        parts += [text(self.at((x, self._y[0]))[0], bottom + 16, word, "middle") for x, word in on_x]
        parts.append(text((left + right) / 2, bottom + 36, below, "middle"))
        return [*parts, text(left - 4, top - 8, beside, "start")] if beside else parts

    def line(self, points: Sequence[Point], style: tuple[str, str]) -> list[str]:
        """A line through points in order; nothing without any."""
        if not points:
            return []
        where = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(self.at, points))
        return [f'<polyline points="{where}" fill="none" {_stroke(style)}/>']

    def mark(self, point: Point, radius: float, title: str) -> list[str]:
        """A round mark that tells its title."""
        x, y = self.at(point)
        title_part = f"<title>{escape(title)}</title>"
        return [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{BAR}" fill-opacity="0.6">{title_part}</circle>'
        ]

    def legend(self, names: Sequence[tuple[str, tuple[str, str]]]) -> list[str]:
        """What each line means, on the right."""
        left, parts = WIDTH - RIGHT + 14, []
        for row, (name, style) in enumerate(names):
            y = TOP + 14 + 22 * row
            parts.append(f'<path d="M{left} {y}h28" {_stroke(style)}/>')
            parts.append(text(left + 34, y + 4, name, "start"))
        return parts


def svg(parts: Sequence[str], title: str, height: float = HEIGHT) -> str:
    """A picture of these parts under its title."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" '
    head += f'aria-label="{escape(title, quote=True)}" font-family="sans-serif" font-size="12">'
    background = f'<rect width="{WIDTH}" height="{height:g}" fill="#fff"/>'
    heading = f'<text x="8" y="18" font-size="14" font-weight="bold">{escape(title)}</text>'
    return "\n".join([head, background, heading, *parts, "</svg>"]) + "\n"


def text(x: float, y: float, said: str, anchor: str) -> str:
    """Words at a place."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'


def _stroke(style: tuple[str, str]) -> str:
    colour, dashes = style
    return f'stroke="{colour}" stroke-width="2"' + (f' stroke-dasharray="{dashes}"' if dashes else "")


def _even(span: Point, digits: int) -> Ticks:
    """Six even ticks of a span, named by at most so many decimals."""
    values = (span[0] + (span[1] - span[0]) * step / 5 for step in range(6))
    return [(value, f"{round(value, digits):g}") for value in values]
