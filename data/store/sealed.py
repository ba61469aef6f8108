"""Identity numbers and mobiles at rest: look one up, show one, encrypt all anew with another key (guard-rail 6).

Nothing here writes a value anywhere but encrypted; whoever shows one writes the audit row (see review).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from data.settings import Settings
from data.store import audit
from data.store.ciphers import blind_index, seal, unseal
from data.store.clock import utc_now
from data.store.keyring import Keyring, open_keyring, write_keyring
from data.store.session import Store
from data.store.tables_sealed import SEALED_VALUES

_BATCH = 5_000


def keyring_of(settings: Settings, store: Store) -> Keyring:
    """The installation's keyring; made at first use, but never where encrypted values wait for a lost one."""
    return open_keyring(settings.keyring_file, settings.cipher_suite, may_make=not has_sealed(store))


def has_sealed(store: Store) -> bool:
    """Is anything encrypted in this database?"""
    with store.read() as connection:
        return connection.execute(select(SEALED_VALUES.c.key_id).limit(1)).first() is not None


def reveal(store: Store, keyring: Keyring, book: str, unique_id: str, field: str) -> str | None:
    """The value of a record's field; None when there is none. Raises CannotDecrypt."""
    key = (SEALED_VALUES.c.run_area == book) & (SEALED_VALUES.c.unique_id == unique_id)
    query = select(SEALED_VALUES.c.sealed).where(key, SEALED_VALUES.c.field == field)
    with store.read() as connection:
        sealed = connection.execute(query).scalar()
    return None if sealed is None else unseal(keyring, sealed, belongs_to(book, unique_id, field))


def open_sample(store: Store, keyring: Keyring) -> bool:
    """Open one encrypted value, whichever, and forget it; False when there is none. Raises CannotDecrypt."""
    with store.read() as connection:
        row = connection.execute(select(SEALED_VALUES).limit(1)).mappings().first()
    if row is not None:
        unseal(keyring, row["sealed"], belongs_to(row["run_area"], row["unique_id"], row["field"]))
    return row is not None


def find(store: Store, keyring: Keyring, book: str, field: str, text: str) -> list[str]:
    """unique_ids of the records of a book that have this value, sorted."""
    wanted = blind_index(keyring, field, text)
    table = SEALED_VALUES.c
    # What only a held run or a rollback would ask for is not there for the desk.
    same = (table.run_area == book) & (table.field == field) & table.left_run.is_(None)
    query = select(SEALED_VALUES.c.unique_id).where(same, SEALED_VALUES.c.blind_index == wanted)
    with store.read() as connection:
        return sorted(connection.execute(query).scalars())


def belongs_to(book: str, unique_id: str, field: str) -> str:
    """What a ciphertext is bound to: its column and its row."""
    return f"sealed_values.{field}|{book}|{unique_id}"


def rotate(store: Store, settings: Settings, by: str, now: datetime | None = None) -> int:
    """Encrypt everything with a new key, batch by batch, then destroy the old ones; returns the number of values.

    The new keyring is on the disk before anything is encrypted with it, old keys leave it when nothing needs them: a
    rotation that breaks off goes on with the next call and loses nothing.
    """
    now = now or utc_now()
    before = keyring_of(settings, store)
    keyring = before if _is_rotating(store, before) else before.with_new_key()
    write_keyring(settings.keyring_file, keyring)
    n_values = 0
    for keys in _batches(store, keyring.current):
        with store.write() as connection:
            n_values += _seal_anew(connection, keyring, keys)
    unused = frozenset(keyring.keys) - {keyring.current}
    write_keyring(settings.keyring_file, keyring.without(unused))
    with audit.changing(store) as connection:
        details = {"n_values": n_values, "key": keyring.current, "destroyed": sorted(unused)}
        audit.append(connection, now=now, actor=by, action="keys rotated", subject="keyring", details=details)
    return n_values


def count_by_key(store: Store) -> dict[str, int]:
    """How many values each key encrypts."""
    query = select(SEALED_VALUES.c.key_id, func.count()).group_by(SEALED_VALUES.c.key_id)
    with store.read() as connection:
        return dict(connection.execute(query).tuples().all())


def _is_rotating(store: Store, keyring: Keyring) -> bool:
    """Did a rotation break off? Then the current key is new and others are still in use."""
    return len(keyring.keys) > 1 and bool(count_by_key(store).keys() - {keyring.current})


def _batches(store: Store, current: str) -> Iterator[list[tuple[str, str, str]]]:
    """Keys of rows that another key encrypted, until there are none."""
    columns = (SEALED_VALUES.c.run_area, SEALED_VALUES.c.unique_id, SEALED_VALUES.c.field)
    query = select(*columns).where(SEALED_VALUES.c.key_id != current).limit(_BATCH)
    while True:
        with store.read() as connection:
            keys = [(row.run_area, row.unique_id, row.field) for row in connection.execute(query)]
        if not keys:
            return
        yield keys


def _seal_anew(connection: Connection, keyring: Keyring, keys: list[tuple[str, str, str]]) -> int:
    table = SEALED_VALUES.c
    values = []
    for book, unique_id, field in keys:
        row = (table.run_area == book) & (table.unique_id == unique_id) & (table.field == field)
        sealed = connection.execute(select(table.sealed).where(row).with_for_update()).scalar()
        if sealed is not None:
            bound = belongs_to(book, unique_id, field)
            again = seal(keyring, unseal(keyring, sealed, bound), bound)
            values.append({"b": book, "u": unique_id, "f": field, "sealed": again, "key_id": keyring.current})
    row = (table.run_area == bindparam("b")) & (table.unique_id == bindparam("u")) & (table.field == bindparam("f"))
    if values:
        connection.execute(
            update(SEALED_VALUES).where(row).values(sealed=bindparam("sealed"), key_id=bindparam("key_id")), values
        )
    return len(values)
