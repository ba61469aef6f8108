"""Which files lie elsewhere? Patterns of fsspec (sftp, s3, zip, memory ...) as bytes with the name of each file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from fsspec.core import url_to_fs
from fsspec.spec import AbstractFileSystem

from data.contracts.reasons.files import NO_FILE, UNREADABLE
from data.contracts.reasons.pulls import NO_DRIVER, REMOTE_TOO_LARGE, UNREACHABLE
from data.errors import ConfigError, LonglouError, SourceUnavailable
from data.sources.manifest import refuse_expired
from data.sources.pulls.environment import variable
from data.sources.spec import SourceSpec
from data.store.clock import utc_now

_MAX_BYTES = 2 * 1024**3
_NO_DATA = ("~$", ".~")


def remote_files(source: str, spec: SourceSpec, base: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file, in the order of patterns and names; nothing is kept on disk.

    `zip://*.xlsx::delivery.zip` finds the archive beside `sources.toml`. Raises SourceFileError for a file that is not
    there or not readable, SourceUnavailable for a connection that fails, ConfigError for a missing package or variable.
    """
    refuse_expired(source, spec.manifest, utc_now().date())
    options = {name: _option(variable(source, env)) for name, env in spec.options_env.items()}
    for pattern in spec.location:
        shown = _without_user(pattern)
        try:
            system, path = url_to_fs(placed(pattern, base), **options)
            names = sorted(name for name in system.glob(path) if _is_data(system, name))
            if not names:
                raise NO_FILE.refuse(source, shown)
            for name in names:
                yield f"{shown.split('://')[0]}://{name.lstrip('/')}", _content(system, name, source, shown)
        except LonglouError:
            raise
        except ImportError as error:
            raise ConfigError(NO_DRIVER.message(what=shown, package=_package(error))) from None
        except (FileNotFoundError, PermissionError) as error:
            reason = NO_FILE if isinstance(error, FileNotFoundError) else UNREADABLE
            raise reason.refuse(source, shown, why=type(error).__name__) from None
        except ValueError as error:
            raise UNREADABLE.refuse(source, shown, why=str(error)[:80]) from None
        except Exception as error:  # noqa: BLE001 - every driver has errors of its own
            problem = UNREACHABLE.message(why=type(error).__name__, n_tries=1, n_rows=0)
            raise SourceUnavailable(source, f"[{UNREACHABLE.code}] {shown}：{problem}") from None


def _content(system: AbstractFileSystem, name: str, source: str, shown: str) -> bytes:
    with system.open(name, "rb") as file:
        data: bytes = file.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise REMOTE_TOO_LARGE.refuse(source, shown, size=f"> {_MAX_BYTES // 1024**3} GB")
    return data


def _is_data(system: AbstractFileSystem, name: str) -> bool:
    return not name.rsplit("/", 1)[-1].startswith(_NO_DATA) and bool(system.isfile(name))


def placed(pattern: str, base: Path) -> str:
    """A part of a chain that is no URL is a file beside `sources.toml`."""
    parts = pattern.split("::")
    return "::".join(part if "://" in part else f"file://{(base / part).resolve()}" for part in parts)


def _without_user(pattern: str) -> str:
    """The pattern for messages and provenance: no user, no query."""
    shown = []
    for part in pattern.split("::"):
        pieces = urlsplit(part)
        shown.append(urlunsplit((pieces.scheme, pieces.netloc.rpartition("@")[2], pieces.path, "", "")))
    return "::".join(shown)


def _option(text: str) -> Any:  # noqa: ANN401 - whatever the driver takes
    """A text, or what it says as JSON object, list, number or truth value."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, Mapping | list | bool) else text


def _package(error: ImportError) -> str:
    cause = error.__cause__
    return str(getattr(cause, "name", None) or error.name or error)
