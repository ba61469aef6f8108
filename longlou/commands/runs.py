"""`longlou runs list|show|publish|discard|rollback|restore`: the nights there were, and what people decide of them."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from data.errors import ConfigError
from data.model import RunState
from data.store.runs import RunInfo, get_run, list_runs
from data.store.session import open_store
from data.words import tr
from longlou.terminal import Terminal

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)

STATE_TITLES = {
    RunState.STARTED: ("进行中", "started"),
    RunState.PUBLISHED: ("已发布", "published"),
    RunState.HELD: ("待放行", "held"),
    RunState.FAILED: ("失败", "failed"),
    RunState.DISCARDED: ("已弃用", "discarded"),
    RunState.ROLLED_BACK: ("已退回", "rolled back"),
}

RunId = Annotated[str, typer.Argument(metavar="RUN", help="运行编号。 Id of the run.")]
Reason = Annotated[str, typer.Option("--reason", help="理由，记入审计。 Why; goes to the audit.")]
By = Annotated[
    str, typer.Option("--by", help="决定人姓名，与登录账号一并记入审计。 Who decides; noted with the account.")
]
Json = Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")]


@app.command("list")
def list_(
    context: typer.Context,
    area: Annotated[str | None, typer.Option("--area", help="只看一个区划。 One area only.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多几次。 At most so many.")] = 20,
    json: Json = False,
) -> None:
    """列出最近的运行。 Lists the newest runs."""
    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        runs = list_runs(store, area, limit)
    if json:
        terminal.document({"runs": [_document(run) for run in runs]})
        return
    header = tr("运行 区划 时点 状态 说明", "run area as-of state reason").split()
    rows = [(run.run_id, run.area, run.as_of, tr(*STATE_TITLES[run.state]), run.reason or "") for run in runs]
    terminal.table(tr("运行", "runs"), header, rows)


@app.command("show")
def show(context: typer.Context, run: RunId, json: Json = False) -> None:
    """显示一次运行：版本、数量、结果。 Shows one run: versions, counts, what became of it."""
    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        found = get_run(store, run)
    document = _document(found)
    if json:
        terminal.document(document)
        return
    plain = [(name, str(value)) for name, value in document.items() if not isinstance(value, dict) and value]
    terminal.table(tr(f"运行 {run}", f"run {run}"), tr("项目 内容", "what value").split(), plain)
    counts = [(name, int(n)) for name, n in sorted(found.counts.items())]
    terminal.table(tr("数量", "counts"), tr("名称 数量", "name n").split(), counts)


@app.command("publish")
def publish(context: typer.Context, run: RunId, reason: Reason, by: By = "") -> None:
    """放行一次被扣住的运行。 Publishes a run that was held."""
    from flows.decisions import release

    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        release(terminal.settings, store, run, operator(by), reason)
    terminal.say(tr(f"运行 {run} 已发布", f"run {run} is published"))


@app.command("discard")
def discard(context: typer.Context, run: RunId, reason: Reason, by: By = "") -> None:
    """弃用一次被扣住的运行。 Discards a run that was held."""
    from flows.decisions import discard as discard_held

    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        discard_held(terminal.settings, store, run, operator(by), reason)
    terminal.say(tr(f"运行 {run} 已弃用，已发布的内容未变", f"run {run} is discarded; nothing published changed"))


@app.command("rollback")
def rollback(
    context: typer.Context,
    reason: Reason,
    area: Annotated[
        str | None, typer.Option("--area", help="区划，只有一个时可省。 Area; if there are several.")
    ] = None,
    by: By = "",
) -> None:
    """退回到上一次发布，人的决定不变。 Goes back to the night before; decisions of people stay."""
    from flows.decisions import roll_back

    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        again = roll_back(terminal.settings, store, area or _only_area(list_runs(store)), operator(by), reason)
    told = again.republishes
    terminal.say(tr(f"已退回到 {told}（运行 {again.run_id}）", f"back to {told} (run {again.run_id})"))


@app.command("restore")
def restore(
    context: typer.Context,
    run: RunId,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹。 Where the files go.")],
) -> None:
    """取回某次运行的全部文件，逐字节相同。 Brings back the files of a run, byte for byte."""
    from flows.decisions import restore as bring_back

    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        names = bring_back(terminal.settings, store, run, out)
    terminal.say(tr(f"已取回 {len(names)} 个文件到 {out}", f"{len(names)} files of {run} are in {out}"))


def operator(name: str) -> str:
    """Who stands in the audit: the account of the server's user, and the name given with it."""
    account = f"os:{getpass.getuser()}"
    return f"{name.strip()} ({account})" if name.strip() else account


def _only_area(runs: list[RunInfo]) -> str:
    areas = sorted({run.area for run in runs})
    if len(areas) != 1:
        named = "、".join(areas)
        raise ConfigError(tr(f"请用 --area 指明区划（{named}）", f"name the area with --area ({named})"))
    return areas[0]


def _document(run: RunInfo) -> dict[str, Any]:
    moments = {"started_at": run.started_at.isoformat(), "as_of": run.as_of.isoformat()}
    ended = None if run.ended_at is None else run.ended_at.isoformat()
    return {**asdict(run), **moments, "ended_at": ended, "state": str(run.state)}
