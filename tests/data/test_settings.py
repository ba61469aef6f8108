"""Order of settings, unknown keys, the key file."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from data.errors import ConfigError
from data.settings import Settings, load_settings, record_key, use_settings


def test_environment_beats_file_beats_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "longlou.toml"
    file.write_text('language = "en"\npair_budget = 5\n', encoding="utf-8")
    monkeypatch.setenv("LONGLOU_CONFIG_FILE", "")
    monkeypatch.setenv("LONGLOU_PAIR_BUDGET", "7")
    settings = load_settings(file)
    assert (settings.language, settings.pair_budget) == ("en", 7)
    assert settings.prefect_api_url is None


@pytest.mark.parametrize("text", ["languge = 'en'", "language = 'fr'", "pair_budget = 0", "not toml ["])
def test_a_wrong_file_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "longlou.toml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("LONGLOU_CONFIG_FILE", "")
    with pytest.raises(ConfigError):
        load_settings(file)


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load_settings(tmp_path / "absent.toml")


def test_settings_in_force_are_the_ones_loaded(tmp_path: Path) -> None:
    own = load_settings().model_copy(update={"var_dir": tmp_path})
    with use_settings(own):
        assert load_settings().var_dir == tmp_path
    assert load_settings().var_dir != tmp_path


def test_the_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    settings = load_settings().model_copy(update={"var_dir": tmp_path})
    key = record_key(settings)
    assert len(key) == 32
    assert record_key(settings) == key
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600


def test_database_is_under_var_dir_unless_named(tmp_path: Path) -> None:
    settings: Settings = load_settings().model_copy(update={"var_dir": tmp_path})
    assert settings.database == f"sqlite:///{tmp_path / 'longlou.db'}"
    assert settings.model_copy(update={"database_url": "sqlite:///x.db"}).database == "sqlite:///x.db"
