"""`longlou backup` and `longlou restore` as people call them: what they say, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.store.session import open_store
from data.store.users import Role, add_user, list_users
from longlou.main import run


def test_there_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "var"))
    with open_store(f"sqlite:///{tmp_path / 'var' / 'longlou.db'}") as store:
        add_user(store, "wang", "王", [Role.ANALYST], ["469005"], "a first password", "test")
    assert run(["keys", "status", "--json"]) == 0
    capsys.readouterr()
    assert run(["backup"]) == 2
    assert "backup_dir" in capsys.readouterr().err
    assert run(["backup", str(tmp_path / "b"), "--keys", str(tmp_path / "k"), "--by", "张三", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["n_files"] == 2
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "new"))
    assert run(["restore", made["backup"]]) == 2
    assert "--keys" in capsys.readouterr().err
    assert run(["restore", made["backup"], "--keys", made["keys"]]) == 0
    assert "完整" in capsys.readouterr().out
    with open_store(f"sqlite:///{tmp_path / 'new' / 'longlou.db'}") as store:
        assert [user.username for user in list_users(store)] == ["wang"]
    assert run(["restore", made["backup"], "--keys", made["keys"]]) == 2
    assert run(["audit", "verify"]) == 0


def test_without_keys_it_says_so_and_keeps_as_many_as_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "var"))
    old = tmp_path / "b" / "20200101T000000Z"
    old.mkdir(parents=True)
    (old / "manifest.json").write_text('{"files": {}}', encoding="utf-8")
    assert run(["backup", str(tmp_path / "b"), "--keep", "1"]) == 0
    assert "密钥没有备份" in capsys.readouterr().out
    assert not old.exists()
    assert len(list((tmp_path / "b").iterdir())) == 1
