"""`longlou doctor`: what is wrong with this installation, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from data.words import tr
from longlou.terminal import Terminal

_SIGNS = {"good": "✓", "warning": "!", "bad": "✗"}


def doctor(
    context: typer.Context,
    full: Annotated[
        bool, typer.Option("--full", help="另用一个小县从头核对一遍。 A small county is reconciled too.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """检查安装：版本、数据库、密钥、时钟、空间、调度、备份。 Checks the installation; exit code 1: something is bad."""
    from flows.checkup import check_up, is_fit

    terminal: Terminal = context.obj
    found = check_up(terminal.settings, is_full=full)
    if json:
        terminal.document({"is_fit": is_fit(found), "checks": [asdict(one) for one in found]})
    else:
        for one in found:
            fix = f"  → {one.fix}" if one.fix else ""
            typer.echo(f"{_SIGNS[one.health]} {one.name:<10} {one.message}{fix}")
        terminal.say(tr("可以运行", "fit for tonight") if is_fit(found) else tr("有问题需要处理", "something is wrong"))
    if not is_fit(found):
        raise typer.Exit(1)
