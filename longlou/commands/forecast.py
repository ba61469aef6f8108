"""`longlou forecast`: candidate pairs per blocking rule, minutes and memory of a run, before it is begun."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from data.settings import record_key
from data.sources.spec import load_sources
from data.store.clock import utc_now
from data.store.session import open_store
from data.words import tr
from flows.guard import shielded
from longlou.commands.generate import DAY
from longlou.terminal import Terminal


def forecast(
    context: typer.Context,
    sources: Annotated[Path, typer.Option("--sources", help="来源清单 sources.toml。 The declaration of sources.")],
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=DAY, help="核对时点。 Date of the snapshot.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """预估一次核对的候选对数、用时和内存，什么都不写。 Predicts pairs, minutes and memory of a run."""
    # Reading and matching take a second to import: the command line does not wait for them.
    from flows.counting import counted, n_accepted
    from flows.forecast import forecast as predicted
    from flows.forecast import refuse_over
    from flows.intake import take_sources
    from flows.uploads import uploads_of_run, with_uploads

    terminal: Terminal = context.obj
    settings = terminal.settings
    with shielded(), open_store(settings.database) as store:
        spec = load_sources(sources, utc_now().date())
        day = as_of.date() if as_of else spec.as_of or utc_now().date()
        taken = take_sources(with_uploads(spec, uploads_of_run(store, spec), settings), record_key(settings), day)
        rules = counted(taken, settings)
        found = predicted(store, n_accepted(taken), sum(rule.n_pairs for rule in rules))
    if json:
        terminal.document({**found.document(), "rules": [asdict(rule) for rule in rules]})
    else:
        header = tr("分块规则 候选对 过大而略去 最大的块", "rule pairs left_out largest").split()
        rows = [(rule.name, rule.n_pairs, rule.n_left_out, _largest(rule.largest)) for rule in rules]
        terminal.table(tr("候选对（数出来的，没有生成）", "candidate pairs, counted only"), header, rows)
        minutes = found.seconds / 60
        terminal.say(
            tr(
                f"{found.n_rows:,} 行，{found.n_pairs:,} 对：约 {minutes:.1f} 分钟，峰值内存约 {found.peak_mb:,.0f} MB"
                f"（按本机 {found.n_runs} 次运行校正）",
                f"{found.n_rows:,} rows, {found.n_pairs:,} pairs: about {minutes:.1f} minutes, {found.peak_mb:,.0f} MB "
                f"(corrected by {found.n_runs} runs of this machine)",
            )
        )
    refuse_over(settings, found)


def _largest(blocks: tuple[object, ...]) -> str:
    told = [asdict(block) for block in blocks[:1]]  # type: ignore[call-overload]
    return "".join(f"{block['key']} {block['n_records']:,}" for block in told)
