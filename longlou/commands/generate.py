"""`longlou generate`: synthetic source files with known truth."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from data.synthetic.generate import generate as generate_files
from data.words import tr
from longlou.terminal import Terminal

DAY = ["%Y-%m-%d"]
#: The county as the report describes it.
REPORT_DAY = date(2016, 6, 16)


def generate(
    context: typer.Context,
    area: Annotated[str, typer.Option("--area", help="区划：469005 文昌、46 全省等。 County code, or 46.")],
    out: Annotated[Path, typer.Option("--out", help="写到哪里（空文件夹）。 An empty folder to write to.")],
    seed: Annotated[int, typer.Option("--seed", min=0, help="随机种子。 Seed.")] = 1,
    scale: Annotated[float, typer.Option("--scale", help="规模，1 为报告原数。 1 is the size of the report.")] = 1.0,
    as_of: Annotated[datetime | None, typer.Option("--as-of", formats=DAY, help="时点。 Date of the snapshot.")] = None,
) -> None:
    """造一个县或全省的模拟数据。 Make synthetic source files, OUT/sources.toml and OUT/truth/."""
    terminal: Terminal = context.obj
    made = generate_files(area, out, seed=seed, scale=scale, as_of=as_of.date() if as_of else REPORT_DAY)
    terminal.say(
        tr(
            f"已生成 {made.n_entities:,} 户市场主体、{made.n_persons:,} 条人员、{made.n_members:,} 名党员，见 {out}",
            f"{made.n_entities:,} entities, {made.n_persons:,} persons at them, {made.n_members:,} members in {out}",
        )
    )
