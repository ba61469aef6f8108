"""`longlou keys status|rotate`: which keys encrypt identity numbers and mobiles, and a new one for all of them."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from data.store.sealed import count_by_key, keyring_of, rotate
from data.store.session import open_store
from data.words import tr
from longlou.terminal import Terminal

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.command("status")
def status(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="输出 JSON。 JSON.")] = False
) -> None:
    """密钥和用它加密的数据量。 Keys and how many values each encrypts."""
    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        keyring = keyring_of(terminal.settings, store)
        counts = count_by_key(store)
    rows = [(key_id, key_id == keyring.current, counts.get(key_id, 0)) for key_id in sorted({*keyring.keys, *counts})]
    if json:
        keys = [{"key": key_id, "is_current": is_current, "n_values": n} for key_id, is_current, n in rows]
        terminal.document({"suite": keyring.suite, "keys": keys})
        return
    header = tr("密钥 状态 数据量", "key state values").split()
    states = {True: tr("在用", "current"), False: tr("旧", "old")}
    shown = [(key_id, states[is_current], n) for key_id, is_current, n in rows]
    terminal.table(tr(f"加密套件 {keyring.suite}", f"suite {keyring.suite}"), header, shown)


@app.command("rotate")
def rotate_all(context: typer.Context) -> None:
    """换一把新密钥并重新加密全部数据，旧密钥随后销毁。 Encrypts everything with a new key and destroys the old ones."""
    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        n_values = rotate(store, terminal.settings, f"os:{getpass.getuser()}")
    terminal.say(tr(f"已用新密钥重新加密 {n_values:,} 项", f"{n_values:,} values were encrypted with a new key"))
