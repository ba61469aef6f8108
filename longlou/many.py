"""Options that take several values after one flag, as a shell's `rosters/*` gives them."""

from __future__ import annotations

from typing import Any, ClassVar

from typer.core import TyperCommand


class ManyCommand(TyperCommand):
    """A command one of whose options takes every value that follows it. `many`: the flag; `needs`: a text that each
    further value holds, where a value of another kind may follow."""

    many: ClassVar[str]
    needs: ClassVar[str] = ""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer keeps its context class private
        """Repeat the option before each further value, which is the form Click understands."""
        repeated: list[str] = []
        is_listing = False
        for argument in args:
            if argument.startswith("-"):
                is_listing = argument == self.many
                repeated.append(argument)
            elif is_listing and repeated[-1] != self.many and self.needs in argument:
                repeated += [self.many, argument]
            else:
                # The first value belongs to the flag; a value of another kind ends the list.
                is_listing = is_listing and repeated[-1] == self.many
                repeated.append(argument)
        return super().parse_args(ctx, repeated)
