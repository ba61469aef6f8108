"""What a login was begun with, on its way through the browser: signed, for ten minutes, readable by nobody's script."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from joserfc.jwt import JWTClaimsRegistry

from data.settings import Settings, record_key
from review.oidc import Asked, OidcRefused

LASTS = timedelta(minutes=10)
_NAMES = ("state", "nonce", "verifier", "after")
_ALGORITHM = "HS256"


def pack(settings: Settings, asked: Asked, now: datetime) -> str:
    """As a cookie."""
    claims = {**{name: getattr(asked, name) for name in _NAMES}, "exp": int((now + LASTS).timestamp())}
    return jwt.encode({"alg": _ALGORITHM}, claims, _key(settings))


def unpack(settings: Settings, text: str, now: datetime) -> Asked:
    """Out of the cookie. Raises OidcRefused when it is missing, old or not of this installation."""
    try:
        claims = jwt.decode(text, _key(settings), algorithms=[_ALGORITHM]).claims
        registry = JWTClaimsRegistry(int(now.timestamp()), 0, exp={"essential": True})
        registry.validate(claims)
        return Asked(**{name: str(claims[name]) for name in _NAMES})
    except (JoseError, ValueError, KeyError):
        raise OidcRefused("cookie") from None


def _key(settings: Settings) -> OctKey:
    """A key for this purpose alone, from the installation's secret."""
    return OctKey.import_key(hashlib.blake2b(key=record_key(settings), person=b"longlou-oidc", digest_size=32).digest())
