"""`longlou audit verify`: is the book of changes as it was written?"""

from __future__ import annotations

import typer

from data.errors import LonglouError
from data.store.audit import verify_chain
from data.store.session import open_store
from data.words import tr
from longlou.terminal import Terminal

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """审计。 The audit book."""


@app.command("verify")
def verify(context: typer.Context) -> None:
    """逐条核验审计链。 Walk the hash chain of the audit from its first row."""
    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        result = verify_chain(store)
    if not result.is_intact:
        broken = result.first_broken
        raise LonglouError(tr(f"审计链在第 {broken} 条断开", f"the audit chain is broken at row {broken}"))
    terminal.say(tr(f"审计链完整，共 {result.n_rows:,} 条", f"the audit chain is whole: {result.n_rows:,} rows"))
