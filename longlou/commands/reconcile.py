"""`longlou reconcile`: the nightly run, by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from data.words import tr
from longlou.commands.generate import DAY
from longlou.show import show_summary
from longlou.terminal import Terminal

#: Exit code of a run that is done but not without warnings, under `--strict`.
WARNINGS = 4


def reconcile(
    context: typer.Context,
    sources: Annotated[Path, typer.Option("--sources", help="来源清单 sources.toml。 The declaration of sources.")],
    out: Annotated[Path, typer.Option("--out", help="结果文件夹。 Where the results go.")],
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=DAY, help="核对时点。 Date of the snapshot.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="不用缓存，全部重新比对。 Compare everything anew.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="有警告时退出码为 4。 Exit code 4 on warnings.")] = False,
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """读取各来源，核对到人，分类，找出虚假信息，写出台账和复核清单。 Reconcile the sources end to end."""
    terminal: Terminal = context.obj
    summary = run_flow(terminal, sources, out, as_of=as_of, is_full=full)
    if json:
        terminal.document(summary)
    else:
        show_summary(terminal, summary, out)
    n_warnings = int(summary["n_warnings"])
    if strict and n_warnings:
        terminal.say(tr(f"有 {n_warnings:,} 条警告", f"{n_warnings:,} warnings"))
        raise typer.Exit(WARNINGS)


def run_flow(
    terminal: Terminal, sources: Path, out: Path, *, as_of: datetime | None = None, is_full: bool = False
) -> dict[str, Any]:
    """Run the flow on Prefect and return its summary; Prefect is imported here, because its import takes a second."""
    from flows.start import start_reconcile

    day = as_of.date() if as_of else None
    return start_reconcile(terminal.settings, sources, out, as_of=day, is_full=is_full, is_quiet=terminal.is_quiet)
