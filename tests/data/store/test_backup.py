"""A backup and its way back on both engines: everything is there again, and what was tampered with is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import URL, select

from data.errors import ConfigError, LonglouError
from data.settings import Settings, load_settings
from data.store import audit, backup, copies
from data.store.archive import Archive, Manifest
from data.store.backup import finished, make_backup, read_size, remove_old
from data.store.publish import publish
from data.store.restore import BackupDamaged, restore
from data.store.sealed import keyring_of, reveal
from data.store.sealing import ClearValues
from data.store.session import open_store
from data.store.tables import LINKS
from data.store.users import Role, add_user, list_users
from tests import postgres
from tests.data.store.builders import AREA, NOW, handed, run

NUMBER = "469901198507011233"


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> Settings:
    """An installation with a published night, an archived file, one handed in, and encrypted numbers."""
    made = load_settings().model_copy(update={"var_dir": tmp_path / "var", "database_url": store_url})
    (tmp_path / "var" / "uploads").mkdir(parents=True)
    (tmp_path / "var" / "uploads" / "0a").write_bytes(b"a roster")
    (tmp_path / "page").write_bytes(b"a ledger")
    archive = Archive.of(made)
    archive.write(Manifest("run-1", AREA, {"ledger": archive.put_file(tmp_path / "page")}))
    with open_store(store_url) as store:
        numbers = pd.DataFrame([("a", NUMBER, None)], columns=["unique_id", "id_no", "mobile"], dtype=object)
        publish(store, run(), replace(handed(), clear=ClearValues(numbers, keyring_of(made, store))), NOW)
        add_user(store, "wang", "王", [Role.ANALYST], [AREA], "a first password", "test", NOW)
    return made


@pytest.fixture
def empty(settings: Settings, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """An empty installation on the same engine."""
    new = settings.model_copy(update={"var_dir": tmp_path / "new"})
    if settings.database.startswith("sqlite"):
        yield new.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'new' / 'longlou.db'}"})
        return
    server: URL = request.getfixturevalue("postgres_server")
    with postgres.database(server) as url:
        yield new.model_copy(update={"database_url": url})


def test_everything_comes_back(settings: Settings, empty: Settings, tmp_path: Path) -> None:
    made = make_backup(settings, tmp_path / "backups", tmp_path / "keys", "test", NOW)
    assert not list(made.rglob("*key*"))
    found = restore(empty, made, tmp_path / "keys" / made.name, "test", NOW)
    assert found.was_at == found.is_at
    assert (empty.uploads_dir / "0a").read_bytes() == b"a roster"
    assert (empty.uploads_dir / "0a").stat().st_mode & 0o777 == 0o600
    with open_store(empty.database) as store, store.read() as connection:
        assert sorted(connection.execute(select(LINKS.c.unique_id)).scalars()) == ["a", "b", "c"]
        assert [user.username for user in list_users(store)] == ["wang"]
        assert reveal(store, keyring_of(empty, store), AREA, "a", "id_no") == NUMBER
        after = audit.verify_chain(store)
    with open_store(settings.database) as store:
        before = audit.verify_chain(store)
    # The old one has its row of the backup, the new one that of having been restored.
    assert after.is_intact
    assert after.n_rows == before.n_rows == found.n_audit + 1
    assert Archive.of(empty).run_ids() == ["run-1"]


def test_files_that_stayed_are_not_copied_again(settings: Settings, tmp_path: Path) -> None:
    first = make_backup(settings, tmp_path / "backups", None, "test", NOW)
    (settings.uploads_dir / "0b").write_bytes(b"another")
    second = make_backup(settings, tmp_path / "backups", None, "test", NOW + timedelta(days=1))
    assert (first / "uploads" / "0a").samefile(second / "uploads" / "0a")
    # A copy that went bad on the disk is not handed on.
    (second / "uploads" / "0b").write_bytes(b"damaged")
    third = make_backup(settings, tmp_path / "backups", None, "test", NOW + timedelta(days=2))
    assert (third / "uploads" / "0b").read_bytes() == b"another"
    assert remove_old(tmp_path / "backups", 1) == [first.name, second.name]
    assert finished(tmp_path / "backups") == [third]
    assert (third / "uploads" / "0a").read_bytes() == b"a roster"
    assert read_size(third).n_files == len(json.loads((third / backup.MANIFEST).read_text())["files"]) + 1


@pytest.mark.parametrize("victim", ["database", "uploads/0a", "gone"])
def test_a_damaged_backup_is_refused_before_anything_is_written(
    settings: Settings, empty: Settings, tmp_path: Path, victim: str
) -> None:
    made = make_backup(settings, tmp_path / "backups", tmp_path / "keys", "test", NOW)
    if victim == "gone":
        (made / "uploads" / "0a").unlink()
    else:
        with (made / victim).open("ab") as file:
            file.write(b"x")
    with pytest.raises(BackupDamaged):
        restore(empty, made, tmp_path / "keys" / made.name, "test", NOW)
    assert not empty.var_dir.exists()
    assert copies.is_empty(empty.database)


def test_it_asks_for_its_own_keys(settings: Settings, empty: Settings, tmp_path: Path) -> None:
    made = make_backup(settings, tmp_path / "backups", tmp_path / "keys", "test", NOW)
    with pytest.raises(ConfigError, match="--keys"):
        restore(empty, made, None, "test", NOW)
    (tmp_path / "keys" / made.name / "store.keyring").write_bytes(b"{}")
    with pytest.raises(ConfigError, match=r"store\.keyring"):
        restore(empty, made, tmp_path / "keys" / made.name, "test", NOW)
    assert copies.is_empty(empty.database)


def test_nothing_is_written_over(settings: Settings, empty: Settings, tmp_path: Path) -> None:
    made = make_backup(settings, tmp_path / "backups", tmp_path / "keys", "test", NOW)
    keys = tmp_path / "keys" / made.name
    with pytest.raises(ConfigError, match="var"):
        restore(settings, made, keys, "test", NOW)
    open_store(empty.database).close()
    with pytest.raises(ConfigError, match="数据库"):
        restore(empty, made, keys, "test", NOW)


def test_the_other_engine_is_told(settings: Settings, tmp_path: Path) -> None:
    made = make_backup(settings, tmp_path / "backups", tmp_path / "keys", "test", NOW)
    other = "postgresql:///x" if settings.database.startswith("sqlite") else f"sqlite:///{tmp_path / 'x.db'}"
    elsewhere = settings.model_copy(update={"var_dir": tmp_path / "new", "database_url": other})
    with pytest.raises(ConfigError, match="另一种数据库"):
        restore(elsewhere, made, tmp_path / "keys" / made.name, "test", NOW)


@pytest.mark.parametrize(
    ("folder", "keys"), [("var/x", None), ("b", "b"), ("b", "b/keys"), ("k/b", "k"), ("b", "var/k"), ("var", None)]
)
def test_what_would_be_lost_together_is_kept_apart(tmp_path: Path, folder: str, keys: str | None) -> None:
    settings = load_settings().model_copy(update={"var_dir": tmp_path / "var", "database_url": None})
    with pytest.raises(ConfigError):
        make_backup(settings, tmp_path / folder, None if keys is None else tmp_path / keys, "test", NOW)
    assert not (tmp_path / "var" / "longlou.db").exists()


def test_a_key_changed_meanwhile_is_told_and_leaves_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = copies.copy_out

    def meanwhile(database: str, target: Path) -> None:
        real(database, target)
        settings.keyring_file.write_bytes(settings.keyring_file.read_bytes() + b"\n")

    monkeypatch.setattr(backup, "copy_out", meanwhile)
    with pytest.raises(LonglouError, match="密钥"):
        make_backup(settings, tmp_path / "backups", tmp_path / "keys", "test", NOW)
    assert list((tmp_path / "backups").iterdir()) == []
    assert not (tmp_path / "keys").exists()


def test_a_folder_that_is_no_backup(empty: Settings, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="备份"):
        restore(empty, tmp_path, None, "test", NOW)
