"""How is one value encrypted, and how is it found again without being decrypted?

Envelope: version, suite, key id (4 bytes), nonce (12), ciphertext and tag. What the value belongs to is bound in, so
that no ciphertext can be moved to another row. AES-256-GCM-SIV (RFC 8452) bears a repeated nonce; SM4-GCM with HMAC-SM3
is there for offices that must use Chinese algorithms (GM/T 0002, GM/T 0004); that is the algorithm, not a certified
product.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from functools import lru_cache, partial
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.hmac import HMAC

from data.errors import ConfigError
from data.store.keyring import Keyring
from data.words import tr

_VERSION = 1
_SUITE_NUMBERS = {"aes-256-gcm-siv": 1, "sm4-gcm": 2}
_ID_BYTES, _NONCE_BYTES, _TAG_BYTES = 4, 12, 16
_HEAD_BYTES = 2 + _ID_BYTES + _NONCE_BYTES


class CannotDecrypt(ConfigError):
    """The key is missing, or the value was changed or moved. Says which key, never what."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            tr(
                f"加密的数据无法解密（密钥 {key_id}）：密钥文件不对，或数据被改动",
                f"a value cannot be decrypted (key {key_id}): wrong key file, or the value was changed",
            )
        )
        self.key_id = key_id


def seal(keyring: Keyring, text: str, belongs_to: str) -> bytes:
    """The text encrypted with the current key, bound to what it belongs to."""
    return seal_all(keyring, [text], [belongs_to])[0]


def seal_all(keyring: Keyring, texts: Sequence[str], belong_to: Sequence[str]) -> list[bytes]:
    """The same of many, in order: one encryption a value, but their nonces are drawn at once."""
    head = bytes([_VERSION, _SUITE_NUMBERS[keyring.suite]]) + bytes.fromhex(keyring.current)
    drawn = secrets.token_bytes(_NONCE_BYTES * len(texts))
    nonces = [drawn[start : start + _NONCE_BYTES] for start in range(0, len(drawn), _NONCE_BYTES)]
    key = keyring.keys[keyring.current]
    encrypt = _aes(key).encrypt if keyring.suite == "aes-256-gcm-siv" else partial(_sm4, key)
    return [
        head + nonce + encrypt(nonce, text.encode(), head + bound.encode())
        for nonce, text, bound in zip(nonces, texts, belong_to, strict=True)
    ]


def unseal(keyring: Keyring, sealed: bytes, belongs_to: str) -> str:
    """The text again. Raises CannotDecrypt."""
    key_id, nonce, body = sealed[2 : 2 + _ID_BYTES].hex(), sealed[2 + _ID_BYTES : _HEAD_BYTES], sealed[_HEAD_BYTES:]
    key = keyring.keys.get(key_id)
    is_ours = sealed[:2] == bytes([_VERSION, _SUITE_NUMBERS[keyring.suite]])
    if key is None or not is_ours or len(body) < _TAG_BYTES:
        raise CannotDecrypt(key_id)
    bound = sealed[: 2 + _ID_BYTES] + belongs_to.encode()
    try:
        if keyring.suite == "aes-256-gcm-siv":
            return _aes(key).decrypt(nonce, body, bound).decode()
        decryptor = Cipher(SM4(key), modes.GCM(nonce, body[-_TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(bound)
        return (decryptor.update(body[:-_TAG_BYTES]) + decryptor.finalize()).decode()
    except InvalidTag:
        raise CannotDecrypt(key_id) from None


def blind_index(keyring: Keyring, field: str, text: str) -> bytes:
    """A keyed hash that equal values share. Who holds the index key can try numbers out: it lies with the data keys."""
    key = keyring.index_keys[field]
    if keyring.suite == "sm4-gcm":
        made = HMAC(key, hashes.SM3())
        made.update(text.encode())
        return made.finalize()
    return hmac.digest(key, text.encode(), sha256)


def _sm4(key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
    encryptor = Cipher(SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound)
    return encryptor.update(text) + encryptor.finalize() + encryptor.tag


@lru_cache(maxsize=16)
def _aes(key: bytes) -> AESGCMSIV:
    return AESGCMSIV(key)
