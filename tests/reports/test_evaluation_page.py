from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from data.words import set_language
from reports.evaluation_page import PAGE, page, write_charts
from tests.reports.evaluations import document


class _Outline(HTMLParser):
    """Tags, and the text inside each language's part."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.checked: list[str] = []
        self.text: dict[str, str] = {"zh": "", "en": ""}
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.addresses += [str(given[name]) for name in ("src", "href", "action") if name in given]
        if "checked" in given:
            self.checked.append(str(given["id"]))
        if tag == "main":
            self._in = str(given["class"])

    def handle_data(self, data: str) -> None:
        if self._in:
            self.text[self._in] += data + "\n"


def _outline(html: str) -> _Outline:
    parser = _Outline()
    parser.feed(html)
    return parser


def test_one_file_without_script_or_address() -> None:
    found = _outline(page(document()))
    assert not {"script", "iframe", "object", "link", "img"} & set(found.tags)
    assert found.addresses == []
    assert found.tags.count("svg") == 8  # four charts in two languages


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_switch_opens_in_the_language_asked_for(language: str) -> None:
    assert _outline(page(document(), language)).checked == [language]


def test_both_languages_say_the_same_figures() -> None:
    text = _outline(page(document())).text
    for figure in ("0.8471", "0.9980", "0.0312", "0.9744", "6.2500", "id_<15>"):
        assert figure in text["zh"], figure
        assert figure in text["en"], figure
    assert "查准率" in text["zh"]
    assert "查准率" not in text["en"]
    assert "precision" in text["en"]
    assert "precision" not in text["zh"]
    assert "流动" in text["zh"]
    assert "floating" in text["en"]
    assert "\n5\n" in text["zh"]  # unlinkable records


def test_what_a_run_did_not_keep_is_a_dash() -> None:
    poor = {**document(), "blocking": {"recall": None}, "thresholds": None, "calibration": None, "unlinkables": None}
    text = _outline(page(poor)).text["zh"]
    assert text.count("—\n") == 5
    assert "概率与实际" not in text


def test_files_appear_in_the_language_in_force(tmp_path: Path) -> None:
    set_language("en")
    try:
        paths = write_charts(tmp_path / "charts", document())
    finally:
        set_language("zh")
    assert {path.name for path in paths} == {p.name for p in (tmp_path / "charts").iterdir()}
    assert paths[-1].name == PAGE
    assert "threshold" in (tmp_path / "charts" / "thresholds.svg").read_text(encoding="utf-8")
