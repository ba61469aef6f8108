from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from data.errors import ConfigError
from matching.spec import BASELINE, MatchSpec, load_spec


def test_the_baseline_loads_and_is_frozen() -> None:
    spec = load_spec()
    with pytest.raises(ValidationError):
        spec.seed = 2  # type: ignore[misc]
    assert spec.digest == load_spec().digest
    for comparison in spec.comparisons:
        assert sum(level.m for level in comparison.levels) == pytest.approx(1, abs=0.005)
        assert sum(level.u for level in comparison.levels) == pytest.approx(1, abs=0.01)


def test_any_number_changes_the_digest(tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    text = BASELINE.read_text(encoding="utf-8")
    path.write_text(text.replace("link_threshold = 5.0", "link_threshold = 7.5"), encoding="utf-8")
    assert load_spec(path).digest != load_spec().digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tie_margin =", "tie_margins ="),
        ('kind = "mobile"', 'kind = "telephone"'),
        ('name = "one_slip", word = "差一位", m = 0.02', 'name = "slip", word = "差一位", m = 0.02'),
        ('id_no = "really_different" }', 'id_no = "unequal" }'),
        ('any_of = "name_parts"', 'any_of = "surname"'),
        ('at_most = { name = "same_part" }', 'at_most = { name = "half" }'),
        ("link_threshold = 5.0", "link_threshold = -7.0"),
        ("m = 0.884", "m = 1.884"),
        ("seed = ", "seed = = "),
    ],
)
def test_a_wrong_model_file_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "model.toml"
    text = BASELINE.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"model\.toml"):
        load_spec(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        load_spec(tmp_path / "nowhere.toml")


def test_levels_by_name() -> None:
    spec: MatchSpec = load_spec()
    assert spec.comparison("id_no").level("exact") == 7


def test_believed_weights_rise_with_the_levels() -> None:
    for comparison in load_spec().comparisons:
        odds = [level.m / level.u for level in comparison.levels]
        assert odds == sorted(odds), comparison.name


def test_levels_that_a_guard_rules_out_alone() -> None:
    spec = load_spec()
    number = spec.comparison("id_no")
    out = [level.name for level, is_out in zip(number.levels, spec.levels_ruled_out(number), strict=True) if is_out]
    assert out == ["really_different", "neighbour"]
    assert not any(spec.levels_ruled_out(spec.comparison("name")))
