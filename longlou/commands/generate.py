"""`longlou generate`: synthetic source files with known truth."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from data.errors import ConfigError
from data.synthetic.generate import generate as generate_files
from data.words import tr
from longlou.terminal import Terminal

DAY = ["%Y-%m-%d"]
#: The county as the report describes it.
REPORT_DAY = date(2016, 6, 16)


def generate(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="写到哪里（空文件夹）。 An empty folder to write to.")],
    area: Annotated[
        str | None, typer.Option("--area", help="区划：469005 文昌、46 全省等。 County code, or 46.")
    ] = None,
    benchmark: Annotated[
        bool, typer.Option("--benchmark", help="改为生成公开的关联基准。 The public linkage benchmark instead.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, help="随机种子。 Seed.")] = 1,
    scale: Annotated[
        float,
        typer.Option(
            "--scale", help="规模，1 为报告原数；基准：1 小、25 中。 1 is the report's size; benchmark: 25 is medium."
        ),
    ] = 1.0,
    as_of: Annotated[datetime | None, typer.Option("--as-of", formats=DAY, help="时点。 Date of the snapshot.")] = None,
) -> None:
    """造一个县或全省的模拟数据。 Make synthetic source files, OUT/sources.toml and OUT/truth/."""
    terminal: Terminal = context.obj
    if benchmark:
        _benchmark(terminal, out, area, as_of, seed, scale)
        return
    if area is None:
        raise ConfigError(tr("请用 --area 指明区划", "say which area with --area"))
    made = generate_files(area, out, seed=seed, scale=scale, as_of=as_of.date() if as_of else REPORT_DAY)
    terminal.say(
        tr(
            f"已生成 {made.n_entities:,} 户市场主体、{made.n_persons:,} 条人员、{made.n_members:,} 名党员，见 {out}",
            f"{made.n_entities:,} entities, {made.n_persons:,} persons at them, {made.n_members:,} members in {out}",
        )
    )


def _benchmark(
    terminal: Terminal, out: Path, area: str | None, as_of: datetime | None, seed: int, scale: float
) -> None:
    """Three tiers of persons and enterprises; area and day are fixed by the benchmark."""
    # Its tables of readings take a quarter of a second to import.
    from data.synthetic.benchmark import generate_benchmark

    if area is not None or as_of is not None:
        raise ConfigError(tr("--benchmark 不能与 --area、--as-of 同用", "--benchmark takes neither --area nor --as-of"))
    made = generate_benchmark(out, seed=seed, scale=scale)
    terminal.say(
        tr(
            f"已生成人员记录 {made.n_records:,} 条、单位写法 {made.n_mentions:,} 条（三个难度），"
            f"说明见 {out / 'README.md'}",
            f"{made.n_records:,} records of persons, {made.n_mentions:,} employer texts in three tiers; "
            f"card: {out / 'README.md'}",
        )
    )
