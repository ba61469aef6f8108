"""`longlou keys`: status before and after a rotation."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from data.settings import Settings
from data.store.sealed import find, keyring_of
from data.store.sealing import ClearValues, add_sealed
from data.store.session import open_store
from longlou.main import run


def test_status_and_rotation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "var"))
    settings = Settings(var_dir=tmp_path / "var")
    values = pd.DataFrame({"unique_id": ["a"], "id_no": ["469901198507011233"], "mobile": [None]}, dtype=object)
    with open_store(settings.database) as store:
        with store.write() as connection:
            add_sealed(connection, "469005", None, ClearValues(values, keyring_of(settings, store)))
        assert run(["keys", "status", "--json"]) == 0
        before = json.loads(capsys.readouterr().out)
        assert [(key["is_current"], key["n_values"]) for key in before["keys"]] == [(True, 1)]
        assert run(["keys", "rotate"]) == 0
        assert "1" in capsys.readouterr().out
        assert run(["keys", "status", "--json"]) == 0
        after = json.loads(capsys.readouterr().out)
        assert after["keys"][0]["key"] != before["keys"][0]["key"]
        assert find(store, keyring_of(settings, store), "469005", "id_no", "469901198507011233") == ["a"]
