"""`longlou serve`: scheduler, worker and review desk from one command; each may run alone on a machine of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from data.sources.spec import load_sources
from data.store.clock import utc_now
from data.words import tr
from flows.serving import Part, Serving, serve
from longlou.terminal import Terminal


def serve_all(
    context: typer.Context,
    sources: Annotated[Path, typer.Option("--sources", help="sources.toml。 The sources of the nightly run.")],
    out: Annotated[Path, typer.Option("--out", help="结果文件夹。 Folder of the results.")],
    only: Annotated[
        list[Part] | None, typer.Option("--only", help="只启动其中一部分，可重复。 Only these parts.")
    ] = None,
    scheduler_port: Annotated[
        int, typer.Option("--scheduler-port", help="调度服务端口。 Port of the scheduler.")
    ] = 4200,
) -> None:
    """启动夜间核对、上传触发和复核台。 Starts the scheduler, the worker and the review desk."""
    terminal: Terminal = context.obj
    settings = terminal.settings
    # What is wrong with the sources is told now, not at half past two.
    load_sources(sources, utc_now().date())
    parts = frozenset(only or Part)
    serving = Serving(settings, sources, out, parts, scheduler_port)

    def ready() -> None:
        if Part.DESK in parts:
            scheme = "https" if settings.is_https else "http"
            address = f"{scheme}://{settings.web_host}:{settings.web_port}"
            terminal.say(tr(f"复核台：{address}", f"review desk: {address}"))
        if Part.WORKER in parts:
            terminal.say(
                tr(
                    f"每晚核对：{settings.night_cron}（北京时间）",
                    f"nightly run: {settings.night_cron} (Asia/Shanghai)",
                )
            )
        terminal.say(tr("已就绪，按 Ctrl-C 停止", "ready; Ctrl-C stops"))

    serve(serving, ready)
