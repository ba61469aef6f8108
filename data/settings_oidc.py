"""Who else may say who somebody is? The settings of OpenID Connect, `[oidc]` in the configuration file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class OidcSettings(BaseModel):
    """An issuer whose word counts for who somebody is; what they may do is kept here (`longlou user add`).

    The secret comes from the environment (`LONGLOU_OIDC__CLIENT_SECRET`) or a file; without one the desk is a public
    client, which PKCE protects.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str = Field(description="Address of the issuer, as its own metadata and tokens write it.")
    client_id: str = Field(min_length=1, description="How the issuer calls this desk.")
    desk_url: str = Field(description="Address of the desk as browsers see it; the issuer sends them back there.")
    client_secret: SecretStr | None = Field(None, description="The secret shared with the issuer.")
    client_secret_file: Path | None = Field(None, description="A file with the secret, readable by its owner alone.")
    username_claim: str = Field("preferred_username", min_length=1, description="Claim that holds the user name.")
    scope: str = Field("openid profile", pattern=r"\bopenid\b", description="What is asked of the issuer.")
    title: str = Field("", max_length=40, description="Words on the button of the login page.")

    @model_validator(mode="after")
    def _sound(self) -> OidcSettings:
        """Codes and tokens travel by HTTPS; only a test on the own machine goes without."""
        for name in ("issuer", "desk_url"):
            address = urlsplit(getattr(self, name))
            if not address.hostname or address.scheme not in ("http", "https"):
                raise ValueError(f"{name}: https://...")
            if address.scheme == "http" and address.hostname not in _LOOPBACK:
                raise ValueError(f"{name}: http is for this machine alone, write https")
        if self.client_secret is not None and self.client_secret_file is not None:
            raise ValueError("client_secret or client_secret_file, not both")
        return self

    @property
    def redirect_uri(self) -> str:
        """Where the issuer sends the browser back to; to be registered there."""
        return f"{self.desk_url.rstrip('/')}/login/oidc/callback"

    def secret(self) -> str | None:
        """The secret in force. Raises OSError when its file cannot be read."""
        if self.client_secret_file is not None:
            return self.client_secret_file.read_text(encoding="utf-8").strip()
        return None if self.client_secret is None else self.client_secret.get_secret_value()
