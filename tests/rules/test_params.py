"""Thresholds: the set in force by date, unknown keys refused, and a digest that follows every word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.errors import ConfigError
from rules import params as module
from rules.params import load_params, rule_sets

SHIPPED = Path(module.__file__).with_name("params.toml").read_text(encoding="utf-8")


def changed(tmp_path: Path, old: str, new: str) -> Path:
    assert old in SHIPPED
    path = tmp_path / "params.toml"
    path.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    return path


def test_every_threshold_has_unit_citation_and_reason() -> None:
    for one in rule_sets():
        found = one.thresholds()
        assert len(found) == 8
        assert all(item.citation and item.reason and item.unit for item in found.values())


def test_the_set_in_force_is_the_latest_begun(tmp_path: Path) -> None:
    later = SHIPPED[SHIPPED.index("[[rule_sets]]") :].replace("RS-2006", "RS-2019").replace("2006-01-01", "2019-05-06")
    path = tmp_path / "params.toml"
    path.write_text(later + SHIPPED, encoding="utf-8")
    assert load_params(date(2019, 5, 5), path).code == "RS-2006"
    assert load_params(date(2019, 5, 6), path).code == "RS-2019"


def test_before_all_sets_there_is_none() -> None:
    with pytest.raises(ConfigError, match="2005-12-31"):
        load_params(date(2005, 12, 31))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[rule_sets.lost.clock_months]", "[rule_sets.lost.clock_month]", "clock_month"),
        ('unit = "months"', 'unit = "moons"', "unit"),
        ("value = 6", "value = 0", "value"),
        ('reason = "', 'why = "', "reason"),
        ("[[rule_sets]]", "[[rule_set]]", "rule_sets"),
        ("value = 6", "value = six", "TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        rule_sets(changed(tmp_path, old, new))


def test_digest_follows_numbers_and_words(tmp_path: Path) -> None:
    day = date(2016, 6, 16)
    assert load_params(day).digest == load_params(day).digest
    assert load_params(day, changed(tmp_path, "value = 90", "value = 91")).digest != load_params(day).digest
