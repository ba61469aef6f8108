"""Charts of an evaluation as SVG: no script, no font, no file beside it. Words in the language asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

_WIDTH, _HEIGHT = 640, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 130, 48, 48
#: Told apart without colour too: the lines are dashed differently.
_STYLES = (("#1b5e9b", ""), ("#b3541e", "7 4"), ("#2e7d46", "2 3"))
_BAR, _ROW, _MARK_LEAST, _MARK_MOST = "#1b5e9b", 20, 2.5, 11.0
Point = tuple[float, float]


def thresholds_svg(document: dict[str, Any], language: str) -> str:
    """Precision, recall and F1 against the threshold in bits."""
    points = document["thresholds"]["points"]
    first, last = (points[0]["threshold"], points[-1]["threshold"]) if points else (0.0, 1.0)
    plot = _Plot((first, max(last, first + 1)), (0.0, 1.0))
    names = {"precision": ("查准率", "precision"), "recall": ("查全率", "recall"), "f1": ("F1", "F1")}
    parts = plot.axes(_word(language, "门槛（比特）", "threshold (bits)"), "")
    for key, style in zip(names, _STYLES, strict=True):
        parts += plot.line([(p["threshold"], p[key]) for p in points], style)
    parts += plot.legend(
        [(_word(language, *words), style) for words, style in zip(names.values(), _STYLES, strict=True)]
    )
    return _svg(parts, _word(language, "查准率、查全率与门槛", "Precision and recall by threshold"))


def calibration_svg(document: dict[str, Any], language: str) -> str:
    """Share of true pairs against the probability said; the area of a mark grows with the number of pairs."""
    bands = document["calibration"]["bands"]
    plot = _Plot((0.0, 1.0), (0.0, 1.0))
    parts = plot.axes(_word(language, "预测概率", "predicted"), _word(language, "实际占比", "true"))
    parts += plot.line([(0.0, 0.0), (1.0, 1.0)], ("#888888", "4 4"))
    most = max((band["n"] for band in bands), default=1)
    for band in bands:
        radius = max(_MARK_LEAST, _MARK_MOST * math.sqrt(band["n"] / most))
        parts += plot.mark(
            (band["predicted"], band["true_share"]), radius, f"{band['from_bits']:g} … {band['to_bits']:g}: {band['n']}"
        )
    return _svg(parts, _word(language, "概率准不准", "Do probabilities come true?"))


def strata_svg(document: dict[str, Any], language: str) -> str:
    """F1 of each kind of error as a bar, the most frequent kind first."""
    strata = sorted(document["strata"].items(), key=lambda item: (-item[1]["n"], item[0]))
    height = _TOP + _ROW * max(len(strata), 1) + 12
    scale = _WIDTH - 180 - 130
    parts = []
    for row, (kind, found) in enumerate(strata):
        y = _TOP + _ROW * row
        parts.append(_text(172, y + 13, kind, "end"))
        parts.append(f'<rect x="180" y="{y + 2}" width="{scale * found["f1"]:.1f}" height="{_ROW - 6}" fill="{_BAR}"/>')
        parts.append(_text(186 + scale * found["f1"], y + 13, f"{found['f1']:.4f} · n={found['n']:,}", "start"))
    return _svg(parts, _word(language, "各类错误的 F1", "F1 by kind of error"), height)


def unlinkables_svg(document: dict[str, Any], language: str) -> str:
    """Share of member-side records that do not reach a threshold even against themselves."""
    found = document["unlinkables"]
    n = max(found["n_members"], 1)
    points = [(point["threshold"], point["n"] / n) for point in found["curve"]]
    first, last = (points[0][0], points[-1][0]) if points else (0.0, 1.0)
    plot = _Plot((min(first, 0.0), max(last, first + 1)), (0.0, 1.0))
    parts = plot.axes(_word(language, "门槛（比特）", "threshold (bits)"), "")
    parts += plot.line(points, _STYLES[0])
    return _svg(
        parts, _word(language, "与自身相比也达不到门槛的记录", "Records below a threshold even against themselves")
    )


#: Name of the file -> (part of the document it needs, the chart).
CHARTS: dict[str, tuple[str, Callable[[dict[str, Any], str], str]]] = {
    "thresholds": ("thresholds", thresholds_svg),
    "calibration": ("calibration", calibration_svg),
    "strata": ("strata", strata_svg),
    "unlinkables": ("unlinkables", unlinkables_svg),
}


def charts_of(document: dict[str, Any], language: str) -> dict[str, str]:
    """SVG of each chart that the document of `longlou evaluate` holds the figures of, by name."""
    return {name: chart(document, language) for name, (key, chart) in CHARTS.items() if document.get(key)}


class _Plot:
    """A plane with axes: points of the data to points of the picture."""

    def __init__(self, x: Point, y: Point) -> None:
        self._x, self._y = x, y

    def at(self, point: Point) -> Point:
        """Where a point stands."""
        across = (point[0] - self._x[0]) / (self._x[1] - self._x[0])
        up = (point[1] - self._y[0]) / (self._y[1] - self._y[0])
        return _LEFT + across * (_WIDTH - _LEFT - _RIGHT), _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM)

    def axes(self, below: str, beside: str) -> list[str]:
        """Axes, grid, ticks and their words."""
        (left, bottom), (right, top) = self.at((self._x[0], self._y[0])), self.at((self._x[1], self._y[1]))
        parts = [f'<path d="M{left:.1f} {top:.1f}V{bottom:.1f}H{right:.1f}" fill="none" stroke="#333"/>']
        for step in range(6):
            y = self._y[0] + (self._y[1] - self._y[0]) * step / 5
            x = self._x[0] + (self._x[1] - self._x[0]) * step / 5
            at_x, at_y = self.at((x, y))
            parts.append(f'<path d="M{left:.1f} {at_y:.1f}H{right:.1f}" stroke="#ddd"/>')
            parts += [
                _text(left - 6, at_y + 4, f"{y:g}", "end"),
                _text(at_x, bottom + 16, f"{round(x, 1):g}", "middle"),
            ]
        parts.append(_text((left + right) / 2, bottom + 36, below, "middle"))
        return [*parts, _text(left - 4, top - 8, beside, "start")] if beside else parts

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
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{_BAR}" fill-opacity="0.6">{title_part}</circle>'
        ]

    def legend(self, names: Sequence[tuple[str, tuple[str, str]]]) -> list[str]:
        """What each line means, on the right."""
        left, parts = _WIDTH - _RIGHT + 14, []
        for row, (name, style) in enumerate(names):
            y = _TOP + 14 + 22 * row
            parts.append(f'<path d="M{left} {y}h28" {_stroke(style)}/>')
            parts.append(_text(left + 34, y + 4, name, "start"))
        return parts


def _svg(parts: Sequence[str], title: str, height: float = _HEIGHT) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" role="img" '
    head += f'aria-label="{escape(title, quote=True)}" font-family="sans-serif" font-size="12">'
    background = f'<rect width="{_WIDTH}" height="{height:g}" fill="#fff"/>'
    heading = f'<text x="8" y="18" font-size="14" font-weight="bold">{escape(title)}</text>'
    return "\n".join([head, background, heading, *parts, "</svg>"]) + "\n"


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _stroke(style: tuple[str, str]) -> str:
    colour, dashes = style
    return f'stroke="{colour}" stroke-width="2"' + (f' stroke-dasharray="{dashes}"' if dashes else "")


def _word(language: str, zh: str, en: str) -> str:
    return zh if language == "zh" else en
