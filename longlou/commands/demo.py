"""`longlou demo`: a synthetic county, reconciled end to end, and the Longlou list checked."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Annotated

import typer

from data.errors import ConfigError
from data.store.clock import utc_now
from data.synthetic.generate import generate as generate_files
from data.words import tr
from longlou.commands.generate import REPORT_DAY
from longlou.commands.reconcile import run_flow
from longlou.commands.verify import claims_document
from longlou.show import show_claims, show_summary
from longlou.terminal import Terminal

COUNTY = "469005"
_PARTS = ("sources", "result", "check", "var")
_MARK = ".longlou-demo"


def demo(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="演示文件夹。 Folder of the demonstration.")] = Path("demo"),
) -> None:
    """造一个模拟的文昌市，从头核对到尾。 A synthetic county, reconciled end to end."""
    # Matching takes a second to import: only the commands that match pay for it.
    from flows.verify import verify_claims, write_check

    terminal: Terminal = context.obj
    started = time.perf_counter()
    _clear(out)
    terminal.say(tr("一、生成模拟数据（人物全部虚构）", "1. synthetic sources (all persons are invented)"))
    made = generate_files(COUNTY, out / "sources", seed=1, as_of=REPORT_DAY)
    terminal.say(
        tr(
            f"   {made.n_entities:,} 户市场主体、{made.n_persons:,} 条人员、{made.n_members:,} 名党员，"
            f"{time.perf_counter() - started:.1f} 秒",
            f"   {made.n_entities:,} entities, {made.n_persons:,} persons, {made.n_members:,} members, "
            f"{time.perf_counter() - started:.1f} s",
        )
    )
    terminal.say(tr("二、核对", "2. reconcile"))
    # A demonstration keeps its own database and keys: it never touches those of the installation.
    own = Terminal(
        terminal.settings.model_copy(update={"var_dir": out / "var", "database_url": None}), terminal.is_quiet
    )
    summary = run_flow(own, out / "sources" / "sources.toml", out / "result")
    show_summary(terminal, summary, out / "result")
    terminal.say(tr("三、核查龙楼的 50 人名单", "3. the Longlou list"))
    claims = next((out / "sources" / "claims").glob("*.xlsx"))
    rosters = sorted((out / "sources" / "rosters").iterdir())
    checked = verify_claims(own.settings, claims, rosters, None, utc_now().date())
    book = write_check(out / "check", checked)
    show_claims(terminal, claims_document(checked))
    terminal.say(tr(f"逐条结果见 {book}", f"line by line: {book}"))
    terminal.say(tr(f"共用时 {time.perf_counter() - started:.1f} 秒", f"{time.perf_counter() - started:.1f} s in all"))


def _clear(out: Path) -> None:
    """Make room: what an earlier demonstration left is replaced, anybody else's folder is refused."""
    if out.exists() and any(out.iterdir()) and not (out / _MARK).exists():
        raise ConfigError(
            tr(f"{out} 不是空文件夹，也不是先前的演示", f"{out} is neither empty nor an earlier demonstration")
        )
    for part in _PARTS:
        shutil.rmtree(out / part, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    (out / _MARK).touch()
