"""The table `[oidc]`: what it takes, where the secret comes from, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ConfigError
from data.settings import load_settings
from data.settings_oidc import OidcSettings

_SOUND = {"issuer": "https://id.example", "client_id": "desk", "desk_url": "https://desk.example/"}


def _toml(folder: Path, **more: str) -> Path:
    path = folder / "longlou.toml"
    lines = [f'{name} = "{value}"' for name, value in {**_SOUND, **more}.items()]
    path.write_text("\n".join(["[oidc]", *lines]), encoding="utf-8")
    return path


def test_the_secret_comes_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LONGLOU_CONFIG_FILE", "")
    plain = load_settings(_toml(tmp_path)).oidc
    assert plain is not None
    assert (plain.secret(), plain.redirect_uri) == (None, "https://desk.example/login/oidc/callback")
    (tmp_path / "secret").write_text("from a file\n", encoding="utf-8")
    filed = load_settings(_toml(tmp_path, client_secret_file=str(tmp_path / "secret"))).oidc
    assert filed is not None
    assert filed.secret() == "from a file"
    monkeypatch.setenv("LONGLOU_OIDC__CLIENT_SECRET", "from outside")
    given = load_settings(_toml(tmp_path)).oidc
    assert given is not None
    assert given.secret() == "from outside"
    assert "from outside" not in repr(given)


@pytest.mark.parametrize(
    "more",
    [
        {"issuer": "http://id.example"},
        {"issuer": "id.example"},
        {"desk_url": "http://desk.example"},
        {"scope": "profile"},
        {"client_id": ""},
        {"client_secret": "x", "client_secret_file": "y"},
        {"unknown": "x"},
    ],
)
def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: dict[str, str]) -> None:
    monkeypatch.setenv("LONGLOU_CONFIG_FILE", "")
    with pytest.raises(ConfigError):
        load_settings(_toml(tmp_path, **more))


def test_this_machine_goes_without_https() -> None:
    made = OidcSettings(issuer="http://127.0.0.1:9000", client_id="x", desk_url="http://localhost:8469")
    assert made.redirect_uri == "http://localhost:8469/login/oidc/callback"
