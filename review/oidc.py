"""Asking an issuer who somebody is: OpenID Connect's code flow with state, nonce and PKCE, by Authlib.

Nothing of a token is kept or told: what comes out is a subject and a user name.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from data.errors import LonglouError
from data.settings_oidc import OidcSettings
from data.words import tr

_SECONDS = 10.0
#: How far the issuer's clock may be off.
_LEEWAY_SECONDS = 60
#: Signed with a key that the issuer keeps to itself: a secret shared with every client signs nothing here.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
_VERIFIER_LENGTH = 64


class OidcRefused(LonglouError):
    """What the issuer or the browser brought is not what was asked for; `why` names the check that failed."""

    def __init__(self, why: str) -> None:
        super().__init__(tr(f"统一身份登录没有通过（{why}），请重试", f"the login was not accepted ({why}): try again"))
        self.why = why


class OidcUnavailable(LonglouError):
    """The issuer does not answer, or its answer is not one of OpenID Connect."""

    def __init__(self) -> None:
        super().__init__(tr("统一身份服务没有应答，请稍后再试", "the login service does not answer: try later"))


@dataclass(frozen=True)
class Asked:
    """What one login was begun with; it goes with the browser and has to come back. `after`: the page wanted."""

    state: str
    nonce: str
    verifier: str
    after: str

    @classmethod
    def anew(cls, after: str) -> Asked:
        """The beginning of a login."""
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32), generate_token(_VERIFIER_LENGTH), after)


@dataclass(frozen=True)
class Identity:
    """Who the issuer says it is."""

    issuer: str
    subject: str
    username: str


class Provider:
    """The issuer of the settings. Its metadata and keys are read when first needed; keys again when one is unknown."""

    def __init__(self, settings: OidcSettings) -> None:
        self.settings = settings
        self._metadata: Mapping[str, Any] | None = None
        self._keys: KeySet | None = None

    def address(self, asked: Asked) -> str:
        """Where the browser is sent to log in. Raises OidcUnavailable."""
        with self._client() as client:
            url, _state = client.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=asked.state,
                nonce=asked.nonce,
                code_verifier=asked.verifier,
            )
        return str(url)

    def identity(self, asked: Asked, answer: Mapping[str, str]) -> Identity:
        """Who came back. `answer`: the parameters of the address. Raises OidcRefused, OidcUnavailable."""
        if not secrets.compare_digest(answer.get("state", "").encode(), asked.state.encode()):
            raise OidcRefused("state")
        if answer.get("iss", self.settings.issuer) != self.settings.issuer:
            raise OidcRefused("iss")
        if "error" in answer or not answer.get("code"):
            raise OidcRefused("code")
        claims = self._claims(self._token(answer["code"], asked.verifier), asked.nonce)
        username = claims.get(self.settings.username_claim)
        if not isinstance(username, str) or not username.strip():
            raise OidcRefused(self.settings.username_claim)
        return Identity(self.settings.issuer, str(claims["sub"]), username.strip())

    def _token(self, code: str, verifier: str) -> Mapping[str, Any]:
        with _answering(), self._client() as client:
            token: Mapping[str, Any] = client.fetch_token(
                self._endpoint("token_endpoint"), grant_type="authorization_code", code=code, code_verifier=verifier
            )
        return token

    def _claims(self, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        """The claims of the identity token, its signature and every claim that OpenID Connect names checked."""
        settings = self.settings
        try:
            decoded = self._decoded(str(token.get("id_token", "")))
            wanted = {"iss": settings.issuer, "aud": settings.client_id}
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                options={name: {"essential": True, "value": value} for name, value in wanted.items()},
                params={"nonce": nonce, "client_id": settings.client_id, "access_token": token.get("access_token")},
            )
            claims.validate(leeway=_LEEWAY_SECONDS)
        except (JoseError, ValueError) as error:
            raise OidcRefused(_why(error)) from None
        found: Mapping[str, Any] = claims
        return found

    def _decoded(self, text: str) -> jwt.Token:
        if self._keys is not None:
            try:
                return jwt.decode(text, self._keys, algorithms=_ALGORITHMS)
            except (JoseError, ValueError):
                # The issuer may sign with a key that is newer than ours.
                pass
        self._keys = KeySet.import_key_set(self._read(self._endpoint("jwks_uri")))
        return jwt.decode(text, self._keys, algorithms=_ALGORITHMS)

    def _endpoint(self, name: str) -> str:
        if self._metadata is None:
            found = self._read(f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration")
            # Whoever answers for another issuer is not the one that was configured.
            if found.get("issuer") != self.settings.issuer:
                raise OidcUnavailable
            self._metadata = found
        address = self._metadata.get(name)
        if not isinstance(address, str):
            raise OidcUnavailable
        return address

    def _read(self, address: str) -> Any:  # noqa: ANN401 - JSON of the issuer
        with _answering():
            answer = httpx2.get(address, timeout=_SECONDS)
            answer.raise_for_status()
            return answer.json()

    def _client(self) -> OAuth2Client:
        settings = self.settings
        try:
            secret = settings.secret()
        except OSError:
            raise OidcUnavailable from None
        methods = (self._metadata or {}).get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        basic = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        return OAuth2Client(
            settings.client_id,
            secret,
            token_endpoint_auth_method=basic if secret else "none",
            scope=settings.scope,
            redirect_uri=settings.redirect_uri,
            code_challenge_method="S256",
            timeout=_SECONDS,
        )


@contextmanager
def _answering() -> Iterator[None]:
    """Faults of the way to the issuer and refusals of the issuer as errors of ours, without what was sent."""
    try:
        yield
    except AuthlibBaseError:
        raise OidcRefused("token") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
        raise OidcUnavailable from None


def _why(error: Exception) -> str:
    """The claim or the kind of fault; never a value."""
    claim = getattr(error, "claim", None)
    return str(claim) if claim else str(getattr(error, "error", "") or "id_token")
