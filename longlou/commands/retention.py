"""`longlou retention`: what has reached its last day goes, and a certificate says so."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from data.store.clock import utc_now
from data.store.session import open_store
from data.words import tr
from longlou.commands.generate import DAY
from longlou.commands.runs import By, operator
from longlou.terminal import Terminal

_KINDS = {
    "pull": ("拉取的数据和缓存（含密钥）", "pulled rows and caches, with their keys"),
    "archive": ("历次运行的存档", "archives of runs"),
    "sealed_values": ("加密保存的号码", "encrypted numbers"),
}


def retention(
    context: typer.Context,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=DAY, help="以哪天为准，默认今天。 On which day; else today.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出，不删除。 Only tells what would go.")] = False,
    by: By = "",
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """删除保存期限已过的数据，销毁密钥，出具销毁证明。 Removes what has passed its last day, with a certificate."""
    from flows.retention import Removed, due_on, remove_due

    terminal: Terminal = context.obj
    on = as_of.date() if as_of else utc_now().date()
    with open_store(terminal.settings.database) as store:
        if dry_run:
            found = Removed(due_on(terminal.settings, store, on))
        else:
            found = remove_due(terminal.settings, store, on, operator(by))
    path = None if found.certificate is None else str(found.certificate)
    if json:
        terminal.document({"on": on.isoformat(), "due": [asdict(item) for item in found.due], "certificate": path})
        return
    rows = [(tr(*_KINDS[item.kind]), item.subject, item.n) for item in found.due]
    if rows:
        title = tr("到期将删除", "due") if dry_run else tr("已删除", "removed")
        terminal.table(title, tr("类别 对象 数量", "kind subject n").split(), rows)
    terminal.say(
        tr("没有到期的数据", "nothing is due")
        if not rows
        else tr(f"证明：{path or '—'}", f"certificate: {path or '-'}")
    )
