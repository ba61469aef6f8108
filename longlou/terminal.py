"""What a command shows: tables and messages for people, one JSON document for machines, logs on stderr."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from data.logs import formatter
from data.settings import Settings, load_settings
from data.words import set_language, tr

_LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)


@dataclass(frozen=True)
class Terminal:
    """The settings in force and how talkative to be; handed to every command as the context's object."""

    settings: Settings
    is_quiet: bool

    def say(self, text: str) -> None:
        """A line for people, on stdout."""
        if not self.is_quiet:
            typer.echo(text)

    def table(self, title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A table for people; numbers right-aligned."""
        if self.is_quiet:
            return
        typer.echo(f"\n{title}")
        table = Table(show_edge=False)
        for column, name in enumerate(header):
            is_number = all(isinstance(row[column], int | float) for row in rows)
            table.add_column(name, justify="right" if is_number and rows else "left")
        for row in rows:
            table.add_row(*(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row))
        # A pipe has no width of its own; wide enough that no number is folded.
        Console(width=None if sys.stdout.isatty() else 120).print(table)

    @staticmethod
    def document(value: Mapping[str, object]) -> None:
        """The one JSON document of `--json`, on stdout."""
        typer.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False))

    @staticmethod
    def unexpected(error: Exception) -> int:
        """Report an error nobody foresaw; its text may hold a value, so only its type is told."""
        log = logging.getLogger("longlou")
        if log.isEnabledFor(logging.DEBUG):
            log.debug("", exc_info=error)
        name = type(error).__name__
        error_line(tr(f"程序出错（{name}），加 -v 看详情", f"unexpected {name}; -v tells more"))
        return 1


def configure(config: Path | None, *, is_quiet: bool, verbosity: int) -> Terminal:
    """Load the settings, choose the language, and send masked logs to stderr."""
    settings = load_settings(config)
    set_language(settings.language)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(settings.log_format, "%(asctime)s  %(message)s", "%H:%M:%S"))
    log = logging.getLogger("longlou")
    log.handlers[:] = [handler]
    log.propagate = False
    log.setLevel(logging.ERROR if is_quiet else _LEVELS[min(verbosity + 1, 2)])
    return Terminal(settings, is_quiet)


def error_line(text: str) -> None:
    """One message on stderr."""
    typer.echo(tr("错误：", "error: ") + text, err=True)
