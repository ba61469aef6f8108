"""The waterfall of a weight: one bar per comparison from the prior to the sum, drawn as SVG; a table says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from review.view_models import Bar

_WIDTH, _LABEL, _NUMBER, _ROW, _BAR = 620, 190, 70, 22, 14


@dataclass(frozen=True)
class Step:
    """One row of the drawing, in its coordinates: where its bar begins and how wide it is."""

    title: str
    word: str
    bits: float
    kind: str
    x: float
    width: float
    y: int


@dataclass(frozen=True)
class Waterfall:
    """A drawing: rows, size, and where the line of no evidence stands."""

    steps: tuple[Step, ...]
    width: int
    height: int
    zero: float
    label_width: int
    bar_height: int


def waterfall(bars: Sequence[Bar], total_title: str) -> Waterfall | None:
    """Each bar starts where the one before ended; the last row is the sum. None without bars."""
    if not bars:
        return None
    ends = [0.0]
    for bar in bars:
        ends.append(ends[-1] + bar.bits)
    low, high = min(ends), max(ends)
    scale = (_WIDTH - _LABEL - _NUMBER) / max(high - low, 1e-9)

    def step(row: int, bar: Bar, start: float, end: float, kind: str) -> Step:
        left = _LABEL + (min(start, end) - low) * scale
        return Step(bar.title, bar.word, bar.bits, kind, round(left, 1), round(abs(end - start) * scale, 1), row * _ROW)

    steps = [
        step(row, bar, ends[row], ends[row + 1], "for" if bar.bits >= 0 else "against") for row, bar in enumerate(bars)
    ]
    steps.append(step(len(bars), Bar(total_title, "", ends[-1]), 0.0, ends[-1], "sum"))
    zero = round(_LABEL - low * scale, 1)
    return Waterfall(tuple(steps), _WIDTH, len(steps) * _ROW, zero, _LABEL, _BAR)
