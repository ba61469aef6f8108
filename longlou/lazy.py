"""Commands that are imported when somebody calls them: no command waits for what only another one needs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar, NamedTuple

import typer
from typer.core import TyperGroup


class Command(NamedTuple):
    """A command, or a group of them: where its function or its Typer lies below `longlou.commands`, as `module:name`.

    help: of a group. options: of a command, as `typer.Typer.command` takes them; cls: its class, in the same module.
    """

    place: str
    help: str | None = None
    cls: str | None = None
    options: Mapping[str, Any] = {}

    def load(self, name: str) -> Any:  # noqa: ANN401 - Typer keeps its command classes private
        """The command under its name, ready to be called."""
        module_name, _, attribute = self.place.partition(":")
        module = import_module(f"longlou.commands.{module_name}")
        found = getattr(module, attribute)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
            alone.command(name, cls=getattr(module, self.cls) if self.cls else None, **self.options)(found)
            return typer.main.get_command(alone)
        group: Any = typer.main.get_command(found)
        group.name, group.help = name, self.help
        return group


class LazyCommands(TyperGroup):
    """A group whose commands stand in `known` and are imported when they are called or listed."""

    known: ClassVar[Mapping[str, Command]]

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - the interface of the toolkit
        """Every name, in the order of the list."""
        return [*self.known]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - the interface of the toolkit
        """The command, or None for a name that nobody knows."""
        found = self.known.get(cmd_name)
        return None if found is None else found.load(cmd_name)
