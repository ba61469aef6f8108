"""`sources.toml`: what it may say, and what refuses the run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.errors import ConfigError, ManifestRefused
from data.model import FeedKind
from data.sources.spec import load_sources
from data.words import set_language

TODAY = date(2016, 6, 16)
MANIFEST = """
[manifest]
controller = "文昌市委组织部"
purpose = "rectify_roster"
legal_basis = "党员教育管理工作条例"
retention_on = 2099-12-31
contact = "0898-00000000"
"""
ROSTER = """
[sources.roster]
kind = "member_roster"
location = "rosters/*.xlsx"
"""


def _load(tmp_path: Path, text: str, today: date = TODAY) -> object:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return load_sources(path, today)


def test_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(
        'area = "46"\nas_of = 2016-06-16\n'
        + MANIFEST
        + ROSTER
        + 'area = "469005"\ncolumns = { name = "成员" }\nmanifest = { contact = "党建办" }\n'
        + '[sources.reports]\nkind = "annual_reports"\nlocation = ["a.csv", "b.csv"]\ncode_system = "zhejiang"\n',
        encoding="utf-8",
    )
    spec = load_sources(path, TODAY)
    assert (spec.base, spec.area, spec.as_of) == (tmp_path.resolve(), "46", TODAY)
    roster, reports = spec.sources["roster"], spec.sources["reports"]
    assert (roster.kind, roster.location, roster.area) == (FeedKind.MEMBER_ROSTER, ("rosters/*.xlsx",), "469005")
    assert (reports.location, reports.area, reports.code_system) == (("a.csv", "b.csv"), "46", "zhejiang")
    assert roster.is_one_row_per_person
    assert not reports.is_one_row_per_person
    assert roster.manifest is not None
    assert roster.manifest.contact == "党建办"
    assert roster.manifest.controller == "文昌市委组织部"


def test_a_roster_may_say_that_it_lists_people_more_than_once(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text('area = "469005"\n' + MANIFEST + ROSTER + "promises_one_row_per_person = false\n", encoding="utf-8")
    assert not load_sources(path, TODAY).sources["roster"].is_one_row_per_person


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('area = "469005"\nspeed = 3\n' + MANIFEST + ROSTER, "speed"),
        ('area = "469005"\nbase = "/"\n' + MANIFEST + ROSTER, "base"),
        ('area = "469005"\n' + MANIFEST + ROSTER + "colums = {}\n", "sources.roster.colums"),
        ('area = "wenchang"\n' + MANIFEST + ROSTER, "area"),
        (MANIFEST + ROSTER, "area"),
        ('area = "469005"\n' + MANIFEST, "sources"),
        ('area = "469005"\n' + MANIFEST + "[sources]\n", "sources"),
        ('area = "469005"\n' + MANIFEST + '[sources.r]\nkind = "roster"\nlocation = "x"\n', "sources.r.kind"),
        ('area = "469005"\n' + MANIFEST + '[sources.r]\nkind = "claims"\n', "sources.r: location"),
        ('area = "469005"\n' + MANIFEST + ROSTER + 'columns = { religion = "x" }\n', "religion"),
        ('area = "469005"\n' + MANIFEST + ROSTER + 'code_system = "national"\n', "code_system"),
        ('area = "469005"\n' + MANIFEST + '[sources.a]\nkind = "annual_reports"\nlocation = "x"\n', "code_system"),
        (
            'area = "469005"\n'
            + MANIFEST
            + '[sources.t]\nkind = "transfers"\nlocation = "x"\npromises_one_row_per_person = true\n',
            "promises_one_row_per_person",
        ),
        ("area = ", "TOML"),
    ],
)
def test_a_wrong_file_names_the_key(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told) as refused:
        _load(tmp_path, text)
    assert refused.value.exit_code == 2


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml"):
        load_sources(tmp_path / "none.toml", TODAY)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("lost", ["controller", "purpose", "legal_basis", "retention_on", "contact"])
def test_without_a_whole_manifest_the_run_is_refused(tmp_path: Path, lost: str, language: str) -> None:
    manifest = "\n".join(line for line in MANIFEST.splitlines() if not line.startswith(lost))
    set_language(language)
    try:
        with pytest.raises(ManifestRefused, match=f"roster.*{lost}") as refused:
            _load(tmp_path, 'area = "469005"\n' + manifest + ROSTER)
    finally:
        set_language("zh")
    assert refused.value.exit_code == 3


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('purpose = "rectify_roster"', 'purpose = "advertising"', "purpose"),
        ('contact = "0898-00000000"', 'contact = ""', "contact"),
        ('contact = "0898-00000000"', 'contact = "x"\nnote = "x"', "note"),
    ],
)
def test_a_manifest_says_only_what_it_may(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(ManifestRefused, match=told):
        _load(tmp_path, 'area = "469005"\n' + MANIFEST.replace(old, new) + ROSTER)


def test_the_retention_date_is_the_last_day_of_use(tmp_path: Path) -> None:
    text = 'area = "469005"\n' + MANIFEST.replace("2099-12-31", "2016-06-16") + ROSTER
    _load(tmp_path, text, date(2016, 6, 16))
    with pytest.raises(ManifestRefused, match="2016-06-16"):
        _load(tmp_path, text, date(2016, 6, 17))
