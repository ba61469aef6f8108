"""Where do secrets come from? Environment variables that a declaration names; what they hold is never told."""

from __future__ import annotations

import os

from data.errors import ConfigError
from data.words import tr


def variable(source: str, name: str) -> str:
    """What the variable holds. Raises ConfigError naming source and variable when it is absent or empty."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ConfigError(
            tr(
                f"来源“{source}”：环境变量 {name} 没有设置，请先设置再运行",
                f"source “{source}”: the environment variable {name} is not set; set it and run again",
            )
        )
    return value


def address(source: str, url: str | None, url_env: str | None) -> str:
    """The declared URL, or the one in the environment."""
    return url if url is not None else variable(source, url_env or "")
