"""`longlou reconcile`: the nightly run, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from data.model import RunState
from data.words import tr
from longlou.commands.generate import DAY
from longlou.show import show_summary
from longlou.terminal import Terminal

#: The folder under OUT with what a held run found (flows.finish).
HELD_FOLDER = "held"
#: Exit code of a run that is done but not without warnings, under `--strict`.
WARNINGS = 4
#: Exit code of a run that its checks held: nothing that anybody reads has changed, a named person decides.
HELD = 6


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
        show_summary(terminal, summary, out / HELD_FOLDER if summary["state"] == RunState.HELD else out)
    if summary["state"] == RunState.HELD:
        _tell_held(summary)
        raise typer.Exit(HELD)
    n_warnings = int(summary["n_warnings"])
    if strict and n_warnings:
        terminal.say(tr(f"有 {n_warnings:,} 条警告", f"{n_warnings:,} warnings"))
        raise typer.Exit(WARNINGS)


def _tell_held(summary: Mapping[str, Any]) -> None:
    """On stderr, whatever `--quiet` says: somebody has to act."""
    run_id, reasons = summary["run_id"], [breach["message"] for breach in summary["checks"]["breaches"]]
    for reason in reasons:
        typer.echo(f"  {reason}", err=True)
    typer.echo(
        tr(
            f"本次结果未发布，等待人工决定：longlou runs publish {run_id} --reason … 放行，"
            f"longlou runs discard {run_id} --reason … 弃用",
            f"not published, a person decides: longlou runs publish {run_id} --reason ... or "
            f"longlou runs discard {run_id} --reason ...",
        ),
        err=True,
    )


def run_flow(
    terminal: Terminal, sources: Path, out: Path, *, as_of: datetime | None = None, is_full: bool = False
) -> dict[str, Any]:
    """Run the flow on Prefect and return its summary; Prefect is imported here, because its import takes a second."""
    from flows.start import start_reconcile

    day = as_of.date() if as_of else None
    return start_reconcile(terminal.settings, sources, out, as_of=day, is_full=is_full, is_quiet=terminal.is_quiet)
