"""Migrations on both engines: from nothing to head and back, and no difference to the tables in code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from data.errors import ConfigError
from data.store import migrate
from data.store.schema import APPEND_ONLY, METADATA
from data.store.session import Store, open_store


def _tables(store: Store) -> set[str]:
    with store.read() as connection:
        return set(inspect(connection).get_table_names())


def test_upgrade_downgrade_upgrade(store: Store) -> None:
    wanted = {*METADATA.tables, "alembic_version"}
    assert _tables(store) == wanted
    with store.write() as connection:
        migrate.downgrade(connection, "base")
    assert _tables(store) == {"alembic_version"}
    with store.write() as connection:
        migrate.upgrade(connection)
        assert migrate.revision(connection) == migrate.head()
    assert _tables(store) == wanted


def test_autogenerate_finds_nothing(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_check_constraints_are_those_of_the_code(store: Store) -> None:
    """Alembic does not compare them."""
    with store.read() as connection:
        found = inspect(connection)
        for name, table in METADATA.tables.items():
            wanted = {str(check.name) for check in table.constraints if str(check.name).startswith("ck_")}
            assert {check["name"] for check in found.get_check_constraints(name)} == wanted


def test_opening_again_changes_nothing(store: Store, store_url: str) -> None:
    with open_store(store_url) as again, again.read() as connection:
        assert migrate.revision(connection) == migrate.head()


def test_a_newer_database_is_refused(store: Store, store_url: str) -> None:
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigError, match="9999"):
        open_store(store_url)


def test_opens_from_any_folder(tmp_path: Path) -> None:
    code = "import sys; from data.store.session import open_store; open_store(sys.argv[1]).close()"
    root = Path(migrate.__file__).parents[2]
    url = f"sqlite:///{tmp_path / 'x%20y' / 'longlou.db'}"
    environment = {**os.environ, "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", code, url], cwd=tmp_path, env=environment, check=True, timeout=120)
    assert (tmp_path / "x%20y" / "longlou.db").stat().st_mode & 0o777 == 0o600


def test_append_only_tables_refuse_changes(store: Store) -> None:
    query = {
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT event_object_table FROM information_schema.triggers",
    }
    with store.read() as connection:
        kept = set(connection.execute(text(query[connection.dialect.name])).scalars())
    assert kept == {table.name for table in APPEND_ONLY}
