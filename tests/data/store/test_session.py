"""The store opens privately, or says in one error that it does not answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from data.errors import ConfigError, StoreUnavailable
from data.store.session import Store, open_store


def test_sqlite_is_set_up(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'deep' / 'longlou.db'}") as store, store.read() as connection:
        for pragma, expected in (("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 30_000)):
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == expected
    assert (tmp_path / "deep" / "longlou.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "deep").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "url", ["mysql://h/d", "no url", "sqlite://", "sqlite:///:memory:", "postgresql+psycopg2://h/d"]
)
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ConfigError):
        open_store(url)


def test_no_server() -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_store("postgresql://nobody:secret-word@127.0.0.1:1/none")
    assert "secret-word" not in str(caught.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "longlou.db"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(ConfigError):
        open_store(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable, match="file"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'longlou.db'}")


def test_a_lost_connection_is_unavailable(store: Store) -> None:
    def lose() -> NoReturn:
        raise OperationalError("SELECT 1", {}, RuntimeError("server closed the connection\nand more"))

    for opened in (store.read, store.write):
        with pytest.raises(StoreUnavailable, match=r"server closed the connection$"), opened():
            lose()


def test_other_errors_keep_their_kind_and_hide_their_values(store: Store) -> None:
    insert = text("INSERT INTO links (run_area, unique_id, person_id) VALUES ('469005', :unique_id, 'P1')")
    with pytest.raises(IntegrityError) as caught, store.write() as connection:
        connection.execute(insert, {"unique_id": "a-value-of-somebody"})
    assert "hidden due to hide_parameters" in str(caught.value)


def test_read_changes_nothing(store: Store) -> None:
    with store.read() as connection:
        connection.execute(text("INSERT INTO alembic_version VALUES ('x')"))
    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1


def test_after_an_error_the_store_still_works(store: Store) -> None:
    def stop(connect: Callable[[], object]) -> NoReturn:
        connect()
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"), store.write() as connection:
        stop(lambda: connection.execute(text("DELETE FROM alembic_version")))
    with store.write() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
