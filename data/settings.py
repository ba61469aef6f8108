"""Where do things lie and how large may they grow? Settings from defaults, a TOML file and the environment.

Order: defaults < TOML given by `--config` < environment variables `LONGLOU_*`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from data.errors import ConfigError
from data.settings_oidc import OidcSettings
from data.words import tr

_KEY_BYTES = 32


class Settings(BaseSettings):
    """Everything that differs between two installations; unknown keys are an error."""

    model_config = SettingsConfigDict(env_prefix="LONGLOU_", env_nested_delimiter="__", extra="forbid", frozen=True)

    var_dir: Path = Field(Path("var"), description="Where the database, keys, caches and Prefect's home lie.")
    database_url: str | None = Field(None, description="Any SQLAlchemy URL; SQLite under var_dir when absent.")
    language: Literal["zh", "en"] = Field("zh", description="Language of screens and messages.")
    pair_budget: int = Field(40_000_000, gt=0, description="Most candidate pairs one blocking rule may make.")
    memory_budget_mb: int = Field(
        2048, ge=128, description="Memory that matching stays under, as long as the records themselves leave room."
    )
    workers: int = Field(0, ge=0, le=256, description="Chunks of pairs compared at a time; 0: one for each processor.")
    pull_attempts: int = Field(
        5, ge=1, le=50, description="How often a query or a page is tried before a pull gives up."
    )
    pull_wait_seconds: float = Field(
        1.0, ge=0, le=60, description="First wait between two tries of a pull; doubles each time, up to a minute."
    )
    pull_resume_hours: int = Field(
        24, ge=0, description="How long a pull that broke off may be resumed by a later run."
    )
    cipher_suite: Literal["aes-256-gcm-siv", "sm4-gcm"] = Field(
        "aes-256-gcm-siv", description="How identity numbers and mobiles are encrypted when the keyring is made."
    )
    web_host: str = Field("127.0.0.1", description="Address that the review desk listens on.")
    web_port: int = Field(8469, ge=0, le=65535, description="Its port; 0 takes any free one.")
    is_https: bool = Field(False, description="The desk is reached by HTTPS: cookies are sent over nothing else.")
    session_idle_minutes: int = Field(30, ge=1, le=480, description="Silence after which a session ends.")
    session_hours: int = Field(8, ge=1, le=24, description="Age at which a session ends in any case.")
    oidc: OidcSettings | None = Field(
        None, description="Login by OpenID Connect beside passwords; a table `[oidc]`, see docs/review.md."
    )
    reveals_per_day: int = Field(50, ge=0, description="Masked values that one person may look at in a day.")
    upload_mb: int = Field(100, ge=1, le=2048, description="Largest file that may be handed in.")
    check_seconds: int = Field(600, ge=5, le=3600, description="How long the check of a file may take.")
    check_memory_mb: int = Field(4096, ge=512, description="Memory that the check of a file may take.")
    checks_file: Path | None = Field(
        None, description="Own limits of what holds a night (as flows/checks.toml); absent: the shipped ones."
    )
    night_cron: str = Field("30 2 * * *", description="When the nightly run begins, as cron in Asia/Shanghai.")
    sweep_minutes: int = Field(5, ge=1, le=1440, description="How often a file that nobody took up is looked for.")
    trigger_seconds: int = Field(15, ge=0, le=600, description="Wait after an upload, so that a burst shares a run.")
    regrade_minutes: int = Field(
        30, ge=0, le=1440, description="Judgements are taken up this long after the last run began; 0: by night only."
    )
    budget_minutes: float | None = Field(
        None, gt=0, description="A run that is expected to take longer does not begin; absent: none is stopped."
    )
    budget_mb: int | None = Field(None, ge=256, description="The same for its peak memory.")
    backup_dir: Path | None = Field(
        None, description="Folder of the daily backups, on another disk; absent: `longlou serve` makes none."
    )
    backup_keys_dir: Path | None = Field(
        None, description="Folder of the backups of the keys, on a third medium; absent: keys are not copied."
    )
    backup_keep: int = Field(14, ge=1, description="How many backups stay in `backup_dir`.")
    notify_urls: tuple[str, ...] = Field(
        (),
        repr=False,
        description="Apprise URLs that are told of nights (mailto, wecombot, dingtalk ...); absent: none.",
    )
    notify_on: tuple[Literal["published", "held", "failed"], ...] = Field(
        ("held", "failed"), description="What is told: nights published, held, failed."
    )
    notify_quiet: str = Field(
        "21:00-07:30",
        pattern=r"^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$",
        description="Hours in Asia/Shanghai in which messages wait; empty: never.",
    )
    desk_url: str | None = Field(
        None,
        description="Address of the desk as people reach it, for links in messages; absent: web_host and web_port.",
    )
    log_format: Literal["text", "json"] = Field("text", description="Log lines for people, or one JSON object a line.")
    metrics_token: str | None = Field(
        None,
        repr=False,
        description="Bearer token of /metrics; absent: this machine alone may ask, not through a proxy.",
    )
    prefect_auth: str | None = Field(
        None, repr=False, description="user:password of Prefect's server; made by longlou serve."
    )
    prefect_database_url: str | None = Field(
        None,
        repr=False,
        description="Database of Prefect's server (postgresql+asyncpg://...); absent: one of our own is started.",
    )
    prefect_api_url: str | None = Field(None, description="A running Prefect server; absent: one starts with the run.")

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.var_dir.resolve() / 'longlou.db'}"

    @property
    def key_file(self) -> Path:
        """The file with the secret key of content hashes, readable by its owner alone."""
        return self.var_dir / "keys" / "record.key"

    @property
    def keyring_file(self) -> Path:
        """The keys of encrypted columns; keep its backup apart from the database's."""
        return self.var_dir / "keys" / "store.keyring"

    @property
    def uploads_dir(self) -> Path:
        """Files handed in, each under a random name and readable by the owner of the process alone."""
        return self.var_dir / "uploads"

    @property
    def spill_dir(self) -> Path:
        """Where matching puts pairs (positions, no values) that memory does not hold; empty between runs."""
        return self.var_dir / "spill"

    @property
    def models_dir(self) -> Path:
        """Trained models, one file each, and which of them is in force where."""
        return self.var_dir / "models"

    @property
    def pulls_dir(self) -> Path:
        """Where pulls keep what they resume from: encrypted, one folder a source."""
        return self.var_dir / "pulls"

    @property
    def pull_keys_dir(self) -> Path:
        """The keys of those files, one a source, each destroyed at the source's retention date."""
        return self.var_dir / "keys" / "pulls"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment beats the TOML file, and both beat the defaults; `.env` files are not read."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _toml_file())


def _toml_file() -> Path | None:
    name = os.environ.get("LONGLOU_CONFIG_FILE")
    return Path(name) if name else None


_in_force: ContextVar[Settings | None] = ContextVar("settings", default=None)


@contextmanager
def use_settings(settings: Settings) -> Iterator[None]:
    """Make these the settings of everything run inside the block; a flow reads its settings itself."""
    token = _in_force.set(settings)
    try:
        yield
    finally:
        _in_force.reset(token)


def load_settings(config: Path | None = None) -> Settings:
    """The settings in force, else read anew; `config` names a TOML file. Raises ConfigError with the offending keys."""
    if config is None and (settings := _in_force.get()) is not None:
        return settings
    if config is not None:
        if not config.is_file():
            raise ConfigError(tr(f"找不到配置文件 {config}", f"no configuration file {config}"))
        os.environ["LONGLOU_CONFIG_FILE"] = str(config)
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        keys = "；".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigError(tr(f"配置有误：{keys}", f"settings: {keys}")) from None
    except ValueError as error:
        raise ConfigError(tr(f"配置文件读不懂：{error}", f"configuration file: {error}")) from None


def record_key(settings: Settings) -> bytes:
    """The secret key of content hashes; made on first use (mode 0600) and kept, so that hashes stay the same."""
    path = settings.key_file
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
    return path.read_bytes()
