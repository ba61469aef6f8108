"""`longlou audit verify`: is the book of changes as it was written?"""

from __future__ import annotations

from typing import Annotated

import typer

from data.errors import LonglouError
from data.store.audit import verify_chain
from data.store.session import open_store
from data.words import tr
from longlou.terminal import Terminal

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)

HeadOption = Annotated[
    str | None, typer.Option("--head", metavar="HASH", help="以前记下的链头。 The head noted at an earlier time.")
]
AtLeastOption = Annotated[
    int, typer.Option("--at-least", min=0, metavar="N", help="以前记下的条数。 The number of rows noted then.")
]


@app.callback()
def group() -> None:
    """审计。 The audit book."""


@app.command("verify")
def verify(context: typer.Context, head: HeadOption = None, at_least: AtLeastOption = 0) -> None:
    """逐条核验审计链，打印链头和条数，请另行记下。 Walk the hash chain; note its head and length elsewhere."""
    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        result = verify_chain(store, head)
    if not result.is_intact:
        broken = result.first_broken
        raise LonglouError(tr(f"审计链在第 {broken} 条断开", f"the audit chain is broken at row {broken}"))
    if result.n_rows < at_least:
        missing = tr(
            f"审计链只有 {result.n_rows:,} 条，应至少 {at_least:,} 条：末尾被截去",
            f"the audit chain has {result.n_rows:,} rows, at least {at_least:,} were expected: its end was cut off",
        )
        raise LonglouError(missing)
    if head is not None and result.noted_at is None:
        raise LonglouError(
            tr(
                "审计链中没有记下的链头：有记录被截去或换掉",
                "the noted head is not in the chain: rows were cut off or replaced",
            )
        )
    told = tr(f"审计链完整，共 {result.n_rows:,} 条", f"the audit chain is whole: {result.n_rows:,} rows")
    terminal.say(told)
    terminal.say(tr(f"链头 {result.head}", f"head {result.head}"))
