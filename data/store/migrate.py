"""Which revision is the database at, and how does it get to the newest? Alembic without an ini file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, text

from data.errors import ConfigError
from data.words import tr

_FOLDER = Path(__file__).parent / "migrations"

#: Two processes may open a new PostgreSQL database at once; this lock lets one of them make the tables.
_LOCK = text("SELECT pg_advisory_xact_lock(469005)")


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration over an open connection; `env.py` finds the connection in its attributes."""
    config = Config(attributes={"connection": connection})
    # ConfigParser reads % as the start of a substitution.
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def head() -> str:
    """The newest revision this program knows."""
    found = ScriptDirectory(str(_FOLDER)).get_current_head()
    if found is None:
        raise ConfigError(tr("安装不完整：缺少数据库迁移", "broken installation: no migrations"))
    return found


def revision(connection: Connection) -> str | None:
    """The revision of the database; null when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest revision in the caller's transaction; ConfigError when it is newer."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)
    found = revision(connection)
    if found == head():
        return
    try:
        command.upgrade(alembic_config(connection), "head")
    except CommandError:
        raise ConfigError(
            tr(
                f"数据库版本 {found} 比本程序新，请升级程序",
                f"the database is at revision {found}, newer than this program: upgrade the program",
            )
        ) from None


def downgrade(connection: Connection, to: str) -> None:
    """Go back to a revision (`base`: no tables at all) inside the caller's transaction."""
    command.downgrade(alembic_config(connection), to)
