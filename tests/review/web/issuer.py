"""A small issuer of identity tokens on this machine: signs real ones, checks PKCE, and lies when a test tells it to."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT_ID, SECRET = "longlou-desk", "a secret of the test"


@dataclass
class Issuer:
    """What it will say. `claims`: put over the sound ones, None takes one away; `signs_with`: else its published key."""

    address: str = ""
    names: str = ""
    key: Any = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    algorithm: str = "ES256"
    signs_with: Any = None
    claims: dict[str, object] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    n_keys_read: int = 0

    def app(self) -> FastAPI:
        """Its four pages."""
        made = FastAPI(openapi_url=None)
        made.add_api_route("/.well-known/openid-configuration", self.metadata)
        made.add_api_route("/authorize", self.authorize)
        made.add_api_route("/token", self.token, methods=["POST"])
        made.add_api_route("/jwks", self.jwks)
        return made

    def metadata(self) -> Response:
        pages = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        found = {name: f"{self.address}/{page}" for name, page in pages.items()}
        return JSONResponse({"issuer": self.names or self.address, **found})

    def authorize(self, request: Request) -> Response:
        """Whoever comes is logged in there already."""
        asked = dict(request.query_params)
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"], "iss": self.address})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", 302)

    async def token(self, request: Request) -> Response:
        sent = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = self.codes.pop(sent.get("code", ""), None)
        basic = "Basic " + base64.b64encode(f"{CLIENT_ID}:{SECRET}".encode()).decode()
        if asked is None or request.headers.get("authorization") != basic:
            return JSONResponse({"error": "invalid_client"}, 401)
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        is_same = (asked["code_challenge"], asked["code_challenge_method"]) == (challenge, "S256")
        if not is_same or asked["redirect_uri"] != sent["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(asked)}
        return JSONResponse(token)

    def jwks(self) -> Response:
        self.n_keys_read += 1
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        sound = {
            "iss": self.address, "sub": "subject-1", "aud": CLIENT_ID, "exp": now + 300, "iat": now,
            "nonce": asked["nonce"], "preferred_username": "fuhe",
        }  # fmt: skip
        claims = {name: value for name, value in {**sound, **self.claims}.items() if value is not None}
        key = self.signs_with or self.key
        return jwt.encode({"alg": self.algorithm, "kid": self.key.kid}, claims, key, algorithms=[self.algorithm])


def other_key(kid: str) -> RSAKey:
    """A key of somebody else that bears the name of a known one."""
    return RSAKey.generate_key(2048, {"kid": kid})


def sent_on(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
