"""Whether Splink is there to be measured at all."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest

from bench import scale


def test_without_splink_it_is_said_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def absent(name: str, package: str | None = None) -> Any:
        return None if name in ("splink", "duckdb") else find_spec(name, package)

    monkeypatch.setattr(scale, "find_spec", absent)
    assert scale.installed(("splink", "recordlinkage")) == ["recordlinkage"]
    assert "Splink is not installed" in capsys.readouterr().err
    assert scale.installed(("recordlinkage",)) == ["recordlinkage"]
