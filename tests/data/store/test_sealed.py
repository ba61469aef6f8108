"""Values at rest on both engines: found and shown again, bound to their row, encrypted anew; keys that are lost or open."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from data.errors import ConfigError
from data.settings import Settings
from data.store import audit
from data.store.ciphers import CannotDecrypt, blind_index, seal, unseal
from data.store.keyring import Keyring, new_keyring, open_keyring, write_keyring
from data.store.sealed import belongs_to, count_by_key, find, has_sealed, keyring_of, reveal, rotate
from data.store.sealing import ClearValues, add_sealed, ask_for, sealed_there
from data.store.session import Store
from data.store.tables_sealed import SEALED_VALUES
from tests.data.store.builders import AREA, NOW

ID, MOBILE = "469901198507011233", "14200001111"
SUITES = ["aes-256-gcm-siv", "sm4-gcm"]


def _values(**of: tuple[str | None, str | None]) -> pd.DataFrame:
    rows = [(unique_id, *numbers) for unique_id, numbers in of.items()]
    return pd.DataFrame(rows, columns=["unique_id", "id_no", "mobile"], dtype=object)


def _publish(store: Store, keyring: Keyring, **of: tuple[str | None, str | None]) -> int:
    with store.write() as connection:
        clear = ClearValues(_values(**of), keyring)
        there = sealed_there(connection, AREA)
        n_sealed = add_sealed(connection, AREA, None, clear, there)
        ask_for(connection, AREA, "run-1", clear.keys(), there)
        return n_sealed


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path / "var")


@pytest.mark.parametrize("suite", SUITES)
def test_values_come_back_and_are_found(store: Store, suite: str) -> None:
    keyring = new_keyring(suite)
    assert _publish(store, keyring, a=(ID, MOBILE), b=(None, MOBILE), c=(None, None)) == 3
    assert reveal(store, keyring, AREA, "a", "id_no") == ID
    assert reveal(store, keyring, AREA, "b", "id_no") is None
    assert find(store, keyring, AREA, "mobile", MOBILE) == ["a", "b"]
    assert find(store, keyring, AREA, "id_no", MOBILE) == []
    assert find(store, keyring, "469021", "mobile", MOBILE) == []


def test_no_value_lies_in_the_table(store: Store) -> None:
    _publish(store, new_keyring(), a=(ID, MOBILE))
    with store.read() as connection:
        text = repr(connection.execute(select(SEALED_VALUES)).all())
    assert ID not in text
    assert MOBILE not in text


def test_what_is_there_is_not_encrypted_again_and_what_is_not_asked_goes(store: Store) -> None:
    keyring = new_keyring()
    _publish(store, keyring, a=(ID, MOBILE), b=(None, MOBILE))
    assert _publish(store, keyring, a=(ID, MOBILE), d=(ID, None)) == 1
    assert find(store, keyring, AREA, "mobile", MOBILE) == ["a"]
    assert find(store, keyring, AREA, "id_no", ID) == ["a", "d"]
    assert _publish(store, keyring) == 0
    assert find(store, keyring, AREA, "id_no", ID) == []
    assert has_sealed(store), "one night longer, for a rollback"
    assert _publish(store, keyring, a=(ID, None)) == 0
    assert find(store, keyring, AREA, "id_no", ID) == ["a"]
    assert _publish(store, keyring) == _publish(store, keyring) == 0
    assert not has_sealed(store)


def test_a_value_moved_to_another_row_does_not_open(store: Store) -> None:
    keyring = new_keyring()
    _publish(store, keyring, a=(ID, None), b=("469901199001011236", None))
    with store.write() as connection:
        stolen = select(SEALED_VALUES.c.sealed).where(SEALED_VALUES.c.unique_id == "a").scalar_subquery()
        moved = connection.execute(select(stolen)).scalar()
        connection.execute(update(SEALED_VALUES).where(SEALED_VALUES.c.unique_id == "b").values(sealed=moved))
    with pytest.raises(CannotDecrypt) as error:
        reveal(store, keyring, AREA, "b", "id_no")
    assert ID not in str(error.value)


def test_another_key_does_not_open(store: Store) -> None:
    _publish(store, new_keyring(), a=(ID, None))
    with pytest.raises(CannotDecrypt):
        reveal(store, new_keyring(), AREA, "a", "id_no")


@pytest.mark.parametrize("suite", SUITES)
@given(text=st.text(min_size=1), bound=st.text(), flipped=st.integers(min_value=0))
def test_a_changed_bit_is_noticed(suite: str, text: str, bound: str, flipped: int) -> None:
    keyring = new_keyring(suite)
    try:
        sealed = seal(keyring, text, bound)
    except UnicodeEncodeError:
        return
    assert unseal(keyring, sealed, bound) == text
    place = flipped % len(sealed)
    changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
    with pytest.raises(CannotDecrypt):
        unseal(keyring, changed, bound)
    with pytest.raises(CannotDecrypt):
        unseal(keyring, sealed, f"{bound}x")


def test_equal_values_do_not_look_equal_but_share_their_index() -> None:
    keyring = new_keyring()
    bound = belongs_to(AREA, "a", "id_no")
    assert seal(keyring, ID, bound) != seal(keyring, ID, bound)
    assert blind_index(keyring, "id_no", ID) == blind_index(keyring, "id_no", ID)
    assert blind_index(keyring, "id_no", ID) != blind_index(keyring, "mobile", ID)
    assert blind_index(keyring, "id_no", ID) != blind_index(new_keyring(), "id_no", ID)


def test_rotation_encrypts_all_and_destroys_the_old_key(store: Store, settings: Settings) -> None:
    before = keyring_of(settings, store)
    _publish(store, before, a=(ID, MOBILE), b=(None, MOBILE))
    assert rotate(store, settings, "os:root", NOW) == 3
    after = keyring_of(settings, store)
    assert list(after.keys) == [after.current] != [before.current]
    assert reveal(store, after, AREA, "a", "id_no") == ID
    assert find(store, after, AREA, "mobile", MOBILE) == ["a", "b"]
    assert count_by_key(store) == {after.current: 3}
    with pytest.raises(CannotDecrypt):
        reveal(store, before, AREA, "a", "id_no")
    assert audit.verify_chain(store).is_intact


def test_a_rotation_that_broke_off_goes_on(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = keyring_of(settings, store)
    _publish(store, before, **{f"r{n}": (ID, MOBILE) for n in range(4)})
    monkeypatch.setattr("data.store.sealed._BATCH", 3)
    calls = []

    def fails_at_second(*args: object) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        return seal_anew(*args)

    from data.store import sealed

    seal_anew = sealed._seal_anew
    monkeypatch.setattr("data.store.sealed._seal_anew", fails_at_second)
    with pytest.raises(RuntimeError):
        rotate(store, settings, "os:root", NOW)
    halfway = keyring_of(settings, store)
    assert count_by_key(store) == {halfway.current: 3, before.current: 5}
    assert [reveal(store, halfway, AREA, f"r{n}", "mobile") for n in range(4)] == [MOBILE] * 4
    monkeypatch.setattr("data.store.sealed._seal_anew", seal_anew)
    assert rotate(store, settings, "os:root", NOW) == 5
    assert count_by_key(store) == {halfway.current: 8}


def test_a_lost_keyring_is_not_replaced_in_silence(store: Store, settings: Settings) -> None:
    _publish(store, keyring_of(settings, store), a=(ID, None))
    settings.keyring_file.unlink()
    with pytest.raises(ConfigError, match="备份"):
        keyring_of(settings, store)


def test_a_keyring_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "store.keyring"
    made = open_keyring(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert open_keyring(path) == made
    path.chmod(0o640)
    with pytest.raises(ConfigError, match="600"):
        open_keyring(path)


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"suite": "x", "current": "", "keys": {}, "index_keys": {}}'])
def test_a_damaged_keyring_is_told(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "store.keyring"
    path.write_text(damage)
    path.chmod(0o600)
    with pytest.raises(ConfigError, match="已损坏"):
        open_keyring(path)


def test_a_keyring_without_its_current_key_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "store.keyring"
    write_keyring(path, new_keyring())
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "current": "00000000"}))
    path.chmod(0o600)
    with pytest.raises(ConfigError, match="已损坏"):
        open_keyring(path)


def test_keys_are_never_printed() -> None:
    keyring = new_keyring()
    shown = repr(keyring) + repr(ClearValues(_values(a=(ID, MOBILE)), keyring))
    assert ID not in shown
    assert repr(keyring.keys[keyring.current]) not in shown
