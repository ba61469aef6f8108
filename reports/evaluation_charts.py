"""Charts of an evaluation as SVG: no script, no font, no file beside it. Words in the language asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from reports.svg import BAR, STYLES, TOP, WIDTH, Plot, svg, text

_ROW, _MARK_LEAST, _MARK_MOST = 20, 2.5, 11.0


def thresholds_svg(document: dict[str, Any], language: str) -> str:
    """Precision, recall and F1 against the threshold in bits."""
    points = document["thresholds"]["points"]
    first, last = (points[0]["threshold"], points[-1]["threshold"]) if points else (0.0, 1.0)
    plot = Plot((first, max(last, first + 1)), (0.0, 1.0))
    names = {"precision": ("查准率", "precision"), "recall": ("查全率", "recall"), "f1": ("F1", "F1")}
    parts = plot.axes(_word(language, "门槛（比特）", "threshold (bits)"), "")
    for key, style in zip(names, STYLES, strict=True):
        parts += plot.line([(p["threshold"], p[key]) for p in points], style)
    parts += plot.legend(
        [(_word(language, *words), style) for words, style in zip(names.values(), STYLES, strict=True)]
    )
    return svg(parts, _word(language, "查准率、查全率与门槛", "Precision and recall by threshold"))


def calibration_svg(document: dict[str, Any], language: str) -> str:
    """Share of true pairs against the probability said; the area of a mark grows with the number of pairs."""
    bands = document["calibration"]["bands"]
    plot = Plot((0.0, 1.0), (0.0, 1.0))
    parts = plot.axes(_word(language, "预测概率", "predicted"), _word(language, "实际占比", "true"))
    parts += plot.line([(0.0, 0.0), (1.0, 1.0)], ("#888888", "4 4"))
    most = max((band["n"] for band in bands), default=1)
    for band in bands:
        radius = max(_MARK_LEAST, _MARK_MOST * math.sqrt(band["n"] / most))
        parts += plot.mark(
            (band["predicted"], band["true_share"]), radius, f"{band['from_bits']:g} … {band['to_bits']:g}: {band['n']}"
        )
    return svg(parts, _word(language, "概率准不准", "Do probabilities come true?"))


def strata_svg(document: dict[str, Any], language: str) -> str:
    """F1 of each kind of error as a bar, the most frequent kind first."""
    strata = sorted(document["strata"].items(), key=lambda item: (-item[1]["n"], item[0]))
    height = TOP + _ROW * max(len(strata), 1) + 12
    scale = WIDTH - 180 - 130
    parts = []
    for row, (kind, found) in enumerate(strata):
        y = TOP + _ROW * row
        parts.append(text(172, y + 13, kind, "end"))
        parts.append(f'<rect x="180" y="{y + 2}" width="{scale * found["f1"]:.1f}" height="{_ROW - 6}" fill="{BAR}"/>')
        parts.append(text(186 + scale * found["f1"], y + 13, f"{found['f1']:.4f} · n={found['n']:,}", "start"))
    return svg(parts, _word(language, "各类错误的 F1", "F1 by kind of error"), height)


def unlinkables_svg(document: dict[str, Any], language: str) -> str:
    """Share of member-side records that do not reach a threshold even against themselves."""
    found = document["unlinkables"]
    n = max(found["n_members"], 1)
    points = [(point["threshold"], point["n"] / n) for point in found["curve"]]
    first, last = (points[0][0], points[-1][0]) if points else (0.0, 1.0)
    plot = Plot((min(first, 0.0), max(last, first + 1)), (0.0, 1.0))
    parts = plot.axes(_word(language, "门槛（比特）", "threshold (bits)"), "")
    parts += plot.line(points, STYLES[0])
    return svg(
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


def _word(language: str, zh: str, en: str) -> str:
    return zh if language == "zh" else en
