"""Rule sets: the one in force by date, changes inherited, unknown keys refused, a digest that follows every word."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import rules.params
from data.errors import ConfigError
from rules.params import Choice, load_params, rule_sets

SHIPPED = Path(rules.params.__file__).parent


def changed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """The shipped folder with the first `old` of a file replaced."""
    for path in SHIPPED.glob("*.toml"):
        shutil.copy(path, tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def test_every_threshold_and_choice_has_citation_and_reason_and_began_by_then() -> None:
    for one in rule_sets():
        assert one.citation
        assert one.since_basis
        for item in dict(one.leaves()).values():
            assert item.citation
            assert item.reason
            assert item.since <= one.code


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2006, 1, 1), "RS-2006"),
        (date(2015, 12, 31), "RS-2006"),
        (date(2016, 1, 1), "RS-2016"),
        (date(2016, 6, 16), "RS-2016"),
        (date(2019, 5, 5), "RS-2016"),
        (date(2019, 5, 6), "RS-2019"),
        (date(2024, 11, 10), "RS-2019"),
        (date(2024, 11, 11), "RS-2024"),
        (date(2099, 1, 1), "RS-2024"),
    ],
)
def test_the_set_in_force_is_the_latest_begun(day: date, code: str) -> None:
    assert load_params(day).code == code


def test_before_all_sets_there_is_none() -> None:
    with pytest.raises(ConfigError, match="2005-12-31"):
        load_params(date(2005, 12, 31))


def test_what_the_sets_changed() -> None:
    older, checked, regulated, newest = rule_sets()
    assert (older.lost, older.abroad, checked.abroad) == (None, None, None)
    assert checked.lost is not None
    assert (checked.lost.clock_months.value, checked.lost.min_channels.value) == (6, 2)
    assert "排查表" in checked.lost.clock_months.citation
    assert regulated.lost is not None
    assert "第24条" in regulated.lost.clock_months.citation
    assert regulated.abroad is not None
    assert regulated.retention is not None
    assert (regulated.abroad.contact_months.value, regulated.abroad.study_years.value) == (6, 5)
    assert regulated.retention.school_years.value == 2
    assert [one.floating.clock.value for one in rule_sets()] == ["absence", "absence", "absence", "attendance"]
    assert [one.floating.away_months.since for one in rule_sets()] == ["RS-2006", "RS-2006", "RS-2019", "RS-2024"]
    assert isinstance(newest.floating.clock, Choice)


def test_a_change_is_in_force_from_its_set_on(tmp_path: Path) -> None:
    later = """
[[normal.max_gap_months]]
since = "RS-2019"
value = 9
unit = "months"
citation = "示例"
reason = "示例"
"""
    folder = changed(tmp_path, "classes.toml", "[[retention.school_years]]", later + "\n[[retention.school_years]]")
    assert [one.normal.max_gap_months.value for one in rule_sets(folder)] == [6, 6, 9, 9]


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("classes.toml", "[[lost.clock_months]]", "[[lost.clock_month]]", "clock_month"),
        ("classes.toml", "[[pocket.default_valid_days]]", "[[pockets.default_valid_days]]", "pocket"),
        ("classes.toml", 'unit = "months"', 'unit = "moons"', "unit"),
        ("classes.toml", "value = 6", "value = 0", "value"),
        ("classes.toml", "value = 6", "value = 6.5", "value"),
        ("classes.toml", 'reason = "', 'why = "', "reason"),
        ("classes.toml", 'value = "absence"', 'value = "presence"', "clock"),
        ("classes.toml", "value = 6", "value = six", "TOML"),
        ("classes.toml", 'since = "RS-2006"', 'since = "RS-2005"', "RS-2005"),
        ("classes.toml", 'since = "RS-2006"', 'since = "RS-2024"', "floating.away_months"),
        ("classes.toml", 'unit = "attempts"', 'unit = "attempts"\nmost = 3', "most"),
        ("classes.toml", 'value = 2\nunit = "attempts"', 'value = 1\nunit = "attempts"', "查找次数"),
        (
            "entries.toml",
            "[[employer.min_specific_characters]]",
            "[employer]\nmin_specific_characters = 4\n[[x.y]]",
            "employer",
        ),
        ("entries.toml", "[[admission.", "[[floating.", "floating"),
        ("sets.toml", "[[rule_sets]]", "[[rule_set]]", "rule_set"),
        ("sets.toml", 'code = "RS-2006"', 'code = "RS-2016"', "sets.toml"),
        ("sets.toml", "since = 2006-01-01", 'since = "soon"', "since"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, file: str, old: str, new: str, named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        rule_sets(changed(tmp_path, file, old, new))


def test_digest_follows_numbers_and_words(tmp_path: Path) -> None:
    day = date(2016, 6, 16)
    assert load_params(day).digest == load_params(day).digest
    assert (
        load_params(day, changed(tmp_path, "classes.toml", "value = 90", "value = 91")).digest
        != load_params(day).digest
    )
    assert len({one.digest for one in rule_sets()}) == len(rule_sets())
