from __future__ import annotations

from xml.etree import ElementTree

import pytest

from reports.evaluation_charts import CHARTS, calibration_svg, charts_of, strata_svg, thresholds_svg
from tests.reports.evaluations import document

_NS = {"s": "http://www.w3.org/2000/svg"}


def _parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_chart_is_one_sound_picture_without_script(language: str) -> None:
    found = charts_of(document(), language)
    assert set(found) == set(CHARTS)
    for svg in found.values():
        root = _parsed(svg)
        assert root.tag.endswith("svg")
        assert {child.tag.split("}")[1] for child in root.iter()} <= {
            *("svg", "rect", "text", "path", "polyline", "circle", "title")
        }


def test_words_follow_the_language() -> None:
    assert "查全率" in thresholds_svg(document(), "zh")
    assert "查全率" not in thresholds_svg(document(), "en")
    assert "recall" in thresholds_svg(document(), "en")


def test_lines_go_where_the_figures_say() -> None:
    lines = _parsed(thresholds_svg(document(), "en")).findall("s:polyline", _NS)
    assert len(lines) == 3
    precision = [tuple(map(float, point.split(","))) for point in lines[0].attrib["points"].split()]
    # Thresholds rise to the right, precision rises upwards (SVG counts downwards), the last one is the top.
    assert [x for x, _ in precision] == sorted(x for x, _ in precision)
    assert precision[0][1] > precision[1][1] > precision[2][1] == 48.0
    # From -2 to 9 bits: 3 stands at five elevenths.
    assert (precision[1][0] - precision[0][0]) / (precision[2][0] - precision[0][0]) == pytest.approx(5 / 11, abs=0.001)


def test_marks_grow_with_the_number_of_pairs() -> None:
    marks = _parsed(calibration_svg(document(), "en")).findall("s:circle", _NS)
    few, many = (float(mark.attrib["r"]) for mark in marks)
    assert many / few == pytest.approx(5**0.5, rel=0.05)


def test_the_commonest_kind_stands_first_and_is_escaped() -> None:
    svg = strata_svg(document(), "en")
    assert "id_&lt;15&gt;" in svg
    bars = _parsed(svg).findall("s:rect", _NS)[1:]
    widths = [float(bar.attrib["width"]) for bar in bars]
    assert widths[0] == pytest.approx(2 * widths[1])


def test_parts_that_a_run_did_not_keep_have_no_chart() -> None:
    poor = {**document(), "thresholds": None, "calibration": None, "unlinkables": None}
    assert set(charts_of(poor, "zh")) == {"strata"}


def test_no_points_is_an_empty_plane() -> None:
    empty = {**document(), "thresholds": {"n_true": 0, "best": None, "points": []}}
    assert _parsed(thresholds_svg(empty, "zh")).findall("s:polyline", _NS) == []
