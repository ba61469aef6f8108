"""The keys of encrypted columns: a file of their own outside the database, readable by its owner alone.

One data key is current and encrypts; older ones stay until nothing is encrypted with them any more. Index keys do not
rotate with them: a blind index made with another key would find nothing.
"""

from __future__ import annotations

import json
import secrets
import stat
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.errors import ConfigError
from data.whole_files import put_whole
from data.words import tr

#: The fields that are ever sealed, each with an index key of its own.
FIELDS = ("id_no", "mobile")

_KEY_BYTES = 32
_ID_BYTES = 4
_SUITES = ("aes-256-gcm-siv", "sm4-gcm")
_KEY_SIZE = {"aes-256-gcm-siv": 32, "sm4-gcm": 16}


@dataclass(frozen=True)
class Keyring:
    """suite: how new values are encrypted. current: id of the key that does it. keys: all data keys by id."""

    suite: str
    current: str
    keys: Mapping[str, bytes] = field(repr=False)
    index_keys: Mapping[str, bytes] = field(repr=False)

    def with_new_key(self) -> Keyring:
        """A new current key; the others still decrypt."""
        key_id = secrets.token_hex(_ID_BYTES)
        return replace(self, current=key_id, keys={**self.keys, key_id: secrets.token_bytes(_KEY_SIZE[self.suite])})

    def without(self, key_ids: frozenset[str]) -> Keyring:
        """The keyring after these keys are destroyed; never the current one."""
        kept = {key_id: key for key_id, key in self.keys.items() if key_id == self.current or key_id not in key_ids}
        return replace(self, keys=kept)


def new_keyring(suite: str = _SUITES[0]) -> Keyring:
    """Fresh keys. suite: `aes-256-gcm-siv`, or `sm4-gcm` where Chinese algorithms are asked for."""
    if suite not in _SUITES:
        raise ConfigError(tr(f"不认识的加密套件“{suite}”", f"unknown encryption suite “{suite}”"))
    index_keys = {name: secrets.token_bytes(_KEY_BYTES) for name in FIELDS}
    return Keyring(suite, "", {}, index_keys).with_new_key()


def open_keyring(path: Path, suite: str = _SUITES[0], *, may_make: bool = True) -> Keyring:
    """The keyring of the file; made at first use (mode 0600).

    ConfigError for a file that others can read, that is damaged, or that is missing where `may_make` is false:
    with values encrypted already, a new keyring would only hide that the old one is lost.
    """
    if path.exists():
        _check_private(path)
        return _read(path)
    if not may_make:
        raise ConfigError(
            tr(
                f"找不到密钥文件 {path}：数据库里已有加密的数据，请从备份恢复该文件",
                f"no key file {path}: the database holds encrypted values; restore the file from its backup",
            )
        )
    keyring = new_keyring(suite)
    write_keyring(path, keyring)
    return keyring


def write_keyring(path: Path, keyring: Keyring) -> None:
    """Write all or nothing, on the disk before it is in place."""
    document = {
        "suite": keyring.suite,
        "current": keyring.current,
        "keys": {key_id: b64encode(key).decode() for key_id, key in sorted(keyring.keys.items())},
        "index_keys": {name: b64encode(key).decode() for name, key in sorted(keyring.index_keys.items())},
    }
    put_whole(path, json.dumps(document, indent=1))


def _check_private(path: Path) -> None:
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigError(
            tr(f"密钥文件 {path} 其他用户可读，请改为 600", f"others can read the key file {path}: make it mode 600")
        )


def _read(path: Path) -> Keyring:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        keys = {key_id: b64decode(text, validate=True) for key_id, text in document["keys"].items()}
        index_keys = {name: b64decode(document["index_keys"][name], validate=True) for name in FIELDS}
        found = Keyring(document["suite"], document["current"], keys, index_keys)
        is_whole = found.current in keys and all(len(key) == _KEY_SIZE[found.suite] for key in keys.values())
    except (ValueError, KeyError, TypeError, AttributeError):
        is_whole = False
    if not is_whole:
        raise ConfigError(tr(f"密钥文件 {path} 已损坏", f"the key file {path} is damaged"))
    return found
