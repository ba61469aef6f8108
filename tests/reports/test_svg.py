from __future__ import annotations

from xml.etree import ElementTree

from reports.svg import STYLES, Plot, svg, text


def test_points_stand_where_the_axes_say() -> None:
    plot = Plot((0.0, 10.0), (0.0, 1.0))
    (left, bottom), (right, top) = plot.at((0.0, 0.0)), plot.at((10.0, 1.0))
    assert plot.at((5.0, 0.5)) == ((left + right) / 2, (bottom + top) / 2)
    assert left < right
    assert top < bottom


def test_ticks_are_even_or_those_given() -> None:
    plot = Plot((0.0, 10.0), (0.0, 1.0))
    even = "".join(plot.axes("x", "y"))
    assert all(f">{word}<" in even for word in ("0", "2", "10", "0.2", "1", "x", "y"))
    given = "".join(plot.axes("x", "", ([(0.0, "1 k"), (10.0, "1 M")], [(1.0, "top")])))
    assert ">1 M<" in given
    assert ">0.2<" not in given


def test_words_are_escaped_and_the_picture_parses() -> None:
    plot = Plot((0.0, 1.0), (0.0, 1.0))
    parts = [text(1, 2, "<b> & c", "start"), *plot.mark((0.5, 0.5), 3, 'a "b" <c>'), *plot.line([], STYLES[0])]
    root = ElementTree.fromstring(svg(parts, 'F1 & "more"'))
    assert root.get("aria-label") == 'F1 & "more"'
    assert [element.text for element in root.findall("{*}text")] == ['F1 & "more"', "<b> & c"]
